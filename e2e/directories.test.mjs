// Directories as an admin keeps them: rows changed in place, files looked through and taken, all of it undone.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import test, { after, before } from "node:test";

import { looksAtEach, startAdmins } from "./lib/admins.mjs";
import { Call } from "./lib/caller.mjs";
import { signIn } from "./lib/desk.mjs";

const SEEDS = readFileSync(new URL("../seeds/senators.csv", import.meta.url), "utf8");

/** Three changes, an addition, and a line that cannot be read. */
const CHANGED = SEEDS.replace("+12022246665", "(202) 224-0001")
  .replace("Dan Sullivan", "Daniel Sullivan")
  .replace("2029-01-03,2023-01-03,https://www.britt", "2029-01-04,2023-01-03,https://www.britt");
const ADDED = "N000001,PR,1,Nova Example,Shadow senator,+12022240009,,,,,,,\n";
const BAD = "N000002,PR,second,Bad Example,Shadow senator,911,,,,,,,\n";

let desk;

before(async () => {
  desk = await startAdmins();
});
after(() => desk?.close());

const at = (...window) => desk.at(...window);

const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Whom a caller from a state is connected to, as the next call hears it. */
async function reaches(state, number) {
  const call = await new Call(desk.switchboard, { from: "+19075550123", place: { State: state } }).dials("/callcongress/welcome");
  await call.follows(["1"]);
  assert.equal(call.dialled.number, number);
  await call.hangsUp();
}

for (const script of [true, false]) {
  const how = script ? "with scripts" : "without scripts";

  test(`${how}: a file is looked through, mended, taken, and undone as a whole`, async () => {
    await at("/directory", { script }, async (window) => {
      const { page } = window;
      await window.leads(() => window.link("US senators").click(), /senators$/);
      await window.leads(() => window.link("Take a file").click(), /import$/);

      await window.field("File").setInputFiles(file("newer.csv", CHANGED + ADDED + BAD));
      await window.leads(() => window.button("Look through it").click(), /file=/);
      await page.getByText("1 added, 3 changed, 0 removed, 97 as before. One line cannot be taken").waitFor();
      const bad = (await window.texts(".preview-bad + .preview-lines li")).join(" ");
      assert.match(bad, /Line 103 "second" is no position.*; "911" is no telephone number/);
      assert.match((await window.texts(".preview-added + .preview-lines li")).join(), /Line 102 PR 1 Nova Example, \+1 \(202\) 224-0009/);
      const changed = await window.texts(".preview-changed + .preview-lines li");
      assert.ok(changed.some((line) => /Line 2 .*number: \+1 \(202\) 224-0001, was \+1 \(202\) 224-6665/.test(line)), changed.join("\n"));
      assert.equal(await window.button("Take it, all of it").count(), 0, "nothing of it can be taken");

      await window.field("Another file").setInputFiles(file("newer.csv", CHANGED + ADDED));
      const looked = page.url();
      await window.leads(() => window.button("Look through it").click(), (url) => url.href !== looked && url.search.includes("file="));
      await window.leads(() => window.button("Take it, all of it").click(), /done=/);
      await page.getByText("Took newer.csv: 1 added, 3 changed, 0 removed.").first().waitFor();
      await page.getByText("101 offices").waitFor();
      await page.getByText("Puerto Rico has no senators in Congress, and 1 here.").waitFor();
      await page.getByText("Source: newer.csv, of today.").waitFor();

      await window.leads(() => window.link("History").click(), /history$/);
      const latest = page.locator(".past-change").first();
      assert.match(await latest.innerText(), /Took newer\.csv.*ada/s);
      await window.leads(() => latest.locator(".past-head").getByRole("button").click(), /done=/);
      await page.getByText("Undid: Took newer.csv").first().waitFor();
      await page.getByText("100 offices").waitFor();
      await page.getByText("Source: unitedstates/congress-legislators").waitFor();
    });
    const { cookie } = await signIn(desk.switchboard, desk.people.ada);
    const answer = await desk.switchboard.send({ target: "/directory/senators/offices.csv", headers: { Cookie: cookie } });
    assert.equal(answer.body.toString(), SEEDS, "all is as it was");
  });

  test(`${how}: a row is changed, counts for the next caller, and the change is undone`, async () => {
    await at("/directory/senators", { script, expect: [/422/] }, async (window) => {
      const { page } = window;
      await window.field("Search this directory").fill("murkowski");
      await window.leads(() => window.button("Search").click(), /search=murkowski/);
      await page.getByText("1 of 100 offices").waitFor();
      await window.leads(() => window.link("Change Lisa Murkowski").click(), /edit=M001153/);

      assert.equal(await window.field("Number").inputValue(), "+1 (202) 224-6665");
      await window.field("Number").fill("911");
      await (script ? window.button("Save").click() : window.loads(() => window.button("Save").click()));
      await page.getByText("Not saved.").waitFor();
      const number = window.field("Number");
      assert.equal(await number.getAttribute("aria-invalid"), "true");
      const problem = (await number.getAttribute("aria-describedby")).split(" ").at(-1);
      assert.match((await window.texts(`#${problem}`)).join(), /911.*write it like/);

      await number.fill("202-224-0199");
      await window.field("Second number").fill("(907) 271-3735");
      await window.leads(() => window.button("Save").click(), /done=/);
      await page.getByText("Changed Lisa Murkowski.").first().waitFor();
      assert.deepEqual(await window.texts(".numbers li"), ["+1 (202) 224-0199", "+1 (907) 271-3735"]);
      await reaches("AK", "+12022240199");

      await window.leads(() => window.button("Undo “Changed Lisa Murkowski.”").click(), (url) => !url.search.includes("search"));
      await page.getByText("Undid: Changed Lisa Murkowski.").first().waitFor();
      await reaches("AK", "+12022246665");
    });
  });

  test(`${how}: an office is added to a directory of one's own, and removed`, async () => {
    await at("/directory", { script }, async (window) => {
      const { page } = window;
      const id = script ? "halls" : "markets";
      await window.field("Name").fill(`City ${id}`);
      await window.field("Id").fill(id);
      await window.leads(() => window.button("Make it").click(), new RegExp(`/directory/${id}$`));
      await page.getByText("No offices yet").waitFor();
      await window.leads(() => window.link("Add an office").click(), /add=yes/);
      await window.field("Name").fill("Juneau");
      await window.field("Region").selectOption("Alaska (AK)");
      await window.field("Number").fill("907-586-5240");
      await window.field("Opening hours").fill("Mon-Sun 00:00-24:00");
      await window.field("Time zone").fill("America/Juneau");
      await window.leads(() => window.button("Add").click(), /done=/);
      await page.locator("tbody tr", { hasText: "Juneau" }).waitFor();
      assert.match((await window.texts("tbody tr")).join(), /AK 1 Alaska Juneau \+1 \(907\) 586-5240 Open Mon-Sun/);

      await window.leads(() => window.link("Change Juneau").click(), /edit=juneau/);
      await window.leads(() => page.getByRole("button", { name: /^Remove/ }).click(), /done=/);
      await page.getByText("No offices yet").waitFor();
      await page.getByText("Removed Juneau.").first().waitFor();
    });
  });
}

test("of two who change the same row the second is told what the first did", async () => {
  await at("/directory/planets?edit=dagobah", {}, async (first) => {
    await at("/directory/planets?edit=dagobah", { as: "amy", expect: [/409/] }, async (second) => {
      await first.field("Title").fill("Swamp");
      await first.leads(() => first.button("Save").click(), /done=/);

      await second.field("Title").fill("Marsh");
      await second.button("Save").click();

      await second.page.getByText(/Meanwhile.*title: Swamp, was Planet.*by ada/).waitFor();
      assert.equal(await second.field("Title").inputValue(), "Marsh", "what was typed is still there");
    });
    await first.leads(() => first.button("Undo “Changed Dagobah.”").click(), /done=/);
    await first.page.getByText("Undid: Changed Dagobah.").first().waitFor();
  });
});

test("a file of another kind is refused at once, with what to do", async () => {
  await at("/directory/senators/import", {}, async (window) => {
    await window.field("File").setInputFiles({ name: "roster.xlsx", mimeType: "application/zip", buffer: Buffer.from("PK\x03\x04 sheet") });
    await window.leads(() => window.button("Look through it").click(), /problem=kind/);
    await window.page.getByText(/workbook.*save the sheet as "CSV UTF-8"/).waitFor();
  });
});

test("a file of 50 MB is refused at once", async () => {
  await at("/directory/senators/import", {}, async (window) => {
    // Handed over as a path: the browser does not take so much from the test.
    await window.field("File").setInputFiles(process.execPath);
    await window.leads(() => window.button("Look through it").click(), /problem=large/);
    await window.page.getByText("larger than 8 MB").waitFor();
  });
});

test("the directories are for admins alone", async () => {
  await at("/directory/senators", { as: "sue", expect: [/403/] }, async (window) => {
    await window.heading("Not open to your role").waitFor();
    assert.equal(await window.link("Directories").count(), 0);
  });
});

test("a list that a live menu reads out warns as soon as it has more entries than keys, and is quiet once that is undone", async () => {
  const planets = Array.from({ length: 12 }, (_, n) => `moon-${n},${n + 1},Moon ${n},Moon,+1212555${1000 + n}`);
  const sheet = `id,position,name,title,phone\n${planets.join("\n")}\n`;
  await at("/directory/planets/import", {}, async (window) => {
    const { page } = window;
    const warning = page.getByRole("region", { name: "Look at this" }).getByText(/^The menu “.+” reads it out\. .*keys 1 to 9/);
    await window.field("File").setInputFiles(file("moons.csv", sheet));
    await window.leads(() => window.button("Look through it").click(), /file=/);
    await window.leads(() => window.button("Take it, all of it").click(), /done=/);
    await warning.waitFor();
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 780 });
      await window.keepsPicture(`directory-menu-warning-${width}`);
      assert.deepEqual(await window.barriers(), []);
    }

    await window.leads(() => window.button(/^Undo “Took moons\.csv/).click(), (url) => !url.search.includes("file"));
    await page.getByText("Undid: Took moons.csv").first().waitFor();
    assert.equal(await warning.count(), 0);
  });
});

test("an office is found, changed and the change undone by keyboard alone, with the focus in sight", async () => {
  await at("/directory/planets", {}, async (window) => {
    const { page } = window;
    await window.tabsTo("Change Dagobah");
    await page.keyboard.press("Enter");
    await page.waitForURL(/edit=dagobah/);
    await window.field("Name").waitFor();
    await window.tabsTo("Title");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Swamp planet");
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=/);
    await page.locator(".done").waitFor();
    await window.tabsTo("Undo “Changed Dagobah.”", 3);
    await page.keyboard.press("Enter");
    await page.getByText("Undid: Changed Dagobah.").first().waitFor();
  });
});

test("10,000 offices are shown, searched and sorted without a wait that anybody feels", async (t) => {
  const rows = Array.from({ length: 10_000 }, (_, n) => `b${n},${n + 1},Branch ${n},+1212555${String(n).padStart(4, "0")}`);
  writeFileSync(`${desk.switchboard.folder}/branches.csv`, `id,key,name,phone\n${rows.join("\n")}\n`);
  await desk.switchboard.command(["import", "branches", "branches.csv"]);
  await at("/directory/branches", {}, async (window) => {
    const { page } = window;
    const timed = async (what, press, until) => {
      const begin = performance.now();
      await press();
      await until();
      t.diagnostic(`${what}: ${Math.round(performance.now() - begin)} ms`);
    };
    await timed("the whole page", () => window.goes("/directory/branches"), () => page.getByText("10,000 offices").waitFor());
    assert.equal(await page.locator("tbody tr").count(), 100);
    await timed("sorted", () => window.link("Name").click(), () => page.locator("[aria-sort=ascending]", { hasText: "Name" }).waitFor());
    await window.field("Search this directory").fill("b9999");
    await timed("searched", () => window.button("Search").click(), () => page.getByText("1 of 10,000 offices").waitFor());
    await timed("the form in its row", () => window.link("Change Branch 9999").click(), () => window.field("Name").waitFor());
  });
});

/** Every page of the directories in every state worth looking at. */
const PAGES = [
  { name: "directories", address: "/directory" },
  { name: "directory", address: "/directory/senators" },
  { name: "directory-edit", address: "/directory/senators?search=alaska&edit=M001153" },
  { name: "directory-add", address: "/directory/planets?add=yes" },
  { name: "directory-none-found", address: "/directory/planets?search=nowhere" },
  { name: "directory-history", address: "/directory/senators/history" },
  {
    name: "directory-file",
    address: "/directory/senators/import",
    async then(window) {
      await window.field("File").setInputFiles(file("newer.csv", CHANGED + ADDED + BAD));
      await window.leads(() => window.button("Look through it").click(), /file=/);
      await window.heading("What newer.csv would change").waitFor();
    },
  },
];

looksAtEach(PAGES, at);

test("what was refused before the page came to life stays in its form until it is saved, and no longer", async () => {
  let refused;
  await at("/directory/planets?edit=uber-asteroid", { script: false, expect: [/422/] }, async (window) => {
    await window.field("Title").fill("Ice planet");
    await window.field("Term ends").fill("some day");
    await window.loads(() => window.button("Save").click());
    assert.equal(await window.field("Title").inputValue(), "Ice planet", "what was typed is still there");
    refused = window.path;
  });

  await at(refused, {}, async (window) => {
    await window.page.getByText("Not saved.").waitFor();
    assert.equal(await window.field("Title").inputValue(), "Ice planet");
    await window.field("Title").fill("Snow planet");
    await window.field("Term ends").fill("");
    await window.leads(() => window.button("Save").click(), /done=/);
    await window.page.getByText("Changed Uber asteroid.").first().waitFor();

    await window.link("Change Uber asteroid").click();
    await window.field("Title").waitFor();
    assert.equal(await window.field("Title").inputValue(), "Snow planet");
    assert.equal(await window.page.getByText("Not saved.").count(), 0);
  });
});
