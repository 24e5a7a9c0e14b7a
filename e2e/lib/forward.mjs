// What a forwarding line should say and do, as assertions over a call.

import assert from "node:assert/strict";

import { delegateOf, regionOf, senatorsOf, words } from "./seeds.mjs";

/** The caller hears these words, in this order. */
export function assertHears(call, ...sentences) {
  let from = 0;
  for (const sentence of sentences) {
    const at = call.heard.indexOf(sentence, from);
    assert.ok(at >= from, `the caller hears ${JSON.stringify(sentence)}; heard was ${JSON.stringify(call.heard)}`);
    from = at + sentence.length;
  }
}

/** The call rings the first senator of a state, whom the caller hears named, and the second after that. */
export function assertRingsFirst(call, state) {
  const [first, second] = senatorsOf(state);
  assertHears(
    call,
    words("connecting", { title: first.title, name: first.name, n: 1, total: 2, next_title: second.title, next: second.name }),
    words("leave_hint"),
  );
  assert.deepEqual(call.dialled, { number: first.phone, callerId: call.from });
}

/** The call rings the second senator of a state. */
export function assertRingsSecond(call, state) {
  const [, second] = senatorsOf(state);
  assertHears(call, words("connecting_last", { title: second.title, name: second.name, n: 2, total: 2 }));
  assert.deepEqual(call.dialled, { number: second.phone, callerId: call.from });
}

/** The call asks for five digits. */
export function assertAsksZip(call) {
  assertHears(call, words("ask_zip"));
  assert.equal(call.at.gather?.attributes.numDigits, "5", call.where);
  assert.match(call.at.gather.attributes.action, /\/callcongress\/state-lookup#/);
}

/** The call asks for one key. */
export function assertAsksKey(call) {
  assert.equal(call.at.gather?.attributes.numDigits, "1", call.where);
}

/** The call offers the delegate of a region without senators. */
export function assertOffersDelegate(call, region) {
  const { title, name } = delegateOf(region);
  assertHears(call, words("no_senators", { region: regionOf(region).name }), words("offer_delegate", { title, name }));
  assertAsksKey(call);
}

/** The call is over, after these words. */
export function assertEnds(call, ...sentences) {
  assertHears(call, ...sentences);
  assert.equal(call.at.ended, "the document hung up", call.where);
}

