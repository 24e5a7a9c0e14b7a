// The tests' own telephone behaves as Twilio's does, against documents written here.

import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { createRequire } from "node:module";
import test, { after, before, beforeEach } from "node:test";

import { Call, party } from "./lib/caller.mjs";
import { send } from "./lib/http.mjs";

const { validateRequest } = createRequire(import.meta.url)("twilio");
const account = { sid: "AC0123456789abcdef0123456789abcdef", token: "a token" };

let server;
let stand;
let requests;
let documents;

before(async () => {
  server = http.createServer(async (request, response) => {
    const chunks = await request.toArray();
    const params = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const url = `${stand.public}${request.url}`;
    const signature = request.headers["x-twilio-signature"];
    requests.push({ method: request.method, target: request.url, params, headers: request.headers });
    if (!validateRequest(account.token, signature, url, params)) {
      response.writeHead(403).end();
    } else if (request.url === "/twilio/call-status") {
      response.writeHead(204).end();
    } else {
      const verbs = documents[new URL(url).pathname];
      response.writeHead(200, { "Content-Type": "text/xml" }).end(`<Response>${verbs}</Response>`);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = `http://127.0.0.1:${server.address().port}`;
  stand = { public: base, local: base, account, send: (request) => send(base, request) };
});

beforeEach(() => {
  requests = [];
});

after(() => server.close());

const last = () => requests.filter(({ target }) => target !== "/twilio/call-status").at(-1);

test("keys go to the action without its fragment, resolved against the document's own address", async () => {
  documents = {
    "/desk/welcome": '<Gather action="../desk/menu?a=b#rc=5&amp;rp=ct" numDigits="1"><Say>Press a key.</Say></Gather>',
    "/desk/menu": "<Say>Thank you.</Say><Hangup/>",
  };
  const call = await new Call(stand).dials("/desk/welcome");
  assert.equal(call.heard, "Press a key.");

  await call.presses("7");

  assert.equal(last().target, "/desk/menu?a=b");
  assert.equal(last().params.Digits, "7");
  assert.equal(last().params.CallStatus, "in-progress");
  assert.equal(call.heard, "Thank you.");
});

test("silence runs into what stands behind the question", async () => {
  documents = { "/a": '<Gather action="/b"/><Redirect method="GET">/b</Redirect>', "/b": "<Hangup/>" };
  const call = await new Call(stand).dials("/a");

  await call.waits();

  assert.equal(last().method, "GET");
  assert.match(last().target, /^\/b\?.*CallSid=CA/);
});

test("the finishing key ends the input and does not belong to it, and alone is silence", async () => {
  documents = { "/a": '<Gather action="/b" numDigits="5"/><Redirect>/c</Redirect>', "/b": "<Hangup/>", "/c": "<Hangup/>" };
  const one = await new Call(stand).dials("/a");
  const other = await new Call(stand).dials("/a");

  await one.presses("12#");
  const ended = last();
  await other.presses("#");

  assert.deepEqual([ended.params.Digits, ended.params.FinishedOnKey], ["12", "#"]);
  assert.equal(last().target, "/c");
});

test("more keys than the question takes are the test's mistake", async () => {
  documents = { "/a": '<Gather action="/b" numDigits="1"/><Hangup/>' };
  const call = await new Call(stand).dials("/a");

  await assert.rejects(call.presses("12"), /takes "1" only/);
});

test("the outcome of a dialled party goes to the dial's action", async () => {
  documents = { "/a": '<Dial action="/b" callerId="+12025550100">+12025550142</Dial>', "/b": "<Hangup/>" };
  const call = await new Call(stand).dials("/a");
  assert.deepEqual(call.dialled, { number: "+12025550142", callerId: "+12025550100" });

  await call.finds(party.isBusy());

  assert.equal(last().params.DialCallStatus, "busy");
  assert.match(last().params.DialCallSid, /^CA[0-9a-f]{32}$/);
});

test("a caller who hangs up while it rings still asks for the action, and the call is reported over", async () => {
  documents = { "/a": '<Dial action="/b">+12025550142</Dial>', "/b": "<Say>Unheard</Say>" };
  const call = await new Call(stand).dials("/a");

  await call.hangsUp();

  assert.deepEqual([last().params.DialCallStatus, last().params.CallStatus], ["canceled", "completed"]);
  assert.equal(requests.at(-1).target, "/twilio/call-status");
  assert.notEqual(call.heard, "Unheard");
});

test("a document that runs out fails", async () => {
  documents = { "/a": "<Say>Hello?</Say>" };

  await assert.rejects(new Call(stand).dials("/a"), /ran out/);
});

test("documents that go round in circles fail", async () => {
  documents = { "/a": "<Redirect>/a</Redirect>" };

  await assert.rejects(new Call(stand).dials("/a"), /ends within/);
});

test("a document with a fault fails", async () => {
  documents = { "/a": '<Gather numdigits="1"/><Hangup/>' };

  await assert.rejects(new Call(stand).dials("/a"), /numdigits does not exist/);
});
