// Coming in and going out: the one-time link, passwords, roles; with scripts and without.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { startBrowser, withWindow } from "./lib/browser.mjs";
import { startSwitchboard } from "./lib/switchboard.mjs";

const PASSWORD = "a long sentence about calls";
let browser;
let switchboard;
let sue;
let ben;

before(async () => {
  browser = await startBrowser();
  switchboard = await startSwitchboard();
  sue = await switchboard.addUser("sue", { name: "Sue Visor", role: "supervisor", password: PASSWORD });
  ben = await switchboard.addUser("ben", { name: "Ben Agent", role: "agent", password: PASSWORD });
});
after(async () => {
  await browser?.close();
  await switchboard?.remove();
});

for (const script of [true, false]) {
  const how = script ? "with scripts" : "without scripts";

  test(`${how}: the printed link makes the first admin once, who then signs out and in`, async () => {
    const fresh = await startSwitchboard();
    try {
      await withWindow(browser, fresh, { script }, async (window) => {
        await window.goes(fresh.setupLink);
        await window.heading("Set up Switchboard").waitFor();
        await window.field("User name").fill("ada");
        await window.field("Your name").fill("Ada Min");
        await window.field("Password").fill(PASSWORD);
        await window.loads(() => window.button("Create the admin").click());
        assert.equal(window.path, "/");
        await window.heading("Hello, Ada Min").waitFor();

        await window.loads(() => window.button("Sign out").click());
        assert.equal(window.path, "/login");

        await window.goes(fresh.setupLink);
        await window.heading("This link no longer works").waitFor();

        await window.signsIn({ userName: "ada", password: PASSWORD });
        assert.equal(window.path, "/");
        await window.goes("/calls");
        await window.heading("Calls").waitFor();
        assert.match((await window.texts(".empty")).join(), /No calls yet/);
      });
    } finally {
      await fresh.remove();
    }
  });

  test(`${how}: a set-up that is refused says why at the field and keeps what was typed`, async () => {
    const fresh = await startSwitchboard();
    try {
      await withWindow(browser, fresh, { script }, async (window) => {
        for (const [userName, password, message] of [
          ["ada", "short", /at least ten characters/i],
          ["a d a!", PASSWORD, /letters, digits and underscores/i],
        ]) {
          await window.goes(fresh.setupLink);
          await window.field("User name").fill(userName);
          await window.field("Your name").fill("Ada Min");
          await window.field("Password").fill(password);
          await window.loads(() => window.button("Create the admin").click());

          assert.match((await window.texts(".field-problem")).join(), message);
          assert.equal(await window.field("User name").inputValue(), userName);
          assert.equal(await window.field("Your name").inputValue(), "Ada Min");
          assert.equal(await window.field("Password").inputValue(), "");
        }
      });
    } finally {
      await fresh.remove();
    }
  });

  test(`${how}: a wrong password and an unknown name get the same words`, async () => {
    await withWindow(browser, switchboard, { script }, async (window) => {
      const words = [];
      for (const userName of ["sue", "nobody"]) {
        await window.signsIn({ userName, password: "not the password" });

        assert.match(window.path, /^\/login\?/);
        words.push(...(await window.texts("[role=alert]")));
        assert.equal(await window.field("User name").inputValue(), userName);
        assert.equal(await window.field("Password").inputValue(), "");
      }
      assert.equal(words.length, 2);
      assert.equal(words[0], words[1]);
      assert.match(words[0], /do not belong together/);

      await window.signsIn(sue);
      await window.heading("Hello, Sue Visor").waitFor();
    });
  });

  for (const [address, label, value] of [
    ["/calls?outcome=connected", "Outcome", "connected"],
    ["/calls?search=216+555&line=planets", "Number or call id", "216 555"],
    ["/calls?search=216%20555", "Number or call id", "216 555"],
    ["/calls?search=50%25%26more", "Number or call id", "50%&more"],
  ]) {
    test(`${how}: who is signed out and wants ${address} is sent to sign in, and then there`, async () => {
      await withWindow(browser, switchboard, { script }, async (window) => {
        await window.signsIn(sue, address);

        assert.equal(window.path, address);
        assert.equal(await window.field(label).inputValue(), value);
      });
    });
  }

  test(`${how}: after signing out nothing is open, not even by going back`, async () => {
    await withWindow(browser, switchboard, { script }, async (window) => {
      await window.signsIn(sue, "/calls");
      await window.loads(() => window.button("Sign out").click());

      await window.page.goBack();
      await window.isAlive();
      await window.heading("Sign in").waitFor();
      await window.goes("/calls");

      assert.match(window.path, /^\/login/);
    });
  });

  test(`${how}: an agent is told that the calls are not theirs to read`, async () => {
    const expect = [/403/];
    await withWindow(browser, switchboard, { script, expect }, async (window) => {
      await window.signsIn(ben);
      assert.equal(await window.link("Calls").count(), 0);

      for (const address of ["/calls", `/calls/CA${"0".repeat(32)}`]) {
        const response = await window.goes(address);

        assert.equal(response.status(), 403, address);
        await window.heading("Not open to your role").waitFor();
        assert.equal(await window.page.getByRole("table").count(), 0);
      }
    });
  });

  test(`${how}: an address that leads nowhere says so`, async () => {
    await withWindow(browser, switchboard, { script, expect: [/404/] }, async (window) => {
      await window.signsIn(sue);

      for (const address of ["/nowhere", `/calls/CA${"0".repeat(32)}`, "/calls/not-a-call"]) {
        const response = await window.goes(address);

        assert.equal(response.status(), 404, address);
        await window.heading("There is nothing here").waitFor();
      }
    });
  });
}

test("signing in leads to no other site", async () => {
  await withWindow(browser, switchboard, {}, async (window) => {
    for (const next of ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]) {
      await window.signsIn(sue, `/login?next=${encodeURIComponent(next)}`);

      assert.equal(window.path, "/", next);
      await window.loads(() => window.button("Sign out").click());
    }
  });
});

test("the session's cookie is kept from scripts and from other sites", async () => {
  await withWindow(browser, switchboard, {}, async (window) => {
    await window.signsIn(sue);

    const [cookie, ...others] = await window.page.context().cookies();

    assert.deepEqual(others, []);
    assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.path], [true, "Lax", "/"]);
  });
});

test("too many wrong passwords have to wait, and even the right one does", async () => {
  const pat = await switchboard.addUser("pat", { name: "Pat", role: "agent", password: PASSWORD });
  await withWindow(browser, switchboard, { script: false }, async (window) => {
    for (let n = 0; n < 6; n += 1) await window.signsIn({ userName: "pat", password: `guess number ${n}` });

    await window.signsIn(pat);

    assert.match((await window.texts("[role=alert]")).join(), /Too many tries/);
  });
});
