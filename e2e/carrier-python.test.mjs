// The official Python package, unmodified, drives the carrier and writes documents for ours.

import assert from "node:assert/strict";
import test, { before } from "node:test";

import { plans } from "./lib/carrier-documents.mjs";
import { missingPython, script } from "./lib/carrier-python.mjs";
import { startRelay } from "./lib/carrier-relay.mjs";
import { assertComeOutEqual } from "./lib/carrier-rewrite.mjs";
import { setStage } from "./lib/carrier-stage.mjs";

const SEED = Number(process.env.DOCUMENT_SEED ?? 20261120);

let missing;

before(async () => {
  missing = await missingPython();
});

test("the package does what a telephone desk does", { timeout: 180_000 }, async (t) => {
  if (missing) return t.skip(missing);
  const stage = await setStage();
  const { application, carrier } = stage;
  const relay = await startRelay(carrier.base);
  try {
    application.answers("/hold", (response) => {
      response.say("Please hold the line.");
      response.pause({ length: 60 });
    });
    application.answers("/announcement", (response) => response.say("Five more minutes."));
    application.answers("/agent", (response) => {
      response.say("An agent is here.");
      response.pause({ length: 60 });
    });

    const done = await script("drive_carrier.py", [relay.base, carrier.account.sid, carrier.account.token, application.base]);
    await stage.rests();

    assert.deepEqual(done, DONE);
    assert.deepEqual(relay.faults, []);
    assert.deepEqual(relay.unused, []);
  } finally {
    await relay.close();
    await stage.clear();
  }
});

test("documents of the package are read without a complaint, and come out equal", { timeout: 180_000 }, async (t) => {
  if (missing) return t.skip(missing);
  const lines = plans(SEED, 400).map((plan) => `${JSON.stringify(plan)}\n`);

  const documents = (await script("write_documents.py", [], lines.join(""))).map((line) => JSON.parse(line));

  assert.equal(documents.length, lines.length);
  await assertComeOutEqual(documents, `seed ${SEED}`);
});

/** What the script prints, line by line. */
const DONE = [
  "a call is created | queued | outbound-api | (202) 555-0142",
  "it is fetched | ringing",
  "it is moved | in-progress | ['One moment.', 'Moved.']",
  "it is ended | completed | 12 | True",
  "moving it again is refused | 400 | 21220",
  "calls are listed | True | 3",
  "they are paged | [2, 2, 1]",
  "they are filtered by day | 5 | 0",
  "they are cancelled | {'canceled'}",
  "one is deleted | True | 4",
  "a stranger is refused | 401 | 20003",
  "a call to nobody is refused | 400 | 21211",
  "a call from somewhere else is refused | 400 | 21212",
  "a call without a document is refused | 400 | 21205",
  "a call that is not there is refused | 404 | 20404",
  "a page too large is refused | 400 | 20007",
  "a conference is listed | desk | in-progress",
  "it is fetched | True",
  "people are in it | True",
  "one is held | True | ['Please hold the line.'] | True",
  "and back | False",
  "one is muted | True | False",
  "one is coached | True | True | connected",
  "and then joined | False",
  "the same label again is refused | 400 | 16026",
  "announcements are heard | ['Five more minutes.'] | ['Five more minutes.', 'Five more minutes.']",
  "one is removed | True | 2",
  "its recording is paused | paused | paused",
  "the conference is ended | completed | conference-ended-via-api | 0",
  "its recording is deleted | completed | True | []",
  "a queue is created | support | 9 | 0",
  "two wait in it | True | [1, 2]",
  "it is fetched | 2",
  "deleting it is refused | 400 | 20001",
  "one is at the front | True",
  "it is taken out | True",
  "and hears | ['An agent is here.']",
  "taking it out again is refused | 404 | 20404",
  "the queue is changed | 5",
  "it is listed | ['support']",
  "it is deleted | True | []",
  "a recording is started | in-progress | 2 | StartCallRecordingAPI",
  "it is paused | paused",
  "it goes on | in-progress",
  "it is stopped | True",
  "it is ready | completed | 3 | completed",
  "it is listed | 1 | 1",
  "both are deleted | True | True | []",
  "the number is listed | +12025550100 | True",
  "a number is had | +13125550188 | POST",
  "it is changed | Chicago | GET",
  "it is fetched | Chicago",
  "it is given up | True | 1",
];
