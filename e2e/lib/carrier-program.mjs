// A carrier of the test's own: the program `carrier` on a port of its own with a clock that only the test
// moves, and what people at its telephones do.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { promisify } from "node:util";

import { send } from "./http.mjs";
import { until } from "./poll.mjs";

/** The account of every carrier here. */
export const ACCOUNT = { sid: "AC0123456789abcdef0123456789abcdef", token: "0f1e2d3c4b5a69788796a5b4c3d2e1f0" };

/** Programs that run: none outlives the tests, however these end. */
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/**
 * Starts a carrier and waits until it listens.
 *
 * @param {object} options
 * @param {Object<string, string>} [options.numbers] the account's numbers and the URL that answers each
 * @param {"manual" | "real"} [options.clock] sound needs the real one
 * @param {string[]} [options.more] more of its command line
 */
export async function startCarrier({ numbers = {}, clock = "manual", more = [] } = {}) {
  const { sid, token } = ACCOUNT;
  const usual = ["--listen", "127.0.0.1:0", "--clock", clock, "--account", sid, "--token", token];
  const given = Object.entries(numbers).flatMap(([number, url]) => ["--number", `${number}=${url}`]);
  const child = spawn(binary(), [...usual, ...given, ...more], {
    env: { PATH: process.env.PATH },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const carrier = new Carrier(child);
  try {
    carrier.base = await until("the carrier to listen", () => {
      if (child.exitCode !== null) throw new Error(`the carrier ended with ${child.exitCode}:\n${carrier.output}`);
      return carrier.output.match(/^carrier: (http:\S+) for /m)?.[1];
    });
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  return carrier;
}

function binary() {
  const given = process.env.CARRIER_BIN;
  if (!given) throw new Error("CARRIER_BIN has to name the built program");
  return path.resolve(given);
}

class Carrier {
  #process;
  #ended;
  #habits = new Set();

  constructor(child) {
    this.#process = child;
    running.add(child);
    child.once("exit", () => running.delete(child));
    this.#ended = once(child, "exit");
    this.account = ACCOUNT;
    this.pid = child.pid;
    /** Everything it has written. */
    this.output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.output += text));
    }
  }

  /** Stops it, and fails where it had ended by itself. */
  async stop() {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) {
      throw new Error(`the carrier had ended by itself:\n${this.output}`);
    }
    this.#process.kill("SIGINT");
    const late = setTimeout(() => this.#process.kill("SIGKILL"), 10_000);
    const [code] = await this.#ended;
    clearTimeout(late);
    if (code !== 0) throw new Error(`the carrier ended with ${code}:\n${this.output}`);
  }

  /** Runs one of the program's own commands for this carrier, and gives what it prints. */
  async command(name, ...words) {
    const ran = await promisify(execFile)(binary(), [name, "--carrier", this.base, ...words], { timeout: 20_000 });
    return ran.stdout.trim();
  }

  /** Somebody outside calls; gives the leg. */
  async places({ from, to, ...more }) {
    const { sid } = await this.#control("POST", "calls", { from, to, ...more });
    await this.settles();
    return sid;
  }

  answers = (leg) => this.#act(leg, "answer");
  declines = (leg) => this.#act(leg, "decline");
  hangsUp = (leg) => this.#act(leg, "hang_up");
  presses = (leg, keys) => this.#act(leg, "press", { keys });
  speaks = (leg, text) => this.#act(leg, "speak", { text });

  /** Decides what a telephone outside does when it rings. */
  telephone(number, habit, more = {}) {
    this.#habits.add(number);
    return this.#control("PUT", `phones/${encodeURIComponent(number)}`, { habit, ...more });
  }

  /** Lets every telephone wait for a person again. */
  async forgetsHabits() {
    for (const number of this.#habits) await this.telephone(number, "asks");
    this.#habits.clear();
  }

  /** Lets time pass, and with it everything that falls due. */
  passes(seconds) {
    return this.#control("POST", "clock", { advance_ms: Math.round(seconds * 1000) });
  }

  /** Waits until no request of the carrier is under way. */
  settles() {
    return this.#control("POST", "settle");
  }

  /** Lets something go wrong on its next occasions. */
  fails(fault, times = 1) {
    return this.#control("POST", "faults", { fault, times });
  }

  /** What a telephone says: a tone, silence, or nothing of its own. */
  sounds = (leg, source) => this.#control("PUT", `legs/${leg}/source`, source);

  /** What a leg says and hears, as its loudness and its strongest frequency. */
  levels = (leg) => this.#control("GET", `legs/${leg}/levels`);

  /** The browsers: identities with their sockets and calls. */
  clients = () => this.#control("GET", "clients");

  /** Lets something go wrong between the carrier and a browser. */
  troubles = (identity, fault, more = {}) => this.#control("POST", `clients/${identity}/fault`, { fault, ...more });

  /** What happened on a leg. */
  async log(leg) {
    return (await this.#control("GET", `legs/${leg}`)).log;
  }

  /** The texts of one kind of entry of a leg's log: `said`, `heard`, `played`. */
  async noted(leg, kind) {
    const entries = (await this.log(leg)).filter(({ noted }) => noted === kind);
    return entries.map((entry) => entry.text ?? entry.what);
  }

  /** Where a telephone rings or talks now. */
  async legAt(number) {
    const legs = await this.#control("GET", "legs");
    const found = legs.filter((leg) => leg.number === number && leg.state !== "over").at(-1);
    if (!found) throw new Error(`no telephone ${number} is in a call:\n${JSON.stringify(legs, null, 1)}`);
    return found.sid;
  }

  async #act(leg, act, body) {
    await this.#control("POST", `legs/${leg}/${act}`, body);
    await this.settles();
  }

  async #control(method, target, body) {
    const answer = await send(this.base, {
      method,
      target: `/control/${target}`,
      headers: { "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    if (answer.status >= 300) throw new Error(`${method} /control/${target} answered ${answer.status}: ${answer.body}`);
    return answer.body.length > 0 ? JSON.parse(answer.body) : undefined;
  }
}
