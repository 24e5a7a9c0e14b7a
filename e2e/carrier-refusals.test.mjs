// Who is let in, what is refused and with which code, and how the official client takes a bad day.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { clientOf, refusal } from "./lib/carrier-client.mjs";
import { ADA, BEN, OURS, setStage } from "./lib/carrier-stage.mjs";
import { form, send } from "./lib/http.mjs";
import { faultsOfAnswer } from "./lib/openapi.mjs";

const KEY = `SK${"1".repeat(32)}`;
const twiml = "<Response><Pause length='60'/></Response>";

let stage;
let application;
let carrier;
let client;

before(async () => {
  stage = await setStage({ more: ["--key", `${KEY}:a secret`] });
  ({ application, carrier, client } = stage);
});

afterEach(() => stage.rests());

after(() => stage?.clear());

/** One request as the library never makes it. */
async function ask({ method = "GET", path, params, authorization = credentials() }) {
  const target = `/2010-04-01/Accounts/${carrier.account.sid}${path}`;
  const headers = { "Content-Type": "application/x-www-form-urlencoded", ...authorization };
  const answer = await send(carrier.base, { method, target, headers, body: params && form(params) });
  return { status: answer.status, headers: answer.headers, body: JSON.parse(answer.body) };
}

const basic = (user, password) => ({ Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` });
const credentials = () => basic(carrier.account.sid, carrier.account.token);

test("a key with its secret is as good as the token", async () => {
  const keyed = clientOf(carrier, { username: KEY, password: "a secret" });

  const call = await keyed.calls.create({ to: BEN, from: OURS, twiml });

  assert.equal(call.accountSid, carrier.account.sid);
});

test("strangers are refused", async () => {
  for (const stranger of [{ password: "wrong" }, { username: KEY, password: "wrong" }, { username: `AC${"9".repeat(32)}` }]) {
    const outside = clientOf(carrier, stranger);
    assert.deepEqual(await refusal(outside.calls.list()), { status: 401, code: 20003 });
    assert.deepEqual(await refusal(outside.calls.create({ to: BEN, from: OURS, twiml })), { status: 401, code: 20003 });
  }
  for (const authorization of [{}, { Authorization: "Basic" }, { Authorization: "Bearer abc" }, { Authorization: "Basic ?" }]) {
    const answer = await ask({ path: "/Calls.json", authorization });
    assert.deepEqual([answer.status, answer.body.code], [401, 20003]);
    assert.match(answer.headers["www-authenticate"], /^Basic /);
  }
  assert.deepEqual(await client.calls.list({ status: "ringing" }), []);
});

test("another account is not found", async () => {
  const other = clientOf(carrier, { accountSid: `AC${"9".repeat(32)}` });

  assert.deepEqual(await refusal(other.calls.list()), { status: 404, code: 20404 });
});

test("a call that makes no sense is refused with its code", async () => {
  for (const [change, code] of [
    [{ to: "" }, 21201],
    [{ to: "nobody" }, 21211],
    [{ to: "911" }, 21211],
    [{ from: "" }, 21213],
    [{ from: ADA }, 21212],
    [{ twiml: undefined }, 21205],
    [{ twiml: undefined, url: "nowhere" }, 21205],
    [{ statusCallback: "nowhere" }, 21205],
    [{ fallbackUrl: "/relative" }, 21205],
    [{ method: "PUT" }, 21209],
    [{ statusCallbackMethod: "DELETE" }, 21209],
    [{ timeout: 0 }, 21208],
    [{ timeout: 601 }, 21208],
    [{ sendDigits: "call me" }, 21206],
    [{ sendDigits: "1".repeat(33) }, 21206],
    [{ twiml: "x".repeat(4001) }, 32018],
    [{ twiml: undefined, applicationSid: `AP${"f".repeat(32)}` }, 21218],
  ]) {
    const refused = await refusal(client.calls.create({ to: BEN, from: OURS, twiml, ...change }));
    assert.deepEqual(refused, { status: 400, code }, JSON.stringify(change).slice(0, 100));
  }
  assert.deepEqual(await client.calls.list({ status: "ringing" }), [], "nothing that was refused was made");
});

test("a change that makes no sense is refused with its code, and changes nothing", async () => {
  const { sid } = await client.calls.create({ to: BEN, from: OURS, twiml });
  await carrier.settles();
  await carrier.answers(sid);

  for (const [change, code] of [
    [{ status: "canceled" }, 21220],
    [{ status: "paused" }, 20001],
    [{ url: "nowhere" }, 21205],
    [{ url: application.url("/x"), twiml }, 20001],
    [{ twiml: "x".repeat(4001) }, 32018],
    [{ url: application.url("/x"), method: "PUT" }, 21209],
  ]) {
    assert.deepEqual(await refusal(client.calls(sid).update(change)), { status: 400, code }, JSON.stringify(change).slice(0, 100));
  }
  assert.equal((await client.calls(sid).fetch()).status, "in-progress");
  assert.deepEqual(await refusal(client.calls(`CA${"f".repeat(32)}`).update({ status: "completed" })), { status: 404, code: 20404 });
});

test("what the library never sends is refused in the same form", async () => {
  const to = { To: BEN, From: OURS, Twiml: twiml };
  for (const [request, status, code] of [
    [{ path: "/Calls.json?PageSize=1001" }, 400, 20007],
    [{ path: "/Calls.json?Page=1&PageToken=PAnonsense" }, 400, 21481],
    [{ path: "/Calls.json?Colour=red" }, 400, 20001],
    [{ path: "/Calls.json?StartTime=yesterday" }, 400, 20001],
    [{ path: "/Calls.json", method: "POST", params: { ...to, Colour: "red" } }, 400, 20001],
    [{ path: "/Calls.json", method: "POST", params: { ...to, Timeout: "soon" } }, 400, 21208],
    [{ path: "/Calls.json", method: "DELETE" }, 405, 20004],
    [{ path: "/Calls.json", method: "PUT" }, 405, 20004],
    [{ path: "/Conferences.json", method: "POST", params: {} }, 405, 20004],
    [{ path: "/Calls/CA1.json" }, 404, 20404],
    [{ path: "/Nothing.json" }, 404, 20404],
    [{ path: `/Calls/CA${"f".repeat(32)}/Nothing.json` }, 404, 20404],
    [{ path: "/Queues.json", method: "POST", params: {} }, 400, 20001],
    [{ path: "/IncomingPhoneNumbers.json", method: "POST", params: {} }, 400, 21421],
  ]) {
    const answer = await ask(request);
    const what = `${request.method ?? "GET"} ${request.path}`;
    assert.deepEqual([answer.status, answer.body.code], [status, code], what);
    assert.deepEqual(faultsOfAnswer({ method: "GET", path: request.path }, answer), [], what);
  }
});

test("a body that is much too long is refused in the same form", async () => {
  const target = `/2010-04-01/Accounts/${carrier.account.sid}/Calls.json`;
  const answer = await send(carrier.base, { method: "POST", target, headers: credentials(), body: "x".repeat(3_000_000) });

  assert.ok(answer.status >= 400 && answer.status < 500);
  assert.match(answer.headers["content-type"], /^application\/json/);
});

test("the application believes nobody but the carrier", async () => {
  const answer = await send(application.base, { method: "POST", target: "/voice", headers: { "X-Twilio-Signature": "bm9ib2R5" } });

  assert.equal(answer.status, 403);
  assert.deepEqual(
    application.requests.splice(0).map(({ isSigned }) => isSigned),
    [false],
  );
});

test("the telephones are for this machine only", async () => {
  const asks = (headers) => send(carrier.base, { target: "/control/legs", headers });

  assert.equal((await asks({})).status, 200);
  assert.equal((await asks({ Origin: "http://localhost:1" })).status, 200);
  assert.equal((await asks({ Host: "carrier.example" })).status, 403);
  assert.equal((await asks({ Origin: "https://carrier.example" })).status, 403);
  assert.equal((await asks({ Origin: "null" })).status, 403);
});

test("the library asks again when it is told to wait, and gives up after a while", async () => {
  const patient = clientOf(carrier, { http: { autoRetry: true, maxRetries: 2, maxRetryDelay: 1 } });

  await carrier.fails("too_many_requests", 2);
  const call = await patient.calls.create({ to: BEN, from: OURS, twiml });
  await carrier.fails("too_many_requests", 3);
  const refused = await refusal(patient.calls.list());

  assert.equal((await patient.calls(call.sid).fetch()).sid, call.sid);
  assert.deepEqual(refused, { status: 429, code: 20429 });
});

test("a server error is told as one, whether or not the call was made", async () => {
  await carrier.fails("server_error");
  assert.equal((await refusal(client.calls.create({ to: ADA, from: OURS, twiml }))).status, 500);
  assert.equal((await client.calls.list({ to: ADA })).length, 0);

  await carrier.fails("lost_answer");
  assert.equal((await refusal(client.calls.create({ to: ADA, from: OURS, twiml }))).status, 500);
  assert.equal((await client.calls.list({ to: ADA })).length, 1);

  await carrier.fails("dropped_connection");
  await assert.rejects(client.calls.list(), /socket hang up|ECONNRESET/);
});

test("numbers and calls beyond the account's limits wait or are refused", async () => {
  const narrow = await setStage({ more: ["--calls-per-second", "1", "--concurrent-calls", "2"] });
  try {
    const create = () => narrow.client.calls.create({ to: BEN, from: OURS, twiml });
    const [first, second] = [await create(), await create()];
    await narrow.carrier.settles();
    const status = async ({ sid }) => (await narrow.client.calls(sid).fetch()).status;
    assert.deepEqual([await status(first), await status(second)], ["ringing", "queued"]);
    assert.deepEqual(await refusal(create()), { status: 429, code: 10004 });
    await narrow.carrier.passes(1);
    const later = await narrow.client.calls(second.sid).fetch();
    assert.deepEqual([later.status, later.queueTime], ["ringing", "1000"]);
  } finally {
    await narrow.clear();
  }
});
