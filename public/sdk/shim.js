// Lets Twilio's Voice SDK reach a local carrier. The SDK always asks for wss://HOST/signal; a carrier on this
// machine speaks plain HTTP, so that scheme is exchanged for hosts of this machine and for nothing else. It has to
// run before the SDK, which keeps the WebSocket that it finds.
(() => {
  const Original = globalThis.WebSocket;

  const isThisMachine = (host) =>
    host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(\.\d+){3}$/.test(host);

  /** A page that came by https from the same address has a gateway that speaks it, too. */
  const isSecureHere = (host) => location.protocol === "https:" && location.host === host;

  const plain = (address) => {
    const url = new URL(address, location.href);
    const isGateway = url.protocol === "wss:" && url.pathname.endsWith("/signal");
    if (!isGateway || !isThisMachine(url.hostname) || isSecureHere(url.host)) return address;
    url.protocol = "ws:";
    return url.href;
  };

  globalThis.WebSocket = class WebSocket extends Original {
    constructor(address, protocols) {
      super(plain(address), protocols);
    }
  };
})();
