// A person at the desk without a browser: signs in by the form and reads pages as they are served.

import assert from "node:assert/strict";

import { form } from "./http.mjs";

/** Signs in and gives a desk. */
export async function signIn(switchboard, { userName, password }) {
  const answer = await switchboard.send({
    method: "POST",
    target: "/login",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: form({ user_name: userName, password }),
  });
  assert.equal(answer.status, 303, `${userName} signs in: ${answer.body}`);
  assert.equal(answer.headers.location, "/");
  const cookie = (answer.headers["set-cookie"] ?? []).map((one) => one.split(";")[0]).join("; ");
  return new Desk(switchboard, cookie);
}

class Desk {
  constructor(switchboard, cookie) {
    this.switchboard = switchboard;
    this.cookie = cookie;
  }

  async page(target) {
    const answer = await this.switchboard.send({ target, headers: { Cookie: this.cookie, Accept: "text/html" } });
    assert.equal(answer.status, 200, `${target} answers: ${answer.body}`);
    return answer.body.toString();
  }

  /** How many calls the list holds. */
  async countCalls() {
    const html = await this.page("/calls");
    const count = textOf(piece(html, /<p class="count"[^>]*>/, "</p>") ?? "");
    return Number(count.match(/(\d+) calls?$/)?.[1] ?? 0);
  }

  /** What the page of a call tells. */
  async story(sid) {
    const html = await this.page(`/calls/${sid}`);
    const entries = pieces(html, /<li class="entry">/, "</li>").map((entry) => {
      const wire = entry.search(/<details|<p class="entry-event"/);
      return {
        lines: pieces(entry.slice(0, wire < 0 ? undefined : wire), /<p>/, "</p>").map(textOf),
        event: textOf(piece(entry, /<summary>/, "</summary>") ?? piece(entry, /<p class="entry-event">/, "</p>") ?? ""),
      };
    });
    const list = piece(html, /<ol class="offices">/, "</ol>") ?? "";
    const offices = pieces(list, /<li>/, "</li>").map((office) => ({
      name: textOf(piece(office, /class="offices-name">/, "</span>")),
      outcome: textOf(office.slice(office.indexOf('class="state'))).replace(/^[^>]*>/, ""),
    }));
    const head = piece(html, /<div class="page-head">/, "</div>");
    return { outcome: textOf(head.slice(head.indexOf("</h1>"))), offices, entries };
  }
}

function pieces(html, from, to) {
  return html.split(new RegExp(from.source, "g")).slice(1).map((rest) => rest.slice(0, rest.indexOf(to)));
}

const piece = (html, from, to) => pieces(html, from, to)[0];

const textOf = (html) =>
  html
    .replace(/<!--.*?-->|<[^>]*>/gs, "")
    .replace(/&(amp|lt|gt|quot|#x27|#39);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name] ?? "'")
    .replace(/\s+/g, " ")
    .trim();
