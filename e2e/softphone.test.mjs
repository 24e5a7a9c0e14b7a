// Switchboard's own phone in a browser, over the local carrier inside it: set up, rung, talked through, carried about.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { document } from "./lib/carrier-application.mjs";
import { until } from "./lib/poll.mjs";
import { BEN, startPhoneDesk } from "./lib/softphone.mjs";
import { startTalker } from "./lib/voice-page.mjs";

/** The microphone goes through all that browsers do to voices, so it swells like one. */
const MICROPHONE = 610;
const BENS = 830;

const WAITS = document((response) => {
  response.say("Good day.");
  response.pause({ length: 120 });
});

let desk;
let carrier;
let client;
let talker;
let rooms = 0;

before(async () => {
  desk = await startPhoneDesk();
  ({ carrier, client } = desk);
  talker = await startTalker({ hz: MICROPHONE, pulsed: true });
});

afterEach(() => desk.rests());

after(async () => {
  await talker?.close();
  await desk?.clear();
});

/** A window with a phone that is set up. */
const withPhone = (options, use) =>
  desk.window(talker.browser, options, async (dock) => {
    await dock.isSetUp();
    await use(dock);
  });

/** Ben sits in a room and the agent is rung into it, answers, and hears him. */
async function talksWithBen(dock, to) {
  const name = `room ${(rooms += 1)}`;
  const room = document((response) => response.dial().conference({ beep: "false", waitUrl: "" }, name));
  const ben = await desk.sitsIn(room, BENS);
  const call = await desk.rings(room, { to });
  await dock.answers();
  await dock.hears([BENS]);
  await carrier.levelIs(ben, "heard", MICROPHONE);
  return { name, ben, call };
}

test("a phone that nobody wants loads nothing", async () => {
  await desk.window(talker.browser, {}, async (dock) => {
    await dock.is("asleep");
    const scripts = await dock.page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    assert.deepEqual(scripts.filter((name) => name.includes("/sdk/")), []);
  });
});

test("an agent sets up the phone: microphone heard, loudspeakers tried, registered; each state is easy to use", async () => {
  await desk.window(talker.browser, {}, async (dock) => {
    const barriers = async (where) => assert.deepEqual(await dock.window.barriers(), [], where);
    await dock.is("asleep");
    await barriers("asleep");

    await dock.button("Set up your phone").click();
    await dock.is("choosing");
    await dock.says("Your microphone works.");
    await barriers("choosing");
    await dock.button("Play a sound").click();
    await dock.button("Ring once").click();
    assert.equal(await desk.isThere(), false, "nobody is rung before the microphone is known to work");
    await dock.button("I hear it: turn on").click();

    await dock.is("registered");
    await dock.says("Ready");
    await barriers("registered");
    assert.equal(await desk.isThere(), true);
    assert.equal(await dock.microphones(), 0, "between calls no microphone is in use");

    await dock.button("Call a number").click();
    await barriers("dialling");
    await dock.button("Turn off").click();
    await dock.is("asleep");
    await until("the carrier to ring nobody", async () => !(await desk.isThere()));
  });
});

test("an agent is rung, answers, hears and is heard, mutes, and hangs up; each state is easy to use", async () => {
  await withPhone({}, async (dock) => {
    const barriers = async (where) => assert.deepEqual(await dock.window.barriers(), [], where);
    const name = "the room of Ben";
    const room = document((response) => response.dial().conference({ beep: "false", waitUrl: "" }, name));
    const ben = await desk.sitsIn(room, BENS);
    const call = await desk.rings(room);

    await dock.callIs("ringing");
    await dock.says("+1 (202) 555-0142");
    await barriers("ringing");
    await dock.window.keepsPicture("softphone-ringing");
    await dock.answers();
    await dock.hears([BENS]);
    await carrier.levelIs(ben, "heard", MICROPHONE);
    await barriers("talking");

    await dock.button("Mute").click();
    await dock.root.locator('article[data-muted="true"]').waitFor();
    await carrier.isSilent(ben, "heard");
    await barriers("muted");
    await dock.button("Mute").click();
    await carrier.levelIs(ben, "heard", MICROPHONE);

    await dock.hangsUp();
    await dock.says("You hung up");
    await barriers("over");
    await desk.becomes(call.sid, "completed");
    assert.equal(await dock.microphones(), 0);
  });
});

test("an agent declines, and a caller who gives up stops the ringing", async () => {
  await withPhone({}, async (dock) => {
    const declined = await desk.rings(WAITS);
    await dock.callIs("ringing");
    await dock.button("Decline").click();
    await dock.says("You declined");
    await desk.becomes(declined.sid, "busy");
    await dock.button("Put away").click();

    const given = await desk.rings(WAITS);
    await dock.callIs("ringing");
    await client.calls(given.sid).update({ status: "canceled" });
    await dock.says("Missed, or answered elsewhere");
  });
});

test("keys reach the document, from the keypad and from the keyboard", async () => {
  desk.application.answers("/keys", (response) => response.pause({ length: 60 }));
  const asks = document((response) =>
    response.gather({ action: desk.application.url("/keys"), numDigits: 4, finishOnKey: "", timeout: 60 }),
  );
  await withPhone({}, async (dock) => {
    const { sid } = await desk.rings(asks);
    await dock.answers();
    // Keys that come before the carrier has taken the answer in reach no document.
    await desk.becomes(sid, "in-progress");
    await dock.button("Keypad").click();
    assert.deepEqual(await dock.window.barriers(), []);
    await dock.root.getByRole("group", { name: "Keypad" }).getByRole("button").nth(1).click();
    await dock.card.focus();
    await dock.page.keyboard.type("7#0");

    const { Digits } = await until("the digits", () => desk.application.asked("/keys")[0]);
    assert.equal(Digits, "27#0");
    await dock.hangsUp();
  });
});

test("the conference mutes the agent, whose phone goes on", async () => {
  await withPhone({}, async (dock) => {
    const { name, ben, call } = await talksWithBen(dock);
    const [{ sid }] = await client.conferences.list({ friendlyName: name, status: "in-progress" });
    const agent = client.conferences(sid).participants(call.sid);

    await agent.update({ muted: true });
    await carrier.isSilent(ben, "heard");
    await dock.callIs("talking");
    await agent.update({ muted: false });
    await carrier.levelIs(ben, "heard", MICROPHONE);
    await dock.hangsUp();
  });
});

test("going from page to page ends no call", async () => {
  await withPhone({ as: desk.people.supervisor, address: "/calls" }, async (dock) => {
    const { ben } = await talksWithBen(dock, "vera");
    const before = await dock.page.evaluate(() => performance.timeOrigin);
    await dock.page.evaluate(() => {
      globalThis.quiet = 0;
      globalThis.watch = setInterval(() => (globalThis.quiet += globalThis.ears.at(-1).heard().rms < 0.005 ? 1 : 0), 20);
    });

    for (const name of ["Phones", "Calls", "Phones"]) {
      await dock.page.getByRole("navigation").getByRole("link", { name, exact: true }).click();
      await dock.page.waitForURL((url) => url.pathname === `/${name.toLowerCase()}`);
      await dock.callIs("talking");
    }

    assert.equal(await dock.page.evaluate(() => performance.timeOrigin), before, "the document is the same");
    assert.equal(await dock.page.evaluate(() => (clearInterval(globalThis.watch), globalThis.quiet)), 0);
    await carrier.levelIs(ben, "heard", MICROPHONE);
    await dock.hangsUp();
  });
});

test("an agent calls out: the number is asked for, rings, talks, and the call stands in the list", async () => {
  await withPhone({ expect: [/422/] }, async (dock) => {
    await dock.calls("not a number");
    await dock.root.locator("#dock-number-problem").waitFor();
    assert.deepEqual(await dock.window.barriers(), []);
    await dock.root.getByLabel("Number to call").fill(BEN);
    await dock.button("Call").click();

    const ben = await until("Ben to be rung", () => carrier.legAt(BEN).catch(() => undefined));
    assert.deepEqual(await dock.window.barriers(), []);
    await carrier.answers(ben);
    await carrier.sounds(ben, { source: "tone", hz: BENS });
    await dock.callIs("talking");
    await dock.hears([BENS]);
    await carrier.levelIs(ben, "heard", MICROPHONE);
    await carrier.hangsUp(ben);
    await dock.callIs("over");
  });

  await desk.window(talker.browser, { as: desk.people.supervisor, address: "/calls" }, async (dock) => {
    await dock.page.getByText(/called out/i).first().waitFor();
  });
});

test("a page that is loaded again has its phone again, and rings", async () => {
  await withPhone({}, async (dock) => {
    await dock.window.goes("/phones");
    await dock.is("registered");

    await desk.rings(WAITS);
    await dock.answers();
    await dock.hangsUp();
  });
});

test("a second tab says that the first has the phone, and gets it when that one is closed", async () => {
  await withPhone({}, async (dock) => {
    const context = dock.page.context();
    const second = await context.newPage();
    await second.goto(`${desk.switchboard.local}/phones`);
    const other = second.locator("#phone");
    await second.locator('#phone[data-phone="elsewhere"]').waitFor();
    await other.getByText("Your phone is open in another tab of this browser.").waitFor();

    const call = await desk.rings(WAITS);
    await dock.callIs("ringing");
    assert.equal(await other.locator("article").count(), 0, "it rings in one tab");
    await client.calls(call.sid).update({ status: "canceled" });
    await dock.callIs("over");

    await dock.button("Turn off").click();
    await second.locator('#phone[data-phone="registered"]').waitFor();
    assert.equal(await desk.isThere(), true, "the second tab has the phone");
    await second.close();
  });
});
