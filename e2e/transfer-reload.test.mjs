// A page that is loaded again in the middle of a transfer: in each of its states it ends as ARCHITECTURE.md's table says,
// within five seconds.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { until } from "./lib/poll.mjs";
import { CALLER, ONE, TWO, setTransferStage } from "./lib/transfer.mjs";
import { startTalker } from "./lib/voice-page.mjs";

/** What the table promises is so by then, counted from when the page has come again. */
const SOON = 5_000;

let stage;
let one;
let two;

before(async () => {
  const talkers = [await startTalker({ hz: ONE, pulsed: true }), await startTalker({ hz: TWO, pulsed: true })];
  stage = await setTransferStage(talkers);
  ({ one, two } = stage);
  for (const seat of [one, two]) seat.page.on("dialog", (dialog) => dialog.accept());
});

afterEach(() => stage?.rests());

after(() => stage?.clear());

/** Agent 1 has a caller and hands them over; gives the caller. */
async function begins(kind, to = "Agent 2") {
  const caller = await stage.isAnswered();
  await one.chooses(kind);
  await one.give(to).click();
  return caller;
}

/** Agent 2 answers. */
async function answers(kind) {
  const caller = await begins(kind);
  await two.shows("rings");
  await two.act("Answer").click();
  await one.isAt(kind === "Consult" ? "briefing" : "three_way");
  await two.shows("talks");
  return caller;
}

/** The states, and how to come there. */
const STATES = {
  "agent 2 rings, all three at once": async () => {
    const caller = await begins("Warm");
    await two.shows("rings");
    return caller;
  },
  "agent 2 rings, to be asked first": async () => {
    const caller = await begins("Consult");
    await two.shows("rings");
    return caller;
  },
  "somebody of the team is looked for": async () => {
    await two.becomes("Away");
    const caller = await begins("Warm", "The team support");
    await one.isAt("seeking");
    return caller;
  },
  "agent 1 asks first": () => answers("Consult"),
  "agent 1 turned to the caller": async () => {
    const caller = await answers("Consult");
    await one.act("Speak with the caller").click();
    await one.isAt("swapped");
    return caller;
  },
  "all three talk": () => answers("Warm"),
  "agent 2 has the caller": async () => {
    const caller = await answers("Warm");
    await one.act("Complete: leave the call").click();
    await one.shows("wraps-up");
    return caller;
  },
};

/** Agent 1 is back with the caller, and the target rings on. */
async function isBackWhile(step) {
  await one.shows("talks", SOON);
  await one.isAt(step, SOON);
}

/** The caller and somebody hear each other. */
async function talks(seat, hz, caller) {
  await Promise.all([
    seat.hears([CALLER], { within: SOON }),
    until(`the caller to hear ${hz}`, () => hearsAt(caller, hz), { within: SOON }),
  ]);
}

async function hearsAt(leg, hz) {
  const { heard } = await stage.carrier.levels(leg);
  return heard.rms > 300 && Math.abs(heard.peak_hz - hz) <= 20;
}

async function keepsTheCaller(caller) {
  await one.mayHandOver(SOON);
  await one.panelTells(/Agent 2/, SOON);
  await two.shows("idle", SOON);
  await talks(one, ONE, caller);
}

async function hasTheCaller(caller) {
  await talks(two, TWO, caller);
  assert.notEqual(await one.call.getAttribute("data-scene"), "talks");
}

/** By whose page, and in which state: how it ends. */
const ENDS = {
  one: {
    "agent 2 rings, all three at once": async (caller) => {
      await isBackWhile("ringing");
      await talks(one, ONE, caller);
      await two.shows("rings");
    },
    "agent 2 rings, to be asked first": async () => {
      await isBackWhile("ringing");
      await one.tells("On hold", SOON);
      await two.shows("rings");
    },
    "somebody of the team is looked for": async (caller) => {
      await isBackWhile("seeking");
      await talks(one, ONE, caller);
    },
    "agent 1 asks first": hasTheCaller,
    "agent 1 turned to the caller": hasTheCaller,
    "all three talk": hasTheCaller,
    "agent 2 has the caller": hasTheCaller,
  },
  two: {
    "agent 2 rings, all three at once": keepsTheCaller,
    "agent 2 rings, to be asked first": keepsTheCaller,
    "agent 1 asks first": keepsTheCaller,
    "agent 1 turned to the caller": keepsTheCaller,
    "all three talk": keepsTheCaller,
    "agent 2 has the caller": async (caller) => {
      await two.shows("talks", SOON);
      await talks(two, TWO, caller);
    },
  },
};

for (const [who, ends] of Object.entries(ENDS)) {
  for (const [state, end] of Object.entries(ends)) {
    test(`agent ${who}'s page is loaded again while ${state}`, async () => {
      const caller = await STATES[state]();
      const seat = who === "one" ? one : two;

      await seat.page.reload();

      await end(caller);
    });
  }
}
