// Twilio's Voice SDK, unmodified, on a plain page against the local carrier: calls in, calls out, keys, several tabs.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { document } from "./lib/carrier-application.mjs";
import { ADA, BEN, OURS } from "./lib/carrier-stage.mjs";
import { until } from "./lib/poll.mjs";
import { startTalker } from "./lib/voice-page.mjs";
import { APPLICATION, setVoiceStage, tokenFor } from "./lib/voice-stage.mjs";

/** A call of the SDK that nobody hangs up for a while. */
const WAITS = document((response) => response.pause({ length: 120 }));

let stage;
let application;
let carrier;
let client;
let talker;

before(async () => {
  stage = await setVoiceStage();
  ({ application, carrier, client } = stage);
  talker = await startTalker({ hz: 610 });
});

afterEach(() => stage.rests());

after(async () => {
  await talker?.close();
  await stage?.clear();
});

/** Lets callers of our number be put through to a browser. */
function dialsClient(identity, { parameters = {}, dial = {} } = {}) {
  application.answers("/voice", (response) => {
    const client = response.dial({ action: "/dialled", timeout: 20, ...dial }).client();
    client.identity(identity);
    for (const [name, value] of Object.entries(parameters)) client.parameter({ name, value });
  });
  application.answers("/dialled", (response) => response.say("Good-bye."));
}

const dialled = () => until("the dial to be over", () => application.asked("/dialled")[0]);

test("a browser registers and goes again", async () => {
  const page = await stage.registered(talker, "agent_reg");

  const shown = await page.page.evaluate(() => {
    const { state, identity, edge } = phone.device;
    return { state, identity, hasEdge: typeof edge === "string" && edge.length > 0 };
  });
  assert.deepEqual(shown, { state: "registered", identity: "agent_reg", hasEdge: true });
  assert.match(JSON.stringify(await carrier.clients()), /agent_reg/);

  await page.page.evaluate(() => phone.device.unregister());
  await page.next("unregistered");
  assert.equal(await page.state(), "unregistered");
});

test("a caller is put through: the browser is told who calls and what the document says, and they hear each other", async () => {
  const page = await stage.registered(talker, "agent_in");
  dialsClient("agent_in", { parameters: { line: "Call Congress", note: "a & b = ü" } });

  const ada = await stage.stage.calls(ADA);
  const { parameters, custom } = await page.next("incoming");

  assert.equal(parameters.From, ADA);
  assert.equal(parameters.To, "client:agent_in");
  assert.equal(parameters.AccountSid, carrier.account.sid);
  assert.match(parameters.CallSid, /^CA[0-9a-f]{32}$/);
  assert.notEqual(parameters.CallSid, ada);
  assert.deepEqual(custom, { line: "Call Congress", note: "a & b = ü" });

  await carrier.sounds(ada, { source: "tone", hz: 440 });
  await page.answers();
  await page.next("accept");
  await page.hears([440]);
  await carrier.levelIs(ada, "heard", 610);
  assert.equal((await client.calls(parameters.CallSid).fetch()).status, "in-progress");

  await page.hangsUp();
  await page.next("disconnect");
  const { DialCallStatus, DialCallSid, DialBridged } = await dialled();
  assert.deepEqual([DialCallStatus, DialCallSid, DialBridged], ["completed", parameters.CallSid, "true"]);
});

test("a caller who hangs up ends the browser's call", async () => {
  const page = await stage.registered(talker, "agent_left");
  dialsClient("agent_left");
  const ada = await stage.stage.calls(ADA);
  const sid = await page.takesCall();

  await carrier.hangsUp(ada);

  assert.equal((await page.next("disconnect")).sid, sid);
  await stage.becomes(sid, "completed");
  assert.equal((await page.events("error")).length, 0);
});

test("a caller who gives up while it rings ends the ringing", async () => {
  const page = await stage.registered(talker, "agent_early");
  dialsClient("agent_early");
  const ada = await stage.stage.calls(ADA);
  const { parameters } = await page.next("incoming");

  await carrier.hangsUp(ada);

  assert.equal((await page.next("cancel")).sid, parameters.CallSid);
  await stage.becomes(parameters.CallSid, "canceled");
});

test("a browser declines", async () => {
  const page = await stage.registered(talker, "agent_no");
  dialsClient("agent_no");
  await stage.stage.calls(ADA);
  await page.next("incoming");

  await page.declines();

  await page.next("reject");
  const { DialCallStatus } = await dialled();
  assert.ok(["busy", "no-answer"].includes(DialCallStatus), DialCallStatus);
});

test("a browser that nobody answers stops ringing when the time is over", async () => {
  const page = await stage.registered(talker, "agent_away");
  dialsClient("agent_away", { dial: { timeout: 5 } });
  await stage.stage.calls(ADA);
  const { parameters } = await page.next("incoming");

  assert.equal((await page.next("cancel")).sid, parameters.CallSid);
  assert.equal((await dialled()).DialCallStatus, "no-answer");
});

test("nobody is registered: the caller goes on at once", async () => {
  dialsClient("agent_nobody");
  await stage.stage.calls(ADA);

  assert.equal((await dialled()).DialCallStatus, "no-answer");
});

for (const [how, options] of [
  ["in the sound", {}],
  ["as messages where the connection knows no telephone events", { withKeys: false }],
]) {
  test(`keys are sent ${how}`, async () => {
    const page = await stage.registered(talker, "agent_keys", options);
    application.answers("/keys", (response) => response.pause({ length: 60 }));
    const asks = document((response) =>
      response.gather({ action: application.url("/keys"), numDigits: 6, finishOnKey: "", timeout: 30 }),
    );
    const { sid } = await stage.rings("agent_keys", asks);
    await page.takesCall();
    // Keys that come before the carrier has taken the answer in reach no document.
    await stage.becomes(sid, "in-progress");

    await page.presses("12w30#*");

    const { Digits } = await until("the digits", () => application.asked("/keys")[0]);
    assert.equal(Digits, "1230#*");
  });
}

test("all tabs of somebody ring with one call; the first who answers has it", async () => {
  const tabs = await Promise.all([1, 2, 3].map(() => stage.registered(talker, "agent_tabs")));
  const call = await stage.rings("agent_tabs", WAITS);
  const rung = await Promise.all(tabs.map((tab) => tab.next("incoming")));
  assert.deepEqual(rung.map(({ parameters }) => parameters.CallSid), [call.sid, call.sid, call.sid]);

  await tabs[1].answers();

  await tabs[1].next("accept");
  await Promise.all([tabs[0], tabs[2]].map((tab) => tab.next("cancel")));
  await stage.becomes(call.sid, "in-progress");
  assert.equal((await tabs[1].events("disconnect")).length, 0);
});

test("a tab that ignores a call leaves it to the others; one that declines declines for all", async () => {
  const tabs = await Promise.all([1, 2].map(() => stage.registered(talker, "agent_two")));
  const ignored = await stage.rings("agent_two", WAITS);
  await Promise.all(tabs.map((tab) => tab.next("incoming")));
  await tabs[0].ignores();
  await tabs[1].answers();
  await tabs[1].next("accept");
  await stage.becomes(ignored.sid, "in-progress");
  await tabs[1].hangsUp();
  await stage.becomes(ignored.sid, "completed");

  const declined = await stage.rings("agent_two", WAITS);
  await Promise.all(tabs.map((tab) => tab.next("incoming")));
  await tabs[0].declines();
  await tabs[1].next("cancel");
  await stage.becomes(declined.sid, "busy");
});

test("a browser calls out through the application, with parameters of its own", async () => {
  application.answers("/browser", (response) =>
    response.dial({ callerId: OURS, answerOnBridge: true, action: "/dialled" }).number(BEN),
  );
  application.answers("/dialled", (response) => response.hangup());
  const page = await stage.registered(talker, "agent_out");

  await page.dials({ To: BEN, Line: "first & second" });
  await page.next("ringing");
  const ben = await until("Ben to be rung", () => carrier.legAt(BEN).catch(() => undefined));
  const [asked] = application.asked("/browser");
  assert.deepEqual(
    [asked.From, asked.Caller, asked.To, asked.Line, asked.ApplicationSid, asked.Direction],
    ["client:agent_out", "client:agent_out", BEN, "first & second", APPLICATION, "inbound"],
  );

  await carrier.sounds(ben, { source: "tone", hz: 830 });
  await carrier.answers(ben);
  const { sid } = await page.next("accept");
  assert.equal(sid, asked.CallSid);
  await page.hears([830]);
  await carrier.levelIs(ben, "heard", 610);

  await carrier.hangsUp(ben);
  await page.next("disconnect");
  await stage.becomes(sid, "completed");
  assert.equal((await dialled()).DialCallStatus, "completed");
});

test("a call out that the document answers at once hears ringing until the other side answers", async () => {
  application.answers("/browser", (response) => response.dial({ callerId: OURS }).number(BEN));
  const page = await stage.registered(talker, "agent_rings");

  await page.dials({ To: BEN });

  await page.next("accept");
  const ben = await until("Ben to be rung", () => carrier.legAt(BEN).catch(() => undefined));
  await page.hears([440, 480]);
  await carrier.answers(ben);
  await page.hearsNothing();
  assert.deepEqual(await page.events("ringing"), []);
});

test("a browser hangs up before the other side has answered", async () => {
  application.answers("/browser", (response) => response.dial({ callerId: OURS, answerOnBridge: true }).number(BEN));
  const page = await stage.registered(talker, "agent_soon");
  await page.dials({ To: BEN });
  await page.next("ringing");
  await until("Ben to be rung", () => carrier.legAt(BEN).catch(() => undefined));

  await page.hangsUp();

  await page.next("disconnect");
  await until("Ben to ring no longer", () => carrier.legAt(BEN).then(() => false, () => true));
});

test("a token without leave to call out is refused, one that may not be called never rings", async () => {
  const page = await stage.registered(talker, "agent_quiet", { token: { grant: { outgoingApplicationSid: undefined } } });
  await page.dials({ To: BEN });
  assert.ok((await page.next("error")).code > 0);
  await page.next("disconnect");
  assert.deepEqual(application.asked("/browser"), []);

  const deaf = await stage.page(talker);
  await deaf.opens(tokenFor("agent_deaf", { grant: { incomingAllow: false } }), { gateway: stage.gateway });
  await deaf.page.evaluate(() => void phone.device.register().catch(() => {}));
  const call = await stage.rings("agent_deaf", WAITS);
  await stage.becomes(call.sid, "no-answer");
  assert.deepEqual(await deaf.events("incoming"), []);
});

test("the conference mutes a browser, which itself is told nothing", async () => {
  const room = "room of the muted";
  const page = await stage.registered(talker, "agent_muted");
  application.answers("/voice", (response) => response.dial().conference({ beep: "false", waitUrl: "" }, room));
  const ada = await stage.stage.calls(ADA);
  const call = await stage.rings(
    "agent_muted",
    document((response) => response.dial().conference({ beep: "false", waitUrl: "" }, room)),
  );
  await page.takesCall();
  await carrier.levelIs(ada, "heard", 610);
  const [{ sid }] = await client.conferences.list({ friendlyName: room, status: "in-progress" });

  await client.conferences(sid).participants(call.sid).update({ muted: true });
  await carrier.isSilent(ada, "heard");
  assert.deepEqual(await page.events("mute"), []);

  await client.conferences(sid).participants(call.sid).update({ muted: false });
  await carrier.levelIs(ada, "heard", 610);
});

test("a browser mutes itself, and is heard again", async () => {
  dialsClient("agent_hush");
  const page = await stage.registered(talker, "agent_hush");
  const ada = await stage.stage.calls(ADA);
  await page.takesCall();
  await carrier.levelIs(ada, "heard", 610);

  await page.mutes(true);
  await carrier.isSilent(ada, "heard");
  await page.mutes(false);
  await carrier.levelIs(ada, "heard", 610);
});
