// Answers under Twilio's own names: ends TLS with a certificate of the moment, leads the signalling to a carrier, and
// takes what the SDK tells of its calls.

import { once } from "node:events";
import https from "node:https";
import net from "node:net";

import { makeCertificate } from "./certificate.mjs";

/** Starts it in front of a carrier. */
export async function startTwilioHosts(carrier) {
  const hosts = new TwilioHosts(carrier);
  await hosts.listen();
  return hosts;
}

class TwilioHosts {
  #server;
  #to;
  #sockets = new Set();

  constructor(carrier) {
    this.#to = new URL(carrier.base);
    /** The hosts under which the signalling was asked for, in order. */
    this.gateways = [];
    /** The hosts and paths of all other requests. */
    this.requests = [];
    this.#server = https.createServer(makeCertificate(["*.twilio.com", "*.roaming.twilio.com"]));
    this.#server.on("request", (request, response) => this.#take(request, response));
    this.#server.on("upgrade", (request, socket, head) => this.#lead(request, socket, head));
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  async listen() {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  /** What a browser needs on its command line to come here. */
  get words() {
    return [`--host-resolver-rules=MAP *.twilio.com 127.0.0.1:${this.#server.address().port}`, "--ignore-certificate-errors"];
  }

  #take(request, response) {
    if (request.method !== "OPTIONS") this.requests.push(`${request.headers.host}${request.url}`);
    request.resume();
    response.writeHead(200, { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" }).end();
  }

  #lead(request, socket, head) {
    this.gateways.push(`${request.headers.host}${request.url}`);
    const onward = net.connect(Number(this.#to.port), this.#to.hostname);
    const headers = request.rawHeaders.map((word, n) => (n % 2 && /^host$/i.test(request.rawHeaders[n - 1]) ? this.#to.host : word));
    const lines = Array.from({ length: headers.length / 2 }, (_, n) => `${headers[2 * n]}: ${headers[2 * n + 1]}`);
    onward.write([`${request.method} ${request.url} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
    onward.write(head);
    onward.pipe(socket).pipe(onward);
    for (const [end, other] of [[onward, socket], [socket, onward]]) end.on("error", () => other.destroy());
    onward.on("close", () => socket.destroy());
    socket.on("close", () => onward.destroy());
  }

  async close() {
    this.#sockets.forEach((socket) => socket.destroy());
    this.#server.close();
    await once(this.#server, "close");
  }
}
