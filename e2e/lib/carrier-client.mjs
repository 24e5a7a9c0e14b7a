// The official client, unmodified, pointed at a carrier by its own hook, the HTTP client. Every answer is held
// against the OpenAPI description on its way.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

import { faultsOfAnswer, OPERATIONS, operationOf } from "./openapi.mjs";

const twilio = createRequire(import.meta.url)("twilio");

const HOME = "https://api.twilio.com";

class CheckingClient extends twilio.RequestClient {
  constructor(base, options) {
    super({ keepAlive: false, timeout: 20_000, ...options });
    this.base = base;
    this.operations = new Set();
  }

  async request(options) {
    if (!options.uri.startsWith(`${HOME}/`)) throw new Error(`the library asks elsewhere: ${options.uri}`);
    const uri = this.base + options.uri.slice(HOME.length);
    const answer = await super.request({ ...options, uri });
    const path = new URL(uri).pathname;
    const faults = faultsOfAnswer(
      { method: options.method, path },
      { status: answer.statusCode, headers: answer.headers, body: answer.body },
    );
    if (faults.length > 0) {
      throw new Error(`${options.method} ${uri} answered ${answer.statusCode}\n${faults.join("\n")}`);
    }
    if (answer.statusCode < 400) this.operations.add(operationOf(options.method, path));
    return answer;
  }
}

/**
 * The library's client for a carrier.
 *
 * @param {{base: string, account: {sid: string, token: string}}} carrier
 * @param {object} [options]
 * @param {string} [options.username] in place of the account's SID
 * @param {string} [options.password] in place of the account's token
 * @param {object} [options.http] options of the library's own HTTP client
 */
export function clientOf({ base, account }, { username, password, http, accountSid = account.sid } = {}) {
  const httpClient = new CheckingClient(base, http);
  return twilio(username ?? account.sid, password ?? account.token, { accountSid, httpClient });
}

/** Operations of the description that begin like this and have not been asked for with success. */
export function unused(client, form) {
  return OPERATIONS.filter((operation) => form.test(operation) && !client.httpClient.operations.has(operation));
}

/** What the library throws for a request that is refused: Twilio's code under an HTTP status. */
export async function refusal(promise) {
  const error = await promise.then(
    () => assert.fail("it is not refused"),
    (error) => error,
  );
  assert.ok(error instanceof twilio.RestException, error.stack);
  assert.equal(error.moreInfo, `https://www.twilio.com/docs/errors/${error.code}`);
  return { status: error.status, code: error.code };
}
