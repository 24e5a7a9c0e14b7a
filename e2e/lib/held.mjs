// What a page holds on to: objects that are alive once everything that nobody holds has been cleared away.

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
    const { jsEventListeners } = await this.#tools.send("Memory.getDOMCounters");
    const { usedSize } = await this.#tools.send("Runtime.getHeapUsage");
    return { ...counts, listeners: jsEventListeners, kilobytes: Math.round(usedSize / 1024) };
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
