// A demonstration's people: one click each, one browser for all of them, each at a host name of their own.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { withWindow } from "./lib/browser.mjs";
import { CarrierControl } from "./lib/carrier-control.mjs";
import { until } from "./lib/poll.mjs";
import { Dock } from "./lib/softphone.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";
import { startTalker } from "./lib/voice-page.mjs";

const PEOPLE = { agent1: "Agent 1", agent2: "Agent 2", supervisor: "Supervisor", admin: "Admin" };

let switchboard;
let port;
let talker;

before(async () => {
  switchboard = await startSwitchboard({ demonstration: true });
  ({ port } = new URL(switchboard.local));
  talker = await startTalker({ hz: 610, pulsed: true });
});
after(async () => {
  await talker?.close();
  await switchboard?.remove();
});

/** One click on the sign-in page; gives the tab that opens, which is watched for complaints. */
async function enters(window, userName, complaints = []) {
  const [tab] = await Promise.all([
    window.page.context().waitForEvent("page"),
    window.page.getByRole("button", { name: `Enter as ${PEOPLE[userName]}` }).click(),
  ]);
  tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  tab.on("pageerror", (error) => complaints.push(error.message));
  await tab.waitForURL(`http://${userName}.localhost:${port}/`);
  return tab;
}

/** Who a tab says is signed in; a stranger's has nobody. */
async function whoIs(tab) {
  await tab.reload();
  return (await tab.locator(".badge-name").allInnerTexts())[0];
}

for (const script of [true, false]) {
  const how = script ? "with scripts" : "without scripts";

  test(`${how}: one browser holds everybody at once, and one who goes leaves the others`, async () => {
    // A page that stays while others are opened is told that it fetched what nobody runs.
    const expect = script ? [] : [/was preloaded/];
    await withWindow(talker.browser, switchboard, { script, expect }, async (window) => {
      await window.goes("/login");
      await window.page.getByText("This is a demonstration").waitFor();
      const complaints = [];
      const tabs = {};

      for (const userName of Object.keys(PEOPLE)) tabs[userName] = await enters(window, userName, complaints);

      for (const [userName, name] of Object.entries(PEOPLE)) assert.equal(await whoIs(tabs[userName]), name);
      assert.equal(window.path, "/login", "the page that was clicked on stays");
      const cookies = await window.page.context().cookies();
      const hosts = Object.keys(PEOPLE).map((userName) => `${userName}.localhost`);
      assert.deepEqual(cookies.map(({ domain }) => domain).sort(), hosts.sort());

      await tabs.agent2.getByRole("button", { name: "Sign out", exact: true }).click();
      await tabs.agent2.waitForURL(`http://agent2.localhost:${port}/login`);
      assert.equal(await whoIs(tabs.agent2), undefined);
      assert.equal(await whoIs(tabs.agent1), PEOPLE.agent1);
      assert.equal(await whoIs(tabs.supervisor), PEOPLE.supervisor);
      assert.deepEqual(complaints, []);
    });
  });
}

test("three windows with nothing in common are at home, too", async () => {
  const people = ["agent1", "agent2", "supervisor"];

  await Promise.all(
    people.map((userName) =>
      withWindow(talker.browser, switchboard, {}, async (window) => {
        await window.goes(`http://${userName}.localhost:${port}/login`);
        const tab = await enters(window, userName);

        assert.equal(await whoIs(tab), PEOPLE[userName]);
        assert.equal(await whoIs(window.page), PEOPLE[userName], "it is the same host");
      }),
    ),
  );
});

test("both agents have phones of their own, each by way of their own host", async () => {
  const base = switchboard.output.match(/REST and control API are at (http:\S+)/)[1];
  const carrier = new CarrierControl(switchboard.account, base);
  const sockets = [];
  await withWindow(talker.browser, switchboard, {}, async (window) => {
    await window.goes("/login");
    window.page.context().on("page", (page) => page.on("websocket", (socket) => sockets.push(socket.url())));
    const complaints = [];

    for (const userName of ["agent1", "agent2"]) {
      const tab = await enters(window, userName, complaints);
      await new Dock({ page: tab }).isSetUp();
    }

    const clients = await until("both to be registered", async () => {
      const all = await carrier.clients();
      const there = all.filter(({ sockets }) => sockets.some((socket) => socket.is_registered));
      return there.length === 2 && there;
    });
    assert.deepEqual(clients.map(({ identity }) => identity).sort(), ["agent1", "agent2"]);
    for (const userName of ["agent1", "agent2"]) assert.ok(sockets.includes(`ws://${userName}.localhost:${port}/signal`), sockets.join());
    assert.deepEqual(complaints, []);
  });
});

test("somebody whom a demonstration knows by a password is not entered as with a click", async () => {
  const other = await startSwitchboard({ demonstration: true });
  try {
    await other.command(["user", "passwd", "agent1", "--password-stdin"], "a password of their own\n");
    await withWindow(talker.browser, other, {}, async (window) => {
      await window.goes("/login");
      const [tab] = await Promise.all([
        window.page.context().waitForEvent("page"),
        window.page.getByRole("button", { name: "Enter as Agent 1" }).click(),
      ]);

      await tab.getByRole("alert").getByText("password").waitFor();
      await window.signsIn({ userName: "agent1", password: "a password of their own" });
      assert.equal(window.path, "/");
    });
  } finally {
    await other.remove();
  }
});
