// The telephones of the carrier, used from a shell by the program's own commands.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { ADA, BEN, OURS, setStage } from "./lib/carrier-stage.mjs";

let stage;
let application;
let carrier;

before(async () => {
  stage = await setStage();
  ({ application, carrier } = stage);
});

afterEach(() => stage.rests());

after(() => stage?.clear());

test("a call is placed, led through a menu, answered and listened to", async () => {
  application.answers("/voice", (response) => response.gather({ numDigits: 1, action: "/menu" }).say("Press one."));
  application.answers("/menu", (response) => response.dial(BEN));

  const ada = await carrier.command("call", "--from", ADA, "--to", OURS, "--state", "IL", "--zip", "60601");
  await carrier.command("advance", "1000");
  await carrier.command("press", ada, "1");
  await carrier.command("advance", "1000");
  const legs = (await carrier.command("legs")).split("\n").map((line) => JSON.parse(line));
  const ben = legs.find(({ number }) => number === BEN).sid;
  await carrier.command("answer", ben);
  await carrier.command("speak", ben, "Ben here.");
  await carrier.command("hang-up", ada);

  assert.deepEqual(
    legs.map(({ number }) => number),
    [ADA, BEN],
  );
  assert.equal(application.asked("/voice")[0].FromState, "IL");
  assert.match(await carrier.command("log", ada), /Ben here\./);
});

test("a habit and a fault are set, and keep their word", async () => {
  application.answers("/voice", (response) => response.dial({ action: "/after" }, BEN));
  application.answers("/after", (response) => response.hangup());
  await carrier.command("phone", BEN, "busy");
  await carrier.command("call", "--from", ADA, "--to", OURS);
  await carrier.settles();
  assert.equal(application.asked("/after")[0].DialCallStatus, "busy");

  await carrier.command("fault", "server_error");

  await assert.rejects(stage.client.calls.list(), { status: 500 });
  assert.equal((await stage.client.calls.list()).length > 0, true);
});

test("what makes no sense is refused with the field's name", async () => {
  application.answers("/voice", (response) => response.gather().say("Press one."));
  const ada = await carrier.command("call", "--from", ADA, "--to", OURS);

  await assert.rejects(carrier.command("press", ada, "x"), /keys: /);
  await assert.rejects(carrier.command("call", "--from", ADA, "--to", "+12025559999"), /to: /);
  await assert.rejects(carrier.command("phone", BEN, "sleeps"), /habit: /);
  await assert.rejects(carrier.command("answer", `CA${"f".repeat(32)}`), /there is no such leg/);
  await assert.rejects(carrier.command("fault", "earthquake"), /earthquake/);
});
