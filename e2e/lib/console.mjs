// An agent at their console, and callers of the support line outside.

import { until } from "./poll.mjs";
import { Dock, startPhoneDesk } from "./softphone.mjs";

/** The number of the support line of a demonstration. */
export const SUPPORT = "+12025550104";

const PATIENCE = 30_000;

/** A demonstration and a browser with a microphone, in which agents sit at their consoles. */
export async function startConsoles(starting) {
  const talker = await starting;
  try {
    return new Consoles(await startPhoneDesk(), talker);
  } catch (error) {
    await talker.close();
    throw error;
  }
}

class Consoles {
  constructor(desk, talker) {
    this.desk = desk;
    this.carrier = desk.carrier;
    this.talker = talker;
  }

  /** The console of an agent, in this browser or `by` another talker. */
  open({ by = this.talker, ...options }, use) {
    return this.desk.window(by.browser, { address: "/", ...options }, (dock) => use(new Console(dock.window)));
  }

  async close() {
    await this.talker.close();
    await this.desk.clear();
  }
}

/** A console in a window; what it hears and how its phone stands is the dock's. */
export class Console extends Dock {
  constructor(window) {
    super(window);
    this.call = this.page.locator("#call");
  }

  act = (name) => this.call.getByRole("button", { name, exact: true });
  panel = (name) => this.page.getByRole("region", { name });

  /** Waits until it is about this: `idle`, `rings`, `talks`, `apart`, `wraps-up`, … */
  shows = (scene, timeout = PATIENCE) => this.page.locator(`#call[data-scene="${scene}"]`).waitFor({ timeout });

  /** Waits until the agent stands so: `available`, `on-call`, … */
  stands = (word) => this.page.locator(`.status-now[data-status="${word}"]`).waitFor({ timeout: PATIENCE });

  /** Waits until the call says this. */
  tells = (text, timeout = PATIENCE) => this.call.getByText(text).first().waitFor({ timeout });

  /** Sets the phone up and takes calls. */
  async isReady() {
    await this.isSetUp();
    await this.takesCalls();
    await this.stands("available");
  }

  /** Chooses to be rung, unless they did before. */
  async takesCalls() {
    const takes = this.act("Take calls");
    await takes.or(this.call.getByText("You take calls")).first().waitFor({ timeout: PATIENCE });
    if (await takes.isVisible()) await takes.click();
  }

  /** Chooses a status from the menu: `Away`, … */
  async becomes(label) {
    await this.page.locator(".menu > summary").click();
    await this.page.locator(".menu").getByRole("button", { name: label, exact: true }).click();
    await this.stands(label.toLowerCase());
  }

  async accepts() {
    await this.shows("rings");
    await this.act("Answer").click();
    await this.shows("talks");
  }

  async wrapsUp({ how, notes } = {}) {
    await this.shows("wraps-up");
    if (how) await this.call.getByRole("radio", { name: how }).check();
    if (notes) await this.call.getByLabel("Notes").fill(notes);
    await this.act("Done").click();
    await this.shows("idle");
  }
}

/** Somebody outside calls the support line and sounds there; gives the leg. */
export async function callsSupport(desk, { from = "+13125550123", hz } = {}) {
  const leg = await desk.carrier.places({ from, to: SUPPORT });
  if (hz) await desk.carrier.sounds(leg, { source: "tone", hz });
  return leg;
}

/** Waits until a telephone outside has been told this. */
export function isTold(desk, leg, words, { within = 60_000 } = {}) {
  return until(`${leg} to be told ${words}`, async () => {
    const said = await desk.carrier.noted(leg, "said");
    return said.some((text) => text?.includes(words));
  }, { within });
}
