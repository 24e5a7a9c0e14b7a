//! The engine: everything that happens on the carrier's side of a call, without any input or output.
//!
//! **After every call of a method that changes it, drain [`Engine::poll`] until it says nothing.**
//! The loop around it: make the requests it asks for and bring their answers with
//! [`Engine::answered`]; when nothing is under way, move time on to [`Engine::next_due`] with
//! [`Engine::advance_to`].
//!
//! ```
//! use carrier::engine::{Answer, Engine, Number, Output, PlaceCall, Settings};
//! use twilio::AccountSid;
//!
//! let account = AccountSid::parse("AC00000000000000000000000000000000")?;
//! let mut settings = Settings::new(account);
//! settings.numbers.push(serde_json::from_str::<Number>(
//!     r#"{ "phone": "+12025550100", "voice_url": "https://app.example/voice" }"#,
//! )?);
//! let mut engine = Engine::new(settings, 1);
//!
//! let call = engine.place_call(PlaceCall {
//!     from: "+13125550142".to_owned(),
//!     to: "+12025550100".to_owned(),
//!     ..PlaceCall::default()
//! })?;
//! while let Some(output) = engine.poll() {
//!     if let Output::Request(request) = output {
//!         engine.answered(
//!             request.id,
//!             Answer::Http {
//!                 status: 200,
//!                 content_type: Some("text/xml".to_owned()),
//!                 body: b"<Response><Say>Hello.</Say></Response>".to_vec(),
//!                 url: request.url,
//!             },
//!         );
//!     }
//! }
//! while let Some(due) = engine.next_due() {
//!     engine.advance_to(due);
//! }
//!
//! assert_eq!(engine.call(&call).map(|call| call.status).as_deref(), Some("completed"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Inside, a `Leg` is one connection to one party. What it obeys is a `Runner` with a document; the verb in progress
//! is the runner's `Doing`. A leg has two runners: the call's own document, and one beside it for what is heard while
//! the call waits somewhere. What one leg's change means for another is put on an agenda and done when the first is
//! finished, so that no method calls itself through another leg.
//!
//! Browsers are told of their calls by [`Output::Client`]; what is to be heard by whom is [`Engine::sound_plan`], to be
//! asked for again whenever [`Engine::sound_revision`] went up.

mod agenda;
mod application;
mod awaited;
mod call;
mod callbacks;
mod calls;
mod client;
mod conference;
mod control;
mod create;
mod document;
mod draft;
mod ids;
mod leg;
mod legs;
mod log;
mod numbers;
mod params;
mod past;
mod phones;
mod queue;
mod reading;
mod recording;
mod requests;
mod runner;
mod settings;
mod sound;
mod time;
mod timers;
mod update;
mod url;
mod verbs;
mod views;
mod wire;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use twilio::CallSid;

pub use awaited::WaitsFor;
pub use client::{ClientCall, ClientOrder};
pub use conference::{
    ConferenceFilter, ConferenceView, CreateParticipant, Ear, EarSound, ParticipantFilter,
    ParticipantView, UpdateConference, UpdateParticipant,
};
pub use ids::{ConferenceSid, NumberSid, QueueSid, RecordingSid};
pub use log::{LogEntry, Noted};
pub use queue::{MemberView, QueueView};
pub use recording::{
    CreateRecording, PauseBehavior, RecordingFilter, RecordingView, UpdateRecording,
};
pub use settings::{Application, Habit, Number, Options, PhoneFaults, Settings, Standing};
pub use sound::{SoundPlan, Sounding, TapePlan};
pub use time::Time;
pub use views::{
    CallFilter, CallView, CreateCall, LegRole, LegState, LegView, Place, PlaceCall,
    UpdateApplication, UpdateCall, UpdateNumber,
};
pub use wire::{Answer, ControlError, Output, Request, RequestId, RequestKind, RestError};

use agenda::Task;
use conference::{Announcements, Rooms};
pub(crate) use ids::Ids;
use leg::Leg;
use past::Past;
use queue::Lines;
use recording::Tapes;
use requests::Pending;
use runner::{Runner, Slot};
use timers::Due;

use crate::timers::{TimerKey, Timers};

/// The carrier: its account, its calls and its clock.
#[derive(Debug)]
pub struct Engine {
    settings: Settings,
    ids: Ids,
    now: Time,
    legs: BTreeMap<CallSid, Leg>,
    legs_made: u64,
    timers: Timers<Due>,
    agenda: VecDeque<Task>,
    outputs: VecDeque<Output>,
    changed: BTreeSet<CallSid>,
    /// Goes up with everything that may change what is heard.
    changes_made: u64,
    pending: BTreeMap<RequestId, Pending>,
    requests_made: u64,
    phones: BTreeMap<String, Habit>,
    clients: BTreeSet<String>,
    /// When the next call by REST may be made.
    next_turn: Time,
    rooms: Rooms,
    announcements: Announcements,
    queues: Lines,
    tapes: Tapes,
    past: Past,
    /// Legs whose words are being carried through a room.
    voices: BTreeSet<CallSid>,
    /// Until when somebody in a room is heard to speak.
    speaking: BTreeMap<CallSid, TimerKey>,
}

impl Engine {
    /// An account at rest, at the beginning of time. The seed decides every SID and all chance.
    #[must_use]
    pub fn new(settings: Settings, seed: u64) -> Self {
        let mut engine = Self {
            settings,
            ids: Ids::from_seed(seed),
            now: Time::default(),
            legs: BTreeMap::new(),
            legs_made: 0,
            timers: Timers::default(),
            agenda: VecDeque::new(),
            outputs: VecDeque::new(),
            changed: BTreeSet::new(),
            changes_made: 0,
            pending: BTreeMap::new(),
            requests_made: 0,
            phones: BTreeMap::new(),
            clients: BTreeSet::new(),
            next_turn: Time::default(),
            rooms: Rooms::default(),
            announcements: Announcements::default(),
            queues: Lines::default(),
            tapes: Tapes::default(),
            past: Past::default(),
            voices: BTreeSet::new(),
            speaking: BTreeMap::new(),
        };
        engine.name_numbers();
        engine
    }

    /// The time it was told last.
    #[must_use]
    pub const fn now(&self) -> Time {
        self.now
    }

    /// Moves time on, doing on the way what falls due, in order. Time never goes back.
    pub fn advance_to(&mut self, to: Time) {
        while let Some((at, due)) = self.timers.pop(to) {
            self.now = self.now.max(at);
            self.fall_due(due);
            self.settle();
        }
        self.now = self.now.max(to);
    }

    /// When something falls due next, if anything does.
    #[must_use]
    pub fn next_due(&self) -> Option<Time> {
        self.timers.next()
    }

    /// What is wanted outside, one thing at a time.
    pub fn poll(&mut self) -> Option<Output> {
        self.outputs
            .pop_front()
            .or_else(|| self.changed.pop_first().map(Output::Changed))
    }

    /// Whether no request is under way.
    #[must_use]
    pub fn at_rest(&self) -> bool {
        self.pending.is_empty()
    }

    /// What happened on a leg, from its beginning; nothing for one that does not exist or is forgotten.
    #[must_use]
    pub fn log(&self, leg: &CallSid) -> &[LogEntry] {
        self.legs.get(leg).map_or(&[], |leg| &leg.log)
    }

    fn leg(&self, sid: &CallSid) -> Option<&Leg> {
        self.legs.get(sid)
    }

    fn leg_mut(&mut self, sid: &CallSid) -> Option<&mut Leg> {
        self.legs.get_mut(sid)
    }

    fn runner_mut(&mut self, sid: &CallSid, slot: Slot) -> Option<&mut Runner> {
        self.legs.get_mut(sid)?.runner_mut(slot)
    }

    fn note(&mut self, sid: &CallSid, what: Noted) {
        let at = self.now;
        if let Some(leg) = self.legs.get_mut(sid) {
            leg.updated = at;
            leg.log.push(LogEntry { at, what });
            self.changed.insert(sid.clone());
        }
    }

    fn trouble(&mut self, sid: &CallSid, code: u32, text: impl Into<String>) {
        self.note(
            sid,
            Noted::Trouble {
                code,
                text: text.into(),
            },
        );
    }
}
