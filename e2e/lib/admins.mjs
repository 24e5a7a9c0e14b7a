// The admins' pages: who sits at them, and each of them in every look.

import assert from "node:assert/strict";
import test from "node:test";

import { LOOKS, startBrowser, withWindow } from "./browser.mjs";
import { startSwitchboard } from "./switchboard.mjs";

export const PASSWORD = "a long sentence about calls";

const PEOPLE = [
  ["ada", "Ada Min", "admin"],
  ["amy", "Amy Min", "admin"],
  ["sue", "Sue Visor", "supervisor"],
];

/** Starts a Switchboard with two admins, Ada and Amy, and Sue, who is none; and a browser for them. */
export async function startAdmins(options) {
  const switchboard = await startSwitchboard(options);
  try {
    const people = {};
    for (const [userName, name, role] of PEOPLE) {
      people[userName] = await switchboard.addUser(userName, { name, role, password: PASSWORD });
    }
    return new Admins(switchboard, people, await startBrowser());
  } catch (error) {
    await switchboard.remove();
    throw error;
  }
}

class Admins {
  constructor(switchboard, people, browser) {
    this.switchboard = switchboard;
    this.people = people;
    this.browser = browser;
  }

  /** A window at an address, Ada's where nobody else is named. */
  at(address, { as = "ada", ...options }, use) {
    return withWindow(this.browser, this.switchboard, { ...options, as: this.people[as] }, async (window) => {
      await window.goes(address);
      await use(window);
    });
  }

  async close() {
    await this.browser.close();
    await this.switchboard.remove();
  }
}

/** Makes a test of each page in each look: axe finds no barrier, the page fits the screen, and a picture of it is kept. */
export function looksAtEach(pages, at) {
  for (const look of Object.keys(LOOKS)) {
    for (const { name, address, then, expect } of pages) {
      test(`${name}, ${look}: has no barrier that axe finds, and fits the screen`, async () => {
        await at(address, { look, expect }, async (window) => {
          if (look === "narrow") await window.page.setViewportSize({ width: 360, height: 780 });
          await then?.(window);
          await window.keepsPicture(`${name}-${look}`);

          assert.deepEqual(await window.barriers(), []);
          await window.fits();
        });
      });
    }
  }
}
