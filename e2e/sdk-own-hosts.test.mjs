// The Voice SDK under Twilio's own host names, with no option changed: nothing but the address differs.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { ADA } from "./lib/carrier-stage.mjs";
import { until } from "./lib/poll.mjs";
import { startTwilioHosts } from "./lib/twilio-hosts.mjs";
import { startTalker } from "./lib/voice-page.mjs";
import { setVoiceStage, tokenFor } from "./lib/voice-stage.mjs";

let stage;
let hosts;
let talker;

before(async () => {
  stage = await setVoiceStage();
  hosts = await startTwilioHosts(stage.carrier);
  // The microphone passes through all that makes voices clearer, since no option is changed: it has to swell.
  talker = await startTalker({ hz: 610, pulsed: true, more: hosts.words });
});

afterEach(() => stage.rests({ expect: [/WebSocket/] }));

after(async () => {
  await talker?.close();
  await hosts?.close();
  await stage?.clear();
});

test("a page as it would be at Twilio registers, talks, loses its socket, finds another edge, and tells of its calls", async () => {
  const { application, carrier } = stage;
  application.answers("/voice", (response) => response.dial().client("agent_twilio"));
  const page = await stage.page(talker, "/untouched");
  await page.registers(tokenFor("agent_twilio"));
  assert.deepEqual(hosts.gateways, ["voice-js.roaming.twilio.com/signal"]);

  const ada = await stage.stage.calls(ADA);
  await carrier.sounds(ada, { source: "tone", hz: 440 });
  await page.next("incoming");
  await page.answers(undefined);
  const { sid } = await page.next("accept");
  await page.hears([440]);
  await carrier.levelIs(ada, "heard", 610);

  const edge = await page.page.evaluate(() => phone.device.edge);
  await carrier.troubles("agent_twilio", "dropped_socket");
  await page.next("reconnecting");
  await page.next("reconnected");
  assert.equal(hosts.gateways.at(-1), `voice-js.${edge}.twilio.com/signal`);
  await page.hears([440]);

  await page.hangsUp();
  await page.next("disconnect");
  await stage.becomes(sid, "completed");
  await until("the SDK to tell of the call", () => hosts.requests.some((request) => /^eventgw\..*\/v4\/Endpoint/.test(request)));
  assert.deepEqual(hosts.requests.filter((request) => !request.startsWith("eventgw.")), []);
});

test("a call out under Twilio's names", async () => {
  stage.application.answers("/browser", (response) => response.gather({ timeout: 60 }));
  const page = await stage.page(talker, "/untouched");
  await page.registers(tokenFor("agent_twilio"));
  await page.dials({ To: "+12025550142" }, undefined);
  const { sid } = await page.next("accept");
  await stage.becomes(sid, "in-progress");
  await page.hangsUp();
  await stage.becomes(sid, "completed");
});
