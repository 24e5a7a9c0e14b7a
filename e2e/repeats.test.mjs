// Deliveries that come twice, servers that die: the call goes on where it was, and nothing counts double.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import test, { after, before } from "node:test";

import { assertTwiml, webhook } from "./lib/ask.mjs";
import { Call, calls, party } from "./lib/caller.mjs";
import { signIn } from "./lib/desk.mjs";
import { assertAsksZip, assertEnds, assertHears, assertRingsFirst, assertRingsSecond } from "./lib/forward.mjs";
import { menu, senatorsOf, words } from "./lib/seeds.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

const OHIO = { State: "OH" };
const SUE = { name: "Sue Visor", role: "supervisor", password: "a long sentence about calls" };
let switchboard;
let desk;

before(async () => {
  switchboard = await startSwitchboard();
  desk = await signIn(switchboard, await switchboard.addUser("sue", SUE));
});
after(() => switchboard?.remove());

const entriesOf = async (call) => (await desk.story(call.sid)).entries;

test("a second delivery of the same request gets the same bytes and writes nothing", async () => {
  const call = await calls(switchboard, "/callcongress/welcome", { place: OHIO });
  await call.presses("1");
  const before = await entriesOf(call);

  for (let n = 0; n < 3; n += 1) {
    const again = await switchboard.send(call.request);

    assert.equal(again.status, 200);
    assert.equal(again.body.toString(), call.document);
  }

  assert.deepEqual(await entriesOf(call), before);
});

test("a second delivery that comes late, when the call has gone on, changes nothing", async () => {
  const call = await calls(switchboard, "/callcongress/welcome", { place: OHIO });
  const early = call.request;
  const earlyDocument = call.document;
  await call.follows(["1", party.isBusy()]);
  const before = await entriesOf(call);

  const again = await switchboard.send(early);

  assert.equal(again.body.toString(), earlyDocument);
  assert.deepEqual(await entriesOf(call), before);
  await call.finds(party.talks(5));
  assertEnds(call, words("forward_goodbye"));
});

test("deliveries of one request at the same moment all get the same bytes and one journal entry", async () => {
  const call = new Call(switchboard, { place: OHIO });
  const request = webhook(switchboard, "/callcongress/welcome", { call });

  const answers = await Promise.all(Array.from({ length: 12 }, () => switchboard.send(request)));

  const documents = new Set(answers.map((answer) => answer.body.toString()));
  assert.equal(documents.size, 1);
  assertTwiml(answers[0], "one of twelve");
  assert.equal((await entriesOf(call)).length, 1);
});

test("different requests of one call at the same moment are each counted, and none is lost", async () => {
  const call = await calls(switchboard, "/callcongress/welcome", { place: OHIO });
  const requests = Array.from({ length: 8 }, () => webhook(switchboard, "/callcongress/set-state", { call, params: { Digits: "7" } }));

  const answers = await Promise.all(requests.map((request) => switchboard.send(request)));

  const heard = answers.map((answer) => assertTwiml(answer, "one of eight").text);
  const saying = (key) => heard.filter((text) => text.includes(words(key))).length;
  assert.deepEqual([saying("wrong_key"), saying("too_many_tries"), saying("goodbye")], [2, 1, 5]);
  assert.equal((await entriesOf(call)).length, 9);
});

test("a hundred callers at once are all put through", async () => {
  const script = ["1", party.isBusy(), party.talks(3)];

  const ended = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const call = await calls(switchboard, "/callcongress/welcome", { place: OHIO });
      return call.follows(script);
    }),
  );

  for (const call of ended) assertEnds(call, words("forward_goodbye"));
});

test("a wrong key pressed twice is two wrong keys, whatever the carrier calls the requests", async () => {
  const call = await calls(switchboard, "/callcongress/welcome", { place: OHIO });

  await call.follows(["7", "7", "7"]);

  assertEnds(call, words("too_many_tries"));
});

test("requests without a token are each a new one", async () => {
  const call = new Call(switchboard, { place: OHIO });
  const send = async (target, params = {}) => {
    const request = webhook(switchboard, target, { call, params });
    const { "I-Twilio-Idempotency-Token": _, ...headers } = request.headers;
    const answer = await switchboard.send({ ...request, headers });
    return assertTwiml(answer, target).text;
  };
  await send("/callcongress/welcome");

  const heard = [];
  for (let n = 0; n < 3; n += 1) heard.push(await send("/callcongress/set-state", { Digits: "7" }));

  assert.ok(heard[0].includes(words("wrong_key")) && heard[1].includes(words("wrong_key")));
  assert.ok(heard[2].includes(words("too_many_tries")));
});

test("a token belongs to its call: another call with the same one is answered for itself", async () => {
  const token = randomUUID();
  const one = webhook(switchboard, "/callcongress/welcome", { call: new Call(switchboard, { place: { State: "OH" } }), token });
  const other = webhook(switchboard, "/callcongress/welcome", { call: new Call(switchboard, { place: { State: "UT" } }), token });

  const [first, second] = [await switchboard.send(one), await switchboard.send(other)];

  assert.match(first.body.toString(), /Ohio/);
  assert.match(second.body.toString(), /Utah/);
});

test("a status callback that comes twice is one line of the journal", async () => {
  const call = await calls(switchboard, "/callcongress/welcome", { place: OHIO });
  await call.hangsUp();
  const before = await entriesOf(call);
  const report = { CallStatus: "completed", SequenceNumber: "0", CallbackSource: "call-progress-events" };

  const answer = await switchboard.send(webhook(switchboard, "/twilio/call-status", { call, params: report }));

  assert.equal(answer.status, 204);
  assert.deepEqual(await entriesOf(call), before);
});

test("webhooks after the end are answered politely and do not open the call again", async () => {
  const call = await calls(switchboard, "/callcongress/welcome", { place: OHIO });
  await call.hangsUp();
  const { outcome } = await desk.story(call.sid);

  for (const target of ["/callcongress/set-state", "/callcongress/goodbye", "/ivr/menu", "/line/senators"]) {
    const answer = await switchboard.send(webhook(switchboard, target, { call, params: { Digits: "1" } }));
    const document = assertTwiml(answer, target);
    assert.equal(document.elements.at(-1).name, "Hangup", target);
  }

  assert.equal((await desk.story(call.sid)).outcome, outcome);
});

test("a status callback for a call that never came here is swallowed", async () => {
  const answer = await switchboard.send(webhook(switchboard, "/twilio/call-status", { params: { CallStatus: "completed" } }));

  assert.equal(answer.status, 204);
});

test("a server that is killed and started again goes on with every call where it was", async () => {
  const dialling = await calls(switchboard, "/callcongress/welcome", { place: OHIO });
  await dialling.presses("1");
  const zip = await calls(switchboard, "/callcongress/welcome", { from: "+18005550147" });
  await zip.follows(["00000", null]);
  const list = await calls(switchboard, "/ivr/welcome", { to: "+12025550101" });
  await list.follows(["2", "9"]);
  const spoken = dialling.document;

  await switchboard.kill();
  await assert.rejects(switchboard.send({ target: "/healthz" }));
  await switchboard.start();

  const again = await switchboard.send(dialling.request);
  assert.equal(again.body.toString(), spoken, "a delivery from before the death");
  await dialling.finds(party.talks(30));
  assertHears(dialling, words("office_talked", { name: senatorsOf("OH")[0].name }));
  assertRingsSecond(dialling, "OH");
  await dialling.finds(party.isBusy());
  assertEnds(dialling, words("forward_goodbye"));

  await zip.presses("00000");
  assertEnds(zip, words("too_many_tries"));

  await list.presses("*");
  assertHears(list, menu.prompt.en);

  assert.equal((await desk.story(dialling.sid)).outcome, "Connected");
});

test("killed in every gap of a call, the server never loses its place", async () => {
  const call = await calls(switchboard, "/callcongress/welcome", { from: "+18005550147" });
  const restart = async () => {
    await switchboard.kill();
    await switchboard.start();
  };

  await restart();
  assertAsksZip(call);
  await call.presses("86514");
  await restart();
  await call.presses("2");
  assertRingsFirst(call, "NM");
  await restart();
  await call.finds(party.doesNotAnswer());
  assertRingsSecond(call, "NM");
  await restart();
  await call.finds(party.talks(1));

  assertEnds(call, words("forward_goodbye"));
});
