//! What an agent, or a supervisor who watches, may want of a support call.

use serde::{Deserialize, Serialize};

use super::{Target, TransferKind, WatchMode};
use crate::CallSid;

/// What an agent wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "command")]
pub enum Command {
    /// The call is to end kindly.
    HangUp,
    /// The caller is to be put on hold, or taken off it.
    Hold {
        /// Which of the two.
        on: bool,
    },
    /// The offer is declined.
    Decline {
        /// Which.
        offer: u32,
    },
    /// The caller is to be handed over.
    HandOver {
        /// To whom.
        target: Target,
        /// How.
        kind: TransferKind,
        /// What they are to know before they answer.
        #[serde(default)]
        note: String,
    },
    /// The transfer is cancelled: the agent keeps the caller.
    CancelTransfer,
    /// Agent, caller and target are to hear each other.
    JoinAll,
    /// The agent speaks with the other of the two, and the one hears music.
    Swap,
    /// The target is to have the caller, and the agent leaves.
    Complete,
    /// One party of a call with several is removed.
    Drop {
        /// Its leg.
        leg: CallSid,
    },
    /// One party of the call is put on hold, or taken off it.
    HoldParty {
        /// Its leg.
        leg: CallSid,
        /// Which of the two.
        on: bool,
    },
    /// One party of the call is muted, or heard again.
    MuteParty {
        /// Its leg.
        leg: CallSid,
        /// Which of the two.
        on: bool,
    },
    /// A supervisor whose leg is in the room is to be heard otherwise.
    Watch {
        /// How.
        mode: WatchMode,
    },
    /// A supervisor whose leg is in the room is to have the caller.
    TakeOver,
    /// The agent asks for help, or takes that back.
    AskHelp {
        /// Which of the two.
        on: bool,
    },
}
