//! What is told of a room: the parameters of each callback, numbered without gaps (reference B.5).

use std::collections::BTreeSet;

use twilio::CallSid;
use twilio::callback::{ConferenceEvent as Event, LeaveReason, ReasonConferenceEnded as EndReason};
use twilio::date::to_rfc2822;

use super::participant::Participant;
use super::room::{Room, Terms};
use crate::engine::Time;
use crate::engine::runner::{Params, Target};

/// Who is told how a conference goes, and what of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subscription {
    pub(crate) target: Target,
    pub(crate) events: BTreeSet<twiml::ConferenceEvent>,
}

/// A callback that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) target: Target,
    pub(crate) event: Event,
    pub(crate) params: Params,
}

/// How somebody left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leave {
    pub(crate) reason: LeaveReason,
    /// How the leg stood then.
    pub(crate) call_status: &'static str,
}

impl Room {
    /// Tells something of the room as a whole.
    pub(super) fn tell(&mut self, now: Time, event: Event, more: Params) {
        self.updated = now;
        let Some(subscription) = self.terms.wanting(&event) else {
            return;
        };
        let target = subscription.target.clone();
        let mut params = more;
        let mut put = |name: &str, value: String| params.insert(name.to_owned(), value);
        put("ConferenceSid", self.sid.to_string());
        put("FriendlyName", self.name.clone());
        put("SequenceNumber", self.next_sequence.to_string());
        put("StatusCallbackEvent", event.word().to_owned());
        put("Timestamp", to_rfc2822(now.0));
        self.next_sequence += 1;
        self.notices.push_back(Notice {
            target,
            event,
            params,
        });
    }

    /// Tells something of one participant.
    pub(super) fn tell_of(&mut self, now: Time, event: Event, of: &Participant, more: Params) {
        let mut params = more;
        params.extend(describe(of));
        self.tell(now, event, params);
    }

    pub(super) fn tell_leave(&mut self, now: Time, of: &Participant, leave: &Leave) {
        let more = Params::from([
            ("ParticipantCallStatus".into(), leave.call_status.into()),
            ("ReasonParticipantLeft".into(), leave.reason.word().into()),
        ]);
        self.tell_of(now, Event::Left, of, more);
    }

    pub(super) fn tell_end(
        &mut self,
        now: Time,
        reason: &EndReason,
        by: Option<&(CallSid, Option<String>)>,
    ) {
        let mut params = Params::from([
            ("ReasonConferenceEnded".into(), reason.word().into()),
            ("Reason".into(), in_words(reason, by)),
        ]);
        if let Some((call, label)) = by {
            params.insert("CallSidEndingConference".into(), call.to_string());
            if let Some(label) = label {
                params.insert("ParticipantLabelEndingConference".into(), label.clone());
            }
        }
        self.tell(now, Event::Ended, params);
    }
}

impl Terms {
    /// Who is told of such an event, if anybody is.
    fn wanting(&self, event: &Event) -> Option<&Subscription> {
        let subscription = self.subscription.as_ref()?;
        let word = subscribed_word(event)?;
        subscription.events.contains(&word).then_some(subscription)
    }
}

const fn subscribed_word(event: &Event) -> Option<twiml::ConferenceEvent> {
    use twiml::ConferenceEvent as Word;
    match event {
        Event::Started => Some(Word::Start),
        Event::Ended => Some(Word::End),
        Event::Joined => Some(Word::Join),
        Event::Left => Some(Word::Leave),
        Event::Muted | Event::Unmuted => Some(Word::Mute),
        Event::Held | Event::Unheld => Some(Word::Hold),
        Event::Modified => Some(Word::Modify),
        Event::SpeechStarted | Event::SpeechStopped => Some(Word::Speaker),
        Event::AnnouncementEnded | Event::AnnouncementFailed => Some(Word::Announcement),
        Event::RecordingEnded | Event::Other(_) => None,
    }
}

fn describe(of: &Participant) -> Params {
    let mut params = Params::from([("CallSid".into(), of.call.to_string())]);
    for (name, is_so) in [
        ("Muted", of.is_muted),
        ("Hold", of.is_held()),
        ("Coaching", of.coached().is_some()),
        ("EndConferenceOnExit", of.ends_on_exit),
        ("StartConferenceOnEnter", of.starts_on_enter),
    ] {
        params.insert(name.into(), is_so.to_string());
    }
    if let Some(label) = &of.label {
        params.insert("ParticipantLabel".into(), label.clone());
    }
    params
}

fn in_words(reason: &EndReason, by: Option<&(CallSid, Option<String>)>) -> String {
    let who = match by {
        Some((_, Some(label))) => format!("The participant {label}"),
        Some((call, None)) => format!("The participant {call}"),
        None => "A participant".to_owned(),
    };
    match reason {
        EndReason::ViaApi => "The conference was ended by a request to the API".to_owned(),
        EndReason::EndingParticipantLeft => {
            format!("{who}, who ends the conference on exit, left")
        }
        EndReason::EndingParticipantKicked => {
            format!("{who}, who ends the conference on exit, was removed")
        }
        EndReason::LastParticipantKicked => format!("{who} was removed as the last one"),
        EndReason::LastParticipantLeft => format!("{who} left as the last one"),
        EndReason::Other(word) => word.clone(),
    }
}
