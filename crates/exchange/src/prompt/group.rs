//! Which part of a call a prompt belongs to.

use super::Prompt;

/// A part of calls, by which admins look for prompts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PromptGroup {
    /// Said on any kind of line.
    Everywhere,
    /// Said in a line that is closed.
    Closed,
    /// Said in a forwarding line.
    Forward,
    /// Said in lists that are read out.
    Menu,
    /// Said in calls that people make from their browsers.
    CallingOut,
    /// Said in callers who wait for an agent.
    Waiting,
    /// Said in callers who leave a message or want to be called back.
    Message,
    /// Said in the questions after a call.
    Survey,
    /// Said in what agents and supervisors hear themselves.
    Agents,
    /// Said in conference lines.
    Conference,
}

impl PromptGroup {
    /// Every group, in the order of lists.
    pub const ALL: &[Self] = &[
        Self::Everywhere,
        Self::Closed,
        Self::Forward,
        Self::Menu,
        Self::CallingOut,
        Self::Waiting,
        Self::Message,
        Self::Survey,
        Self::Agents,
        Self::Conference,
    ];

    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "Any call",
            Self::Closed => "Closed lines",
            Self::Forward => "Forwarding lines",
            Self::Menu => "Menus",
            Self::CallingOut => "Calling out from a browser",
            Self::Waiting => "Waiting for an agent",
            Self::Message => "Messages and callbacks",
            Self::Survey => "Questions after a call",
            Self::Agents => "Heard by agents",
            Self::Conference => "Conferences",
        }
    }
}

impl Prompt {
    /// The part of a call that it belongs to.
    #[must_use]
    pub const fn group(self) -> PromptGroup {
        match self {
            Self::Apology
            | Self::Goodbye
            | Self::TooManyTries
            | Self::WrongKey
            | Self::Silence
            | Self::PersonHint
            | Self::ConnectingPerson
            | Self::PersonName => PromptGroup::Everywhere,
            Self::LineClosed
            | Self::LineOpensToday
            | Self::LineOpensTomorrow
            | Self::LineOpensOn => PromptGroup::Closed,
            Self::ForwardWelcome
            | Self::ConfirmRegion
            | Self::ConfirmGuess
            | Self::AskZip
            | Self::NotAZip
            | Self::ZipUnknown
            | Self::WhichRegion
            | Self::RegionChoice
            | Self::RegionFound
            | Self::NoSenators
            | Self::OfferDelegate
            | Self::Military
            | Self::NoCongress
            | Self::Province
            | Self::NoOffices
            | Self::ConnectingOnly
            | Self::Connecting
            | Self::ConnectingLast
            | Self::LeaveHint
            | Self::OfficeTalked
            | Self::OfficeNotConnected
            | Self::OfficeBusy
            | Self::OfficeNoAnswer
            | Self::OfficeFailed
            | Self::OfficeCanceled
            | Self::OfficeNotAllowed
            | Self::ForwardGoodbye => PromptGroup::Forward,
            Self::ListEntry | Self::BackHint | Self::ListEmpty | Self::ConnectingEntry => {
                PromptGroup::Menu
            }
            Self::CallOutNobody
            | Self::CallOutNoLine
            | Self::CallOutNoCallerId
            | Self::CallOutNotANumber
            | Self::CallOutEmergency
            | Self::CallOutNotAllowed
            | Self::CallOutBusy
            | Self::CallOutNoAnswer
            | Self::CallOutFailed => PromptGroup::CallingOut,
            Self::SupportWelcome
            | Self::SupportReturns
            | Self::HandOverWait
            | Self::HandOverFailed
            | Self::WaitOn
            | Self::WaitNext
            | Self::WaitPlace
            | Self::WaitMinutes
            | Self::WaitSoon
            | Self::SupportChoices
            | Self::SupportClosed
            | Self::SupportFull
            | Self::NobodyCame
            | Self::CallAgain => PromptGroup::Waiting,
            Self::LeaveMessage
            | Self::MessageEmpty
            | Self::MessageThanks
            | Self::CallbackConfirm
            | Self::CallbackNumber
            | Self::CallbackBadNumber
            | Self::CallbackThanks => PromptGroup::Message,
            Self::SurveyHelped | Self::SurveyRating | Self::SurveyThanks => PromptGroup::Survey,
            Self::AgentTooLate
            | Self::TakeCaller
            | Self::WatchOver
            | Self::WatchOwnCall
            | Self::WatchForbidden
            | Self::TakenOver => PromptGroup::Agents,
            Self::ConferenceAskCode
            | Self::ConferenceWrongCode
            | Self::ConferenceAskPin
            | Self::ConferenceAskModeratorPin
            | Self::ConferenceWrongPin
            | Self::ConferenceNotAdmitted
            | Self::ConferenceTooMany
            | Self::ConferenceTooManyWithheld
            | Self::ConferenceLocked
            | Self::ConferenceFull
            | Self::ConferenceWelcome
            | Self::ConferenceInvited
            | Self::ConferenceRecorded
            | Self::ConferenceMayBeRecorded
            | Self::ConferenceWaitModerator
            | Self::ConferenceWaitOthers
            | Self::ConferenceGrace
            | Self::ConferenceOneMoment
            | Self::ConferenceMenu
            | Self::ConferenceMenuMuted
            | Self::ConferenceMuted
            | Self::ConferenceUnmuted
            | Self::ConferenceHandUp
            | Self::ConferenceHandDown
            | Self::ConferenceRemoved
            | Self::ConferenceEnded
            | Self::ConferenceGraceOver
            | Self::ConferenceNobodyCame
            | Self::ConferenceTooLate
            | Self::ConferenceForbidden
            | Self::ConferenceCame
            | Self::ConferenceWent
            | Self::ConferenceRecordingPaused
            | Self::ConferenceRecordingResumed => PromptGroup::Conference,
        }
    }
}
