// The seed data as a reader of the files sees it: what callers should be connected to and told.

import { readFileSync } from "node:fs";

/** Rows of a CSV text as objects by the names in its first row. */
export function parseCsv(text) {
  const [names, ...rows] = [...records(text)];
  return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ""])));
}

function* records(text) {
  const field = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy;
  let row = [];
  while (field.lastIndex < text.length) {
    const [, value, end] = field.exec(text);
    row.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end !== ",") {
      yield row;
      row = [];
    }
  }
}

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const seed = (name) => parseCsv(read(`../../seeds/${name}.csv`));

export const regions = seed("states");
export const spans = seed("zip_multistate").map((span) => ({
  ...span,
  options: [span.region, ...span.others.split(" ")],
  // The plan asks from one in a hundred on.
  isWorthAsking: Number(span.other_share) >= 0.01,
}));
export const areaCodes = seed("area_codes");
export const planets = seed("planets");
export const lines = JSON.parse(read("../../seeds/lines.json"));
export const menu = JSON.parse(read("../../seeds/menus.json")).find(({ id }) => id === "planets").nodes.start;
export const zipSample = parseCsv(read("../data/zip_codes.csv"));

const senators = seed("senators").sort((a, b) => a.position - b.position);
const delegates = seed("delegates");

/** The two senators of a state, in the order they are called. */
export const senatorsOf = (state) => senators.filter((office) => office.region === state);

/** The delegate of a territory or district, if it has one. */
export const delegateOf = (region) => delegates.find((office) => office.region === region);

/** The region of a code. */
export const regionOf = (code) => regions.find((region) => region.code === code);

/** The number of a line. */
export const numberOf = (line) => lines.find(({ id }) => id === line).number;

const texts = Object.fromEntries(
  ["en", "es", "ja"].map((language) => [language, JSON.parse(read(`../../seeds/prompts/${language}.json`))]),
);

/** What a prompt says, with its placeholders filled. */
export function words(key, values = {}, language = "en") {
  const text = texts[language][key];
  if (text === undefined) throw new Error(`no prompt ${key} in ${language}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    if (!(name in values)) throw new Error(`the prompt ${key} needs ${name}`);
    return values[name];
  });
}

/** How a prompt's text begins, up to its first placeholder: tells prompts apart without their values. */
export const opening = (key, language = "en") => texts[language][key].split("{")[0];
