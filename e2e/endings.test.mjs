// Whatever callers do, no line keeps them for ever: each way of answering comes to an end.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { Call, party } from "./lib/caller.mjs";
import { numberOf } from "./lib/seeds.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

/** The plan's own limit for the questions of one call. */
const MOST_QUESTIONS = 20;

let switchboard;

before(async () => {
  switchboard = await startSwitchboard();
});
after(() => switchboard?.remove());

/** The same numbers for the same seed, so that a failure can be had again (mulberry32). */
function chance(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const OUTCOMES = [party.talks(10), party.isNeverBridged(), party.isBusy(), party.doesNotAnswer(), party.cannotBeReached()];

/** Answers every question as `answer` says until the call is over, and counts the questions. */
async function toTheEnd(call, answer, outcome) {
  while (!call.at.ended) {
    if (call.at.dial) await call.finds(outcome());
    else {
      const keys = answer(Number(call.at.gather.attributes.numDigits));
      await (keys === null ? call.waits() : call.presses(keys));
    }
    assert.ok(call.questions <= MOST_QUESTIONS, `${call.questions} questions were asked`);
  }
}

const LINES = [
  ["senators", "/callcongress/welcome", { State: "OH" }],
  ["senators", "/callcongress/welcome", { State: "PR" }],
  ["senators", "/callcongress/welcome", {}],
  ["senators-es", "/line/senators-es", { State: "OH" }],
  ["senators-ja", "/line/senators-ja", {}],
  ["planets", "/ivr/welcome", {}],
  ["planets", "/line/planets", {}],
];

for (const [line, url, place] of LINES) {
  const begin = () => new Call(switchboard, { from: "+18005550147", to: numberOf(line), place }).dials(url);
  const from = `${line} at ${url}, ${place.State ?? "of whom nothing is known"}`;

  test(`${from}: a silent caller hears three questions`, async () => {
    const call = await begin();

    await toTheEnd(call, () => null);

    assert.equal(call.questions, 3);
  });

  test(`${from}: a caller who presses wrong keys hears three questions`, async () => {
    const call = await begin();

    await toTheEnd(call, (most) => (most === 1 ? "8" : "00000"));

    assert.equal(call.questions, 3);
  });

  test(`${from}: a caller who always goes back hears no more than the limit`, async () => {
    const call = await begin();

    await toTheEnd(call, (most) => (most === 1 ? "*" : "*#"));

    assert.ok(call.questions > 3);
  });

  test(`${from}: callers who press at random all come to an end`, async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const pick = chance(seed);
      const key = () => "0123456789*"[pick(11)];
      const call = await begin();

      await toTheEnd(
        call,
        (most) => [null, "1", "2", "*#".slice(0, most), Array.from({ length: most }, key).join("")][pick(5)],
        () => OUTCOMES[pick(OUTCOMES.length)],
      );
    }
  });
}
