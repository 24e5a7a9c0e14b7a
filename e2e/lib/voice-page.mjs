// A plain page with Twilio's Voice SDK alone, as somebody's own program would have it: served from here, opened in
// Chromium with a pretend microphone, and asked what happens on it.

import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";

import { startBrowser } from "./browser.mjs";
import { hears, hearsNothing } from "./hearing.mjs";
import { until } from "./poll.mjs";
import { NEAR, toneFile } from "./tone.mjs";

/** Longer than anything takes on a busy machine. */
const PATIENCE = 30_000;

const SITE = new URL("../../target/site/", import.meta.url);
const SDK = "/sdk/twilio-voice-2.18.5.min.js";
const TYPES = { js: "text/javascript; charset=utf-8", wav: "audio/wav", html: "text/html; charset=utf-8" };

const page = (scripts) =>
  `<!doctype html><html lang="en"><title>A page with a phone</title>${scripts.map((src) => `<script src="${src}"></script>`).join("")}`;

/** With the shim for a local carrier, and as it would be at Twilio. */
const PAGES = {
  "/": page(["/sdk/shim.js", SDK, "/ear.browser.js", "/voice-page.browser.js"]),
  "/untouched": page([SDK, "/ear.browser.js", "/voice-page.browser.js"]),
};

/** Serves the pages, under the policy that our own have. */
export async function servePages(carrier) {
  const connect = ["'self'", carrier.base.replace("http:", "ws:"), "wss://*.twilio.com", "https://*.twilio.com"];
  const policy = `default-src 'none'; script-src 'self'; media-src 'self' mediastream:; connect-src ${connect.join(" ")}`;
  const server = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://page.invalid");
    const found = await content(pathname).catch(() => undefined);
    if (found === undefined) return response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
    const type = TYPES[pathname.split(".").at(-1)] ?? TYPES.html;
    response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": policy }).end(found);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function content(path) {
  if (PAGES[path]) return PAGES[path];
  if (/^\/[\w-]+\.browser\.js$/.test(path)) return readFile(new URL(path.slice(1), import.meta.url));
  if (/^\/sdk\/[\w./-]+$/.test(path) && !path.includes("..")) return readFile(new URL(path.slice(1), SITE));
  return undefined;
}

/**
 * A browser whose microphone brings a tone.
 *
 * @param {object} options
 * @param {number} [options.hz] which
 * @param {boolean} [options.pulsed] whether it swells, as a voice does
 * @param {string[]} [options.more] more of its command line
 */
export async function startTalker({ hz = 610, pulsed = false, more = [] } = {}) {
  const sound = await toneFile(hz, { pulsed });
  const browser = await startBrowser({
    more: [
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-audio-capture=${sound.file}`,
      "--allow-loopback-in-peer-connection",
      "--autoplay-policy=no-user-gesture-required",
      ...more,
    ],
  }).catch(async (error) => {
    await sound.clear();
    throw error;
  });
  return {
    browser,
    hz,
    async close() {
      await browser.close();
      await sound.clear();
    },
  };
}

/** The microphone as it is, without what makes voices clearer and tones weaker. */
const AS_IT_IS = { audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } };

/** What our own phone tells the SDK, wherever it is. */
const USUAL = { codecPreferences: ["pcmu", "opus"], maxCallSignalingTimeoutMs: 30_000, tokenRefreshMs: 60_000 };

/** Opens a page in a window of its own. */
export async function openPage(talker, pages, address = "/") {
  const context = await talker.browser.newContext();
  context.setDefaultTimeout(PATIENCE);
  const window = await context.newPage();
  const complaints = [];
  window.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  window.on("pageerror", (error) => complaints.push(error.stack));
  await window.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} forbids ${blockedURI}`),
    ),
  );
  await window.goto(pages.base + address);
  return new VoicePage(window, complaints, talker.hz);
}

export class VoicePage {
  #seen = new Map();

  constructor(page, complaints, hz) {
    this.page = page;
    this.complaints = complaints;
    /** What its microphone brings. */
    this.hz = hz;
  }

  /** Makes the SDK's device for a token. `gateway` is the carrier's authority; without one the SDK asks Twilio's. */
  async opens(token, { gateway, withKeys = true, ...options } = {}) {
    const local = gateway ? { chunderw: gateway, publishEvents: false } : {};
    await this.page.evaluate(
      ([token, options, withKeys]) =>
        phone.open(token, withKeys ? options : { ...options, RTCPeerConnection: phone.WithoutKeys }),
      [token, { ...USUAL, ...local, ...options }, withKeys],
    );
  }

  /** Opens, registers, and waits until it is done. */
  async registers(token, options) {
    await this.opens(token, options);
    await this.page.evaluate(() => phone.device.register());
    await this.next("registered");
    return this;
  }

  /** Waits for the next event of a name that nobody has waited for, and gives it. */
  async next(name, { within = PATIENCE } = {}) {
    const skip = this.#seen.get(name) ?? 0;
    const found = await until(
      `the event ${name}`,
      () => this.page.evaluate(([name, skip]) => phone.events.filter((event) => event.name === name)[skip], [name, skip]),
      { within, every: 10 },
    ).catch(async (error) => {
      const all = (await this.events()).map((event) => JSON.stringify(event)).join("\n");
      throw new Error(`${error.message}; on the page so far:\n${all}`);
    });
    this.#seen.set(name, skip + 1);
    return found;
  }

  /** Every event so far, or those of a name. */
  events(name) {
    return this.page.evaluate((name) => phone.events.filter((event) => !name || event.name === name), name);
  }

  answers = (options = { rtcConstraints: AS_IT_IS }) => this.page.evaluate((options) => phone.calls.at(-1).accept(options), options);
  declines = () => this.page.evaluate(() => phone.calls.at(-1).reject());
  ignores = () => this.page.evaluate(() => phone.calls.at(-1).ignore());
  hangsUp = () => this.page.evaluate(() => phone.calls.at(-1).disconnect());
  presses = (keys) => this.page.evaluate((keys) => phone.calls.at(-1).sendDigits(keys), keys);
  mutes = (is) => this.page.evaluate((is) => phone.calls.at(-1).mute(is), is);
  renews = (token) => this.page.evaluate((token) => phone.device.updateToken(token), token);
  state = () => this.page.evaluate(() => phone.device.state);

  dials(params, options = { rtcConstraints: AS_IT_IS }) {
    return this.page.evaluate(([params, options]) => phone.dial(params, options), [params, options]);
  }

  /** Is rung, answers, and gives the call's SID. */
  async takesCall() {
    const { parameters } = await this.next("incoming");
    await this.answers();
    await this.next("accept");
    return parameters.CallSid;
  }

  /** Answers, and gives how many milliseconds later the first sound came. */
  answersAndListens = () =>
    this.page.evaluate((options) => phone.answerAndListen({ options }), { rtcConstraints: AS_IT_IS });

  /** What its ear has at this moment. */
  heard = (frequencies = [], near = NEAR) => this.page.evaluate(([all, near]) => phone.heard(all, near), [frequencies, near]);
  hears = (frequencies, options) => hears(this.heard, frequencies, options);
  hearsNothing = (options) => hearsNothing(this.heard, options);

  /** Closes it, and fails where something was complained about that nobody expected. */
  async closes({ expect = [] } = {}) {
    await this.page.context().close();
    const unexpected = this.complaints.filter((text) => !expect.some((pattern) => pattern.test(text)));
    assert.deepEqual(unexpected, [], "the page has nothing to complain about");
  }
}
