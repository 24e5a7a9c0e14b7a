// On the plain page: the SDK's events written down, and what a call brings to the ear. No test's rules are here.

(() => {
  const events = [];
  const calls = [];
  const note = (who, name, more = {}) => events.push({ at: performance.timeOrigin + performance.now(), who, name, ...more });

  const problem = (error) => ({ code: error?.code, text: error?.message, description: error?.description });

  addEventListener("unhandledrejection", ({ reason }) => console.error(`unhandled: ${reason?.stack ?? reason}`));

  const OF_DEVICE = ["registering", "registered", "unregistered", "destroyed", "tokenWillExpire"];
  const OF_CALL = ["accept", "audio", "cancel", "disconnect", "reject", "reconnected", "transportClose"];

  function sounds() {
    const names = ["incoming", "outgoing", "disconnect", ...[..."0123456789sh"].map((key) => `dtmf${key}`)];
    return Object.fromEntries(names.map((name) => [name, `/sdk/sounds/${name}.wav`]));
  }

  function open(token, options) {
    const device = new Twilio.Device(token, { sounds: sounds(), logLevel: "silent", closeProtection: false, ...options });
    phone.device = device;
    for (const name of OF_DEVICE) device.on(name, () => note("device", name));
    device.on("error", (error, call) => note("device", "error", { ...problem(error), sid: call?.parameters?.CallSid }));
    device.on("incoming", (call) => {
      keep(call);
      note("device", "incoming", { parameters: call.parameters, custom: Object.fromEntries(call.customParameters) });
    });
  }

  function keep(call) {
    calls.push(call);
    const about = () => ({ sid: call.parameters.CallSid, status: call.status() });
    for (const name of OF_CALL) call.on(name, () => note("call", name, about()));
    call.on("ringing", (hasEarlySound) => note("call", "ringing", { ...about(), hasEarlySound }));
    call.on("reconnecting", (error) => note("call", "reconnecting", { ...about(), ...problem(error) }));
    call.on("mute", (isMuted) => note("call", "mute", { ...about(), isMuted }));
    call.on("warning", (warning) => note("call", "warning", { ...about(), warning }));
    call.on("error", (error) => note("call", "error", { ...about(), ...problem(error) }));
    return call;
  }

  async function dial(params, options) {
    keep(await phone.device.connect({ params, ...options }));
  }

  /** A peer connection that has never heard of telephone events, so that keys have to go as messages. */
  class WithoutKeys extends RTCPeerConnection {
    setRemoteDescription({ type, sdp }, ...callbacks) {
      return super.setRemoteDescription({ type, sdp: withoutKeys(sdp) }, ...callbacks);
    }
  }

  function withoutKeys(sdp) {
    const types = [...sdp.matchAll(/^a=rtpmap:(\d+) telephone-event/gm)].map(([, type]) => type);
    const isOf = (line) => types.some((type) => ["rtpmap", "fmtp", "rtcp-fb"].some((word) => line.startsWith(`a=${word}:${type} `)));
    return sdp
      .split("\r\n")
      .filter((line) => !isOf(line))
      .map((line) => (line.startsWith("m=audio") ? line.split(" ").filter((word, n) => n < 3 || !types.includes(word)).join(" ") : line))
      .join("\r\n");
  }

  const ears = new Map();

  /** What is heard of the latest call; nothing before it has any sound. */
  function heard(frequencies, near) {
    const stream = calls.at(-1)?.getRemoteStream();
    if (!stream) return { rms: 0, tones: [] };
    if (!ears.has(stream)) ears.set(stream, new Ear(stream));
    return ears.get(stream).heard(frequencies, near);
  }

  /** Answers the latest call, and tells how many milliseconds later the first sound was there. */
  async function answerAndListen({ limit = 10_000, options } = {}) {
    const call = calls.at(-1);
    const begun = performance.now();
    call.accept(options);
    return new Promise((resolve, reject) => {
      const look = setInterval(() => {
        const took = performance.now() - begun;
        if (heard().rms > 0.01) {
          clearInterval(look);
          resolve(took);
        } else if (took > limit) {
          clearInterval(look);
          reject(new Error(`no sound for ${limit} ms after the answer`));
        }
      }, 5);
    });
  }

  /** Ends the device and lets go of all that was kept of it but the list of events. */
  function closes() {
    phone.device.destroy();
    phone.device = undefined;
    calls.length = 0;
    for (const ear of ears.values()) ear.close();
    ears.clear();
  }

  const phone = { device: undefined, events, calls, open, closes, dial, heard, answerAndListen, WithoutKeys };
  globalThis.phone = phone;
})();
