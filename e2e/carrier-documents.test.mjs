// Documents made at random by the official library, read by ours, written again, and equal.

import assert from "node:assert/strict";
import test from "node:test";

import { ELEMENTS, plans, written } from "./lib/carrier-documents.mjs";
import { assertComeOutEqual, eachOf, meaningOf, rewritten } from "./lib/carrier-rewrite.mjs";

/** Another seed makes other documents: DOCUMENT_SEED=7 node --test carrier-documents.test.mjs */
const SEED = Number(process.env.DOCUMENT_SEED ?? 20261120);
const COUNT = 400;

test("documents of the library are read without a complaint, and come out equal", { timeout: 120_000 }, async () => {
  await assertComeOutEqual(plans(SEED, COUNT).map(written), `seed ${SEED}`);
});

test("what is written again stays as it is", { timeout: 120_000 }, async () => {
  const documents = plans(SEED + 1, 40).map(written);

  await eachOf(documents, async (document) => {
    const once = (await rewritten(document)).said;
    assert.equal((await rewritten(once)).said, once);
  });
});

test("the documents use every element that is in service", () => {
  const used = new Set();
  const look = ({ name, children }) => {
    used.add(name);
    children.filter((child) => typeof child !== "string").forEach(look);
  };
  plans(SEED, 10 * COUNT).forEach(look);

  assert.deepEqual(
    ELEMENTS.filter((name) => !used.has(name)),
    ["Autopilot"],
  );
});

test("a comparison that looks away from nothing finds each difference", () => {
  const base = '<Response><Say voice="alice">a <break/> b</Say><Dial><Number>+12025550123</Number></Dial></Response>';
  for (const other of [
    base.replace("alice", "man"),
    base.replace("a <", "a<"),
    base.replace(" b", " c"),
    base.replace("<break/>", ""),
    base.replace("0123", "0124"),
    base.replace("<Dial>", '<Dial record="true">'),
    base.replace(/<Say.*<\/Say>/, ""),
  ]) {
    assert.notEqual(other, base);
    assert.notDeepEqual(meaningOf(other), meaningOf(base), other);
  }
  assert.deepEqual(meaningOf(base.replace("+1202", " +1202")), meaningOf(base), "white space around a number means nothing");
  const client = (children) => `<Response><Dial><Client>${children}</Client></Dial></Response>`;
  const [who, what] = ["<Identity>ada</Identity>", '<Parameter name="a" value="b"/>'];
  assert.deepEqual(meaningOf(client(who + what)), meaningOf(client(what + who)), "who and what are told apart by their names");
});
