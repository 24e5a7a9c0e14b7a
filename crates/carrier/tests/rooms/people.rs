//! People who come into rooms, and what is seen of the rooms they are in.

use carrier::engine::{
    ConferenceFilter, ConferenceSid, ConferenceView, CreateParticipant, Noted, ParticipantFilter,
    ParticipantView, UpdateParticipant,
};
use twilio::CallSid;
use twiml::{Conference, ConferenceEvent, Dial, Response};

use super::support::{APP, OURS, World};

pub(crate) const ADA: &str = "+13125550101";
pub(crate) const BEN: &str = "+13125550102";
pub(crate) const CLEO: &str = "+13125550103";

/// The room `desk`, of which everything is told to `/events`.
pub(crate) fn desk() -> Conference {
    Conference::new("desk")
        .status_callback("/events")
        .status_callback_event(ConferenceEvent::ALL.iter().copied())
}

impl World {
    /// Somebody calls and is put into a room; when that is over, the call is.
    pub(crate) fn enters(&mut self, from: &str, conference: Conference) -> CallSid {
        self.dials(from, Dial::new(conference))
    }

    /// Somebody calls and is put into a room, after which `/after` goes on.
    pub(crate) fn enters_for_a_while(&mut self, from: &str, conference: Conference) -> CallSid {
        self.dials(from, Dial::new(conference).action("/after"))
    }

    pub(crate) fn dials(&mut self, from: &str, dial: Dial) -> CallSid {
        self.page("/voice", Response::new().dial(dial));
        self.rings_from(from)
    }

    /// Two people in the room `desk`, which has started.
    pub(crate) fn two_at_the_desk(&mut self) -> (ConferenceSid, CallSid, CallSid) {
        let ada = self.enters(ADA, desk().participant_label("ada"));
        let ben = self.enters(BEN, desk().participant_label("ben"));
        (self.room().sid, ada, ben)
    }

    /// The latest conference.
    pub(crate) fn room(&self) -> ConferenceView {
        let rooms = self.engine.conferences(&ConferenceFilter::default());
        rooms.into_iter().next().expect("somebody entered a room")
    }

    pub(crate) fn people(&self, room: &ConferenceSid) -> Vec<ParticipantView> {
        let all = ParticipantFilter::default();
        self.engine
            .participants(room, &all)
            .expect("the room exists")
    }

    pub(crate) fn update(
        &mut self,
        room: &ConferenceSid,
        who: &CallSid,
        change: impl FnOnce(&mut UpdateParticipant),
    ) -> ParticipantView {
        let mut update = UpdateParticipant::default();
        change(&mut update);
        let view = self
            .engine
            .update_participant(room, who.as_str(), &update)
            .expect("the participant is there");
        self.work();
        view
    }

    pub(crate) fn mute(&mut self, room: &ConferenceSid, who: &CallSid, muted: bool) {
        self.update(room, who, |update| update.muted = Some(muted));
    }

    pub(crate) fn hold(&mut self, room: &ConferenceSid, who: &CallSid, hold: bool) {
        self.update(room, who, |update| update.hold = Some(hold));
    }

    pub(crate) fn remove(&mut self, room: &ConferenceSid, who: &CallSid) {
        self.engine
            .delete_participant(room, who.as_str())
            .expect("the participant is there");
        self.work();
    }

    /// Somebody is dialled for a room by REST.
    pub(crate) fn adds(&mut self, room: &str, create: &CreateParticipant) -> CallSid {
        let view = self
            .engine
            .create_participant(room, create)
            .expect("the participant can be dialled");
        self.work();
        view.call
    }

    /// What was told of rooms, in order: each with the label or the SID of whom it is about.
    pub(crate) fn events(&self) -> Vec<String> {
        let told = self.to("/events").into_iter();
        told.map(|request| {
            let value = |name: &str| request.params.get(name).unwrap_or_default().to_owned();
            let event = value("StatusCallbackEvent");
            let label = value("ParticipantLabel");
            format!("{event} {label}").trim().to_owned()
        })
        .collect()
    }

    /// A parameter of the last notice of that event; `-` where it was not sent.
    pub(crate) fn told_with(&self, event: &str, name: &str) -> String {
        let mut notices = self.to("/events").into_iter().rev();
        let notice = notices.find(|one| one.params.get("StatusCallbackEvent") == Some(event));
        let notice = notice.unwrap_or_else(|| panic!("{event} was not told: {:?}", self.events()));
        notice.params.get(name).unwrap_or("-").to_owned()
    }

    /// What was played to a leg.
    pub(crate) fn played(&self, leg: &CallSid) -> Vec<String> {
        let log = self.engine.log(leg).iter();
        log.filter_map(|entry| {
            if let Noted::Played { what } = &entry.what {
                Some(what.clone())
            } else {
                None
            }
        })
        .collect()
    }
}

/// Somebody outside who is to be dialled from our number.
pub(crate) fn somebody(to: &str) -> CreateParticipant {
    CreateParticipant {
        to: to.to_owned(),
        from: OURS.to_owned(),
        ..CreateParticipant::default()
    }
}

pub(crate) fn app(path: &str) -> String {
    format!("{APP}{path}")
}
