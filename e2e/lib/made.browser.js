// What a page has made of the phone's things and still holds on to, counted from before its first script: the browser's own
// search for objects crashes on a page with wasm (Chromium 156).

(() => {
  const made = { devices: [], calls: [], connections: [], sockets: [] };
  const keep = (kind, one) => made[kind].push(new WeakRef(one));
  const counted = (kind, constructor, then = () => {}) =>
    new Proxy(constructor, {
      construct(target, given, asked) {
        const one = Reflect.construct(target, given, asked);
        keep(kind, one);
        then(one);
        return one;
      },
    });
  globalThis.WebSocket = counted("sockets", globalThis.WebSocket);
  globalThis.RTCPeerConnection = counted("connections", globalThis.RTCPeerConnection);

  let sdk;
  const keepsCalls = (device) => device.on("incoming", (call) => keep("calls", call));
  Object.defineProperty(globalThis, "Twilio", {
    configurable: true,
    get: () => sdk,
    set(given) {
      sdk = given;
      let device = given.Device && counted("devices", given.Device, keepsCalls);
      Object.defineProperty(given, "Device", {
        configurable: true,
        enumerable: true,
        get: () => device,
        set: (constructor) => (device = counted("devices", constructor, keepsCalls)),
      });
    },
  });

  /** How many of each kind were made, and how many of them are alive. */
  globalThis.madeAndHeld = () =>
    Object.entries(made).map(([kind, all]) => [kind, all.length, all.filter((one) => one.deref()).length]);
})();
