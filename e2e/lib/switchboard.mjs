// A Switchboard of the test's own: the built program in an empty folder, on a port of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { send } from "./http.mjs";
import { until } from "./poll.mjs";

const ACCOUNT = { sid: "AC0123456789abcdef0123456789abcdef", token: "0f1e2d3c4b5a69788796a5b4c3d2e1f0" };

/** What the program uses where no account is set. */
const DEMONSTRATION = { sid: "AC00000000000000000000000000000000", token: "switchboard-demonstration" };

/**
 * Starts a Switchboard and waits until it is healthy.
 *
 * @param {object} options
 * @param {boolean} [options.demonstration] no account in the environment
 * @param {string} [options.publicUrl] the address that Twilio knows, where it is not the local one
 * @param {object} [options.variables] more of the environment, by name
 */
export async function startSwitchboard({ demonstration = false, publicUrl, variables = {} } = {}) {
  const binary = process.env.SWITCHBOARD_BIN;
  if (!binary) throw new Error("SWITCHBOARD_BIN has to name the built program");
  const folder = await mkdtemp(path.join(tmpdir(), "switchboard-e2e-"));
  const port = await freePort();
  const local = `http://127.0.0.1:${port}`;
  const account = demonstration ? DEMONSTRATION : ACCOUNT;
  const environment = {
    PATH: process.env.PATH,
    LISTEN: `127.0.0.1:${port}`,
    PUBLIC_URL: publicUrl ?? local,
    DATABASE_URL: `sqlite://${path.join(folder, "switchboard.db")}`,
    ...(demonstration ? {} : { TWILIO_ACCOUNT_SID: account.sid, TWILIO_AUTH_TOKEN: account.token }),
    ...variables,
  };
  const switchboard = new Switchboard({
    binary: path.resolve(binary),
    folder,
    local,
    public: publicUrl ?? local,
    account,
    environment,
  });
  try {
    await switchboard.start();
  } catch (error) {
    await switchboard.remove();
    throw error;
  }
  return switchboard;
}

/** Programs that run: none outlives the tests, however these end. */
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

async function freePort() {
  const server = net.createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

class Switchboard {
  #process;
  #ended;

  constructor({ binary, folder, local, public: seen, account, environment }) {
    this.binary = binary;
    this.folder = folder;
    /** Where the test reaches it. */
    this.local = local;
    /** Where Twilio believes it to be. */
    this.public = seen;
    this.account = account;
    this.environment = environment;
    /** Everything it has written, over all its starts. */
    this.output = "";
  }

  async start() {
    const child = spawn(this.binary, ["serve"], {
      cwd: this.folder,
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    running.add(child);
    child.once("exit", () => running.delete(child));
    this.#ended = once(child, "exit").then(([code, signal]) => ({ code, signal }));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (this.output += text));
    }
    await until("the server to be healthy", async () => {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${this.output}`);
      const answer = await this.send({ target: "/healthz" }).catch(() => null);
      return answer?.status === 200;
    });
  }

  send(request) {
    return send(this.local, request);
  }

  /** Asks it to stop, and gives its exit code. */
  async stop() {
    this.#process.kill("SIGTERM");
    const late = setTimeout(() => this.#process.kill("SIGKILL"), 30_000);
    const { code, signal } = await this.#ended;
    clearTimeout(late);
    return code ?? signal;
  }

  /** Ends it as a power cut would. */
  async kill() {
    this.#process.kill("SIGKILL");
    await this.#ended;
  }

  /** Stops it where it still runs, and clears its folder away. */
  async remove() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The one-time link that makes the first admin, as it was printed. */
  get setupLink() {
    const link = this.output.match(/https?:\/\/\S+(\/setup\/[\w-]+)/);
    if (!link) throw new Error(`no set-up link was printed:\n${this.output}`);
    return link[0];
  }

  /** Runs another command of the program over the same database. */
  async command(args, input = "") {
    const child = spawn(this.binary, args, { cwd: this.folder, env: this.environment, stdio: "pipe" });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    }
    child.stdin.end(input);
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`switchboard ${args.join(" ")} ended with ${code}:\n${output}`);
    return output;
  }

  async addUser(userName, { name, role, password }) {
    const args = ["user", "add", userName, "--role", role, "--name", name, "--password-stdin"];
    await this.command(args, `${password}\n`);
    return { userName, name, role, password };
  }
}
