// A conference line, people who call it, and the pages on which supervisors watch its rooms.

import assert from "node:assert/strict";

import { until } from "./poll.mjs";
import { Dock, startPhoneDesk } from "./softphone.mjs";

const PASSWORD = "correct horse battery";
const PATIENCE = { timeout: 40_000 };

/** Starts a demonstration with an agent and two supervisors. */
export async function startMonitorDesk() {
  const desk = await startPhoneDesk();
  try {
    desk.people.second = await desk.switchboard.addUser("sam", { name: "Sam Second", role: "supervisor", password: PASSWORD });
    return desk;
  } catch (error) {
    await desk.clear();
    throw error;
  }
}

/** Somebody's page on the rooms, with their phone. */
export class MonitorPage extends Dock {
  region = (name) => this.page.getByRole("region", { name, exact: true });

  /** The row of a room on the page of all. */
  room = (id) => this.page.locator(`tr[data-room="${id}"]`);

  /** The row of somebody on the page of a room. */
  person = (leg) => this.page.locator(`tr[data-leg="${leg}"]`);

  /** Waits until the room stands so: `waiting`, `alone`, `running`, … */
  stage = (word) => this.page.locator(`.page--conference[data-stage="${word}"]`).waitFor(PATIENCE);

  /** Waits until somebody stands so. */
  stands = (leg, signs) => this.page.locator(`tr[data-leg="${leg}"][data-signs="${signs}"]`).waitFor(PATIENCE);

  /** Waits until a row or a panel says this. */
  tells = (within, text) => within.getByText(text).first().waitFor(PATIENCE);

  /** Waits until exactly these are shown. */
  shows(legs) {
    return until(`${legs.length} people to be shown`, async () => {
      const rows = await this.page.locator("tr[data-leg]").evaluateAll((rows) => rows.map((row) => row.dataset.leg));
      return rows.length === legs.length && legs.every((leg) => rows.includes(leg));
    }, { within: 40_000 });
  }

  /** Presses a button in somebody's row. */
  async does(leg, name) {
    await this.person(leg).getByRole("button", { name: new RegExp(`^${name} `) }).click();
  }

  /** Chooses in the menu of somebody's row. */
  async chooses(leg, name) {
    await this.person(leg).locator("summary").click();
    await this.person(leg).getByRole("button", { name, exact: true }).click();
  }

  /** Presses a button of the panel for the whole room. */
  async doesToAll(name) {
    await this.region("Room").getByRole("button", { name, exact: true }).click();
  }
}

/** Looks at a page as it is and with what is folded out, on the narrowest screen too: it is easy to use, and fits. */
export async function isEasy({ page, window }, name, look) {
  if (look === "narrow") await page.setViewportSize({ width: 360, height: 780 });
  await page.locator("main h1").waitFor();
  await window.keepsPicture(`${name}-${look}`);
  assert.deepEqual(await window.barriers(), []);
  const folded = "main :is(tr:last-child, .asks, .past-row:first-child) summary";
  for (const summary of await page.locator(folded).all()) await summary.click();
  await window.keepsPicture(`${name}-open-${look}`);
  assert.deepEqual(await window.barriers(), []);
  await window.isNoWider();
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("main :is(button, summary, a, label:has([type=radio]))")]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 24)
      .map((element) => element.outerHTML.slice(0, 80)),
  );
  assert.deepEqual(small, []);
}

/** The people in a room, as the carrier has them: by leg, with what it says of each. */
export class Record {
  constructor(desk, name) {
    this.client = desk.client;
    this.name = name;
  }

  async conference() {
    const [found] = await this.client.conferences.list({ friendlyName: this.name, status: "in-progress" });
    return found;
  }

  async people() {
    const conference = await this.conference();
    return conference ? this.client.conferences(conference.sid).participants.list() : [];
  }

  /** Waits until the carrier says this of somebody. */
  says(leg, expected) {
    const what = JSON.stringify(expected);
    return until(`the carrier to say ${what} of ${leg}`, async () => {
      const one = (await this.people()).find(({ callSid }) => callSid === leg);
      return one && Object.entries(expected).every(([name, value]) => one[name] === value);
    });
  }

  /** Waits until exactly these are in. */
  holds(legs) {
    return until(`the carrier to have ${legs.length} in ${this.name}`, async () => {
      const people = await this.people();
      return people.length === legs.length && people.every(({ callSid }) => legs.includes(callSid));
    }, { within: 40_000 });
  }
}

/** Who hears whom: one sounds at a time, and everybody else is silent. */
export class Sounds {
  constructor(carrier, hz) {
    this.carrier = carrier;
    this.hz = hz;
  }

  /** Lets one sound, and waits until these hear it and those hear nothing. */
  async from(leg, { to = [], notTo = [] }) {
    await this.carrier.sounds(leg, { source: "tone", hz: this.hz });
    await this.carrier.levelIs(leg, "said", this.hz);
    for (const listener of to) await this.carrier.levelIs(listener, "heard", this.hz);
    for (const listener of notTo) await this.carrier.isSilent(listener, "heard");
    await this.carrier.sounds(leg, { source: "silence" });
  }

  /** Waits until somebody hears something that is not the tone. */
  music(leg) {
    return until(`${leg} to hear music`, async () => {
      const { heard } = await this.carrier.levels(leg);
      return heard.rms > 100 && Math.abs(heard.peak_hz - this.hz) > 20;
    });
  }
}

