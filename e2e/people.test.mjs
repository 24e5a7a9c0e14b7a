// People as an admin keeps them: somebody is invited, comes in and takes a call; is changed, signed out and taken off.
// The audit says so, and a caller is erased.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { PASSWORD } from "./lib/admins.mjs";
import { withWindow } from "./lib/browser.mjs";
import { Console, callsSupport, startConsoles } from "./lib/console.mjs";
import { until } from "./lib/poll.mjs";
import { startTalker } from "./lib/voice-page.mjs";

const MICROPHONE = 610;
const CALLER = 830;

let consoles;
let desk;
let ada;

before(async () => {
  consoles = await startConsoles(startTalker({ hz: MICROPHONE, pulsed: true }));
  ({ desk } = consoles);
  ada = await desk.switchboard.addUser("ada", { name: "Ada Min", role: "admin", password: PASSWORD });
});
after(() => consoles?.close());

const at = (address, { as = ada, ...options }, use) =>
  withWindow(consoles.talker.browser, desk.switchboard, { ...options, as }, async (window) => {
    await window.goes(address);
    await use(window);
  });

/** Invites somebody as an agent of a team, and gives the link. */
async function invites(name, { team, script = true }) {
  let link;
  await at("/people", { script }, async (window) => {
    await window.field("Name").fill(name);
    await window.page.getByLabel(team, { exact: true }).check();
    await window.page.getByLabel("English", { exact: true }).check();
    await window.leads(() => window.button("Make the link").click(), /made=/);
    link = await window.field("Copy it and send it to them").inputValue();
    await window.page.reload();
    await window.isAlive();
    assert.equal(await window.field("Copy it and send it to them").count(), 0, "it is shown once");
    assert.match((await window.texts(".invitation")).join(), new RegExp(`${name} as agent; teams: ${team}; languages: English`));
  });
  return new URL(link).pathname;
}

test("somebody who is invited comes in by the link, takes calls, and answers one", async () => {
  const link = await invites("Bea Ruiz", { team: "support" });

  await desk.window(consoles.talker.browser, { as: null, address: link }, async ({ window }) => {
    assert.deepEqual(await window.barriers(), [], "the invitation");
    assert.equal(await window.field("Your name").inputValue(), "Bea Ruiz");
    await window.field("User name").fill("bea");
    await window.field("Password").fill(PASSWORD);
    await window.loads(() => window.button("Begin").click());
    const seat = new Console(window);
    await seat.isReady();
    const caller = await callsSupport(desk, { hz: CALLER });
    await seat.accepts();
    await seat.hears([CALLER]);
    await desk.carrier.levelIs(caller, "heard", MICROPHONE);

    await at("/people/bea", { expect: [/409/] }, async (admin) => {
      await admin.button("Deactivate").click();
      await admin.page.getByText("Bea Ruiz is in a call. Wait until it is over.").waitFor();
    });
    await seat.act("Hang up").click();
    await seat.wrapsUp();
  });
  await desk.rests();
});

for (const script of [true, false]) {
  const how = script ? "with scripts" : "without scripts";

  test(`${how}: somebody is invited, changed, given another password, and taken off`, async () => {
    const user = script ? "cal" : "dan";
    const name = script ? "Cal Doe" : "Dan Doe";
    const link = await invites(name, { team: "support", script });
    await at(link, { as: null, script }, async (window) => {
      await window.field("User name").fill(user);
      await window.field("Password").fill(PASSWORD);
      await window.loads(() => window.button("Begin").click());
      assert.equal(window.path, "/");
    });

    await at("/people", { script }, async (window) => {
      await window.field("Search people").fill(name);
      await window.leads(() => window.button("Search").click(), /search=/);
      await window.page.getByText(/^1 of \d+ people$/).waitFor();
      await window.leads(() => window.link(name).click(), new RegExp(`/people/${user}$`));
      await window.field("Role").selectOption("supervisor");
      await window.field("Another team").fill("Night shift");
      await window.leads(() => window.button("Save").click(), /done=saved/);
      await window.page.getByText("night-shift, support").waitFor();

      await window.leads(() => window.button("Reset the password").click(), /made=/);
      const reset = new URL(await window.field("Copy it and send it to them").inputValue()).pathname;
      await at(reset, { as: null, script }, async (theirs) => {
        await theirs.field("Password").fill("another long sentence");
        await theirs.loads(() => theirs.button("Set the password").click());
        assert.equal(theirs.path, "/");
      });
      await window.leads(() => window.button("Deactivate").click(), /done=deactivated/);
      await window.page.getByText("Deactivated").first().waitFor();
      await window.leads(() => window.button("Reactivate").click(), /done=reactivated/);
    });
  });
}

test("who is signed out everywhere has to sign in again, on the page they have open", async () => {
  const eve = await desk.switchboard.addUser("eve", { name: "Eve Agent", role: "agent", password: PASSWORD });
  await at("/", { as: eve, expect: [/401/, /303/] }, async (hers) => {
    await until("her console to be there", async () => {
      let text = "";
      await at("/people/eve", {}, async (window) => {
        text = (await window.texts(".facts")).join();
      });
      return text.includes("Here now");
    });

    let again;
    await at("/people/eve", {}, async (window) => {
      again = hers.page.waitForRequest((request) => request.url().endsWith("/live"), { timeout: 10_000 });
      await window.leads(() => window.button("Sign out everywhere").click(), /done=signed-out/);
    });
    await again;
    await hers.page.goto("/");
    assert.match(hers.path, /^\/login/);
  });
});

test("the audit says who did what, narrows, leads there, and goes out as a sheet", async () => {
  await at("/audit", {}, async (window) => {
    await window.page.getByText(/Invited Bea Ruiz as agent/).first().waitFor();
    await window.field("By").selectOption("ada");
    await window.field("About").fill("eve");
    await window.leads(() => window.button("Show").click(), /about=eve/);
    await window.page.getByText("1 line", { exact: true }).waitFor();
    const [download] = await Promise.all([window.page.waitForEvent("download"), window.link("Download as CSV").click()]);
    assert.equal(download.suggestedFilename(), "audit.csv");
    await window.leads(() => window.link("eve").click(), /people\/eve/);
  });
});

test("how long things are kept is said in whole days", async () => {
  await at("/retention", { expect: [/422/] }, async (window) => {
    await window.field("Calls").fill("soon");
    await window.button("Save").click();
    await window.page.locator("#calls-problem").getByText(/Enter a whole number of days/).waitFor();
    assert.equal(await window.field("Calls").getAttribute("aria-invalid"), "true");
    await window.field("Calls").fill("400");
    await window.leads(() => window.button("Save").click(), /done=kept/);

  });
});

for (const script of [true, false]) {
  const how = script ? "with scripts" : "without scripts";

  test(`${how}: a caller is looked up, asked about once more, and erased, and their number stands in no address`, async () => {
    const number = script ? "(312) 555-0123" : "(312) 555-0124";
    await desk.carrier.hangsUp(await callsSupport(desk, { from: `+1${number.replace(/\D/g, "")}` }));
    await desk.rests();
    await at("/retention", { script }, async (window) => {
      const { page } = window;
      const addresses = [];
      page.on("request", (request) => addresses.push(request.url(), request.headers().referer ?? ""));
      const looks = async () => {
        await window.field("Number").fill(number);
        await window.button("Look what is there").click();
      };
      await looks();
      await page.getByRole("heading", { name: `+1 ${number}` }).waitFor();
      assert.equal(await window.field("Number").inputValue(), number);
      assert.equal(window.path, "/retention");
      await page.getByLabel(/I am sure/).check();
      await window.leads(() => window.button("Erase this caller").click(), /done=erased/);
      await page.getByText("Erased. Recordings are being removed").waitFor();
      assert.equal(await page.getByLabel(/I am sure/).count(), 0);
      await looks();
      await page.getByText(`Nothing is known of +1 ${number}.`).waitFor();
      assert.equal(await page.getByText("Erased. Recordings").count(), 0, "that was somebody else");
      const digits = number.replace(/\D/g, "").slice(3);
      assert.deepEqual(addresses.filter((address) => address.replace(/\D/g, "").includes(digits)), []);
    });
  });
}

test("the pages are easy for everybody, by keys alone and on a narrow screen", async () => {
  await invites("Fay Waits", { team: "support" });
  for (const address of ["/people", "/people/bea", "/people/ada", "/audit", "/retention"]) {
    const name = `people-${address.split(/[/?]/).filter(Boolean).slice(0, 2).join("-").replace(/[^a-z-]/g, "")}`;
    for (const look of ["wide", "narrow", "dark"]) {
      await at(address, { look }, async (window) => {
        if (address === "/retention") {
          await window.field("Number").fill("(312) 555-0199");
          await window.button("Look what is there").click();
          await window.page.getByText("Nothing is known of +1 (312) 555-0199.").waitFor();
        }
        assert.deepEqual(await window.barriers(), [], `${address}, ${look}`);
        await window.isNoWider(`${address}, ${look}`);
        await window.keepsPicture(`${name}-${look}`);
      });
    }
  }
  await at("/people", {}, async (window) => {
    await window.field("Name").focus();
    await window.page.keyboard.type("Gil Keys");
    await window.tabsTo("Make the link", 30);
    await window.leads(() => window.page.keyboard.press("Enter"), /made=/);
    await window.page.getByText("A link for Gil Keys").waitFor();
  });
});
