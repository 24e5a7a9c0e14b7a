// A carrier with sound, an application, and pages with the Voice SDK: what tests of browser legs need.

import { createRequire } from "node:module";

import { ACCOUNT } from "./carrier-program.mjs";
import { OURS, setStage } from "./carrier-stage.mjs";
import { until } from "./poll.mjs";
import { openPage, servePages } from "./voice-page.mjs";

const { AccessToken } = createRequire(import.meta.url)("twilio").jwt;

/** The API key that signs tokens, and the application that is asked when a browser calls out. */
export const KEY = { sid: "SK0123456789abcdef0123456789abcdef", secret: "a secret for tests alone" };
export const APPLICATION = "AP0123456789abcdef0123456789abcdef";

/**
 * A token, made by the official library.
 *
 * @param {string} identity
 * @param {object} [options]
 * @param {number} [options.ttl] seconds
 * @param {string} [options.secret] what it is signed with
 * @param {object} [options.grant] what its voice grant says in place of the usual
 */
export function tokenFor(identity, { ttl = 3_600, secret = KEY.secret, grant = {} } = {}) {
  const token = new AccessToken(ACCOUNT.sid, KEY.sid, secret, { identity, ttl });
  token.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true, outgoingApplicationSid: APPLICATION, ...grant }));
  return token.toJwt();
}

/** Starts a carrier with sound on the real clock, an application (`/voice`, `/browser`) and the server of pages. */
export async function setVoiceStage() {
  const stage = await setStage({
    clock: "real",
    more: (application) => [
      ...["--media", "webrtc", "--key", `${KEY.sid}:${KEY.secret}`],
      ...["--application", `${APPLICATION}=${application.url("/browser")}`],
    ],
  });
  try {
    const pages = await servePages(stage.carrier);
    return new VoiceStage(stage, pages);
  } catch (error) {
    await stage.clear();
    throw error;
  }
}

class VoiceStage {
  #open = new Set();

  constructor(stage, pages) {
    this.stage = stage;
    this.pages = pages;
    ({ application: this.application, carrier: this.carrier, client: this.client } = stage);
    this.gateway = new URL(this.carrier.base).host;
  }

  /** A page of a talker; it is closed when the test is over. */
  async page(talker, address) {
    const page = await openPage(talker, this.pages, address);
    this.#open.add(page);
    return page;
  }

  /** A page that is registered for an identity. */
  async registered(talker, identity, { token = {}, ...options } = {}) {
    const page = await this.page(talker);
    return page.registers(tokenFor(identity, token), { gateway: this.gateway, ...options });
  }

  /** Lets the carrier call a browser, which then follows a document. Gives the call. */
  async rings(identity, twiml, more = {}) {
    return this.client.calls.create({ to: `client:${identity}`, from: OURS, twiml, ...more });
  }

  /** Waits until REST tells that a call has this status. */
  becomes(sid, status) {
    return until(`${sid} to be ${status}`, async () => (await this.client.calls(sid).fetch()).status === status);
  }

  /** Closes the pages and ends all calls. Fails where a page complained. */
  async rests({ expect } = {}) {
    const open = [...this.#open];
    this.#open.clear();
    const closed = await Promise.allSettled(open.map((page) => page.closes({ expect })));
    await this.stage.rests();
    for (const { reason } of closed) if (reason) throw reason;
  }

  async clear() {
    await this.pages.close();
    await this.stage.clear();
  }
}
