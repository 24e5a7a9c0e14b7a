//! Names of things: short texts of a fixed alphabet, each its own type.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A text that cannot be the id it was offered as.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no {kind}: it takes {rule}")]
pub struct BadId {
    /// What the text was to name.
    pub kind: &'static str,
    /// The text as offered.
    pub text: String,
    /// What such an id is made of.
    pub rule: &'static str,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $rule:literal, $fits:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Takes a text that fits.
            ///
            /// # Errors
            /// [`BadId`] when it does not.
            pub fn parse(text: &str) -> Result<Self, BadId> {
                let fits: fn(&str) -> bool = $fits;
                if fits(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(BadId { kind: $kind, text: text.to_owned(), rule: $rule })
                }
            }

            /// The id as text.
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

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

fn is_slug(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

id! {
    /// The name Twilio gives a call: `CA` and 32 hexadecimal digits (reference B.2).
    CallSid, "call SID", "CA and 32 hexadecimal digits",
    |t| t.len() == 34 && t.starts_with("CA") && t.bytes().skip(2).all(|b| b.is_ascii_hexdigit())
}
id! {
    /// A line's name in URLs and in the database.
    LineId, "line id", "1 to 64 lower-case letters, digits or hyphens", is_slug
}
id! {
    /// A directory's name in URLs and in the database.
    DirectoryId, "directory id", "1 to 64 lower-case letters, digits or hyphens", is_slug
}
id! {
    /// A phone tree's name in URLs and in the database.
    MenuId, "menu id", "1 to 64 lower-case letters, digits or hyphens", is_slug
}
id! {
    /// A place within a phone tree.
    NodeId, "menu node id", "1 to 64 lower-case letters, digits or hyphens", is_slug
}
id! {
    /// An office within its directory; for senators, their Bioguide id.
    OfficeId, "office id", "1 to 64 letters, digits, hyphens or underscores",
    |t| (1..=64).contains(&t.len())
        && t.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
id! {
    /// The name a person signs in with, which is also their browser's name at the carrier
    /// (`identity`, at most 121 characters).
    UserName, "user name", "1 to 121 letters, digits or underscores",
    |t| (1..=121).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
id! {
    /// A team of agents.
    TeamId, "team id", "1 to 64 lower-case letters, digits or hyphens", is_slug
}
id! {
    /// The name Twilio gives a recording: `RE` and 32 hexadecimal digits.
    RecordingSid, "recording SID", "RE and 32 hexadecimal digits",
    |t| t.len() == 34 && t.starts_with("RE") && t.bytes().skip(2).all(|b| b.is_ascii_hexdigit())
}
id! {
    /// The name Twilio gives a conference: `CF` and 32 hexadecimal digits. A room that ended and is
    /// entered again is another conference.
    ConferenceSid, "conference SID", "CF and 32 hexadecimal digits",
    |t| t.len() == 34 && t.starts_with("CF") && t.bytes().skip(2).all(|b| b.is_ascii_hexdigit())
}
id! {
    /// A room's name on its conference line.
    RoomKey, "room key", "1 to 32 lower-case letters, digits or hyphens",
    |t| t.len() <= 32 && is_slug(t)
}
id! {
    /// The keys that lead a caller to a room.
    RoomCode, "room code", "1 to 10 digits",
    |t| (1..=10).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit())
}
id! {
    /// The keys that let somebody into a room.
    Pin, "PIN", "4 to 12 digits",
    |t| (4..=12).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit())
}
id! {
    /// A day of the calendar.
    Day, "day", "the form yyyy-mm-dd",
    |t| t.len() == 10
        && t.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() })
}
id! {
    /// A region: for the United States, the two letters of the state.
    RegionCode, "region code", "1 to 8 capital letters, digits or hyphens",
    |t| (1..=8).contains(&t.len())
        && t.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_sid_is_ca_and_32_hex_digits() {
        assert!(CallSid::parse("CA0123456789abcdef0123456789ABCDEF").is_ok());
        for bad in [
            "",
            "CA12",
            "AC0123456789abcdef0123456789abcdef",
            "CA0123456789abcdef0123456789abcdeg",
        ] {
            assert!(CallSid::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn an_id_that_does_not_fit_is_refused_when_read_back() {
        assert!(serde_json::from_str::<LineId>("\"Senators!\"").is_err());
        assert_eq!(
            serde_json::from_str::<LineId>("\"senators\"")
                .unwrap()
                .as_str(),
            "senators"
        );
    }
}
