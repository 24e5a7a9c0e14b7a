// Many calls one after the other: none fails, each is quick, and nothing of them stays. CYCLES=100 makes a hundred.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test, { after, before } from "node:test";

import { document } from "./lib/carrier-application.mjs";
import { ADA } from "./lib/carrier-stage.mjs";
import { inspect } from "./lib/held.mjs";
import { until } from "./lib/poll.mjs";
import { startTalker } from "./lib/voice-page.mjs";
import { setVoiceStage, tokenFor } from "./lib/voice-stage.mjs";

const CYCLES = Number(process.env.CYCLES ?? 20);
const OPENINGS = 10;

/** A room in which somebody sounds all the time. */
const ROOM = "the room with the tone";
const INTO_ROOM = document((response) =>
  response.dial().conference({ beep: "false", waitUrl: "", endConferenceOnExit: false }, ROOM),
);

let stage;
let carrier;
let talker;

before(async () => {
  stage = await setVoiceStage();
  ({ carrier } = stage);
  stage.application.answers("/voice", (response) =>
    response.dial().conference({ beep: "false", waitUrl: "", endConferenceOnExit: false }, ROOM),
  );
  talker = await startTalker({ hz: 610 });
  const ada = await stage.stage.calls(ADA);
  await carrier.sounds(ada, { source: "tone", hz: 440 });
});

after(async () => {
  await stage?.rests();
  await talker?.close();
  await stage?.clear();
});

/** One call, from the ring to its end; gives how long its parts took, in milliseconds. */
async function cycle(page, identity, n) {
  const asked = Date.now();
  const { sid } = await stage.rings(identity, INTO_ROOM);
  const incoming = await page.next("incoming");
  assert.equal(incoming.parameters.CallSid, sid);
  const sound = await page.answersAndListens();
  await page.next("accept");
  await stage.becomes(sid, "in-progress");
  if (n % 2 === 0) await page.hangsUp();
  else await stage.client.calls(sid).update({ status: "completed" });
  await page.next("disconnect");
  await stage.becomes(sid, "completed");
  return { event: incoming.at - asked, sound };
}

test(`${CYCLES} calls in a row, without a failure`, { timeout: 60_000 + CYCLES * 10_000 }, async (t) => {
  const page = await stage.registered(talker, "agent_cycles");
  const times = [];

  for (let n = 0; n < CYCLES; n += 1) times.push(await cycle(page, "agent_cycles", n));

  const events = await page.events();
  const count = (name) => events.filter((event) => event.name === name).length;
  assert.deepEqual(
    ["incoming", "accept", "disconnect", "cancel", "error", "reconnecting"].map(count),
    [CYCLES, CYCLES, CYCLES, 0, 0, 0],
  );
  for (const [what, part] of [["ring to incoming", "event"], ["answer to first sound", "sound"]]) {
    const all = times.map((time) => time[part]).sort((a, b) => a - b);
    const at = (share) => Math.round(all[Math.min(all.length - 1, Math.ceil(share * all.length) - 1)]);
    t.diagnostic(`${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms, of ${all.length}`);
  }
});

/** What a phone that is closed lets go of. */
const KINDS = {
  devices: "Twilio.Device",
  calls: "Twilio.Call",
  connections: "RTCPeerConnection",
  sockets: "WebSocket",
};

/** How much memory the carrier has, in kilobytes, where the system tells. */
async function sizeOfCarrier() {
  const status = await readFile(`/proc/${carrier.pid}/status`, "utf8").catch(() => "");
  return Number(status.match(/^VmRSS:\s+(\d+)/m)?.[1] ?? 0);
}

test(`${OPENINGS} times opened, called, and closed: no listener, no microphone, no memory stays`, { timeout: 240_000 }, async (t) => {
  const page = await stage.page(talker);
  await page.page.evaluate(() => {
    globalThis.microphones = [];
    const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (...wanted) => {
      const stream = await original(...wanted);
      globalThis.microphones.push(...stream.getTracks().map((track) => new WeakRef(track)));
      return stream;
    };
  });
  const inspection = await inspect(page.page);
  const live = () => page.page.evaluate(() => microphones.filter((track) => track.deref()?.readyState === "live").length);
  /** The SDK has timers of its own on a call, for five seconds, and on a token, until a minute before its end. */
  const short = () => tokenFor("agent_opens", { ttl: 63 });
  const times = async (count) => {
    for (let n = 0; n < count; n += 1) {
      await page.registers(short(), { gateway: stage.gateway });
      await cycle(page, "agent_opens", n);
      await page.page.evaluate(() => phone.closes());
      await page.next("destroyed");
      assert.equal(await live(), 0, "no microphone is in use");
      await until("the carrier to see it gone", async () => !JSON.stringify(await carrier.clients()).includes("agent_opens"));
    }
    return rests();
  };
  const rests = () =>
    until(
      "everything to be let go",
      async () => {
        const held = await inspection.count(KINDS);
        return Object.keys(KINDS).every((kind) => held[kind] === before[kind]) && { ...held, carrier: await sizeOfCarrier() };
      },
      { every: 250 },
    );

  const before = await inspection.count(KINDS);
  // What is compiled and kept by the way is there after the first round.
  const early = await times(OPENINGS);
  const late = await times(OPENINGS);

  t.diagnostic(`after ${OPENINGS}: ${JSON.stringify(early)}`);
  t.diagnostic(`after ${2 * OPENINGS}: ${JSON.stringify(late)}`);
  assert.ok(late.listeners <= early.listeners, "no listener stays");
  assert.ok(late.kilobytes < early.kilobytes + 20 * OPENINGS, "no more stays than the test's own list of events");
  assert.ok(late.carrier <= early.carrier * 1.1, "the carrier keeps nothing");
});
