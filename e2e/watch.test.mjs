// A supervisor in an agent's call, with real sound: listens, coaches, speaks and takes over, each by what every leg hears.

import assert from "node:assert/strict";
import test, { after, afterEach, before } from "node:test";

import { Console, callsSupport, isTold } from "./lib/console.mjs";
import { signIn } from "./lib/desk.mjs";
import { words } from "./lib/seeds.mjs";
import { startPhoneDesk } from "./lib/softphone.mjs";
import { startTalker } from "./lib/voice-page.mjs";

/** Tones of which none is near a harmonic of another. */
const AGENT = 610;
const CALLER = 830;
const SUPERVISOR = 1_090;

let desk;
let carrier;
let talkers;

before(async () => {
  desk = await startPhoneDesk();
  ({ carrier } = desk);
  talkers = [];
  for (const hz of [AGENT, SUPERVISOR]) talkers.push(await startTalker({ hz, pulsed: true }));
});

afterEach(() => desk.rests());

after(async () => {
  for (const talker of talkers ?? []) await talker.close();
  await desk?.clear();
});

/** Somebody outside talks with the agent; a supervisor looks at the board, with a phone that is set up. */
async function withThree(use) {
  const [agents, supervisors] = talkers;
  const { supervisor } = desk.people;
  await desk.window(agents.browser, { address: "/" }, async (dock) => {
    const agent = new Console(dock.window);
    await agent.isReady();
    await desk.window(supervisors.browser, { as: supervisor, address: "/board" }, async (visor) => {
      await visor.isSetUp();
      const caller = await callsSupport(desk, { hz: CALLER });
      await agent.accepts();
      await agent.hears([CALLER]);
      await use({ agent, visor, caller });
    });
    await desk.rests();
  });
}

const mode = (visor, name) => visor.page.getByRole("radio", { name });

/** Goes to the room of a call by the monitor, and in by one's own phone. */
async function goesIn(visor, caller) {
  await visor.window.goes(`/conferences/${caller}`);
  await visor.is("registered");
  await visor.page.getByText(/^Compared with the carrier \d+ s ago\.$/).waitFor({ timeout: 30_000 });
  await visor.page.getByRole("button", { name: "Go in by your phone" }).click();
  await visor.page.getByText("You hear everybody. Nobody hears you.").waitFor();
}

/** Whether the agent's microphone is on decides whose voice the caller can hear at all. */
const mutes = (agent) => agent.act("Mute").click();

test("listen, coach, speak and take over, by what each leg hears", async () => {
  await withThree(async ({ agent, visor, caller }) => {
    const isEasy = async (where) => {
      for (const one of [agent, visor]) assert.deepEqual(await one.window.barriers(), [], where);
    };
    await goesIn(visor, caller);
    await visor.hears([CALLER, AGENT]);
    await agent.hears([CALLER], { without: [SUPERVISOR] });
    await agent.tells("Vera Visor is listening");
    await carrier.levelIs(caller, "heard", AGENT);
    await isEasy("listens");

    await mode(visor, "Coach").check();
    await visor.page.getByText("Only Wes Agent hears you.").waitFor();
    await agent.hears([CALLER, SUPERVISOR]);
    await agent.tells("Vera Visor is coaching you");
    await mutes(agent);
    await carrier.isSilent(caller, "heard");

    await mode(visor, "Speak").check();
    await visor.page.getByText("Everybody in the call hears you.").waitFor();
    await carrier.levelIs(caller, "heard", SUPERVISOR);
    await agent.hears([CALLER, SUPERVISOR]);
    await mode(visor, "Listen").check();
    await carrier.isSilent(caller, "heard");
    await agent.hears([CALLER], { without: [SUPERVISOR] });
    await mutes(agent);

    await visor.page.getByRole("button", { name: "Take over" }).click();
    await agent.shows("wraps-up");
    await visor.hears([CALLER], { without: [AGENT] });
    await carrier.levelIs(caller, "heard", SUPERVISOR);
    await visor.page.getByText("This call is yours.").waitFor();
    await isEasy("taken over");

    await visor.hangsUp();
    await isTold(desk, caller, words("survey_helped"));
    await visor.page.getByText("The call is over, and its room with it").waitFor();
    assert.equal(await visor.page.getByRole("button", { name: "Go in by your phone" }).count(), 0);
    const story = await (await signIn(desk.switchboard, desk.people.supervisor)).story(caller);
    const lines = story.entries.flatMap((entry) => entry.lines).join("\n");
    for (const line of ["Vera Visor joined the call: listens.", "Vera Visor: coaches Wes Agent.", "Vera Visor has the caller, whom Wes Agent had."]) {
      assert.ok(lines.includes(line), `${line} is not in ${lines}`);
    }
  });
});

test("an agent asks for help, the board shows it at once with the way there, and it is gone when somebody comes", async () => {
  await withThree(async ({ agent, visor, caller }) => {
    await agent.act("Ask for help").click();
    await agent.tells("Supervisors see that you ask for help.");
    const sign = visor.page.getByRole("link", { name: "Wes Agent asks for help" });
    await sign.waitFor();
    assert.deepEqual(await visor.window.barriers(), []);
    assert.deepEqual(await agent.window.barriers(), []);

    await agent.act("Ask for help").click();
    await sign.waitFor({ state: "detached" });
    await agent.call.getByText("Supervisors see that you ask for help.").waitFor({ state: "detached" });
    await agent.act("Ask for help").click();
    await sign.click();
    await visor.page.waitForURL((url) => url.pathname === `/conferences/${caller}`);
    await visor.page.getByRole("button", { name: "Go in by your phone" }).click();
    await agent.tells("Vera Visor is listening");
    await agent.call.getByText("Supervisors see that you ask for help.").waitFor({ state: "detached" });

    await visor.hangsUp();
    await agent.call.getByText("Vera Visor is listening").waitFor({ state: "detached" });
    await agent.hears([CALLER]);
  });
});
