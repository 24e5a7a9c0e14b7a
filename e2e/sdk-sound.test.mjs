// Three browsers, each with a microphone of its own: who hears whom in a conference, music on hold, recordings.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { document } from "./lib/carrier-application.mjs";
import { ACCOUNT } from "./lib/carrier-program.mjs";
import { ADA } from "./lib/carrier-stage.mjs";
import { send } from "./lib/http.mjs";
import { until } from "./lib/poll.mjs";
import { NEAR, readWav, strengthOf, strongestIn } from "./lib/tone.mjs";
import { startTalker } from "./lib/voice-page.mjs";
import { setVoiceStage } from "./lib/voice-stage.mjs";

/** Tones of which none is near a harmonic of another. */
const ONE = 610;
const TWO = 830;
const THREE = 1_090;

let stage;
let application;
let carrier;
let client;
let talkers;
let rooms = 0;

before(async () => {
  stage = await setVoiceStage();
  ({ application, carrier, client } = stage);
  talkers = [];
  for (const hz of [ONE, TWO, THREE]) talkers.push(await startTalker({ hz }));
});

afterEach(() => stage.rests());

after(async () => {
  for (const talker of talkers ?? []) await talker.close();
  await stage?.clear();
});

/** The document that leads into a room. */
const room = (name, more = {}) =>
  document((response) => response.dial().conference({ beep: "false", waitUrl: "", ...more }, name));

/** A browser in a room: its page and its call. */
async function enters(n, name, more) {
  const identity = `talker_${n}`;
  const page = await stage.registered(talkers[n - 1], identity);
  const { sid } = await stage.rings(identity, room(name, more));
  await page.takesCall();
  await stage.becomes(sid, "in-progress");
  return { page, sid };
}

/** A room of one's own with the first two browsers in it. */
async function twoMeet(more) {
  const name = `room ${(rooms += 1)}`;
  const one = await enters(1, name, more);
  const two = await enters(2, name, more);
  const [{ sid }] = await until("the room", async () => {
    const found = await client.conferences.list({ friendlyName: name, status: "in-progress" });
    return found.length > 0 && found;
  });
  return { one, two, room: client.conferences(sid) };
}

test("two browsers hear each other through a conference, and neither hears itself", async () => {
  const { one, two } = await twoMeet();

  const [byOne, byTwo] = [
    await one.page.hears([TWO], { without: [ONE] }),
    await two.page.hears([ONE], { without: [TWO] }),
  ];

  assert.ok(Math.abs(byOne.loudest.hz - TWO) <= NEAR, JSON.stringify(byOne));
  assert.ok(Math.abs(byTwo.loudest.hz - ONE) <= NEAR, JSON.stringify(byTwo));
  await carrier.levelIs(one.sid, "heard", TWO);
  await carrier.levelIs(two.sid, "heard", ONE);
});

test("one who coaches is heard by one alone, hears both, and is heard by all when the coaching is over", async () => {
  const { one, two, room } = await twoMeet();
  const page = await stage.registered(talkers[2], "talker_3");
  const coach = await room.participants.create({
    from: "+12025550100",
    to: "client:talker_3",
    coaching: true,
    callSidToCoach: two.sid,
    beep: "false",
  });
  await page.takesCall();

  await two.page.hears([ONE, THREE]);
  await one.page.hears([TWO], { without: [THREE] });
  await page.hears([ONE, TWO]);

  await room.participants(coach.callSid).update({ coaching: false });
  await one.page.hears([TWO, THREE]);
});

test("on hold one hears music and is not heard; afterwards both hear each other again", async () => {
  const { one, two, room } = await twoMeet();
  await one.page.hears([TWO]);

  await room.participants(one.sid).update({ hold: true });

  await two.page.hearsNothing();
  const { rms } = await until("music", async () => {
    const heard = await one.page.heard([TWO]);
    return heard.rms > 0.005 && heard.tones[0].db < -62 && heard;
  });
  assert.ok(rms > 0.005);

  await room.participants(one.sid).update({ hold: false });
  await one.page.hears([TWO]);
  await two.page.hears([ONE]);
});

test("an announcement to one is heard by that one alone", async () => {
  const { one, two, room } = await twoMeet();
  application.answers("/announcement", (response) => response.say("A word to you alone, ".repeat(8)));
  await room.participants(one.sid).update({ muted: true });
  await room.participants(two.sid).update({ muted: true });
  await one.page.hearsNothing();
  await two.page.hearsNothing();

  await room.participants(one.sid).update({ announceUrl: application.url("/announcement") });

  await until("the announcement to be heard", async () => (await one.page.heard()).rms > 0.005);
  await two.page.hearsNothing();
});

test("the recording of a call holds what was said, one channel for each side", async () => {
  const page = await stage.registered(talkers[0], "talker_1");
  application.answers("/voice", (response) =>
    response.dial({ record: "record-from-answer-dual", action: "/dialled" }).client("talker_1"),
  );
  application.answers("/dialled", (response) => response.hangup());
  const ada = await stage.stage.calls(ADA);
  await page.takesCall();
  await carrier.sounds(ada, { source: "tone", hz: 440 });
  await page.hears([440]);
  await carrier.levelIs(ada, "heard", ONE);
  await isRecorded(() => client.recordings.list({ callSid: ada }));
  await page.hangsUp();
  await page.next("disconnect");

  const { rate, channels } = await recordingOf(ada);

  assert.equal(channels.length, 2);
  const [caller, called] = channels.map((samples) => strongestIn(samples.slice(-rate), rate));
  assert.ok(Math.abs(caller.hz - 440) <= NEAR, JSON.stringify(caller));
  assert.ok(Math.abs(called.hz - ONE) <= NEAR, JSON.stringify(called));
  assert.ok(strengthOf(ONE, channels[0].slice(-rate), rate) < caller.strength / 10, "the sides are apart");
});

test("the recording of a conference holds everybody", async () => {
  const { one, two, room } = await twoMeet({ record: "record-from-start" });
  await one.page.hears([TWO]);
  await two.page.hears([ONE]);
  await isRecorded(() => room.recordings.list());
  await one.page.hangsUp();
  await two.page.hangsUp();

  const [recording] = await until("the recording", async () => {
    const found = await room.recordings.list();
    return found[0]?.status === "completed" && found;
  });

  const { rate, channels } = readWav(await sound(recording.sid));
  for (const hz of [ONE, TWO]) {
    const most = Math.max(...windows(channels[0], rate / 5).map((samples) => strengthOf(hz, samples, rate)));
    assert.ok(most > 0.01, `${hz} Hz has ${most}`);
  }
});

/** Waits until a recording is long enough to be kept: Twilio throws away what is shorter than two seconds. */
function isRecorded(list) {
  return until("enough to be recorded", async () => {
    const [recording] = await list();
    return recording && Date.now() - recording.startTime.getTime() > 3_500;
  });
}

async function recordingOf(call) {
  const recording = await until("the recording", async () => {
    const [found] = await client.recordings.list({ callSid: call });
    return found?.status === "completed" && found;
  });
  return readWav(await sound(recording.sid));
}

/** The sound of a recording, as REST serves it. */
async function sound(sid) {
  const { status, body } = await send(carrier.base, {
    target: `/2010-04-01/Accounts/${ACCOUNT.sid}/Recordings/${sid}.wav`,
    headers: { Authorization: `Basic ${Buffer.from(`${ACCOUNT.sid}:${ACCOUNT.token}`).toString("base64")}` },
  });
  assert.equal(status, 200, body.toString());
  return body;
}

function windows(samples, length) {
  return Array.from({ length: Math.floor(samples.length / length) }, (_, n) => samples.slice(n * length, (n + 1) * length));
}
