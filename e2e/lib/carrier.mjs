// A carrier of the test's own: the built program on a manual clock, an application that it calls, and the official
// client, which is only told another address.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import readline from "node:readline";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

import twilio from "twilio";

export const ACCOUNT = { sid: "AC0123456789abcdef0123456789abcdef", token: "0f1e2d3c4b5a69788796a5b4c3d2e1f0" };

/** The account's number. */
export const DESK = "+15550100001";

const binary =
  process.env.CARRIER_BIN ?? path.join(path.dirname(process.env.SWITCHBOARD_BIN ?? "."), "carrier");

/** Why there is nothing to test, or false. */
export const missing = existsSync(binary) ? false : "CARRIER_BIN has to name the built program";

/** Programs that run: none outlives the tests, however these end. */
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** Starts a carrier and an application; both end with the test. */
export async function startCarrier(test) {
  const app = await startApplication();
  const child = spawn(
    path.resolve(binary),
    [
      ["--listen", "127.0.0.1:0"],
      ["--clock", "manual"],
      ["--account", ACCOUNT.sid],
      ["--token", ACCOUNT.token],
      ["--number", `${DESK}=${app.base}/voice`],
    ].flat(),
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  running.add(child);
  test.after(async () => {
    app.server.close();
    const over = once(child, "exit");
    child.kill("SIGINT");
    await over;
    running.delete(child);
  });
  const lines = readline.createInterface({ input: child.stdout });
  const [first] = await once(lines, "line");
  const base = first.match(/http:\/\/\S+/)[0];
  return new Carrier(base, app);
}

class Carrier {
  constructor(base, app) {
    this.base = base;
    this.app = app;
    this.client = twilio(ACCOUNT.sid, ACCOUNT.token, { httpClient: new Elsewhere(base) });
  }

  /** Asks the control API. */
  async control(method, where, body) {
    const answer = await fetch(`${this.base}/control/${where}`, {
      method,
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${text}`);
    return text && JSON.parse(text);
  }

  /** Lets time pass until nothing is under way. */
  advance(ms = 0) {
    return this.control("POST", "clock", { advance_ms: ms });
  }

  /** Somebody calls the desk. */
  async call(from) {
    const { sid } = await this.control("POST", "calls", { from, to: DESK });
    await this.advance();
    return sid;
  }

  /** Answers whatever rings at a number. */
  async answer(number) {
    await this.advance();
    const legs = await this.control("GET", "legs");
    const leg = legs.find((leg) => leg.number === number && leg.state === "ringing");
    await this.control("POST", `legs/${leg.sid}/answer`);
    await this.advance();
    return leg.sid;
  }
}

/** The client's own way to ask, at another address. */
export class Elsewhere extends twilio.RequestClient {
  constructor(base) {
    super();
    this.base = base;
  }

  request(options) {
    return super.request({ ...options, uri: options.uri.replace("https://api.twilio.com", this.base) });
  }
}

/** Runs one of the program's commands, and gives what it prints. */
export async function shell(carrier, command, ...words) {
  const ran = await promisify(execFile)(binary, [command, "--carrier", carrier.base, ...words]);
  return ran.stdout.trim();
}

/** An application that answers documents by path and remembers who asked. */
async function startApplication() {
  const app = { documents: new Map(), asked: [] };
  app.server = http.createServer(async (request, response) => {
    const body = await text(request);
    const url = new URL(request.url, app.base);
    const isForm = request.method === "POST";
    const params = Object.fromEntries(new URLSearchParams(isForm ? body : url.search));
    const signature = request.headers["x-twilio-signature"] ?? "";
    const address = `${app.base}${request.url}`;
    const signed = twilio.validateRequest(ACCOUNT.token, signature, address, isForm ? params : {});
    app.asked.push({ path: url.pathname, params, signed });
    const document = app.documents.get(url.pathname);
    response.writeHead(document ? 200 : 204, document ? { "content-type": "text/xml" } : {});
    response.end(document);
  });
  app.server.listen(0, "127.0.0.1");
  await once(app.server, "listening");
  app.base = `http://127.0.0.1:${app.server.address().port}`;
  return app;
}
