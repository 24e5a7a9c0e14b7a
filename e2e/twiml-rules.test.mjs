// The rules find each kind of fault, and none in what is right.

import assert from "node:assert/strict";
import test from "node:test";

import { faultsOf, faultsOfDocument } from "./lib/twiml-rules.mjs";

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const GOOD = `${DECLARATION}<Response><Gather action="/ivr/menu#rc=5" method="POST" numDigits="1" timeout="7" input="dtmf speech">
  <Say voice="Polly.Amy" language="en-GB">Press <say-as interpret-as="digits">1</say-as> &amp; <lang xml:lang="es-US">uno</lang><break time="300ms"/></Say>
  <Pause length="2"/></Gather><Redirect>https://desk.example/ivr/menu</Redirect></Response>`;

test("a sound document has no fault", () => {
  const { document, faults } = faultsOfDocument(GOOD);

  assert.deepEqual(faults, []);
  assert.equal(document.elements[0].elements[0].text, "Press 1 & uno");
});

for (const [what, verbs, expected, whole] of [
  ["a verb that does not exist", "<Shout>hello</Shout>", /<Shout>: does not exist/],
  ["a verb in lower case", "<hangup/>", /<hangup>: does not exist/],
  ["a noun outside its verb", "<Number>+12025550142</Number>", /may not stand in <Response>/],
  ["a verb inside a question that may not be there", "<Gather><Dial>+12025550142</Dial></Gather>", /may not stand in <Gather>/],
  ["a pause inside speech", "<Say>One<Pause/></Say>", /may not stand in <Say>/],
  ["speech markup outside speech", '<break time="1s"/>', /may not stand in <Response>/],
  ["an attribute in the wrong case", '<Gather numdigits="1"/>', /attribute numdigits does not exist/],
  ["an attribute of another verb", '<Hangup timeout="3"/>', /attribute timeout does not exist/],
  ["an attribute of the response", null, /has no attribute lang/, `<Response lang="en"/>`],
  ["a voice that does not exist", '<Say voice="Polly.Nobody">Hi</Say>', /attribute voice may not be "Polly.Nobody"/],
  ["a language that does not exist", '<Say language="en">Hi</Say>', /attribute language may not be "en"/],
  ["a list with a wrong word", '<Gather input="dtmf smoke"/>', /attribute input may not be "smoke"/],
  ["a list with commas", '<Gather input="dtmf,speech"/>', /attribute input may not be/],
  ["a number that is none", '<Gather timeout="7s"/>', /timeout is not a number/],
  ["a truth that is none", '<Dial hangupOnStar="yes">+12025550142</Dial>', /neither true nor false/],
  ["a method that is none", '<Redirect method="PUT">/a</Redirect>', /neither GET nor POST/],
  ["text where none belongs", "<Gather>Press 1</Gather>", /<Gather>: holds text/],
  ["text beside the verbs", "Hello<Hangup/>", /<Response>: holds text/],
  ["silence for speech", "<Say> </Say>", /13520/],
  ["a speech too long for a voice", `<Say>${"la ".repeat(1200)}</Say>`, /13521/],
  ["an empty action", '<Gather action=""/>', /empty URL/],
  ["an action that cannot be fetched", '<Gather action="mailto:a@b.example"/>', /cannot be fetched/],
  ["an action on a host with an underscore", '<Gather action="https://my_desk.example/a"/>', /underscore/],
  ["a redirect to nowhere", "<Redirect>http://</Redirect>", /is no URL/],
  ["a question for no digit", '<Gather numDigits="0"/>', /13314/],
  ["a dial to nobody", "<Dial/>", /dials nobody/],
  ["a dial to a short number", "<Dial>911</Dial>", /13223/],
  ["a dial to an unwritten number", "<Dial><Number>(202) 555-0142</Number></Dial>", /13223/],
  ["a dial with text and nouns", "<Dial>+12025550142<Client>ada</Client></Dial>", /text and nouns/],
  ["a dial that mixes a room with numbers", "<Dial><Conference>r</Conference><Client>ada</Client></Dial>", /13000/],
  ["a dial that rings too shortly", '<Dial timeout="3">+12025550142</Dial>', /13212/],
  ["a verb after a hang-up", "<Hangup/><Say>Hello</Say>", /never reached/],
  ["a verb after a dial with an action", '<Dial action="/a">+12025550142</Dial><Hangup/>', /never reached/],
  ["a late reject", "<Say>Hi</Say><Reject/>", /too late/],
  ["another root", null, /is not Response/, "<Answer/>"],
  ["a document type", null, /document type/, "<!DOCTYPE Response><Response/>"],
  ["an unclosed element", null, /./, "<Response><Say>Hi</Response>"],
  ["an unescaped ampersand", null, /./, "<Response><Say>Tom & Ann</Say></Response>"],
  ["a byte before the declaration", null, /stands before/, `\n${DECLARATION}<Response/>`],
  ["two documents", null, /./, "<Response/><Response/>"],
  ["nothing at all", null, /./, ""],
]) {
  test(`the rules find ${what}`, () => {
    const text = whole ?? `${DECLARATION}<Response>${verbs}</Response>`;

    const { faults } = faultsOfDocument(text);

    assert.match(faults.join("\n"), expected);
  });
}

for (const [what, change, expected] of [
  ["a failed answer", { status: 500 }, /status is 500/],
  ["a web page", { headers: { "content-type": "text/html" } }, /content type is "text\/html"/],
  ["an answer without a type", { headers: {} }, /content type is ""/],
  ["another encoding", { headers: { "content-type": "text/xml; charset=latin1" } }, /content type/],
  ["bytes that are no text", { body: Buffer.from([0x3c, 0xff, 0xfe]) }, /not UTF-8/],
  ["a byte order mark", { body: Buffer.from(`\uFEFF${GOOD}`) }, /stands before/],
  ["an answer that is too long", { body: Buffer.from(`<Response><!--${"x".repeat(65_536)}--></Response>`) }, /65\d\d\d bytes/],
]) {
  test(`the rules find ${what}`, () => {
    const good = { status: 200, headers: { "content-type": "text/xml; charset=utf-8" }, body: Buffer.from(GOOD) };

    const { faults } = faultsOf({ ...good, ...change });

    assert.deepEqual(faultsOf(good).faults, []);
    assert.match(faults.join("\n"), expected);
  });
}
