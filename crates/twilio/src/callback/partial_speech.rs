//! Notices of what a `<Gather>` has heard so far (reference B.3, Gather).

use crate::field::{MissingSid, needed_sid, number, or_dash, text};
use crate::form::Form;
use crate::sid::CallSid;

/// What was understood while the caller still speaks: `partialResultCallback`.
#[derive(Debug, Clone, PartialEq)]
pub struct PartialSpeech {
    /// The leg that listens.
    pub call_sid: CallSid,
    /// The words that may still change.
    pub unstable: Option<String>,
    /// The words that will stay.
    pub stable: Option<String>,
    /// How likely the words are to stay, 0 to 1; not documented.
    pub stability: Option<f64>,
    /// The place of the notice in its order; not documented.
    pub sequence_number: Option<u32>,
    /// Every parameter, as sent.
    pub rest: Form,
}

impl PartialSpeech {
    /// Reads the parameters of a notice.
    ///
    /// # Errors
    /// When `CallSid` is absent or unreadable.
    pub fn parse(form: &Form) -> Result<Self, MissingSid> {
        Ok(Self {
            call_sid: needed_sid(form, "CallSid")?,
            unstable: text(form, "UnstableSpeechResult"),
            stable: text(form, "StableSpeechResult"),
            stability: number(form, "Stability").filter(|share| (0.0..=1.0).contains(share)),
            sequence_number: number(form, "SequenceNumber"),
            rest: form.clone(),
        })
    }

    /// What every delivery of this notice has in common: the leg, the notice's place, and the words.
    #[must_use]
    pub fn identity(&self) -> String {
        let place = or_dash(self.sequence_number.as_ref());
        let words = self.unstable.as_deref().or(self.stable.as_deref());
        format!(
            "{} heard {place} {}",
            self.call_sid,
            words.unwrap_or_default()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_so_far_are_read() {
        let body = b"CallSid=CA00000000000000000000000000000001&UnstableSpeechResult=hello+wor&Stability=0.8&SequenceNumber=2";

        let notice = PartialSpeech::parse(&Form::parse(body)).unwrap();

        assert_eq!(
            (notice.unstable.as_deref(), notice.stable.as_deref()),
            (Some("hello wor"), None)
        );
        assert_eq!(
            (notice.stability, notice.sequence_number),
            (Some(0.8), Some(2))
        );
        assert_eq!(
            notice.identity(),
            "CA00000000000000000000000000000001 heard 2 hello wor"
        );
    }
}
