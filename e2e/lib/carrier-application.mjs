// An application behind telephone numbers, as small as one can be: documents by path, everything else is a
// callback. The official library writes the documents and checks every signature.

import { once } from "node:events";
import http from "node:http";
import { createRequire } from "node:module";

const { twiml, validateRequest } = createRequire(import.meta.url)("twilio");

/** Starts an application whose account has this token. */
export async function startApplication(token) {
  const server = http.createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return new Application(server, token);
}

class Application {
  #server;
  #documents = new Map();

  constructor(server, token) {
    this.#server = server;
    this.base = `http://127.0.0.1:${server.address().port}`;
    /** Every request: method, path, parameters, and whether its signature is right. */
    this.requests = [];
    server.on("request", async (request, response) => {
      const seen = read(request, Buffer.concat(await request.toArray()), this.base, token);
      this.requests.push(seen);
      const document = this.#documents.get(seen.path);
      if (!seen.isSigned) response.writeHead(403).end();
      else if (document === undefined) response.writeHead(204).end();
      else response.writeHead(200, { "Content-Type": "text/xml" }).end(document);
    });
  }

  url(path) {
    return this.base + path;
  }

  /** Lets a path answer with a document, which a function builds: `(response) => response.say("Hello")`. */
  answers(path, build) {
    this.#documents.set(path, document(build));
    return this.url(path);
  }

  /** The parameters of every request to a path, in order. */
  asked(path) {
    return this.requests.filter((request) => request.path === path).map(({ params }) => params);
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** A document, written by the official library. */
export function document(build) {
  const response = new twiml.VoiceResponse();
  build(response);
  return response.toString();
}

function read(request, body, base, token) {
  const url = base + request.url;
  const form = request.method === "POST" ? Object.fromEntries(new URLSearchParams(body.toString())) : {};
  const query = Object.fromEntries(new URL(url).searchParams);
  return {
    method: request.method,
    path: new URL(url).pathname,
    headers: request.headers,
    params: { ...query, ...form },
    isSigned: validateRequest(token, request.headers["x-twilio-signature"] ?? "", url, form),
  };
}
