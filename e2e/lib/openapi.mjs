// Says where an answer differs from the OpenAPI description of Twilio's REST API.

import { readFileSync } from "node:fs";

const facts = JSON.parse(readFileSync(new URL("../data/openapi_facts.json", import.meta.url), "utf8"));

/** All operations, as "VERB /path below the account". */
export const OPERATIONS = Object.keys(facts.operations);

/** The type leaves it out, the text tells it: null as long as the conference goes on. */
facts.schemas.conference.reason_conference_ended.nullable = true;

const DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} \+0000$/;

const templates = OPERATIONS.map((operation) => {
  const [verb, path] = operation.split(" ");
  const whole = (facts.base + path).replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+");
  return { operation, verb, form: new RegExp(`^${whole}$`) };
});

/** Which operation a request is; undefined where the description has none. */
export function operationOf(method, path) {
  const name = method.toUpperCase();
  return templates.find(({ verb, form }) => verb === name && form.test(path))?.operation;
}

/**
 * Everything wrong with an answer.
 *
 * @param {{method: string, path: string}} request
 * @param {{status: number, headers: object, body: unknown}} answer with the body as it was read from JSON
 * @returns {string[]}
 */
export function faultsOfAnswer({ method, path }, { status, headers, body }) {
  const faults = [];
  const report = (where, what) => faults.push(`${where}: ${what}`);
  if (status >= 400) {
    checkType(headers, report);
    checkObject(body, "Refusal", "refusal", report);
    if (body?.status !== status) report("refusal.status", `is ${shown(body?.status)} under HTTP status ${status}`);
    return faults;
  }
  const operation = operationOf(method, path);
  if (!operation) return [`${method} ${path}: is not described`];
  const { answers } = facts.operations[operation];
  if (!(status in answers)) return [`${operation}: answers ${status}, described is ${Object.keys(answers)}`];
  const schema = answers[status];
  if (schema === null) {
    if (body) report(operation, `has a body: ${shown(body)}`);
    return faults;
  }
  checkType(headers, report);
  checkObject(body, schema, schema, report);
  return faults;
}

function checkType(headers, report) {
  const type = headers["content-type"] ?? "";
  if (!/^application\/json(;|$)/.test(type)) report("the content type", `is ${shown(type)}`);
}

/** Every property is there, and none beside. */
function checkObject(value, schema, where, report) {
  checkProperties(value, facts.schemas[schema], where, report);
  if (schema.startsWith("List")) checkPage(value, where, report);
}

function checkProperties(value, properties, where, report) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return report(where, `is no object: ${shown(value)}`);
  }
  for (const name of Object.keys(value)) if (!(name in properties)) report(`${where}.${name}`, "is not described");
  for (const [name, rule] of Object.entries(properties)) {
    if (name in value) checkValue(value[name], rule, `${where}.${name}`, report);
    else report(`${where}.${name}`, "is missing");
  }
}

function checkValue(value, rule, where, report) {
  if (value === null) {
    if (!rule.nullable) report(where, "is null");
    return;
  }
  if (rule.schema) return checkObject(value, rule.schema, where, report);
  if (rule.enum && !rule.enum.includes(value)) return report(where, `is ${shown(value)}, none of ${rule.enum}`);
  if (rule.type && !isOfType(value, rule.type)) return report(where, `is ${shown(value)}, described as ${rule.type}`);
  if (rule.pattern && !new RegExp(rule.pattern).test(value)) report(where, `is ${shown(value)}, not ${rule.pattern}`);
  const complaint = rule.format && formats[rule.format]?.(value);
  if (complaint) report(where, `${complaint}: ${shown(value)}`);
  if (rule.properties) checkProperties(value, rule.properties, where, report);
  if (rule.items) value.forEach((item, i) => checkValue(item, rule.items, `${where}[${i}]`, report));
}

function isOfType(value, type) {
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}

const complains = (isGood, complaint) => (value) => (isGood(value) ? undefined : complaint);
const isPath = (text) => typeof text === "string" && (text.startsWith("/") || URL.canParse(text));

const formats = {
  currency: complains((text) => /^[A-Za-z]{3}$/.test(text), "is no currency"),
  "date-time-rfc-2822": complains((text) => DATE.test(text) && !Number.isNaN(Date.parse(text)), "is no date"),
  "http-method": complains((text) => /^(GET|POST)$/.test(text), "is neither GET nor POST"),
  "phone-number": complains((text) => /^\+[1-9]\d{6,14}$/.test(text), "is no telephone number"),
  uri: complains(isPath, "is no address"),
  "uri-map": complains((map) => Object.values(map).every(isPath), "is no map of addresses"),
};

/** A page counts what it holds. */
function checkPage(list, where, report) {
  const items = Object.values(list ?? {}).find(Array.isArray);
  if (!items) return;
  const { page, page_size: size, start, end } = list;
  if (items.length > size) report(where, `holds ${items.length} on a page of ${size}`);
  if (start !== page * size) report(`${where}.start`, `is ${start} on page ${page} of ${size} each`);
  if (end !== start + Math.max(items.length - 1, 0)) report(`${where}.end`, `is ${end} after ${items.length} from ${start}`);
}

const shown = (value) => JSON.stringify(value)?.slice(0, 200);
