// Conferences and participants through the official client, and what the people in them hear.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { refusal, unused } from "./lib/carrier-client.mjs";
import { ADA, BEN, CLEO, OURS, setStage } from "./lib/carrier-stage.mjs";

let stage;
let application;
let carrier;
let client;
let rooms = 0;

before(async () => {
  stage = await setStage();
  ({ application, carrier, client } = stage);
});

afterEach(() => stage.rests());

after(() => stage?.clear());

const EVENTS = "start end join leave mute hold modify announcement";

/** Ada and Ben, who called us, talk in a room of their own. */
async function adaAndBenTalk(options = {}) {
  const name = `room ${(rooms += 1)}`;
  application.answers("/voice", (response) =>
    response
      .dial({ action: "/left" })
      .conference({ beep: "false", waitUrl: "", statusCallback: "/room", statusCallbackEvent: EVENTS, ...options }, name),
  );
  application.answers("/left", (response) => {
    response.say("You have left.");
    response.pause({ length: 60 });
  });
  const [ada, ben] = [await stage.calls(ADA), await stage.calls(BEN)];
  await carrier.passes(1);
  const [found] = await client.conferences.list({ friendlyName: name, status: "in-progress" });
  return { name, ada, ben, sid: found.sid, room: client.conferences(found.sid), people: client.conferences(found.sid).participants };
}

/** Says something in a room and tells who of the others heard it. */
async function whoHears(speaker, others) {
  const words = `Said at ${Math.random()}`;
  await carrier.speaks(speaker, words);
  const heard = await Promise.all(others.map(async (leg) => (await carrier.noted(leg, "heard")).includes(words)));
  return others.filter((_, i) => heard[i]);
}

const events = () => application.asked("/room").map(({ StatusCallbackEvent }) => StatusCallbackEvent);

test("a room begins, is listed and fetched with who is in it, and ends", async () => {
  const { name, ada, ben, sid, room, people } = await adaAndBenTalk();

  const fetched = await room.fetch();
  assert.deepEqual([fetched.friendlyName, fetched.status, fetched.reasonConferenceEnded], [name, "in-progress", null]);
  const listed = await people.list();
  assert.deepEqual(new Set(listed.map(({ callSid }) => callSid)), new Set([ada, ben]));
  assert.ok(listed.every((one) => one.status === "connected" && !one.hold && !one.muted && !one.coaching));
  assert.deepEqual(await whoHears(ada, [ben]), [ben]);
  await carrier.hangsUp(ada);
  assert.deepEqual(
    (await people.list()).map(({ callSid }) => callSid),
    [ben],
  );
  await carrier.hangsUp(ben);

  const over = await room.fetch();
  assert.deepEqual([over.status, over.reasonConferenceEnded, over.callSidEndingConference], ["completed", "last-participant-left", ben]);
  assert.deepEqual(await people.list(), []);
  assert.deepEqual(events(), [
    "participant-join",
    "participant-join",
    "conference-start",
    "participant-leave",
    "participant-leave",
    "conference-end",
  ]);
  const told = application.asked("/room");
  assert.ok(told.every((one) => one.ConferenceSid === sid && one.FriendlyName === name));
  const numbers = told.map(({ SequenceNumber }) => Number(SequenceNumber));
  assert.deepEqual(
    numbers,
    [...numbers].sort((a, b) => a - b),
  );
});

test("somebody on hold hears the hold document, and neither hears nor is heard", async () => {
  const { ada, ben, people } = await adaAndBenTalk();
  const holdUrl = application.answers("/hold", (response) => {
    response.say("Please hold the line.");
    response.pause({ length: 30 });
  });

  const held = await people(ada).update({ hold: true, holdUrl });
  await carrier.passes(5);

  assert.equal(held.hold, true);
  assert.deepEqual(
    (await people.list({ hold: true })).map(({ callSid }) => callSid),
    [ada],
  );
  assert.equal(application.requests.find(({ path }) => path === "/hold").method, "GET");
  assert.deepEqual(await carrier.noted(ada, "said"), ["Please hold the line."]);
  assert.deepEqual([await whoHears(ada, [ben]), await whoHears(ben, [ada])], [[], []]);

  const back = await people(ada).update({ hold: false });
  await carrier.settles();
  assert.equal(back.hold, false);
  assert.deepEqual([await whoHears(ada, [ben]), await whoHears(ben, [ada])], [[ben], [ada]]);
  assert.ok(["participant-hold", "participant-unhold"].every((event) => events().includes(event)));
});

test("somebody muted hears and is not heard", async () => {
  const { ada, ben, people } = await adaAndBenTalk();

  assert.equal((await people(ben).update({ muted: true })).muted, true);

  assert.deepEqual([await whoHears(ben, [ada]), await whoHears(ada, [ben])], [[], [ben]]);
  assert.deepEqual((await people.list({ muted: true })).length, 1);
  await people(ben).update({ muted: false });
  assert.deepEqual(await whoHears(ben, [ada]), [ada]);
  await carrier.settles();
  assert.ok(["participant-mute", "participant-unmute"].every((event) => events().includes(event)));
});

test("somebody is called into a room by its name, known by a label, and coaches", async () => {
  const { name, ada, ben } = await adaAndBenTalk();
  const added = await client.conferences(name).participants.create({
    to: CLEO,
    from: OURS,
    label: "Ben's coach",
    beep: "false",
    callSidToCoach: ben,
    coaching: true,
    statusCallback: application.url("/coach"),
    statusCallbackEvent: ["ringing", "answered", "completed"],
  });
  await carrier.settles();
  const people = client.conferences(added.conferenceSid).participants;
  assert.deepEqual([added.label, added.coaching, added.callSidToCoach], ["Ben's coach", true, ben]);
  assert.equal((await people("Ben's coach").fetch()).status, "ringing");
  await carrier.answers(added.callSid);

  const coach = await people("Ben's coach").fetch();
  assert.deepEqual([coach.status, coach.callSid], ["connected", added.callSid]);
  assert.deepEqual(await whoHears(coach.callSid, [ada, ben]), [ben]);
  assert.deepEqual(await whoHears(ada, [ben, coach.callSid]), [ben, coach.callSid]);
  assert.equal((await people.list({ coaching: true })).length, 1);

  const barging = await people("Ben's coach").update({ coaching: false });
  assert.equal(barging.coaching, false);
  assert.deepEqual(await whoHears(coach.callSid, [ada, ben]), [ada, ben]);
  assert.equal(await people("Ben's coach").remove(), true);
  await carrier.settles();
  const told = application.asked("/coach").map(({ CallStatus }) => CallStatus);
  assert.deepEqual(told, ["ringing", "in-progress", "completed"]);
});

test("an announcement is heard by all, or by one", async () => {
  const { ada, ben, room, people } = await adaAndBenTalk();
  const toAll = application.answers("/all", (response) => response.say("To all."));
  const toOne = application.answers("/one", (response) => response.say("To one."));

  await room.update({ announceUrl: toAll });
  await carrier.passes(10);
  await people(ada).update({ announceUrl: toOne, announceMethod: "GET" });
  await carrier.passes(10);

  assert.deepEqual(await carrier.noted(ada, "said"), ["To all.", "To one."]);
  assert.deepEqual(await carrier.noted(ben, "said"), ["To all."]);
  assert.equal(application.requests.find(({ path }) => path === "/one").method, "GET");
});

test("somebody removed goes on with the document, and is gone from the room", async () => {
  const { ada, ben, people } = await adaAndBenTalk();

  assert.equal(await people(ada).remove(), true);
  await carrier.passes(5);

  assert.deepEqual(await carrier.noted(ada, "said"), ["You have left."]);
  assert.equal((await client.calls(ada).fetch()).status, "in-progress");
  assert.deepEqual(await whoHears(ben, [ada]), []);
  assert.deepEqual(await refusal(people(ada).fetch()), { status: 404, code: 20404 });
  assert.deepEqual(await refusal(people(ada).update({ muted: true })), { status: 404, code: 20404 });
  assert.deepEqual(await refusal(people(ada).remove()), { status: 404, code: 20404 });
});

test("a room that is ended sends everybody on", async () => {
  const { ada, ben, room } = await adaAndBenTalk();

  const ended = await room.update({ status: "completed" });
  await carrier.passes(5);

  assert.deepEqual([ended.status, ended.reasonConferenceEnded], ["completed", "conference-ended-via-api"]);
  for (const leg of [ada, ben]) assert.deepEqual(await carrier.noted(leg, "said"), ["You have left."]);
  assert.deepEqual(await refusal(room.update({ status: "completed" })), { status: 404, code: 20404 });
});

test("the end of the one who matters is the end of the room", async () => {
  const { ada, ben, room, people } = await adaAndBenTalk();

  const changed = await people(ada).update({ endConferenceOnExit: true });
  await carrier.hangsUp(ada);

  assert.equal(changed.endConferenceOnExit, true);
  const over = await room.fetch();
  assert.deepEqual([over.status, over.reasonConferenceEnded], ["completed", "participant-with-end-conference-on-exit-left"]);
  await carrier.passes(3);
  assert.deepEqual(await carrier.noted(ben, "said"), ["You have left."]);
});

test("a room waits for its moderator", async () => {
  const name = "waiting room";
  application.answers("/wait", (response) => response.say("Nobody is here."));
  application.answers("/voice", (response) =>
    response.dial().conference({ startConferenceOnEnter: false, waitUrl: "/wait", beep: "false" }, name),
  );
  const [ada, ben] = [await stage.calls(ADA), await stage.calls(BEN)];
  await carrier.passes(2);
  const [before] = await client.conferences.list({ friendlyName: name });
  assert.equal(before.status, "init");
  assert.deepEqual(await whoHears(ada, [ben]), []);

  const host = await client.conferences(name).participants.create({ to: CLEO, from: OURS, endConferenceOnExit: true });
  await carrier.settles();
  await carrier.answers(host.callSid);

  assert.equal((await client.conferences(before.sid).fetch()).status, "in-progress");
  assert.deepEqual(await whoHears(ada, [ben, host.callSid]), [ben, host.callSid]);
  assert.ok((await carrier.noted(ben, "said")).includes("Nobody is here."));
});

test("somebody who is called in and does not answer is gone, and the room is told", async () => {
  const { name, ada, ben } = await adaAndBenTalk();
  await carrier.telephone(CLEO, "never_answers");

  const added = await client.conferences(name).participants.create({ to: CLEO, from: OURS, timeout: 10 });
  await carrier.passes(60);

  assert.equal((await client.calls(added.callSid).fetch()).status, "no-answer");
  const left = await client.conferences(added.conferenceSid).participants.list();
  assert.deepEqual(
    left.map(({ callSid }) => callSid),
    [ada, ben],
  );
  const told = application.asked("/room").filter(({ CallSid }) => CallSid === added.callSid);
  assert.deepEqual(
    told.map((one) => [one.StatusCallbackEvent, one.ReasonParticipantLeft]),
    [["participant-leave", "participant_add_failed"]],
  );
});

test("a room that the client makes is told about and recorded as it was asked for", async () => {
  const [told, taped] = [application.url("/made"), application.url("/taped")];
  const invite = (to, options) => client.conferences("made by REST").participants.create({ to, from: OURS, beep: "false", ...options });
  const host = await invite(CLEO, {
    conferenceRecord: "true",
    conferenceRecordingStatusCallback: taped,
    conferenceStatusCallback: told,
    conferenceStatusCallbackEvent: ["start", "end"],
  });
  await carrier.settles();
  await carrier.answers(host.callSid);
  const guest = await invite(BEN);
  await carrier.settles();
  await carrier.answers(guest.callSid);
  await carrier.passes(8);

  await client.conferences(host.conferenceSid).participants(guest.callSid).remove();
  await carrier.hangsUp(host.callSid);
  await carrier.passes(30);

  assert.equal((await client.calls(guest.callSid).fetch()).status, "completed", "there is no document behind it");
  assert.deepEqual(
    application.asked("/made").map(({ StatusCallbackEvent }) => StatusCallbackEvent),
    ["conference-start", "conference-end"],
  );
  assert.deepEqual(
    application.asked("/taped").map((one) => [one.RecordingStatus, one.RecordingDuration, one.ConferenceSid]),
    [["completed", "8", host.conferenceSid]],
  );
});

test("what makes no sense in a room is refused with its code", async () => {
  const { name, ada, ben, room, people } = await adaAndBenTalk();
  const nobody = `CA${"f".repeat(32)}`;
  const add = (options) => client.conferences(name).participants.create({ to: CLEO, from: OURS, ...options });
  await add({ label: "cleo" });
  await people(ben).update({ hold: true });

  for (const [what, code, status] of [
    [() => add({ label: "cleo" }), 16026, 400],
    [() => people(ada).update({ callSidToCoach: nobody }), 16028, 400],
    [() => people(ada).update({ callSidToCoach: ben }), 16027, 400],
    [() => people(nobody).fetch(), 20404, 404],
    [() => client.conferences(`CF${"f".repeat(32)}`).fetch(), 20404, 404],
    [() => client.conferences(`CF${"f".repeat(32)}`).participants.list(), 20404, 404],
    [() => add({ to: "nowhere" }), 21211, 400],
    [() => add({ from: "+19995550100" }), 21212, 400],
    [() => add({ waitUrl: "nowhere" }), 21205, 400],
    [() => people(ada).update({ hold: true, holdUrl: "nowhere" }), 21205, 400],
    [() => room.update({ announceUrl: "nowhere" }), 21205, 400],
  ]) {
    assert.deepEqual(await refusal(what()), { status, code });
  }
});

test("rooms are listed by name, status and day, and paged", async () => {
  const [one, two] = [await adaAndBenTalk(), await adaAndBenTalk()];
  const sids = async (filter) => (await client.conferences.list({ pageSize: 1, limit: 2, ...filter })).map(({ sid }) => sid);
  const { dateCreated } = await one.room.fetch();
  const tomorrow = new Date(+dateCreated + 86_400_000);

  assert.deepEqual(await sids({ status: "in-progress" }), [two.sid, one.sid]);
  assert.deepEqual(await sids({ friendlyName: one.name }), [one.sid]);
  assert.deepEqual(await sids({ dateCreatedAfter: tomorrow }), []);
  assert.deepEqual(await sids({ dateUpdatedBefore: tomorrow, friendlyName: two.name }), [two.sid]);
  const page = await one.people.page({ pageSize: 1 });
  const next = await page.nextPage();
  assert.deepEqual(
    [...page.instances, ...next.instances].map(({ callSid }) => callSid),
    [one.ada, one.ben],
  );
});

test("all that the description can do with rooms was done", () => {
  assert.deepEqual(unused(client, /^\w+ \/Conferences(\/\{Sid\}|.*Participants.*)?\.json$/), []);
});
