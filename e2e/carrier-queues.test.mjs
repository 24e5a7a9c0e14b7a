// Queues and those who wait in them, through the official client.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { refusal, unused } from "./lib/carrier-client.mjs";
import { ADA, BEN, CLEO, setStage } from "./lib/carrier-stage.mjs";

let stage;
let application;
let carrier;
let client;

before(async () => {
  stage = await setStage();
  ({ application, carrier, client } = stage);
  application.answers("/wait", (response) => {
    response.say("All lines are busy.");
    response.pause({ length: 30 });
  });
  application.answers("/agent", (response) => {
    response.say("An agent is here.");
    response.pause({ length: 60 });
  });
});

afterEach(() => stage.rests());

after(() => stage?.clear());

const nobody = `CA${"f".repeat(32)}`;

/** Ada and Ben wait in a queue, Ada for 20 seconds longer. */
async function adaAndBenWait(friendlyName, { maxSize } = {}) {
  const queue = await client.queues.create({ friendlyName, maxSize });
  application.answers("/voice", (response) => response.enqueue({ waitUrl: "/wait", action: "/queued" }, friendlyName));
  const ada = await stage.calls(ADA);
  await carrier.passes(20);
  const ben = await stage.calls(BEN);
  await carrier.passes(10);
  return { sid: queue.sid, queue: client.queues(queue.sid), members: client.queues(queue.sid).members, ada, ben };
}

test("a queue is made, changed, listed and deleted", async () => {
  const made = await client.queues.create({ friendlyName: "tier 1", maxSize: 7 });
  assert.deepEqual([made.friendlyName, made.maxSize, made.currentSize, made.averageWaitTime], ["tier 1", 7, 0, 0]);

  const changed = await client.queues(made.sid).update({ friendlyName: "tier 2", maxSize: 9 });
  const usual = await client.queues.create({ friendlyName: "usual" });
  const listed = await client.queues.list({ pageSize: 1 });

  assert.deepEqual([changed.friendlyName, changed.maxSize], ["tier 2", 9]);
  assert.equal(usual.maxSize, 1000);
  assert.deepEqual(
    listed.map(({ friendlyName }) => friendlyName),
    ["usual", "tier 2"],
  );
  assert.equal((await client.queues(made.sid).fetch()).friendlyName, "tier 2");
  for (const { sid } of listed) assert.equal(await client.queues(sid).remove(), true);
  assert.deepEqual(await client.queues.list(), []);
  assert.deepEqual(await refusal(client.queues(made.sid).fetch()), { status: 404, code: 20404 });
});

test("those who wait stand in line, and the first is taken out once", async () => {
  const { queue, members, sid, ada, ben } = await adaAndBenWait("support");

  const line = await members.list({ pageSize: 1 });
  assert.deepEqual(
    line.map(({ callSid, position, waitTime, queueSid }) => [callSid, position, waitTime, queueSid]),
    [
      [ada, 1, 30, sid],
      [ben, 2, 10, sid],
    ],
  );
  const { currentSize, averageWaitTime } = await queue.fetch();
  assert.deepEqual([currentSize, averageWaitTime], [2, 20]);
  assert.equal((await members("Front").fetch()).callSid, ada);
  assert.equal((await members(ben).fetch()).position, 2);
  const [waiting] = application.asked("/wait");
  assert.deepEqual([waiting.QueueSid, waiting.QueuePosition, waiting.CallSid], [sid, "1", ada]);

  const taken = await members("Front").update({ url: application.url("/agent") });
  await carrier.passes(5);

  assert.equal(taken.callSid, ada);
  assert.deepEqual(await refusal(members(ada).update({ url: application.url("/agent") })), { status: 404, code: 20404 });
  assert.deepEqual(await refusal(members(ada).fetch()), { status: 404, code: 20404 });
  assert.equal((await members("Front").fetch()).callSid, ben);
  assert.equal((await carrier.noted(ada, "said")).at(-1), "An agent is here.");
  const [told] = application.asked("/queued");
  assert.deepEqual([told.CallSid, told.QueueResult, told.QueueSid, told.QueueTime], [ada, "redirected", sid, "30"]);
});

test("of many who ask at once for the first in line, each gets somebody else or nobody", async () => {
  const { members, ada, ben } = await adaAndBenWait("contested");
  const ask = () => members("Front").update({ url: application.url("/agent") });

  const outcomes = await Promise.all(Array.from({ length: 6 }, () => ask().then(({ callSid }) => callSid, ({ code }) => code)));

  assert.deepEqual(outcomes.sort(), [20404, 20404, 20404, 20404, ada, ben].sort());
});

test("an agent who dials the queue talks with the first in it", async () => {
  const { members, ada, ben } = await adaAndBenWait("agents");
  application.answers("/voice", (response) => response.dial().queue("agents"));

  const agent = await stage.calls(CLEO);
  await carrier.passes(5);
  await carrier.speaks(agent, "How can I help?");
  await carrier.hangsUp(agent);
  await carrier.passes(1);

  assert.ok((await carrier.noted(ada, "heard")).includes("How can I help?"));
  assert.deepEqual(
    (await members.list()).map(({ callSid }) => callSid),
    [ben],
  );
  const [told] = application.asked("/queued");
  assert.deepEqual([told.CallSid, told.QueueResult], [ada, "bridged"]);
});

test("who hangs up or finds the queue full does not wait", async () => {
  const { members, ada, ben } = await adaAndBenWait("short", { maxSize: 2 });

  const cleo = await stage.calls(CLEO);
  await carrier.hangsUp(ada);

  assert.deepEqual(
    (await members.list()).map(({ callSid, position }) => [callSid, position]),
    [[ben, 1]],
  );
  const told = application.asked("/queued").map(({ CallSid, QueueResult }) => [CallSid, QueueResult]);
  assert.deepEqual(told, [
    [cleo, "queue-full"],
    [ada, "hangup"],
  ]);
});

test("what makes no sense in a queue is refused with its code", async () => {
  const { queue, members, ada } = await adaAndBenWait("refusals");
  const missing = client.queues(`QU${"f".repeat(32)}`);
  const url = application.url("/agent");

  for (const [ask, code, status] of [
    [() => queue.remove(), 20001, 400],
    [() => client.queues.create({ friendlyName: "refusals" }), 20001, 400],
    [() => client.queues.create({ friendlyName: "x".repeat(65) }), 20001, 400],
    [() => client.queues.create({ friendlyName: "big", maxSize: 5001 }), 20001, 400],
    [() => missing.fetch(), 20404, 404],
    [() => missing.remove(), 20404, 404],
    [() => missing.members.list(), 20404, 404],
    [() => members(nobody).fetch(), 20404, 404],
    [() => members(nobody).update({ url }), 20404, 404],
    [() => members(ada).update({ url: "nowhere" }), 21205, 400],
  ]) {
    assert.deepEqual(await refusal(ask()), { status, code }, String(ask));
  }
});

test("all that the description can do with queues was done", () => {
  assert.deepEqual(unused(client, /^\w+ \/Queues/), []);
});
