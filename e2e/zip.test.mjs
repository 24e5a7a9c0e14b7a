// ZIP codes by keypad: where each belongs, which ones are asked about, and three tries.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { calls } from "./lib/caller.mjs";
import { assertAsksKey, assertAsksZip, assertEnds, assertHears, assertOffersDelegate, assertRingsFirst } from "./lib/forward.mjs";
import { delegateOf, regionOf, regions, spans, words, zipSample } from "./lib/seeds.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

let switchboard;

before(async () => {
  switchboard = await startSwitchboard();
});
after(() => switchboard?.remove());

/** A caller of whom nothing is known, at the question for the ZIP code. */
async function asked() {
  const call = await calls(switchboard, "/callcongress/welcome", { from: "+18005550147" });
  assertAsksZip(call);
  return call;
}

const found = (region) => words("region_found", { region: regionOf(region).name });

test("the sample holds 200 ZIP codes of every region that has any", () => {
  const withZips = regions.filter(({ kind }) => kind !== "province").map(({ code }) => code);
  const sampled = new Set(zipSample.map(({ region }) => region));

  assert.equal(new Set(zipSample.map(({ zip }) => zip)).size, 200);
  assert.deepEqual([...sampled].sort(), withZips.sort());
});

for (const { zip, region } of zipSample) {
  const { name, action } = regionOf(region);
  test(`the ZIP code ${zip} belongs to ${name}`, async () => {
    const call = await asked();

    await call.presses(zip);

    if (action === "connect") {
      assertHears(call, found(region));
      assertRingsFirst(call, region);
    } else if (action === "no_senators") {
      assertHears(call, found(region));
      assertOffersDelegate(call, region);
      await call.presses("1");
      assert.equal(call.dialled.number, delegateOf(region).phone);
    } else {
      assertHears(call, words(action === "ask_home_zip" ? "military" : "no_congress", { region: name }));
      assertAsksZip(call);
    }
  });
}

for (const { zip, region, options, isWorthAsking } of spans) {
  if (isWorthAsking) {
    test(`the ZIP code ${zip} spans ${options.join(" and ")}, and the caller says which`, async () => {
      const choices = options.map((code, i) => words("region_choice", { key: i + 1, region: regionOf(code).name }));
      for (const [i, chosen] of options.entries()) {
        const call = await asked();

        await call.presses(zip);
        assertHears(call, words("which_region", { zip }), ...choices);
        assertAsksKey(call);

        await call.presses(String(i + 1));
        assertRingsFirst(call, chosen);
      }
    });
  } else {
    test(`the ZIP code ${zip} lies in ${region} as good as whole, and nothing is asked`, async () => {
      const call = await asked();

      await call.presses(zip);

      assertHears(call, found(region));
      assertRingsFirst(call, region);
    });
  }
}

test("a key that names none of the states of a ZIP code is asked again, and three end the call", async () => {
  const call = await asked();
  await call.presses("86514");

  await call.presses("4");
  assertHears(call, words("wrong_key"), words("which_region", { zip: "86514" }));
  await call.waits();
  assertHears(call, words("silence"), words("which_region", { zip: "86514" }));

  await call.presses("9");
  assertEnds(call, words("too_many_tries"));
});

test("a ZIP code takes three tries, each wrong in its own way, and the right one then connects", async () => {
  const call = await asked();

  await call.presses("123#");
  assertHears(call, words("not_a_zip"));
  assertAsksZip(call);

  await call.presses("00000");
  assertHears(call, words("zip_unknown", { zip: "00000" }));
  assertAsksZip(call);

  await call.presses("44101");
  assertRingsFirst(call, "OH");
});

test("three wrong ZIP codes end the call kindly", async () => {
  const call = await asked();

  await call.follows(["00000", "123#", "00000"]);

  assertEnds(call, words("too_many_tries"));
});

test("silence is asked twice more and then ends the call kindly", async () => {
  const call = await asked();

  await call.waits();
  assertHears(call, words("silence"));
  assertAsksZip(call);
  await call.follows([null, null]);

  assertEnds(call, words("too_many_tries"));
});

test("a star leads back from the ZIP code to the first question", async () => {
  const call = await calls(switchboard, "/callcongress/welcome", { place: { State: "OH" } });

  await call.follows(["2", "*#"]);

  assertHears(call, words("confirm_region", { region: "Ohio" }));
  assertAsksKey(call);
});

test("a ZIP code is said digit by digit", async () => {
  const call = await asked();

  await call.presses("00000");

  assert.match(call.document, /<say-as interpret-as="digits">00000<\/say-as>/);
});
