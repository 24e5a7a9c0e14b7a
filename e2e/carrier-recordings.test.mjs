// Recordings of calls and conferences, through the official client.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { refusal, unused } from "./lib/carrier-client.mjs";
import { ADA, BEN, OURS, setStage } from "./lib/carrier-stage.mjs";
import { send } from "./lib/http.mjs";

let stage;
let application;
let carrier;
let client;

before(async () => {
  stage = await setStage();
  ({ application, carrier, client } = stage);
});

afterEach(() => stage.rests());

after(() => stage?.clear());

async function adaListens() {
  application.answers("/voice", (response) => {
    response.say("One moment.");
    response.pause({ length: 600 });
  });
  return stage.calls(ADA);
}

/** Fetches a sound as the owner of the account does. */
function fetchSound(address) {
  const { pathname } = new URL(address);
  const { sid, token } = carrier.account;
  const Authorization = `Basic ${Buffer.from(`${sid}:${token}`).toString("base64")}`;
  return send(carrier.base, { target: pathname, headers: { Authorization } });
}

test("a live call is recorded, paused, resumed and stopped", async () => {
  const ada = await adaListens();
  const recordings = client.calls(ada).recordings;

  const made = await recordings.create({
    recordingChannels: "dual",
    recordingTrack: "inbound",
    recordingStatusCallback: application.url("/recorded"),
    recordingStatusCallbackEvent: ["in-progress", "completed"],
  });
  await carrier.passes(4);
  assert.deepEqual([made.status, made.callSid, made.channels, made.source], ["in-progress", ada, 2, "StartCallRecordingAPI"]);
  assert.equal((await recordings("Twilio.CURRENT").update({ status: "paused", pauseBehavior: "skip" })).status, "paused");
  await carrier.passes(7);
  assert.equal((await recordings(made.sid).update({ status: "in-progress" })).status, "in-progress");
  await carrier.passes(2);
  const stopped = await recordings(made.sid).update({ status: "stopped" });
  await carrier.passes(60);

  assert.equal(stopped.sid, made.sid);
  const ready = await client.recordings(made.sid).fetch();
  assert.deepEqual([ready.status, ready.duration, ready.callSid], ["completed", "6", ada]);
  const told = application.asked("/recorded");
  assert.deepEqual(
    told.map(({ RecordingStatus, RecordingSid, CallSid }) => [RecordingStatus, RecordingSid, CallSid]),
    [
      ["in-progress", made.sid, ada],
      ["completed", made.sid, ada],
    ],
  );
  assert.deepEqual([told[1].RecordingDuration, told[1].RecordingChannels, told[1].RecordingTrack], ["6", "2", "inbound"]);
  const sound = await fetchSound(told[1].RecordingUrl);
  assert.deepEqual([sound.status, sound.body.subarray(0, 4).toString()], [200, "RIFF"]);
  assert.equal((await fetchSound(`${ready.mediaUrl}.wav`)).status, 200);
});

test("recordings are listed for a call and for the account, fetched and deleted", async () => {
  const ada = await adaListens();
  const made = [];
  for (let i = 0; i < 3; i += 1) {
    made.unshift((await client.calls(ada).recordings.create()).sid);
    await carrier.passes(2);
    await client.calls(ada).recordings("Twilio.CURRENT").update({ status: "stopped" });
    await carrier.passes(30);
  }
  const sids = (recordings) => recordings.map(({ sid }) => sid);

  assert.deepEqual(sids(await client.calls(ada).recordings.list({ pageSize: 2 })), made);
  assert.deepEqual(sids(await client.recordings.list({ callSid: ada, pageSize: 2 })), made);
  assert.equal((await client.calls(ada).recordings(made[0]).fetch()).sid, made[0]);
  const { dateCreated } = await client.recordings(made[0]).fetch();
  const tomorrow = new Date(+dateCreated + 86_400_000);
  assert.deepEqual(await client.recordings.list({ callSid: ada, dateCreatedAfter: tomorrow }), []);
  assert.equal(await client.calls(ada).recordings(made[0]).remove(), true);
  assert.equal(await client.recordings(made[1]).remove(), true);
  assert.deepEqual(sids(await client.recordings.list({ callSid: ada })), [made[2]]);
  assert.deepEqual(await refusal(client.recordings(made[0]).fetch()), { status: 404, code: 20404 });
});

test("a conference is recorded from its start", async () => {
  application.answers("/voice", (response) =>
    response.dial().conference({ record: "record-from-start", recordingStatusCallback: "/recorded", beep: "false", waitUrl: "" }, "taped"),
  );
  const [ada, ben] = [await stage.calls(ADA), await stage.calls(BEN)];
  await carrier.passes(10);
  const [{ sid }] = await client.conferences.list({ friendlyName: "taped" });
  const recordings = client.conferences(sid).recordings;

  const [live, ...more] = await recordings.list();
  assert.deepEqual(more, []);
  assert.deepEqual([live.status, live.conferenceSid, live.source], ["in-progress", sid, "Conference"]);
  assert.equal((await recordings("Twilio.CURRENT").update({ status: "paused" })).status, "paused");
  assert.equal((await recordings(live.sid).update({ status: "in-progress" })).status, "in-progress");
  await carrier.hangsUp(ada);
  await carrier.hangsUp(ben);
  await carrier.passes(60);

  const ready = await recordings(live.sid).fetch();
  assert.deepEqual([ready.status, ready.duration], ["completed", "10"]);
  assert.equal((await client.recordings.list({ conferenceSid: sid })).length, 1);
  const [told] = application.asked("/recorded");
  assert.deepEqual([told.ConferenceSid, told.RecordingStatus], [sid, "completed"]);
  assert.equal(await recordings(live.sid).remove(), true);
  assert.deepEqual(await recordings.list(), []);
});

test("what is said after a dial was answered is recorded, and told to its action", async () => {
  application.answers("/voice", (response) =>
    response.dial({ record: "record-from-answer-dual", recordingStatusCallback: "/recorded", action: "/after" }, BEN),
  );
  application.answers("/after", (response) => response.hangup());

  const ada = await stage.calls(ADA);
  const ben = await carrier.legAt(BEN);
  await carrier.passes(5);
  await carrier.answers(ben);
  await carrier.passes(9);
  await carrier.hangsUp(ben);
  await carrier.passes(30);

  const [recording, ...more] = await client.recordings.list({ callSid: ada });
  assert.deepEqual(more, []);
  assert.deepEqual([recording.source, recording.channels, recording.duration], ["DialVerb", 2, "9"]);
  const [ended] = application.asked("/after");
  assert.ok(ended.RecordingUrl.endsWith(recording.sid), ended.RecordingUrl);
  assert.deepEqual(
    application.asked("/recorded").map((one) => [one.RecordingStatus, one.RecordingSid, one.CallSid]),
    [["completed", recording.sid, ada]],
  );
});

test("a voice message arrives at the action with its sound", async () => {
  application.answers("/voice", (response) => {
    response.say("Leave a message.");
    response.record({ action: "/message", maxLength: 30, finishOnKey: "#", recordingStatusCallback: "/recorded" });
  });
  application.answers("/message", (response) => response.hangup());

  const ada = await stage.calls(ADA);
  await carrier.passes(3);
  await carrier.speaks(ada, "This is Ada.");
  await carrier.presses(ada, "#");
  await carrier.passes(60);

  const [message] = application.asked("/message");
  assert.deepEqual([message.CallSid, message.Digits], [ada, "#"]);
  assert.match(message.RecordingSid, /^RE[0-9a-f]{32}$/);
  assert.equal((await client.recordings(message.RecordingSid).fetch()).source, "RecordVerb");
  assert.equal((await fetchSound(message.RecordingUrl)).status, 200);
});

async function isRecordedFromItsAnswer(options = {}) {
  const twiml = "<Response><Pause length='5'/></Response>";
  const call = await client.calls.create({ to: BEN, from: OURS, twiml, record: true, ...options });
  await carrier.settles();
  await carrier.answers(call.sid);
  await carrier.passes(60);
  return client.recordings.list({ callSid: call.sid });
}

test("a call is recorded from its answer when that was asked for", async () => {
  const [recording, ...more] = await isRecordedFromItsAnswer();

  assert.deepEqual(more, []);
  assert.deepEqual([recording.source, recording.status, recording.duration], ["OutboundAPI", "completed", "5"]);
});

test("the recording of a created call is as it was asked for, and told", async () => {
  const [recording] = await isRecordedFromItsAnswer({
    recordingChannels: "dual",
    recordingStatusCallback: application.url("/recorded"),
  });

  assert.equal(recording.channels, 2);
  const told = application.asked("/recorded").map(({ RecordingSid, RecordingStatus }) => [RecordingSid, RecordingStatus]);
  assert.deepEqual(told, [[recording.sid, "completed"]]);
});

test("what makes no sense with a recording is refused with its code", async () => {
  const ada = await adaListens();
  const live = await client.calls(ada).recordings.create();
  const missing = `RE${"f".repeat(32)}`;

  for (const [ask, code, status] of [
    [() => client.recordings(live.sid).remove(), 20009, 409],
    [() => client.recordings(missing).fetch(), 20404, 404],
    [() => client.calls(ada).recordings(missing).update({ status: "stopped" }), 20404, 404],
    [() => client.calls(ada).recordings(live.sid).update({ status: "rewound" }), 20001, 400],
    [() => client.calls(ada).recordings.create({ recordingTrack: "sideways" }), 20001, 400],
    [() => client.calls(`CA${"f".repeat(32)}`).recordings.create(), 20404, 404],
    [() => client.conferences(`CF${"f".repeat(32)}`).recordings.list(), 20404, 404],
  ]) {
    assert.deepEqual(await refusal(ask()), { status, code }, String(ask));
  }
  await carrier.hangsUp(ada);
  assert.deepEqual(await refusal(client.calls(ada).recordings.create()), { status: 400, code: 21220 });
});

test("all that the description can do with recordings was done", () => {
  assert.deepEqual(unused(client, /Recordings/), []);
});
