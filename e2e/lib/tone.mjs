// Tones: as a microphone would bring them, and found again in what was heard or recorded.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** How far a tone may be from what was said, in hertz. */
export const NEAR = 20;

const RATE = 48_000;

/**
 * A second of a tone as a WAV file. Repeated it goes on without a click, since it holds whole waves.
 *
 * @param {number} hz a whole number
 * @param {object} [options]
 * @param {boolean} [options.pulsed] swelling four times a second, as no noise does, so that no noise suppression takes
 *   it for one
 */
export function tone(hz, { pulsed = false, gain = 0.3 } = {}) {
  const samples = Int16Array.from({ length: RATE }, (_, n) => {
    const swell = pulsed ? 0.5 - 0.5 * Math.cos((2 * Math.PI * 4 * n) / RATE) : 1;
    return Math.round(32_767 * gain * swell * Math.sin((2 * Math.PI * hz * n) / RATE));
  });
  return wav(samples, RATE);
}

/** A file with that tone, in a folder of its own; `clear` takes it away. */
export async function toneFile(hz, options) {
  const folder = await mkdtemp(path.join(tmpdir(), "switchboard-tone-"));
  const file = path.join(folder, `${hz}.wav`);
  await writeFile(file, tone(hz, options));
  return { file, clear: () => rm(folder, { recursive: true, force: true }) };
}

function wav(samples, rate) {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer)]);
}

/**
 * Reads a WAV file of 16 bits.
 *
 * @returns {{rate: number, channels: number[][]}} samples between -1 and 1
 */
export function readWav(file) {
  if (file.toString("latin1", 0, 4) !== "RIFF") throw new Error("this is no WAV file");
  const chunks = {};
  for (let at = 12; at + 8 <= file.length; ) {
    const length = file.readUInt32LE(at + 4);
    chunks[file.toString("latin1", at, at + 4)] = file.subarray(at + 8, at + 8 + length);
    at += 8 + length + (length % 2);
  }
  const [format, count, rate, bits] = [
    chunks["fmt "].readUInt16LE(0),
    chunks["fmt "].readUInt16LE(2),
    chunks["fmt "].readUInt32LE(4),
    chunks["fmt "].readUInt16LE(14),
  ];
  if (format !== 1 || bits !== 16) throw new Error(`a WAV of format ${format} with ${bits} bits`);
  const frames = Math.floor(chunks.data.length / (2 * count));
  const channels = Array.from({ length: count }, (_, channel) =>
    Array.from({ length: frames }, (_, n) => chunks.data.readInt16LE(2 * (n * count + channel)) / 32_768),
  );
  return { rate, channels };
}

/** How strong a frequency is in samples, as the amplitude of a sine (Goertzel). */
export function strengthOf(hz, samples, rate) {
  const turn = (2 * Math.PI * hz) / rate;
  let [before, last] = [0, 0];
  for (const sample of samples) [before, last] = [last, sample + 2 * Math.cos(turn) * last - before];
  const power = before ** 2 + last ** 2 - 2 * Math.cos(turn) * before * last;
  return (2 * Math.sqrt(Math.max(power, 0))) / samples.length;
}

/** The strongest frequency between 100 and 3,800 Hz, to five hertz. */
export function strongestIn(samples, rate) {
  let best = { hz: 0, strength: 0 };
  for (let hz = 100; hz <= 3_800; hz += 5) {
    const strength = strengthOf(hz, samples, rate);
    if (strength > best.strength) best = { hz, strength };
  }
  return best;
}
