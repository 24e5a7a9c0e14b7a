// What a page holds on to: objects that are alive once everything that nobody holds has been cleared away.

import { readFile } from "node:fs/promises";

const made = await readFile(new URL("made.browser.js", import.meta.url), "utf8");

/** Has a page count what it makes, for `countMade`. */
export const countsWhatItMakes = (page) => page.addInitScript({ content: made });

/** Opens the browser's own tools on a page. */
export async function inspect(page) {
  const tools = await page.context().newCDPSession(page);
  return new Inspection(tools);
}

class Inspection {
  #tools;

  constructor(tools) {
    this.#tools = tools;
  }

  /**
   * How many objects of each kind are alive, how many listeners there are, and how much memory is in use.
   *
   * @param {Object<string, string>} kinds the expression of a constructor, by the name under which it is told
   */
  async count(kinds) {
    await this.#tools.send("HeapProfiler.collectGarbage");
    const counts = {};
    for (const [name, constructor] of Object.entries(kinds)) counts[name] = await this.#alive(constructor);
    return { ...counts, ...(await this.#weight()) };
  }

  /** The same on a page that `countsWhatItMakes`: `made` tells how many of each kind there have been. */
  async countMade() {
    await this.#tools.send("HeapProfiler.collectGarbage");
    const asked = { expression: "madeAndHeld()", returnByValue: true };
    const { result } = await this.#tools.send("Runtime.evaluate", asked);
    const counts = { made: {} };
    for (const [kind, all, held] of result.value) {
      counts[kind] = held;
      counts.made[kind] = all;
    }
    return { ...counts, ...(await this.#weight()) };
  }

  async #weight() {
    const { jsEventListeners } = await this.#tools.send("Memory.getDOMCounters");
    const { usedSize } = await this.#tools.send("Runtime.getHeapUsage");
    return { listeners: jsEventListeners, kilobytes: Math.round(usedSize / 1024) };
  }

  async #alive(constructor) {
    const objectGroup = "counted";
    const { result } = await this.#tools.send("Runtime.evaluate", { expression: `${constructor}.prototype`, objectGroup });
    const { objects } = await this.#tools.send("Runtime.queryObjects", { prototypeObjectId: result.objectId, objectGroup });
    const { result: length } = await this.#tools.send("Runtime.callFunctionOn", {
      objectId: objects.objectId,
      functionDeclaration: "function () { return this.length; }",
      returnByValue: true,
    });
    await this.#tools.send("Runtime.releaseObjectGroup", { objectGroup });
    return length.value;
  }
}
