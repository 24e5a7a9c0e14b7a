// The account's telephone numbers through the official client.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { refusal, unused } from "./lib/carrier-client.mjs";
import { ADA, OURS, setStage } from "./lib/carrier-stage.mjs";

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

test("the number of the command line is there, with its address", async () => {
  const [ours, ...more] = await client.incomingPhoneNumbers.list();

  assert.deepEqual(more, []);
  assert.deepEqual([ours.phoneNumber, ours.voiceUrl, ours.voiceMethod], [OURS, application.url("/voice"), "POST"]);
  assert.equal(ours.capabilities.voice, true);
  assert.equal((await client.incomingPhoneNumbers(ours.sid).fetch()).phoneNumber, OURS);
});

test("a number that is had is called, changed and given up", async () => {
  application.answers("/first", (response) => response.say("First."));
  application.answers("/second", (response) => response.say("Second."));
  const phoneNumber = "+13125550188";

  const number = await client.incomingPhoneNumbers.create({ phoneNumber, friendlyName: "Chicago", voiceUrl: application.url("/first") });
  const before = await carrier.places({ from: ADA, to: phoneNumber });
  const changed = await client.incomingPhoneNumbers(number.sid).update({
    voiceUrl: application.url("/second"),
    voiceMethod: "GET",
    statusCallback: application.url("/ended"),
  });
  const after = await carrier.places({ from: ADA, to: phoneNumber });
  await carrier.passes(20);

  assert.deepEqual([number.friendlyName, number.phoneNumber], ["Chicago", phoneNumber]);
  assert.deepEqual([changed.voiceMethod, changed.friendlyName], ["GET", "Chicago"]);
  assert.deepEqual([await carrier.noted(before, "said"), await carrier.noted(after, "said")], [["First."], ["Second."]]);
  assert.equal(application.requests.find(({ path }) => path === "/second").method, "GET");
  assert.ok(application.asked("/ended").some(({ CallSid, CallStatus }) => CallSid === after && CallStatus === "completed"));
  const call = await client.calls(after).fetch();
  assert.equal(call.phoneNumberSid, number.sid);

  assert.equal(await client.incomingPhoneNumbers(number.sid).remove(), true);
  assert.deepEqual(await refusal(client.incomingPhoneNumbers(number.sid).fetch()), { status: 404, code: 20404 });
  await assert.rejects(carrier.places({ from: ADA, to: phoneNumber }), /answered 400/);
});

test("the fallback is asked where the first address fails, and told why", async () => {
  const url = application.answers("/rescue", (response) => response.say("We are sorry."));
  const [{ sid }] = await client.incomingPhoneNumbers.list({ phoneNumber: OURS });
  await client.incomingPhoneNumbers(sid).update({ voiceUrl: "http://127.0.0.1:1/nobody", voiceFallbackUrl: url });

  const call = await stage.calls(ADA);
  await carrier.passes(30);

  assert.deepEqual(await carrier.noted(call, "said"), ["We are sorry."]);
  const [asked] = application.asked("/rescue");
  assert.match(asked.ErrorCode, /^112\d\d$/);
  assert.equal(asked.ErrorUrl, "http://127.0.0.1:1/nobody");
});

test("numbers are found by their digits and their names, and paged", async () => {
  const made = [];
  for (const [i, friendlyName] of ["one", "two", "three"].entries()) {
    made.push((await client.incomingPhoneNumbers.create({ phoneNumber: `+1415555010${i}`, friendlyName })).sid);
  }
  const sids = async (filter) => (await client.incomingPhoneNumbers.list({ pageSize: 2, ...filter })).map(({ sid }) => sid);

  assert.deepEqual(new Set(await sids({ phoneNumber: "+1415555" })), new Set(made));
  assert.deepEqual(await sids({ phoneNumber: "*5550102" }), [made[2]]);
  assert.deepEqual(await sids({ friendlyName: "two" }), [made[1]]);
  assert.deepEqual(await sids({ friendlyName: "four" }), []);
});

test("what makes no sense with a number is refused with its code", async () => {
  const [{ sid }] = await client.incomingPhoneNumbers.list({ phoneNumber: OURS });
  const numbers = client.incomingPhoneNumbers;

  for (const [ask, code, status] of [
    [() => numbers.create({ phoneNumber: "12" }), 21421, 400],
    [() => numbers.create({ phoneNumber: OURS }), 21422, 400],
    [() => numbers(sid).update({ voiceUrl: "nowhere" }), 21502, 400],
    [() => numbers(sid).update({ voiceMethod: "PUT" }), 21403, 400],
    [() => numbers(`PN${"f".repeat(32)}`).update({ friendlyName: "x" }), 20404, 404],
    [() => numbers(`PN${"f".repeat(32)}`).remove(), 20404, 404],
  ]) {
    assert.deepEqual(await refusal(ask()), { status, code }, String(ask));
  }
});

test("all that the description can do with numbers was done", () => {
  assert.deepEqual(unused(client, /IncomingPhoneNumbers/), []);
});
