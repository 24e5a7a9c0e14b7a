//! Conference status callbacks (reference B.5).
//!
//! They carry neither `From` nor `To` nor `CallStatus`: the leg is looked up by its identifier.

use crate::field::{MissingSid, date_ms, filled, needed_sid, number, or_dash, sid, text, truth};
use crate::form::Form;
use crate::sid::{AccountSid, CallSid, ConferenceSid};
use crate::status::CallStatus;
use crate::words::words;

words! {
    /// What happened in a conference.
    pub enum ConferenceEvent {
        /// The conference began: somebody entered who may start it, and somebody else was there.
        Started = "conference-start",
        /// The conference ended.
        Ended = "conference-end",
        /// A participant entered.
        Joined = "participant-join",
        /// A participant left, or was never reached.
        Left = "participant-leave",
        /// A participant was muted.
        Muted = "participant-mute",
        /// A participant is no more muted.
        Unmuted = "participant-unmute",
        /// A participant was put on hold.
        Held = "participant-hold",
        /// A participant was taken off hold.
        Unheld = "participant-unhold",
        /// A participant's settings changed.
        Modified = "participant-modify",
        /// A participant began to speak.
        SpeechStarted = "participant-speech-start",
        /// A participant stopped speaking.
        SpeechStopped = "participant-speech-stop",
        /// An announcement is over.
        AnnouncementEnded = "announcement-end",
        /// An announcement could not be played.
        AnnouncementFailed = "announcement-fail",
        /// The recording of the conference is ready: sent under another name, and only without a recording callback.
        RecordingEnded = "conference-record-end",
    }
}

words! {
    /// Why a conference ended (in notices and in the REST resource).
    pub enum ReasonConferenceEnded {
        /// REST ended it.
        ViaApi = "conference-ended-via-api",
        /// A participant left whose leaving ends it.
        EndingParticipantLeft = "participant-with-end-conference-on-exit-left",
        /// A participant was removed whose leaving ends it.
        EndingParticipantKicked = "participant-with-end-conference-on-exit-kicked",
        /// The last participant was removed.
        LastParticipantKicked = "last-participant-kicked",
        /// The last participant left.
        LastParticipantLeft = "last-participant-left",
    }
}

words! {
    /// Why a participant left. Unlike other words of notices these have underscores.
    pub enum LeaveReason {
        /// REST ended the conference.
        ConferenceEndedViaApi = "conference_ended_via_api",
        /// A participant left whose leaving ends the conference.
        ModeratorEndedConference = "moderator_ended_conference",
        /// REST removed the participant or moved the leg away.
        UpdatedViaApi = "participant_updated_via_api",
        /// The participant hung up.
        HungUp = "participant_hung_up",
        /// The participant was dialled by REST and never entered; there was no notice of entering.
        AddFailed = "participant_add_failed",
    }
}

/// One notice about a conference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConferenceCallback {
    /// The conference.
    pub conference_sid: ConferenceSid,
    /// Its name.
    pub friendly_name: Option<String>,
    /// The account that owns it.
    pub account_sid: Option<AccountSid>,
    /// The place of the notice among those of the conference. Where the count begins is not sure; the order is.
    pub sequence_number: Option<u32>,
    /// When it happened, in milliseconds since 1970 UTC, to the second.
    pub timestamp_ms: Option<i64>,
    /// What happened.
    pub event: ConferenceEvent,
    /// Of whom the notice tells, if of one participant.
    pub participant: Option<ParticipantState>,
    /// How the conference ended, in the notice of its end.
    pub end: Option<ConferenceEnd>,
    /// What was announced, in a notice of an announcement.
    pub announcement: Option<Announcement>,
    /// Every parameter, as sent.
    pub rest: Form,
}

/// A participant as a notice shows it; a setting that was not told is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParticipantState {
    /// The leg.
    pub call_sid: CallSid,
    /// The name it was given.
    pub label: Option<String>,
    /// Whether it is muted.
    pub muted: Option<bool>,
    /// Whether it is on hold.
    pub hold: Option<bool>,
    /// Whether it speaks to one other participant alone.
    pub coaching: Option<bool>,
    /// Whether its leaving ends the conference.
    pub end_conference_on_exit: Option<bool>,
    /// Whether its entering starts the conference.
    pub start_conference_on_enter: Option<bool>,
    /// How its leg stood when it left.
    pub call_status: Option<CallStatus>,
    /// Why it left.
    pub left: Option<LeaveReason>,
}

/// How a conference ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConferenceEnd {
    /// Why.
    pub reason: ReasonConferenceEnded,
    /// Why, in Twilio's words.
    pub text: Option<String>,
    /// The leg whose leaving ended it.
    pub call_sid: Option<CallSid>,
    /// The name of that participant.
    pub label: Option<String>,
}

/// What was announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// The address of what was to be played.
    pub url: Option<String>,
    /// Why it was not.
    pub failure: Option<String>,
}

impl ConferenceCallback {
    /// Reads the parameters of a notice.
    ///
    /// # Errors
    /// When `ConferenceSid` is absent or unreadable.
    pub fn parse(form: &Form) -> Result<Self, MissingSid> {
        let event = filled(form, "StatusCallbackEvent").or_else(|| filled(form, "EventName"));
        let event = ConferenceEvent::parse(event.unwrap_or_default());
        Ok(Self {
            conference_sid: needed_sid(form, "ConferenceSid")?,
            friendly_name: text(form, "FriendlyName"),
            account_sid: sid(form, "AccountSid"),
            sequence_number: number(form, "SequenceNumber"),
            timestamp_ms: date_ms(form, "Timestamp"),
            participant: sid(form, "CallSid").map(|call_sid| participant(form, call_sid)),
            end: filled(form, "ReasonConferenceEnded").map(|reason| ConferenceEnd {
                reason: ReasonConferenceEnded::parse(reason),
                text: text(form, "Reason"),
                call_sid: sid(form, "CallSidEndingConference"),
                label: text(form, "ParticipantLabelEndingConference"),
            }),
            announcement: announcement(form, &event),
            event,
            rest: form.clone(),
        })
    }

    /// What every delivery of this notice has in common and no other notice has: the conference, what happened, to
    /// whom, and the notice's place among those of the conference, or its time where the place is missing.
    #[must_use]
    pub fn identity(&self) -> String {
        let whom = or_dash(self.participant.as_ref().map(|of| &of.call_sid));
        let place = match self.sequence_number {
            Some(number) => number.to_string(),
            None => format!("at {}", or_dash(self.timestamp_ms.as_ref())),
        };
        format!("{} {} {whom} {place}", self.conference_sid, self.event)
    }
}

fn participant(form: &Form, call_sid: CallSid) -> ParticipantState {
    ParticipantState {
        call_sid,
        label: text(form, "ParticipantLabel"),
        muted: truth(form, "Muted"),
        hold: truth(form, "Hold"),
        coaching: truth(form, "Coaching"),
        end_conference_on_exit: truth(form, "EndConferenceOnExit"),
        start_conference_on_enter: truth(form, "StartConferenceOnEnter"),
        call_status: filled(form, "ParticipantCallStatus").map(CallStatus::parse),
        left: filled(form, "ReasonParticipantLeft").map(LeaveReason::parse),
    }
}

fn announcement(form: &Form, event: &ConferenceEvent) -> Option<Announcement> {
    let announced = Announcement {
        url: text(form, "AnnounceUrl"),
        failure: text(form, "ReasonAnnouncementFailed"),
    };
    let is_of_one = [
        ConferenceEvent::AnnouncementEnded,
        ConferenceEvent::AnnouncementFailed,
    ]
    .contains(event);
    is_of_one.then_some(announced)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: &str = "ConferenceSid=CF00000000000000000000000000000001";

    fn notice(more: &str) -> ConferenceCallback {
        ConferenceCallback::parse(&Form::parse(format!("{ROOM}&{more}").as_bytes())).unwrap()
    }

    #[test]
    fn a_participant_who_enters_is_read_with_its_settings() {
        let entered = notice(
            "FriendlyName=room&SequenceNumber=3&Timestamp=Fri%2C+20+Nov+2026+04%3A30%3A00+%2B0000&StatusCallbackEvent=participant-join\
             &CallSid=CA00000000000000000000000000000001&Muted=false&Hold=false&Coaching=false&EndConferenceOnExit=true\
             &StartConferenceOnEnter=true&ParticipantLabel=customer",
        );

        let participant = entered.participant.as_ref().unwrap();
        assert_eq!(entered.event, ConferenceEvent::Joined);
        assert_eq!(entered.friendly_name.as_deref(), Some("room"));
        assert_eq!(entered.timestamp_ms, Some(1_795_149_000_000));
        assert_eq!(participant.label.as_deref(), Some("customer"));
        assert_eq!(
            (participant.muted, participant.end_conference_on_exit),
            (Some(false), Some(true))
        );
        assert_eq!((&participant.left, &entered.end), (&None, &None));
    }

    #[test]
    fn a_participant_who_was_never_reached_leaves() {
        let left = notice(
            "StatusCallbackEvent=participant-leave&CallSid=CA00000000000000000000000000000001&ParticipantCallStatus=no-answer\
             &ReasonParticipantLeft=participant_add_failed",
        );

        let participant = left.participant.unwrap();
        assert_eq!(participant.left, Some(LeaveReason::AddFailed));
        assert_eq!(participant.call_status, Some(CallStatus::NoAnswer));
    }

    #[test]
    fn the_end_says_whose_leaving_ended_it() {
        let end = notice(
            "StatusCallbackEvent=conference-end&ReasonConferenceEnded=participant-with-end-conference-on-exit-left\
             &CallSidEndingConference=CA00000000000000000000000000000001&ParticipantLabelEndingConference=customer&Reason=Left",
        );

        assert_eq!(
            (&end.event, &end.participant),
            (&ConferenceEvent::Ended, &None)
        );
        let end = end.end.unwrap();
        assert_eq!(end.reason, ReasonConferenceEnded::EndingParticipantLeft);
        assert_eq!(
            (end.text.as_deref(), end.label.as_deref()),
            (Some("Left"), Some("customer"))
        );
    }

    #[test]
    fn an_announcement_may_fail() {
        let failed = notice(
            "StatusCallbackEvent=announcement-fail&AnnounceUrl=https%3A%2F%2Fdesk.example%2Fa&ReasonAnnouncementFailed=broken",
        );

        let announcement = failed.announcement.unwrap();
        assert_eq!(announcement.url.as_deref(), Some("https://desk.example/a"));
        assert_eq!(announcement.failure.as_deref(), Some("broken"));
    }

    #[test]
    fn the_old_notice_of_a_recording_has_its_event_under_another_name() {
        assert_eq!(
            notice("EventName=conference-record-end").event,
            ConferenceEvent::RecordingEnded
        );
    }

    #[test]
    fn repeated_deliveries_have_one_identity_and_other_notices_another() {
        let once = notice("StatusCallbackEvent=participant-mute&SequenceNumber=1&Muted=true");
        let again = notice("SequenceNumber=1&StatusCallbackEvent=participant-mute");

        assert_eq!(once.identity(), again.identity());
        for other in [
            "StatusCallbackEvent=participant-mute&SequenceNumber=2",
            "StatusCallbackEvent=participant-unmute&SequenceNumber=1",
            "StatusCallbackEvent=participant-mute",
            "StatusCallbackEvent=participant-mute&SequenceNumber=1&CallSid=CA00000000000000000000000000000001",
        ] {
            assert_ne!(notice(other).identity(), once.identity(), "{other}");
        }
    }

    #[test]
    fn a_notice_about_no_conference_is_an_error() {
        assert_eq!(
            ConferenceCallback::parse(&Form::parse(b"StatusCallbackEvent=conference-end")),
            Err(MissingSid {
                name: "ConferenceSid"
            })
        );
    }
}
