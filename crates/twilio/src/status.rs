//! The words in which Twilio tells how a call stands and which way it goes (reference B.2, B.3).

use crate::words::words;

words! {
    /// How a call stands: `CallStatus` in webhooks and callbacks, `status` in the REST resource (reference B.2, E.2).
    pub enum CallStatus {
        /// Created by REST and waiting for its turn.
        Queued = "queued",
        /// Left the queue; seen in webhooks only.
        Initiated = "initiated",
        /// Ringing, or not yet answered by us.
        Ringing = "ringing",
        /// Answered.
        InProgress = "in-progress",
        /// Was answered and has ended, whoever ended it.
        Completed = "completed",
        /// The other side was busy or declined.
        Busy = "busy",
        /// The call could not be put through.
        Failed = "failed",
        /// Nobody answered in time.
        NoAnswer = "no-answer",
        /// Cancelled before it was answered.
        Canceled = "canceled",
    }
}

impl CallStatus {
    /// Whether nothing follows this status (reference F.1).
    #[must_use]
    pub fn is_final(&self) -> bool {
        match self {
            Self::Completed | Self::Busy | Self::Failed | Self::NoAnswer | Self::Canceled => true,
            Self::Queued | Self::Initiated | Self::Ringing | Self::InProgress | Self::Other(_) => {
                false
            }
        }
    }
}

words! {
    /// How the leg of a `<Dial>` ended (reference B.3, Dial).
    pub enum DialCallStatus {
        /// The leg was answered and has ended; only `DialBridged` tells whether the two parties spoke.
        Completed = "completed",
        /// The caller was in a conference.
        Answered = "answered",
        /// The leg was busy or declined.
        Busy = "busy",
        /// Nobody answered in time.
        NoAnswer = "no-answer",
        /// The number could not be put through.
        Failed = "failed",
        /// The caller hung up while the leg was ringing.
        Canceled = "canceled",
    }
}

words! {
    /// Which way a call goes, seen from Twilio (reference B.2).
    pub enum Direction {
        /// Somebody called a number or an application of ours.
        Inbound = "inbound",
        /// Created by REST.
        OutboundApi = "outbound-api",
        /// Created by a `<Dial>`.
        OutboundDial = "outbound-dial",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_word_is_read_and_written_back() {
        for word in "queued initiated ringing in-progress completed busy failed no-answer canceled"
            .split(' ')
        {
            let status = CallStatus::parse(word);

            assert!(!matches!(status, CallStatus::Other(_)), "{word}");
            assert_eq!(status.word(), word);
        }
    }

    #[test]
    fn an_unknown_word_is_kept_as_sent() {
        let status = DialCallStatus::parse("Bridged-Elsewhere");

        assert_eq!(
            status,
            DialCallStatus::Other("Bridged-Elsewhere".to_owned())
        );
        assert_eq!(status.to_string(), "Bridged-Elsewhere");
    }

    #[test]
    fn a_call_is_over_in_five_statuses() {
        let over: Vec<_> = "queued initiated ringing in-progress completed busy failed no-answer canceled whatever"
            .split(' ')
            .filter(|word| CallStatus::parse(word).is_final())
            .collect();

        assert_eq!(
            over,
            ["completed", "busy", "failed", "no-answer", "canceled"]
        );
    }
}
