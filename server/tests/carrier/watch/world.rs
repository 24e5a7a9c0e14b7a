//! Ida talks with Ada; Sam is a supervisor, and Ben a colleague.

use carrier::engine::{
    Application, ClientCall, ConferenceFilter, Habit, LegState, ParticipantFilter, ParticipantView,
    Sounding,
};
use carrier::face::faults::{Fault, FaultPlan};
use desk::{Desk, DeskError, Doing, Role, Viewer, WatchView};
use exchange::{AgentEvent, CallOutRoute, Chosen, Route, Support, UserName};
use server::agents;
use server::desk::ViewersDesk;
use store::{Console, NewPerson};
use twilio::{ApplicationSid, CallSid};

use crate::person::stage;
use crate::stage::Stage;

const APPLICATION: &str = "APbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

const PEOPLE: [(&str, &str, Role); 3] = [
    ("ada", "Ada", Role::Agent),
    ("ben", "Ben", Role::Agent),
    ("sam", "Sam", Role::Supervisor),
];

pub(super) struct World {
    pub(super) stage: Stage,
    pub(super) ida: CallSid,
    roles: Vec<(&'static str, Role)>,
}

impl World {
    /// Ada talks with Ida, and everything is as it should be.
    pub(super) async fn talking() -> Self {
        let stage = stage().await;
        for (user, name, role) in PEOPLE {
            let person = NewPerson {
                user_name: user.to_owned(),
                name: name.to_owned(),
                role,
                password_hash: "none".to_owned(),
            };
            let now = stage.state.clock.now();
            let added = stage.state.store.add_person(&person, now).await;
            assert!(added.expect("it is written"));
            stage.carrier.with(|engine| engine.register_client(user));
            stage
                .carrier
                .set_phone(&format!("client:{user}"), Habit::Asks);
        }
        let application = Application {
            sid: application(),
            friendly_name: "Browsers".to_owned(),
            voice_url: Some(stage.state.urls.of(&Route::CallOut(CallOutRoute::Begin))),
            voice_method: None,
            voice_fallback_url: None,
            voice_fallback_method: None,
            status_callback: None,
            status_callback_method: None,
        };
        stage
            .carrier
            .with(|engine| engine.set_application(application));
        let mut world = Self {
            ida: stage.ida_calls("support").await,
            stage,
            roles: PEOPLE.map(|(user, _, role)| (user, role)).to_vec(),
        };
        world.pings().await;
        let available = AgentEvent::Chose(Chosen::Available);
        let told = agents::tell(&world.stage.state, &name("ada"), &available, None).await;
        told.expect("it is written");
        world.passes(1_500).await;
        world.answers("client:ada").await;
        world.passes(8_000).await;
        world
    }

    /// Lets time pass; every console answers meanwhile.
    pub(super) async fn passes(&mut self, ms: i64) {
        let to = self.stage.now().plus(ms);
        while self.stage.now() < to {
            self.pings().await;
            let left = to.0 - self.stage.now().0;
            self.stage.passes(left.min(5_000)).await;
        }
        self.pings().await;
        self.stage.rests().await;
    }

    async fn pings(&self) {
        for (user, _) in &self.roles {
            let console = Console {
                connection: (*user).to_owned(),
                user: name(user),
                answered: self.stage.state.clock.now(),
                registered: true,
                microphone: true,
            };
            let written = self.stage.state.store.console_answered(&console).await;
            written.expect("it is written");
        }
    }

    /// Somebody's browser calls for the room; gives the leg, in the room or told why not.
    pub(super) async fn watches(&mut self, user: &str, mode: &str) -> CallSid {
        let asks = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let call = ClientCall {
            identity: user.to_owned(),
            application: application(),
            parameters: vec![asks("Watch", self.ida.as_str()), asks("Mode", mode)],
        };
        let leg = self
            .stage
            .carrier
            .with(|engine| engine.call_from_client(call));
        self.passes(8_000).await;
        leg.expect("the application answers")
    }

    fn desk(&self, user: &str) -> impl Desk + use<> {
        let role = self.roles.iter().find(|(own, _)| *own == user);
        ViewersDesk {
            state: self.stage.state.clone(),
            viewer: Some(Viewer {
                user_name: user.to_owned(),
                name: user.to_owned(),
                role: role.expect("somebody of ours").1,
            }),
            is_denied: false,
            is_from_here: false,
            visit: server::auth::Visit::default(),
        }
    }

    /// Somebody has another role from now on.
    pub(super) async fn becomes(&mut self, user: &'static str, role: Role) {
        let written = self.stage.state.store.set_role(user, role).await;
        assert!(written.expect("it is written"));
        self.roles.retain(|(own, _)| *own != user);
        self.roles.push((user, role));
    }

    pub(super) async fn clicks(&self, user: &str, mode: &str) -> Result<(), DeskError> {
        let call = self.ida.to_string();
        self.desk(user).watch_mode(call, mode.to_owned()).await
    }

    pub(super) async fn takes_over(&self, user: &str) -> Result<(), DeskError> {
        self.desk(user).take_over(self.ida.to_string()).await
    }

    pub(super) async fn asks_help(&self, user: &str, on: bool) -> Result<(), DeskError> {
        self.desk(user).ask_help(self.ida.to_string(), on).await
    }

    pub(super) async fn hangs_up_kindly(&self, user: &str) {
        let done = self.desk(user).hang_up(self.ida.to_string()).await;
        done.expect("it can be");
    }

    pub(super) async fn hangs_up(&mut self, leg: &CallSid) {
        self.stage.carrier.hang_up(leg).expect("somebody is there");
        self.stage.rests().await;
    }

    pub(super) async fn answers(&mut self, who: &str) {
        let leg = self.stage.rings_at(who).await;
        self.stage.carrier.answer(&leg).expect("it rings");
        self.stage.rests().await;
    }

    /// The live leg to or of somebody.
    pub(super) fn leg_of(&self, who: &str) -> CallSid {
        let legs = self.stage.carrier.legs().into_iter();
        let mut live = legs.filter(|leg| leg.state != LegState::Over);
        let found = live.find(|leg| leg.number == who);
        found.expect("they have a leg").sid
    }

    /// Who is in the room, as the carrier has it.
    pub(super) fn people(&self) -> Vec<ParticipantView> {
        self.stage.carrier.with(|engine| {
            let rooms = ConferenceFilter {
                name: Some(self.ida.to_string()),
                status: Some("in-progress".to_owned()),
                ..ConferenceFilter::default()
            };
            let room = engine.conferences(&rooms).pop().expect("a room");
            let all = ParticipantFilter::default();
            engine.participants(&room.sid, &all).expect("its people")
        })
    }

    pub(super) fn participant(&self, leg: &CallSid) -> ParticipantView {
        let mut people = self.people().into_iter();
        let found = people.find(|one| one.call == *leg);
        found.expect("they are in the room")
    }

    /// Whom a leg hears.
    pub(super) fn hears(&self, leg: &CallSid) -> String {
        let plan = self.stage.carrier.with(|engine| engine.sound_plan());
        let mut names: Vec<String> = plan
            .ears
            .get(leg)
            .into_iter()
            .flatten()
            .map(|sound| match sound {
                Sounding::Voice(leg) => self.name_of(leg),
                other @ (Sounding::Music
                | Sounding::Ringback
                | Sounding::Words { .. }
                | Sounding::Sound { .. }
                | Sounding::Keys { .. }
                | Sounding::Beep { .. }) => format!("{other:?}"),
            })
            .collect();
        names.sort();
        names.join("+")
    }

    pub(super) fn ada_hears(&self) -> String {
        self.hears(&self.leg_of("client:ada"))
    }

    pub(super) fn ida_hears(&self) -> String {
        self.hears(&self.ida)
    }

    fn name_of(&self, leg: &CallSid) -> String {
        let mut legs = self.stage.carrier.legs().into_iter();
        let found = legs.find(|own| own.sid == *leg).expect("a leg");
        match found.number.strip_prefix("client:") {
            Some(user) => user.to_owned(),
            None => "ida".to_owned(),
        }
    }

    pub(super) async fn doing(&self, user: &str) -> Doing {
        let console = self.desk(user).console().await;
        console.expect("a console").mine.doing
    }

    /// Somebody's own watch, as their page has it.
    pub(super) async fn watching(&self, user: &str) -> WatchView {
        let console = self.desk(user).console().await;
        let watching = console.expect("a console").mine.watching;
        watching.expect("they watch")
    }

    /// Who watches, as an agent's console tells.
    pub(super) async fn watchers_of(&self, user: &str) -> Vec<String> {
        match self.doing(user).await {
            Doing::Call(call) => call.watchers.iter().map(desk::WatcherView::text).collect(),
            other @ (Doing::Nothing | Doing::Rung(_) | Doing::WrapUp(_)) => {
                panic!("{user} is in no call: {other:?}")
            }
        }
    }

    /// Since when somebody asks for help, as the board has it.
    pub(super) async fn help_of(&self, user: &str) -> Option<i64> {
        let board = self.desk("sam").board().await.expect("a board");
        let row = board.floor.agent(user).expect("they take calls");
        row.call.as_ref()?.help_since_ms
    }

    pub(super) async fn support(&self) -> Support {
        let sid = exchange::CallSid::parse(self.ida.as_str()).expect("a SID");
        let known = self.stage.state.store.load(&sid).await;
        let (_, call) = known.expect("the database answers").expect("a call");
        call.support().expect("a support call").clone()
    }

    /// What stands in the audit about the call, in order.
    pub(super) async fn audited(&self) -> Vec<String> {
        let lines = self.stage.state.store.audited().await;
        let lines = lines.expect("the database answers").into_iter().rev();
        let about = lines.filter(|line| line.about == self.ida.as_str());
        about
            .map(|line| format!("{}: {}", line.by, line.what))
            .collect()
    }

    /// Whether what the carrier tells unasked gets lost.
    pub(super) fn loses_callbacks(&self, on: bool) {
        let mut plan = FaultPlan::default();
        if on {
            plan.per_mille.insert(Fault::LostCallback, 1_000);
        }
        self.stage.carrier.set_fault_plan(plan);
    }

    pub(super) async fn ends(self) {
        self.stage.end().await;
    }
}

/// The words of a refusal.
pub(super) fn conflict(answer: Result<(), DeskError>) -> String {
    match answer {
        Err(DeskError::Refused(words)) => words,
        other => panic!("{other:?}"),
    }
}

fn application() -> ApplicationSid {
    ApplicationSid::parse(APPLICATION).expect("a SID")
}

fn name(user: &str) -> UserName {
    UserName::parse(user).expect("a user name")
}
