// nginx and Caddy before the program, by the examples in `deploy/`: pages, the feed, signatures, files, and who asks.
//
// Where a proxy is not installed, its tests say so and are skipped: `apt-get install nginx-light caddy` brings both.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import http2 from "node:http2";
import https from "node:https";
import test, { after, before, describe } from "node:test";

import { assertTwiml, webhook } from "./lib/ask.mjs";
import { form } from "./lib/http.mjs";
import { until } from "./lib/poll.mjs";
import { isThere, placeFor, startProxy } from "./lib/proxies.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

const PASSWORD = "a long sentence about calls";
/** More than the six connections that a browser opens to one host without HTTP/2. */
const TABS = 8;
const MB = 1024 * 1024;

for (const name of ["nginx", "caddy"]) {
  describe(name, { skip: !isThere(name) && `${name} is not installed` }, () => {
    let place;
    let proxy;
    let switchboard;
    let browser;
    let cookie;

    before(async () => {
      place = await placeFor(name);
      switchboard = await startSwitchboard({
        publicUrl: place.url,
        // Nobody listens there: what is asked of Twilio is refused at once.
        variables: { SSL_CERT_FILE: place.roots, TWILIO_API_BASE: "http://127.0.0.1:9" },
      });
      await switchboard.addUser("ada", { name: "Ada Min", role: "admin", password: PASSWORD });
      proxy = await startProxy(place, switchboard.local);
      // Node holds back what it has not sent yet, here some large files.
      browser = http2.connect(place.url, { ca: place.cert, maxSessionMemory: 1_000 });
      const entered = await asks({ ":method": "POST", ":path": "/login", "content-type": "application/x-www-form-urlencoded", origin: place.url }, form({ user_name: "ada", password: PASSWORD }));
      assert.equal(entered.headers[":status"], 303, entered.body);
      cookie = entered.headers["set-cookie"].map((one) => one.split(";")[0]).join("; ");
    });
    after(async () => {
      browser?.destroy();
      await proxy?.stop();
      await switchboard?.remove();
    });

    /** A request over the browser's one connection, with all of its answer. */
    async function asks(headers, body) {
      const stream = browser.request({ ...(cookie && { cookie }), ...headers });
      let answer = {};
      stream.on("response", (told) => (answer = told));
      stream.end(body);
      stream.setEncoding("utf8");
      let text = "";
      for await (const piece of stream) text += piece;
      return { headers: answer, body: text };
    }

    /** A request as Twilio makes it. */
    function twilioAsks({ method, target, headers, body }) {
      return new Promise((resolve, reject) => {
        const request = https.request(place.url + target, { method, headers, ca: place.cert, agent: false }, (response) => {
          const pieces = [];
          response.on("data", (piece) => pieces.push(piece));
          response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) }));
        });
        request.on("error", reject);
        request.end(body);
      });
    }

    test("pages and what they load come through, over one connection", async () => {
      const page = await asks({ ":path": "/calls", accept: "text/html" });
      const [script] = page.body.match(/\/pkg\/[^"]+\.js/);
      const loaded = await asks({ ":path": script });

      assert.equal(page.headers[":status"], 200);
      assert.match(page.body, /Ada Min/);
      assert.equal(loaded.headers[":status"], 200);
    });

    test("the feeds of many tabs stay open side by side, and each piece comes when it is written", async () => {
      const feeds = Array.from({ length: TABS }, () => {
        const stream = browser.request({ ":path": "/live", accept: "text/event-stream", cookie });
        const feed = { stream, text: "" };
        stream.setEncoding("utf8").on("data", (piece) => (feed.text += piece));
        return feed;
      });
      const pings = (feed) => feed.text.split("event: ping").length;

      await until("every feed to begin", () => feeds.every((feed) => feed.text.includes("\n\n")), { within: 5_000 });
      const begun = feeds.map(pings);
      await until("every feed to go on", () => feeds.every((feed, n) => pings(feed) > begun[n]), { within: 15_000 });
      const page = await asks({ ":path": "/calls", accept: "text/html" });

      assert.equal(page.headers[":status"], 200, "there is room for a page besides");
      for (const { stream } of feeds) stream.close();
    });

    test("a webhook arrives as it was signed, whatever letters its address has", async () => {
      for (const target of ["/callcongress/welcome", "/line/planets?what=a%2Bb%20c&with=%2F", "/line/sen%61tors"]) {
        const answer = await twilioAsks(webhook(switchboard, target));

        assert.equal(answer.status, 200, `${target}: ${answer.body}`);
        assertTwiml(answer, target);
      }
      const forged = webhook(switchboard, "/callcongress/welcome");
      const refused = await twilioAsks({ ...forged, body: `${forged.body}&more=1` });
      assert.equal(refused.status, 403);
    });

    test("the program finds itself there, its signatures, and a proxy that says who asks", async () => {
      const { binary, folder, environment } = switchboard;
      const told = await new Promise((resolve) => {
        execFile(binary, ["doctor", "--json"], { cwd: folder, env: environment }, (_, stdout) => resolve(JSON.parse(stdout)));
      });
      const check = (id) => told.find((one) => one.id === id);

      for (const id of ["reach", "signature", "certificate"]) {
        const { state, found } = check(id);
        assert.notEqual(state, "wrong", `${id}: ${found}`);
      }
      assert.match(check("reach").found, /^This server answers at \S+ when it asks itself\.$/);
      assert.match(check("signature").found, /Its signature holds, and the door of webhooks let one through/);
    });

    test("a file of the size that is taken comes through, and a larger one is refused in words", async () => {
      const sends = (bytes) => {
        const cells = "x".repeat(bytes);
        const body = [
          "--edge",
          'Content-Disposition: form-data; name="file"; filename="large.csv"',
          "Content-Type: text/csv",
          "",
          `id,key,name,phone\nb1,1,${cells},+12125550100`,
          "--edge--",
          "",
        ].join("\r\n");
        const headers = { "content-type": "multipart/form-data; boundary=edge", "content-length": Buffer.byteLength(body), origin: place.url };
        return asks({ ":method": "POST", ":path": "/directory/planets/import", ...headers }, body);
      };

      const taken = await sends(7 * MB);
      const refused = await sends(50 * MB);

      assert.equal(taken.headers[":status"], 303, taken.body);
      assert.match(taken.headers.location, /file=/);
      assert.equal(refused.headers[":status"], 303, refused.body);
      assert.match(refused.headers.location, /problem=large/);
    });

    test("who guesses passwords is known by the address that the proxy sees, whatever they claim", async () => {
      const guess = (n) =>
        twilioAsks({
          method: "POST",
          target: "/login",
          headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": `192.0.2.${n}`, Origin: place.url },
          body: form({ user_name: `nobody${n}`, password: "wrong" }),
        });
      const answers = [];
      for (let n = 1; n <= 30; n += 1) answers.push((await guess(n)).headers.location);

      assert.ok(answers.some((to) => to.includes("problem=throttled")), `nobody was told to wait: ${answers}`);
    });
  });
}
