//! SIDs: two letters and 32 hexadecimal digits (reference E.1), made from a seed so that a run repeats.

use std::fmt;

use serde::{Deserialize, Serialize};
use twilio::{ApplicationSid, CallSid};

macro_rules! sid {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes a text of the right form.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let digits = text.strip_prefix($prefix)?;
                (digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
                    .then(|| Self(text.to_owned()))
            }

            /// The SID as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

sid! {
    /// Names a conference.
    ConferenceSid, "CF"
}
sid! {
    /// Names a queue.
    QueueSid, "QU"
}
sid! {
    /// Names a recording.
    RecordingSid, "RE"
}
sid! {
    /// Names a telephone number of the account.
    NumberSid, "PN"
}

/// Chance and names from one seed: the same seed gives the same run.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    state: u64,
}

impl Ids {
    pub(crate) const fn from_seed(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next of a sequence that looks like chance (SplitMix64).
    pub(crate) const fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn text(&mut self, prefix: &str) -> String {
        format!("{prefix}{:016x}{:016x}", self.next(), self.next())
    }

    pub(crate) fn call(&mut self) -> CallSid {
        CallSid::parse(&self.text("CA")).expect("CA and 32 hexadecimal digits are a call's SID")
    }

    pub(crate) fn conference(&mut self) -> ConferenceSid {
        ConferenceSid(self.text("CF"))
    }

    pub(crate) fn queue(&mut self) -> QueueSid {
        QueueSid(self.text("QU"))
    }

    pub(crate) fn recording(&mut self) -> RecordingSid {
        RecordingSid(self.text("RE"))
    }

    pub(crate) fn number(&mut self) -> NumberSid {
        NumberSid(self.text("PN"))
    }

    pub(crate) fn application(&mut self) -> ApplicationSid {
        ApplicationSid::parse(&self.text("AP"))
            .expect("AP and 32 hexadecimal digits are an application's SID")
    }
}
