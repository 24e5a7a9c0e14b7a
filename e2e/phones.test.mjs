// Pretend telephones: whole calls over the local carrier, as somebody at a browser makes them.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { LOOKS, startBrowser, withWindow } from "./lib/browser.mjs";
import { until } from "./lib/poll.mjs";
import { menu, planets, regionOf, senatorsOf, words } from "./lib/seeds.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

/** What is said takes its time: the longest announcement before an office rings. */
const PATIENCE = { timeout: 60_000 };
const [FIRST, SECOND] = senatorsOf("IL");

let browser;
let switchboard;
let sue;

before(async () => {
  switchboard = await startSwitchboard({ demonstration: true });
  sue = await switchboard.addUser("sue", { name: "Sue", role: "supervisor", password: "correct horse battery" });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await switchboard?.remove();
});

/** A window on the telephones. */
const atPhones = (options, use) =>
  withWindow(browser, switchboard, options, async (window) => {
    await window.goes("/phones");
    await use(window, new Table(window));
  });

/** The page's telephones, by who holds them. A name that called before is the latest. */
class Table {
  constructor(window) {
    this.window = window;
    this.page = window.page;
  }

  phone = (holder) => this.page.getByRole("article", { name: holder, exact: true }).first();
  button = (holder, name) => this.phone(holder).getByRole("button", { name, exact: true });
  heard = (holder, text) => this.phone(holder).getByRole("log").getByText(text).last();

  async calls(line) {
    const before = await this.page.getByRole("article").count();
    await this.page.getByRole("radio", { name: line }).check();
    await this.window.button("Call").click();
    await this.page.getByRole("article").nth(before).waitFor();
  }

  /** Waits until a telephone shows something; without scripts by looking again. */
  async sees(locator) {
    if (this.window.script) return locator.waitFor(PATIENCE);
    const end = Date.now() + PATIENCE.timeout;
    while (!(await locator.isVisible())) {
      assert.ok(Date.now() < end, `waited for ${locator}`);
      await this.window.link("Look again").click();
    }
  }

  async isAnswered(holder) {
    await this.sees(this.button(holder, "Answer"));
    await this.button(holder, "Answer").click();
    await this.sees(this.button(holder, "Hang up"));
  }

  async hangsUp(holder) {
    await this.button(holder, "Hang up").click();
    await this.sees(this.button(holder, "Put away"));
  }
}

for (const script of [true, false]) {
  const how = script ? "with scripts" : "without scripts";

  test(`${how}: a caller from Illinois reaches both senators, and the call's page tells it`, async () => {
    await atPhones({ script }, async (window, table) => {
      await table.calls("Call Congress +1 (202) 555-0100");
      await table.sees(table.heard("Ida", regionOf("IL").name));
      assert.deepEqual(await window.texts(".verb--at-work .verb-mark"), ["at work"]);

      if (script) {
        await window.page.locator("article:focus").waitFor();
        await window.page.keyboard.press("1");
      } else {
        await table.button("Ida", "1").click();
      }
      await table.isAnswered(FIRST.name);
      await table.hangsUp(FIRST.name);
      await table.isAnswered(SECOND.name);
      await table.hangsUp(SECOND.name);
      await table.sees(table.heard("Ida", words("forward_goodbye")));
      await table.sees(table.button("Ida", "Put away"));

      const call = await table.phone("Ida").getByRole("link", { name: "The call’s own page" }).getAttribute("href");
      await window.signsIn(sue, `/login?next=${call}`);
      assert.equal(window.path, call);
      assert.deepEqual(await window.texts(".offices-name"), [FIRST.name, SECOND.name]);
      assert.deepEqual(await window.texts(".page-head .state"), ["Connected"]);
    });
  });
}

test("the phone tree leads to a planet, which hears and is heard", async () => {
  const planet = planets[0];
  await atPhones({}, async (window, table) => {
    await table.calls("Phone home");
    await table.sees(table.heard("Ida", menu.prompt.en.slice(0, 20)));
    await table.button("Ida", "2").click();
    await table.sees(table.heard("Ida", menu.choices["2"].to.intro.en.slice(0, 20)));
    await table.button("Ida", planet.position).click();
    await table.isAnswered(planet.name);

    await table.phone(planet.name).getByLabel("Say something").fill("Who is there?");
    await table.button(planet.name, "Say").click();
    await table.sees(table.heard("Ida", "Who is there?"));
    const field = table.phone(planet.name).getByLabel("Say something");
    await until("the field to be emptied", async () => (await field.inputValue()) === "");
    await table.hangsUp("Ida");
    await table.sees(table.button(planet.name, "Put away"));
    await table.button(planet.name, "Put away").click();
    await table.phone(planet.name).waitFor({ state: "detached" });
  });
});

test("a number with a habit needs nobody", async () => {
  await atPhones({}, async (window, table) => {
    await window.page.getByText("Give a number a habit").click();
    await window.page.locator("#habit-number").fill(FIRST.phone);
    await window.field("When it rings").selectOption({ label: "Be busy" });
    await window.button("Keep").click();
    const habit = window.page.locator(".habit", { hasText: `${FIRST.name} is busy.` });
    await habit.waitFor();

    await table.calls("Call Congress +1 (202) 555-0100");
    await table.sees(table.heard("Ida", regionOf("IL").name));
    await table.button("Ida", "1").click();
    await table.sees(table.button(SECOND.name, "Decline"));
    await table.button(SECOND.name, "Decline").click();
    await table.sees(table.heard("Ida", words("forward_goodbye")));
    await table.sees(table.button("Ida", "Put away"));
    await window.button("Ask me again").click();
    await habit.waitFor({ state: "detached" });
  });
});

test("callers to try fill the form, and what is wrong with it stands beside its field", async () => {
  await atPhones({ expect: [/422/] }, async (window) => {
    await window.page.getByRole("link", { name: /^Nia/ }).click();
    await window.page.waitForURL(/caller=nia/);
    assert.equal(await window.field("City").inputValue(), "London");

    await window.page.locator("#from").fill("911");
    await window.button("Call").click();
    await window.page.locator("#from-problem").waitFor();
    assert.equal(await window.page.locator("#from").getAttribute("aria-invalid"), "true");
  });
});

test("two windows show the same, and say so when the server is gone", async () => {
  const gone = [/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/, /request: .*\/live/];
  await atPhones({ expect: gone }, async (one, table) => {
    await atPhones({ expect: gone }, async (other, mirror) => {
      await table.calls("Phone home");
      await mirror.sees(mirror.button("Ida", "Hang up"));
      await mirror.hangsUp("Ida");
      await table.sees(table.button("Ida", "Put away"));

      await switchboard.stop();
      try {
        await one.page.getByText("Reconnecting…").waitFor(PATIENCE);
      } finally {
        await switchboard.start();
      }
      await one.page.getByText("Live", { exact: true }).waitFor(PATIENCE);
      await table.phone("Ida").waitFor({ state: "detached" });
      await other.page.getByText("Live", { exact: true }).waitFor(PATIENCE);
    });
  });
});

for (const look of Object.keys(LOOKS)) {
  test(`${look}: the telephones can be used by everybody`, async () => {
    await atPhones({ look }, async (window, table) => {
      await window.page.getByText("Live", { exact: true }).waitFor();
      assert.deepEqual(await window.barriers(), []);
      await table.calls("Call Congress, in Spanish");
      await table.sees(table.phone("Ida").locator(".line--heard").first());
      assert.equal(await table.phone("Ida").locator(".line-words").first().getAttribute("lang"), "es-US");
      await table.button("Ida", "1").click();
      await table.sees(table.button(FIRST.name, "Answer"));
      assert.deepEqual(await window.barriers(), []);
      await window.isNoWider();
      await window.keepsPicture(`phones-${look}`);
      await table.hangsUp("Ida");
      assert.deepEqual(await window.barriers(), []);
    });
  });
}
