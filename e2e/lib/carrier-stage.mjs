// A carrier, an application behind its number, and the official client: what most tests of the carrier need.

import assert from "node:assert/strict";

import { startApplication } from "./carrier-application.mjs";
import { clientOf } from "./carrier-client.mjs";
import { ACCOUNT, startCarrier } from "./carrier-program.mjs";

/** The account's number, answered by `/voice`. */
export const OURS = "+12025550100";

/** People outside. */
export const ADA = "+13125550117";
export const BEN = "+12025550142";
export const CLEO = "+12025550163";

/** Starts all three. `more` is more of the carrier's command line, or makes it when it is told the application. */
export async function setStage({ clock, more = [] } = {}) {
  const application = await startApplication(ACCOUNT.token);
  try {
    const numbers = { [OURS]: application.url("/voice") };
    const carrier = await startCarrier({ numbers, clock, more: typeof more === "function" ? more(application) : more });
    return new Stage(application, carrier);
  } catch (error) {
    await application.close();
    throw error;
  }
}

class Stage {
  constructor(application, carrier) {
    this.application = application;
    this.carrier = carrier;
    this.client = clientOf(carrier);
  }

  /** Somebody outside calls our number. */
  calls(from, more = {}) {
    return this.carrier.places({ from, to: OURS, ...more });
  }

  /** Ends all calls, forgets habits and requests, and fails where one was not signed. */
  async rests() {
    for (const status of ["in-progress", "ringing", "queued"]) {
      const calls = await this.client.calls.list({ status });
      for (const { sid } of calls) await this.client.calls(sid).update({ status: "completed" }).catch(isOver);
    }
    await this.carrier.settles();
    await this.carrier.forgetsHabits();
    const unsigned = this.application.requests.splice(0).filter(({ isSigned }) => !isSigned);
    assert.deepEqual(unsigned, [], "every request is signed");
  }

  async clear() {
    await this.carrier.stop();
    await this.application.close();
  }
}

/** The end of another call may have been its end, too. */
function isOver(error) {
  if (error.code !== 21220) throw error;
}
