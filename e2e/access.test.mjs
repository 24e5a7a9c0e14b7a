// Pages that everybody can use: by keyboard alone, by screen reader, in light, dark and on a narrow screen.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { LOOKS, startBrowser, withWindow } from "./lib/browser.mjs";
import { startOffice } from "./lib/office.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

let browser;
let office;
let fresh;
let demonstration;

before(async () => {
  office = await startOffice();
  fresh = await startSwitchboard();
  demonstration = await startSwitchboard({ demonstration: true });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await Promise.all([office?.switchboard, fresh, demonstration].map((one) => one?.remove()));
});

/** Every page in every state worth looking at: who looks, at what, and what they do there. */
const PAGES = [
  { name: "sign-in", address: "/login" },
  { name: "sign-in-refused", address: "/login?problem=wrong&user_name=sue" },
  { name: "sign-in-missing", address: "/login?problem=missing" },
  { name: "set-up", on: () => fresh, address: () => new URL(fresh.setupLink).pathname },
  { name: "set-up-refused", on: () => fresh, address: () => `${new URL(fresh.setupLink).pathname}?problem=short&user_name=ada` },
  { name: "set-up-spent", on: () => fresh, address: "/setup/0000?problem=used" },
  { name: "sign-in-demonstration", on: () => demonstration, address: "/login" },
  { name: "home", as: "ada", address: "/" },
  { name: "home-agent", as: "ben", address: "/" },
  { name: "calls", as: "sue", address: "/calls" },
  { name: "calls-last-page", as: "sue", address: "/calls?page=2" },
  { name: "calls-none-found", as: "sue", address: "/calls?search=0000000" },
  { name: "calls-bad-day", as: "sue", address: "/calls?from=yesterday" },
  { name: "calls-forbidden", as: "ben", address: "/calls", expect: [/403/] },
  { name: "call", as: "sue", address: () => `/calls/${office.calls.talked.sid}` },
  {
    name: "call-unfolded",
    as: "sue",
    address: () => `/calls/${office.calls.talked.sid}`,
    async then({ page }) {
      for (const summary of await page.locator("summary").all()) await summary.click();
    },
  },
  { name: "call-live", as: "sue", address: () => `/calls/${office.calls.live.sid}` },
  { name: "missing", as: "sue", address: "/nowhere", expect: [/404/] },
];

for (const look of Object.keys(LOOKS)) {
  for (const { name, as, on, address, then, expect } of PAGES) {
    test(`${name}, ${look}: has no barrier that axe finds, and fits the screen`, async () => {
      const switchboard = on?.() ?? office.switchboard;
      const target = typeof address === "function" ? address() : address;
      await withWindow(browser, switchboard, { look, expect, as: office.people[as] }, async (window) => {
        await window.goes(target);
        await then?.(window);
        await window.keepsPicture(`${name}-${look}`);

        assert.deepEqual(await window.barriers(), []);
        await window.isNoWider();
      });
    });
  }
}

test("what has no barrier for axe has one when a label is taken away", async () => {
  await withWindow(browser, office.switchboard, {}, async (window) => {
    await window.goes("/login");
    await window.page.evaluate(() => document.querySelectorAll("label").forEach((label) => label.remove()));

    assert.match((await window.barriers()).join("\n"), /label/);
  });
});

/** Presses Tab `times` times and tells where the focus was each time. */
async function tabs(window, times) {
  const stops = [];
  for (let n = 0; n < times; n += 1) {
    await window.page.keyboard.press("Tab");
    stops.push(await window.focus());
  }
  return stops;
}

const invisible = (stops) => stops.filter(({ isVisible }) => !isVisible).map(({ name, tag }) => `${tag} ${name}`);

test("signing in goes by keyboard alone, in the order of the page, with the focus in sight", async () => {
  await withWindow(browser, office.switchboard, {}, async (window) => {
    await window.goes("/login");
    const stops = await tabs(window, 5);
    assert.deepEqual(stops.map(({ name }) => name), ["Skip to the page", "Switchboard", "User name", "Password", "Sign in"]);
    assert.deepEqual(invisible(stops), []);

    const { userName, password } = office.people.sue;
    await window.field("User name").focus();
    await window.page.keyboard.type(userName);
    await window.page.keyboard.press("Tab");
    await window.page.keyboard.type(password);
    await window.loads(() => window.page.keyboard.press("Enter"));

    await window.heading("Hello, Sue Visor").waitFor();
  });
});

for (const script of [true, false]) {
  test(`${script ? "with" : "without"} scripts, a call is found, opened and unfolded by keyboard alone`, async () => {
    await withWindow(browser, office.switchboard, { script, as: office.people.sue }, async (window) => {
      const { page } = window;
      await window.goes("/calls");

      const stops = [];
      const goTo = async (name, most = 30) => {
        for (let n = 0; n < most; n += 1) {
          const [stop] = await tabs(window, 1);
          stops.push(stop);
          if (stop.name === name) return;
        }
        assert.fail(`${name} is not within ${most} stops: ${stops.map((stop) => stop.name)}`);
      };
      await goTo("Number or call id");
      await page.keyboard.type("2165550149");
      await page.keyboard.press("Enter");
      await page.getByText("1 call", { exact: true }).waitFor();
      await window.isAlive();
      await goTo("+1 (216) 555-0149");
      await page.keyboard.press("Enter");
      await window.heading("+1 (216) 555-0149").waitFor();
      await window.isAlive();
      await goTo("POST /callcongress/welcome");
      assert.equal(await page.locator("details[open]").count(), 0);
      await page.keyboard.press("Enter");
      assert.equal(await page.locator("details[open]").count(), 1);
      await page.keyboard.press("Space");
      assert.equal(await page.locator("details[open]").count(), 0);

      assert.deepEqual(invisible(stops), []);
    });
  });
}

test("the first stop skips to the page", async () => {
  await withWindow(browser, office.switchboard, { as: office.people.sue }, async (window) => {
    await window.goes("/calls");

    await tabs(window, 1);
    await window.page.keyboard.press("Enter");
    assert.equal(await window.page.evaluate(() => document.activeElement.id), "main");
    const [next] = await tabs(window, 1);

    assert.equal(next.name, "Number or call id");
  });
});

for (const look of ["wide", "narrow"]) {
  test(`everything that can be pressed is large enough to press, ${look}`, async () => {
    await withWindow(browser, office.switchboard, { look, as: office.people.sue }, async (window) => {
      for (const address of ["/", "/calls", `/calls/${office.calls.talked.sid}`]) {
        await window.goes(address);

        const small = await window.page.evaluate(() =>
          [...document.querySelectorAll("button, input:not([type=hidden]), select, summary, nav a, a.button")]
            .filter((element) => element.checkVisibility())
            .map((element) => [element, element.getBoundingClientRect()])
            .filter(([, { width, height }]) => width < 24 || height < 24)
            .map(([element, { width, height }]) => `${element.outerHTML.slice(0, 80)}: ${width} × ${height}`),
        );

        assert.deepEqual(small, [], address);
      }
    });
  });
}
