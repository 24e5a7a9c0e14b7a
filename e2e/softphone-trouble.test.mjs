// What goes wrong with Switchboard's own phone: it heals by itself, or says in words what is wrong and what to do.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { startBrowser, withWindow } from "./lib/browser.mjs";
import { document } from "./lib/carrier-application.mjs";
import { until } from "./lib/poll.mjs";
import { Dock, startPhoneDesk } from "./lib/softphone.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";
import { startTalker } from "./lib/voice-page.mjs";

const MICROPHONE = 610;
const BENS = 830;
const WAITS = document((response) => {
  response.say("Good day.");
  response.pause({ length: 120 });
});

/** A browser writes of every socket that breaks. */
const BROKEN = { expect: [/WebSocket/, /console (error|warning)/] };

let desk;
let carrier;
let talker;
let rooms = 0;

before(async () => {
  desk = await startPhoneDesk();
  ({ carrier } = desk);
  talker = await startTalker({ hz: MICROPHONE, pulsed: true });
});

afterEach(() => desk.rests());

after(async () => {
  await talker?.close();
  await desk?.clear();
});

const withPhone = (options, use) =>
  desk.window(talker.browser, options, async (dock) => {
    await dock.isSetUp();
    await use(dock);
  });

/** Ben sits in a room and talks with the agent. */
async function talksWithBen(dock) {
  const name = `room ${(rooms += 1)}`;
  const room = document((response) => response.dial().conference({ beep: "false", waitUrl: "" }, name));
  const ben = await desk.sitsIn(room, BENS);
  const call = await desk.rings(room);
  await dock.answers();
  await dock.hears([BENS]);
  await carrier.levelIs(ben, "heard", MICROPHONE);
  return { ben, call };
}

test("a socket that breaks during a call is opened again, and the sound goes on", async () => {
  await withPhone(BROKEN, async (dock) => {
    const { ben, call } = await talksWithBen(dock);
    const sockets = async () => (await carrier.clients()).find(({ identity }) => identity === "wes")?.sockets ?? [];
    const [before] = await sockets();

    await carrier.troubles("wes", "dropped_socket");

    await until("another socket", async () => {
      const [now] = await sockets();
      return now?.is_registered && now.number !== before.number;
    });
    await dock.callIs("talking");
    await dock.is("registered");
    await dock.hears([BENS]);
    await carrier.levelIs(ben, "heard", MICROPHONE);
    await dock.hangsUp();
    await desk.becomes(call.sid, "completed");
  });
});

test("a socket that breaks while it rings ends the ringing on the screen, and the caller goes on", async () => {
  await withPhone(BROKEN, async (dock) => {
    const call = await desk.rings(WAITS);
    await dock.callIs("ringing");

    await carrier.troubles("wes", "dropped_socket");

    await dock.says("The connection broke while it rang");
    assert.deepEqual(await dock.window.barriers(), []);
    await desk.becomes(call.sid, "no-answer");
    await dock.is("registered");
    assert.equal((await desk.rings(WAITS)).status, "queued");
    await dock.callIs("ringing");
  });
});

/** Answers the page's next requests for a token in the server's place; gives how many were let through to it. */
async function handsOut(page, tokens) {
  const asked = { theirs: 0, ours: 0 };
  await page.route("**/token", (route) => {
    const token = tokens.shift();
    asked[token ? "theirs" : "ours"] += 1;
    return token ? route.fulfill({ json: token }) : route.continue();
  });
  return asked;
}

test("a token is renewed before its end, and the phone goes on ringing", async () => {
  let asked;
  const prepare = async (page) => (asked = await handsOut(page, [desk.token({ ttl: 30 })]));
  await desk.window(talker.browser, { prepare }, async (dock) => {
    await dock.isSetUp();

    // It is asked for when half its time is over.
    const sockets = async () => (await carrier.clients()).find(({ identity }) => identity === "wes")?.sockets ?? [];
    const lasts = ({ expires }) => expires > Date.now() / 1000 + 3_600;
    await until("a token that lasts", async () => (await sockets()).some(lasts));

    assert.deepEqual(asked, { theirs: 1, ours: 1 });
    await dock.is("registered");
    await desk.rings(WAITS);
    await dock.callIs("ringing");
  });
});

test("a token that runs out during a call ends no call, and is replaced", async () => {
  await withPhone(BROKEN, async (dock) => {
    const { ben } = await talksWithBen(dock);

    await carrier.troubles("wes", "expired_token");

    await until("to be registered again", () => desk.isThere());
    await dock.callIs("talking");
    await dock.hears([BENS]);
    await carrier.levelIs(ben, "heard", MICROPHONE);
    await dock.hangsUp();
    await dock.is("registered");
  });
});

test("a token that the carrier does not take is told in words, with the SDK's own error", async () => {
  const bad = () => desk.token({ secret: "guessed" });
  const prepare = (page) => handsOut(page, Array.from({ length: 10 }, bad));
  await desk.window(talker.browser, { ...BROKEN, prepare }, async (dock) => {
    await dock.button("Set up your phone").click();
    await dock.is("choosing");
    await dock.button("I hear it: turn on").click();

    await dock.says(/The carrier does not .* this phone’s pass/);
    await dock.says(/Ask an admin to check the API key/);
    await dock.says(/^\s*20\d{3}: /);
    assert.deepEqual(await dock.window.barriers(), []);
  });
});

test("a microphone that is denied is told in words before anybody is rung", async () => {
  const browser = await startBrowser({
    more: ["--use-fake-ui-for-media-stream=deny", "--use-fake-device-for-media-stream"],
  });
  try {
    await desk.window(browser, BROKEN, async (dock) => {
      await dock.button("Set up your phone").click();
      await dock.is("stopped");
      await dock.says("The browser does not let this page use the microphone.");
      await dock.says(/Allow the microphone for this page/);
      assert.deepEqual(await dock.window.barriers(), []);
      assert.equal(await desk.isThere(), false);
    });
  } finally {
    await browser.close();
  }
});

test("where the browser says that it gives no sound without a click, one is asked for", async () => {
  const prepare = (page) =>
    page.addInitScript(() => {
      navigator.getAutoplayPolicy = () => "disallowed";
      localStorage.setItem("switchboard-phone", JSON.stringify({ armed_by: "wes" }));
    });
  await desk.window(talker.browser, { prepare }, async (dock) => {
    await dock.is("wants-click");
    await dock.says("A browser rings only after a click");
    assert.deepEqual(await dock.window.barriers(), []);
    assert.equal(await desk.isThere(), false);
    await dock.button("Turn on").click();
    await dock.is("registered");
  });
});

test("without an API key the phone says what is missing", async () => {
  const switchboard = await startSwitchboard();
  try {
    const person = await switchboard.addUser("wes", { name: "Wes", role: "agent", password: "correct horse battery" });
    await withWindow(talker.browser, switchboard, { as: person, expect: [/503/] }, async (window) => {
      await window.goes("/");
      const dock = new Dock(window);
      await dock.button("Set up your phone").click();
      await dock.says(/TWILIO_API_KEY and TWILIO_API_SECRET are not set/);
      assert.deepEqual(await window.barriers(), []);
    });
  } finally {
    await switchboard.remove();
  }
});
