// A certificate of one's own, made at the moment, so that no key has to be kept anywhere. Node signs, but writes no
// certificates; what one consists of is put together here (RFC 5280, in DER).

import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

const SEQUENCE = 0x30;
const SET = 0x31;
const ECDSA_WITH_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const COMMON_NAME = [0x55, 0x04, 0x03];
const OTHER_NAMES = [0x55, 0x1d, 0x11];
const DAY = 86_400_000;

/** A self-signed certificate for these hosts, good for a day, and its key; both as PEM. */
export function makeCertificate(hosts) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const algorithm = der(SEQUENCE, oid(ECDSA_WITH_SHA256));
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, oid(COMMON_NAME), der(0x0c, Buffer.from("switchboard tests")))));
  const others = der(SEQUENCE, ...hosts.map((host) => der(0x82, Buffer.from(host))));
  const told = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    der(SEQUENCE, moment(Date.now() - DAY), moment(Date.now() + DAY)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, der(SEQUENCE, der(SEQUENCE, oid(OTHER_NAMES), der(0x04, others)))),
  );
  const signature = der(0x03, Buffer.from([0]), sign("sha256", told, privateKey));
  const whole = der(SEQUENCE, told, algorithm, signature);
  const lines = whole.toString("base64").match(/.{1,64}/g).join("\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
  };
}

/** A value with its tag and length. */
function der(tag, ...parts) {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const oid = (bytes) => der(0x06, Buffer.from(bytes));

/** A time as certificates write it: `YYMMDDhhmmssZ`. */
const moment = (ms) => der(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replace(/\D/g, "")}Z`));
