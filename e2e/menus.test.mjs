// Menus as an admin keeps them: written, tried, put live, heard on a pretend phone, and taken back.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { startBrowser, withWindow } from "./lib/browser.mjs";
import { Call } from "./lib/caller.mjs";
import { menu, words } from "./lib/seeds.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

const PASSWORD = "a long sentence about calls";
const LINE = "+12025550101";
const GREETING = menu.prompt.en;

/** What is said takes its time. */
const PATIENCE = { timeout: 60_000 };

let browser;
let switchboard;
const people = {};

before(async () => {
  switchboard = await startSwitchboard({ demonstration: true });
  for (const [userName, name, role] of [
    ["ada", "Ada Min", "admin"],
    ["amy", "Amy Min", "admin"],
    ["sue", "Sue Visor", "supervisor"],
  ]) {
    people[userName] = await switchboard.addUser(userName, { name, role, password: PASSWORD });
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

/** Presses something after which another page or another state of it is there. */
async function leads(window, press, to) {
  await press();
  await window.page.waitForURL(to);
  await window.isAlive();
}

const row = (window, legend) => window.page.getByRole("group", { name: legend, exact: true });
const inRow = (window, legend, label) => row(window, legend).getByLabel(label, { exact: true });
const saves = (window) => leads(window, () => window.button("Save the place").click(), /saved=/);

/** What the next caller hears first. */
async function hears(greeting) {
  const call = await new Call(switchboard, { from: "+19075550123", to: LINE }).dials("/line/planets");
  assert.ok(call.heard.includes(greeting), `${greeting} is in ${call.heard}`);
  await call.hangsUp();
}

/** Makes the version live again that was installed. */
async function isAsInstalled() {
  await at("/menus/planets/history", {}, async (window) => {
    await leads(window, () => window.button("Make version 1 live again").click(), /live=/);
  });
  await hears(GREETING);
}

for (const script of [true, false]) {
  const how = script ? "with scripts" : "without scripts";

  test(`${how}: a menu is edited, its faults are named, and it is heard when it goes live`, async () => {
    await hears(GREETING);
    await at("/menus", { script }, async (window) => {
      const { page } = window;
      await leads(window, () => window.link("Phone home").click(), /planets$/);
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
      await leads(window, () => page.locator(".heed--bad").getByRole("link").first().click(), /place=opening-hours/);
      await page.getByRole("heading", { name: "Opening hours" }).waitFor();
      await window.field("What callers hear, English").fill("We are always open.");
      await inRow(window, "Another key", "Key").fill("1");
      await inRow(window, "Another key", "Leads to").selectOption("The place before");
      await saves(window);

      await page.getByText("Added.").waitFor();
      await window.field("A note for the others").fill("With hours");
      await leads(window, () => window.button("Go live").click(), /live=/);
      await page.getByText(/Version \d+ is live. It counts for the next caller/).waitFor();
    });
    await hears(`Welcome home, ${how}.`);
    await at("/menus/planets/history", { script }, async (window) => {
      const latest = window.page.locator(".past-change").first();
      assert.match(await latest.innerText(), /Live.*With hours.*It says in English: “Welcome home/s);
      await leads(window, () => window.button("Make version 1 live again").click(), /live=/);
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
    await leads(window, () => window.button("Try it on a pretend phone").click(), /phones\?phone=/);
    await heard("A trial for you alone.");
    await page.getByRole("button", { name: "Hang up", exact: true }).first().click();

    await page.getByRole("radio", { name: /Phone home/ }).check();
    await window.button("Call").click();
    await heard(GREETING);
    await page.getByRole("button", { name: "Hang up", exact: true }).first().click();
    await window.goes("/menus/planets");
    await leads(window, () => window.button("Go live").click(), /live=/);
    await window.goes("/phones");
    await page.getByRole("radio", { name: /Phone home/ }).check();
    await window.button("Call").click();
    await page.getByText("A trial for you alone.").nth(1).waitFor(PATIENCE);
  });
  await isAsInstalled();
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
      await leads(second, () => second.button("Save mine all the same").click(), /saved=/);
      await second.page.getByText("Saved. Callers hear it when the draft goes live.").waitFor();
    });
  });
  await hears(GREETING);
});

test("a menu is begun, and deleted again", async () => {
  await at("/menus", {}, async (window) => {
    await window.field("Name").fill("City hall");
    await leads(window, () => window.button("Begin it").click(), /city-hall$/);
    await window.page.getByText("No line uses it yet.").waitFor();
    await window.goes("/menus");
    await leads(window, () => window.button("Delete City hall").click(), /deleted=city-hall/);
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
    const unseen = [];
    const goTo = async (name, most = 80) => {
      const stops = [];
      for (let n = 0; n < most; n += 1) {
        await page.keyboard.press("Tab");
        const stop = await window.focus();
        stops.push(stop.name);
        if (!stop.isVisible) unseen.push(`${stop.tag} ${stop.name}`);
        if (stop.name.startsWith(name)) return;
      }
      assert.fail(`${name} is not within ${most} stops: ${stops}`);
    };
    await goTo("What callers hear, English");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("By keyboard alone.");
    await goTo("Save the place");
    await page.keyboard.press("Enter");
    await page.waitForURL(/saved=/);
    await page.getByText("Saved. Callers hear it").waitFor();
    const trial = page.locator("#try");
    await trial.getByText("By keyboard alone.").waitFor();
    await goTo("1");
    await page.keyboard.press("2");
    await trial.getByText("In a list of start.").waitFor();
    await page.keyboard.press("*");
    await trial.getByText("At start.").waitFor();

    assert.deepEqual(unseen, []);
  });
});

/** Every page of the menus in every state worth looking at. */
const PAGES = [
  { name: "menus", address: "/menus" },
  { name: "menu", address: "/menus/planets" },
  {
    name: "menu-faults",
    address: "/menus/planets",
    async then(window) {
      await inRow(window, "Another key", "Key").fill("1");
      await inRow(window, "Another key", "Leads to").selectOption("A number");
      await saves(window);
      await window.page.getByText("faults keep the draft from going live").waitFor();
    },
  },
  { name: "menu-versions", address: "/menus/planets/history" },
];

for (const look of ["wide", "narrow", "dark"]) {
  for (const { name, address, then } of PAGES) {
    test(`${name}, ${look}: has no barrier that axe finds, and fits the screen`, async () => {
      await withWindow(browser, switchboard, { look, as: people.ada }, async (window) => {
        if (look === "narrow") await window.page.setViewportSize({ width: 360, height: 780 });
        await window.goes(address);
        await then?.(window);
        if (address === "/menus/planets") await window.page.locator("#try .trial-stands").waitFor();
        await window.keepsPicture(`${name}-${look}`);

        assert.deepEqual(await window.barriers(), []);
        const [wide, room] = await window.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(wide <= room, `the page is ${wide} pixels wide on a screen of ${room}`);
        const small = await window.page.evaluate(() =>
          [...document.querySelectorAll("main :is(button, input:not([type=hidden], [type=radio], [type=checkbox]), select, nav a, a.button)")]
            .filter((element) => element.checkVisibility())
            .map((element) => [element, element.getBoundingClientRect()])
            .filter(([, { width, height }]) => width < 24 || height < 24)
            .map(([element, { width, height }]) => `${element.outerHTML.slice(0, 80)}: ${width} × ${height}`),
        );
        assert.deepEqual(small, []);
      });
    });
  }
}
