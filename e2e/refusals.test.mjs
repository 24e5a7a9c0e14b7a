// What is not from our carrier is refused and leaves no trace; what our carrier garbles is answered kindly.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test, { after, before } from "node:test";

import { assertTwiml, webhook } from "./lib/ask.mjs";
import { Call, callSid, calls, signedRequest } from "./lib/caller.mjs";
import { signIn } from "./lib/desk.mjs";
import { assertHears } from "./lib/forward.mjs";
import { words } from "./lib/seeds.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

const ROUTES = [
  "/callcongress/welcome",
  "/callcongress/set-state",
  "/callcongress/collect-zip",
  "/callcongress/state-lookup",
  "/callcongress/call-senators/OH",
  "/callcongress/call-second-senator/M001242",
  "/callcongress/goodbye",
  "/ivr/welcome",
  "/ivr/menu",
  "/ivr/planets",
  "/line/senators",
  "/line/planets",
  "/twilio/fallback",
];
const CALLBACK = "/twilio/call-status";

let switchboard;
let desk;

before(async () => {
  switchboard = await startSwitchboard();
  const sue = { name: "Sue Visor", role: "supervisor", password: "a long sentence about calls" };
  desk = await signIn(switchboard, await switchboard.addUser("sue", sue));
});
after(() => switchboard?.remove());

for (const target of ROUTES) {
  for (const method of ["GET", "POST"]) {
    test(`${method} ${target} is answered with TwiML`, async () => {
      const answer = await switchboard.send(webhook(switchboard, target, { method }));

      assertTwiml(answer, target);
    });
  }
}

test("a document is the same by GET and by POST", async () => {
  for (const target of ROUTES) {
    const place = { City: "CLEVELAND & MORE", State: "OH" };
    const ask = (method) => webhook(switchboard, target, { method, call: new Call(switchboard, { place }) });

    const [byGet, byPost] = [await switchboard.send(ask("GET")), await switchboard.send(ask("POST"))];

    assert.equal(byGet.body.toString(), byPost.body.toString(), target);
  }
});

for (const method of ["GET", "POST"]) {
  test(`${method} ${CALLBACK} is answered with nothing`, async () => {
    const answer = await switchboard.send(webhook(switchboard, CALLBACK, { method }));

    assert.deepEqual([answer.status, answer.body.length], [204, 0]);
  });
}

const stranger = { sid: "AC0123456789abcdef0123456789abcdef", token: "not the token" };
const otherAccount = "ACffffffffffffffffffffffffffffffff";
const without = (name) => (request) => ({ ...request, headers: { ...request.headers, [name]: undefined } });
const withHeader = (name, value) => (request) => ({ ...request, headers: { ...request.headers, [name]: value } });

for (const [what, options, spoil = (request) => request] of [
  ["without a signature", {}, without("X-Twilio-Signature")],
  ["with an empty signature", {}, withHeader("X-Twilio-Signature", "")],
  ["with a signature that is no base64", {}, withHeader("X-Twilio-Signature", "hello?")],
  ["signed with another token", { account: stranger }],
  ["signed for another address", {}, (request) => ({ ...request, target: `${request.target}?a=b` })],
  ["whose parameters were changed on the way", {}, (request) => ({ ...request, body: `${request.body}&Digits=1`, target: `${request.target}` })],
  ["with a form and no word that it is one", {}, without("Content-Type")],
  ["of another account, signed with our token", { params: { AccountSid: otherAccount } }],
  ["of another account by GET", { method: "GET", params: { AccountSid: otherAccount } }],
]) {
  test(`a webhook ${what} is refused and not written down`, async () => {
    const before = await desk.countCalls();

    for (const target of [...ROUTES, CALLBACK]) {
      const request = spoil(webhook(switchboard, target, options));
      const headers = Object.fromEntries(Object.entries(request.headers).filter(([, value]) => value !== undefined));
      const answer = await switchboard.send({ ...request, headers });
      assert.equal(answer.status, 403, `${target}: ${answer.body}`);
    }

    assert.equal(await desk.countCalls(), before);
  });
}

test("a refusal is logged with its reason", () => {
  assert.match(switchboard.output, /refused.*(no signature|fits none)/);
  assert.match(switchboard.output, /refused.*another account/);
});

test("a form that is too long is refused as that, whoever sent it", async () => {
  for (const length of [64 * 1024 + 1, 1024 * 1024]) {
    const padding = "x".repeat(length);
    const request = webhook(switchboard, "/ivr/welcome", { params: { Padding: padding } });

    const answer = await switchboard.send(request);

    assert.equal(answer.status, 413);
  }
});

test("a form of unknown length that is too long is refused as well", async () => {
  const request = webhook(switchboard, "/ivr/welcome", { params: { Padding: "x".repeat(65 * 1024) } });

  const answer = await switchboard.send({ ...request, headers: { ...request.headers, "Transfer-Encoding": "chunked" } });

  assert.equal(answer.status, 413);
});

test("a form just short enough is answered", async () => {
  const bare = webhook(switchboard, "/ivr/welcome", { params: { Padding: "" } });
  const request = webhook(switchboard, "/ivr/welcome", { params: { Padding: "x".repeat(64 * 1024 - bare.body.length) } });
  assert.equal(request.body.length, 64 * 1024);

  assertTwiml(await switchboard.send(request), "a form of 64 kB");
});

test("parameters that we do not know are signed and change nothing", async () => {
  const more = { StirVerstat: "TN-Validation-Passed-A", CallToken: "%7B%22a%22%3A1%7D", "Größe": "12 €", Ärger: "", "a b": "c & d=e" };

  const call = await calls(switchboard, "/callcongress/welcome", { place: { State: "OH" }, more });

  assertHears(call, words("confirm_region", { region: "Ohio" }));
});

const GARBLED = [
  ["without a CallSid", { CallSid: undefined }],
  ["with an empty CallSid", { CallSid: "" }],
  ["with a CallSid that is none", { CallSid: "CA' or 1=1 --" }],
  ["with a CallSid of another kind", { CallSid: `CF${"0".repeat(32)}` }],
  ["without an AccountSid", { AccountSid: undefined }],
  ["without From and To", { From: undefined, To: undefined, Caller: undefined, Called: undefined }],
  ["with numbers that are none", { From: "+", To: "<b>" }],
  ["with a number written with a blank for its plus", { From: " 12125550147", Caller: " 12125550147" }],
  ["without a CallStatus", { CallStatus: undefined }],
  ["with a CallStatus that does not exist", { CallStatus: "levitating" }],
  ["of a call that is over", { CallStatus: "completed" }],
  ["with digits that are none", { Digits: "toString" }],
  ["with markup for digits", { Digits: "</Say><Dial>+19005550100</Dial>" }],
  ["with letters for digits", { Digits: "9021O" }],
  ["with digits of another script", { Digits: "１２３４５" }],
  ["with far too many digits", { Digits: "1".repeat(5000) }],
  ["with control characters for digits", { Digits: "\u0000\u0007\u001b\ufffe" }],
  ["with a place that does not exist", { FromState: "🛸", FromCountry: "??", FromZip: "\u0000" }],
  ["with a dial's outcome that does not exist", { DialCallStatus: "abducted", DialBridged: "maybe", DialCallDuration: "-3" }],
  ["with an outcome for a dial that never was", { DialCallStatus: "completed", DialBridged: "true", DialCallDuration: "99999999999999999999" }],
];

for (const [what, params] of GARBLED) {
  test(`webhooks ${what} are answered with TwiML`, async () => {
    for (const target of ROUTES) {
      const answer = await switchboard.send(webhook(switchboard, target, { params }));

      assertTwiml(answer, `${target} ${what}`);
    }
    const callback = await switchboard.send(webhook(switchboard, CALLBACK, { params }));
    assert.equal(callback.status, 204, what);
  });
}

for (const target of [
  "/callcongress",
  "/callcongress/",
  "/callcongress/nowhere",
  "/callcongress/welcome/",
  "/callcongress/welcome/again",
  "/callcongress/a/b/c/d",
  "/callcongress/call-senators",
  "/callcongress/call-senators/",
  "/callcongress/call-senators/ZZ",
  "/callcongress/call-senators/%00",
  "/callcongress/call-senators/%E2%98%83",
  "/callcongress/call-senators/%FF",
  `/callcongress/call-senators/${"O".repeat(3000)}`,
  "/callcongress/call-second-senator/",
  "/callcongress/call-second-senator/nobody",
  "/callcongress/call-second-senator/%27%20or%201=1",
  "/callcongress/call-second-senator/%FF",
  "/callcongress/%FF",
  "/ivr",
  "/ivr/",
  "/ivr/nowhere",
  "/ivr/menu/7",
  "/ivr/%FF",
  "/line/nowhere",
  "/line/UPPER",
  "/line/%FF",
  "/line/",
  "/line",
]) {
  const name = target.length > 60 ? `${target.slice(0, 60)}…` : target;
  for (const method of ["GET", "POST"]) {
    test(`${method} ${name} is answered with TwiML`, async () => {
      const answer = await switchboard.send(webhook(switchboard, target, { method }));

      assertTwiml(answer, name);
    });
  }
}

test("an unknown senator in the middle of a call leads on to the ones of the state", async () => {
  const call = await calls(switchboard, "/callcongress/welcome", { place: { State: "OH" } });
  await call.presses("1");

  const answer = await switchboard.send(webhook(switchboard, "/callcongress/call-second-senator/nobody", { call }));

  assertTwiml(answer, "an unknown senator");
});

const signedText = (target, type, body) => {
  const hash = createHash("sha256").update(body).digest("hex");
  const request = signedRequest(switchboard, { url: `${switchboard.public}${target}?bodySHA256=${hash}`, params: {} });
  return { ...request, headers: { ...request.headers, "Content-Type": type }, body };
};

for (const [what, type, body] of [
  ["JSON", "application/json", JSON.stringify({ CallSid: callSid() })],
  ["text", "text/plain", "CallSid"],
  ["a form by another name", "multipart/form-data; boundary=x", "--x--"],
  ["bytes", "application/octet-stream", Buffer.from([0, 1, 2, 255])],
]) {
  test(`a body of ${what} is answered with TwiML`, async () => {
    for (const target of ROUTES) {
      const answer = await switchboard.send(signedText(target, type, body));

      assertTwiml(answer, `${what} to ${target}`);
    }
  });
}

test("a body that is no form and carries no hash is refused", async () => {
  const request = signedRequest(switchboard, { url: `${switchboard.public}/ivr/welcome`, params: {} });
  const headers = { ...request.headers, "Content-Type": "application/json" };

  const answer = await switchboard.send({ ...request, headers, body: "{}" });

  assert.equal(answer.status, 403);
});

test("a form without a single parameter is answered with TwiML", async () => {
  const answer = await switchboard.send(signedRequest(switchboard, { url: `${switchboard.public}/ivr/welcome` }));

  assertTwiml(answer, "an empty form");
});

for (const [what, raw, decoded] of [
  ["bytes that are no UTF-8", "%FF%FE", "\uFFFD\uFFFD"],
  ["half a character", "%E2%98", "\uFFFD"],
  ["a percent sign that escapes nothing", "%zz", "%zz"],
]) {
  test(`${what} in a form are answered with TwiML`, async () => {
    for (const target of ROUTES) {
      // Signed over what a decoder makes of them, as the official package's own users do.
      const request = webhook(switchboard, target, { params: { Digits: decoded } });
      const body = request.body.replace(/(^|&)Digits=[^&]*/, `$1Digits=${raw}`);

      const answer = await switchboard.send({ ...request, body });

      assertTwiml(answer, `${what} to ${target}`);
    }
  });
}

test("a wrong answer in the middle of a call is only that: the right one goes on", async () => {
  const call = await new Call(switchboard, { place: { State: "OH" } }).dials("/callcongress/welcome");

  await call.sends({ Digits: "toString" });
  assertHears(call, words("wrong_key"), words("confirm_region", { region: "Ohio" }));
  await call.sends({ Digits: "１" });
  await call.presses("1");

  assert.match(call.dialled.number, /^\+1202224/);
});
