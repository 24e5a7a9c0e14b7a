// Switchboard's own phone, at the foot of its pages: a demonstration with people in it, windows in which they work, and
// what they see, do and hear there.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { startApplication } from "./carrier-application.mjs";
import { clientOf } from "./carrier-client.mjs";
import { CarrierControl } from "./carrier-control.mjs";
import { withWindow } from "./browser.mjs";
import { hears, hearsNothing } from "./hearing.mjs";
import { until } from "./poll.mjs";
import { startSwitchboard } from "./switchboard.mjs";
import { NEAR } from "./tone.mjs";

const { AccessToken } = createRequire(import.meta.url)("twilio").jwt;

/** The first number of a demonstration, and somebody outside. */
export const OURS = "+12025550100";
export const BEN = "+12025550142";

/** What the demonstration signs tokens with; everybody may know it. */
const KEY = { sid: "SK00000000000000000000000000000000", secret: "switchboard-demonstration-key" };

const PASSWORD = "correct horse battery";
const PATIENCE = { timeout: 40_000 };
const ear = await readFile(new URL("ear.browser.js", import.meta.url), "utf8");

/** Starts a demonstration, an application of the test's own, and lets people in. */
export async function startPhoneDesk() {
  const switchboard = await startSwitchboard({ demonstration: true });
  try {
    const add = (userName, name, role) => switchboard.addUser(userName, { name, role, password: PASSWORD });
    const agent = await add("wes", "Wes Agent", "agent");
    const supervisor = await add("vera", "Vera Visor", "supervisor");
    const base = switchboard.output.match(/REST and control API are at (http:\S+)/)[1];
    const application = await startApplication(switchboard.account.token);
    return new PhoneDesk(switchboard, { agent, supervisor }, new CarrierControl(switchboard.account, base), application);
  } catch (error) {
    await switchboard.remove();
    throw error;
  }
}

class PhoneDesk {
  constructor(switchboard, people, carrier, application) {
    this.switchboard = switchboard;
    this.people = people;
    this.carrier = carrier;
    this.application = application;
    this.client = clientOf(carrier);
  }

  /** A window on a page, with its phone. */
  window(browser, { as = this.people.agent, address = "/phones", expect = [], look, prepare } = {}, use) {
    return withWindow(browser, this.switchboard, { as, look, expect }, async (window) => {
      await window.page.addInitScript({ content: `${ear};(${listenIn})();` });
      await prepare?.(window.page);
      await window.goes(address);
      await use(new Dock(window));
    });
  }

  /** Lets the carrier call a person's browser, which then follows a document. */
  rings(document, { to = "wes", from = BEN } = {}) {
    return this.client.calls.create({ to: `client:${to}`, from, twiml: document });
  }

  becomes(sid, status) {
    return until(`${sid} to be ${status}`, async () => (await this.client.calls(sid).fetch()).status === status);
  }

  /** Somebody outside sits in a room of the carrier and sounds there; gives the leg. */
  async sitsIn(document, hz) {
    const { sid } = await this.client.calls.create({ to: BEN, from: OURS, twiml: document });
    const leg = await until("the telephone to ring", () => this.carrier.legAt(BEN).catch(() => undefined));
    await this.carrier.answers(leg);
    await this.carrier.sounds(leg, { source: "tone", hz });
    await this.becomes(sid, "in-progress");
    return leg;
  }

  /** Whether the carrier would ring a person's browser. */
  async isThere(identity = "wes") {
    const all = await this.carrier.clients();
    return all.some((one) => one.identity === identity && one.sockets.some((socket) => socket.is_registered));
  }

  /** A token of the test's own for a person. */
  token({ identity = "wes", ttl = 3_600, secret = KEY.secret } = {}) {
    const token = new AccessToken(this.switchboard.account.sid, KEY.sid, secret, { identity, ttl });
    token.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true }));
    return { identity, token: token.toJwt(), ttl_s: ttl, calls_out: false, signalling: new URL(this.switchboard.local).host };
  }

  /** Ends all calls of the carrier. */
  async rests() {
    for (const status of ["in-progress", "ringing", "queued"]) {
      for (const { sid } of await this.client.calls.list({ status })) {
        await this.client.calls(sid).update({ status: "completed" }).catch(() => {});
      }
    }
    this.application.requests.length = 0;
  }

  async clear() {
    await this.application.close();
    await this.switchboard.remove();
  }
}

/** In the page: an ear on whatever comes over a connection, and a list of all microphones that were opened. */
function listenIn() {
  globalThis.ears = [];
  const Original = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(...words) {
      super(...words);
      this.addEventListener("track", ({ track }) => globalThis.ears.push(new Ear(new MediaStream([track]))));
    }
  };
  globalThis.microphones = [];
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    globalThis.microphones.push(...stream.getTracks().map((track) => new WeakRef(track)));
    return stream;
  };
}

/** A person's phone in their window. */
export class Dock {
  constructor(window) {
    this.window = window;
    this.page = window.page;
    this.root = window.page.locator("#phone");
    this.card = this.root.locator("article").last();
  }

  button = (name) => this.root.getByRole("button", { name, exact: true });

  /** Waits until the phone stands so: `asleep`, `choosing`, `registered`, … */
  is = (word) => this.page.locator(`#phone[data-phone="${word}"]`).waitFor(PATIENCE);

  /** Waits until its latest call stands so: `ringing`, `talking`, `over`, … */
  callIs = (stage) => this.root.locator(`article[data-call="${stage}"]`).last().waitFor(PATIENCE);

  /** Waits until it says this. */
  says = (text) => this.root.getByText(text).first().waitFor(PATIENCE);

  /** Sets it up for the first time: the click, the microphone, the choice. */
  async isSetUp() {
    await this.button("Set up your phone").click();
    await this.is("choosing");
    await this.root.locator('[data-heard="true"]').waitFor(PATIENCE);
    await this.button("I hear it: turn on").click();
    await this.is("registered");
  }

  async answers() {
    await this.callIs("ringing");
    await this.button("Answer").click();
    await this.callIs("talking");
  }

  async hangsUp() {
    await this.button("Hang up").click();
    await this.callIs("over");
  }

  async calls(number) {
    await this.button("Call a number").click();
    await this.root.getByLabel("Number to call").fill(number);
    await this.button("Call").click();
  }

  heard = (frequencies, near = NEAR) =>
    this.page.evaluate(
      ([all, near]) => globalThis.ears.at(-1)?.heard(all, near) ?? { rms: 0, tones: [] },
      [frequencies, near],
    );
  hears = (frequencies, options) => hears(this.heard, frequencies, options);
  hearsNothing = (options) => hearsNothing(this.heard, options);

  /** How many microphones are in use. */
  microphones = () =>
    this.page.evaluate(() => globalThis.microphones.filter((track) => track.deref()?.readyState === "live").length);
}
