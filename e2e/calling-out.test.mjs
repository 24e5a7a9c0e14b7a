// Calling a number out of the blue: what is against it stands at the field, and the line that was chosen is shown there.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { startConsoles } from "./lib/console.mjs";
import { until } from "./lib/poll.mjs";
import { BEN, OURS } from "./lib/softphone.mjs";
import { startTalker } from "./lib/voice-page.mjs";

const MICROPHONE = 610;
const BENS = 830;

let consoles;
let desk;
let carrier;

before(async () => {
  consoles = await startConsoles(startTalker({ hz: MICROPHONE, pulsed: true }));
  ({ desk, carrier } = consoles);
});

afterEach(() => desk.rests());

after(() => consoles?.close());

/** The console of an agent whose phone is set up. */
const atConsole = (options, use) =>
  consoles.open(options, async (seat) => {
    await seat.isSetUp();
    await use(seat);
  });

const number = (seat) => seat.call.getByLabel("Number to call");

/** What is typed, and what is said of it. */
const REFUSED = [
  ["", "Enter a number to call."],
  ["the moon", "Write the number with its country code"],
  ["911", "use your own telephone"],
  ["+44 20 7183 8750", "This line does not call that country or area."],
  ["+1 900 555 0123", "Premium numbers are never called from here."],
];

test("a number that is none, or not allowed, is refused at its field, and nobody is called", async () => {
  await atConsole({ expect: [/422/] }, async (seat) => {
    for (const [typed, why] of REFUSED) {
      await number(seat).fill(typed);
      await seat.act("Call").click();
      const problem = seat.page.locator("#console-number-problem", { hasText: why });
      await problem.waitFor();
      assert.equal(await number(seat).getAttribute("aria-invalid"), "true", typed);
      assert.equal(await number(seat).getAttribute("aria-describedby"), "console-number-problem");
      assert.equal(await number(seat).evaluate((field) => field === document.activeElement), true, "one can go on typing");
    }

    assert.deepEqual(await seat.window.barriers(), []);
    assert.equal(await seat.call.getAttribute("data-scene"), "idle");
    const all = await desk.client.calls.list();
    assert.deepEqual(all.filter(({ direction }) => direction === "outbound-dial"), []);
  });
});

test("a number is called as it is typed, and shown the number of the line that was chosen", async () => {
  await atConsole({}, async (seat) => {
    const [first, ...others] = await seat.call.getByLabel("They see the number of").locator("option").allInnerTexts();
    assert.equal(first, "Support", "what agents answer comes first");
    assert.ok(others.includes("Call Congress"), others);
    await number(seat).fill("(202) 555-0142");
    await seat.call.getByLabel("They see the number of").selectOption("Call Congress");
    await seat.act("Call").click();

    const ben = await until("Ben to be rung", () => carrier.legAt(BEN).catch(() => undefined));
    await seat.shows("calls-out");
    assert.deepEqual(await seat.window.barriers(), []);
    await carrier.answers(ben);
    await carrier.sounds(ben, { source: "tone", hz: BENS });
    await seat.hears([BENS]);
    await carrier.levelIs(ben, "heard", MICROPHONE);
    const [leg] = await desk.client.calls.list({ to: BEN });
    assert.equal(leg.from, OURS);
    await carrier.hangsUp(ben);
    await seat.shows("idle");
  });
});
