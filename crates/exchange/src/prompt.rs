//! What we say to callers: one text per prompt and language, with placeholders.

mod group;
mod template;

use serde::{Deserialize, Serialize};

use crate::{Language, LineId};

pub use group::PromptGroup;
pub use template::PromptError;
pub(crate) use template::{Prompts, Template};

macro_rules! prompts {
    ($($(#[doc = $doc:literal])+ $name:ident = $key:literal [$($placeholder:literal),*]),+ $(,)?) => {
        /// Something we say to callers. Its text is data, per language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Prompt {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Prompt {
            /// Every prompt.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in data files and in the database.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// What it is for, as a sentence for admins.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+)),+ }.trim_ascii()
            }

            /// The placeholders its text may have. It must have each at least once, but for titles,
            /// which not every language puts before a name.
            #[must_use]
            pub const fn placeholders(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($placeholder),*]),+ }
            }
        }
    };
}

prompts! {
    /// Something on our side failed; the caller is asked to call again.
    Apology = "apology" [],
    /// A kind end.
    Goodbye = "goodbye" [],
    /// A kind end after three answers that led nowhere.
    TooManyTries = "too_many_tries" [],
    /// A key that means nothing here.
    WrongKey = "wrong_key" [],
    /// Nothing was pressed.
    Silence = "silence" [],
    /// Press 0 for a person.
    PersonHint = "person_hint" [],
    /// The caller is being connected to a person.
    ConnectingPerson = "connecting_person" [],
    /// The word for a person at the desk, where a name is wanted.
    PersonName = "person_name" [],

    /// The line is closed.
    LineClosed = "line_closed" [],
    /// It opens later on the same day.
    LineOpensToday = "line_opens_today" ["time"],
    /// It opens on the next day.
    LineOpensTomorrow = "line_opens_tomorrow" ["time"],
    /// It opens on a later day of the coming week.
    LineOpensOn = "line_opens_on" ["day", "time"],

    /// The greeting of a forwarding line.
    ForwardWelcome = "forward_welcome" [],
    /// Are you calling from …? 1 yes, 2 no.
    ConfirmRegion = "confirm_region" ["region"],
    /// The same, when only the area code tells.
    ConfirmGuess = "confirm_guess" ["region"],
    /// Asks for the five digits of the ZIP code.
    AskZip = "ask_zip" [],
    /// What was keyed in is not five digits.
    NotAZip = "not_a_zip" [],
    /// Five digits that are nobody's ZIP code.
    ZipUnknown = "zip_unknown" ["zip"],
    /// The ZIP code lies in more than one region; the choices follow.
    WhichRegion = "which_region" ["zip"],
    /// One of the choices: press … for ….
    RegionChoice = "region_choice" ["key", "region"],
    /// The ZIP code's region was found.
    RegionFound = "region_found" ["region"],
    /// A region without senators.
    NoSenators = "no_senators" ["region"],
    /// The delegate is offered: 1 to be connected, 2 for another ZIP code.
    OfferDelegate = "offer_delegate" ["title", "name"],
    /// A military mail code: the home ZIP code is asked for next.
    Military = "military" ["region"],
    /// A country that is not represented; a ZIP code is asked for next.
    NoCongress = "no_congress" ["region"],
    /// A province; a ZIP code is asked for next.
    Province = "province" ["region"],
    /// A region that should have offices and has none.
    NoOffices = "no_offices" ["region"],
    /// The only office is called.
    ConnectingOnly = "connecting_only" ["title", "name"],
    /// An office of several is called, another follows.
    Connecting = "connecting" ["title", "name", "n", "total", "next_title", "next"],
    /// The last office of several is called.
    ConnectingLast = "connecting_last" ["title", "name", "n", "total"],
    /// Press star to leave a call for the next one.
    LeaveHint = "leave_hint" [],
    /// The conversation with an office is over.
    OfficeTalked = "office_talked" ["name"],
    /// The office answered and was not connected.
    OfficeNotConnected = "office_not_connected" ["name"],
    /// The office is busy.
    OfficeBusy = "office_busy" ["name"],
    /// Nobody answered.
    OfficeNoAnswer = "office_no_answer" ["name"],
    /// The call to the office failed.
    OfficeFailed = "office_failed" ["name"],
    /// The call to the office was cancelled.
    OfficeCanceled = "office_canceled" ["name"],
    /// The office's number is one that we do not dial.
    OfficeNotAllowed = "office_not_allowed" ["name"],
    /// The thanks at the end of a forwarding call.
    ForwardGoodbye = "forward_goodbye" [],

    /// One entry of a list: press … for ….
    ListEntry = "list_entry" ["key", "name"],
    /// Press star to go back.
    BackHint = "back_hint" [],
    /// A list that has nobody in it.
    ListEmpty = "list_empty" [],
    /// An entry of a list is called.
    ConnectingEntry = "connecting_entry" ["name"],

    /// Who calls out from a browser is nobody of ours.
    CallOutNobody = "call_out_nobody" [],
    /// The line to call out from does not exist.
    CallOutNoLine = "call_out_no_line" [],
    /// The line to call out from has no number to show.
    CallOutNoCallerId = "call_out_no_caller_id" [],
    /// What was dialled is no telephone number.
    CallOutNotANumber = "call_out_not_a_number" [],
    /// What was dialled is an emergency or service number.
    CallOutEmergency = "call_out_emergency" [],
    /// What was dialled is a number that the line does not dial.
    CallOutNotAllowed = "call_out_not_allowed" [],
    /// The dialled number is busy.
    CallOutBusy = "call_out_busy" [],
    /// The dialled number did not answer.
    CallOutNoAnswer = "call_out_no_answer" [],
    /// The dialled number could not be reached.
    CallOutFailed = "call_out_failed" [],

    /// The greeting of a support line, in the waiting room.
    SupportWelcome = "support_welcome" [],
    /// The connection to the agent was lost; the caller is with music again.
    SupportReturns = "support_returns" [],
    /// The caller is being handed over, and hears music until somebody answers.
    HandOverWait = "hand_over_wait" [],
    /// Nobody answered to whom the caller was to be handed over; they come first in the queue.
    HandOverFailed = "hand_over_failed" [],
    /// Stay on the line.
    WaitOn = "wait_on" [],
    /// The caller is the next.
    WaitNext = "wait_next" [],
    /// The caller's place in the queue.
    WaitPlace = "wait_place" ["place"],
    /// About how many minutes it will take, two or more.
    WaitMinutes = "wait_minutes" ["minutes"],
    /// It will take about a minute.
    WaitSoon = "wait_soon" [],
    /// 1 to go on waiting, 2 to leave a message, 3 to be called back.
    SupportChoices = "support_choices" [],
    /// The line is closed.
    SupportClosed = "support_closed" [],
    /// Too many wait already.
    SupportFull = "support_full" [],
    /// No agent came in time.
    NobodyCame = "nobody_came" [],
    /// Please call again later: a kind end.
    CallAgain = "call_again" [],
    /// Asks for a message after the tone.
    LeaveMessage = "leave_message" [],
    /// No message was heard.
    MessageEmpty = "message_empty" [],
    /// Thanks for the message: a kind end.
    MessageThanks = "message_thanks" [],
    /// Shall we call back at this number? 1 yes, 2 another one.
    CallbackConfirm = "callback_confirm" ["number"],
    /// Asks for the number to call back.
    CallbackNumber = "callback_number" [],
    /// A number that is none, or that we do not call.
    CallbackBadNumber = "callback_bad_number" [],
    /// We will call back: a kind end.
    CallbackThanks = "callback_thanks" [],
    /// Was the caller helped? 1 yes, 2 no.
    SurveyHelped = "survey_helped" [],
    /// How well was it done? 1 to 5.
    SurveyRating = "survey_rating" [],
    /// Thanks for the answers: a kind end.
    SurveyThanks = "survey_thanks" [],
    /// An agent's leg comes to a caller who is gone, or with somebody else.
    AgentTooLate = "agent_too_late" [],
    /// Whoever answers a telephone to which a caller is handed over presses any key to have them.
    TakeCaller = "take_caller" [],
    /// Whoever wants to watch a call comes too late, or it has become another one.
    WatchOver = "watch_over" [],
    /// Whoever wants to watch a call talks in it.
    WatchOwnCall = "watch_own_call" [],
    /// Whoever wants to watch a call may not.
    WatchForbidden = "watch_forbidden" [],
    /// An agent whose caller a supervisor has taken over.
    TakenOver = "taken_over" [],

    /// Asks for the code of a room, and the pound sign.
    ConferenceAskCode = "conference_ask_code" [],
    /// A code that leads to no room.
    ConferenceWrongCode = "conference_wrong_code" [],
    /// Asks for a PIN, and the pound sign.
    ConferenceAskPin = "conference_ask_pin" [],
    /// Asks moderators for their PIN; everybody else stays on the line.
    ConferenceAskModeratorPin = "conference_ask_moderator_pin" [],
    /// A PIN that lets nobody in.
    ConferenceWrongPin = "conference_wrong_pin" [],
    /// A kind end after three wrong codes or PINs.
    ConferenceNotAdmitted = "conference_not_admitted" [],
    /// Too many wrong codes came from the caller's number: a kind end.
    ConferenceTooMany = "conference_too_many" [],
    /// Too many wrong codes came from callers who withhold their number, as this one does: a kind end.
    ConferenceTooManyWithheld = "conference_too_many_withheld" [],
    /// The room is locked: a kind end.
    ConferenceLocked = "conference_locked" [],
    /// The room is full: a kind end.
    ConferenceFull = "conference_full" [],
    /// Whoever comes is led into the room.
    ConferenceWelcome = "conference_welcome" ["room"],
    /// Whoever was called is led into the room.
    ConferenceInvited = "conference_invited" ["room"],
    /// The conference is recorded.
    ConferenceRecorded = "conference_recorded" [],
    /// The conference may be recorded; the recording is paused.
    ConferenceMayBeRecorded = "conference_may_be_recorded" [],
    /// The conference begins when the moderator comes; music.
    ConferenceWaitModerator = "conference_wait_moderator" [],
    /// Nobody else is there yet; music.
    ConferenceWaitOthers = "conference_wait_others" [],
    /// The moderator is gone and may come back; music.
    ConferenceGrace = "conference_grace" [],
    /// One moment, while it is found out what happened.
    ConferenceOneMoment = "conference_one_moment" [],
    /// 6 to be muted, 9 to raise the hand or take it down, anything else to go back.
    ConferenceMenu = "conference_menu" [],
    /// 6 to be heard again, 9 to raise the hand or take it down, anything else to go back.
    ConferenceMenuMuted = "conference_menu_muted" [],
    /// They are muted.
    ConferenceMuted = "conference_muted" [],
    /// They are heard again.
    ConferenceUnmuted = "conference_unmuted" [],
    /// Their hand is up.
    ConferenceHandUp = "conference_hand_up" [],
    /// Their hand is down.
    ConferenceHandDown = "conference_hand_down" [],
    /// They were removed: a kind end.
    ConferenceRemoved = "conference_removed" [],
    /// The conference was ended for everybody: thanks, a kind end.
    ConferenceEnded = "conference_ended" [],
    /// No moderator came back: thanks, a kind end.
    ConferenceGraceOver = "conference_grace_over" [],
    /// The conference did not begin in time: a kind end.
    ConferenceNobodyCame = "conference_nobody_came" [],
    /// Whoever was called is expected no more: a kind end.
    ConferenceTooLate = "conference_too_late" [],
    /// Somebody of ours who may not moderate asks for a room by their browser.
    ConferenceForbidden = "conference_forbidden" [],
    /// Somebody has come in; so many are there.
    ConferenceCame = "conference_came" ["count"],
    /// Somebody has left; so many are there.
    ConferenceWent = "conference_went" ["count"],
    /// The recording pauses.
    ConferenceRecordingPaused = "conference_recording_paused" [],
    /// The recording goes on.
    ConferenceRecordingResumed = "conference_recording_resumed" [],
}

impl Prompt {
    /// The prompt of a name.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|prompt| prompt.key() == key)
    }
}

/// A prompt's text in one language, as it stands in data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromptRow {
    /// The line that says it in its own way; none for the text that every other line says.
    #[serde(default)]
    pub line: Option<LineId>,
    /// The language of the text.
    pub language: Language,
    /// [`Prompt::key`].
    pub key: String,
    /// The words; `{name}` stands for what is filled in.
    pub text: String,
}

impl PromptRow {
    /// Whether the text fits its prompt.
    ///
    /// # Errors
    /// [`PromptError`] with what does not.
    pub fn check(&self) -> Result<(), PromptError> {
        Template::parse(self).map(|_| ())
    }
}
