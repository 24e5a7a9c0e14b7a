// The official client, unmodified, drives the carrier: calls, conferences, queues, recordings, numbers.

import assert from "node:assert/strict";
import { suite, test } from "node:test";

import twilio from "twilio";

import { ACCOUNT, DESK, Elsewhere, missing, shell, startCarrier } from "./lib/carrier.mjs";

const BEN = "+12025550199";
const ADA = "+12025550123";

function document(build) {
  const response = new twilio.twiml.VoiceResponse();
  build(response);
  return response.toString();
}

function say(response, text) {
  response.say(text);
  return response;
}

suite("the official client", { skip: missing }, () => {
  test("creates, fetches, updates and ends a call", async (t) => {
    const carrier = await startCarrier(t);
    const { app, client } = carrier;
    app.documents.set("/out", document((twiml) => twiml.pause({ length: 600 })));
    app.documents.set("/new", document((twiml) => say(twiml, "Elsewhere.").pause({ length: 600 })));

    const made = await client.calls.create({
      to: BEN,
      from: DESK,
      url: `${app.base}/out`,
      statusCallback: `${app.base}/progress`,
      statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
    });
    const leg = await carrier.answer(BEN);
    const talking = await client.calls(made.sid).fetch();
    await client.calls(made.sid).update({ url: `${app.base}/new`, method: "GET" });
    await carrier.advance(7000);
    const ended = await client.calls(made.sid).update({ status: "completed" });
    await carrier.advance();

    assert.equal(made.sid, leg);
    assert.equal(made.status, "queued");
    assert.ok(made.dateCreated instanceof Date && !Number.isNaN(made.dateCreated.valueOf()));
    assert.equal(talking.status, "in-progress");
    assert.equal(ended.status, "completed");
    assert.equal(ended.duration, "7");
    const told = app.asked.filter(({ path }) => path === "/progress").map(({ params }) => params.CallStatus);
    assert.deepEqual(told, ["initiated", "ringing", "in-progress", "completed"]);
    assert.ok(app.asked.every(({ signed }) => signed));
    const moved = app.asked.filter(({ path }) => path === "/new").map(({ params }) => params.CallSid);
    assert.deepEqual(moved, [made.sid]);
  });

  test("lists calls through all pages, with filters, and deletes", async (t) => {
    const carrier = await startCarrier(t);
    const { client } = carrier;
    const made = [];
    for (let index = 0; index < 7; index += 1) {
      const twiml = document((twiml) => twiml.hangup());
      made.unshift((await client.calls.create({ to: BEN, from: DESK, twiml })).sid);
      await carrier.advance(1000);
    }

    const all = await client.calls.list({ pageSize: 3 });
    const some = await client.calls.list({ pageSize: 3, limit: 4 });
    const ringing = await client.calls.list({ status: "ringing", to: BEN });
    const early = await client.calls.list({ startTimeBefore: new Date("2020-01-01") });
    const today = await client.calls.list({ startTimeAfter: new Date("2025-12-31") });
    const page = await client.calls.page({ pageSize: 3 });
    const next = await page.nextPage();
    const back = await next.previousPage();
    await client.calls(made[0]).update({ status: "canceled" });
    const removed = await client.calls(made[0]).remove();

    assert.deepEqual(all.map(({ sid }) => sid), made);
    assert.equal(some.length, 4);
    assert.equal(ringing.length, 7);
    assert.equal(early.length, 0);
    assert.equal(today.length, 7);
    assert.deepEqual(next.instances.map(({ sid }) => sid), made.slice(3, 6));
    assert.deepEqual(back.instances.map(({ sid }) => sid), made.slice(0, 3));
    assert.equal(removed, true);
    assert.equal((await client.calls.list()).length, 6);
  });

  test("is told Twilio's codes", async (t) => {
    const { client, base } = await startCarrier(t);

    const refused = (promise, status, code) =>
      assert.rejects(promise, (error) => {
        assert.ok(error instanceof twilio.RestException, String(error));
        assert.deepEqual([error.status, error.code], [status, code]);
        assert.equal(error.moreInfo, `https://www.twilio.com/docs/errors/${code}`);
        return true;
      });

    await refused(client.calls("CA00000000000000000000000000000000").fetch(), 404, 20404);
    await refused(client.calls.create({ to: "nobody", from: DESK, twiml: "<Response/>" }), 400, 21211);
    await refused(client.calls.create({ to: BEN, from: ADA, twiml: "<Response/>" }), 400, 21212);
    const stranger = twilio(ACCOUNT.sid, "wrong", { httpClient: new Elsewhere(base) });
    await refused(stranger.calls.list(), 401, 20003);
  });

  test("moderates a conference", async (t) => {
    const carrier = await startCarrier(t);
    const { app, client } = carrier;
    app.documents.set("/voice", document((twiml) => twiml.dial().conference("Room A")));
    app.documents.set("/hold", document((twiml) => say(twiml, "Please hold.").pause({ length: 600 })));
    app.documents.set("/news", document((twiml) => twiml.say("Five more minutes.")));
    const ada = await carrier.call(ADA);
    await carrier.advance(1000);
    const [room] = await client.conferences.list({ friendlyName: "Room A" });

    const participants = () => client.conferences(room.sid).participants;
    const wanted = { from: DESK, to: BEN, label: "ben", earlyMedia: true, beep: "false" };
    const added = await participants().create(wanted);
    await carrier.answer(BEN);
    const started = await client.conferences(room.sid).fetch();
    const held = await participants()(ada).update({ hold: true, holdUrl: `${app.base}/hold` });
    const muted = await participants()("ben").update({ muted: true, endConferenceOnExit: false });
    const coach = participants()("ben").update({ coaching: true, callSidToCoach: ada });
    const refused = await coach.catch((error) => error);
    await participants()(ada).update({ hold: false });
    await client.conferences(room.sid).update({ announceUrl: `${app.base}/news` });
    await carrier.advance(10_000);
    const listed = await participants().list();
    await participants()("ben").remove();
    await carrier.advance();
    const left = await participants().list();
    await client.conferences(room.sid).update({ status: "completed" });
    await carrier.advance();

    assert.equal(room.status, "init");
    assert.equal(added.label, "ben");
    assert.equal(started.status, "in-progress");
    assert.equal(held.hold, true);
    assert.equal(muted.muted, true);
    assert.equal(refused.code, 16027, "somebody on hold cannot be coached");
    assert.deepEqual(listed.map(({ callSid }) => callSid), [ada, added.callSid]);
    assert.deepEqual(left.map(({ callSid }) => callSid), [ada]);
    const over = await client.conferences(room.sid).fetch();
    assert.deepEqual([over.status, over.reasonConferenceEnded], ["completed", "conference-ended-via-api"]);
    const { log } = await carrier.control("GET", `legs/${ada}`);
    const said = log.filter(({ noted }) => noted === "said").map(({ text }) => text);
    assert.deepEqual(said, ["Please hold.", "Five more minutes."]);
  });

  test("takes callers out of a queue", async (t) => {
    const carrier = await startCarrier(t);
    const { app, client } = carrier;
    app.documents.set("/voice", document((twiml) => twiml.enqueue({ waitUrl: "/wait" }, "Support")));
    app.documents.set("/wait", document((twiml) => twiml.pause({ length: 30 })));
    app.documents.set("/agent", document((twiml) => twiml.say("An agent.")));

    const made = await client.queues.create({ friendlyName: "Support", maxSize: 5 });
    const ada = await carrier.call(ADA);
    await carrier.call(BEN);
    await carrier.advance(9000);
    const members = await client.queues(made.sid).members.list();
    const front = await client.queues(made.sid).members("Front").update({ url: `${app.base}/agent` });
    await carrier.advance();
    const queue = await client.queues(made.sid).fetch();
    const renamed = await client.queues(made.sid).update({ friendlyName: "Help" });
    const other = await client.queues.create({ friendlyName: "Other" });
    const all = await client.queues.list();
    await client.queues(other.sid).remove();

    assert.deepEqual(members.map(({ position, waitTime }) => [position, waitTime]), [[1, 9], [2, 9]]);
    assert.equal(front.callSid, ada);
    assert.equal(queue.currentSize, 1);
    assert.equal(renamed.friendlyName, "Help");
    assert.equal(all.length, 2);
    assert.equal((await client.queues.list()).length, 1);
  });

  test("records a call and fetches its sound", async (t) => {
    const carrier = await startCarrier(t);
    const { app, client } = carrier;
    app.documents.set("/voice", document((twiml) => say(twiml, "Hello.").pause({ length: 60 })));
    const ada = await carrier.call(ADA);

    const made = await client.calls(ada).recordings.create();
    await carrier.advance(4000);
    await client.calls(ada).recordings("Twilio.CURRENT").update({ status: "paused" });
    await client.calls(ada).recordings("Twilio.CURRENT").update({ status: "stopped" });
    await carrier.advance(10_000);
    const ready = await client.recordings(made.sid).fetch();
    const credentials = Buffer.from(`${ACCOUNT.sid}:${ACCOUNT.token}`).toString("base64");
    const sound = await fetch(`${ready.mediaUrl}.wav`, { headers: { authorization: `Basic ${credentials}` } });

    assert.deepEqual([ready.status, ready.duration, ready.source], ["completed", "4", "StartCallRecordingAPI"]);
    assert.equal(Buffer.from(await sound.arrayBuffer()).subarray(0, 4).toString(), "RIFF");
    assert.deepEqual((await client.recordings.list({ callSid: ada })).map(({ sid }) => sid), [made.sid]);
    assert.equal(await client.recordings(made.sid).remove(), true);
  });

  test("gives numbers their addresses", async (t) => {
    const carrier = await startCarrier(t);
    const { app, client } = carrier;
    app.documents.set("/elsewhere", document((twiml) => twiml.say("Elsewhere.")));
    const [desk] = await client.incomingPhoneNumbers.list({ phoneNumber: DESK });

    const settings = { voiceUrl: `${app.base}/elsewhere`, friendlyName: "Night desk" };
    const changed = await client.incomingPhoneNumbers(desk.sid).update(settings);
    const ada = await carrier.call(ADA);
    const made = await client.incomingPhoneNumbers.create({ phoneNumber: "+12125550177" });
    const all = await client.incomingPhoneNumbers.list();
    await client.incomingPhoneNumbers(made.sid).remove();

    assert.equal(changed.friendlyName, "Night desk");
    assert.equal(changed.capabilities.voice, true);
    const { log } = await carrier.control("GET", `legs/${ada}`);
    assert.ok(log.some(({ text }) => text === "Elsewhere."));
    assert.equal(all.length, 2);
    assert.equal((await client.incomingPhoneNumbers.list()).length, 1);
  });
});

test("telephones are used from a shell", { skip: missing }, async (t) => {
  const carrier = await startCarrier(t);
  const { app } = carrier;
  const gather = (twiml) => twiml.gather({ numDigits: 1, action: "/menu" }).say("Press one.");
  app.documents.set("/voice", document(gather));
  app.documents.set("/menu", document((twiml) => twiml.dial(BEN)));

  const ada = await shell(carrier, "call", "--from", ADA, "--to", DESK, "--state", "IL", "--zip", "60601");
  await shell(carrier, "advance", "1000");
  await shell(carrier, "press", ada, "1");
  await shell(carrier, "advance", "1000");
  const legs = (await shell(carrier, "legs")).split("\n").map(JSON.parse);
  await shell(carrier, "answer", legs[1].sid);
  await shell(carrier, "speak", legs[1].sid, "Ben here.");
  await shell(carrier, "hang-up", ada);
  const log = await shell(carrier, "log", ada);

  assert.deepEqual(legs.map(({ number }) => number), [ADA, BEN]);
  assert.equal(app.asked[0].params.FromState, "IL");
  assert.match(log, /Ben here\./);
  await assert.rejects(shell(carrier, "press", ada, "x"), /keys: there is no key/);
});
