//! User names: what people sign in with, and their identity towards the carrier.

use std::fmt;

/// Two to 32 lower-case letters, digits and underscores, beginning with a letter, and no first path segment of ours.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UserName(String);

/// Why a user name may not be taken, as a sentence for the person who chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadUserName {
    /// Other characters, too few or too many of them.
    #[error("A user name has 2 to 32 letters, digits and underscores, and begins with a letter.")]
    Malformed,
    /// Paths such as `/{user name}/token` would mean something else.
    #[error("This user name is a word of our own addresses; choose another.")]
    Reserved,
}

/// First segments of our paths, present and planned: `/{user name}/token` has to stay clear of them.
pub const RESERVED: &[&str] = &[
    "api",
    "assets",
    "audit",
    "board",
    "callcongress",
    "calls",
    "conference",
    "conferences",
    "directory",
    "healthz",
    "inbox",
    "invite",
    "ivr",
    "line",
    "lines",
    "live",
    "login",
    "logout",
    "menus",
    "people",
    "phones",
    "pkg",
    "prompts",
    "retention",
    "sdk",
    "setup",
    "signal",
    "sounds",
    "static",
    "style",
    "token",
    "twilio",
    "voice",
];

impl UserName {
    /// Reads a user name; capital letters are taken as small ones.
    ///
    /// # Errors
    /// When it has other characters, the wrong length, or is a word of our addresses.
    pub fn parse(text: &str) -> Result<Self, BadUserName> {
        let name = text.trim().to_ascii_lowercase();
        let is_well_formed = (2..=32).contains(&name.len())
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !is_well_formed {
            return Err(BadUserName::Malformed);
        }
        if RESERVED.contains(&name.as_str()) {
            return Err(BadUserName::Reserved);
        }
        Ok(Self(name))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_taken_as_small_letters() {
        assert_eq!(UserName::parse(" Ada_2 ").unwrap().as_str(), "ada_2");
    }

    #[test]
    fn what_the_carrier_or_our_paths_cannot_bear_is_refused() {
        for text in [
            "",
            "a",
            "2ada",
            "_ada",
            "ada lovelace",
            "ada-l",
            "ädä",
            &"a".repeat(33),
        ] {
            assert_eq!(UserName::parse(text), Err(BadUserName::Malformed), "{text}");
        }
        assert_eq!(UserName::parse("Conference"), Err(BadUserName::Reserved));
    }
}
