// A caller changes hands, with real sound: agent 1 and agent 2 at their consoles, the caller at a telephone outside.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { isTold } from "./lib/console.mjs";
import { signIn } from "./lib/desk.mjs";
import { until } from "./lib/poll.mjs";
import { words } from "./lib/seeds.mjs";
import { BEA, CALLER, ONE, OUTSIDE, TWO, setTransferStage } from "./lib/transfer.mjs";
import { startTalker } from "./lib/voice-page.mjs";

let stage;
let desk;
let carrier;
let one;
let two;
let outside;

before(async () => {
  const talkers = [await startTalker({ hz: ONE, pulsed: true }), await startTalker({ hz: TWO, pulsed: true })];
  stage = await setTransferStage(talkers);
  ({ desk, carrier, one, two } = stage);
  outside = await startTalker({ hz: CALLER, pulsed: true });
});

afterEach(() => stage?.rests());

after(async () => {
  await outside?.close();
  await stage?.clear();
});

/** No state of the page is hard to use for anybody, in neither window. */
const isEasy = (where) => stage.isEasy(where);

/** What the page of a call tells, as one text. */
async function story(call) {
  const told = await (await signIn(desk.switchboard, desk.people.supervisor)).story(call);
  return told.entries.flatMap((entry) => entry.lines).join("\n");
}

/** Whoever clicked or pressed a key is somewhere, and not at the top of the page. */
async function keepsFocus(seat, where) {
  assert.notEqual((await seat.window.focus()).tag, "body", where);
}

test("the tutorial, in three browsers: agent 1 dials agent 2 in, three hear each other, agent 1 leaves, and agent 2 has the caller to the end", async () => {
  await stage.callerInBrowser(outside, async (ida) => {
    const caller = await ida.calls("Support");
    await ida.hearsMusic();
    await one.accepts();
    await ida.lendsMicrophone();
    await one.hears([CALLER]);
    await ida.hears([ONE], { without: [CALLER] });
    await one.mayHandOver();
    await isEasy("before a transfer");

    await one.give("Agent 2").click();

    await one.isAt("ringing");
    await keepsFocus(one, "dialled in");
    await two.shows("rings");
    await two.tells("Agent 1 hands the caller over: you join both at once.");
    await isEasy("ringing");
    await two.act("Answer").click();
    await one.isAt("three_way");
    await two.isAt("three_way");
    await isEasy("three in the call");
    await one.hears([CALLER, TWO], { without: [ONE] });
    await two.hears([CALLER, ONE], { without: [TWO] });
    await ida.hears([ONE, TWO], { without: [CALLER] });

    await one.act("Complete: leave the call").click();

    await one.shows("wraps-up");
    await keepsFocus(one, "completed");
    await two.hears([CALLER], { without: [ONE] });
    await ida.hears([TWO], { without: [ONE] });
    await two.stands("on-call");
    await one.wrapsUp({ how: "Solved" });
    await two.mayHandOver();

    await two.act("Hang up").click();
    await isTold(desk, caller, words("survey_helped"));
    await ida.presses("1");
    await isTold(desk, caller, words("survey_rating"));
    await ida.presses("5");
    await isTold(desk, caller, words("survey_thanks"));
    await two.wrapsUp({ how: "Solved" });

    const told = await story(caller);
    for (const line of [
      /Agent 1 answered/,
      /Agent 1 hands the caller over to Agent 2, all three at once/,
      /Rings Agent 2/,
      /Agent 2 answered|Agent 2 is in the call/,
      /Agent 1 handed the caller over to Agent 2/,
      /Agent 2 hung up/,
    ]) {
      assert.match(told, line);
    }
  });
});

test("a consult: agent 2 reads the note, speaks with agent 1 alone, each in turn is spoken with, and takes over", async () => {
  const caller = await stage.isAnswered();
  await one.chooses("Consult");
  await one.handing.getByLabel(/Note/).fill("Wants to move house on Monday.");
  await one.give("Agent 2").click();

  await two.shows("rings");
  await two.tells("Agent 1 hands the caller over, and speaks with you first.");
  await two.tells("Wants to move house on Monday.");
  await isEasy("a consult rings");
  await one.tells("On hold");
  await two.act("Answer").click();

  await one.isAt("briefing");
  await one.hears([TWO], { without: [CALLER] });
  await two.hears([ONE], { without: [CALLER] });
  await two.tells("Wants to move house on Monday.");
  await isEasy("asked first");

  await one.act("Speak with the caller").click();
  await one.isAt("swapped");
  await one.hears([CALLER], { without: [TWO] });
  await carrier.levelIs(caller, "heard", ONE);
  await two.panelTells("You hear music.");
  await isEasy("swapped");

  await one.act("Speak with Agent 2").click();
  await one.isAt("briefing");
  await one.hears([TWO], { without: [CALLER] });

  await one.act("Complete: leave the call").click();
  await one.shows("wraps-up");
  await carrier.levelIs(caller, "heard", TWO);
  await two.hears([CALLER]);
});

test("a consult is joined by all, and each of three is muted, held and dropped", async () => {
  const caller = await stage.isAnswered();
  await one.chooses("Consult");
  await one.give("Agent 2").click();
  await two.shows("rings");
  await two.act("Answer").click();
  await one.isAt("briefing");
  await one.act("Join all three").click();
  await one.isAt("three_way");
  await keepsFocus(one, "joined");
  await one.hears([CALLER, TWO]);
  const row = one.party("Agent 2");

  await row.getByRole("button", { name: /^Mute/ }).click();
  await row.getByText("Muted").waitFor();
  await one.hears([CALLER], { without: [TWO] });
  await isEasy("one is muted");
  await row.getByRole("button", { name: /^Mute/ }).click();
  await one.hears([CALLER, TWO]);

  await row.getByRole("button", { name: /^Hold/ }).click();
  await row.getByText("On hold").waitFor();
  await one.hears([CALLER], { without: [TWO] });
  await two.party("You").getByText("On hold").waitFor();
  await row.getByRole("button", { name: /^Hold/ }).click();
  await one.hears([CALLER, TWO]);

  await row.getByRole("button", { name: /^Drop/ }).click();
  await one.mayHandOver();
  await two.shows("idle");
  await one.panelTells("Agent 1 removed Agent 2.");
  await one.hears([CALLER], { without: [TWO] });
  await carrier.levelIs(caller, "heard", ONE);
});

test("cold: agent 1 leaves at once, the caller hears music until agent 2 answers", async () => {
  const caller = await stage.isAnswered();
  await one.chooses("Cold");
  await one.give("Agent 2").click();

  await one.shows("wraps-up");
  await two.shows("rings");
  await two.tells("Agent 1 handed the caller over, and has left the call.");
  await isEasy("cold rings");
  await two.act("Answer").click();

  await two.shows("talks");
  await two.hears([CALLER]);
  await carrier.levelIs(caller, "heard", TWO);
});

test("a transfer is cancelled while it rings, and once agent 2 is in; agent 1 has the caller each time", async () => {
  const caller = await stage.isAnswered();
  await one.give("Agent 2").click();
  await two.shows("rings");
  const cancel = one.act("Cancel the transfer");
  await cancel.dblclick();
  await one.mayHandOver();
  await one.panelTells("Agent 1 cancelled the transfer.");
  await two.shows("idle");
  await two.stands("available");
  await isEasy("cancelled");

  await one.chooses("Consult");
  await one.give("Agent 2").click();
  await two.shows("rings");
  await two.act("Answer").click();
  await one.isAt("briefing");
  await one.act("Cancel the transfer").click();
  await one.mayHandOver();
  await two.shows("idle");
  await one.hears([CALLER], { without: [TWO] });
  await carrier.levelIs(caller, "heard", ONE);
});

test("a transfer that comes to nothing says why, and the caller stays with agent 1", async () => {
  const caller = await stage.isAnswered();
  await one.give("Agent 2").dblclick();
  await two.shows("rings");
  await two.act("Decline").click();

  await one.mayHandOver();
  await one.panelTells(/Agent 2 declined/);
  await one.hears([CALLER]);
  await carrier.levelIs(caller, "heard", ONE);
  await one.handing.getByText("Not responding").waitFor();
  assert.equal(await one.give("Agent 2").count(), 0, "who does not respond cannot be rung");
  await isEasy("declined");
});

test("a number: one that is none stands at the field, one that is not dialled is refused in words, one that answers talks", async () => {
  const caller = await stage.isAnswered();
  const field = one.handing.getByLabel("A number");
  const problem = one.page.locator("#hand-over-number-problem");

  for (const [number, why] of [
    ["", /Enter a number/],
    ["911", /emergency and service numbers/],
    ["+44 20 7946 0000", /do not allow that country/],
  ]) {
    await field.fill(number);
    await field.press("Enter");
    await problem.getByText(why).waitFor();
    assert.equal((await one.window.focus()).name, "A number");
  }
  await isEasy("a number that is not dialled");

  const ringing = () => carrier.legAt(BEA).catch(() => undefined);
  await field.fill(BEA);
  await field.press("Enter");
  await one.isAt("ringing");
  await until("the telephone to ring", ringing);
  await one.act("Cancel the transfer").click();
  await one.mayHandOver();
  assert.equal(await field.inputValue(), BEA, "a number stays when a transfer comes to nothing");
  await until("the telephone to ring no more", async () => !(await ringing()));

  await field.press("Enter");
  await one.isAt("ringing");
  const bea = await until("the telephone to ring", ringing);
  await carrier.answers(bea);
  await carrier.sounds(bea, { source: "tone", hz: OUTSIDE });
  await one.isAt("three_way");
  await one.hears([CALLER, OUTSIDE]);
  await one.act("Complete: leave the call").click();
  await one.shows("wraps-up");
  await carrier.levelIs(caller, "heard", OUTSIDE);
  await carrier.levelIs(bea, "heard", CALLER);
});

test("the queue of the team: who is free first is rung, and both see where it stands", async () => {
  const caller = await stage.isAnswered();
  await one.handing.getByText("1 is free").waitFor();
  await one.give("The team support").click();
  await two.shows("rings");
  await two.act("Answer").click();
  await one.isAt("three_way");
  await two.panelTells("You are in the call with Agent 1 and the caller.");
  await one.act("Hang up").click();
  await one.shows("wraps-up");
  await carrier.levelIs(caller, "heard", TWO);
});

test("all of it by the keyboard, and each key is in the list", async () => {
  await stage.isAnswered();
  const { keyboard } = one.page;
  await one.mayHandOver();
  await keyboard.press("?");
  for (const what of ["Go to those to hand over to", "Join all three", "Cancel the transfer"]) {
    await one.page.locator(".shortcut", { hasText: what }).waitFor();
  }
  await keyboard.press("Escape");

  await keyboard.press("t");
  assert.match((await one.window.focus()).name, /Agent 2/);
  await keyboard.press("Enter");
  await one.isAt("ringing");
  await keepsFocus(one, "dialled in");
  await keyboard.press("Shift+T");
  await one.mayHandOver();
  await keepsFocus(one, "cancelled");

  await one.handing.getByRole("radio", { name: "Warm" }).focus();
  await keyboard.press("ArrowDown");
  await keyboard.press("t");
  await keyboard.press("Enter");
  await two.act("Answer").waitFor();
  await two.page.keyboard.press("a");
  await one.isAt("briefing");
  await keepsFocus(one, "answered");
  await keyboard.press("w");
  await one.isAt("swapped");
  // Until the one hears music and the other hears agent 1, another press is the second of a double one.
  await one.party("Agent 2").getByText("On hold: hears music").waitFor();
  await one.party("555-0123").getByText("Hears and is heard").waitFor();
  await keyboard.press("w");
  await one.isAt("briefing");
  await keyboard.press("j");
  await one.isAt("three_way");
  await keepsFocus(one, "joined");
  await keyboard.press("Shift+L");
  await one.shows("wraps-up");
  await keepsFocus(one, "completed");
  await two.shows("talks");
});
