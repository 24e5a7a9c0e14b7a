//! What people do with a room and whoever is in it, as forms send it and in types.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;

/// The longest announcement, in characters.
const LONGEST: usize = 500;

/// A kind of act. Those that can be taken back are one kind, on and off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// Somebody is not heard, or heard again.
    Mute,
    /// Somebody hears music, or the others again.
    Hold,
    /// Somebody is taken out.
    Remove,
    /// Somebody's raised hand is taken down.
    Hand,
    /// Something is said to one or to all.
    Announce,
    /// Nobody but moderators is heard.
    MuteAll,
    /// Somebody outside is called.
    Add,
    /// Nobody else comes in, or they do again.
    Lock,
    /// The recording goes on, or pauses.
    Record,
    /// The room ends for all.
    End,
}

/// What somebody does, as the form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomActForm {
    /// The room's id.
    pub room: String,
    /// One of the words that stand at [`RoomAct`].
    pub act: String,
    /// Whose leg; empty where the whole room is meant.
    pub person: String,
    /// What is announced.
    pub text: String,
    /// The number that is called.
    pub number: String,
}

/// Something done with a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomAct {
    /// `mute`, `unmute`.
    Mute {
        /// Whose leg.
        leg: String,
        /// Which of the two.
        on: bool,
    },
    /// `hold`, `unhold`.
    Hold {
        /// Whose leg.
        leg: String,
        /// Which of the two.
        on: bool,
    },
    /// `remove`; somebody who is still being called is called no more.
    Remove {
        /// Whose leg.
        leg: String,
    },
    /// `lower-hand`.
    LowerHand {
        /// Whose leg.
        leg: String,
    },
    /// `announce`, with a person.
    AnnounceTo {
        /// Whose leg.
        leg: String,
        /// What is said.
        text: String,
    },
    /// `announce`, without a person.
    AnnounceToAll {
        /// What is said.
        text: String,
    },
    /// `mute-all`.
    MuteAll,
    /// `add`.
    Add {
        /// Whom, as it was typed: whoever knows the line reads it.
        number: String,
    },
    /// `lock`, `unlock`.
    Lock {
        /// Which of the two.
        on: bool,
    },
    /// `resume-recording`, `pause-recording`.
    Record {
        /// Which of the two.
        on: bool,
    },
    /// `end`.
    End,
}

impl RoomActForm {
    /// What the form asks for.
    ///
    /// # Errors
    /// The field that makes no sense.
    pub fn parse(&self) -> Result<RoomAct, Vec<FieldError>> {
        let refused = |field: &str, message: &str| vec![FieldError::new(field, message)];
        let leg = || {
            let leg = self.person.trim();
            if leg.is_empty() {
                return Err(refused("person", "Choose somebody in the room."));
            }
            Ok(leg.to_owned())
        };
        Ok(match self.act.as_str() {
            "mute" | "unmute" => RoomAct::Mute {
                leg: leg()?,
                on: self.act == "mute",
            },
            "hold" | "unhold" => RoomAct::Hold {
                leg: leg()?,
                on: self.act == "hold",
            },
            "remove" => RoomAct::Remove { leg: leg()? },
            "lower-hand" => RoomAct::LowerHand { leg: leg()? },
            "announce" => {
                let text = self.text.trim().to_owned();
                if text.is_empty() {
                    return Err(refused("text", "Write what is to be said."));
                }
                if text.chars().count() > LONGEST {
                    return Err(refused("text", "Say at most 500 characters at once."));
                }
                if text.chars().any(char::is_control) {
                    return Err(refused("text", "Write it in one line."));
                }
                match leg() {
                    Ok(leg) => RoomAct::AnnounceTo { leg, text },
                    Err(_) => RoomAct::AnnounceToAll { text },
                }
            }
            "mute-all" => RoomAct::MuteAll,
            "add" => RoomAct::Add {
                number: self.number.trim().to_owned(),
            },
            "lock" | "unlock" => RoomAct::Lock {
                on: self.act == "lock",
            },
            "resume-recording" | "pause-recording" => RoomAct::Record {
                on: self.act == "resume-recording",
            },
            "end" => RoomAct::End,
            _ => return Err(refused("act", "This cannot be done with a room.")),
        })
    }
}
