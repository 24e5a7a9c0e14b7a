//! The server is killed in the middle of a transfer, in each of its steps: the caller is handed over all the same.

use carrier::engine::{EarSound, LegState, LegView, Place, PlaceCall, Time};
use carrier::face::faults::{Fault, FaultPlan};
use exchange::{
    AgentEvent, Chosen, Command, Event, Moment, Stage as Standing, Support, SupportEvent, Switch,
    Target, TransferKind, UserName,
};
use server::door::{self, Knock};
use store::{Console, NewPerson, Scratch};
use twilio::CallSid;

use super::SILENCE_MS;
use super::site::Site;
use crate::stage::shift::judge::stuck;
use crate::stage::shift::watch::Watch;
use crate::stage::surely::surely;

const IDA: &str = "+13125550123";
/// How long anything may take to come about, in milliseconds.
const WITHIN_MS: i64 = 60_000;
/// How often a console answers, in milliseconds.
const PING_MS: i64 = 4_000;

/// Ida on the line, Ada who has her, and Ben.
struct Scene {
    site: Site,
    ida: CallSid,
    watch: Watch,
    pinged: Option<Time>,
}

#[tokio::test]
async fn killed_while_the_caller_is_put_on_hold_for_a_consult() {
    let mut scene = Scene::open().await;
    // The carrier cannot do it yet, and it is tried again.
    scene.rest_fails(true);
    scene.hands_over(TransferKind::Consult).await;

    scene.is_killed_in("preparing").await;
    scene.rest_fails(false);
    scene.rings_and_answers("ben").await;
    scene.is_at("briefing").await;

    scene.comes_to_a_good_end().await;
}

#[tokio::test]
async fn killed_while_the_target_rings() {
    let mut scene = Scene::open().await;
    scene.hands_over(TransferKind::Consult).await;
    scene.rings("ben").await;

    scene.is_killed_in("ringing").await;
    scene.rings_and_answers("ben").await;
    scene.is_at("briefing").await;

    scene.comes_to_a_good_end().await;
}

#[tokio::test]
async fn killed_while_the_two_agents_speak() {
    let mut scene = Scene::open().await;
    scene.hands_over(TransferKind::Consult).await;
    scene.rings_and_answers("ben").await;

    scene.is_killed_in("briefing").await;

    scene.comes_to_a_good_end().await;
}

#[tokio::test]
async fn killed_while_all_three_talk() {
    let mut scene = Scene::open().await;
    scene.hands_over(TransferKind::Warm).await;
    scene.rings_and_answers("ben").await;

    scene.is_killed_in("three_way").await;

    scene.comes_to_a_good_end().await;
}

impl Scene {
    /// Ada talks with Ida, and Ben is free.
    async fn open() -> Self {
        let scratch = Scratch::new().await.expect("a database");
        let site = Site::open(scratch, 7, 1).await;
        let stage = &site.stage;
        for (user, name) in [("ada", "Ada"), ("ben", "Ben")] {
            let person = NewPerson {
                user_name: user.to_owned(),
                name: name.to_owned(),
                role: desk::Role::Agent,
                // Nobody signs in with it.
                password_hash: "*".to_owned(),
            };
            let now = stage.state.clock.now();
            surely(async || stage.state.store.add_person(&person, now).await).await;
            stage.carrier.with(|engine| engine.register_client(user));
            let habit = carrier::engine::Habit::Asks;
            stage.carrier.set_phone(&format!("client:{user}"), habit);
        }
        let call = PlaceCall {
            from: IDA.to_owned(),
            to: stage.number_of("support"),
            place: Place::default(),
            name: None,
        };
        let mut scene = Self {
            ida: stage.carrier.place_call(call).expect("the line answers"),
            site,
            watch: Watch::new(SILENCE_MS),
            pinged: None,
        };
        scene.becomes_available("ada").await;
        scene.rings_and_answers("ada").await;
        let talks = "Ada has Ida, and her leaving ends the room";
        scene
            .comes_about(talks, |scene, known| {
                let seat = known.seats.first();
                let ends_room = seat.is_some_and(|seat| seat.ends_room == Switch::On);
                ends_room && scene.hears_only("ada")
            })
            .await;
        scene.becomes_available("ben").await;
        scene
    }

    async fn becomes_available(&mut self, user: &str) {
        self.pings().await;
        let state = &self.site.stage.state;
        let available = AgentEvent::Chose(Chosen::Available);
        surely(async || server::agents::tell(state, &name(user), &available, None).await).await;
    }

    /// Both consoles answer.
    async fn pings(&mut self) {
        let now = self.site.stage.now();
        if self.pinged.is_some_and(|at| at.plus(PING_MS) > now) {
            return;
        }
        self.pinged = Some(now);
        let consoles: Vec<Console> = ["ada", "ben"]
            .map(|user| Console {
                connection: user.to_owned(),
                user: name(user),
                answered: Moment(now.0),
                registered: true,
                microphone: true,
            })
            .into();
        let store = &self.site.stage.state.store;
        surely(async || store.consoles_answered(&consoles).await).await;
    }

    fn rest_fails(&self, does: bool) {
        let mut plan = FaultPlan::default();
        if does {
            plan.per_mille.insert(Fault::ServerError, 1_000);
        }
        self.site.stage.carrier.set_fault_plan(plan);
    }

    async fn hands_over(&mut self, kind: TransferKind) {
        let target = Target::Agent {
            user: name("ben"),
            name: "Ben".to_owned(),
        };
        let note = String::new();
        self.ada_wants(Command::HandOver { target, kind, note })
            .await;
    }

    async fn ada_wants(&mut self, what: Command) {
        let sid = self.sid();
        let by = name("ada");
        let event = Event::Support(SupportEvent::Command { by, what });
        let state = &self.site.stage.state;
        let answered = surely(async || {
            let knock = Knock {
                sid: &sid,
                identity: None,
                name: "A click",
                request: store::Request::default(),
                settles: None,
            };
            door::enter(state, knock, event.clone(), |_| None).await
        })
        .await;
        match answered {
            door::Answered::Decided(_) => {}
            door::Answered::NoCall => panic!("there is no call"),
            door::Answered::Refused(refusal) => panic!("{refusal}"),
            door::Answered::AgentRefused(refusal) => panic!("{refusal}"),
        }
    }

    fn sid(&self) -> exchange::CallSid {
        exchange::CallSid::parse(self.ida.as_str()).expect("a SID")
    }

    async fn known(&self) -> Option<Support> {
        let (sid, store) = (self.sid(), &self.site.stage.state.store);
        let known = surely(async || store.load(&sid).await).await;
        known.and_then(|(_, call)| call.support().cloned())
    }

    /// Goes on until something is so.
    async fn comes_about(&mut self, what: &str, is_so: impl Fn(&Self, &Support) -> bool) {
        let until = self.site.stage.now().plus(WITHIN_MS);
        loop {
            let known = self.known().await;
            if known.as_ref().is_some_and(|known| is_so(self, known)) {
                return;
            }
            let now = self.site.stage.now();
            assert!(now < until, "{what}: {known:#?}\n{:?}", self.site.said());
            self.goes_on().await;
        }
    }

    async fn goes_on(&mut self) {
        self.pings().await;
        let next = self.site.stage.now().plus(20);
        self.site.stage.moves(next).await;
        self.watch.looks(&self.site.stage);
    }

    fn leg_of(&self, user: &str) -> Option<LegView> {
        let address = format!("client:{user}");
        let mut legs = self.site.stage.carrier.legs().into_iter();
        legs.find(|leg| leg.number == address && leg.state != LegState::Over)
    }

    async fn rings(&mut self, user: &str) {
        self.comes_about(&format!("{user} is rung"), |scene, _| {
            let leg = scene.leg_of(user);
            leg.is_some_and(|leg| leg.state == LegState::Ringing)
        })
        .await;
    }

    async fn rings_and_answers(&mut self, user: &str) {
        self.rings(user).await;
        let leg = self.leg_of(user).expect("it rings").sid;
        self.site.stage.carrier.answer(&leg).expect("it rings");
    }

    async fn is_at(&mut self, step: &str) {
        self.comes_about(step, |_, known| step_of(known) == Some(step))
            .await;
    }

    /// The program dies while the transfer is at this step, which is written down, and comes up again.
    async fn is_killed_in(&mut self, step: &str) {
        self.is_at(step).await;
        self.site.kills(0);
        let known = self.known().await.expect("it is written");
        assert_eq!(step_of(&known), Some(step), "the kill fell elsewhere");
        self.site.programs[0].start();
    }

    /// Whether Ida hears this agent and nobody else.
    fn hears_only(&self, user: &str) -> bool {
        let Some(leg) = self.leg_of(user) else {
            return false;
        };
        let ear = self.site.stage.carrier.with(|engine| engine.ear(&self.ida));
        ear.is_some_and(|ear| match ear.sound {
            EarSound::Others(others) => others == [leg.sid],
            EarSound::Document(_) | EarSound::Music | EarSound::Silence => false,
        })
    }

    /// Ada completes, Ben has Ida, and everything comes to a good end.
    async fn comes_to_a_good_end(mut self) {
        self.ada_wants(Command::Complete).await;
        self.comes_about("Ben has Ida, and Ada is out", |scene, known| {
            let is_his =
                matches!(&known.stage, Standing::Talking { agent, .. } if agent.as_str() == "ben");
            is_his && scene.hears_only("ben") && scene.leg_of("ada").is_none()
        })
        .await;
        let ida = self.ida.clone();
        self.site.stage.carrier.hang_up(&ida).expect("she is there");
        let until = self.site.stage.now().plus(WITHIN_MS);
        loop {
            let left = stuck(&self.site.stage).await;
            if left.is_empty() {
                break;
            }
            assert!(self.site.stage.now() < until, "{left:#?}");
            self.goes_on().await;
        }
        assert!(self.watch.findings.is_empty(), "{:#?}", self.watch.findings);
        self.site.close().await;
    }
}

fn step_of(known: &Support) -> Option<&'static str> {
    known.transfer.as_ref().map(|transfer| transfer.step.word())
}

fn name(user: &str) -> UserName {
    UserName::parse(user).expect("a user name")
}
