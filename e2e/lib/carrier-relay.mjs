// Stands between a client that we cannot look into and the carrier, and holds every REST answer against the
// OpenAPI description.

import { once } from "node:events";
import http from "node:http";

import { send } from "./http.mjs";
import { faultsOfAnswer, OPERATIONS, operationOf } from "./openapi.mjs";

export async function startRelay(base) {
  const relay = new Relay(base);
  await relay.listen();
  return relay;
}

class Relay {
  #server;
  #used = new Set();

  constructor(base) {
    /** Everything that was wrong with an answer. */
    this.faults = [];
    this.#server = http.createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray());
      const { host, connection, ...headers } = request.headers;
      const answer = await send(base, { method: request.method, target: request.url, headers, body });
      this.#look(request, answer);
      response.writeHead(answer.status, { ...answer.headers, connection: "close" }).end(answer.body);
    });
  }

  async listen() {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.base = `http://127.0.0.1:${this.#server.address().port}`;
  }

  #look({ method, url }, { status, headers, body }) {
    const path = new URL(url, this.base).pathname;
    if (!path.startsWith("/2010-04-01/")) return;
    const read = body.length > 0 ? JSON.parse(body) : "";
    const faults = faultsOfAnswer({ method, path }, { status, headers, body: read });
    this.faults.push(...faults.map((fault) => `${method} ${url} answered ${status}: ${fault}`));
    if (status < 400) this.#used.add(operationOf(method, path));
  }

  /** Operations of the description that were not asked for with success. */
  get unused() {
    return OPERATIONS.filter((operation) => !this.#used.has(operation));
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
