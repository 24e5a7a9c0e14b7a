// Switchboard's own phone, turned on, rung, and turned off, again and again: nothing of it stays in the page.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { document } from "./lib/carrier-application.mjs";
import { countsWhatItMakes, inspect } from "./lib/held.mjs";
import { until } from "./lib/poll.mjs";
import { startPhoneDesk } from "./lib/softphone.mjs";
import { startTalker } from "./lib/voice-page.mjs";

const TIMES = 10;
const WAITS = document((response) => {
  response.say("Good day.");
  response.pause({ length: 120 });
});

let desk;
let talker;

before(async () => {
  desk = await startPhoneDesk();
  talker = await startTalker({ hz: 610, pulsed: true });
});

after(async () => {
  await desk?.rests();
  await talker?.close();
  await desk?.clear();
});

/** On, rung, answered, ended by one side or the other, off. */
async function cycle(dock, n) {
  await dock.isSetUp();
  const call = await desk.rings(WAITS);
  await dock.answers();
  await desk.becomes(call.sid, "in-progress");
  if (n % 2 === 0) await dock.hangsUp();
  else await desk.client.calls(call.sid).update({ status: "completed" });
  await dock.callIs("over");
  await desk.becomes(call.sid, "completed");
  await dock.button("Put away").click();
  assert.equal(await dock.microphones(), 0, "no microphone is in use");
  await dock.button("Turn off").click();
  await dock.is("asleep");
  await until("the carrier to see it gone", async () => !JSON.stringify(await desk.carrier.clients()).includes('"wes"'));
}

test(`${TIMES} times on and off: no listener, no microphone, no memory stays`, { timeout: 300_000 }, async (t) => {
  await desk.window(talker.browser, { prepare: countsWhatItMakes }, async (dock) => {
    await cycle(dock, 0);
    const inspection = await inspect(dock.page);
    const rests = (wanted) =>
      until(
        "everything to be let go",
        async () => {
          await dock.page.evaluate(() => {
            for (const ear of globalThis.ears.splice(0)) ear.close();
          });
          const held = await inspection.countMade();
          return held.devices === 0 && held.calls === 0 && (!wanted || held.connections <= wanted.connections) && held;
        },
        { every: 250, within: 40_000 },
      );

    const early = await rests();
    for (let n = 0; n < TIMES; n += 1) await cycle(dock, n);
    const late = await rests(early);

    t.diagnostic(`after 1: ${JSON.stringify(early)}`);
    t.diagnostic(`after ${TIMES + 1}: ${JSON.stringify(late)}`);
    assert.equal(late.made.calls, TIMES + 1, "each call was counted");
    assert.ok(late.made.devices > 0 && late.made.connections > 0 && late.made.sockets > 0, "so was all else");
    assert.ok(late.sockets <= early.sockets, "no socket stays");
    assert.ok(late.listeners <= early.listeners + 2, "no listener stays");
    assert.ok(late.kilobytes < early.kilobytes + 60 * TIMES, "no memory stays");
  });
});
