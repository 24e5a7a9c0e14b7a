// A carrier of the test's own: the program `carrier` on a port of its own, with a clock that only the test moves or the
// machine's.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { promisify } from "node:util";

import { CarrierControl } from "./carrier-control.mjs";
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

class Carrier extends CarrierControl {
  #process;
  #ended;

  constructor(child) {
    super(ACCOUNT);
    this.#process = child;
    running.add(child);
    child.once("exit", () => running.delete(child));
    this.#ended = once(child, "exit");
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
}
