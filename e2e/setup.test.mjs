// The way to a real account: what is checked, and numbers that are pointed at lines, against the local carrier.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { PASSWORD } from "./lib/admins.mjs";
import { startBrowser, withWindow } from "./lib/browser.mjs";
import { startCarrier } from "./lib/carrier-program.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

const FREE = "+13125550177";
const SHOP = "+13125550178";
const DEMO = "https://demo.twilio.com/welcome/voice/";

let browser;
let carrier;
let switchboard;
let ada;

before(async () => {
  carrier = await startCarrier({ clock: "real", numbers: { [FREE]: DEMO, [SHOP]: "https://shop.example.com/voice" } });
  switchboard = await startSwitchboard({ variables: { TWILIO_API_BASE: carrier.base } });
  ada = await switchboard.addUser("ada", { name: "Ada Min", role: "admin", password: PASSWORD });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await switchboard?.remove();
  await carrier?.stop();
});

const at = ({ as = ada, ...options }, use) =>
  withWindow(browser, switchboard, { ...options, as }, async (window) => {
    await window.goes("/setup");
    await use(window);
  });

/** The card of a number. */
const card = (window, number) => window.page.locator(".setup-numbers article", { hasText: number });
/** The card of a check. */
const check = (window, name) =>
  window.page.locator(".setup-checks article", { has: window.page.getByRole("heading", { name, exact: true }) });

for (const script of [true, false]) {
  const how = script ? "with scripts" : "without scripts";

  test(`${how}: a number is pointed at a line, and what it pointed at is put back`, async () => {
    await at({ script }, async (window) => {
      const mine = card(window, "(312) 555-0177");
      await mine.getByText(`It points at another program, ${DEMO}`).waitFor();
      await mine.getByLabel("Line", { exact: true }).selectOption({ label: "Phone home" });
      await mine.getByRole("button", { name: /^Point it at the line/ }).click();
      await mine.getByText("It points at the line “Phone home”").waitFor();
      await mine.getByText(/Before, it pointed at another program, .*Changed by ada/).waitFor();
      assert.match(window.path, /^\/setup\?number=PN/);

      await window.isAlive();
      await mine.getByRole("button", { name: /^Put back/ }).click();
      await mine.getByText(`It points at another program, ${DEMO}`).waitFor();
      assert.equal(await mine.getByRole("button", { name: /^Put back/ }).count(), 0);
    });
  });

  test(`${how}: one thing is checked again`, async () => {
    await at({ script }, async (window) => {
      const account = check(window, "Account");
      await account.getByText("is active.").waitFor();
      await carrier.fails("unauthorized", script ? 1 : 50);
      await account.getByRole("button", { name: /^Check again/ }).click();
      await account.getByText("does not accept the account's SID with the auth token").waitFor();
      await carrier.fails("unauthorized", 0);
      await window.isAlive();
      await account.getByRole("button", { name: /^Check again/ }).click();
      await account.getByText("is active.").waitFor();
    });
  });
}

test("what is wrong comes first, with what to do about it", async () => {
  await at({}, async (window) => {
    const groups = await window.texts(".page--setup section > h2");
    assert.equal(groups[0], "Wrong");
    assert.equal(groups.at(-1), "Numbers of the account");
    await check(window, "Public address").getByText("What to do:").waitFor();
    await check(window, "Reached from outside").getByText("This server answers at").waitFor();
    await check(window, "Signatures").getByText("Its signature holds").waitFor();
  });
});

test("who comes second is told, and chooses again", async () => {
  await at({ expect: [/409/] }, async (window) => {
    const mine = card(window, "(312) 555-0178");
    await switchboard.command(["numbers", "point", SHOP, "support"]);

    await mine.getByLabel("Line", { exact: true }).selectOption({ label: "Phone home" });
    await mine.getByRole("button", { name: /^Point it at the line/ }).click();

    await window.page.getByText("The number was changed meanwhile: it points at the line “Support”").waitFor();
    await switchboard.command(["numbers", "put-back", SHOP]);
  });
});

test("by keyboard alone: check again, choose a line, point, put back", async () => {
  await at({}, async (window) => {
    const { page } = window;
    await window.tabsTo(/^Check again ?: Clock/);
    await page.keyboard.press("Enter");
    await check(window, "Clock").getByText(/^Checked again/).waitFor();
    await window.tabsTo(/^Line$/);
    await page.keyboard.type("Phone");
    await window.tabsTo(/^Point it at the line ?: .*0177/);
    await page.keyboard.press("Enter");
    await card(window, "(312) 555-0177").getByText("It points at the line “Phone home”").waitFor();
    await window.tabsTo(/^Put back/);
    await page.keyboard.press("Enter");
    await card(window, "(312) 555-0177").getByText(`It points at another program, ${DEMO}`).waitFor();
  });
});

for (const look of ["wide", "narrow", "dark"]) {
  test(`${look}: has no barrier that axe finds, and fits the screen`, async () => {
    await switchboard.command(["numbers", "point", FREE, "planets"]);
    await at({ look }, async (window) => {
      if (look === "narrow") await window.page.setViewportSize({ width: 360, height: 780 });
      await window.page.locator("details.setup-paper summary").first().click();

      assert.deepEqual(await window.barriers(), []);
      await window.isNoWider();
      await window.keepsPicture(`setup-${look}`);
    });
    await switchboard.command(["numbers", "put-back", FREE]);
  });
}

test("a demonstration says that it is one, and checks its own carrier", async () => {
  const demonstration = await startSwitchboard({ demonstration: true });
  try {
    await withWindow(browser, demonstration, {}, async (window) => {
      await window.goes("/login");
      const [tab] = await Promise.all([
        window.page.context().waitForEvent("page"),
        window.page.getByRole("button", { name: "Enter as Admin" }).click(),
      ]);
      await tab.goto(new URL("/setup", tab.url()).href);
      await tab.getByText("This is a demonstration.", { exact: true }).waitFor();
      for (const words of [
        "The account “The local carrier” is active.",
        "is for this machine alone, as it has to be in a demonstration",
        "leads here: browsers can call out",
      ]) {
        await tab.getByText(words).first().waitFor();
      }
    });
  } finally {
    await demonstration.remove();
  }
});
