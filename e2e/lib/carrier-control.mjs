// What people at a carrier's telephones and browsers do, and what goes wrong: its control API.

import { send } from "./http.mjs";
import { until } from "./poll.mjs";
import { NEAR } from "./tone.mjs";

/** How loud a level is to be heard, and to count as silence; a sine of full loudness has 23,170. */
const AUDIBLE = 300;
const SILENT = 20;

export class CarrierControl {
  #habits = new Set();

  /** @param {{sid: string, token: string}} account */
  constructor(account, base) {
    this.account = account;
    /** Where it is; known once it listens. */
    this.base = base;
  }

  /** Somebody outside calls; gives the leg. */
  async places({ from, to, ...more }) {
    const { sid } = await this.#control("POST", "calls", { from, to, ...more });
    await this.settles();
    return sid;
  }

  answers = (leg) => this.#act(leg, "answer");
  declines = (leg) => this.#act(leg, "decline");
  hangsUp = (leg) => this.#act(leg, "hang_up");
  presses = (leg, keys) => this.#act(leg, "press", { keys });
  speaks = (leg, text) => this.#act(leg, "speak", { text });

  /** Decides what a telephone outside does when it rings. */
  telephone(number, habit, more = {}) {
    this.#habits.add(number);
    return this.#control("PUT", `phones/${encodeURIComponent(number)}`, { habit, ...more });
  }

  /** Lets every telephone wait for a person again. */
  async forgetsHabits() {
    for (const number of this.#habits) await this.telephone(number, "asks");
    this.#habits.clear();
  }

  /** Lets time pass, and with it everything that falls due. */
  passes(seconds) {
    return this.#control("POST", "clock", { advance_ms: Math.round(seconds * 1000) });
  }

  /** Waits until no request of the carrier is under way. */
  settles() {
    return this.#control("POST", "settle");
  }

  /** Lets something go wrong on its next occasions. */
  fails(fault, times = 1) {
    return this.#control("POST", "faults", { fault, times });
  }

  /** What a telephone says: a tone, silence, or nothing of its own. */
  sounds = (leg, source) => this.#control("PUT", `legs/${leg}/source`, source);

  /** What a leg says and hears, as its loudness and its strongest frequency. */
  levels = (leg) => this.#control("GET", `legs/${leg}/levels`);

  /** Waits until a leg hears or says a tone, and nothing louder. */
  async levelIs(leg, which, hz, { within = 30_000 } = {}) {
    let last;
    const look = async () => {
      last = (await this.levels(leg))[which];
      return last.rms > AUDIBLE && Math.abs(last.peak_hz - hz) <= NEAR && last;
    };
    return until(`${leg} to have ${which} ${hz} Hz`, look, { within }).catch((error) => {
      throw new Error(`${error.message}; last ${JSON.stringify(last)}`);
    });
  }

  /** Waits until a leg hears or says nothing, for longer than the half second over which the carrier measures. */
  isSilent(leg, which) {
    let inRow = 0;
    return until(`${leg} to have ${which} nothing`, async () => {
      const { rms } = (await this.levels(leg))[which];
      inRow = rms < SILENT ? inRow + 1 : 0;
      return inRow >= 30;
    });
  }

  /** The browsers: identities with their sockets and calls. */
  clients = () => this.#control("GET", "clients");

  /** Lets something go wrong between the carrier and a browser. */
  troubles = (identity, fault, more = {}) => this.#control("POST", `clients/${identity}/fault`, { fault, ...more });

  /** What happened on a leg. */
  async log(leg) {
    return (await this.#control("GET", `legs/${leg}`)).log;
  }

  /** The texts of one kind of entry of a leg's log: `said`, `heard`, `played`. */
  async noted(leg, kind) {
    const entries = (await this.log(leg)).filter(({ noted }) => noted === kind);
    return entries.map((entry) => entry.text ?? entry.what);
  }

  /** Where a telephone rings or talks now. */
  async legAt(number) {
    const legs = await this.#control("GET", "legs");
    const found = legs.filter((leg) => leg.number === number && leg.state !== "over").at(-1);
    if (!found) throw new Error(`no telephone ${number} is in a call:\n${JSON.stringify(legs, null, 1)}`);
    return found.sid;
  }

  async #act(leg, act, body) {
    await this.#control("POST", `legs/${leg}/${act}`, body);
    await this.settles();
  }

  async #control(method, target, body) {
    const answer = await send(this.base, {
      method,
      target: `/control/${target}`,
      headers: { "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    if (answer.status >= 300) throw new Error(`${method} /control/${target} answered ${answer.status}: ${answer.body}`);
    return answer.body.length > 0 ? JSON.parse(answer.body) : undefined;
  }
}
