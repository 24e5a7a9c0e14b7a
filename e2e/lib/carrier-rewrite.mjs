// Documents go through ours, which reads and writes them again, and are compared by what they mean.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";

import { SPOKEN } from "./carrier-documents.mjs";
import { Element, parseXml } from "./xml.mjs";

const AT_ONCE = 4;

/** Elements whose children are obeyed or tried in their order. Elsewhere it means nothing among different names. */
const ORDERED = new Set(["Response", "Gather", "Prompt", "Dial", "Connect", "Start", "Stop"]);

/** Ours reads each document without a complaint, and what it writes means the same. */
export function assertComeOutEqual(documents, what) {
  return eachOf(documents, async (document, i) => {
    const named = `document ${i} of ${what}:\n${document}`;
    const { said, complaints } = await rewritten(document);

    assert.equal(complaints, "", named);
    assert.deepEqual(meaningOf(said), meaningOf(document), named);
  });
}

/** What ours makes of a document, and what it has to say about it. */
export async function rewritten(document) {
  const binary = process.env.REWRITE_BIN;
  assert.ok(binary, "REWRITE_BIN has to name the built example");
  const child = spawn(path.resolve(binary), [], { stdio: "pipe", timeout: 20_000 });
  child.stdin.end(document);
  const [said, complaints, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  assert.equal(code, 0, `${complaints}\n${document}`);
  return { said: said.trim(), complaints };
}

/** Does something with each, a few at once. */
export async function eachOf(list, act) {
  const left = list.entries();
  const worker = async () => {
    for (const [i, one] of left) await act(one, i);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** A document as data that is equal for documents that mean the same. */
export function meaningOf(document) {
  const { root, problems } = parseXml(document);
  assert.deepEqual(problems, [], document);
  return meaning(root);
}

function meaning(element) {
  if (element.name === "Application" && element.elements.length === 0) return meaning(spelledOut(element));
  const isSpoken = SPOKEN.has(element.name);
  const children = element.children.map((child) => (typeof child === "string" ? child : meaning(child)));
  const elements = children.filter((child) => typeof child !== "string");
  if (!ORDERED.has(element.name)) elements.sort((a, b) => compare(a.name, b.name));
  return {
    name: element.name,
    attributes: Object.fromEntries(Object.entries(element.attributes).sort(([a], [b]) => compare(a, b))),
    text: isSpoken ? undefined : element.ownText.trim(),
    children: isSpoken ? joined(children) : elements,
  };
}

/** An application that is named in short is named by an element of its own. */
function spelledOut({ name, attributes, ownText }) {
  const sid = new Element("ApplicationSid", {});
  sid.children.push(ownText.trim());
  const application = new Element(name, attributes);
  application.children.push(sid);
  return application;
}

const compare = (a, b) => (a < b ? -1 : Number(a > b));

/** Texts beside each other are one text. */
function joined(children) {
  const texts = [];
  for (const child of children) {
    if (typeof child === "string" && typeof texts.at(-1) === "string") texts.push(texts.pop() + child);
    else texts.push(child);
  }
  return texts;
}
