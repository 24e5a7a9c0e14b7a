//! Callers of a support line, an agent who answers, and looks behind the desk.

use desk::Role;
use exchange::{
    AgentEvent, CallSid, Chosen, Command, Event, Hours, LineKind, PlanRows, Support, SupportEvent,
    SupportLine, UserName,
};
use server::door::{self, Answered, Knock};
use server::{agents, dispatcher};
use store::{Console, NewPerson, Request};

use crate::world::{PUBLIC, Reply, World, call};

/// The tutorial's entry.
pub(crate) const CLIENT: &str = "/conference/connect/client";

/// What every URL of ours ends with, as it stands in a document.
pub(crate) const OVERRIDES: &str = "#rc=5&amp;rp=ct,rt,5xx";

/// The parameters of a webhook of somebody who calls the support line.
pub(crate) fn caller<'a>(sid: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![("To", "+12025550104")];
    all.extend(more);
    call(sid, &all)
}

/// The parameters of a webhook of an agent's leg.
pub(crate) fn leg<'a>(sid: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("From", "+12025550104"),
        ("To", "client:ada"),
        ("Direction", "outbound-api"),
    ];
    all.extend(more);
    call(sid, &all)
}

/// A step of a call, as a path.
pub(crate) fn path(sid: &str, step: &str) -> String {
    format!("/conference/{sid}/{step}")
}

/// A room as a document enters it.
pub(crate) fn room(sid: &str, starts: bool, ends: bool, wait: &str, then: &str) -> String {
    let wait = if wait.is_empty() {
        String::new()
    } else {
        format!("{PUBLIC}{wait}{OVERRIDES}")
    };
    format!(
        "<Dial action=\"{PUBLIC}{then}{OVERRIDES}\">\
         <Conference beep=\"false\" startConferenceOnEnter=\"{starts}\" endConferenceOnExit=\"{ends}\" \
         waitUrl=\"{wait}\" statusCallbackEvent=\"start end join leave hold modify\" \
         statusCallback=\"{PUBLIC}/twilio/conference-status{OVERRIDES}\">{sid}</Conference></Dial>"
    )
}

/// The room as its caller enters it.
pub(crate) fn callers_room(sid: &str) -> String {
    room(sid, false, true, "/conference/wait", &path(sid, "left"))
}

/// The room as an agent enters it.
pub(crate) fn agents_room(sid: &str, ends: bool) -> String {
    room(sid, true, ends, "", &path(sid, "agent-left"))
}

pub(crate) fn says(words: &str) -> String {
    format!("<Say voice=\"Polly.Joanna-Neural\" language=\"en-US\">{words}</Say>")
}

/// Music, and where it leads.
pub(crate) fn music(then: &str) -> String {
    format!(
        "<Play>{PUBLIC}/sounds/wait.wav{OVERRIDES}</Play>\
         <Redirect>{PUBLIC}{then}{OVERRIDES}</Redirect>"
    )
}

/// The seeds with another setting of the support line.
pub(crate) fn support_line(change: impl FnOnce(&mut SupportLine)) -> impl FnOnce(&mut PlanRows) {
    |rows| {
        let mut lines = rows.lines.iter_mut();
        let settings = lines.find_map(|line| match &mut line.kind {
            LineKind::Support(settings) => Some(settings),
            LineKind::Forward { .. } | LineKind::Menu { .. } | LineKind::Conference(_) => None,
        });
        change(settings.expect("the seeds have a support line"));
    }
}

/// The seeds with a support line that keeps these hours.
pub(crate) fn support_hours(hours: Hours) -> impl FnOnce(&mut PlanRows) {
    |rows| {
        let line = rows
            .lines
            .iter_mut()
            .find(|line| line.id.as_str() == "support");
        line.expect("the seeds have a support line").hours = Some(hours);
    }
}

pub(crate) fn user(name: &str) -> UserName {
    UserName::parse(name).expect("a user name")
}

impl Reply {
    /// The document is this one and nothing else.
    #[track_caller]
    pub(crate) fn is(&self, parts: &[&str]) {
        self.is_twiml();
        let parts = parts.concat();
        let whole =
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>{parts}</Response>");
        assert_eq!(self.body, whole);
    }
}

impl World {
    /// Ada works here, is at her console and takes calls.
    pub(crate) async fn ada_is_ready(&self) {
        let ada = user("ada");
        let person = NewPerson {
            user_name: "ada".to_owned(),
            name: "Ada".to_owned(),
            role: Role::Agent,
            password_hash: "none".to_owned(),
        };
        let now = self.clock.now();
        let store = &self.state.store;
        assert!(
            store
                .add_person(&person, now)
                .await
                .expect("the database answers")
        );
        self.ada_answers().await;
        let available = AgentEvent::Chose(Chosen::Available);
        agents::tell(&self.state, &ada, &available, None)
            .await
            .expect("the database answers");
    }

    /// Ada's console answers a ping.
    pub(crate) async fn ada_answers(&self) {
        let console = Console {
            connection: "one".to_owned(),
            user: user("ada"),
            answered: self.clock.now(),
            registered: true,
            microphone: true,
        };
        let store = &self.state.store;
        store
            .console_answered(&console)
            .await
            .expect("the database answers");
    }

    /// Callers are offered to whoever is free.
    pub(crate) async fn looks(&self) {
        dispatcher::look(&self.state)
            .await
            .expect("the database answers");
    }

    /// Cleo calls, and Ada is in her room by the leg.
    pub(crate) async fn talks(&self, cleo: &str, with: &str) {
        self.ada_is_ready().await;
        self.post(CLIENT, &caller(cleo, &[])).await;
        self.looks().await;
        let joined = self
            .post(&path(cleo, "connect/ada?offer=1"), &leg(with, &[]))
            .await;
        joined.is(&[&agents_room(cleo, false)]);
    }

    /// Ada clicks.
    pub(crate) async fn ada_wants(&self, sid: &str, what: Command) {
        let sid = CallSid::parse(sid).expect("a SID");
        let knock = Knock {
            sid: &sid,
            identity: None,
            name: "A click",
            request: Request::default(),
            settles: None,
        };
        let event = Event::Support(SupportEvent::Command {
            by: user("ada"),
            what,
        });
        let answered = door::enter(&self.state, knock, event, |_| None)
            .await
            .expect("the database answers");
        assert!(matches!(answered, Answered::Decided(None)));
    }

    pub(crate) async fn db_support(&self, sid: &str) -> Support {
        let sid = CallSid::parse(sid).expect("a SID");
        let (_, call) = self
            .state
            .store
            .load(&sid)
            .await
            .expect("the database answers")
            .expect("the call was written down");
        call.support().expect("a support call").clone()
    }

    /// How many steps a call's journal tells.
    pub(crate) async fn db_steps(&self, sid: &str) -> usize {
        self.db_story(sid)
            .await
            .expect("the call was written down")
            .entries
            .len()
    }
}
