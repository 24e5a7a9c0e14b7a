// A caller's telephone and the carrier between: asks for documents, signed by the official Twilio
// package, and obeys them as Twilio's reference says.

import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { createRequire } from "node:module";

import { form } from "./http.mjs";
import { faultsOf } from "./twiml-rules.mjs";

const require = createRequire(import.meta.url);
const { getExpectedTwilioSignature } = require("twilio/lib/webhooks/webhooks");

/** No call of ours needs more documents; one that does goes round in circles. */
const MOST_DOCUMENTS = 60;

export const callSid = () => `CA${randomBytes(16).toString("hex")}`;

/** How a dialled party can end: what Twilio then says of it. */
export const party = {
  talks: (seconds) => ({ DialCallStatus: "completed", DialBridged: "true", DialCallDuration: String(seconds) }),
  /** Answered by somebody, or something, that was never connected to the caller. */
  isNeverBridged: () => ({ DialCallStatus: "completed", DialBridged: "false", DialCallDuration: "3" }),
  isBusy: () => ({ DialCallStatus: "busy", DialBridged: "false" }),
  doesNotAnswer: () => ({ DialCallStatus: "no-answer", DialBridged: "false" }),
  cannotBeReached: () => ({ DialCallStatus: "failed", DialBridged: "false" }),
};

/** The signed request for a document; can be sent as often as one likes. */
export function signedRequest(switchboard, { method = "POST", url, params = {}, token, account = switchboard.account }) {
  const address = new URL(url, `${switchboard.public}/`);
  address.hash = "";
  if (method === "GET") {
    for (const [name, value] of Object.entries(params)) address.searchParams.append(name, value);
  }
  const signed = method === "GET" ? {} : params;
  const headers = {
    "User-Agent": "TwilioProxy/1.1",
    Accept: "*/*",
    "X-Twilio-Signature": getExpectedTwilioSignature(account.token, address.href, signed),
    "I-Twilio-Idempotency-Token": token ?? randomUUID(),
    ...(method === "POST" ? { "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8" } : {}),
  };
  // What stands before the program takes the path of the public address away.
  const prefix = new URL(switchboard.public).pathname.replace(/\/$/, "");
  assert.ok(address.href.startsWith(switchboard.public), `${address.href} leads away from ${switchboard.public}`);
  const target = (address.pathname + address.search).slice(prefix.length);
  return { method, target, headers, body: method === "POST" ? form(params) : undefined };
}

/** One call. After each step `at` says what the caller is at: a question, a dialled party, or the end. */
export class Call {
  constructor(switchboard, { from = "+12125550147", to = "+12025550100", place = {}, more = {}, method = "POST", sid = callSid() } = {}) {
    this.switchboard = switchboard;
    this.sid = sid;
    this.from = from;
    this.to = to;
    this.place = { City: "", State: "", Zip: "", Country: "US", ...place };
    this.more = more;
    this.method = method;
    this.status = "ringing";
    /** What was said since the caller last did something. */
    this.heard = "";
    /** Every document, in order. */
    this.documents = [];
    /** How many questions were asked. */
    this.questions = 0;
    this.at = { begun: false };
  }

  /** The parameters that every request of this call carries. */
  params(extra = {}) {
    const place = Object.entries(this.place).flatMap(([name, value]) => [
      [`From${name}`, value],
      [`Caller${name}`, value],
    ]);
    return {
      AccountSid: this.switchboard.account.sid,
      ApiVersion: "2010-04-01",
      CallSid: this.sid,
      CallStatus: this.status,
      Called: this.to,
      Caller: this.from,
      Direction: "inbound",
      From: this.from,
      To: this.to,
      ToCity: "",
      ToCountry: "US",
      ToState: "DC",
      ToZip: "",
      ...Object.fromEntries(place),
      ...this.more,
      ...extra,
    };
  }

  /** Calls the number, whose webhook is `url`. */
  async dials(url) {
    await this.#ask(url, {}, this.method);
    return this;
  }

  /** Presses keys at a question. */
  async presses(keys) {
    const { attributes } = this.#isAsked();
    const most = Number(attributes.numDigits ?? Infinity);
    const finish = attributes.finishOnKey ?? "#";
    let digits = "";
    let finishedOn = "";
    let used = 0;
    for (const key of keys) {
      used += 1;
      if (key === finish) {
        finishedOn = key;
        break;
      }
      digits += key;
      if (digits.length === most) break;
    }
    assert.equal(used, keys.length, `the question takes ${JSON.stringify(keys.slice(0, used))} only`);
    if (!digits && attributes.actionOnEmptyResult !== "true") return this.waits();
    return this.sends({ Digits: digits, FinishedOnKey: finishedOn, msg: "Gather End" });
  }

  /** Answers a question with parameters that no telephone would send. */
  async sends(params) {
    const { attributes } = this.#isAsked();
    await this.#ask(attributes.action ?? this.url, params, attributes.method);
    return this;
  }

  /** Presses nothing at a question. */
  async waits() {
    this.#isAsked();
    this.heard = "";
    await this.#goOn(this.at.next);
    return this;
  }

  /** Whoever is dialled ends like this. */
  async finds(outcome) {
    const { attributes } = this.#isDialling();
    const params = { DialCallSid: callSid(), ...outcome };
    if (attributes.action !== undefined) {
      await this.#ask(attributes.action, params, attributes.method);
    } else {
      this.heard = "";
      await this.#goOn(this.at.next);
    }
    return this;
  }

  /** Leaves a talking party with a star. */
  async leaves(seconds = 5) {
    assert.equal(this.#isDialling().attributes.hangupOnStar, "true", "a star ends this conversation");
    return this.finds(party.talks(seconds));
  }

  /** Hangs up, wherever the call is. The answer to the dial's action is not obeyed. */
  async hangsUp() {
    this.status = "completed";
    const { dial } = this.at;
    if (dial?.attributes.action !== undefined) {
      await this.#fetch(dial.attributes.action, { DialCallStatus: "canceled", DialBridged: "false" }, dial.attributes.method);
    }
    return this.#end("the caller hung up");
  }

  /** Follows a script: keys, `null` for silence, or a party's outcome. */
  async follows(script) {
    for (const step of script) {
      if (step === null) await this.waits();
      else if (typeof step === "string") await this.presses(step);
      else await this.finds(step);
    }
    return this;
  }

  /** The question the caller is at. */
  #isAsked() {
    assert.ok(this.at.gather, `the caller is asked something; instead ${this.where}`);
    return this.at.gather;
  }

  #isDialling() {
    assert.ok(this.at.dial, `somebody is dialled; instead ${this.where}`);
    return this.at.dial;
  }

  get where() {
    const at = Object.keys(this.at).join(", ");
    return `the call is at ${at} after hearing ${JSON.stringify(this.heard)}`;
  }

  /** The number that is dialled, and the number it is shown. */
  get dialled() {
    const dial = this.#isDialling();
    return { number: dial.text.trim(), callerId: dial.attributes.callerId };
  }

  /** The last document, as it came. */
  get document() {
    return this.documents.at(-1).text;
  }

  async #ask(url, params, method) {
    const document = await this.#fetch(url, params, method);
    this.heard = "";
    if (this.status === "ringing") this.status = "in-progress";
    await this.#goOn(document.elements);
  }

  async #fetch(url, params, method = "POST") {
    assert.ok(this.documents.length < MOST_DOCUMENTS, `the call ends within ${MOST_DOCUMENTS} documents`);
    const address = new URL(url, this.url ?? `${this.switchboard.public}/`).href;
    this.request = signedRequest(this.switchboard, { method, url: address, params: this.params(params) });
    const answer = await this.switchboard.send(this.request);
    const { document, faults } = faultsOf(answer);
    assert.deepEqual(faults, [], `${method} ${address} answered\n${answer.body}`);
    this.url = address.split("#")[0];
    this.documents.push({ url: this.url, text: answer.body.toString(), root: document });
    return document;
  }

  async #goOn(verbs) {
    for (const [i, verb] of verbs.entries()) {
      const next = verbs.slice(i + 1);
      switch (verb.name) {
        case "Say":
          this.#hear(verb);
          break;
        case "Pause":
          break;
        case "Gather":
          verb.elements.filter(({ name }) => name === "Say").forEach((say) => this.#hear(say));
          this.questions += 1;
          this.at = { gather: verb, next };
          return;
        case "Dial":
          this.at = { dial: verb, next };
          return;
        case "Redirect": {
          const heard = this.heard;
          await this.#ask(verb.text.trim() || this.url, {}, verb.attributes.method);
          this.heard = `${heard} ${this.heard}`.trim();
          return;
        }
        case "Hangup":
          this.status = "completed";
          await this.#end("the document hung up");
          return;
        default:
          assert.fail(`no telephone line of ours uses <${verb.name}>`);
      }
    }
    assert.fail(`the document ran out, and the caller was cut off:\n${this.document}`);
  }

  #hear(say) {
    const words = say.text.replace(/\s+/g, " ").trim();
    this.heard = `${this.heard} ${words}`.trim();
  }

  async #end(how) {
    this.at = { ended: how };
    const report = this.params({
      CallDuration: "42",
      CallbackSource: "call-progress-events",
      Duration: "1",
      SequenceNumber: "0",
      Timestamp: new Date().toUTCString().replace("GMT", "+0000"),
    });
    const url = `${this.switchboard.public}/twilio/call-status`;
    const answer = await this.switchboard.send(signedRequest(this.switchboard, { url, params: report }));
    assert.equal(answer.status, 204, `the status callback is answered with 204: ${answer.body}`);
    return this;
  }
}

/** Calls a line at its entry. */
export const calls = (switchboard, url, options) => new Call(switchboard, options).dials(url);
