// The shim that lets the Voice SDK reach a carrier on this machine: what it changes, and what it leaves alone.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import vm from "node:vm";

const shim = await readFile(new URL("../public/sdk/shim.js", import.meta.url), "utf8");

/** Where a page at an address gets when it asks for a socket. */
function opened(page, address) {
  const asked = [];
  class WebSocket {
    constructor(...words) {
      asked.push(words);
    }
  }
  const window = vm.createContext({ WebSocket, URL, location: new URL(page) });
  vm.runInContext(shim, window);
  const socket = vm.runInContext(`new WebSocket(${JSON.stringify(address)}, "words")`, window);
  assert.ok(socket instanceof WebSocket, "it is a socket of the browser's own kind");
  assert.equal(asked[0][1], "words");
  return asked[0][0];
}

for (const [page, address, expected] of [
  ["http://127.0.0.1:3000/", "wss://127.0.0.1:3000/signal", "ws://127.0.0.1:3000/signal"],
  ["http://localhost:3000/", "wss://localhost:8010/signal", "ws://localhost:8010/signal"],
  ["http://localhost:3000/", "wss://desk.localhost:3000/signal", "ws://desk.localhost:3000/signal"],
  ["http://[::1]:3000/", "wss://[::1]:3000/signal", "ws://[::1]:3000/signal"],
  ["http://127.0.0.1:3000/", "wss://127.8.8.8/signal", "ws://127.8.8.8/signal"],
  ["https://desk.localhost/", "wss://127.0.0.1:8010/signal", "ws://127.0.0.1:8010/signal"],
]) {
  test(`a page at ${page} reaches ${address} in plain`, () => {
    assert.equal(opened(page, address), expected);
  });
}

for (const [page, address] of [
  ["https://desk.example/", "wss://voice-js.roaming.twilio.com/signal"],
  ["http://localhost:3000/", "wss://voice-js.roaming.twilio.com/signal"],
  ["http://localhost:3000/", "wss://localhost.evil.example/signal"],
  ["http://localhost:3000/", "wss://127.0.0.1.evil.example/signal"],
  ["http://localhost:3000/", "wss://localhost:3000/elsewhere"],
  ["https://desk.localhost/", "wss://desk.localhost/signal"],
  ["http://localhost:3000/", "/live"],
]) {
  test(`a page at ${page} keeps ${address} as it is`, () => {
    assert.equal(opened(page, address), address);
  });
}
