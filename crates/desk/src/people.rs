//! Who is looking, and what they may do; and people as admins look at them.

mod admin;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use admin::{
    InvitationRow, InviteForm, LinkView, MadeLink, People, PeopleFilter, PeopleView, PersonForm,
    PersonRow, PersonView, SkillsForm, language, languages_in_words, teams_in_words,
};

/// What a person may do; each role may do all that the ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes calls.
    Agent,
    /// Also reads every call.
    Supervisor,
    /// Also changes lines, people and settings.
    Admin,
}

impl Role {
    /// All roles, the least powerful first.
    pub const ALL: [Self; 3] = [Self::Agent, Self::Supervisor, Self::Admin];

    /// The role's lower-case word, as the database, the command line and the pages write it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Admin => "admin",
        }
    }

    /// Whether this role reads calls and their journals.
    #[must_use]
    pub fn reads_calls(self) -> bool {
        self >= Self::Supervisor
    }

    /// Whether this role changes lines, people and settings.
    #[must_use]
    pub fn administers(self) -> bool {
        self >= Self::Admin
    }

    /// Whether this role sees every room, and does things with it.
    #[must_use]
    pub fn sees_rooms(self) -> bool {
        self >= Self::Supervisor
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A word that names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a role: agent, supervisor or admin")]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(word: &str) -> Result<Self, UnknownRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.word() == word)
            .ok_or_else(|| UnknownRole(word.to_owned()))
    }
}

/// The person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// What they sign in with: letters, digits and underscore.
    pub user_name: String,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// What every page says about the installation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// No carrier account is configured: requests are signed with the published demonstration token.
    pub demonstration: bool,
    /// The local carrier runs: there are pretend telephones.
    pub phones: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_found_by_its_word() {
        for role in Role::ALL {
            assert_eq!(role.word().parse(), Ok(role));
        }
    }

    #[test]
    fn a_word_that_names_no_role_is_refused_with_the_choices() {
        let refusal = "root".parse::<Role>().unwrap_err();

        assert_eq!(
            refusal.to_string(),
            "\"root\" is not a role: agent, supervisor or admin"
        );
    }

    #[test]
    fn only_supervisors_and_admins_read_calls() {
        let readers: Vec<_> = Role::ALL
            .into_iter()
            .filter(|role| role.reads_calls())
            .collect();

        assert_eq!(readers, [Role::Supervisor, Role::Admin]);
    }
}
