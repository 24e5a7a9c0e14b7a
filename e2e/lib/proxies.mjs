// The reverse proxies that `deploy/` has an example for, run as the example says, but for names, ports and certificate.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { makeCertificate } from "./certificate.mjs";
import { until } from "./poll.mjs";

/** The name that stands in the examples, and ours. */
const NAME = "calls.example.org";
const HOST = "localhost";

const example = (name) => readFile(new URL(`../../deploy/${name}`, import.meta.url), "utf8");

/** Replaces what has to be there. */
function put(text, from, to) {
  if (!text.includes(from)) throw new Error(`the example has no ${from}:\n${text}`);
  return text.replaceAll(from, to);
}

/** What each proxy is started with: its files, and its command line. */
const PROXIES = {
  async nginx({ folder, port, plain, to }) {
    let site = await example("nginx.conf");
    site = put(site, "127.0.0.1:8080", to);
    site = put(site, "listen 443 ssl http2", `listen 127.0.0.1:${port} ssl http2`);
    site = put(site, "listen [::]:443 ssl http2;", "");
    site = put(site, "listen 80;", `listen 127.0.0.1:${plain};`);
    site = put(site, "listen [::]:80;", "");
    site = put(site, `/etc/letsencrypt/live/${NAME}/fullchain.pem`, path.join(folder, "cert.pem"));
    site = put(site, `/etc/letsencrypt/live/${NAME}/privkey.pem`, path.join(folder, "key.pem"));
    site = put(site, NAME, HOST);
    const kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((of) => `${of}_temp_path ${folder}/${of};`);
    const whole = `daemon off; pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${kept.join(" ")}\n${site}}`;
    await writeFile(path.join(folder, "nginx.conf"), whole);
    return ["-p", folder, "-e", "stderr", "-c", path.join(folder, "nginx.conf")];
  },
  async caddy({ folder, port, plain, to }) {
    let site = await example("Caddyfile");
    site = put(site, "127.0.0.1:8080", to);
    site = put(site, `${NAME} {`, `https://${HOST}:${port} {\n\tbind 127.0.0.1\n\ttls ${folder}/cert.pem ${folder}/key.pem`);
    const whole = `{\n\tadmin off\n\thttp_port ${plain}\n\thttps_port ${port}\n\tdefault_bind 127.0.0.1\n}\n${site}`;
    await writeFile(path.join(folder, "Caddyfile"), whole);
    return ["run", "--adapter", "caddyfile", "--config", path.join(folder, "Caddyfile")];
  },
};

/** Whether a proxy is installed. */
export const isThere = (name) => spawnSync(name, ["-h"], { stdio: "ignore" }).error === undefined;

/** A free port of this machine. */
export async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Where a proxy will be, before whatever it stands before is started: its address, and the certificate to believe. */
export async function placeFor(name) {
  const folder = await mkdtemp(path.join(tmpdir(), `switchboard-${name}-`));
  const { cert, key } = makeCertificate([HOST]);
  await writeFile(path.join(folder, "cert.pem"), cert);
  await writeFile(path.join(folder, "key.pem"), key);
  const port = await freePort();
  return { name, folder, port, cert, roots: path.join(folder, "cert.pem"), url: `https://${HOST}:${port}` };
}

/** Starts a proxy at its place before a server, and waits until it hands on. */
export async function startProxy(place, server) {
  const { name, folder, port } = place;
  const words = await PROXIES[name]({ folder, port, plain: await freePort(), to: new URL(server).host });
  const child = spawn(name, words, { env: { PATH: process.env.PATH, HOME: folder }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const gone = () => child.kill("SIGKILL");
  process.on("exit", gone);
  await until(`${name} to listen`, async () => {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}:\n${output}`);
    const socket = net.connect(port, "127.0.0.1");
    const answered = await Promise.race([once(socket, "connect").then(() => true), once(socket, "error").then(() => false)]).catch(() => false);
    socket.destroy();
    return answered;
  });
  return {
    get output() {
      return output;
    },
    async stop() {
      process.off("exit", gone);
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const late = setTimeout(gone, 5_000);
      await ended;
      clearTimeout(late);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
