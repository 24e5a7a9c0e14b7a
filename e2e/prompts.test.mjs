// What callers hear, as an admin changes it: found, listened to, said in other words, and brought back.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { looksAtEach, startAdmins } from "./lib/admins.mjs";
import { Call } from "./lib/caller.mjs";

let desk;

before(async () => {
  desk = await startAdmins();
});
after(() => desk?.close());

const at = (...window) => desk.at(...window);

/** What a caller of the senators' line hears first. */
async function hears() {
  const call = await new Call(desk.switchboard, { from: "+13125550123", place: { State: "IL" } }).dials("/line/senators");
  const { heard } = call;
  await call.hangsUp();
  return heard;
}

const WELCOME = "The greeting of a forwarding line.";

for (const script of [true, false]) {
  const how = script ? "with scripts" : "without scripts";

  test(`${how}: a line says something in its own words, is heard, and goes back`, async () => {
    await at("/prompts", { script, expect: [/422/] }, async (window) => {
      const { page } = window;
      await window.field("Words of").selectOption("Call Congress");
      await window.field("Search").fill("greeting");
      await window.leads(() => window.button("Show").click(), /line=senators/);
      await page.locator('a[href*="line=senators"][href*="edit=forward_welcome"]').waitFor();
      await window.leads(() => window.link(`Change ${WELCOME}`).click(), /edit=forward_welcome/);

      const text = window.field(WELCOME);
      await text.fill("Howdy, {name}.");
      await (script ? window.button("Save").click() : window.loads(() => window.button("Save").click()));
      await page.getByText("Nothing can be filled in here; take out {name}.").waitFor();
      assert.equal(await text.inputValue(), "Howdy, {name}.", "what was entered is still there");

      await text.fill("Howdy, friend, and thank you.");
      if (script) await page.getByText("5 words, about 2 seconds").first().waitFor();
      await window.leads(() => window.button("Save").click(), /done=forward_welcome/);
      await page.getByText("own words").waitFor();
      assert.match(await hears(), /Howdy, friend, and thank you\./);

      await window.leads(() => window.link(`Change ${WELCOME}`).click(), /edit=/);
      await window.heading("As all lines say it").waitFor();
      await window.leads(() => window.button("Back to these words").click(), /done=/);
      await page.locator(".prompt-done").waitFor();
      assert.equal(await page.getByText("own words").count(), 0);
      assert.match(await hears(), /Welcome\. This line connects you/);
    });
  });

  test(`${how}: the words of all lines are changed and brought back to those that came`, async () => {
    await at("/prompts?edit=forward_welcome&search=greeting", { script }, async (window) => {
      await window.field(WELCOME).fill("Good day.");
      await window.leads(() => window.button("Save").click(), /done=/);
      assert.match(await hears(), /Good day\./);
      await window.leads(() => window.link(`Change ${WELCOME}`).click(), /edit=/);
      await window.heading("As it came with this release").waitFor();
      await window.leads(() => window.button("Back to these words").click(), /done=/);
      assert.match(await hears(), /Welcome\. This line connects you/);
    });
  });
}

for (const script of [true, false]) {
  const how = script ? "before scripts are there" : "without scripts";

  test(`${how}: a text that is too long comes back to its field with why, however often`, async () => {
    await at("/prompts?line=senators&search=greeting&edit=forward_welcome", { script }, async (window) => {
      const text = window.field(WELCOME);
      // A form that is sent by its own method asks no script.
      const sends = () => (script ? text.evaluate((area) => area.form.submit()) : window.button("Save").click());
      for (const long of ["ことば。".repeat(600), "word ".repeat(3_000)]) {
        await text.fill(long);
        await window.loads(sends);
        await window.page.getByText("It takes at most 2000 characters").waitFor();
        assert.equal(await text.inputValue(), long);
        assert.ok(window.path.length < 200, window.path);
      }
    });
  });
}

test("a text can be listened to, filled in, in its language; without a voice that is said", async () => {
  await at("/prompts?language=es&edit=line_opens_on", {}, async (window) => {
    const { page } = window;
    await page.getByText("As heard:").getByText("Abre de nuevo el lunes a las 9:00.").waitFor();
    await window.button("Listen").click();
    await page.getByText("This browser has no voice. Call the line to hear it.").waitFor();

    await page.evaluate(() => {
      globalThis.spoken = [];
      speechSynthesis.speak = (words) => globalThis.spoken.push([words.text, words.lang]);
    });
    await window.button("Listen").click();
    const spoken = await page.evaluate(() => globalThis.spoken);
    assert.deepEqual(spoken, [["Abre de nuevo el lunes a las 9:00.", "es-US"]]);
  });
});

test("prompts are for admins alone", async () => {
  await at("/prompts", { as: "sue", expect: [/403/] }, async (window) => {
    await window.heading("Not open to your role").waitFor();
  });
});

test("a prompt is found and changed by keyboard alone, with the focus in sight", async () => {
  await at("/prompts?search=survey&line=support", {}, async (window) => {
    const { page } = window;
    await window.tabsTo("Change Thanks for the answers: a kind end.");
    await page.keyboard.press("Enter");
    await page.waitForURL(/edit=survey_thanks/);
    const text = window.field("Thanks for the answers: a kind end.");
    await page.locator("textarea:focus").waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Thanks a lot. Goodbye.");
    assert.equal(await text.inputValue(), "Thanks a lot. Goodbye.");
    await window.tabsTo("Save");
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=survey_thanks/);
    await page.getByText("Thanks a lot. Goodbye.").waitFor();
  });
});

const PAGES = [
  { name: "prompts", address: "/prompts" },
  { name: "prompts-japanese", address: "/prompts?line=senators-ja&search=line_opens" },
  { name: "prompts-edit", address: "/prompts?line=senators&search=office&edit=connecting" },
  { name: "prompts-none-found", address: "/prompts?search=nowhere" },
];

looksAtEach(PAGES, at);
