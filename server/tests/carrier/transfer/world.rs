//! Ida on the line, agents at their consoles who click as their pages do, and a telephone outside; looked at in every moment.

use carrier::engine::{
    CallFilter, ConferenceFilter, Habit, LegState, LegView, ParticipantFilter, ParticipantView,
    Place, PlaceCall,
};
use carrier::face::faults::{Fault, FaultPlan};
use desk::{ConsoleView, Desk, DeskError, Doing, HandOverForm, MyCall, Role, Viewer};
use exchange::{AgentEvent, Chosen, Moment, Support, TransferKind, TransferStep, UserName};
use server::desk::ViewersDesk;
use server::presence::Watch as Presence;
use server::{agents, effects};
use store::{Console, NewPerson};
use twilio::CallSid;

use crate::person::stage;
use crate::stage::Stage;
use crate::stage::shift::watch::Watch;

/// A telephone outside, to which the line lets callers be handed over.
pub(super) const PHONE: &str = "+12025550177";
/// Ida's.
pub(super) const IDA: &str = "+13125550123";
/// How long nobody may be alone in silence, in milliseconds.
const SILENCE_MS: i64 = 5_000;
/// How often a console answers its feed, in milliseconds.
const PING_MS: i64 = 5_000;
/// How soon a leg that is rung is there, in milliseconds.
pub(super) const SOON_MS: i64 = 1_500;

/// To whom Ada hands over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum To {
    Ben,
    Team,
    Phone,
}

/// Everybody.
pub(super) struct World {
    pub(super) stage: Stage,
    pub(super) ida: CallSid,
    watch: Watch,
    presence: Presence,
    /// Whose consoles answer.
    here: Vec<&'static str>,
    pinged: Option<i64>,
}

impl World {
    /// Ada talks with Ida, and Ben is free. Cleo works here and is not at her console.
    pub(super) async fn new() -> Self {
        let mut stage = stage().await;
        for (user, name) in [("ada", "Ada"), ("ben", "Ben"), ("cleo", "Cleo")] {
            let person = NewPerson {
                user_name: user.to_owned(),
                name: name.to_owned(),
                role: Role::Agent,
                password_hash: "none".to_owned(),
            };
            let now = stage.state.clock.now();
            let added = stage.state.store.add_person(&person, now).await;
            assert!(added.expect("it is written"));
            stage.carrier.set_phone(&address(user), Habit::Asks);
        }
        stage.carrier.set_phone(PHONE, Habit::Asks);
        let presence = Presence::new(Moment(0));
        let ida = ida_calls(&mut stage).await;
        let mut world = Self {
            stage,
            ida,
            watch: Watch::new(SILENCE_MS),
            presence,
            here: Vec::new(),
            pinged: None,
        };
        world.comes("ada").await;
        world.passes(SOON_MS).await;
        world.answers("ada").await;
        world.passes(SOON_MS).await;
        world.comes("ben").await;
        world.rests().await;
        world
    }

    /// Somebody opens their console and takes calls.
    pub(super) async fn comes(&mut self, user: &'static str) {
        self.opens(user).await;
        let available = AgentEvent::Chose(Chosen::Available);
        let told = agents::tell(&self.stage.state, &name(user), &available, None).await;
        told.expect("it is written");
    }

    /// Somebody opens their console again.
    pub(super) async fn opens(&mut self, user: &'static str) {
        self.stage
            .carrier
            .with(|engine| engine.register_client(user));
        self.here.push(user);
        self.pinged = None;
        self.pings().await;
    }

    /// Somebody's tab is closed or dies; their leg goes with it, as on a reload.
    pub(super) async fn goes(&mut self, user: &'static str) {
        self.here.retain(|own| *own != user);
        self.stage
            .carrier
            .with(|engine| engine.unregister_client(user));
        let gone = self.stage.state.store.console_gone(user).await;
        gone.expect("it is written");
        if let Some(leg) = self.leg_of(&address(user)) {
            self.stage.carrier.hang_up(&leg.sid).expect("it is there");
        }
    }

    /// Ada's tab dies, and everybody has heard of it.
    pub(super) async fn loses_ada(&mut self) {
        self.goes("ada").await;
        self.passes(2_000).await;
    }

    /// Lets time pass, and looks at every moment.
    pub(super) async fn passes(&mut self, ms: i64) {
        let to = self.stage.now().plus(ms);
        self.rests().await;
        while self.stage.now() < to {
            let next = to.min(self.stage.now().plus(1_000));
            self.stage.moves(next).await;
            self.rests().await;
        }
    }

    /// Waits until nothing is under way.
    pub(super) async fn rests(&mut self) {
        self.pings().await;
        let looked = self.presence.look(&self.stage.state).await;
        looked.expect("the database answers");
        self.stage.rests().await;
        self.watch.looks(&self.stage);
    }

    async fn pings(&mut self) {
        let now = self.stage.now().0;
        if self.pinged.is_some_and(|at| at + PING_MS > now) {
            return;
        }
        self.pinged = Some(now);
        let consoles: Vec<Console> = self
            .here
            .iter()
            .map(|user| Console {
                connection: (*user).to_owned(),
                user: name(user),
                answered: Moment(now),
                registered: true,
                microphone: true,
            })
            .collect();
        let written = self.stage.state.store.consoles_answered(&consoles).await;
        written.expect("it is written");
    }

    /// Somebody's desk.
    pub(super) fn desk(&self, user: &str) -> impl Desk + use<> {
        ViewersDesk {
            state: self.stage.state.clone(),
            viewer: Some(Viewer {
                user_name: user.to_owned(),
                name: user.to_owned(),
                role: Role::Agent,
            }),
            is_denied: false,
            is_from_here: false,
            visit: server::auth::Visit::default(),
        }
    }

    /// Ada hands Ida over, and nothing has happened since.
    pub(super) async fn hands_over(&self, to: To, kind: TransferKind) -> Result<(), DeskError> {
        self.desk("ada").hand_over(self.form(to, kind)).await
    }

    pub(super) fn form(&self, to: To, kind: TransferKind) -> HandOverForm {
        let (target, agent, team, number) = match to {
            To::Ben => ("agent", "ben", "", ""),
            To::Team => ("queue", "", "support", ""),
            To::Phone => ("number", "", "", PHONE),
        };
        HandOverForm {
            call: self.ida.to_string(),
            kind: kind.word().to_owned(),
            target: target.to_owned(),
            agent: agent.to_owned(),
            team: team.to_owned(),
            number: number.to_owned(),
            note: "She lost her keys.".to_owned(),
        }
    }

    /// The live leg to somebody.
    pub(super) fn leg_of(&self, address: &str) -> Option<LegView> {
        let legs = self.stage.carrier.legs().into_iter();
        let mut live = legs.filter(|leg| leg.state != LegState::Over);
        live.find(|leg| leg.number == address)
    }

    /// How many legs to somebody were ever made.
    pub(super) fn legs_ever(&self, address: &str) -> usize {
        let all = CallFilter {
            to: Some(address.to_owned()),
            ..CallFilter::default()
        };
        self.stage.carrier.with(|engine| engine.calls(&all).len())
    }

    /// Somebody's telephone or browser is answered.
    pub(super) async fn answers(&mut self, who: &str) {
        let leg = self.rung(who);
        self.stage.carrier.answer(&leg).expect("it rings");
        self.rests().await;
    }

    /// Somebody declines at their telephone: a browser's button clicks besides.
    pub(super) fn declines_leg(&self, who: &str) {
        let leg = self.rung(who);
        self.stage.carrier.decline(&leg).expect("it rings");
    }

    /// Somebody's telephone or browser hangs up, without a click.
    pub(super) fn hangs_up_leg(&self, who: &str) {
        let leg = self.leg_of(&to_address(who));
        let leg = leg.unwrap_or_else(|| panic!("{who} has no leg"));
        self.stage.carrier.hang_up(&leg.sid).expect("it is there");
    }

    /// Somebody's network goes: their console and their browser answer no more, and nobody is told.
    pub(super) fn falls_silent(&mut self, user: &'static str) {
        self.here.retain(|own| *own != user);
    }

    /// The room is made ready for whom it is handed over to, who is about to be rung.
    pub(super) async fn is_made_ready(&self) {
        loop {
            let transfer = self.support().await.transfer.expect("it is under way");
            if !matches!(transfer.step, TransferStep::Preparing { .. }) {
                return;
            }
            let claimed = effects::claim_due(&self.stage.state).await;
            for one in claimed.expect("the database answers") {
                one.await.expect("the database answers");
            }
        }
    }

    /// From now on every request to the carrier's API fails, or none does.
    pub(super) fn rest_fails(&self, does: bool) {
        let mut plan = FaultPlan::default();
        if does {
            plan.per_mille.insert(Fault::ServerError, 1_000);
        }
        self.stage.carrier.set_fault_plan(plan);
    }

    /// Whether somebody's leaving ends the room, as the carrier has it; nothing for who is not in it.
    pub(super) fn ends_room(&self, who: &str) -> Option<bool> {
        let leg = self.leg_of(&to_address(who))?;
        self.participants()
            .into_iter()
            .find(|one| one.call == leg.sid)
            .map(|one| one.ends_on_exit)
    }

    fn participants(&self) -> Vec<ParticipantView> {
        self.stage.carrier.with(|engine| {
            let filter = ConferenceFilter {
                name: Some(self.ida.to_string()),
                ..ConferenceFilter::default()
            };
            let rooms = engine.conferences(&filter).into_iter();
            let people = rooms.filter_map(|room| {
                let all = ParticipantFilter::default();
                engine.participants(&room.sid, &all).ok()
            });
            people.flatten().collect()
        })
    }

    pub(super) fn sid(&self) -> exchange::CallSid {
        exchange::CallSid::parse(self.ida.as_str()).expect("a SID")
    }

    /// Whoever is at the telephone presses a key.
    pub(super) async fn presses_at_phone(&mut self, keys: &str) {
        let leg = self.leg_of(PHONE).expect("it is there").sid;
        self.stage.presses(&leg, keys).await;
        self.rests().await;
    }

    pub(super) fn rung(&self, who: &str) -> CallSid {
        match self.leg_of(&to_address(who)) {
            Some(leg) if leg.state == LegState::Ringing => leg.sid,
            other => panic!("nothing rings at {who}: {other:?}"),
        }
    }

    pub(super) async fn console(&self, user: &str) -> ConsoleView {
        self.desk(user).console().await.expect("the console")
    }

    /// The call that somebody's console shows.
    pub(super) async fn call_of(&self, user: &str) -> MyCall {
        let Doing::Call(call) = self.console(user).await.mine.doing else {
            panic!("{user} is in no call");
        };
        *call
    }

    /// What the rules know.
    pub(super) async fn support(&self) -> Support {
        let sid = self.sid();
        let known = self.stage.state.store.load(&sid).await;
        let (_, call) = known.expect("the database answers").expect("a call");
        call.support().expect("a support call").clone()
    }

    /// Every line of the journal.
    pub(super) async fn journal(&self) -> Vec<String> {
        let story = self.stage.story(&self.ida).await.expect("it is written");
        let entries = story.entries.into_iter();
        entries.flat_map(|entry| entry.lines).collect()
    }

    /// Ida goes, and what is wrong: somebody was alone in silence, was rung twice, or is stuck.
    pub(super) async fn ends(mut self) -> Option<String> {
        if self.leg_of(IDA).is_some() {
            self.stage.carrier.hang_up(&self.ida).expect("she is there");
        }
        self.passes(40_000).await;
        let mut found = crate::stage::shift::judge::stuck(&self.stage).await;
        let watched = std::mem::take(&mut self.watch.findings).into_iter();
        found.extend(watched.map(|(leg, at, what)| format!("{leg} at {}: {what}", at.0)));
        let journal = self.journal().await;
        self.stage.end().await;
        (!found.is_empty()).then(|| format!("{found:#?}\n{journal:#?}"))
    }

    /// The same, where nothing may be wrong.
    pub(super) async fn ends_well(self) {
        if let Some(found) = self.ends().await {
            panic!("{found}");
        }
    }
}

async fn ida_calls(stage: &mut Stage) -> CallSid {
    let call = PlaceCall {
        from: IDA.to_owned(),
        to: stage.number_of("support"),
        place: Place::default(),
        name: None,
    };
    let sid = stage.carrier.place_call(call).expect("the line answers");
    stage.passes(SOON_MS).await;
    sid
}

pub(super) fn name(user: &str) -> UserName {
    UserName::parse(user).expect("a user name")
}

fn address(user: &str) -> String {
    format!("client:{user}")
}

fn to_address(who: &str) -> String {
    if who == "phone" {
        PHONE.to_owned()
    } else {
        address(who)
    }
}
