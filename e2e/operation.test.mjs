// The program as its operator meets it: with and without an account, behind a proxy, started and stopped.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";

import { assertTwiml, webhook } from "./lib/ask.mjs";
import { calls, party } from "./lib/caller.mjs";
import { assertEnds, assertRingsFirst } from "./lib/forward.mjs";
import { numberOf, words } from "./lib/seeds.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

const { twiml } = createRequire(import.meta.url)("twilio");

/** A Switchboard for one test. */
async function withSwitchboard(options, use) {
  const switchboard = await startSwitchboard(options);
  try {
    await use(switchboard);
  } finally {
    await switchboard.remove();
  }
}

test("without an account the program answers the demonstration's, and says so", () =>
  withSwitchboard({ demonstration: true }, async (switchboard) => {
    const call = await calls(switchboard, "/line/senators", { place: { State: "OH" } });

    await call.presses("1");

    assertRingsFirst(call, "OH");
    assert.match(switchboard.output, /demonstration/);
  }));

test("with an account the demonstration's token opens nothing", () =>
  withSwitchboard({}, async (switchboard) => {
    const account = { sid: switchboard.account.sid, token: "switchboard-demonstration" };

    const answer = await switchboard.send(webhook(switchboard, "/ivr/welcome", { account }));

    assert.equal(answer.status, 403);
  }));

test("behind a proxy that takes a path away, the public address is signed and handed out", () =>
  withSwitchboard({ publicUrl: "https://calls.example.org/desk" }, async (switchboard) => {
    const call = await calls(switchboard, "/desk/callcongress/welcome", { place: { State: "OH" } });
    assert.match(call.document, /action="https:\/\/calls\.example\.org\/desk\/callcongress\/set-state#/);

    await call.follows(["1", party.isBusy(), party.isBusy()]);

    assertEnds(call, words("forward_goodbye"));
  }));

test("a request for another host's address is refused, whatever its Host header says", () =>
  withSwitchboard({ publicUrl: "https://calls.example.org" }, async (switchboard) => {
    const elsewhere = Object.assign(Object.create(switchboard), { public: switchboard.local });
    const request = webhook(elsewhere, "/ivr/welcome");

    const answer = await switchboard.send({ ...request, headers: { ...request.headers, Host: new URL(switchboard.local).host } });

    assert.equal(answer.status, 403);
  }));

test("while a token is being changed, the old one and the new one both sign", () =>
  withSwitchboard({ variables: { TWILIO_AUTH_TOKEN: "the old one, the new one" } }, async (switchboard) => {
    const status = async (token) => {
      const account = { sid: switchboard.account.sid, token };
      return (await switchboard.send(webhook(switchboard, "/ivr/welcome", { account }))).status;
    };

    const statuses = [await status("the old one"), await status("the new one"), await status("the old one, the new one")];

    assert.deepEqual(statuses, [200, 200, 403]);
  }));

test("each of several public addresses may be signed, and the first is handed out", () => {
  const addresses = ["https://calls.example.org/desk", "https://old.example.org:8443"];
  return withSwitchboard({ variables: { PUBLIC_URL: addresses.join(",") } }, async (switchboard) => {
    for (const address of addresses) {
      const seen = Object.assign(Object.create(switchboard), { public: address });

      const answer = await switchboard.send(webhook(seen, "/ivr/welcome"));

      const document = assertTwiml(answer, address);
      assert.ok(document.elements[0].attributes.action.startsWith(`${addresses[0]}/ivr/menu#`));
    }
  });
});

test("every line is entered by its own address, and by any of a tutorial's routes", () =>
  // At a carrier of this machine's lines keep their invented numbers.
  withSwitchboard({ variables: { TWILIO_API_BASE: "http://127.0.0.1:9" } }, async (switchboard) => {
    for (const [id, url] of [
      ["senators", "/line/senators"],
      ["senators-es", "/callcongress/welcome"],
      ["senators-ja", "/callcongress/welcome"],
      ["planets", "/line/planets"],
    ]) {
      const call = await calls(switchboard, url, { to: numberOf(id), from: "+18005550147" });
      const language = { "senators-es": "es", "senators-ja": "ja" }[id] ?? "en";

      assert.equal(call.heard.startsWith(words("forward_welcome", {}, language)), id !== "planets", `${id}: ${call.heard}`);
      await call.hangsUp();
    }
  }));

test("every URL that is handed out asks the carrier to try again, in the fragment", () =>
  withSwitchboard({}, async (switchboard) => {
    const call = await calls(switchboard, "/callcongress/welcome", { place: { State: "OH" } });
    await call.follows([null, "1", party.isBusy()]);

    const urls = call.documents.flatMap(({ text }) => [...text.matchAll(/action="([^"]*)"|<Redirect[^>]*>([^<]*)</g)]).map(([, a, b]) => a ?? b);

    assert.ok(urls.length >= 4);
    for (const url of urls) assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/.*#rc=5&amp;rp=ct,rt,5xx$/);
  }));

test("told to stop, the program stops in good order", () =>
  withSwitchboard({}, async (switchboard) => {
    assertTwiml(await switchboard.send(webhook(switchboard, "/ivr/welcome")), "/ivr/welcome");

    const code = await switchboard.stop();

    assert.equal(code, 0);
    await assert.rejects(switchboard.send({ target: "/healthz" }));
  }));

test("the fallback apologises and hangs up", () =>
  withSwitchboard({}, async (switchboard) => {
    const params = { ErrorCode: "11200", ErrorUrl: `${switchboard.public}/ivr/welcome` };

    const answer = await switchboard.send(webhook(switchboard, "/twilio/fallback", { params }));

    const document = assertTwiml(answer, "the fallback");
    assert.deepEqual(document.elements.map(({ name }) => name), ["Say", "Hangup"]);
    assert.equal(document.text.trim(), words("apology"));
  }));

test("a document is what the official package would build", () =>
  withSwitchboard({}, async (switchboard) => {
    const answer = await switchboard.send(webhook(switchboard, "/twilio/fallback"));
    const built = new twiml.VoiceResponse();
    built.say({ voice: "Polly.Joanna-Neural", language: "en-US" }, words("apology"));
    built.hangup();

    const canonical = (xml) => xml.replace(/\s*\/>/g, "/>").replace(/<\?xml[^>]*\?>\s*/, "").trim();
    const attributes = (xml) => [...xml.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => `${name}=${value}`).sort();
    const [ours, theirs] = [answer.body.toString(), built.toString()].map(canonical);

    assert.deepEqual(attributes(ours), attributes(theirs));
    assert.equal(ours.replace(/ \w+="[^"]*"/g, ""), theirs.replace(/ \w+="[^"]*"/g, ""));
  }));
