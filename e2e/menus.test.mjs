// Menus as an admin keeps them: written, tried, put live, heard on a pretend phone, and taken back.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { looksAtEach, startAdmins } from "./lib/admins.mjs";
import { Call } from "./lib/caller.mjs";
import { menu, words } from "./lib/seeds.mjs";

const LINE = "+12025550101";
const GREETING = menu.prompt.en;

/** What is said takes its time. */
const PATIENCE = { timeout: 60_000 };

let desk;

before(async () => {
  desk = await startAdmins({ demonstration: true });
});
after(() => desk?.close());

const at = (...window) => desk.at(...window);

const row = (window, legend) => window.page.getByRole("group", { name: legend, exact: true });
const inRow = (window, legend, label) => row(window, legend).getByLabel(label, { exact: true });
const saves = (window) => window.leads(() => window.button("Save the place").click(), /saved=/);

/** What the next caller hears first. */
async function hears(greeting) {
  const call = await new Call(desk.switchboard, { from: "+19075550123", to: LINE }).dials("/line/planets");
  assert.ok(call.heard.includes(greeting), `${greeting} is in ${call.heard}`);
  await call.hangsUp();
}

/** Makes the version live again that was installed. */
async function isAsInstalled() {
  await at("/menus/planets/history", {}, async (window) => {
    await window.leads(() => window.button("Make version 1 live again").click(), /live=/);
  });
  await hears(GREETING);
}

for (const script of [true, false]) {
  const how = script ? "with scripts" : "without scripts";

  test(`${how}: a menu is edited, its faults are named, and it is heard when it goes live`, async () => {
    await hears(GREETING);
    await at("/menus", { script }, async (window) => {
      const { page } = window;
      await window.leads(() => window.link("Phone home").click(), /planets$/);
      await page.locator(".outline li").nth(2).waitFor();
      assert.deepEqual(await window.texts(".outline li"), [
        "start",
        "Keys 1: 1 Directions to the extraction point → announcement",
        "Keys 2: 2 Planets → list Planets",
      ]);

      await window.field("What callers hear, English").fill(`Welcome home, ${how}.`);
      await inRow(window, "Key 2", "Key").fill("1");
      await inRow(window, "Another key", "Key").fill("5");
      await inRow(window, "Another key", "What it is").fill("Opening hours");
      await inRow(window, "Another key", "Leads to").selectOption("A new place, made for it");
      await saves(window);
      await page.getByText("faults keep the draft from going live").waitFor();
      // What was typed stands in its own row, and nowhere else.
      assert.equal(await inRow(window, "Key 5", "Key").inputValue(), "5");
      assert.equal(await inRow(window, "Another key", "What it is").inputValue(), "");
      const faults = (await window.texts(".heed--bad li")).join("\n");
      for (const fault of [
        "start, key 1: The key 1 stands here twice. Give one of them another key.",
        "Opening hours: Nothing is said here in English. Write the prompt.",
        "Opening hours: Nothing leads on from here. Add a key.",
      ]) {
        assert.ok(faults.includes(fault), `${fault} is in ${faults}`);
      }
      assert.equal(await window.button("Go live").count(), 0);
      await hears(GREETING);

      await page.locator(".key-row", { hasText: "stands here twice" }).getByLabel("Key", { exact: true }).fill("2");
      await saves(window);
      await page.getByText("stands here twice").first().waitFor({ state: "detached" });
      await window.leads(() => page.locator(".heed--bad").getByRole("link").first().click(), /place=opening-hours/);
      await page.getByRole("heading", { name: "Opening hours" }).waitFor();
      await window.field("What callers hear, English").fill("We are always open.");
      await inRow(window, "Another key", "Key").fill("1");
      await inRow(window, "Another key", "Leads to").selectOption("The place before");
      await saves(window);

      await page.getByText("Added.").waitFor();
      await window.field("A note for the others").fill("With hours");
      await window.leads(() => window.button("Go live").click(), /live=/);
      await page.getByText(/Version \d+ is live. It counts for the next caller/).waitFor();
    });
    await hears(`Welcome home, ${how}.`);
    await at("/menus/planets/history", { script }, async (window) => {
      const latest = window.page.locator(".past-change").first();
      assert.match(await latest.innerText(), /Live.*With hours.*It says in English: “Welcome home/s);
      await window.leads(() => window.button("Make version 1 live again").click(), /live=/);
    });
    await hears(GREETING);
  });

  test(`${how}: a draft is tried in the page by its keys`, async () => {
    await at("/menus/planets", { script }, async (window) => {
      const { page } = window;
      const trial = page.locator("#try");
      const presses = async (name, then) => {
        await trial.getByRole("button", { name, exact: true }).click();
        await trial.getByText(then).last().waitFor();
      };
      await trial.getByText(GREETING).waitFor();
      await presses("2", "In a list of start.");
      await trial.getByText(menu.choices["2"].to.intro.en).waitFor();
      await presses("3", "Dagobah is being called.");
      await presses("It is busy", "In a list of start.");
      await presses("Star", "At start.");
      // What was reached counts before what was told.
      await presses("1", "The call is over. Nobody was reached.");
      await presses("Begin again", "At start.");
      assert.equal(await trial.locator(".trial-scenes li").count(), 1);
    });
  });
}

test("a draft is called from a pretend phone before it is live, and the line after", async () => {
  await at("/menus/planets", {}, async (window) => {
    const { page } = window;
    const heard = (text) => page.getByRole("log").getByText(text).last().waitFor(PATIENCE);
    await window.field("What callers hear, English").fill("A trial for you alone.");
    await saves(window);
    await window.leads(() => window.button("Try it on a pretend phone").click(), /phones\?phone=/);
    await heard("A trial for you alone.");
    await page.getByRole("button", { name: "Hang up", exact: true }).first().click();

    await page.getByRole("radio", { name: /Phone home/ }).check();
    await window.button("Call").click();
    await heard(GREETING);
    await page.getByRole("button", { name: "Hang up", exact: true }).first().click();
    await window.goes("/menus/planets");
    await window.leads(() => window.button("Go live").click(), /live=/);
    await window.goes("/phones");
    await page.getByRole("radio", { name: /Phone home/ }).check();
    await window.button("Call").click();
    await page.getByText("A trial for you alone.").nth(1).waitFor(PATIENCE);
  });
  await isAsInstalled();
});

test("what is typed and not saved stays while other places and pages are looked at, and the browser asks before it goes", async () => {
  await at("/menus", {}, async (window) => {
    const { page } = window;
    const outline = page.locator(".outline");
    const prompt = window.field("What callers hear, English");
    const notSaved = page.getByText("What you typed here is not saved.");
    // By keyboard, as a click does it too.
    const looksAt = (place) =>
      window.leads(() => outline.locator(`a[href$="place=${place}"]`).first().press("Enter"), new RegExp(`place=${place}`));
    await window.field("Name").fill("Night desk");
    await window.leads(() => window.button("Begin it").click(), /night-desk$/);
    const start = new URL(await outline.getByRole("link").first().getAttribute("href"), page.url()).searchParams.get("place");
    await window.field("Another place").fill("Opening times");
    await window.leads(() => window.button("Add the place").click(), /place=opening-times/);
    // Until it is shown, the beginning stands there as it was before.
    await page.locator("#place-title").getByText("Opening times").waitFor();
    await looksAt(start);
    await page.locator("#place-title").getByText("callers begin here").waitFor();

    await prompt.fill("Typed, and not saved.");
    await inRow(window, "Another key", "Key").fill("7");
    await inRow(window, "Another key", "Leads to").selectOption("Opening times");
    await notSaved.waitFor();
    assert.equal(await outline.getByText("not saved").count(), 1);
    await looksAt("opening-times");
    await page.locator("#place-title").getByText("Opening times").waitFor();
    assert.equal(await prompt.inputValue(), "", "it is of another place");
    assert.equal(await notSaved.count(), 0);
    await window.link("Menus").first().click();
    await window.leads(() => window.link("Night desk").click(), /night-desk$/);
    await notSaved.waitFor();
    assert.equal(await prompt.inputValue(), "Typed, and not saved.");
    assert.equal(await inRow(window, "Key 7", "Key").inputValue(), "7");
    assert.equal(await inRow(window, "Key 7", "Leads to").locator("option:checked").innerText(), "Opening times");

    const asked = new Promise((resolve) => {
      page.once("dialog", async (dialog) => {
        await dialog.dismiss();
        resolve(dialog.type());
      });
    });
    await page.evaluate(() => setTimeout(() => location.reload()));
    assert.equal(await asked, "beforeunload");
    assert.equal(await prompt.inputValue(), "Typed, and not saved.");

    await window.button("Throw it away").click();
    await notSaved.waitFor({ state: "detached" });
    assert.equal(await prompt.inputValue(), "");
    assert.equal(await outline.getByText("not saved").count(), 0);
    await prompt.fill("Typed, and saved.");
    await notSaved.waitFor();
    await saves(window);
    await page.getByText("Saved. Callers hear it when the draft goes live.").waitFor();
    assert.equal(await notSaved.count(), 0);
    await window.goes("/menus/night-desk");
    assert.equal(await prompt.inputValue(), "Typed, and saved.");

    // It goes with its place: another one of that name has nothing of it.
    await looksAt("opening-times");
    await page.locator("#place-title").getByText("Opening times").waitFor();
    await prompt.fill("Typed into what is removed.");
    await notSaved.waitFor();
    await window.leads(() => window.button("Remove the place").click(), /night-desk\?saved=/);
    await page.locator("#place-title").getByText("callers begin here").waitFor();
    await window.field("Another place").fill("Opening times");
    await window.leads(() => window.button("Add the place").click(), /place=opening-times/);
    await page.locator("#place-title").getByText("Opening times").waitFor();
    assert.equal(await prompt.inputValue(), "");
    assert.equal(await notSaved.count(), 0);
    await window.goes("/menus");
    await window.leads(() => window.button("Delete Night desk").click(), /deleted=night-desk/);
  });
});

test("of two who write one place the second is told, and can save all the same", async () => {
  await at("/menus/planets", {}, async (first) => {
    await at("/menus/planets", { as: "amy", expect: [/409/] }, async (second) => {
      await first.field("What callers hear, English").fill("Ada's words.");
      await saves(first);

      await second.field("What callers hear, English").fill("Amy's words.");
      await second.button("Save the place").click();

      await second.page.getByText(/Meanwhile ada saved this place.*Yours is not saved.*“Amy's words.”, said “Ada's words.”/).waitFor();
      assert.equal(await second.field("What callers hear, English").inputValue(), "Amy's words.");
      await second.leads(() => second.button("Save mine all the same").click(), /saved=/);
      await second.page.getByText("Saved. Callers hear it when the draft goes live.").waitFor();
    });
  });
  await hears(GREETING);
});

test("a menu is begun, and deleted again", async () => {
  await at("/menus", {}, async (window) => {
    await window.field("Name").fill("City hall");
    await window.leads(() => window.button("Begin it").click(), /city-hall$/);
    await window.page.getByText("No line uses it yet.").waitFor();
    await window.goes("/menus");
    await window.leads(() => window.button("Delete City hall").click(), /deleted=city-hall/);
    await window.page.getByText("Deleted city-hall.").waitFor();
    assert.equal(await window.link("City hall").count(), 0);
  });
});

test("the menus are for admins alone", async () => {
  await at("/menus/planets", { as: "sue", expect: [/403/] }, async (window) => {
    await window.heading("Not open to your role").waitFor();
  });
});

test("a place is written, tried and saved by keyboard alone, with the focus in sight", async () => {
  await at("/menus/planets", {}, async (window) => {
    const { page } = window;
    await window.tabsTo(/^What callers hear, English/);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("By keyboard alone.");
    await window.tabsTo(/^Save the place/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/saved=/);
    await page.getByText("Saved. Callers hear it").waitFor();
    const trial = page.locator("#try");
    await trial.getByText("By keyboard alone.").waitFor();
    await window.tabsTo(/^1/);
    await page.keyboard.press("2");
    await trial.getByText("In a list of start.").waitFor();
    await page.keyboard.press("*");
    await trial.getByText("At start.").waitFor();
  });
});

const trialStands = (window) => window.page.locator("#try .trial-stands").waitFor();

/** Every page of the menus in every state worth looking at. */
const PAGES = [
  { name: "menus", address: "/menus" },
  { name: "menu", address: "/menus/planets", then: trialStands },
  {
    name: "menu-faults",
    address: "/menus/planets",
    async then(window) {
      await inRow(window, "Another key", "Key").fill("1");
      await inRow(window, "Another key", "Leads to").selectOption("A number");
      await saves(window);
      await window.page.getByText("faults keep the draft from going live").waitFor();
      await trialStands(window);
    },
  },
  { name: "menu-versions", address: "/menus/planets/history" },
];

looksAtEach(PAGES, at);
