// What goes wrong between the Voice SDK and the carrier, and heals or is told: sockets, heartbeats, tokens, sound.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { document } from "./lib/carrier-application.mjs";
import { ADA } from "./lib/carrier-stage.mjs";
import { until } from "./lib/poll.mjs";
import { startTalker } from "./lib/voice-page.mjs";
import { setVoiceStage, tokenFor } from "./lib/voice-stage.mjs";

const WAITS = document((response) => response.pause({ length: 120 }));

/** The SDK gives a silent socket up after fifteen seconds, and lost sound after about as many. */
const LONG = { within: 60_000 };

let stage;
let application;
let carrier;
let talker;

before(async () => {
  stage = await setVoiceStage();
  ({ application, carrier } = stage);
  talker = await startTalker({ hz: 610 });
});

/** A browser writes of every socket that breaks. */
afterEach(() => stage.rests({ expect: [/WebSocket/] }));

after(async () => {
  await talker?.close();
  await stage?.clear();
});

/** Ada, who sounds with 440 Hz, talks with a browser. */
async function talks(identity, options) {
  application.answers("/voice", (response) => response.dial({ action: "/dialled" }).client(identity));
  application.answers("/dialled", (response) => response.hangup());
  const page = await stage.registered(talker, identity, options);
  const ada = await stage.stage.calls(ADA);
  const sid = await page.takesCall();
  await carrier.sounds(ada, { source: "tone", hz: 440 });
  await page.hears([440]);
  await carrier.levelIs(ada, "heard", 610);
  return { page, ada, sid };
}

test("a socket that breaks during a call is opened again, and the sound goes on all the while", async () => {
  const { page, ada, sid } = await talks("agent_drop");
  await page.page.evaluate(() => {
    phone.quiet = 0;
    phone.watch = setInterval(() => (phone.quiet += phone.heard().rms < 0.005 ? 1 : 0), 20);
  });

  await carrier.troubles("agent_drop", "dropped_socket");

  await page.next("reconnecting");
  await page.next("reconnected");
  await page.next("registered");
  const quiet = await page.page.evaluate(() => (clearInterval(phone.watch), phone.quiet));
  assert.equal(quiet, 0, "it was heard at every moment");
  await page.hears([440]);
  await carrier.levelIs(ada, "heard", 610);
  await page.hangsUp();
  await page.next("disconnect");
  await stage.becomes(sid, "completed");
});

test("after a broken socket a browser may be called again", async () => {
  const page = await stage.registered(talker, "agent_again");
  await carrier.troubles("agent_again", "dropped_socket");
  await page.next("unregistered");
  await page.next("registered");

  const call = await stage.rings("agent_again", WAITS);

  assert.equal((await page.next("incoming")).parameters.CallSid, call.sid);
});

test("a socket that breaks while it rings ends the ringing: the caller goes on", async () => {
  const page = await stage.registered(talker, "agent_ringing");
  application.answers("/voice", (response) => response.dial({ action: "/dialled", timeout: 60 }).client("agent_ringing"));
  application.answers("/dialled", (response) => response.hangup());
  await stage.stage.calls(ADA);
  await page.next("incoming");

  await carrier.troubles("agent_ringing", "dropped_socket");

  await page.next("transportClose");
  const { DialCallStatus } = await until("the dial to be over", () => application.asked("/dialled")[0]);
  assert.equal(DialCallStatus, "no-answer");
});

test("a carrier without a heartbeat is left, found again, and the call goes on", async () => {
  const { page, ada } = await talks("agent_silent");

  await carrier.troubles("agent_silent", "silent_heartbeat", { ms: 60_000 });

  await page.next("reconnecting", LONG);
  await page.next("reconnected");
  await page.hears([440]);
  await carrier.levelIs(ada, "heard", 610);
});

test("sound that is lost heals by a new offer", async () => {
  const { page, ada } = await talks("agent_lost");

  await carrier.troubles("agent_lost", "lost_media");

  await page.next("reconnecting", LONG);
  await page.next("reconnected", LONG);
  await page.hears([440]);
  await carrier.levelIs(ada, "heard", 610);
  assert.deepEqual(await page.events("disconnect"), []);
});

test("a slow answer comes in the end", async () => {
  const page = await stage.registered(talker, "agent_slow");
  await carrier.troubles("agent_slow", "slow_answer", { ms: 1_500 });
  application.answers("/browser", (response) => response.gather({ timeout: 60 }));

  const begun = Date.now();
  await page.dials({});
  await page.next("accept");

  assert.ok(Date.now() - begun >= 1_400, `it took ${Date.now() - begun} ms`);
});

test("a token is renewed on the way, and again during a call", async () => {
  // The SDK says so when there are fewer than `tokenRefreshMs` left.
  const page = await stage.registered(talker, "agent_new", { token: { ttl: 62 } });
  await page.next("tokenWillExpire");
  await page.renews(tokenFor("agent_new"));
  assert.equal(await page.state(), "registered");

  const call = await stage.rings("agent_new", WAITS);
  await page.takesCall();
  await page.renews(tokenFor("agent_new"));
  await stage.becomes(call.sid, "in-progress");
  await page.hangsUp();
  await page.next("disconnect");
  await stage.rings("agent_new", WAITS);
  await page.next("incoming");
  assert.deepEqual(await page.events("error"), []);
});

test("a token of somebody else does not take a socket over", async () => {
  const page = await stage.registered(talker, "agent_self");
  await page.renews(tokenFor("agent_other"));

  assert.ok((await page.next("error")).code > 0);
  assert.doesNotMatch(JSON.stringify(await carrier.clients()), /agent_other/);
});

/** What the SDK says of a token that is no good. */
const BAD_TOKENS = [
  ["has expired", () => tokenFor("agent_bad", { ttl: -10 }), 20104],
  ["is signed with another secret", () => tokenFor("agent_bad", { secret: "guessed" }), undefined],
  ["is no token", () => "nonsense", 20101],
];
for (const [how, make, code] of BAD_TOKENS) {
  test(`a token that ${how} gets the SDK's own error`, async () => {
    const page = await stage.page(talker);
    await page.opens(make(), { gateway: stage.gateway });

    const registered = page.page.evaluate(() => phone.device.register().then(() => "registered", () => "refused"));

    const error = await page.next("error");
    assert.ok(code === undefined ? [20101, 20151, 20107].includes(error.code) : error.code === code, JSON.stringify(error));
    assert.equal(await registered, "refused");
    assert.equal(await page.state(), "unregistered");
  });
}

test("a token that runs out during a call ends the registration, not the call; a new one mends it", async () => {
  const { page, ada } = await talks("agent_out_of_time");

  await carrier.troubles("agent_out_of_time", "expired_token");

  assert.equal((await page.next("error")).code, 20104);
  await page.next("unregistered");
  await page.hears([440]);
  await carrier.levelIs(ada, "heard", 610);

  await page.renews(tokenFor("agent_out_of_time"));
  await page.next("registered");
});

test("a tab that dies is missed: its call ends after the grace", async () => {
  const { page, sid } = await talks("agent_dead", { maxCallSignalingTimeoutMs: 1_000 });

  await page.page.goto("about:blank", { waitUntil: "commit" });

  await stage.becomes(sid, "completed");
  await until("the browser to be gone", async () => !JSON.stringify(await carrier.clients()).includes("agent_dead"));
});
