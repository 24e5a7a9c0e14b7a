// The description of Twilio's REST API finds each kind of fault in an answer, and none in what is right.

import assert from "node:assert/strict";
import test from "node:test";

import { faultsOfAnswer, OPERATIONS, operationOf } from "./lib/openapi.mjs";

const ACCOUNT = `AC${"0".repeat(32)}`;
const QUEUE = `QU${"0".repeat(32)}`;
const base = `/2010-04-01/Accounts/${ACCOUNT}`;
const headers = { "content-type": "application/json" };

const queue = {
  date_updated: "Fri, 20 Nov 2026 12:00:00 +0000",
  current_size: 0,
  friendly_name: "tier 1",
  uri: `${base}/Queues/${QUEUE}.json`,
  account_sid: ACCOUNT,
  average_wait_time: 0,
  sid: QUEUE,
  date_created: "Fri, 20 Nov 2026 12:00:00 +0000",
  max_size: 1000,
};

const list = {
  uri: `${base}/Queues.json?PageSize=50`,
  first_page_uri: `${base}/Queues.json?PageSize=50&Page=0`,
  next_page_uri: null,
  previous_page_uri: null,
  page: 0,
  page_size: 50,
  start: 0,
  end: 0,
  queues: [queue],
};

const conference = {
  account_sid: ACCOUNT,
  date_created: queue.date_created,
  date_updated: null,
  api_version: "2010-04-01",
  friendly_name: "desk",
  region: "us1",
  sid: `CF${"0".repeat(32)}`,
  status: "in-progress",
  uri: "/",
  subresource_uris: { participants: "/" },
  reason_conference_ended: null,
  call_sid_ending_conference: null,
};

const refusal = { code: 20404, message: "no", more_info: "https://www.twilio.com/docs/errors/20404", status: 404 };

const fetchQueue = { method: "get", path: `${base}/Queues/${QUEUE}.json` };
const listQueues = { method: "get", path: `${base}/Queues.json` };
const deleteQueue = { method: "delete", path: `${base}/Queues/${QUEUE}.json` };
const fetchConference = { method: "get", path: `${base}/Conferences/${conference.sid}.json` };

const ok = (body) => ({ status: 200, headers, body });

test("every operation of the resources is described", () => {
  assert.equal(OPERATIONS.length, 38);
  assert.equal(operationOf("get", listQueues.path), "GET /Queues.json");
  assert.equal(operationOf("PATCH", listQueues.path), undefined);
  assert.equal(operationOf("get", `${base}/Queuesxjson`), undefined);
});

test("right answers have no fault", () => {
  for (const [request, answer] of [
    [fetchQueue, ok(queue)],
    [listQueues, ok(list)],
    [listQueues, ok({ ...list, queues: [] })],
    [fetchConference, ok(conference)],
    [deleteQueue, { status: 204, headers: {}, body: "" }],
    [fetchQueue, { status: 404, headers, body: refusal }],
  ]) {
    assert.deepEqual(faultsOfAnswer(request, answer), []);
  }
});

for (const [what, request, answer, fault] of [
  ["a path that does not exist", { method: "get", path: `${base}/Queue.json` }, ok(queue), /is not described/],
  ["a status that is not described", fetchQueue, { ...ok(queue), status: 201 }, /answers 201, described is 200/],
  ["a body of another type", fetchQueue, { ...ok(queue), headers: { "content-type": "text/html" } }, /content type/],
  ["a body where there is none", deleteQueue, { ...ok(queue), status: 204 }, /has a body/],
  ["a body that is no object", fetchQueue, ok([queue]), /is no object/],
  ["a property that is missing", fetchQueue, ok({ ...queue, sid: undefined }), /queue\.sid: is missing/],
  ["a property too many", fetchQueue, ok({ ...queue, colour: "red" }), /queue\.colour: is not described/],
  ["a number as a text", fetchQueue, ok({ ...queue, max_size: "1000" }), /max_size: is "1000", described as integer/],
  ["a broken number", fetchQueue, ok({ ...queue, max_size: 0.5 }), /max_size: is 0.5, described as integer/],
  ["a null that may not be", fetchQueue, ok({ ...queue, max_size: null }), /max_size: is null/],
  ["a SID of something else", fetchQueue, ok({ ...queue, sid: ACCOUNT }), /queue\.sid: is "AC0+", not \^QU/],
  ["a date in another form", fetchQueue, ok({ ...queue, date_created: "2026-11-20T12:00:00Z" }), /is no date/],
  ["a word that is not allowed", fetchConference, ok({ ...conference, status: "over" }), /status: is "over", none of init,/],
  ["a map of something else", fetchConference, ok({ ...conference, subresource_uris: { a: 1 } }), /no map of addresses/],
  ["a fault within a list", listQueues, ok({ ...list, queues: [{ ...queue, sid: 1 }] }), /queues\[0\]\.sid: is 1/],
  ["a page that does not add up", listQueues, ok({ ...list, end: 7 }), /end: is 7 after 1 from 0/],
  ["a page that holds too much", listQueues, ok({ ...list, page_size: 0 }), /holds 1 on a page of 0/],
  ["a refusal without its code", fetchQueue, { status: 404, headers, body: { ...refusal, code: "20404" } }, /refusal\.code/],
  ["a refusal with another status", fetchQueue, { status: 400, headers, body: refusal }, /is 404 under HTTP status 400/],
]) {
  test(`${what} is found`, () => {
    const read = { ...answer, body: JSON.parse(JSON.stringify(answer.body)) };

    assert.match(faultsOfAnswer(request, read).join("\n"), fault);
  });
}
