//! Notices of answering machine detection that did not wait for it (reference B.7).

use crate::field::{MissingSid, filled, needed_sid, number, sid};
use crate::form::Form;
use crate::sid::{AccountSid, CallSid};
use crate::words::words;

words! {
    /// Who or what answered a leg.
    pub enum AnsweredBy {
        /// A person.
        Human = "human",
        /// A machine, whose greeting has begun.
        MachineStart = "machine_start",
        /// A machine, whose greeting ended with a beep.
        MachineEndBeep = "machine_end_beep",
        /// A machine, whose greeting ended in silence.
        MachineEndSilence = "machine_end_silence",
        /// A machine, whose greeting ended otherwise.
        MachineEndOther = "machine_end_other",
        /// A fax machine.
        Fax = "fax",
        /// It could not be told in time.
        Unknown = "unknown",
    }
}

impl AnsweredBy {
    /// Whether a machine or a fax answered.
    #[must_use]
    pub fn is_machine(&self) -> bool {
        match self {
            Self::MachineStart
            | Self::MachineEndBeep
            | Self::MachineEndSilence
            | Self::MachineEndOther
            | Self::Fax => true,
            Self::Human | Self::Unknown | Self::Other(_) => false,
        }
    }
}

/// The notice of who answered a leg: `AsyncAmdStatusCallback` and `AmdStatusCallback`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineCallback {
    /// The leg.
    pub call_sid: CallSid,
    /// The account that owns the leg.
    pub account_sid: Option<AccountSid>,
    /// What answered.
    pub answered_by: AnsweredBy,
    /// How long it took to tell, in milliseconds.
    pub detection_ms: Option<u32>,
    /// Every parameter, as sent.
    pub rest: Form,
}

impl MachineCallback {
    /// Reads the parameters of a notice.
    ///
    /// # Errors
    /// When `CallSid` is absent or unreadable.
    pub fn parse(form: &Form) -> Result<Self, MissingSid> {
        Ok(Self {
            call_sid: needed_sid(form, "CallSid")?,
            account_sid: sid(form, "AccountSid"),
            answered_by: AnsweredBy::parse(filled(form, "AnsweredBy").unwrap_or_default()),
            detection_ms: number(form, "MachineDetectionDuration"),
            rest: form.clone(),
        })
    }

    /// What every delivery of this notice has in common: the leg and what answered; a leg is judged once.
    #[must_use]
    pub fn identity(&self) -> String {
        format!("{} answered-by {}", self.call_sid, self.answered_by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notice_says_who_answered_and_how_long_it_took() {
        let body = b"CallSid=CA00000000000000000000000000000001&AnsweredBy=machine_end_beep&MachineDetectionDuration=3200\
            &AccountSid=AC00000000000000000000000000000001";

        let notice = MachineCallback::parse(&Form::parse(body)).unwrap();

        assert_eq!(notice.answered_by, AnsweredBy::MachineEndBeep);
        assert!(notice.answered_by.is_machine());
        assert_eq!(notice.detection_ms, Some(3200));
        assert_eq!(
            notice.identity(),
            "CA00000000000000000000000000000001 answered-by machine_end_beep"
        );
    }

    #[test]
    fn a_notice_about_no_call_is_an_error() {
        assert_eq!(
            MachineCallback::parse(&Form::parse(b"AnsweredBy=human")),
            Err(MissingSid { name: "CallSid" })
        );
    }
}
