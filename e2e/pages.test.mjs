// The list of calls and the story of one, with scripts and without.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { startBrowser, withWindow } from "./lib/browser.mjs";
import { Call } from "./lib/caller.mjs";
import { startOffice } from "./lib/office.mjs";
import { senatorsOf, words } from "./lib/seeds.mjs";

/** How many calls the list shows at once. */
const PER_PAGE = 50;

let browser;
let office;

before(async () => {
  office = await startOffice();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await office?.switchboard.remove();
});

/** A supervisor's window at an address. */
const at = (address, script, use) =>
  withWindow(browser, office.switchboard, { script, as: office.people.sue }, async (window) => {
    await window.goes(address);
    await use(window);
  });

const callers = (window) => window.texts("tbody tr th a");

for (const script of [true, false]) {
  const how = script ? "with scripts" : "without scripts";

  /** Submits the filters. With scripts the page stays and only its address changes. */
  const shows = async (window) => {
    if (!script) return window.loads(() => window.button("Show").click());
    const before = window.page.url();
    await window.button("Show").click();
    await window.page.waitForURL((url) => url.href !== before);
    await window.page.locator(".results[aria-busy=false]").waitFor();
  };

  test(`${how}: the list shows the latest calls first, with where they stand`, async () => {
    await at("/calls", script, async (window) => {
      const rows = await window.texts("tbody tr");

      assert.equal(rows.length, PER_PAGE);
      assert.match(rows[0], /\(440\) 555-0150.*OH.*Call Congress/);
      assert.match(rows[1], /\(216\) 555-0149.*Cleveland, OH.*Call Congress.*Connected/);
      assert.match(rows[2], /\(212\) 555-0148.*Phone home.*Told what they asked for/);
      assert.match(rows[3], /Number withheld.*Call Congress.*No usable answer/);
      assert.match(rows[4], /\(801\) 555-0151.*Provo, UT.*Hung up early/);
    });
  });

  test(`${how}: the list goes on on further pages, and back`, async () => {
    await at("/calls", script, async (window) => {
      assert.deepEqual(await window.texts(".count"), [`1–${PER_PAGE} of ${office.total} calls`]);
      const first = await callers(window);

      await window.link("Earlier calls").click();
      await window.page.getByText("Page 2 of 2").waitFor();
      await window.isAlive();
      const second = await callers(window);
      assert.equal(second.length, office.total - PER_PAGE);
      assert.deepEqual(second.filter((caller) => first.includes(caller)), []);

      await window.link("Later calls").click();
      await window.page.getByText("Page 1 of 2").waitFor();
      assert.deepEqual(await callers(window), first);
    });
  });

  for (const [what, fill, query, expected] of [
    ["a part of the number", (window) => window.field("Number or call id").fill("216 555-01"), /search=216/, ["+1 (216) 555-0149"]],
    ["the call's id", (window) => window.field("Number or call id").fill(office.calls.planet.sid), /search=CA/, ["+1 (212) 555-0148"]],
    ["the line", (window) => window.field("Line").selectOption("Phone home"), /line=planets/, ["+1 (212) 555-0148"]],
    ["the outcome", (window) => window.field("Outcome").selectOption("Connected"), /outcome=connected/, ["+1 (216) 555-0149"]],
    [
      "line and outcome",
      async (window) => {
        await window.field("Line").selectOption("Call Congress");
        await window.field("Outcome").selectOption("No usable answer");
      },
      /line=senators.*outcome=no-input/,
      ["Number withheld"],
    ],
  ]) {
    test(`${how}: the list is narrowed by ${what}`, async () => {
      await at("/calls", script, async (window) => {
        await fill(window);
        await shows(window);

        assert.match(window.path, query);
        assert.deepEqual(await callers(window), expected);
        assert.deepEqual(await window.texts(".count"), ["1 call"]);

        await window.page.reload();
        await window.isAlive();
        assert.deepEqual(await callers(window), expected, "the address says it all");
      });
    });
  }

  test(`${how}: the list is narrowed by days`, async () => {
    const day = (shift) => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
    await at("/calls", script, async (window) => {
      await window.field("From day (UTC)").fill(day(-1));
      await window.field("To day (UTC)").fill(day(1));
      await shows(window);
      assert.match((await window.texts(".count")).join(), new RegExp(`of ${office.total} calls`));

      await window.field("From day (UTC)").fill(day(-30));
      await window.field("To day (UTC)").fill(day(-2));
      await shows(window);
      await window.page.getByText("No call is like that").waitFor();
      assert.deepEqual(await callers(window), []);
    });
  });

  test(`${how}: a day that is none is said at its field, and the other filters count`, async () => {
    await at("/calls?from=yesterday&line=planets", script, async (window) => {
      const field = window.field("From day (UTC)");

      assert.equal(await field.getAttribute("aria-invalid"), "true");
      const problem = await field.getAttribute("aria-describedby");
      assert.match((await window.texts(`#${problem}`)).join(), /\w+/);
      assert.deepEqual(await callers(window), ["+1 (212) 555-0148"]);
    });
  });

  test(`${how}: a page beyond the last one leads back`, async () => {
    await at("/calls?page=99", script, async (window) => {
      await window.page.getByText("There is no such page").waitFor();

      await window.link("Go to the last page").click();
      await window.page.getByText("Page 2 of 2").waitFor();

      assert.equal((await callers(window)).length, office.total - PER_PAGE);
    });
  });

  test(`${how}: nonsense in the address breaks nothing`, async () => {
    await at("/calls?page=-1&search=%00%FF&line=%27&outcome=%3Cb%3E&from=9999-99-99&to=%F0%9F%9B%B8&more=1", script, async (window) => {
      await window.heading("Calls").waitFor();

      assert.equal(await window.page.locator("main b").count(), 0);
    });
  });

  test(`${how}: a call tells its story, with its wire folded away`, async () => {
    const [first, second] = senatorsOf("OH");
    const { sid } = office.calls.talked;
    await at("/calls?outcome=connected", script, async (window) => {
      await window.link("+1 (216) 555-0149").click();
      await window.heading("+1 (216) 555-0149").waitFor();
      await window.isAlive();

      assert.equal(window.path, `/calls/${sid}`);
      assert.match((await window.texts(".facts")).join(), new RegExp(`Call Congress.*Cleveland, OH.*${sid}`));
      const offices = await window.texts(".offices li");
      assert.match(offices[0], new RegExp(`${first.name}.*\\(202\\) 224-.*busy`, "i"));
      assert.match(offices[1], new RegExp(`${second.name}.*\\(202\\) 224-.*connected for 75 s`, "i"));
      const story = (await window.texts(".journal .entry-body > p")).join("\n");
      assert.match(story, /\(216\) 555-0149 called Call Congress from Cleveland, OH/);
      assert.match(story, /Pressed 7, which means nothing here\.\n.*Confirmed Ohio\./s);
      assert.match(story, new RegExp(`Dialled ${first.name}\\.\\n${first.name}: busy\\.\\nDialled ${second.name}\\.`));
      assert.match(story, /Said good-bye\. Connected\./);

      const fold = window.page.locator(".entry details").nth(1);
      const document = fold.locator("pre");
      assert.equal(await document.isVisible(), false);
      await fold.locator("summary").click();
      await document.waitFor();
      assert.match(await document.innerText(), new RegExp(words("wrong_key")));
      assert.match(await document.innerText(), /<Gather/);
      const params = await fold.locator("tbody tr").allInnerTexts();
      assert.ok(params.some((row) => /^Digits\s+7$/.test(row)), params.join("\n"));
      assert.ok(params.some((row) => /^FromCity\s+CLEVELAND$/.test(row)), params.join("\n"));

      await window.link("Calls").last().click();
      await window.heading("Calls").waitFor();
    });
  });

  test(`${how}: a call that is still on says so`, async () => {
    await at(`/calls/${office.calls.live.sid}`, script, async (window) => {
      await window.heading("+1 (440) 555-0150").waitFor();

      assert.match((await window.texts(".facts")).join(), /still on the line/);
    });
  });
}

test("with scripts, going from the list to a call and back loads no document and keeps the filters", async () => {
  await at("/calls?outcome=connected", true, async (window) => {
    await window.page.evaluate(() => (globalThis.isSamePage = true));

    await window.link("+1 (216) 555-0149").click();
    await window.heading("+1 (216) 555-0149").waitFor();
    assert.match(await window.page.title(), /216/);
    await window.page.goBack();
    await window.heading("Calls").waitFor();

    assert.equal(window.path, "/calls?outcome=connected");
    await window.page.locator(".results[aria-busy=false] tbody tr").waitFor();
    assert.deepEqual(await callers(window), ["+1 (216) 555-0149"]);
    assert.equal(await window.field("Outcome").inputValue(), "connected");
    assert.equal(await window.page.evaluate(() => globalThis.isSamePage), true);
  });
});

test("with scripts, a session that ended elsewhere is noticed at the next step", async () => {
  const expect = [/401|403/];
  await withWindow(browser, office.switchboard, { expect, as: office.people.sue }, async (window) => {
    await window.goes("/calls");
    await window.page.context().clearCookies();

    await window.field("Outcome").selectOption("Connected");
    await window.button("Show").click();

    await window.heading("Please sign in").waitFor();
    assert.equal(await window.page.getByRole("table").count(), 0);
  });
});

test("what callers and carriers send is text on the page, never markup", async () => {
  const city = "<img src=x onerror=alert(1)>";
  const call = await new Call(office.switchboard, { from: "sip:<b>bob</b>@example.org", place: { City: city, State: "OH" } }).dials("/line/senators");

  await at(`/calls/${call.sid}`, true, async (window) => {
    await window.page.locator("summary").first().click();

    assert.equal(await window.page.locator("main img, main b").count(), 0);
    assert.match((await window.texts(".facts")).join(), /<img src=x/);
  });
  await call.hangsUp();
});
