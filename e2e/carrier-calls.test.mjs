// Calls through the official client: created, listed, changed, ended, and what the application is told.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { refusal, unused } from "./lib/carrier-client.mjs";
import { ADA, BEN, CLEO, OURS, setStage } from "./lib/carrier-stage.mjs";

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

const everything = ["initiated", "ringing", "answered", "completed"];

const TALK = "<Response><Say>Hello.</Say><Pause length='600'/></Response>";

async function create(options = {}) {
  const call = await client.calls.create({ to: BEN, from: OURS, twiml: TALK, ...options });
  await carrier.settles();
  return call;
}

const statusOf = async ({ sid }) => (await client.calls(sid).fetch()).status;

test("a call rings, is answered, obeys its document and ends", async () => {
  const url = application.answers("/hello", (response) => {
    response.say("Good morning.");
    response.pause({ length: 10 });
  });

  const call = await create({ twiml: undefined, url, statusCallback: application.url("/status"), statusCallbackEvent: everything });

  assert.equal(call.status, "queued");
  assert.equal(call.direction, "outbound-api");
  assert.deepEqual([call.to, call.from, call.toFormatted], [BEN, OURS, "(202) 555-0142"]);
  assert.equal(call.accountSid, carrier.account.sid);
  assert.equal(await statusOf(call), "ringing");

  await carrier.answers(call.sid);
  assert.equal(await statusOf(call), "in-progress");
  const [asked] = application.asked("/hello");
  assert.deepEqual(
    [asked.CallSid, asked.CallStatus, asked.Direction, asked.AccountSid, asked.ApiVersion, asked.To, asked.From],
    [call.sid, "in-progress", "outbound-api", carrier.account.sid, "2010-04-01", BEN, OURS],
  );
  await carrier.passes(30);

  const over = await client.calls(call.sid).fetch();
  assert.equal(over.status, "completed");
  assert.equal(over.duration, String(Math.round((over.endTime - over.startTime) / 1000)));
  assert.ok(Number(over.duration) >= 10, over.duration);
  assert.deepEqual(await carrier.noted(call.sid, "said"), ["Good morning."]);
  const told = application.asked("/status");
  assert.deepEqual(
    told.map(({ CallStatus }) => CallStatus),
    ["initiated", "ringing", "in-progress", "completed"],
  );
  assert.deepEqual(
    told.map(({ SequenceNumber }) => SequenceNumber),
    ["0", "1", "2", "3"],
  );
  assert.equal(told[3].CallDuration, over.duration);
  assert.ok(told.every(({ CallSid, CallbackSource }) => CallSid === call.sid && CallbackSource === "call-progress-events"));
});

test("callbacks come by the method that was asked for, and are signed over the query", async () => {
  const call = await create({ statusCallback: `${application.url("/told")}?a=b%20c`, statusCallbackMethod: "GET" });
  await carrier.answers(call.sid);

  await carrier.hangsUp(call.sid);

  const [told, ...more] = application.requests.filter(({ path }) => path === "/told");
  assert.deepEqual(more, []);
  assert.equal(told.method, "GET");
  assert.deepEqual([told.params.a, told.params.CallStatus], ["b c", "completed"]);
});

for (const [what, events, told] of [
  ["repeated", ["initiated", "answered"], ["initiated", "in-progress", "completed"]],
  ["written in one value", ["initiated answered"], ["initiated", "in-progress", "completed"]],
  ["not given", undefined, ["completed"]],
]) {
  test(`the events of a callback may be ${what}`, async () => {
    const statusCallbackEvent = events && [...events, "completed"];
    const call = await create({ statusCallback: application.url("/status"), statusCallbackEvent });
    await carrier.answers(call.sid);

    await carrier.hangsUp(call.sid);

    assert.deepEqual(
      application.asked("/status").map(({ CallStatus }) => CallStatus),
      told,
    );
  });
}

test("calls that are created at once are all made, each with a SID of its own", async () => {
  const calls = await Promise.all(Array.from({ length: 30 }, () => create({ to: "+12025550157" })));

  assert.equal(new Set(calls.map(({ sid }) => sid)).size, 30);
  assert.equal((await client.calls.list({ to: "+12025550157", status: "ringing", pageSize: 1000 })).length, 30);
});

for (const [habit, status] of [
  ["busy", "busy"],
  ["declines", "busy"],
  ["fails", "failed"],
  ["never_answers", "no-answer"],
]) {
  test(`a telephone that is or does "${habit}" leaves a call ${status}`, async () => {
    await carrier.telephone(CLEO, habit);

    const call = await create({ to: CLEO, timeout: 20, statusCallback: application.url("/status") });
    await carrier.passes(60);

    assert.equal(await statusOf(call), status);
    assert.deepEqual(
      application.asked("/status").map(({ CallStatus }) => CallStatus),
      [status],
    );
  });
}

test("a telephone that answers by itself is heard to hang up", async () => {
  await carrier.telephone(CLEO, "answers", { after_ms: 3000, hangs_up_after_ms: 7000 });

  const call = await create({ to: CLEO });
  await carrier.passes(20);

  const over = await client.calls(call.sid).fetch();
  assert.deepEqual([over.status, over.duration], ["completed", "7"]);
});

test("a live call is given another document, by address and by text", async () => {
  const call = await create();
  await carrier.answers(call.sid);
  const url = application.answers("/moved", (response) => {
    response.say("Moved by address.");
    response.pause({ length: 60 });
  });

  const moved = await client.calls(call.sid).update({ url, method: "GET" });
  await carrier.passes(5);
  assert.equal(moved.status, "in-progress");
  assert.equal(application.requests.find(({ path }) => path === "/moved").method, "GET");
  await client.calls(call.sid).update({ twiml: "<Response><Say>Moved by text.</Say><Hangup/></Response>" });
  await carrier.passes(5);

  assert.deepEqual(await carrier.noted(call.sid, "said"), ["Hello.", "Moved by address.", "Moved by text."]);
  assert.equal(await statusOf(call), "completed");
});

test("a call that rings is given another document, which it obeys when it is answered", async () => {
  const call = await create();

  await client.calls(call.sid).update({ twiml: "<Response><Say>Another.</Say><Pause length='60'/></Response>" });
  await carrier.answers(call.sid);

  assert.deepEqual(await carrier.noted(call.sid, "said"), ["Another."]);
});

test("of an address and a text the address wins", async () => {
  const url = application.answers("/address", (response) => response.say("By address."));

  const call = await create({ url });
  await carrier.answers(call.sid);

  assert.deepEqual(await carrier.noted(call.sid, "said"), ["By address."]);
  assert.ok((await carrier.log(call.sid)).some(({ code }) => code === 32019));
});

test("a time limit ends a call, whenever it was set", async () => {
  const [early, late] = [await create({ timeLimit: 60 }), await create({ to: CLEO })];
  await carrier.answers(early.sid);
  await carrier.answers(await carrier.legAt(CLEO));

  await client.calls(late.sid).update({ timeLimit: 90 });
  await carrier.passes(200);

  const ends = await Promise.all([early, late].map(({ sid }) => client.calls(sid).fetch()));
  assert.deepEqual(
    ends.map(({ status, duration }) => [status, duration]),
    [
      ["completed", "60"],
      ["completed", "90"],
    ],
  );
});

test("a call to a number of the account is a call of its own at the other end", async () => {
  application.answers("/voice", (response) => {
    response.say("You have reached us.");
    response.pause({ length: 60 });
  });

  const call = await create({ to: OURS });
  await carrier.passes(2);

  const both = await client.calls.list({ to: OURS, status: "in-progress" });
  const [inner, ...more] = both.filter(({ sid }) => sid !== call.sid);
  assert.deepEqual([more, inner.direction], [[], "inbound"]);
  assert.deepEqual(await carrier.noted(inner.sid, "said"), ["You have reached us."]);
});

test("a call is ended, and a ringing one cancelled", async () => {
  const told = { statusCallback: application.url("/status") };
  const [talking, ringing] = [await create(told), await create({ ...told, to: ADA })];
  await carrier.answers(talking.sid);

  const ended = await client.calls(talking.sid).update({ status: "completed" });
  const cancelled = await client.calls(ringing.sid).update({ status: "canceled" });
  await carrier.settles();

  assert.equal(ended.status, "completed");
  assert.equal(cancelled.status, "canceled");
  assert.deepEqual([await statusOf(talking), await statusOf(ringing)], ["completed", "canceled"]);
  const ends = application.asked("/status").map(({ CallSid, CallStatus }) => [CallSid, CallStatus]);
  assert.deepEqual(ends, [
    [talking.sid, "completed"],
    [ringing.sid, "canceled"],
  ]);
});

test("a call that is over is not changed but may be deleted", async () => {
  const call = await create();
  await carrier.answers(call.sid);
  assert.deepEqual(await refusal(client.calls(call.sid).remove()), { status: 409, code: 20009 });
  await carrier.hangsUp(call.sid);

  assert.deepEqual(await refusal(client.calls(call.sid).update({ status: "completed" })), { status: 400, code: 21220 });
  assert.equal(await client.calls(call.sid).remove(), true);
  assert.deepEqual(await refusal(client.calls(call.sid).fetch()), { status: 404, code: 20404 });
});

test("somebody outside calls in, and is put through to a child that knows its parent", async () => {
  application.answers("/voice", (response) => response.dial({ action: "/after" }, BEN));
  application.answers("/after", (response) => response.say("Goodbye."));
  const place = { state: "IL", zip: "60601", city: "CHICAGO", country: "US" };

  const sid = await stage.calls(ADA, { place });
  await carrier.answers(await carrier.legAt(BEN));
  await carrier.passes(12);
  const [child, ...more] = await client.calls.list({ parentCallSid: sid });
  await carrier.hangsUp(child.sid);
  await carrier.passes(5);

  assert.deepEqual(more, []);
  assert.deepEqual([child.direction, child.status, child.parentCallSid], ["outbound-dial", "in-progress", sid]);
  const inbound = await client.calls(sid).fetch();
  assert.deepEqual([inbound.direction, inbound.from, inbound.to, inbound.status], ["inbound", ADA, OURS, "completed"]);
  assert.match(inbound.phoneNumberSid, /^PN/);
  const [asked] = application.asked("/voice");
  assert.deepEqual([asked.FromState, asked.FromZip, asked.CallerCity, asked.CallStatus], ["IL", "60601", "CHICAGO", "ringing"]);
  const [ended] = application.asked("/after");
  assert.deepEqual([ended.DialCallStatus, ended.DialCallSid, ended.DialCallDuration], ["completed", child.sid, "12"]);
  assert.deepEqual(await carrier.noted(sid, "said"), ["Goodbye."]);
});

test("keys that are pressed arrive at the action", async () => {
  application.answers("/voice", (response) => response.gather({ numDigits: 3, action: "/keys?from=menu" }).say("Three keys."));
  application.answers("/keys", (response) => response.hangup());

  const sid = await stage.calls(ADA);
  await carrier.presses(sid, "12#");
  await carrier.passes(10);

  const [asked] = application.asked("/keys");
  assert.deepEqual([asked.Digits, asked.from, asked.CallSid], ["12", "menu", sid]);
});

test("lists are paged, newest first, and filtered", async () => {
  const made = [];
  for (let i = 0; i < 5; i += 1) made.unshift((await create({ to: "+12025550155" })).sid);
  const filter = { to: "+12025550155" };

  const all = await client.calls.list({ ...filter, pageSize: 2 });
  assert.deepEqual(
    all.map(({ sid }) => sid),
    made,
  );
  assert.equal((await client.calls.list({ ...filter, limit: 3, pageSize: 2 })).length, 3);
  const first = await client.calls.page({ ...filter, pageSize: 2 });
  assert.equal(first.previousPageUrl, undefined);
  const second = await first.nextPage();
  const third = await second.nextPage();
  const again = await third.previousPage();
  assert.deepEqual(
    [first, second, third, again].map(({ instances }) => instances.map(({ sid }) => made.indexOf(sid))),
    [[0, 1], [2, 3], [4], [2, 3]],
  );
  assert.equal(await third.nextPage(), undefined);
  const each = [];
  await new Promise((done, fail) =>
    client.calls.each({ ...filter, pageSize: 2, callback: ({ sid }) => each.push(sid), done: (error) => (error ? fail(error) : done()) }),
  );
  assert.deepEqual(each, made);
  assert.equal((await client.calls.list({ ...filter, status: "ringing" })).length, 5);
  assert.deepEqual(await client.calls.list({ ...filter, status: "completed" }), []);
  assert.deepEqual(await client.calls.list({ ...filter, from: ADA }), []);
});

test("lists are filtered by when calls began", async () => {
  const call = await create({ to: "+12025550156" });
  await carrier.answers(call.sid);
  const { startTime } = await client.calls(call.sid).fetch();
  const day = 86_400_000;
  const count = async (filter) => (await client.calls.list({ to: "+12025550156", ...filter })).length;

  assert.equal(await count({ startTimeAfter: new Date(startTime - day) }), 1);
  assert.equal(await count({ startTimeBefore: new Date(startTime - day) }), 0);
  assert.equal(await count({ startTimeAfter: new Date(+startTime + day) }), 0);
  assert.equal(await count({ startTimeBefore: new Date(+startTime + day) }), 1);
  assert.equal(await count({ endTimeBefore: new Date(+startTime + day) }), 0);
});

test("all that the description can do with calls was done", () => {
  assert.deepEqual(unused(client, /^\w+ \/Calls(\/\{Sid\})?\.json$/), []);
});
