// A Switchboard with people and calls in it, for tests that look at pages.

import { Call, calls, party } from "./caller.mjs";
import { startSwitchboard } from "./switchboard.mjs";

const PASSWORD = "a long sentence about calls";

/** More than one page holds. */
const MORE_CALLS = 52;

/**
 * Starts a Switchboard with an admin, a supervisor, an agent and calls of every kind.
 *
 * The calls, from the latest: `live`, `talked`, `planet`, `withheld`, and before them many from Utah.
 */
export async function startOffice() {
  const switchboard = await startSwitchboard();
  try {
    return await fill(switchboard);
  } catch (error) {
    await switchboard.remove();
    throw error;
  }
}

async function fill(switchboard) {
  const add = (userName, name, role) => switchboard.addUser(userName, { name, role, password: PASSWORD });
  const people = {
    ada: await add("ada", "Ada Min", "admin"),
    sue: await add("sue", "Sue Visor", "supervisor"),
    ben: await add("ben", "Ben Agent", "agent"),
  };
  const welcome = "/callcongress/welcome";
  for (let n = 0; n < MORE_CALLS; n += 1) {
    const from = `+1801555${String(100 + n).padStart(4, "0")}`;
    await calls(switchboard, welcome, { from, place: { City: "PROVO", State: "UT" } }).then((call) => call.hangsUp());
  }
  const withheld = await new Call(switchboard, { from: "anonymous" }).dials(welcome);
  await withheld.follows([null, null, null]);
  const planet = await new Call(switchboard, { to: "+12025550101", from: "+12125550148" }).dials("/ivr/welcome");
  await planet.follows(["1"]);
  const talked = await new Call(switchboard, { from: "+12165550149", place: { City: "CLEVELAND", State: "OH" } }).dials(welcome);
  await talked.follows(["7", "1", party.isBusy(), party.talks(75)]);
  const live = await new Call(switchboard, { from: "+14405550150", place: { State: "OH" } }).dials(welcome);
  return { switchboard, people, calls: { withheld, planet, talked, live }, total: MORE_CALLS + 4 };
}
