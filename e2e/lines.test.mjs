// Lines as an admin keeps them: added, changed, closed, tried and removed, with scripts and without.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { looksAtEach, startAdmins } from "./lib/admins.mjs";
import { Call } from "./lib/caller.mjs";

let desk;
let demonstration;

before(async () => {
  // At a carrier of this machine's lines keep their invented numbers; nobody answers there.
  desk = await startAdmins({ variables: { TWILIO_API_BASE: "http://127.0.0.1:9" } });
  demonstration = await startAdmins({ demonstration: true });
});
after(() => Promise.all([desk?.close(), demonstration?.close()]));

const at = (...window) => desk.at(...window);

/** Presses a button that is refused: the page stays, or comes back. */
const isRefused = (window, name) =>
  window.script ? window.button(name).click() : window.loads(() => window.button(name).click());

/** What a caller of a line hears first. */
async function hears(id) {
  const call = await new Call(desk.switchboard, { from: "+13125550123", place: { State: "IL" } }).dials(`/line/${id}`);
  const { heard } = call;
  if (call.at.end === undefined) await call.hangsUp().catch(() => {});
  return heard;
}

for (const script of [true, false]) {
  const how = script ? "with scripts" : "without scripts";
  const id = script ? "moons" : "comets";
  const number = script ? "(202) 555-0171" : "(202) 555-0172";

  test(`${how}: a line is added, answers, is closed, and is removed`, async () => {
    await at("/lines", { script, expect: [/422/] }, async (window) => {
      const { page } = window;
      await window.leads(() => window.link("Add a line").click(), /lines\/new$/);
      await window.field("What the line does").selectOption("Reads a menu of choices");
      await window.leads(() => window.button("Show its settings").click(), /kind=menu/);
      await window.field("Menu").waitFor();
      await window.field("Name").fill(`Our ${id}`);
      await window.field("Id").fill(id);
      await window.field("Number").fill("911");
      await isRefused(window, "Add the line");
      await page.getByText("Not saved. Look at the fields that say why.").waitFor();
      assert.equal(await window.field("Number").getAttribute("aria-invalid"), "true");
      assert.equal(await window.field("Name").inputValue(), `Our ${id}`, "what was entered is still there");

      await window.field("Number").fill(number);
      await window.leads(() => window.button("Add the line").click(), new RegExp(`/lines/${id}\\?saved=`));
      await page.getByText("Saved. It counts").waitFor();
      assert.match(await hears(id), /extraction|planet/i);

      await window.field("Time zone").fill("America/New_York");
      await window.field("Closed on").fill("2020-01-01 Long ago");
      await isRefused(window, "Save");
      await page.getByText("It would never be open.").waitFor();
      // Open for a minute of one day: closed at any other time, and this is another.
      const day = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"][(new Date().getDay() + 3) % 7];
      await window.field(day).fill("03:00-03:01");
      await window.leads(() => window.button("Save").click(), /saved=/);
      await page.locator(".line-how").getByText("Closed").waitFor();
      assert.match(await hears(id), /This line is closed right now\. It opens again on \w+day at 3 AM\./);

      await page.getByText("Remove this line").first().click();
      await window.leads(() => window.button(`Remove Our ${id}`).click(), /\/lines$/);
      await window.link("Phone home").waitFor();
      assert.doesNotMatch((await window.texts("tbody tr")).join(), new RegExp(`Our ${id}`));
    });
  });

  test(`${how}: what a support line is set to is changed, and another is told`, async () => {
    await at("/lines/support", { script }, async (window) => {
      await at("/lines/support", { as: "amy", script, expect: [/409/] }, async (second) => {
        const seconds = script ? "31" : "32";
        await window.field("Rings an agent for").fill(seconds);
        await window.leads(() => window.button("Save").click(), /saved=/);
        await window.page.getByText("Saved. It counts").waitFor();
        assert.equal(await window.field("Rings an agent for").inputValue(), seconds);

        await second.field("Name").fill("Help desk");
        await isRefused(second, "Save");
        await second.page.getByText(new RegExp(`Meanwhile.*ada changed it.*${seconds} s`)).waitFor();
        assert.equal(await second.field("Name").inputValue(), "Help desk", "what was typed is still there");
      });
    });
  });

  test(`${how}: in a demonstration a line is tried by a button`, async () => {
    await demonstration.at("/lines/planets", { script }, async (window) => {
      await window.leads(() => window.button("Call it to try it").click(), /\/phones\?phone=CA/);
      await window.page.locator(".handset").first().waitFor();
    });
  });
}

test("with an account, a number is asked for, and refused where the line may not dial it", async () => {
  await at("/lines/planets", { expect: [/422/] }, async (window) => {
    await window.field("Your telephone").fill("+44 20 7183 8750");
    await window.button("Call it to try it").click();
    await window.page.getByText(/dial rules do not allow/).waitFor();
  });
});

test("a conference line gets another room, and its PIN is shown to admins alone", async () => {
  await at("/lines/conference", {}, async (window) => {
    const room = window.page.getByRole("group", { name: "Another room" });
    await room.getByLabel("Name", { exact: true }).fill("Side room");
    await room.getByLabel("Code", { exact: true }).fill("22");
    await room.getByLabel("PIN", { exact: true }).fill("4711");
    const first = window.page.getByRole("group", { name: /^Room / }).first();
    await first.getByLabel("Code", { exact: true }).fill("11");
    await window.leads(() => window.button("Save").click(), /saved=/);
    const saved = window.page.getByRole("group", { name: "Room Side room" });
    assert.equal(await saved.getByLabel("PIN", { exact: true }).inputValue(), "4711");
  });
});

test("lines are for admins alone", async () => {
  await at("/lines", { as: "sue", expect: [/403/] }, async (window) => {
    await window.heading("Not open to your role").waitFor();
    assert.equal(await window.link("Administration").count(), 0);
  });
});

test("a line is found and changed by keyboard alone, with the focus in sight", async () => {
  await at("/directory", {}, async (window) => {
    const { page } = window;
    await window.tabsTo("Lines");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/lines$/);
    await window.link("Phone home").waitFor();
    await window.tabsTo("Phone home");
    await page.keyboard.press("Enter");
    await page.waitForURL(/planets$/);
    await window.field("Voice").waitFor();
    await window.tabsTo("Voice");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Polly.Brian");
    await page.keyboard.press("Enter");
    await page.waitForURL(/saved=/);
    await page.locator(".done").waitFor();
  });
});

/** Every page of the lines in every state worth looking at. */
const PAGES = [
  { name: "lines", address: "/lines" },
  { name: "line-forward", address: "/lines/senators" },
  { name: "line-support", address: "/lines/support" },
  { name: "line-conference", address: "/lines/conference" },
  { name: "line-new", address: "/lines/new?kind=forward" },
  {
    name: "line-refused",
    address: "/lines/support",
    expect: [/422/],
    async then(window) {
      await window.field("Number").fill("911");
      await window.field("Monday").fill("9 to 5");
      await window.button("Save").click();
      await window.page.getByText("Not saved.").waitFor();
    },
  },
];

looksAtEach(PAGES, at);
