// What callers left where nobody came: messages and wishes to be called back, heard, called back and ticked off.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { withWindow } from "./lib/browser.mjs";
import { callsSupport, isTold, startConsoles } from "./lib/console.mjs";
import { until } from "./lib/poll.mjs";
import { words } from "./lib/seeds.mjs";
import { readWav, strongestIn } from "./lib/tone.mjs";
import { startTalker } from "./lib/voice-page.mjs";

const MICROPHONE = 610;
const CALLERS = 830;
const IDA = "+13125550123";
const JO = "+13125550124";
const LONDON = "+442071838750";

/** Callers are asked what they want once they have waited for a minute. */
const CHOICES = { within: 120_000 };
/** A message ends after five seconds of silence. */
const SPEAKS_MS = 8_000;

let consoles;
let desk;
let carrier;
let talker;

before(async () => {
  consoles = await startConsoles(startTalker({ hz: MICROPHONE, pulsed: true }));
  ({ desk, carrier, talker } = consoles);
  await Promise.all([leavesMessage(IDA), leavesMessage(LONDON), wantsCallBack(JO)]);
});

after(() => consoles?.close());

/** Somebody calls, finds nobody, and presses a key when asked what they want. */
async function waitsAndPresses(from, key) {
  const caller = await callsSupport(desk, { from });
  await isTold(desk, caller, words("support_choices"), CHOICES);
  await carrier.presses(caller, key);
  return caller;
}

/** Speaks into the telephone for longer than the silence that would end the message, and presses a key. */
async function leavesMessage(from) {
  const caller = await waitsAndPresses(from, "2");
  await isTold(desk, caller, words("leave_message"));
  await until("the tone", async () => (await carrier.noted(caller, "played")).includes("beep"));
  await carrier.sounds(caller, { source: "tone", hz: CALLERS });
  const begun = Date.now();
  await until("the message to be long enough", () => Date.now() - begun > SPEAKS_MS);
  await carrier.presses(caller, "#");
  await isTold(desk, caller, words("message_thanks"));
}

async function wantsCallBack(from) {
  const caller = await waitsAndPresses(from, "3");
  await isTold(desk, caller, "call you back");
  await carrier.presses(caller, "1");
  await isTold(desk, caller, words("callback_thanks"));
}

/** An agent at the console, who is not rung. */
const atConsole = (options, use) => consoles.open(options, use);

const inbox = (seat) => seat.panel("Inbox");
const entry = (seat, text) => inbox(seat).locator(".row--inbox", { hasText: text });
const isEasy = async (seat, where) => assert.deepEqual(await seat.window.barriers(), [], where);

test("a message is heard by whom it is for, and by nobody else", async () => {
  await atConsole({}, async (seat) => {
    await inbox(seat).getByText("Wishes to be called back").waitFor();
    assert.equal(await inbox(seat).locator(".row--inbox").count(), 3);
    await isEasy(seat, "inbox");
    await seat.window.keepsPicture("inbox");
    const audio = entry(seat, "+1 (312) 555-0123").locator("audio");

    const source = await audio.getAttribute("src");
    const answer = await seat.page.request.get(source);
    const { rate, channels } = readWav(await answer.body());
    await audio.evaluate((element) => element.play());
    await until("it to be played", () => audio.evaluate((element) => element.currentTime > 0.5));

    const middle = channels[0].slice(rate, 2 * rate);
    assert.ok(Math.abs(strongestIn(middle, rate).hz - CALLERS) <= 10, "the caller's voice is in the message");
    const [, length] = (await entry(seat, "+1 (312) 555-0123").innerText()).match(/Message, (\d+) s/);
    assert.ok(Number(length) >= SPEAKS_MS / 1_000, `${length} s: it did not end while they spoke`);
    const byNobody = await desk.switchboard.send({ target: source });
    assert.equal(byNobody.status, 401);
    assert.ok(!byNobody.body.includes("RIFF"));
  });
});

test("somebody is called back with a click, and shown the line's number", async () => {
  await atConsole({}, async (seat) => {
    await seat.isSetUp();
    await entry(seat, "+1 (312) 555-0124").getByRole("button", { name: /^Call back/ }).click();

    const jo = await until("the telephone to ring", () => carrier.legAt(JO).catch(() => undefined));
    await seat.shows("calls-out");
    await carrier.answers(jo);
    await carrier.sounds(jo, { source: "tone", hz: CALLERS });
    await seat.hears([CALLERS]);
    await carrier.levelIs(jo, "heard", MICROPHONE);
    await isEasy(seat, "calls out");
    const [leg] = await desk.client.calls.list({ to: JO });
    assert.equal(leg.from, "+12025550104", "the number of the line that they had called");
    await seat.act("Hang up").click();
    await seat.shows("idle");
    await seat.panel("My recent calls").getByText("You called").first().waitFor();
  });
});

test("a number that the line does not dial is refused where it is to be called back", async () => {
  await atConsole({ expect: [/422/] }, async (seat) => {
    await seat.window.goes("/");
    await seat.isSetUp();
    const london = entry(seat, "+44");

    await london.getByRole("button", { name: /^Call back/ }).click();

    await london.getByText("This line does not call that country or area.").waitFor();
    await isEasy(seat, "refused");
    assert.equal(await seat.call.getAttribute("data-scene"), "idle");
    await assert.rejects(carrier.legAt(LONDON), "nobody is rung");
  });
});

test("an entry is ticked off and taken back, on every screen", async () => {
  await atConsole({}, async (seat) => {
    const other = await seat.page.context().newPage();
    await other.goto(`${desk.switchboard.local}/`);
    const elsewhere = other.getByRole("region", { name: "Inbox" });
    await elsewhere.locator(".count-badge", { hasText: "3" }).waitFor();

    await entry(seat, "+1 (312) 555-0123").getByRole("button", { name: /^Tick off/ }).click();

    await inbox(seat).locator(".count-badge", { hasText: "2" }).waitFor();
    await elsewhere.locator(".count-badge", { hasText: "2" }).waitFor();
    await inbox(seat).getByText("Seen to", { exact: true }).click();
    await entry(seat, "+1 (312) 555-0123").getByText(/Seen to by/).waitFor();
    await isEasy(seat, "seen to");
    await entry(seat, "+1 (312) 555-0123").getByRole("button", { name: /^Take back/ }).click();
    await elsewhere.locator(".count-badge", { hasText: "3" }).waitFor();
    await other.close();
  });
});

test("without scripts a status is chosen and an entry ticked off", async () => {
  await withWindow(talker.browser, desk.switchboard, { script: false, as: desk.people.agent }, async (window) => {
    const { page } = window;
    await window.goes("/");
    assert.deepEqual(await page.locator(".status-now").getAttribute("data-status"), "offline");

    await page.locator(".menu summary").first().click();
    await window.loads(() => window.button("Away: meal").click());
    await page.locator('.status-now[data-status="away"]').waitFor();
    const row = page.locator(".row--inbox", { hasText: "+1 (312) 555-0124" });
    await window.loads(() => row.getByRole("button", { name: /^Tick off/ }).click());

    assert.equal(await page.locator(".count-badge").first().innerText(), "2");
    assert.match(await row.textContent(), /Seen to by/);
    assert.equal(new URL(page.url()).pathname, "/");
  });
});
