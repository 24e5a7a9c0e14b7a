//! The request that changes a participant (reference E.3, E.7 UpdateParticipant; G).

use crate::rest::choices::WebMethod;
use crate::rest::parameters::parameters;
use crate::sid::CallSid;

parameters! {
    optional
    /// What is to become of a participant. Removing one is [`delete_participant`](crate::rest::Client::delete_participant).
    pub struct UpdateParticipant {
        /// Whether it is muted.
        muted: bool => "Muted",
        /// Whether it is on hold: it neither hears the others nor is heard.
        hold: bool => "Hold",
        /// The address of what it hears on hold.
        hold_url: &str => "HoldUrl",
        /// How it is asked: with GET, unlike everything else, without this.
        hold_method: WebMethod => "HoldMethod",
        /// The address of something that this participant alone is to hear.
        announce_url: &str => "AnnounceUrl",
        /// How it is asked.
        announce_method: WebMethod => "AnnounceMethod",
        /// The address of what it hears until the conference begins.
        wait_url: &str => "WaitUrl",
        /// How it is asked.
        wait_method: WebMethod => "WaitMethod",
        /// Whether its leaving makes the conference beep.
        beep_on_exit: bool => "BeepOnExit",
        /// Whether its leaving ends the conference. To be set before the one leaves whose leaving must not (reference G.1).
        end_conference_on_exit: bool => "EndConferenceOnExit",
        /// Whether it speaks to one other participant alone.
        coaching: bool => "Coaching",
        /// That other participant; naming one begins the coaching.
        call_sid_to_coach: &CallSid => "CallSidToCoach",
    }
}
