// A floor for handing callers over: two agents at their consoles, each with a microphone of their own, and callers and
// colleagues at telephones outside. The windows stay for all tests of a file.

import assert from "node:assert/strict";

import { Console, callsSupport } from "./console.mjs";
import { until } from "./poll.mjs";
import { startPhoneDesk } from "./softphone.mjs";

/** Tones of which none is near a harmonic of another. */
export const ONE = 610;
export const TWO = 830;
export const CALLER = 1_090;
export const OUTSIDE = 1_370;

/** Whom the page of telephones lets call first. */
const IDA = "+13125550123";

/** Somebody at a telephone outside. */
export const BEA = "+13125550188";

const PATIENCE = 30_000;
const PASSWORD = "correct horse battery";

/** Both agents at their consoles, phones on, ready for calls; each has a talker of their own. */
export async function setTransferStage(talkers, { look } = {}) {
  const stage = new TransferStage(await startPhoneDesk(), talkers);
  try {
    stage.people = {
      one: await stage.owns("agent1"),
      two: await stage.owns("agent2"),
    };
    stage.one = await stage.seat(0, stage.people.one, look);
    stage.two = await stage.seat(1, stage.people.two, look);
    return stage;
  } catch (error) {
    await stage.clear();
    throw error;
  }
}

class TransferStage {
  #held = [];

  constructor(desk, talkers) {
    this.desk = desk;
    this.carrier = desk.carrier;
    this.talkers = talkers;
  }

  /** Gives somebody of the demonstration a password, so that they can sign in at any host. */
  async owns(userName) {
    await this.desk.switchboard.command(["user", "passwd", userName, "--password-stdin"], `${PASSWORD}\n`);
    return { userName, password: PASSWORD };
  }

  /** An agent's console in a window that stays until the stage is cleared. */
  async seat(n, as, look) {
    const opened = promised();
    const done = promised();
    const expect = [/response: 4(09|22) \/api\/transfer/, /status of 4(09|22)/];
    const { browser } = this.talkers[n];
    const ended = this.desk.window(browser, { as, address: "/", look, expect }, async (dock) => {
      const seat = new HandingConsole(dock.window);
      await seat.isReady();
      opened.resolve(seat);
      await done.promise;
    });
    ended.catch(opened.reject);
    this.#held.push({ close: done.resolve, ended });
    return opened.promise;
  }

  /** Somebody calls, and agent 1 has them. */
  async isAnswered() {
    const caller = await callsSupport(this.desk, { hz: CALLER });
    await this.one.accepts();
    return caller;
  }

  /** Somebody outside, at a telephone of a browser of their own. */
  callerInBrowser(talker, use) {
    return this.desk.window(talker.browser, { address: "/phones" }, (dock) => use(new Handset(dock, this.carrier)));
  }

  /** No state of the page is hard to use for anybody, in neither window. */
  async isEasy(where) {
    for (const [name, seat] of [["agent 1", this.one], ["agent 2", this.two]]) {
      assert.deepEqual(await seat.window.barriers(), [], `${where}, ${name}`);
    }
  }

  /** Nothing goes on from one test to the next, and both are rung again; agent 1 first, who has been free for longer. */
  async rests() {
    await this.desk.rests();
    for (const seat of [this.one, this.two]) await seat.isFree();
    await this.two.becomes("Away");
    await this.two.isFree();
  }

  async clear() {
    for (const { close } of this.#held) close();
    const ends = await Promise.allSettled(this.#held.map(({ ended }) => ended));
    for (const talker of this.talkers) await talker.close();
    await this.desk.clear();
    for (const { reason } of ends) if (reason) throw reason;
  }
}

/** A promise with what settles it. */
function promised() {
  const settle = {};
  const promise = new Promise((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return { promise, ...settle };
}

/** A pretend telephone of the page of telephones, which lends it its microphone and its loudspeaker. */
class Handset {
  constructor(dock, carrier) {
    this.dock = dock;
    this.carrier = carrier;
    this.phone = dock.page.getByRole("article", { name: "Ida", exact: true }).first();
  }

  button = (name) => this.phone.getByRole("button", { name, exact: true });

  /** Calls a line, as the page's first caller; gives the leg. */
  async calls(line) {
    await this.dock.page.getByRole("radio", { name: new RegExp(`^${line} `) }).check();
    await this.dock.window.button("Call").click();
    await this.phone.waitFor();
    return until("the call", () => this.carrier.legAt(IDA).catch(() => undefined));
  }

  async lendsMicrophone() {
    await this.button("Talk with your microphone").click();
    await this.button("Your microphone is on").waitFor();
  }

  presses = (key) => this.button(key).click();
  hears = (frequencies, options) => this.dock.hears(frequencies, options);

  async hearsMusic() {
    const leg = await this.carrier.legAt(IDA);
    await until("the caller to hear music", async () => (await this.carrier.levels(leg)).heard.rms > 100);
  }
}

/** A console with its panel for handing over. */
export class HandingConsole extends Console {
  constructor(window) {
    super(window);
    this.handing = this.page.locator(".hand-over");
    this.parties = this.page.locator(".parties");
  }

  /** Chooses how the caller is to change hands. */
  chooses = (kind) => this.handing.getByRole("radio", { name: kind }).check();

  /** The button at a name: of a colleague, a team, or the number. */
  give = (name) => this.handing.getByRole("button", { name: new RegExp(`(Dial in|Ask first|Leave to) ${name}`) });

  /** Waits until the transfer is at this step, as this agent sees it. */
  isAt = (step, timeout = PATIENCE) => this.page.locator(`.hand-over[data-step="${step}"]`).waitFor({ timeout });

  /** Waits until no transfer is under way, and the caller can be handed over again. */
  mayHandOver = (timeout = PATIENCE) => this.handing.getByRole("group", { name: "To whom" }).waitFor({ timeout });

  /** Waits until the panel says this. */
  panelTells = (text, timeout = PATIENCE) => this.handing.getByText(text).first().waitFor({ timeout });

  /** The row of somebody who is in the call. */
  party = (name) => this.parties.locator(".row", { hasText: name });

  /** Writes up whatever is left, takes calls again, and waits to be rung. */
  async isFree() {
    const done = this.act("Done");
    const takes = this.act("Take calls");
    await until("the console to be free", async () => {
      for (const button of [done, takes]) if (await button.isVisible()) await button.click().catch(() => {});
      const scene = await this.call.getAttribute("data-scene");
      const status = await this.page.locator(".status-now").getAttribute("data-status");
      return scene === "idle" && status === "available";
    });
  }
}
