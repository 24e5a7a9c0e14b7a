// What becomes of a dialled office: told to the caller, written down, and never in the way of the next.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { calls, party } from "./lib/caller.mjs";
import { signIn } from "./lib/desk.mjs";
import { assertEnds, assertHears, assertRingsFirst, assertRingsSecond } from "./lib/forward.mjs";
import { numberOf, senatorsOf, words } from "./lib/seeds.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

const OHIO = { State: "OH" };
const [FIRST, SECOND] = senatorsOf("OH");
let switchboard;
let desk;

before(async () => {
  switchboard = await startSwitchboard();
  const sue = { name: "Sue Visor", role: "supervisor", password: "a long sentence about calls" };
  desk = await signIn(switchboard, await switchboard.addUser("sue", sue));
});
after(() => switchboard?.remove());

/** A caller from Ohio, put through to the first senator. */
async function ringing(options = {}) {
  const call = await calls(switchboard, "/callcongress/welcome", { place: OHIO, ...options });
  await call.presses("1");
  assertRingsFirst(call, "OH");
  return call;
}

for (const [what, outcome, prompt, written] of [
  ["is busy", party.isBusy(), "office_busy", "busy"],
  ["does not answer", party.doesNotAnswer(), "office_no_answer", "no answer"],
  ["cannot be reached", party.cannotBeReached(), "office_failed", "the call failed"],
  ["was answered by nobody who was connected", party.isNeverBridged(), "office_not_connected", "answered, but never connected"],
]) {
  test(`an office that ${what} is told as that, and the next one rings`, async () => {
    const call = await ringing();

    await call.finds(outcome);
    assertHears(call, words(prompt, { name: FIRST.name }));
    assertRingsSecond(call, "OH");

    await call.finds(outcome);
    assertEnds(call, words(prompt, { name: SECOND.name }), words("forward_goodbye"));
    const story = await desk.story(call.sid);
    assert.equal(story.outcome, "Nobody was reached");
    assert.deepEqual(
      story.offices.map(({ name, outcome }) => [name, outcome.toLowerCase()]),
      [FIRST, SECOND].map(({ name }) => [name, written]),
    );
  });
}

test("a conversation is written down as one, with its length", async () => {
  const call = await ringing();

  await call.follows([party.talks(75), party.isBusy()]);

  const story = await desk.story(call.sid);
  assert.equal(story.outcome, "Connected");
  assert.equal(story.offices[0].outcome.toLowerCase(), "connected for 75 s");
  assert.equal(story.offices[1].outcome.toLowerCase(), "busy");
});

test("a star leaves one office for the next", async () => {
  const call = await ringing();

  await call.leaves();

  assertHears(call, words("office_talked", { name: FIRST.name }));
  assertRingsSecond(call, "OH");
});

test("an outcome that the carrier invents is no error", async () => {
  const call = await ringing();

  await call.finds({ DialCallStatus: "abducted" });

  assertHears(call, words("office_failed", { name: FIRST.name }));
  assertRingsSecond(call, "OH");
});

test("a caller who hangs up while it rings is written down as gone", async () => {
  const call = await ringing();

  await call.hangsUp();

  const story = await desk.story(call.sid);
  assert.deepEqual(story.offices.map(({ outcome }) => outcome.toLowerCase()), ["cancelled"]);
  assert.ok(story.entries.some(({ lines }) => lines.includes("The caller hung up.")), JSON.stringify(story));
});

test("a caller who hangs up at the first question is written down as that", async () => {
  const call = await calls(switchboard, "/callcongress/welcome", { place: OHIO });

  await call.hangsUp();

  assert.equal((await desk.story(call.sid)).outcome, "Hung up early");
});

for (const withheld of ["anonymous", "unknown", "Restricted", "+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253", ""]) {
  test(`a caller who shows ${JSON.stringify(withheld)} is put through with the line's own number`, async () => {
    const call = await calls(switchboard, "/callcongress/welcome", { from: withheld, place: OHIO });

    await call.presses("1");

    assert.equal(call.dialled.callerId, numberOf("senators"));
  });
}

for (const from of ["client:ada", "sip:ada@example.org"]) {
  test(`a caller at ${from} is put through with the line's own number`, async () => {
    const call = await calls(switchboard, "/callcongress/welcome", { from, place: OHIO });

    await call.presses("1");

    assert.equal(call.dialled.callerId, numberOf("senators"));
  });
}

test("the journal tells the whole call in the order it happened", async () => {
  const call = await ringing();
  await call.follows([party.isBusy(), party.talks(12)]);

  const { entries } = await desk.story(call.sid);

  const events = entries.map(({ event }) => event);
  assert.deepEqual(events, [
    "POST /callcongress/welcome",
    "POST /callcongress/set-state",
    `POST /callcongress/call-second-senator/${SECOND.id}`,
    "POST /callcongress/goodbye",
    "POST /twilio/call-status",
  ]);
  assert.ok(entries.every(({ lines }) => lines.length > 0), JSON.stringify(entries));
});

test("the log holds no caller's number, no name and no token", () => {
  const log = switchboard.output;

  assert.match(log, /INFO/);
  for (const secret of ["2125550147", FIRST.name, FIRST.phone.slice(2), "Sue Visor", switchboard.account.token]) {
    assert.ok(!log.includes(secret), `the log holds ${secret}`);
  }
});
