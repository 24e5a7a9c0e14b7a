// Waiting until something is heard, and goes on being heard for longer than a moment.

import { until } from "./poll.mjs";
import { NEAR } from "./tone.mjs";

/** So many moments in a row, at least 20 ms apart, last longer than the window in which the ear finds tones. */
const MOMENTS = 40;

/**
 * A tone of a talker arrives with -25 dB, or with -45 where the browser takes it for noise, as it now and then does
 * although it is asked not to; what compression adds lies far below.
 */
const isClear = ({ db }) => db > -52;
const isTraceable = ({ db }) => db > -62;

const PATIENCE = 30_000;

/**
 * Waits until all these tones are heard, each near its frequency, and none of `without` is.
 *
 * @param {(frequencies: number[], near: number) => Promise<object>} ask what is heard at this moment (`Ear.heard`)
 */
export function hears(ask, frequencies, { without = [], within = PATIENCE } = {}) {
  const wanted = frequencies.length;
  return lasts(
    `to hear ${frequencies} and not ${without}`,
    () => ask([...frequencies, ...without], NEAR),
    ({ tones }) =>
      tones.length > 0 && tones.slice(0, wanted).every(isClear) && !tones.slice(wanted).some(isTraceable),
    within,
  );
}

/** Waits until nothing at all is heard. */
export function hearsNothing(ask, { within = PATIENCE } = {}) {
  return lasts("to hear nothing", () => ask([], NEAR), ({ rms }) => rms < 0.002, within);
}

/** What is said of a moment has to hold for many in a row. */
async function lasts(what, ask, holds, within) {
  let last;
  let inRow = 0;
  const look = async () => {
    last = await ask();
    inRow = holds(last) ? inRow + 1 : 0;
    return inRow >= MOMENTS && last;
  };
  return until(what, look, { within, every: 20 }).catch((error) => {
    throw new Error(`${error.message}; heard last: ${JSON.stringify(last)}`);
  });
}
