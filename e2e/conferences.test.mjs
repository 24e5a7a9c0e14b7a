// The monitor: two supervisors see a conference of five telephones, act in it, and the telephones and the carrier agree;
// and a supervisor in a support call.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { LOOKS, withWindow } from "./lib/browser.mjs";
import { MonitorPage, Record, Sounds, isEasy, startMonitorDesk } from "./lib/conferences.mjs";
import { Console, callsSupport } from "./lib/console.mjs";
import { signIn } from "./lib/desk.mjs";
import { until } from "./lib/poll.mjs";
import { words } from "./lib/seeds.mjs";
import { startTalker } from "./lib/voice-page.mjs";

/** The demonstration's weekly meeting, whose moderator is known by number; and its meeting rooms, with PINs. */
const MEETING = { number: "+12025550105", id: "conference.main" };
const ROOMS = { number: "+12025550106", id: "rooms.board", code: "1#", moderator: "97531#", pin: "2468#" };
const ROOM = ROOMS.id;

const MODERATOR = "+12025550142";
const PEOPLE = ["+13125550123", "+12165550149", "+18015550151", "+14155550160"];
const GUEST = "+12025550163";

/** What a telephone says, and what the microphones of two browsers bring. */
const TONE = 1_240;
const FIRST = 610;
const SECOND = 1_090;
const CALLERS = 830;

let desk;
let carrier;
let first;
let second;

before(async () => {
  desk = await startMonitorDesk();
  ({ carrier } = desk);
  first = await startTalker({ hz: FIRST, pulsed: true });
  second = await startTalker({ hz: SECOND, pulsed: true });
});

after(async () => {
  await first?.close();
  await second?.close();
  await desk?.clear();
});

/** A window on a page, of the first supervisor unless somebody else is named. */
const watching = (options, use) =>
  desk.window(options.by ?? first.browser, { as: desk.people.supervisor, address: "/conferences", ...options }, (dock) =>
    use(new MonitorPage(dock.window)),
  );

/** Two supervisors' windows, each in a browser of their own. */
const bothWatch = (address, use) =>
  watching({ address }, (vera) => watching({ address, by: second.browser, as: desk.people.second }, (sam) => use(vera, sam)));

/** Somebody calls the meeting rooms and keys their way into one. */
async function comesIn(from, pin) {
  const leg = await carrier.places({ from, to: ROOMS.number });
  await carrier.sounds(leg, { source: "silence" });
  await carrier.presses(leg, ROOMS.code);
  await carrier.presses(leg, pin);
  return leg;
}

/** A moderator and four others call, and are in the room together. */
async function fiveMeet() {
  const legs = [await comesIn(MODERATOR, ROOMS.moderator)];
  for (const from of PEOPLE) legs.push(await comesIn(from, ROOMS.pin));
  const record = new Record(desk, ROOM);
  await record.holds(legs);
  return { legs, record };
}

test("a room comes, waits for its moderator, runs, and is gone, on the pages of two supervisors", async () => {
  await bothWatch("/conferences", async (vera, sam) => {
    await vera.page.getByText("Nobody is in a conference").waitFor();
    const both = [vera, sam];
    const stands = (word) => Promise.all(both.map((one) => one.page.locator(`tr[data-room="${MEETING.id}"][data-stage="${word}"]`).waitFor()));

    const ida = await carrier.places({ from: PEOPLE[0], to: MEETING.number });
    await stands("waiting");
    const moderator = await carrier.places({ from: MODERATOR, to: MEETING.number });
    await stands("running");
    await Promise.all(both.map((one) => one.tells(one.room(MEETING.id), /^2 (of \d+ )?in/)));
    await carrier.hangsUp(moderator);
    await stands("grace");
    await Promise.all(both.map((one) => one.tells(one.room(MEETING.id), "Moderator gone")));
    const isTold = async () => (await carrier.noted(ida, "said")).some((text) => text?.includes(words("conference_grace")));
    await until("the other to be told that the moderator is gone", isTold);
    const back = await carrier.places({ from: MODERATOR, to: MEETING.number });
    await stands("running");
    await carrier.hangsUp(ida);
    await stands("alone");
    await carrier.hangsUp(back);

    for (const one of both) {
      await one.page.getByText("Nobody is in a conference").waitFor();
      await one.page.locator(".past-row", { hasText: "3 people" }).first().waitFor();
    }
  });
});

test("five telephones: what two supervisors do is seen on both pages, heard, and in the carrier's record", async (t) => {
  const { legs, record } = await fiveMeet();
  const [moderator, ida, ben, cleo, dora] = legs;
  const sounds = new Sounds(carrier, TONE);
  await bothWatch(`/conferences/${ROOM}`, async (vera, sam) => {
    const both = (look) => Promise.all([look(vera), look(sam)]);

    await t.test("who is in, and who speaks", async () => {
      await both((page) => page.shows(legs));
      await both((page) => page.stage("running"));
      await carrier.sounds(ida, { source: "tone", hz: TONE });
      await both((page) => page.stands(ida, "Speaks"));
      await carrier.sounds(ida, { source: "silence" });
      await both((page) => page.stands(ida, "In the room"));
      await sounds.from(moderator, { to: [ida, ben, cleo, dora] });
    });

    await t.test("mute and unmute", async () => {
      await vera.does(ida, "Mute");
      await both((page) => page.stands(ida, "Muted: is not heard"));
      await both((page) => page.tells(page.person(ida), "Mute: done for Vera Visor"));
      await record.says(ida, { muted: true, hold: false });
      await sounds.from(ida, { notTo: [moderator, ben] });

      await sam.does(ida, "Mute");
      await both((page) => page.stands(ida, "In the room"));
      await both((page) => page.tells(page.person(ida), "Unmute: done for Sam Second"));
      await record.says(ida, { muted: false });
      await sounds.from(ida, { to: [moderator, ben] });
    });

    await t.test("hold and back", async () => {
      await sam.does(ben, "Hold");
      await both((page) => page.stands(ben, "On hold: hears music"));
      await record.says(ben, { hold: true });
      await sounds.music(ben);
      await sounds.from(ben, { notTo: [moderator] });

      await vera.does(ben, "Hold");
      await both((page) => page.stands(ben, "In the room"));
      await record.says(ben, { hold: false });
      await sounds.from(moderator, { to: [ben, cleo] });
    });

    await t.test("mute all, and the moderator is heard", async () => {
      await vera.doesToAll("Mute all");
      for (const leg of [ida, ben, cleo, dora]) {
        await both((page) => page.stands(leg, "Muted: is not heard"));
        await record.says(leg, { muted: true });
      }
      await record.says(moderator, { muted: false });
      await sounds.from(cleo, { notTo: [moderator, ida] });
      await sounds.from(moderator, { to: [ida, cleo] });
      for (const leg of [ida, ben, cleo, dora]) await sam.does(leg, "Mute");
      for (const leg of [ida, ben, cleo, dora]) await record.says(leg, { muted: false });
      for (const leg of [ida, ben, cleo, dora]) await both((page) => page.stands(leg, "In the room"));
    });

    await t.test("what the carrier refuses goes back, with the reason", async () => {
      await carrier.fails("server_error", 60);
      await vera.does(ida, "Mute");
      await both((page) => page.tells(page.person(ida), "Mute: wanted by Vera Visor"));
      await both((page) => page.tells(page.person(ida), /^Mute: not done: ./));
      await carrier.fails("server_error", 0);
      await both((page) => page.stands(ida, "In the room"));
      for (const page of [vera, sam]) {
        const mute = page.person(ida).getByRole("button", { name: /^Mute / });
        assert.equal(await mute.getAttribute("aria-pressed"), "false");
      }
      await record.says(ida, { muted: false });
    });

    await t.test("an announcement to all, and to one alone", async () => {
      const isTold = (leg, words) =>
        until(`${leg} to be told ${words}`, async () => (await carrier.noted(leg, "said")).some((text) => text?.includes(words)));
      await vera.region("Room").getByLabel("Say to everybody").fill("Five minutes are left.");
      await vera.doesToAll("Say");
      for (const leg of legs) await isTold(leg, "Five minutes are left.");
      await both((page) => page.tells(page.region("Room"), "Announce: done for Vera Visor"));

      await sam.person(dora).locator("summary").click();
      await sam.person(dora).getByLabel("Say to them alone").fill("A word to you alone.");
      await sam.person(dora).getByRole("button", { name: "Say", exact: true }).click();
      await isTold(dora, "A word to you alone.");
      await both((page) => page.tells(page.person(dora), "Announce: done for Sam Second"));
      for (const leg of [moderator, ida, ben, cleo]) {
        assert.ok(!(await carrier.noted(leg, "said")).includes("A word to you alone."));
      }
    });

    await t.test("a hand that is raised, and taken down", async () => {
      await carrier.presses(cleo, "*");
      await both((page) => page.stands(cleo, "Out for a moment"));
      await until("the menu", async () => (await carrier.noted(cleo, "said")).some((text) => text?.includes(words("conference_menu"))));
      await carrier.presses(cleo, "9");
      await both((page) => page.stands(cleo, "In the room, Hand raised"));
      await both((page) => page.page.getByText("Hand raised: +1 (801) 555-0151").waitFor());
      await vera.chooses(cleo, "Lower the hand");
      await both((page) => page.stands(cleo, "In the room"));
    });

    await t.test("a number that is never dialled is refused at its field", async () => {
      const why = "This number is not dialled: emergency and service numbers are never dialled for a caller.";
      const expect = [/response: 422 \/api\/rooms\/act/, /status of 422/];
      await watching({ address: `/conferences/${ROOM}`, expect }, async (page) => {
        const field = page.region("Room").getByLabel("Call somebody in");
        await field.fill("911");
        await page.doesToAll("Call in");
        await page.tells(page.region("Room"), why);
        assert.equal(await field.getAttribute("aria-invalid"), "true");
        const described = await field.getAttribute("aria-describedby");
        assert.equal(await page.page.locator(`[id="${described}"]`).innerText(), why);
        await until("the focus to be at the field", () => field.evaluate((input) => input === document.activeElement));
        assert.equal(await field.inputValue(), "911");
        assert.equal(await page.page.locator(".conference-refusal .refusal").count(), 0);
        assert.deepEqual(await page.window.barriers(), []);
      });
      const options = { script: false, as: desk.people.supervisor, expect };
      await withWindow(first.browser, desk.switchboard, options, async (window) => {
        const page = new MonitorPage(window);
        await window.goes(`/conferences/${ROOM}`);
        const field = page.region("Room").getByLabel("Call somebody in");
        await field.fill("911");
        await window.loads(() => page.doesToAll("Call in"));
        assert.equal(await field.getAttribute("aria-invalid"), "true");
        await page.tells(page.region("Room"), why);
        assert.ok(await field.evaluate((input) => input === document.activeElement));
      });
    });

    let guest;
    await t.test("a number that is called in", async () => {
      await vera.region("Room").getByLabel("Call somebody in").fill("+1 (202) 555-0163");
      await vera.doesToAll("Call in");
      guest = await until("the telephone to ring", () => carrier.legAt(GUEST).catch(() => undefined));
      await both((page) => page.page.locator('tr[data-signs="Ringing"]').waitFor());
      await carrier.answers(guest);
      await carrier.sounds(guest, { source: "silence" });
      await both((page) => page.shows([...legs, guest]));
      await both((page) => page.stands(guest, "In the room"));
      await both((page) => page.tells(page.region("Room"), "Call in +1 (202) 555-0163: done for Vera Visor"));
      await record.holds([...legs, guest]);
      await sounds.from(guest, { to: [moderator, ida] });
    });

    await t.test("somebody who is removed", async () => {
      await sam.chooses(guest, "Remove from the room");
      await both((page) => page.shows(legs));
      await record.holds(legs);
    });

    await t.test("a lock keeps others out", async () => {
      await vera.doesToAll("Lock");
      await both((page) => page.page.locator(".conference-standing").getByText("Locked").waitFor());
      const late = await comesIn("+12125550170", ROOMS.pin);
      const isTold = async () => (await carrier.noted(late, "said")).some((text) => text?.includes(words("conference_locked")));
      await until("the late caller to be told that the room is locked", isTold);
      await record.holds(legs);
      await both((page) => page.shows(legs));
      await sam.doesToAll("Lock");
      await both((page) => page.page.locator(".conference-standing").getByText("Locked").waitFor({ state: "detached" }));
    });

    await t.test("a recording that pauses and goes on", async () => {
      const recording = async (status) => {
        const { sid } = await record.conference();
        const [one] = await desk.client.conferences(sid).recordings.list();
        return one?.status === status;
      };
      const pause = vera.region("Room").getByRole("button", { name: "Pause recording" });
      const isPaused = () => pause.getAttribute("aria-pressed");
      for (let turn = 0; turn < 2; turn += 1) {
        const before = await isPaused();
        await pause.click();
        const after = before === "true" ? "in-progress" : "paused";
        await until(`the recording to be ${after}`, () => recording(after));
        const word = after === "paused" ? "Recording paused" : "Recording";
        await both((page) => page.page.locator(".conference-standing").getByText(word, { exact: true }).waitFor());
      }
    });

    await t.test("a moderator's own phone, from this page", async () => {
      await vera.isSetUp();
      await vera.region("You").getByRole("button", { name: "Join by your phone" }).click();
      await vera.callIs("talking");
      await vera.region("You").getByText("You are in: Moderator.").waitFor();
      await sam.tells(sam.page.locator("tr[data-leg]").last(), "Vera Visor");
      await carrier.levelIs(ida, "heard", FIRST);
      await carrier.sounds(ida, { source: "tone", hz: TONE });
      await vera.hears([TONE]);
      await carrier.sounds(ida, { source: "silence" });
      await vera.hangsUp();
      await both((page) => page.shows(legs));
    });

    await t.test("everything by keyboard; the focus stays where somebody works, and is not lost with a row", async () => {
      const { keyboard } = vera.page;
      const mute = vera.person(dora).getByRole("button", { name: /^Mute / });
      await mute.focus();
      await keyboard.press("Enter");
      await both((page) => page.stands(dora, "Muted: is not heard"));
      assert.match((await vera.window.focus()).name, /^Mute/);
      await keyboard.press("Space");
      await both((page) => page.stands(dora, "In the room"));
      await keyboard.press("Tab");
      assert.match((await vera.window.focus()).name, /^Hold/);
      await keyboard.press("Tab");
      assert.match((await vera.window.focus()).name, /^More/);
      await keyboard.press("Enter");
      await keyboard.press("Tab");
      assert.equal((await vera.window.focus()).name, "Remove from the room");
      await keyboard.press("Escape");
      assert.match((await vera.window.focus()).name, /^More/);
      await carrier.hangsUp(dora);
      await both((page) => page.shows([moderator, ida, ben, cleo]));
      const focus = await vera.page.evaluate(() => document.activeElement.closest("section")?.getAttribute("aria-labelledby"));
      assert.equal(focus, "people");
    });

    await t.test("an act on somebody who has just left is told so", async () => {
      await sam.chooses(cleo, "Remove from the room");
      const answer = act({ act: "mute", person: dora });
      assert.equal((await answer).status, 409);
      await both((page) => page.shows([moderator, ida, ben]));
    });

    for (const look of Object.keys(LOOKS)) {
      await t.test(`${look}: axe finds no barrier, and all fits the screen`, () =>
        watching({ look, address: `/conferences/${ROOM}` }, (page) => isEasy(page, "conference", look)),
      );
    }

    await t.test("without scripts, the page shows the same and does the same", async () => {
      const options = { script: false, as: desk.people.supervisor };
      await withWindow(first.browser, desk.switchboard, options, async (window) => {
        const page = new MonitorPage(window);
        await window.goes(`/conferences/${ROOM}`);
        await page.window.loads(() => page.does(ida, "Mute"));
        await record.says(ida, { muted: true });
        await both((page) => page.stands(ida, "Muted: is not heard"));
        await page.window.goes(`/conferences/${ROOM}`);
        await page.stands(ida, "Muted: is not heard");
        await page.window.loads(() => page.does(ida, "Mute"));
        await record.says(ida, { muted: false });
      });
    });

    await t.test("the end for all is asked once more, and is one", async () => {
      await vera.region("Room").locator(".asks > summary").click();
      await vera.doesToAll("Leave it");
      await vera.region("Room").locator(".asks > summary").click();
      await vera.doesToAll("End it for all");
      await both((page) => page.shows([]));
      await until("the carrier to have no such room", async () => !(await record.conference()));
      await both((page) => page.page.getByText("Nobody is in", { exact: true }).waitFor());
    });

    await t.test("attendance is told on the page and as a table", async () => {
      const link = vera.page.getByRole("link", { name: /^CSV of the attendance, \d/ }).first();
      await link.waitFor();
      const { cookie } = await signIn(desk.switchboard, desk.people.supervisor);
      const answer = await desk.switchboard.send({ target: await link.getAttribute("href"), headers: { Cookie: cookie } });
      assert.equal(answer.status, 200);
      assert.match(answer.headers["content-type"], /^text\/csv/);
      const [head, ...rows] = answer.body.toString().trim().split("\r\n");
      assert.equal(head, "who,number,role,joined,met,left,seconds,why");
      const numbers = new Set(rows.map((row) => row.split(",")[1]));
      for (const number of [MODERATOR, ...PEOPLE, GUEST]) assert.ok(numbers.has(number), `${number} in\n${rows.join("\n")}`);
      assert.ok(rows.some((row) => row.startsWith("Vera Visor,,Moderator,")), rows.join("\n"));
    });
  });
});

/** Does something in the room without a page. */
async function act(fields, person = desk.people.supervisor) {
  const { cookie } = await signIn(desk.switchboard, person);
  const body = new URLSearchParams(Object.entries({ room: ROOM, ...fields }).map(([name, value]) => [`form[${name}]`, value]));
  const headers = { Cookie: cookie, "Content-Type": "application/x-www-form-urlencoded", Origin: desk.switchboard.local };
  return desk.switchboard.send({ method: "POST", target: "/api/rooms/act", headers, body: body.toString() });
}

for (const look of Object.keys(LOOKS)) {
  test(`${look}: axe finds no barrier on the page of all rooms`, async () => {
    const { legs } = await fiveMeet();
    await watching({ look }, (page) => isEasy(page, "conferences", look));
    for (const leg of legs) await carrier.hangsUp(leg);
  });
}

test("agents see none of it", async () => {
  const { agent } = desk.people;
  for (const address of ["/conferences", `/conferences/${ROOM}`]) {
    await watching({ address, as: agent, expect: [/403/] }, async ({ window, page }) => {
      await window.heading("Not open to your role").waitFor();
      assert.equal(await page.getByRole("link", { name: "Conferences", exact: true }).count(), 0);
    });
  }
  const { cookie } = await signIn(desk.switchboard, agent);
  const csv = await desk.switchboard.send({ target: `/conferences/${ROOM}/attendance.csv`, headers: { Cookie: cookie } });
  assert.equal(csv.status, 403);
  assert.equal((await act({ act: "lock" }, agent)).status, 403);
});

test("a supervisor listens, coaches, speaks by one switch and the keyboard, and takes over", async () => {
  await desk.rests();
  await desk.window(first.browser, { address: "/" }, async (dock) => {
    const seat = new Console(dock.window);
    await seat.isReady();
    const caller = await callsSupport(desk, { hz: CALLERS });
    await seat.accepts();
    await seat.hears([CALLERS]);
    await seat.act("Mute").click();
    await watching({ by: second.browser, as: desk.people.second }, async (sam) => {
      await sam.isSetUp();
      await sam.room(caller).getByRole("link").click();
      const own = sam.region("You");
      const mode = (name) => own.getByRole("radio", { name: new RegExp(`^${name}`) });
      await mode("Listen").waitFor();
      assert.ok(await mode("Listen").isChecked());
      await own.getByRole("button", { name: "Go in by your phone" }).click();

      await own.getByText("Nobody hears you.").waitFor();
      await sam.hears([CALLERS]);
      await seat.hears([CALLERS], { without: [SECOND] });
      await carrier.isSilent(caller, "heard");
      assert.deepEqual(await sam.window.barriers(), []);

      await mode("Listen").focus();
      await sam.page.keyboard.press("ArrowDown");
      await own.getByText("Only Wes Agent hears you.").waitFor();
      await seat.hears([CALLERS, SECOND]);
      await carrier.isSilent(caller, "heard");

      await sam.page.keyboard.press("ArrowDown");
      await own.getByText("Everybody in the call hears you.").waitFor();
      await carrier.levelIs(caller, "heard", SECOND);

      await own.getByRole("button", { name: "Take over" }).click();
      await own.getByText("This call is yours.").waitFor();
      await sam.hears([CALLERS]);
      await carrier.levelIs(caller, "heard", SECOND);
    });
    await desk.rests();
  });
});
