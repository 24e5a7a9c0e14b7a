// The board: a supervisor sees callers and agents as they come and go, and puts agents right.

import assert from "node:assert/strict";
import http from "node:http";
import test, { after, before } from "node:test";

import { LOOKS, startBrowser, withWindow } from "./lib/browser.mjs";
import { CarrierControl } from "./lib/carrier-control.mjs";
import { signIn } from "./lib/desk.mjs";
import { form } from "./lib/http.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

const SUPPORT = "+12025550104";
const IDA = "+13125550123";
const PASSWORD = "correct horse battery";

let browser;
let switchboard;
let carrier;
let people;
let agent;

before(async () => {
  switchboard = await startSwitchboard({ demonstration: true });
  const add = (userName, name, role) => switchboard.addUser(userName, { name, role, password: PASSWORD });
  people = { ana: await add("ana", "Ana Agent", "agent"), sue: await add("sue", "Sue Visor", "supervisor") };
  carrier = new CarrierControl(switchboard.account, switchboard.output.match(/REST and control API are at (http:\S+)/)[1]);
  agent = await Agent.signsIn(people.ana);
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  agent?.leaves();
  await switchboard?.remove();
});

/** An agent whose browser says that it has a phone that can ring; the carrier knows of none. */
class Agent {
  static async signsIn(person) {
    const { cookie } = await signIn(switchboard, person);
    const agent = new Agent();
    agent.cookie = cookie;
    return agent;
  }

  /** Opens the feed and answers each ping. */
  comes() {
    const { hostname, port } = new URL(switchboard.local);
    const headers = { Cookie: this.cookie };
    return new Promise((resolve, reject) => {
      this.feed = http.get({ hostname, port, path: "/live", headers, agent: false }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (more) => {
          text += more;
          const messages = text.split("\n\n");
          text = messages.pop();
          for (const message of messages) {
            const ping = /^event: ping$/m.test(message) && JSON.parse(message.match(/^data: (.*)$/m)[1]);
            if (ping) this.says("/live/pong?" + form({ connection: ping.connection, registered: 1, microphone: 1 })).then(resolve, reject);
          }
        });
        response.on("error", () => {});
      });
      this.feed.on("error", reject);
    });
  }

  leaves() {
    this.feed?.destroy();
  }

  async chooses(status) {
    const answer = await this.says("/api/console/status", form({ status }));
    assert.equal(answer.status, 200, answer.body);
  }

  says(target, body = "") {
    const headers = { Cookie: this.cookie, "Content-Type": "application/x-www-form-urlencoded" };
    return switchboard.send({ method: "POST", target, headers, body });
  }
}

/** A supervisor's window on the board. */
const board = (options, use) =>
  withWindow(browser, switchboard, { as: people.sue, ...options }, async (window) => {
    await window.goes("/board");
    await use(window, {
      agent: window.page.locator('tr[data-agent="ana"]'),
      waiting: window.page.locator(".row--waiting"),
      isShown: (text) => window.page.locator('tr[data-agent="ana"] .state', { hasText: text }).waitFor(),
      stands: (word) => window.page.locator(`tr[data-agent="ana"][data-status="${word}"]`).waitFor(),
    });
  });

/** Opens the menu of the agent's row and chooses. */
async function changes({ agent }, word) {
  await agent.locator("summary").click();
  await agent.getByRole("button", { name: word, exact: true }).click();
}

const figure = (window, name) => window.page.locator(".figure", { has: window.page.getByText(name, { exact: true }) }).locator(".figure-value");

test("a supervisor sees a caller come, wait and go, and an agent change, without loading the page", async () => {
  await agent.chooses("away-break");
  await board({}, async (window, row) => {
    await row.isShown("Away: break");
    assert.equal(await row.waiting.count(), 0);

    // It stands there for a second: whoever begins to look later may miss it.
    const ticks = row.waiting.getByText("0:02").waitFor();
    const leg = await carrier.places({ from: IDA, to: SUPPORT, place: { city: "CHICAGO", state: "IL", country: "US" } });
    await row.waiting.getByText("+1 (312) 555-0123").waitFor();
    await row.waiting.getByText("Chicago, IL, US").waitFor();
    await figure(window, "Waiting").getByText("1", { exact: true }).waitFor();
    await ticks;
    await agent.chooses("away-meeting");
    await row.isShown("Away: meeting");
    await carrier.hangsUp(leg);
    await window.page.getByText("Nobody waits.", { exact: true }).waitFor();

    await figure(window, "Gave up today").getByText("1", { exact: true }).waitFor();
    await window.page.getByRole("img", { name: /^1 call, the most of them from / }).waitFor();
  });
});

for (const script of [true, false]) {
  test(`${script ? "with" : "without"} scripts, a supervisor sets an agent's status`, async () => {
    await agent.chooses("away-break");
    await board({ script }, async (window, row) => {
      const chooses = () => changes(row, "Away: training");
      await (script ? chooses() : window.loads(chooses));

      await row.isShown("Away: training");
      assert.equal(window.path, "/board");
      if (script) {
        assert.equal(await row.agent.locator("details[open]").count(), 0);
        assert.match((await window.focus()).name, /^Change/);
      }
    });
  });
}

test("an agent who was rung in vain is out, and a supervisor frees them", async () => {
  await agent.comes();
  await agent.chooses("available");
  await board({}, async (window, row) => {
    await row.stands("available");

    const leg = await carrier.places({ from: IDA, to: SUPPORT });
    await row.stands("not-responding");
    await row.waiting.getByText("+1 (312) 555-0123").waitFor();
    await carrier.hangsUp(leg);
    await window.page.getByText("Nobody waits.", { exact: true }).waitFor();
    await changes(row, "Free from not responding");

    await row.stands("available");
    await row.agent.locator("summary").click();
    await row.agent.locator("details[open]").waitFor();
    assert.equal(await row.agent.getByRole("button", { name: /^Free from/ }).count(), 0);
  });
  agent.leaves();
});

test("the menu goes by keyboard alone: opened, left, and chosen from", async () => {
  await agent.chooses("away-break");
  await board({}, async (window, row) => {
    const { keyboard } = window.page;
    await row.agent.locator("summary").focus();

    await keyboard.press("Enter");
    await row.agent.locator("details[open]").waitFor();
    await keyboard.press("Tab");
    assert.equal((await window.focus()).name, "Available");
    await keyboard.press("Escape");
    assert.equal(await row.agent.locator("details[open]").count(), 0);
    assert.match((await window.focus()).name, /^Change/);
    await keyboard.press("Enter");
    for (let n = 0; n < 3; n += 1) await keyboard.press("Tab");
    assert.equal((await window.focus()).name, "Away: meal");
    await keyboard.press("Enter");

    await row.isShown("Away: meal");
  });
});

for (const look of Object.keys(LOOKS)) {
  test(`${look}: axe finds no barrier with callers waiting and a menu open, and all fits the screen`, async () => {
    await agent.chooses("away-meal");
    const legs = [];
    for (const from of [IDA, "+12165550149", "+18015550151"]) legs.push(await carrier.places({ from, to: SUPPORT }));
    await board({ look }, async (window, row) => {
      await row.waiting.nth(2).waitFor();
      await window.page.getByText("The hours as a table").first().click();
      await window.keepsPicture(`board-${look}`);
      assert.deepEqual(await window.barriers(), []);

      await row.agent.locator("summary").click();
      await window.keepsPicture(`board-menu-${look}`);
      assert.deepEqual(await window.barriers(), []);
      await window.isNoWider();
      const small = await window.page.evaluate(() =>
        [...document.querySelectorAll("main :is(button, summary, a)")]
          .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 24)
          .map((element) => element.outerHTML.slice(0, 80)),
      );
      assert.deepEqual(small, []);
    });
    for (const leg of legs) await carrier.hangsUp(leg);
  });
}
