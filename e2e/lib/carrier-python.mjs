// The official Python package in an environment of its own, which is kept for the next time.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

const ENVIRONMENT = here("node_modules/.cache/python");
const PYTHON = path.join(ENVIRONMENT, "bin/python");

/**
 * Makes the environment, unless it is there as the requirements want it.
 *
 * @returns {Promise<string | undefined>} why there is none; in CI that is an error
 */
export async function missingPython() {
  try {
    await prepare();
    return undefined;
  } catch (error) {
    const why = `Python with the official package is not to be had: ${error.stderr || error.message}`;
    if (process.env.CI === "true") throw new Error(why);
    process.stderr.write(`\n*** NOT TESTED with the Python package. ${why}\n\n`);
    return why;
  }
}

async function prepare() {
  const requirements = here("python/requirements.txt");
  const wanted = await readFile(requirements, "utf8");
  const mark = path.join(ENVIRONMENT, ".installed-requirements.txt");
  if ((await readFile(mark, "utf8").catch(() => "")) === wanted) return;
  await rm(ENVIRONMENT, { recursive: true, force: true });
  await mkdir(path.dirname(ENVIRONMENT), { recursive: true });
  await run("python3", ["-m", "venv", ENVIRONMENT], { timeout: 120_000 });
  await run(PYTHON, ["-m", "pip", "install", "--quiet", "-r", requirements], { timeout: 300_000 });
  await writeFile(mark, wanted);
}

/** Runs one of the scripts, and gives the lines that it prints. */
export async function script(name, args = [], input = "") {
  const child = spawn(PYTHON, [here(`python/${name}`), ...args], {
    env: { PATH: process.env.PATH, NO_PROXY: "*", PYTHONUTF8: "1" },
    stdio: "pipe",
    timeout: 120_000,
  });
  child.stdin.end(input);
  const [said, complaints, [code, signal]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new Error(`${name} ended with ${code ?? signal} after\n${said}\n${complaints}`);
  return said.split("\n").filter(Boolean);
}
