//! What the telephone in a browser is told, and what it then wants done.

use crate::PhoneToken;

use super::door::Door;
use super::trouble::{Fault, MicrophoneFault};

/// Names a call within one page.
pub type CallKey = u32;

/// Something that happened to the telephone, or that its holder did with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhoneEvent {
    /// The page is alive. `armed`: this browser's telephone was set up before, by the same person.
    Woken {
        /// Whether it was.
        armed: bool,
    },
    /// The holder wants it on: the click that sound needs.
    SwitchedOn,
    /// The holder wants it off, and off it stays.
    SwitchedOff,
    /// This tab owns the telephone.
    Owned,
    /// Another tab of this browser owns it; this one has queued up for it.
    OwnedElsewhere,
    /// The server gave a token.
    TokenCame(PhoneToken),
    /// It gave none; why, as sentences.
    TokenRefused(String),
    /// It could not be asked.
    TokenFailed,
    /// The SDK is in the page.
    SdkCame,
    /// It is not, and will not come.
    SdkFailed,
    /// This browser lets the page sound without a click.
    SoundAllowed,
    /// The microphone is open.
    MicrophoneOpened,
    /// It could not be opened, or is gone.
    MicrophoneFailed(MicrophoneFault),
    /// There is a microphone, as far as the browser tells.
    MicrophoneThere,
    /// The holder wants to choose microphone and speakers.
    ChoiceOpened,
    /// They have chosen.
    ChoiceMade,
    /// Registering came to its end, or to none in time.
    RegisterEnded(Settled),
    /// The carrier rings here from now on.
    Registered,
    /// It does not any longer.
    Unregistered,
    /// The SDK reported an error that concerns no call.
    DeviceFailed(Fault),
    /// The SDK says that the token ends soon. It says so late, twice, or of a token that is gone.
    TokenEnds,
    /// A call rings.
    CallCame {
        /// How this page names it.
        key: CallKey,
        /// The carrier's id.
        sid: String,
        /// Who calls, as the carrier writes it.
        from: String,
        /// What our own document says about it.
        about: Vec<(String, String)>,
    },
    /// The holder calls a number.
    CallMade {
        /// How this page names it.
        key: CallKey,
        /// The number, E.164.
        to: String,
        /// The line whose number is shown there, by its id; the server's choice where none is named.
        line: Option<String>,
    },
    /// The holder goes into a room of ours.
    RoomEntered {
        /// How this page names the call that leads there.
        key: CallKey,
        /// Which, and as what.
        door: Door,
    },
    /// Something happened to a call, or was done with it.
    Call(CallKey, CallNews),
    /// A moment passed.
    Tick,
}

/// Something that happened to one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallNews {
    /// The holder answers.
    Answer,
    /// The holder declines.
    Decline,
    /// The holder hangs up.
    HangUp,
    /// The holder wants to be heard, or not.
    Mute(bool),
    /// The holder presses a key.
    Press(char),
    /// The holder has read how it ended.
    PutAway,
    /// The server has heard what the holder meant, or was asked in vain: the call may end.
    Reported,
    /// It is connected.
    Accepted,
    /// It rings at the far end.
    Rings,
    /// The caller gave up, or somebody else answered.
    Cancelled,
    /// It ended.
    Disconnected,
    /// It was declined.
    Rejected,
    /// The SDK reported an error that concerns it.
    Failed(Fault),
    /// Whether the microphone is off for it.
    Muted(bool),
    /// Its connection is lost and being made again.
    Reconnecting,
    /// Its connection is back.
    Reconnected,
    /// The connection to the carrier's gateway is gone.
    LineLost,
    /// The SDK warns of something, by its name.
    Warned(String),
    /// What it warned of is over.
    Cleared(String),
}

/// How a promise of the SDK came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It was kept.
    Done,
    /// It was broken, sometimes without a reason.
    Failed(Option<Fault>),
    /// Neither in time.
    Late,
}

/// What the telephone wants done by those who can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Ask for the telephone among the browser's tabs.
    Claim,
    /// Leave it to another tab.
    Release,
    /// Ask the server for a token.
    FetchToken,
    /// Bring the SDK into the page, changed for plain connections where the carrier is this machine.
    LoadSdk {
        /// Whether it is.
        is_local: bool,
    },
    /// Find out whether this browser lets the page sound without a click.
    TrySound,
    /// Open the microphone and show what it hears.
    OpenMicrophone,
    /// Close it.
    CloseMicrophone,
    /// Remember that this browser's telephone is set up.
    Remember,
    /// Forget it.
    Forget,
    /// Make the SDK's device anew with this token, and register it.
    Start(PhoneToken),
    /// Hand the device another token.
    UpdateToken(String),
    /// Register the device that there is.
    Register,
    /// Put the device away, with its calls.
    Stop,
    /// Answer a call.
    Accept(CallKey),
    /// Decline it.
    Reject(CallKey),
    /// End it.
    Disconnect(CallKey),
    /// Turn the microphone off or on for it.
    Mute(CallKey, bool),
    /// Send it a key.
    Press(CallKey, char),
    /// Call a number.
    Connect {
        /// The new call.
        key: CallKey,
        /// The number, E.164.
        to: String,
        /// The line whose number is shown there, by its id.
        line: Option<String>,
    },
    /// Go into a room.
    Enter {
        /// The new call.
        key: CallKey,
        /// Which, and as what.
        door: Door,
    },
    /// Tell the server what is meant before the call ends: without that, its end counts as a loss.
    Report(CallKey, Meant),
    /// Let go of what belongs to a call.
    LetGo(CallKey),
}

/// What the holder means by ending a call that the server offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    /// They do not take the caller.
    Decline {
        /// The caller's call.
        call: String,
        /// Which offer of it.
        offer: u32,
    },
    /// They are done with the caller.
    HangUp {
        /// The caller's call.
        call: String,
    },
}
