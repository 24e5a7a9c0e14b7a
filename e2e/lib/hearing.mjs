// Waiting until something is heard, and goes on being heard for longer than a moment.

import { until } from "./poll.mjs";
import { NEAR } from "./tone.mjs";

/** How many moments in a row are looked at: more than a swell of a talker's, and the analyser's window many times anew. */
const MOMENTS = 24;
/** A talker swells four times a second, and is next to nothing between. */
const LOUD_IN = MOMENTS / 2;

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
    (moments) => {
      const isHeard = (at) => moments.filter(({ tones }) => tones.length > 0 && isClear(tones[at])).length >= LOUD_IN;
      const isDisturbed = moments.some(({ tones }) => tones.slice(wanted).some(isTraceable));
      return frequencies.every((_, at) => isHeard(at)) && !isDisturbed;
    },
    within,
  );
}

/** Waits until nothing at all is heard. */
export function hearsNothing(ask, { within = PATIENCE } = {}) {
  return lasts("to hear nothing", () => ask([], NEAR), (moments) => moments.every(({ rms }) => rms < 0.002), within);
}

/** Waits until something holds of many moments in a row. */
async function lasts(what, ask, holds, within) {
  const moments = [];
  const look = async () => {
    moments.push(await ask());
    if (moments.length > MOMENTS) moments.shift();
    return moments.length === MOMENTS && holds(moments) && moments.at(-1);
  };
  return until(what, look, { within, every: 20 }).catch((error) => {
    throw new Error(`${error.message}; heard last: ${JSON.stringify(moments.at(-1))}`);
  });
}
