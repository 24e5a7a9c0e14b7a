// The agents' console in a browser, over the local carrier: waiting, answering, holding, hanging up, writing it down;
// and a page that is loaded again in the middle of a call.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { LOOKS, withWindow } from "./lib/browser.mjs";
import { callsSupport, isTold, startConsoles } from "./lib/console.mjs";
import { signIn } from "./lib/desk.mjs";
import { until } from "./lib/poll.mjs";
import { words } from "./lib/seeds.mjs";
import { startTalker } from "./lib/voice-page.mjs";

const MICROPHONE = 610;
const CALLERS = 830;
/** Whoever loads the page again in mid-call talks again within this time. */
const TALKS_AGAIN_MS = 5_000;

let consoles;
let desk;
let carrier;
let talker;

before(async () => {
  consoles = await startConsoles(startTalker({ hz: MICROPHONE, pulsed: true }));
  ({ desk, carrier, talker } = consoles);
});

afterEach(() => desk.rests());

after(() => consoles?.close());

/** A console whose phone is set up, and whose agent takes calls. */
const atConsole = ({ isReady = true, ...options }, use) =>
  consoles.open(options, async (seat) => {
    if (isReady) await seat.isReady();
    await use(seat);
    await rest(seat);
  });

/** Nothing goes on from one test to the next. */
async function rest(seat) {
  await desk.rests();
  const done = seat.act("Done");
  await until("the console to be free", async () => {
    if (await done.isVisible()) await done.click().catch(() => {});
    return (await seat.call.getAttribute("data-scene")) === "idle";
  });
}

const isEasy = async (seat, where) => assert.deepEqual(await seat.window.barriers(), [], where);

test("a caller waits, is answered, held and taken back, and the agent writes down what it was about", async () => {
  await atConsole({ isReady: false }, async (seat) => {
    const caller = await callsSupport(desk, { hz: CALLERS });
    await isTold(desk, caller, words("support_welcome"));
    await seat.panel("Waiting").getByText("1 caller waits.").waitFor();
    await isEasy(seat, "not ready");
    await seat.isSetUp();
    await seat.takesCalls();

    await seat.shows("rings");
    await isEasy(seat, "rings");
    await seat.tells("+1 (312) 555-0123");
    await seat.tells("Support");
    await seat.act("Answer").click();
    await seat.shows("talks");
    await seat.hears([CALLERS]);
    await carrier.levelIs(caller, "heard", MICROPHONE);
    await seat.stands("on-call");
    await isEasy(seat, "talks");

    await seat.act("Hold").click();
    await seat.tells("On hold");
    await seat.hearsNothing();
    await isEasy(seat, "on hold");
    await seat.act("Hold").click();
    await seat.hears([CALLERS]);
    await carrier.levelIs(caller, "heard", MICROPHONE);

    await seat.act("Hang up").click();
    await isTold(desk, caller, words("survey_helped"));
    await carrier.presses(caller, "1");
    await isTold(desk, caller, words("survey_rating"));
    await carrier.presses(caller, "5");
    await isTold(desk, caller, words("survey_thanks"));
    await seat.shows("wraps-up");
    await isEasy(seat, "wraps up");
    await seat.wrapsUp({ how: "Solved", notes: "Wanted to know the way." });
    await seat.stands("available");
    await seat.becomes("Away");
    await seat.becomes("Available");
    await seat.panel("My recent calls").locator(".row-name", { hasText: "+1 (312) 555-0123" }).first().waitFor();

    const story = await (await signIn(desk.switchboard, desk.people.supervisor)).story(caller);
    assert.equal(story.outcome, "Connected");
    const lines = story.entries.flatMap((entry) => entry.lines).join("\n");
    assert.match(lines, new RegExp(`${desk.people.agent.name} answered`));
  });
});

test("a page that is loaded again in the middle of a call asks first, and is in the same call again", async () => {
  await atConsole({}, async (seat) => {
    const caller = await callsSupport(desk, { hz: CALLERS });
    await seat.accepts();
    await seat.hears([CALLERS]);
    const call = await seat.call.getAttribute("data-call");
    const asked = [];
    seat.page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      dialog.accept();
    });

    const left = Date.now();
    const within = () => ({ within: Math.max(1, TALKS_AGAIN_MS - (Date.now() - left)) });
    await seat.page.reload();

    await seat.hears([CALLERS], within());
    await carrier.levelIs(caller, "heard", MICROPHONE, within());
    await seat.shows("talks");
    assert.equal(await seat.call.getAttribute("data-call"), call);
    assert.deepEqual(asked, ["beforeunload"]);
  });
});

/** In the page: nothing sounds before a click. */
function staySilent() {
  const play = HTMLMediaElement.prototype.play;
  let wasClicked = false;
  addEventListener("click", () => (wasClicked = true), true);
  HTMLMediaElement.prototype.play = function () {
    return wasClicked ? play.call(this) : Promise.reject(new DOMException("not before a click", "NotAllowedError"));
  };
}

for (const [what, prepare] of [
  ["as Chromium is, which lets a page sound that was clicked on before", undefined],
  ["where nothing sounds before a click", (page) => page.addInitScript(staySilent)],
]) {
  test(`without the flag that allows sound, ${what}: the call goes on`, async () => {
    const careful = await startTalker({ hz: MICROPHONE, pulsed: true, more: ["--autoplay-policy=document-user-activation-required"] });
    try {
      await atConsole({ by: careful, prepare }, async (seat) => {
        const caller = await callsSupport(desk, { hz: CALLERS });
        await seat.accepts();
        await seat.hears([CALLERS]);
        seat.page.on("dialog", (dialog) => dialog.accept());

        await seat.page.reload();
        if (prepare) {
          await seat.act("Continue the call").waitFor();
          await isEasy(seat, "apart");
          await seat.act("Continue the call").click();
        }

        await seat.shows("talks");
        await seat.hears([CALLERS]);
        await carrier.levelIs(caller, "heard", MICROPHONE);
      });
    } finally {
      await careful.close();
    }
  });
}

/** In the page: nobody looks at it, and what it tells the desktop is kept. */
function lookAway() {
  document.hasFocus = () => false;
  const Original = Notification;
  globalThis.desktop = [];
  globalThis.Notification = class extends Original {
    constructor(title, options) {
      super(title, options);
      globalThis.desktop.push({ title, body: options.body });
    }
    close() {
      globalThis.desktop.push({ closed: true });
      super.close();
    }
  };
}

test("where it is allowed, the desktop tells of a call while nobody looks at the page, and of its end", async () => {
  const prepare = async (page) => {
    await page.context().grantPermissions(["notifications"], { origin: desk.switchboard.local });
    await page.addInitScript(lookAway);
  };
  await atConsole({ prepare }, async (seat) => {
    await seat.tells("The desktop tells you of calls while you look elsewhere");
    const caller = await callsSupport(desk);
    await seat.shows("rings");
    const told = () => seat.page.evaluate(() => globalThis.desktop);
    await until("the desktop to tell", async () => (await told()).length === 1);
    await carrier.hangsUp(caller);
    await seat.shows("idle");
    await until("it to be taken back", async () => (await told()).length === 2);

    assert.deepEqual(await told(), [{ title: "+1 (312) 555-0123 calls", body: "On the line Support." }, { closed: true }]);
  });
});

test("a call that is declined is not lost, and the agent is not rung again until they say so", async () => {
  await atConsole({}, async (seat) => {
    await callsSupport(desk);
    await seat.shows("rings");
    await seat.act("Decline").click();

    await seat.shows("idle");
    await seat.stands("not-responding");
    await seat.panel("Waiting").getByText("1 caller waits.").waitFor();
    await seat.act("Take calls").click();
    await seat.shows("rings");
  });
});

test("everything is done by the keyboard alone, and a call that rings takes the focus from nobody who writes", async () => {
  await atConsole({}, async (seat) => {
    const { keyboard } = seat.page;
    await keyboard.press("c");
    await keyboard.type("a12");
    await callsSupport(desk, { hz: CALLERS });
    await seat.shows("rings");
    const focus = await seat.window.focus();
    assert.equal(focus.tag, "body", "the field went with the idle console; the call did not take the focus");

    await keyboard.press("?");
    await seat.page.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor();
    await isEasy(seat, "shortcuts");
    await keyboard.press("Escape");
    await seat.act("Answer").waitFor();
    await keyboard.press("a");
    await seat.shows("talks");
    await seat.act("Hold").waitFor();
    await keyboard.press("m");
    await seat.page.locator('#call [aria-pressed="true"]', { hasText: "Mute" }).waitFor();
    await keyboard.press("m");
    await keyboard.press("h");
    await seat.tells("On hold");
    await keyboard.press("h");
    await keyboard.press("k");
    await keyboard.press("5");
    await seat.page.locator(".dock-sent", { hasText: "5" }).waitFor();
    await keyboard.press("Shift+X");
    await seat.shows("wraps-up");
    await keyboard.press("n");
    await keyboard.type("asks for a map");
    assert.equal(await seat.call.getByLabel("Notes").inputValue(), "asks for a map");
    await seat.tells("Take your time");
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await seat.shows("idle");
  });
});

test("shortcuts can be turned off, and stay off in this browser", async () => {
  await atConsole({ isReady: false }, async (seat) => {
    await seat.window.button("Shortcuts").click();
    await seat.window.button("Turn shortcuts off").click();
    await seat.window.button("Close").click();
    await seat.window.goes("/");
    await seat.page.keyboard.press("s");

    assert.equal(await seat.page.locator(".menu[open]").count(), 0);
    await seat.window.button("Shortcuts").click();
    await seat.window.button("Turn shortcuts on").click();
    await seat.window.button("Close").click();
    await seat.page.keyboard.press("s");
    await seat.page.locator(".menu[open]").waitFor();
  });
});

test("without scripts a call that rings at one's phone elsewhere is declined, ended and written down", async () => {
  await atConsole({}, async (seat) => {
    await callsSupport(desk);
    await seat.shows("rings");

    await withWindow(talker.browser, desk.switchboard, { script: false, as: desk.people.agent }, async (window) => {
      const stands = (word) => window.page.locator(`.status-now[data-status="${word}"]`).waitFor();
      const does = (name) => window.loads(() => window.button(name).click());
      await window.goes("/");
      await does("Decline");
      await stands("not-responding");
      await seat.stands("not-responding");
      await does("Take calls");
      await seat.accepts();
      // A page without scripts shows what is so when it is loaded.
      await seat.stands("on-call");

      await window.goes("/");
      await stands("on-call");
      await does("Hang up");
      await seat.shows("wraps-up");
      await window.goes("/");
      await window.page.getByRole("radio", { name: "Solved" }).check();
      await window.field("Notes").fill("Declined once.");
      await does("Done");
      await stands("available");
    });

    await seat.shows("idle");
  });
});

for (const look of Object.keys(LOOKS)) {
  test(`${look}: the console in each state`, async () => {
    await atConsole({ look, isReady: false }, async (seat) => {
      const looks = async (state) => {
        await isEasy(seat, state);
        await seat.window.isNoWider(state);
        await seat.window.keepsPicture(`console-${state}-${look}`);
      };
      await looks("new");
      await seat.isReady();
      await looks("ready");
      await callsSupport(desk, { hz: CALLERS });
      await seat.shows("rings");
      await looks("rings");
      await seat.act("Answer").click();
      await seat.shows("talks");
      await seat.act("Keypad").click();
      await looks("talks");
      await seat.act("Hold").click();
      await seat.tells("On hold");
      await looks("held");
      await seat.act("Hang up").click();
      await seat.shows("wraps-up");
      await looks("wraps-up");
    });
  });
}
