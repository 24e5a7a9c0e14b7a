// Says what Twilio would complain about in an answer: elements, attributes, values, nesting, type.

import { readFileSync } from "node:fs";

import { parseXml } from "./xml.mjs";

const table = JSON.parse(readFileSync(new URL("../data/twiml_elements.json", import.meta.url), "utf8"));

/** The longest document that Twilio reads, in bytes (error 11750). */
const LONGEST = 64 * 1024;

/** What one `<Say>` may say with a Polly voice, the narrowest of the limits (warning 13521). */
const LONGEST_SPEECH = 3000;

/** After these nothing is reached. */
const LAST = new Set(["Redirect", "Reject", "Hangup"]);

/** Everything wrong with an answer, given its status, its headers and its body. */
export function faultsOf({ status, headers, body }) {
  const faults = [];
  if (status !== 200) faults.push(`the status is ${status}`);
  const type = headers["content-type"] ?? "";
  if (!/^text\/xml(;\s*charset=utf-8)?$/i.test(type)) faults.push(`the content type is ${JSON.stringify(type)}`);
  if (!type.includes("xml")) return { faults };
  if (body.length > LONGEST) faults.push(`the document has ${body.length} bytes`);
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return { faults: [...faults, "the document is not UTF-8"] };
  }
  const { document, faults: more } = faultsOfDocument(text);
  return { document, faults: [...faults, ...more] };
}

/** Everything wrong with a document's text. */
export function faultsOfDocument(text) {
  if (!text.startsWith("<")) return { faults: ["something stands before the document"] };
  const { root, problems } = parseXml(text);
  if (problems.length > 0 || !root) return { faults: problems.length > 0 ? problems : ["the document is empty"] };
  const faults = [];
  const report = (element, what) => faults.push(`line ${element.line}, <${element.name}>: ${what}`);
  if (root.name === "Response") {
    for (const name of Object.keys(root.attributes)) report(root, `has no attribute ${name}`);
    if (root.ownText.trim()) report(root, "holds text");
    root.elements.forEach((element) => checkElement(element, "Response", report));
    checkOrder(root, report);
  } else {
    report(root, "is not Response");
  }
  return { document: root, faults };
}

function checkElement(element, parent, report) {
  const rows = table.elements.filter(({ name }) => name === element.name);
  const row = rows.find(({ parents }) => parents.includes(parent));
  if (!row) {
    return report(element, rows.length > 0 ? `may not stand in <${parent}>` : "does not exist");
  }
  for (const [name, value] of Object.entries(element.attributes)) {
    const type = row.attributes[name];
    const complaint = type ? complaintAbout(name, type, value) : "does not exist";
    if (complaint) report(element, `the attribute ${name} ${complaint}`);
  }
  if (!row.text && element.ownText.trim()) report(element, "holds text");
  special[element.name]?.(element, (what) => report(element, what));
  element.elements.forEach((child) => checkElement(child, element.name, report));
}

function complaintAbout(name, type, value) {
  if (type.endsWith("[]")) {
    const values = value.split(" ");
    return values.map((one) => complaintAbout(name, type.slice(0, -2), one)).find(Boolean);
  }
  const said = JSON.stringify(value);
  const allowed = table.enums[type];
  if (allowed) return allowed.includes(value) ? undefined : `may not be ${said}`;
  if (type === "number") return /^\d+$/.test(value) ? undefined : `is not a number: ${said}`;
  if (type === "boolean") return /^(true|false)$/.test(value) ? undefined : `is neither true nor false: ${said}`;
  if (/method$/i.test(name)) return /^(GET|POST)$/.test(value) ? undefined : `is neither GET nor POST: ${said}`;
  if (/^(action|url)$|(Url|Callback)$/.test(name)) return complaintAboutUrl(value);
  return undefined;
}

/** Any base will do: only the form of the URL is looked at. */
function complaintAboutUrl(value) {
  if (!value.trim()) return "is an empty URL";
  if (!URL.canParse(value, "http://base.example/")) return `is no URL: ${JSON.stringify(value)}`;
  const { protocol, hostname } = new URL(value, "http://base.example/");
  if (!/^https?:$/.test(protocol)) return `is a URL that cannot be fetched: ${JSON.stringify(value)}`;
  return hostname.includes("_") ? `names a host with an underscore: ${JSON.stringify(value)}` : undefined;
}

/** What the builders do not know and Twilio's reference tells. */
const special = {
  Say(say, report) {
    const text = say.text.trim();
    if (!text) report("says nothing (13520)");
    if ([...text].length > LONGEST_SPEECH) report("says too much for one voice (13521)");
  },
  Redirect(redirect, report) {
    const complaint = redirect.text.trim() && complaintAboutUrl(redirect.text.trim());
    if (complaint) report(`the address ${complaint}`);
  },
  Gather({ attributes }, report) {
    if (attributes.numDigits === "0") report("waits for no digit (13314)");
    if (attributes.timeout === "0") report("waits for no time (13313)");
    if (!/^[\d*#]?$/.test(attributes.finishOnKey ?? "")) report("finishes on more than one key (13310)");
  },
  Pause({ attributes }, report) {
    if (attributes.length === "0") report("is no pause (13910)");
  },
  Dial(dial, report) {
    const nouns = dial.elements;
    const number = dial.ownText.trim();
    const seconds = Number(dial.attributes.timeout ?? 30);
    if (number && nouns.length > 0) report("holds text and nouns");
    if (!number && nouns.length === 0) report("dials nobody");
    if (nouns.length > 10) report("dials more than ten (13250)");
    if (number) dialled(number, report);
    if (seconds < 5 || seconds > 600) report(`rings ${seconds} seconds, outside 5 to 600 (13212)`);
    if (nouns.length > 1 && nouns.some(({ name }) => ["Conference", "Queue", "Application"].includes(name))) {
      report("mixes a noun that stands alone with others (13000)");
    }
  },
  Number(number, report) {
    dialled(number.text.trim(), report);
  },
};

function dialled(number, report) {
  if (!/^\+[1-9]\d{7,14}$/.test(number)) report(`is no E.164 number: ${JSON.stringify(number)} (13223)`);
}

function checkOrder(root, report) {
  root.elements.forEach((element, i) => {
    const isLast = LAST.has(element.name) || (element.name === "Dial" && "action" in element.attributes);
    if (isLast && i < root.elements.length - 1) report(element, "something follows that is never reached");
    if (element.name === "Reject" && i > 0) report(element, "comes too late to reject the call");
  });
}
