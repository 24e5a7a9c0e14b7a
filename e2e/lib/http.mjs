// Plain HTTP requests, a connection for each, exactly as they are written: no redirects, no cookies,
// no tidying of paths.

import http from "node:http";

/**
 * Sends one request and reads the whole answer.
 *
 * @returns {Promise<{status: number, headers: object, body: Buffer}>}
 */
export function send(base, { method = "GET", target = "/", headers = {}, body, timeout = 20_000 } = {}) {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, method, path: target, headers, agent: false, timeout });
    let answered = false;
    request.on("response", (response) => {
      answered = true;
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
      );
      response.on("error", reject);
    });
    request.on("timeout", () => request.destroy(new Error(`no answer to ${method} ${target} in ${timeout} ms`)));
    // A server that refuses a long body may answer and close before it has read it all.
    request.on("error", (error) => answered || reject(error));
    request.end(body);
  });
}

/** Names and values as a form writes them. */
export const form = (params) => new URLSearchParams(params).toString();
