//! Setting an installation up: what was checked, where the account's numbers point, and what an admin may do about it.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::DeskError;

/// How a check came out, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// Calls or people suffer from it.
    Wrong,
    /// It works; somebody should know.
    Warning,
    /// It cannot be told from here.
    Unknown,
    /// It is in order.
    Good,
}

impl CheckState {
    /// Every state, the worst first.
    pub const ALL: [Self; 4] = [Self::Wrong, Self::Warning, Self::Unknown, Self::Good];

    /// What a group of checks in this state is called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Wrong => "Wrong",
            Self::Warning => "Worth a look",
            Self::Unknown => "Cannot be told from here",
            Self::Good => "In order",
        }
    }

    /// The word that begins a line of `switchboard doctor`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wrong => "WRONG",
            Self::Warning => "warning",
            Self::Unknown => "unknown",
            Self::Good => "good",
        }
    }
}

macro_rules! checks {
    ($($(#[$inner:meta])* $variant:ident = $word:literal, $title:literal;)+) => {
        /// What is checked.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum CheckId {
            $($(#[$inner])* $variant,)+
        }

        impl CheckId {
            /// Every check, in the order in which one sets up.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that names it in addresses and forms.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// What people call it.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$variant => $title,)+
                }
            }
        }
    };
}

checks! {
    /// What the environment says.
    Configuration = "configuration", "Configuration";
    /// Whether the carrier's account is there and may make calls.
    Account = "account", "Account";
    /// Whether the auth token is its own.
    Token = "token", "Auth token";
    /// Whether our clock goes with the carrier's.
    Clock = "clock", "Clock";
    /// Whether the public address is one that the world can reach.
    PublicUrl = "public_url", "Public address";
    /// Whether this server is what answers there.
    Reach = "reach", "Reached from outside";
    /// Whether a signed webhook comes through as it was signed.
    Signature = "signature", "Signatures";
    /// Whether the address has a certificate that browsers and the carrier believe.
    Certificate = "certificate", "Certificate";
    /// Where the account's numbers point.
    Numbers = "numbers", "Numbers";
    /// Who answers when this server does not.
    Fallback = "fallback", "Fallback";
    /// Whether browsers can have telephones.
    ApiKey = "api_key", "API key";
    /// Whether browsers can call out.
    Application = "application", "TwiML app";
    /// Whether the database can be written.
    Database = "database", "Database";
    /// Whether there is room for it.
    Disk = "disk", "Disk";
    /// Whether lines, directories and menus fit together.
    Plan = "plan", "Lines and directories";
    /// Whether somebody can administer.
    People = "people", "People";
    /// Whether the pages are inside the program.
    Pages = "pages", "Pages";
}

impl CheckId {
    /// The check of that word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|id| id.word() == word)
    }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Which check.
    pub id: CheckId,
    /// How it came out.
    pub state: CheckState,
    /// What was found, in whole sentences.
    pub found: String,
    /// What to do about it; empty where there is nothing to do.
    pub todo: String,
    /// What belongs to it, one thing a line.
    pub details: Vec<String>,
    /// Documents to be pasted somewhere.
    pub documents: Vec<Document>,
    /// Whether the page has a button that does it.
    #[serde(default)]
    pub by_button: bool,
}

impl Check {
    /// A check that came out so.
    #[must_use]
    pub fn new(id: CheckId, state: CheckState, found: impl Into<String>) -> Self {
        Self {
            id,
            state,
            found: found.into(),
            todo: String::new(),
            details: Vec::new(),
            documents: Vec::new(),
            by_button: false,
        }
    }

    /// It is in order.
    #[must_use]
    pub fn good(id: CheckId, found: impl Into<String>) -> Self {
        Self::new(id, CheckState::Good, found)
    }

    /// With what to do about it.
    #[must_use]
    pub fn and(mut self, todo: impl Into<String>) -> Self {
        self.todo = todo.into();
        self
    }

    /// With what to do about it, which the page has a button for.
    #[must_use]
    pub fn and_button(mut self, todo: impl Into<String>) -> Self {
        self.by_button = true;
        self.and(todo)
    }

    /// With what belongs to it.
    #[must_use]
    pub fn with(mut self, details: Vec<String>) -> Self {
        self.details = details;
        self
    }
}

/// A document to be pasted somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// For what: "Lines in English".
    pub title: String,
    /// The document.
    pub text: String,
}

/// A number of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberView {
    /// The carrier's SID of it.
    pub sid: String,
    /// The number, E.164.
    pub number: String,
    /// The number as people read it.
    pub shown: String,
    /// Its name in the account, where that is not the number.
    pub name: String,
    /// Whether it is as it should be.
    pub state: CheckState,
    /// Where it points, in words.
    pub points: String,
    /// What is not as it should be, one thing a line.
    pub faults: Vec<String>,
    /// The line that it leads to, or that says it has this number, by id.
    pub line: Option<String>,
    /// What pointing it elsewhere clears, in words: an application, a trunk.
    pub clears: Option<String>,
    /// The fallback on another host that it has.
    pub fallback: String,
    /// A mark of how it stood when it was looked at.
    pub seen: String,
    /// What was done to it last, where that can be put back.
    pub past: Option<NumberPast>,
}

/// What was done to a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberPast {
    /// Where it pointed before, in words.
    pub before: String,
    /// Where it pointed before anything of ours, in words, where that is further back than one step.
    pub first: Option<String>,
    /// Who pointed it elsewhere.
    pub by: String,
    /// When.
    pub at_ms: i64,
    /// Which change it was.
    pub version: i64,
}

/// A line that a number can be pointed at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointChoice {
    /// The line's id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// The numbers of the account, or why they are not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NumbersView {
    /// They are these.
    Known(Vec<NumberView>),
    /// The carrier did not tell; why, in words.
    NotTold(String),
}

/// The whole of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupView {
    /// Whether it is a demonstration.
    pub demonstration: bool,
    /// Every check.
    pub checks: Vec<Check>,
    /// The numbers of the account.
    pub numbers: NumbersView,
    /// The lines that they can be pointed at.
    pub lines: Vec<PointChoice>,
}

/// A number that is to point at a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PointForm {
    /// The carrier's SID of it.
    pub number: String,
    /// The line's id.
    pub line: String,
    /// A fallback on another host; empty for ours.
    pub fallback: String,
    /// How the number stood as it was shown.
    pub seen: String,
}

/// A number that is to go one step back, to where it pointed before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PutBackForm {
    /// The carrier's SID of it.
    pub number: String,
    /// The change that is to be put back.
    pub version: i64,
}

/// What admins do to set an installation up.
#[async_trait]
pub trait Setup: Send + Sync {
    /// Every check, and the numbers.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `Internal`.
    async fn setup(&self) -> Result<SetupView, DeskError>;

    /// One check anew.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `NotFound` for a check that is none.
    async fn check(&self, id: String) -> Result<Check, DeskError>;

    /// Points a number at a line; gives what was done, in words.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `Invalid` for fields that make no sense, `Refused` when the number was changed
    /// meanwhile or the carrier says no.
    async fn point_number(&self, form: PointForm) -> Result<String, DeskError>;

    /// Puts back what a number pointed at; gives what was done, in words.
    ///
    /// # Errors
    /// As for `point_number`.
    async fn put_number_back(&self, form: PutBackForm) -> Result<String, DeskError>;

    /// Makes the TwiML application of browser phones, or sets its addresses; gives what was done, in words.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `Refused` when the carrier says no.
    async fn set_application(&self) -> Result<String, DeskError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_is_found_by_its_word() {
        for id in CheckId::ALL {
            assert_eq!(CheckId::named(id.word()), Some(*id));
        }
        assert_eq!(CheckId::named("weather"), None);
    }
}
