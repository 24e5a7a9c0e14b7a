// The phone tree: every branch, the way back, wrong keys and silence.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { calls, party } from "./lib/caller.mjs";
import { assertEnds, assertHears } from "./lib/forward.mjs";
import { menu, planets, words } from "./lib/seeds.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

const TO = "+12025550101";
const GREETING = menu.prompt.en;
const DIRECTIONS = menu.choices["1"].to.text.en;
const LIST = menu.choices["2"].to.intro.en;
let switchboard;

before(async () => {
  switchboard = await startSwitchboard();
});
after(() => switchboard?.remove());

for (const method of ["POST", "GET"]) {
  const welcome = async () => {
    const call = await calls(switchboard, "/ivr/welcome", { to: TO, method });
    assertHears(call, GREETING);
    assert.equal(call.at.gather.attributes.numDigits, "1");
    return call;
  };

  const list = async () => {
    const call = await welcome();
    await call.presses("2");
    assertHears(call, LIST, ...planets.map(({ name, position }) => words("list_entry", { name, key: position })), words("back_hint"));
    return call;
  };

  test(`${method}: 1 tells the way to the extraction point`, async () => {
    const call = await welcome();

    await call.presses("1");

    assertEnds(call, DIRECTIONS, words("goodbye"));
  });

  for (const { name, position, phone } of planets) {
    test(`${method}: ${position} in the list connects to ${name}`, async () => {
      const call = await list();

      await call.presses(position);
      assertHears(call, words("connecting_entry", { name }));
      assert.deepEqual(call.dialled, { number: phone, callerId: call.from });

      await call.finds(party.talks(20));
      assertEnds(call, words("goodbye"));
    });

    test(`${method}: ${name} being busy leads back to the list`, async () => {
      const call = await list();
      await call.presses(position);

      await call.finds(party.isBusy());

      assertHears(call, words("office_busy", { name }), LIST);
    });
  }

  test(`${method}: a star leads from the list back to the menu`, async () => {
    const call = await list();

    await call.presses("*");

    assertHears(call, GREETING);
  });

  test(`${method}: a star in the menu says the menu again`, async () => {
    const call = await welcome();

    await call.presses("*");

    assertHears(call, GREETING);
  });

  test(`${method}: wrong keys in the menu have words of their own, and the third ends the call`, async () => {
    const call = await welcome();

    await call.presses("7");
    assertHears(call, words("wrong_key"), GREETING);
    await call.presses("0");
    assertHears(call, words("wrong_key"), GREETING);

    await call.presses("7");
    assertEnds(call, words("too_many_tries"));
  });

  test(`${method}: silence in the menu has words of its own, and the third ends the call`, async () => {
    const call = await welcome();

    await call.waits();
    assertHears(call, words("silence"), GREETING);
    await call.waits();
    assertHears(call, words("silence"), GREETING);

    await call.waits();
    assertEnds(call, words("too_many_tries"));
  });

  test(`${method}: wrong keys and silence in the list are told apart, and the third ends the call`, async () => {
    const call = await list();

    await call.presses("9");
    assertHears(call, words("wrong_key"), LIST);
    await call.waits();
    assertHears(call, words("silence"), LIST);

    await call.presses("1");
    assertEnds(call, words("too_many_tries"));
  });
}

test("going somewhere else counts the tries anew", async () => {
  const call = await calls(switchboard, "/ivr/welcome", { to: TO });

  await call.follows(["7", "7", "2", "9", "9", "*", "7", null]);
  assertHears(call, words("silence"), GREETING);

  await call.presses("2");
  assertHears(call, LIST);
});

test("a withheld number is put through with the line's own", async () => {
  const call = await calls(switchboard, "/ivr/welcome", { to: TO, from: "anonymous" });

  await call.follows(["2", "2"]);

  assert.equal(call.dialled.callerId, TO);
});

test("the voice of the line speaks every document", async () => {
  const call = await calls(switchboard, "/ivr/welcome", { to: TO });
  await call.follows(["2", "9", "*", "1"]);

  for (const { root, text } of call.documents) {
    const says = root.elements.flatMap((element) => (element.name === "Gather" ? element.elements : [element])).filter(({ name }) => name === "Say");
    assert.ok(says.length > 0 && says.every((say) => say.attributes.voice === "Polly.Amy"), text);
  }
});
