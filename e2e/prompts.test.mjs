// What callers hear, as an admin changes it: found, listened to, said in other words, and brought back.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { startBrowser, withWindow } from "./lib/browser.mjs";
import { Call } from "./lib/caller.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

const PASSWORD = "a long sentence about calls";

let browser;
let switchboard;
const people = {};

before(async () => {
  switchboard = await startSwitchboard();
  for (const [userName, role] of [
    ["ada", "admin"],
    ["sue", "supervisor"],
  ]) {
    people[userName] = await switchboard.addUser(userName, { name: userName, role, password: PASSWORD });
  }
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await switchboard?.remove();
});

const at = (address, { as = "ada", ...options }, use) =>
  withWindow(browser, switchboard, { ...options, as: people[as] }, async (window) => {
    await window.goes(address);
    await use(window);
  });

async function leads(window, press, to) {
  await press();
  await window.page.waitForURL(to);
  await window.isAlive();
}

/** What a caller of the senators' line hears first. */
async function hears() {
  const call = await new Call(switchboard, { from: "+13125550123", place: { State: "IL" } }).dials("/line/senators");
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
      await leads(window, () => window.button("Show").click(), /line=senators/);
      await leads(window, () => window.link(`Change ${WELCOME}`).click(), /edit=forward_welcome/);

      const text = window.field(WELCOME);
      await text.fill("Howdy, {name}.");
      await (script ? window.button("Save").click() : window.loads(() => window.button("Save").click()));
      await page.getByText("Nothing can be filled in here; take out {name}.").waitFor();
      assert.equal(await text.inputValue(), "Howdy, {name}.", "what was entered is still there");

      await text.fill("Howdy, friend, and thank you.");
      if (script) await page.getByText("5 words, about 2 seconds").first().waitFor();
      await leads(window, () => window.button("Save").click(), /done=forward_welcome/);
      await page.getByText("own words").waitFor();
      assert.match(await hears(), /Howdy, friend, and thank you\./);

      await leads(window, () => window.link(`Change ${WELCOME}`).click(), /edit=/);
      await window.heading("As all lines say it").waitFor();
      await leads(window, () => window.button("Back to these words").click(), /done=/);
      assert.equal(await page.getByText("own words").count(), 0);
      assert.match(await hears(), /Welcome\. This line connects you/);
    });
  });

  test(`${how}: the words of all lines are changed and brought back to those that came`, async () => {
    await at("/prompts?edit=forward_welcome&search=greeting", { script }, async (window) => {
      await window.field(WELCOME).fill("Good day.");
      await leads(window, () => window.button("Save").click(), /done=/);
      assert.match(await hears(), /Good day\./);
      await leads(window, () => window.link(`Change ${WELCOME}`).click(), /edit=/);
      await window.heading("As it came with this release").waitFor();
      await leads(window, () => window.button("Back to these words").click(), /done=/);
      assert.match(await hears(), /Welcome\. This line connects you/);
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
    const unseen = [];
    const goTo = async (name, most = 40) => {
      const stops = [];
      for (let n = 0; n < most; n += 1) {
        await page.keyboard.press("Tab");
        const stop = await window.focus();
        stops.push(stop.name);
        if (!stop.isVisible) unseen.push(`${stop.tag} ${stop.name}`);
        if (stop.name === name) return;
      }
      assert.fail(`${name} is not within ${most} stops: ${stops}`);
    };
    await goTo("Change Thanks for the answers: a kind end.");
    await page.keyboard.press("Enter");
    await page.waitForURL(/edit=survey_thanks/);
    const text = window.field("Thanks for the answers: a kind end.");
    await page.locator("textarea:focus").waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Thanks a lot. Goodbye.");
    assert.equal(await text.inputValue(), "Thanks a lot. Goodbye.");
    await goTo("Save");
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=survey_thanks/);
    await page.getByText("Thanks a lot. Goodbye.").waitFor();

    assert.deepEqual(unseen, []);
  });
});

const PAGES = [
  { name: "prompts", address: "/prompts" },
  { name: "prompts-japanese", address: "/prompts?line=senators-ja&search=line_opens" },
  { name: "prompts-edit", address: "/prompts?line=senators&search=office&edit=connecting" },
  { name: "prompts-none-found", address: "/prompts?search=nowhere" },
];

for (const look of ["wide", "narrow", "dark"]) {
  for (const { name, address } of PAGES) {
    test(`${name}, ${look}: has no barrier that axe finds, and fits the screen`, async () => {
      await at(address, { look }, async (window) => {
        if (look === "narrow") await window.page.setViewportSize({ width: 360, height: 780 });
        await window.keepsPicture(`${name}-${look}`);

        assert.deepEqual(await window.barriers(), []);
        await window.fits();
      });
    });
  }
}
