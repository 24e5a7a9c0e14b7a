// In a page: an ear on a stream of sound, which tells how loud it is and which tones are in it.

/** Longer than two swells of a talker: whoever talks is as clear in it at any moment. */
const WINDOW = 32_768;
/** How much of it tells how loud it is, so that a gap shows. */
const RECENT = 8_192;

globalThis.Ear = class Ear {
  static #context;

  constructor(stream) {
    Ear.#context ??= new AudioContext();
    this.analyser = new AnalyserNode(Ear.#context, { fftSize: WINDOW, smoothingTimeConstant: 0 });
    this.source = Ear.#context.createMediaStreamSource(stream);
    this.source.connect(this.analyser);
  }

  /** What is heard at this moment: how loud it is, its strongest tone, and what is strongest near each frequency. */
  heard(frequencies = [], near = 20) {
    const { analyser } = this;
    const all = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(all);
    const wave = all.subarray(-RECENT);
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(spectrum);
    const width = Ear.#context.sampleRate / analyser.fftSize;
    const strongest = (from, to) => {
      let best = Math.max(1, Math.floor(from / width));
      for (let bin = best; bin <= Math.ceil(to / width); bin += 1) if (spectrum[bin] > spectrum[best]) best = bin;
      return { hz: best * width, db: spectrum[best] };
    };
    return {
      rms: Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length),
      loudest: strongest(100, 3800),
      tones: frequencies.map((hz) => strongest(hz - near, hz + near)),
    };
  }

  close() {
    this.source.disconnect();
  }
};
