// Plans of documents made at random from the table of TwiML's elements, and the official library writing them.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const { VoiceResponse } = createRequire(import.meta.url)("twilio").twiml;
const table = JSON.parse(readFileSync(new URL("../data/twiml_elements.json", import.meta.url), "utf8"));

/** Elements that hold text and further elements, in the order in which they are spoken. */
export const SPOKEN = new Set(["Say", "emphasis", "lang", "p", "prosody", "s", "w"]);

/** What else an element wants: the builders know nothing of these rules. */
const VALUES = {
  "Conference.coach": [`CA${"0".repeat(32)}`],
  "Conference.maxParticipants": [2, 17, 250],
  "Dial.callerId": ["+12025550100", "client:ada"],
  "Dial.timeout": [5, 30, 600],
  "Gather.maxSpeechTime": [1, 60],
  "Gather.speechTimeout": ["3"],
  "Number.machineDetection": ["Enable", "DetectMessageEnd"],
  "Number.sendDigits": ["ww9", "1234#"],
  "Play.digits": ["1w2", "#"],
  "Record.maxLength": [2, 120],
  "Sip.machineDetection": ["Enable", "DetectMessageEnd"],
  "break.time": ["300ms", "2s"],
  "prosody.pitch": ["high", "+10%"],
  "prosody.rate": ["slow", "85%"],
  "prosody.volume": ["loud", "+6dB"],
  finishOnKey: ["#", "*", "1"],
  machineDetectionSilenceTimeout: [2000, 10000],
  machineDetectionSpeechEndThreshold: [500, 5000],
  machineDetectionSpeechThreshold: [1000, 6000],
  machineDetectionTimeout: [3, 59],
  workflowSid: [`WW${"0".repeat(32)}`],
};

const TEXTS = {
  ApplicationSid: [`AP${"0".repeat(32)}`],
  Dial: ["+12025550123"],
  Identity: ["bob"],
  Number: ["+12025550123", "+442079460000"],
  Play: ["https://app.example/a.mp3?b=1&c=2", "/tone.wav"],
  Redirect: ["https://app.example/next?b=1&c=2", "../menu"],
  Sim: [`DE${"0".repeat(32)}`],
  Sip: ["sip:ada@example.com", "sip:ada@example.com?x-a=1&x-b=2"],
  Task: ['{"tier": 1, "who": "a<b"}'],
  Uri: ["sip:ada@example.com"],
  WhatsApp: ["+12025550123"],
};

const WORDS = ["Hello", "a & b <c>", "Señal", "声", "it's \"so\"", "Press 1, please."];

/** Attributes without which an element means nothing. */
const WANTED = {
  Parameter: ["name", "value"],
  Config: ["name", "value"],
  Header: ["name", "value"],
  lang: ["xml:lang"],
  phoneme: ["ph"],
  "say-as": ["interpret-as"],
  sub: ["alias"],
};

/** The names of all elements. */
export const ELEMENTS = [...new Set(table.elements.map(({ name }) => name))];

/** Plans that a seed stands for: trees of `{ name, attributes, text, children }`. */
export function plans(seed, count) {
  const chance = chanceOf(seed);
  return Array.from({ length: count }, () => {
    const verbs = under("Response").filter(({ name }) => name !== "Prompt" && name !== "Queue");
    const children = several(chance, 1, 4, () => plan(chance, chance.one(verbs), "Response", 0));
    return { name: "Response", attributes: {}, children };
  });
}

/** A small generator of whole numbers, the same everywhere. */
function chanceOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (end) => next() % end;
  return { below, is: (percent) => below(100) < percent, one: (list) => list[below(list.length)] };
}

const under = (parent) => table.elements.filter(({ parents }) => parents.includes(parent));

const several = (chance, least, most, make) => Array.from({ length: least + chance.below(most - least + 1) }, make);

function plan(chance, row, parent, depth) {
  const made = { name: row.name, attributes: attributesOf(chance, row), children: [] };
  if (row.text) made.text = chance.one(TEXTS[row.name] ?? WORDS);
  const kids = under(row.name);
  const child = (name) => plan(chance, kids.find((kid) => kid.name === name), row.name, depth + 1);
  shapes[row.name]?.(made, child, chance, parent);
  if (!(row.name in shapes) && kids.length > 0 && depth < 5) {
    made.children = several(chance, 0, 3, () => child(chance.one(kids).name));
    if (SPOKEN.has(row.name)) made.children = made.children.flatMap((child) => (chance.is(50) ? [child, ` ${chance.one(WORDS)} `] : [child]));
  }
  return made;
}

/** Elements that may not hold just anything. */
const shapes = {
  Application(made, child, chance) {
    if (chance.is(50)) fill(made, [child("ApplicationSid"), ...several(chance, 0, 2, () => child("Parameter"))]);
    else made.text = TEXTS.ApplicationSid[0];
  },
  Client(made, child, chance) {
    if (chance.is(50)) fill(made, [child("Identity"), ...several(chance, 1, 2, () => child("Parameter"))]);
    else made.text = "ada";
  },
  Connect(made, child, chance) {
    const nouns = ["Stream", "VirtualAgent", "ConversationRelay", "Room", "Conversation", "AiSession", "ConversationRelaySession"];
    made.children = [child(chance.one(nouns))];
  },
  Dial(made, child, chance) {
    const kind = chance.below(3);
    if (kind === 1) fill(made, several(chance, 1, 4, () => child(chance.one(["Number", "Client", "Sip"]))));
    if (kind === 2) fill(made, [child(chance.one(["Conference", "Queue", "Application", "Sim", "WhatsApp"]))]);
  },
  Enqueue(made, child, chance) {
    if ("workflowSid" in made.attributes) fill(made, several(chance, 0, 1, () => child("Task")));
  },
  Headers(made, child, chance) {
    made.children = several(chance, 1, 2, () => child("Header"));
  },
  Play(made, child, chance, parent) {
    if (parent !== "Response") delete made.attributes.digits;
    if ("digits" in made.attributes) delete made.text;
  },
  Refer(made, child) {
    made.children = [child("Sip")];
  },
  Sip(made, child, chance, parent) {
    if (parent === "Dial" && chance.is(50)) fill(made, [...several(chance, 1, 2, () => child("Uri")), child("Headers")]);
  },
};

function fill(made, children) {
  delete made.text;
  made.children = children;
}

function attributesOf(chance, { name: element, attributes }) {
  const wanted = WANTED[element] ?? [];
  const chosen = Object.entries(attributes).filter(([name]) => wanted.includes(name) || chance.is(35));
  return Object.fromEntries(chosen.map(([name, type]) => [name, valueOf(chance, element, name, type)]));
}

function valueOf(chance, element, name, type) {
  const known = VALUES[`${element}.${name}`] ?? VALUES[name];
  if (known) return chance.one(known);
  if (type.endsWith("[]")) {
    const all = table.enums[type.slice(0, -2)] ?? [1, 2, 3];
    const some = all.filter(() => chance.is(50));
    return some.length > 0 ? some : [chance.one(all)];
  }
  if (table.enums[type]) return chance.one(table.enums[type]);
  if (type === "boolean") return chance.is(50);
  if (type === "number") return 1 + chance.below(99);
  if (/method$/i.test(name)) return chance.one(["GET", "POST"]);
  if (element === "Header" && name === "name") return "X-Tier";
  if (/^(action|url|eventCallbackUrl)$|(Url|Callback)$/.test(name)) return chance.one(["/next?a=b&c=d", "https://app.example/x#rc=2"]);
  return chance.one(["zoë", "two words", "a&b<c>"]);
}

/** The document of a plan, as the official library writes it. */
export function written(made) {
  const response = new VoiceResponse();
  made.children.forEach((child) => add(response, child));
  return response.toString();
}

function add(parent, { name, attributes, text, children }) {
  const method = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()).replace(/^\w/, (letter) => letter.toLowerCase());
  const values = Object.entries(attributes).map(([key, value]) => [key, typeof value === "number" ? String(value) : value]);
  const made = text === undefined ? parent[method](Object.fromEntries(values)) : parent[method](Object.fromEntries(values), text);
  for (const child of children) {
    if (typeof child === "string") made.addText(child);
    else add(made, child);
  }
}
