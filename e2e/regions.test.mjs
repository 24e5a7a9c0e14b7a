// Callers are known by where the carrier places them: every row of the seeded regions has its answer.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { calls, party } from "./lib/caller.mjs";
import {
  assertAsksKey,
  assertAsksZip,
  assertEnds,
  assertHears,
  assertOffersDelegate,
  assertRingsFirst,
  assertRingsSecond,
} from "./lib/forward.mjs";
import { areaCodes, delegateOf, numberOf, regionOf, regions, senatorsOf, words } from "./lib/seeds.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

const WELCOME = "/callcongress/welcome";
let switchboard;

before(async () => {
  switchboard = await startSwitchboard();
});
after(() => switchboard?.remove());

const callFrom = ({ code, country }, options = {}) =>
  calls(switchboard, WELCOME, { place: { State: code, Country: country }, ...options });

test("the seeds hold fifty states with two senators each", () => {
  const states = regions.filter(({ action }) => action === "connect");

  assert.equal(states.length, 50);
  for (const { code } of states) assert.equal(senatorsOf(code).length, 2, code);
});

for (const region of regions.filter(({ action }) => action === "connect")) {
  test(`a caller from ${region.name} is connected to both senators`, async () => {
    const [first, second] = senatorsOf(region.code);

    const call = await callFrom(region);
    assertHears(call, words("forward_welcome"), words("confirm_region", { region: region.name }));
    assertAsksKey(call);

    await call.presses("1");
    assertRingsFirst(call, region.code);

    await call.finds(party.talks(61));
    assertHears(call, words("office_talked", { name: first.name }));
    assertRingsSecond(call, region.code);

    await call.finds(party.talks(9));
    assertEnds(call, words("office_talked", { name: second.name }), words("forward_goodbye"));
  });
}

for (const region of regions.filter(({ action }) => action === "no_senators")) {
  test(`a caller from ${region.name} is told of the delegate, and connected`, async () => {
    const delegate = delegateOf(region.code);

    const call = await callFrom(region);
    assertHears(call, words("confirm_region", { region: region.name }));

    await call.presses("1");
    assertOffersDelegate(call, region.code);

    await call.presses("1");
    assertHears(call, words("connecting_only", { title: delegate.title, name: delegate.name }));
    assert.deepEqual(call.dialled, { number: delegate.phone, callerId: call.from });

    await call.finds(party.talks(30));
    assertEnds(call, words("office_talked", { name: delegate.name }), words("forward_goodbye"));
  });

  test(`a caller from ${region.name} who has a home elsewhere is asked for its ZIP code`, async () => {
    const call = await callFrom(region);

    await call.follows(["1", "2"]);

    assertAsksZip(call);
  });
}

for (const [action, prompt] of [
  ["ask_home_zip", "military"],
  ["no_congress", "no_congress"],
  ["ask_zip", "province"],
]) {
  for (const region of regions.filter((one) => one.action === action)) {
    test(`a caller from ${region.name} is told why, and asked for a ZIP code`, async () => {
      const call = await callFrom(region);

      assertHears(call, words("forward_welcome"), words(prompt, { region: region.name }));
      assertAsksZip(call);

      await call.presses("99801");
      assertRingsFirst(call, "AK");
    });
  }
}

test("every row of the regions was asked for", () => {
  const actions = ["connect", "no_senators", "ask_home_zip", "no_congress", "ask_zip"];

  assert.equal(regions.length, 75);
  assert.deepEqual(regions.filter(({ action }) => !actions.includes(action)), []);
});

test("a caller who is not from where the carrier says is asked for a ZIP code", async () => {
  const call = await callFrom(regionOf("OH"));

  await call.presses("2");

  assertAsksZip(call);
});

test("a state that only the carrier's older parameter names is taken", async () => {
  const more = { FromState: "", CallerState: "OH" };

  const call = await calls(switchboard, WELCOME, { more });

  assertHears(call, words("confirm_region", { region: "Ohio" }));
});

for (const [from, code] of [
  ["+12165550147", "OH"],
  ["+19075550147", "AK"],
  ["+14155550147", "CA"],
]) {
  test(`a number from ${from.slice(2, 5)} without a place is guessed to be from ${code}`, async () => {
    assert.equal(areaCodes.find((area) => area.code === from.slice(2, 5))?.region, code);

    const call = await calls(switchboard, WELCOME, { from });
    assertHears(call, words("confirm_guess", { region: regionOf(code).name }));

    await call.presses("1");
    assertRingsFirst(call, code);
  });
}

for (const [what, place, from] of [
  ["from abroad", { State: "", Country: "DE" }, "+4930123456789"],
  ["with a toll-free number", {}, "+18005550147"],
  ["with a state that does not exist", { State: "ZZ" }, "+18005550147"],
  ["with a state in another country", { State: "CA", Country: "MX" }, "+525512345678"],
]) {
  test(`a caller ${what} is asked for a ZIP code at once`, async () => {
    const call = await calls(switchboard, WELCOME, { place, from });

    assertHears(call, words("forward_welcome"));
    assertAsksZip(call);
  });
}

for (const language of ["es", "ja"]) {
  test(`a line in ${language} speaks it, with names in an English voice`, async () => {
    const [first, second] = senatorsOf("OH");
    const id = `senators-${language}`;

    const call = await calls(switchboard, `/line/${id}`, { to: numberOf(id), place: { State: "OH" } });
    assertHears(call, words("forward_welcome", {}, language), words("confirm_region", { region: "Ohio" }, language));

    await call.presses("1");
    const values = { title: first.title, name: first.name, n: 1, total: 2, next_title: second.title, next: second.name };
    assertHears(call, words("connecting", values, language));
    const say = call.documents.at(-1).root.elements[0];
    const english = say.elements.filter(({ name, attributes }) => name === "lang" && attributes["xml:lang"] === "en-US");
    const spoken = english.map(({ text }) => text);
    assert.ok(spoken.includes(first.name) && spoken.includes(second.name), call.document);
    assert.equal(say.attributes.language, language === "es" ? "es-US" : "ja-JP");
  });
}
