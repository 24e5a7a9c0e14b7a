//! Twilio's identifiers: two letters that say of what, and 32 hexadecimal digits (reference E.1).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A text that is not an identifier of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an identifier of {prefix} and 32 hexadecimal digits was expected")]
pub struct BadSid {
    /// The two letters that were expected.
    pub prefix: &'static str,
}

macro_rules! sid {
    ($(#[$outer:meta])* $name:ident, $prefix:literal) => {
        $(#[$outer])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads an identifier; the case of its digits is kept as sent.
            ///
            /// # Errors
            /// When the text is anything but the two letters and 32 hexadecimal digits.
            pub fn parse(text: &str) -> Result<Self, BadSid> {
                if is_sid(text, $prefix) { Ok(Self(text.to_owned())) } else { Err(BadSid { prefix: $prefix }) }
            }

            /// The two letters with which it begins.
            pub const PREFIX: &'static str = $prefix;

            /// The identifier as sent.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadSid;

            fn try_from(text: String) -> Result<Self, BadSid> {
                if is_sid(&text, $prefix) { Ok(Self(text)) } else { Err(BadSid { prefix: $prefix }) }
            }
        }

        impl From<$name> for String {
            fn from(sid: $name) -> Self {
                sid.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

sid!(
    /// Names one leg: `CA` and 32 hexadecimal digits.
    CallSid,
    "CA"
);
sid!(
    /// Names an account or a subaccount: `AC` and 32 hexadecimal digits.
    AccountSid,
    "AC"
);
sid!(
    /// Names one life of a conference: `CF` and 32 hexadecimal digits.
    ConferenceSid,
    "CF"
);
sid!(
    /// Names a recording: `RE` and 32 hexadecimal digits.
    RecordingSid,
    "RE"
);
sid!(
    /// Names the text made from a recording: `TR` and 32 hexadecimal digits.
    TranscriptionSid,
    "TR"
);
sid!(
    /// Names a queue: `QU` and 32 hexadecimal digits.
    QueueSid,
    "QU"
);
sid!(
    /// Names a telephone number of an account: `PN` and 32 hexadecimal digits.
    NumberSid,
    "PN"
);
sid!(
    /// Names a TwiML application: `AP` and 32 hexadecimal digits.
    ApplicationSid,
    "AP"
);
sid!(
    /// Names an API key: `SK` and 32 hexadecimal digits.
    ApiKeySid,
    "SK"
);
sid!(
    /// Names the credential for pushes to mobile apps: `CR` and 32 hexadecimal digits.
    CredentialSid,
    "CR"
);
sid!(
    /// Names a trunk to a carrier of one's own: `BY` and 32 hexadecimal digits.
    ByocSid,
    "BY"
);
sid!(
    /// Names a SIP trunk: `TK` and 32 hexadecimal digits.
    TrunkSid,
    "TK"
);

fn is_sid(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|digits| digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_keeps_the_case_in_which_it_was_sent() {
        for text in [
            "CA00000000000000000000000000000001",
            "CAdeadbeefDEADBEEFdeadbeefDEADBEEF",
        ] {
            assert_eq!(CallSid::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn what_is_no_identifier_is_refused() {
        let texts = [
            "",
            "CA",
            "CA1234567890ABCDE",
            "ca00000000000000000000000000000001",
            "AC00000000000000000000000000000001",
            "CA0000000000000000000000000000000g",
            "CA000000000000000000000000000000010",
            " CA00000000000000000000000000000001",
            "CA000000000000000000000000000000é",
        ];

        for text in texts {
            assert!(CallSid::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn json_with_a_bad_identifier_is_refused() {
        assert!(
            serde_json::from_str::<AccountSid>("\"AC00000000000000000000000000000001\"").is_ok()
        );
        assert!(
            serde_json::from_str::<AccountSid>("\"CA00000000000000000000000000000001\"").is_err()
        );
    }
}
