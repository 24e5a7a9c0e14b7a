// People at browsers: each with a window of their own, watched for everything it complains about.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { chromium } from "playwright-core";

import { signIn } from "./desk.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SHOTS = new URL("../shots/", import.meta.url);

/** How pages are looked at. */
export const LOOKS = {
  wide: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  narrow: { viewport: { width: 390, height: 844 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
};

/** Starts the browser that the environment names, with `more` of its command line. */
export function startBrowser({ more = [] } = {}) {
  const executablePath = process.env.CHROMIUM;
  if (!executablePath) throw new Error("CHROMIUM has to name a browser");
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    ...more,
  ];
  return chromium.launch({ executablePath, args });
}

/**
 * Opens a window, gives it to `use`, and fails when the pages in it complained about anything.
 *
 * @param {object} options
 * @param {boolean} [options.script] whether scripts run
 * @param {keyof LOOKS} [options.look]
 * @param {object} [options.as] who is signed in
 * @param {RegExp[]} [options.expect] complaints that belong to what is tried
 */
export async function withWindow(browser, switchboard, { script = true, look = "wide", as, expect = [] } = {}, use) {
  const context = await browser.newContext({
    ...LOOKS[look],
    baseURL: switchboard.local,
    javaScriptEnabled: script,
    reducedMotion: "reduce",
    timezoneId: "America/New_York",
  });
  context.setDefaultTimeout(15_000);
  if (as) {
    const [name, value] = (await signIn(switchboard, as)).cookie.split("=");
    await context.addCookies([{ name, value, url: switchboard.local, httpOnly: true, sameSite: "Lax" }]);
  }
  const page = await context.newPage();
  const complaints = [];
  const complain = (what) => expect.some((pattern) => pattern.test(what)) || complaints.push(what);
  page.on("console", (message) => complain(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complain(`error: ${error.message}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    const isLeft = why === "net::ERR_ABORTED";
    const isUnwanted = !script && request.resourceType() === "script";
    if (!isLeft && !isUnwanted) complain(`request: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complain(`response: ${response.status()} ${new URL(response.url()).pathname}`);
  });
  if (script) {
    await page.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        console.error(`policy: ${violatedDirective} forbids ${blockedURI}`),
      ),
    );
  }
  try {
    await use(new Window(page, script));
    assert.deepEqual(complaints, [], "the browser has nothing to complain about");
  } finally {
    await context.close();
  }
}

class Window {
  constructor(page, script) {
    this.page = page;
    this.script = script;
  }

  /** Opens an address, and waits until the page is alive where it can be. */
  async goes(address) {
    const response = await this.page.goto(address);
    await this.isAlive();
    return response;
  }

  async isAlive() {
    if (this.script) await this.page.locator("body[data-hydrated=true]").waitFor();
  }

  /** Does something that loads another document, and waits for that. */
  async loads(action) {
    await Promise.all([this.page.waitForEvent("load"), action()]);
    await this.isAlive();
  }

  /** Does something after which the address is another one, be it by a new page or in the same. */
  async leads(press, to) {
    await press();
    await this.page.waitForURL(to);
    await this.isAlive();
  }

  button = (name) => this.page.getByRole("button", { name, exact: true });
  link = (name) => this.page.getByRole("link", { name, exact: true });
  field = (name) => this.page.getByLabel(name, { exact: true });
  heading = (name) => this.page.getByRole("heading", { name, exact: true });

  async signsIn({ userName, password }, address = "/login") {
    await this.goes(address);
    await this.field("User name").fill(userName);
    await this.field("Password").fill(password);
    await this.loads(() => this.button("Sign in").click());
  }

  get path() {
    const { pathname, search } = new URL(this.page.url());
    return pathname + search;
  }

  /** The text of all that a selector finds, one after the other. */
  async texts(selector) {
    const texts = await this.page.locator(selector).allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, " ").trim());
  }

  /** Keeps a picture of the whole page for people to look at. */
  async keepsPicture(name) {
    mkdirSync(SHOTS, { recursive: true });
    await this.page.screenshot({ path: new URL(`${name}.png`, SHOTS).pathname, fullPage: true });
  }

  /** What makes the page hard to use for some people, each with the elements it concerns. */
  async barriers() {
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join("\n  ")}`);
  }

  /** Holds the page against the screen: nothing is wider than it. */
  async isNoWider(what = "the page") {
    const [wide, room] = await this.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(wide <= room, `${what} is ${wide} pixels wide on a screen of ${room}`);
  }

  /** Holds the page against the screen: nothing is wider than it, and nothing to press is smaller than 24 pixels. */
  async fits() {
    await this.isNoWider();
    const small = await this.page.evaluate(() =>
      [...document.querySelectorAll("main :is(button, input:not([type=hidden], [type=radio], [type=checkbox]), select, summary, nav a, a.button, a.sort)")]
        .filter((element) => element.checkVisibility())
        .map((element) => [element, element.getBoundingClientRect()])
        .filter(([, { width, height }]) => width < 24 || height < 24)
        .map(([element, { width, height }]) => `${element.outerHTML.slice(0, 80)}: ${width} × ${height}`),
    );
    assert.deepEqual(small, []);
  }

  /** Goes on by the Tab key until the focus is on what is called so; one can see where it is at every stop. */
  async tabsTo(name, most = 40) {
    const stops = [];
    while (stops.length < most) {
      await this.page.keyboard.press("Tab");
      const stop = await this.focus();
      assert.ok(stop.isVisible, `one sees that ${stop.tag} ${stop.name} has the focus`);
      if (typeof name === "string" ? stop.name === name : name.test(stop.name)) return;
      stops.push(stop.name);
    }
    assert.fail(`${name} is not within ${most} stops: ${stops}`);
  }

  /** What has the focus, and whether one can see that it has. */
  focus() {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      // The button inside a date field shows the browser's own ring, of which no style tells.
      const isInside = element.matches("input[type=date]:not(:focus-visible)");
      return {
        name: element.labels?.[0]?.innerText ?? element.innerText?.replace(/\s+/g, " ").trim() ?? "",
        tag: element.localName,
        isVisible: isInside || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none",
      };
    });
  }
}
