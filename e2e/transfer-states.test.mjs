// How a transfer looks in each of its states: nothing is hard to use for anybody, in no look; and a number stays written.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { LOOKS } from "./lib/browser.mjs";
import { BEA, ONE, TWO, setTransferStage } from "./lib/transfer.mjs";
import { startTalker } from "./lib/voice-page.mjs";

/** The looks, with a telephone of the narrowest kind. */
const NARROWER = { ...LOOKS, narrow: { ...LOOKS.narrow, viewport: { width: 360, height: 740 } } };

let stage;
let one;
let two;

before(async () => {
  const talkers = [await startTalker({ hz: ONE, pulsed: true }), await startTalker({ hz: TWO, pulsed: true })];
  stage = await setTransferStage(talkers);
  ({ one, two } = stage);
});

afterEach(() => stage?.rests());

after(() => stage?.clear());

/** A window in each look: nothing is hard to use, nothing sticks out; and a picture for people to look at. */
async function looks(seat, state) {
  for (const [look, { viewport, colorScheme }] of Object.entries(NARROWER)) {
    await seat.page.setViewportSize(viewport);
    await seat.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    assert.deepEqual(await seat.window.barriers(), [], `${state}, ${look}`);
    await seat.window.isNoWider(`${state}, ${look}`);
    await seat.window.keepsPicture(`transfer-${state}-${look}`);
  }
  await seat.page.setViewportSize(LOOKS.wide.viewport);
  await seat.page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

test("wide, narrow and dark: both consoles in each state of a transfer", async () => {
  await stage.isAnswered();
  await one.mayHandOver();
  await looks(one, "choosing");
  await one.chooses("Consult");
  await one.handing.getByLabel(/Note/).fill("Wants to move house on Monday. Has the old contract at hand.");
  await one.handing.getByLabel("A number").fill("911");
  await one.handing.getByLabel("A number").press("Enter");
  await one.page.locator("#hand-over-number-problem").waitFor();
  await looks(one, "refused");

  await one.give("Agent 2").click();
  await two.act("Answer").waitFor();
  await one.isAt("ringing");
  await looks(one, "ringing");
  await looks(two, "rings");
  await two.act("Answer").click();
  await one.isAt("briefing");
  await two.isAt("briefing");
  await looks(one, "briefing");
  await looks(two, "briefed");
  await one.act("Speak with the caller").click();
  await one.isAt("swapped");
  await looks(one, "swapped");
  await one.act("Join all three").click();
  await one.isAt("three_way");
  await two.isAt("three_way");
  await looks(one, "three");
  await looks(two, "third");
  await two.act("Hang up").click();
  await one.mayHandOver();
  await one.panelTells(/Agent 2/);
  await looks(one, "came-to-nothing");
});

test("while somebody of the team is looked for, and agent 1's connection is lost meanwhile", async () => {
  one.page.on("dialog", (dialog) => dialog.accept());
  await one.page.addInitScript(staySilentIfAsked);
  await two.becomes("Away");
  await stage.isAnswered();
  await one.give("The team support").click();
  await one.isAt("seeking");
  await looks(one, "seeking");

  await one.page.evaluate(() => (sessionStorage.silent = "yes"));
  await one.page.reload();
  await one.shows("apart");
  await one.act("Continue the call").waitFor();
  await looks(one, "lost");
  await one.page.evaluate(() => sessionStorage.removeItem("silent"));

  await one.act("Continue the call").click();
  await one.isAt("seeking");
  await one.act("Cancel the transfer").click();
  await one.mayHandOver();
});

/** In the page: nothing sounds before a click, in a tab that wants it so. */
function staySilentIfAsked() {
  if (!sessionStorage.silent) return;
  const play = HTMLMediaElement.prototype.play;
  let wasClicked = false;
  addEventListener("click", () => (wasClicked = true), true);
  HTMLMediaElement.prototype.play = function () {
    return wasClicked ? play.call(this) : Promise.reject(new DOMException("not before a click", "NotAllowedError"));
  };
}

test("a number stays written when its telephone is busy, with the reason beside it", async () => {
  const field = one.handing.getByLabel("A number");
  await stage.isAnswered();
  await stage.carrier.telephone(BEA, "busy");
  await field.fill(BEA);
  await field.press("Enter");

  await one.panelTells(/is busy/);
  await one.mayHandOver();
  assert.equal(await field.inputValue(), BEA);
  await stage.isEasy("a number was busy");
  await stage.carrier.forgetsHabits();
});
