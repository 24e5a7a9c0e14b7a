//! People as admins look at them, and what is done with them.

use std::collections::BTreeMap;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::Role;
use crate::{DeskError, StandingView};

/// What admins do with people; and what everybody may see of themselves.
#[async_trait]
pub trait People: Send + Sync {
    /// Everybody that a filter lets through, and the invitations that wait; for admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `Internal`.
    async fn people(&self, filter: PeopleFilter) -> Result<PeopleView, DeskError>;

    /// Somebody by user name; for admins, and for whoever it is. `made` names a link that was just made for them.
    ///
    /// # Errors
    /// As for `people`, `NotFound`.
    async fn person(&self, user: String, made: String) -> Result<PersonView, DeskError>;

    /// Invites somebody, and gives the id of the link.
    ///
    /// # Errors
    /// As for `people`, `Invalid` for fields that make no sense.
    async fn invite(&self, form: InviteForm) -> Result<String, DeskError>;

    /// Makes an invitation anew, by its id: the old link stops. Gives the id of the other.
    ///
    /// # Errors
    /// As for `people`, `NotFound` for one that was used or taken back.
    async fn invite_anew(&self, id: String) -> Result<String, DeskError>;

    /// Takes an invitation back.
    ///
    /// # Errors
    /// As for `invite_anew`.
    async fn withdraw_invitation(&self, id: String) -> Result<(), DeskError>;

    /// Changes somebody's name, role, teams and languages.
    ///
    /// # Errors
    /// As for `person`, `Invalid`, `Refused` when somebody else changed them meanwhile or no admin would be left.
    async fn save_person(&self, form: PersonForm) -> Result<(), DeskError>;

    /// Makes a link by which somebody chooses another password; the old one stops at once. Gives the link's id.
    ///
    /// # Errors
    /// As for `person`, `Refused` for oneself and for who is deactivated.
    async fn reset_password(&self, user: String) -> Result<String, DeskError>;

    /// Ends all sessions of somebody, and what their screens follow.
    ///
    /// # Errors
    /// As for `person`.
    async fn sign_out_everywhere(&self, user: String) -> Result<(), DeskError>;

    /// Lets somebody in no longer.
    ///
    /// # Errors
    /// As for `person`, `Refused` while they are in a call, for the last admin, and for oneself.
    async fn deactivate(&self, user: String) -> Result<(), DeskError>;

    /// Lets somebody in again.
    ///
    /// # Errors
    /// As for `person`.
    async fn reactivate(&self, user: String) -> Result<(), DeskError>;

    /// What a link is for; for whoever has it.
    ///
    /// # Errors
    /// `NotFound` for one that is none or may not be used any more, `Refused` after too many tries, `Internal`.
    async fn open_link(&self, token: String) -> Result<LinkView, DeskError>;
}

/// What the address of the table says; every field may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PeopleFilter {
    /// Words that all stand somewhere in the row.
    pub search: String,
    /// `active` or `deactivated`; everybody else.
    pub state: String,
    /// The link that was made a moment ago, by its id.
    pub made: String,
}

impl PeopleFilter {
    /// Reads it from the fields of an address.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in pairs {
            let value = value.trim().to_owned();
            match name {
                "search" => filter.search = value,
                "state" => filter.state = value,
                "made" => filter.made = value,
                _ => {}
            }
        }
        filter
    }

    /// Whether a row has all that is asked for.
    #[must_use]
    pub fn lets_through(&self, row: &PersonRow) -> bool {
        let is_deactivated = row.deactivated_ms.is_some();
        let state_fits = match self.state.as_str() {
            "active" => !is_deactivated,
            "deactivated" => is_deactivated,
            _ => true,
        };
        let teams = row.teams.as_ref().map(|teams| teams.join(" "));
        let languages: Vec<&str> = row.languages.iter().map(|code| language(code)).collect();
        let text = [
            row.user_name.as_str(),
            &row.name,
            row.role.word(),
            teams.as_deref().unwrap_or("every team"),
            &languages.join(" "),
        ]
        .join(" ")
        .to_lowercase();
        let asked = self.search.to_lowercase();
        state_fits && asked.split_whitespace().all(|word| text.contains(word))
    }
}

/// The table of people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleView {
    /// Who is shown, by user name.
    pub rows: Vec<PersonRow>,
    /// How many there are in all.
    pub total: u64,
    /// Invitations that nobody has used.
    pub invitations: Vec<InvitationRow>,
    /// Every team that a line or a person names.
    pub teams: Vec<String>,
    /// The link that was made a moment ago. It is shown this once.
    pub made: Option<MadeLink>,
}

/// Somebody in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// What they sign in with.
    pub user_name: String,
    /// What others call them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The teams whose calls they take; every team's where none is named.
    pub teams: Option<Vec<String>>,
    /// The codes of the languages they speak with callers; all where none is named.
    pub languages: Vec<String>,
    /// How they stand now, if they may sign in.
    pub standing: Option<StandingView>,
    /// They have a page of ours open.
    pub is_here: bool,
    /// When they last opened a page, in milliseconds since 1970 UTC.
    pub seen_ms: Option<i64>,
    /// Since when they may no longer sign in.
    pub deactivated_ms: Option<i64>,
}

/// An invitation that nobody has used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRow {
    /// Names it.
    pub id: String,
    /// What others are to call them; may be empty.
    pub name: String,
    /// What they will be able to do.
    pub role: Role,
    /// Their teams.
    pub teams: Option<Vec<String>>,
    /// Their languages.
    pub languages: Vec<String>,
    /// Who made it.
    pub by: String,
    /// When.
    pub made_ms: i64,
    /// Until when it is good.
    pub until_ms: i64,
    /// That is over.
    pub is_over: bool,
}

/// A link that was made a moment ago.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeLink {
    /// The whole of it.
    pub address: String,
    /// For whom, in words.
    pub whom: String,
    /// Until when it is good.
    pub until_ms: i64,
}

/// What a link is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// Whose other password; nobody's for an invitation.
    pub user_name: Option<String>,
    /// The name that whoever invites gave them; may be empty.
    pub name: String,
    /// What they will be able to do.
    pub role: Role,
}

/// Somebody on their page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// The same as in the table.
    pub row: PersonRow,
    /// Since when they may sign in.
    pub created_ms: i64,
    /// How often they were changed: the form carries it back.
    pub version: i64,
    /// There is a password that lets them in.
    pub has_password: bool,
    /// It is whoever looks.
    pub is_self: bool,
    /// Whoever looks may change them.
    pub may_change: bool,
    /// Every team that a line or a person names.
    pub all_teams: Vec<String>,
    /// The link that was made a moment ago. It is shown this once.
    pub made: Option<MadeLink>,
}

/// Whose calls somebody takes, as a form has it: boxes that are ticked, and a team that is not there yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SkillsForm {
    /// Ticked teams.
    pub teams: BTreeMap<String, String>,
    /// Another team.
    pub team: String,
    /// The codes of ticked languages.
    pub languages: BTreeMap<String, String>,
}

/// Somebody to be invited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    /// What others are to call them; they may choose another.
    pub name: String,
    /// The word of a [`Role`].
    pub role: String,
    /// Whose calls they take.
    pub skills: SkillsForm,
}

/// Somebody as they are to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    /// Who, by user name.
    pub user: String,
    /// The version that was shown.
    pub version: i64,
    /// What others call them.
    pub name: String,
    /// The word of a [`Role`].
    pub role: String,
    /// Whose calls they take.
    pub skills: SkillsForm,
}

/// The language of a code, as people call it.
#[must_use]
pub fn language(code: &str) -> &str {
    match code {
        "en" => "English",
        "es" => "Spanish",
        "ja" => "Japanese",
        other => other,
    }
}

/// Teams in words.
#[must_use]
pub fn teams_in_words(teams: Option<&[String]>) -> String {
    match teams {
        None => "Every team".to_owned(),
        Some(teams) => teams.join(", "),
    }
}

/// Languages in words.
#[must_use]
pub fn languages_in_words(codes: &[String]) -> String {
    if codes.is_empty() {
        return "All".to_owned();
    }
    let names: Vec<&str> = codes.iter().map(|code| language(code)).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_found_by_all_that_the_table_says_of_them() {
        let row = PersonRow {
            user_name: "ana".to_owned(),
            name: "Ana Gomez".to_owned(),
            role: Role::Agent,
            teams: Some(vec!["billing".to_owned()]),
            languages: vec!["es".to_owned()],
            standing: None,
            is_here: false,
            seen_ms: None,
            deactivated_ms: Some(1),
        };
        let finds = |search: &str, state: &str| {
            let pairs = [("search", search), ("state", state)];
            PeopleFilter::from_pairs(pairs).lets_through(&row)
        };

        assert!(finds("gomez BILLING", ""));
        assert!(finds("spanish agent", "deactivated"));
        assert!(!finds("spanish", "active"));
        assert!(!finds("english", ""));
    }
}
