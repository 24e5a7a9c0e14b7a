// One signed question outside any script, and what is wrong with its answer.

import assert from "node:assert/strict";

import { Call, signedRequest } from "./caller.mjs";
import { faultsOf } from "./twiml-rules.mjs";

/** Fails unless an answer is TwiML without a fault that leads on or ends; gives the document. */
export function assertTwiml(answer, what) {
  const { document, faults } = faultsOf(answer);
  assert.deepEqual(faults, [], `${what} answered ${answer.status}\n${answer.body.subarray(0, 500)}`);
  const last = document.elements.at(-1)?.name;
  assert.ok(["Hangup", "Redirect", "Dial"].includes(last), `${what} leads on or ends:\n${answer.body}`);
  return document;
}

/** A webhook of a new call, ready to send, with parameters changed; `undefined` takes one away. */
export function webhook(switchboard, target, { params = {}, call = new Call(switchboard), ...more } = {}) {
  const all = { ...call.params(), ...params };
  const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return signedRequest(switchboard, { url: `${switchboard.public}${target}`, params: kept, ...more });
}
