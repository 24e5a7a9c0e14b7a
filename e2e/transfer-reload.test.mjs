// A page that is loaded again in the middle of a transfer: in each of its states it ends as ARCHITECTURE.md's table says,
// within five seconds.

import test, { after, afterEach, before } from "node:test";

import { until } from "./lib/poll.mjs";
import { CALLER, ONE, TWO, setTransferStage } from "./lib/transfer.mjs";
import { startTalker } from "./lib/voice-page.mjs";

/** What the table promises is so by then, counted from the moment of the reload. */
const SOON = 5_000;

let stage;
let one;
let two;

before(async () => {
  const talkers = [await startTalker({ hz: ONE, pulsed: true }), await startTalker({ hz: TWO, pulsed: true })];
  stage = await setTransferStage(talkers);
  ({ one, two } = stage);
  for (const seat of [one, two]) {
    seat.page.on("dialog", (dialog) => dialog.accept());
    // What a browser has compiled once it keeps.
    await seat.page.reload();
    await seat.isFree();
  }
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
  "agent 2 rings, and agent 1 has left": async () => {
    const caller = await begins("Cold");
    await one.shows("wraps-up");
    await two.shows("rings");
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
async function isBackWhile(step, left) {
  await one.shows("talks", left());
  await one.isAt(step, left());
}

/** The caller and somebody hear each other. */
async function talks(seat, hz, caller, left) {
  await Promise.all([
    seat.hears([CALLER], { within: left() }),
    until(`the caller to hear ${hz}`, () => hearsAt(caller, hz), { within: left() }),
  ]);
}

async function hearsAt(leg, hz) {
  const { heard } = await stage.carrier.levels(leg);
  return heard.rms > 300 && Math.abs(heard.peak_hz - hz) <= 20;
}

/** The caller hears music, and nobody. */
function hearsMusic(caller, left) {
  const isMusic = async () => {
    const { heard } = await stage.carrier.levels(caller);
    return heard.rms > 100 && [ONE, TWO].every((hz) => Math.abs(heard.peak_hz - hz) > 20);
  };
  return until("the caller to hear music", isMusic, { within: left() });
}

/** Agent 1 keeps the caller, reads why, and agent 2 is in no call. */
async function keepsTheCaller(caller, left) {
  await one.mayHandOver(left());
  await one.panelTells(/Agent 2/, left());
  await two.page.locator('#call:is([data-scene="idle"], [data-scene="wraps-up"])').waitFor({ timeout: left() });
  await talks(one, ONE, caller, left);
}

/** Agent 2 has the caller, and agent 1 is in no call. */
async function hasTheCaller(caller, left) {
  await talks(two, TWO, caller, left);
  await two.mayHandOver(left());
  await one.page.locator('#call:is([data-scene="idle"], [data-scene="wraps-up"])').waitFor({ timeout: left() });
}

/** By whose page, and in which state: how it ends. */
const ENDS = {
  one: {
    "agent 2 rings, all three at once": async (caller, left) => {
      await isBackWhile("ringing", left);
      await talks(one, ONE, caller, left);
      await two.shows("rings");
    },
    "agent 2 rings, to be asked first": async (_, left) => {
      await isBackWhile("ringing", left);
      await one.tells("On hold", left());
      await two.shows("rings");
    },
    "somebody of the team is looked for": async (caller, left) => {
      await isBackWhile("seeking", left);
      await talks(one, ONE, caller, left);
    },
    "agent 2 rings, and agent 1 has left": async (caller, left) => {
      await one.shows("wraps-up", left());
      await two.shows("rings", left());
      await hearsMusic(caller, left);
    },
    "agent 1 asks first": hasTheCaller,
    "agent 1 turned to the caller": hasTheCaller,
    "all three talk": hasTheCaller,
    "agent 2 has the caller": hasTheCaller,
  },
  two: {
    "agent 2 rings, all three at once": keepsTheCaller,
    "agent 2 rings, to be asked first": keepsTheCaller,
    "agent 2 rings, and agent 1 has left": async (caller, left) => {
      await two.page.locator('.status-now[data-status="not-responding"]').waitFor({ timeout: left() });
      await two.shows("idle", left());
      await hearsMusic(caller, left);
    },
    "agent 1 asks first": keepsTheCaller,
    "agent 1 turned to the caller": keepsTheCaller,
    "all three talk": keepsTheCaller,
    "agent 2 has the caller": async (caller, left) => {
      await two.shows("talks", left());
      await talks(two, TWO, caller, left);
    },
  },
};

for (const [who, ends] of Object.entries(ENDS)) {
  for (const [state, end] of Object.entries(ends)) {
    test(`agent ${who}'s page is loaded again while ${state}`, async (t) => {
      const caller = await STATES[state]();
      const seat = who === "one" ? one : two;
      const began = Date.now();
      const left = () => Math.max(1, began + SOON - Date.now());

      await seat.page.reload();

      await end(caller, left);
      t.diagnostic(`${Date.now() - began} ms`);
    });
  }
}
