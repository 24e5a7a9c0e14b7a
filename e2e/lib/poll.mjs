// Waiting for something that happens by itself, with a bound.

import { setTimeout as pause } from "node:timers/promises";

/** Asks until the answer is neither null, undefined nor false, and gives it. */
export async function until(what, ask, { within = 30_000, every = 25 } = {}) {
  const end = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`waited ${within} ms for ${what}`);
    await pause(every);
  }
}
