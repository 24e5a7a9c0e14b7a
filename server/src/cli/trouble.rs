//! Why a command was not done: one line for the operator.

use std::error::Error;
use std::fmt;

use crate::auth::password::PasswordError;
use crate::chain::chain;
use crate::config::ConfigError;

/// One line: what is wrong, its causes, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble(String);

impl Trouble {
    /// A line as it stands.
    pub fn new(line: impl Into<String>) -> Self {
        Self(line.into())
    }

    /// What is wrong and what to do, with the causes between.
    pub fn caused(wrong: &str, advice: &str, cause: &dyn Error) -> Self {
        Self(format!("{wrong}: {}; {advice}", chain(cause)))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Trouble {}

impl From<ConfigError> for Trouble {
    fn from(error: ConfigError) -> Self {
        Self(error.to_string())
    }
}

impl From<store::Error> for Trouble {
    fn from(error: store::Error) -> Self {
        Self::caused(
            "the database did not do it",
            "check with `switchboard doctor`",
            &error,
        )
    }
}

impl From<PasswordError> for Trouble {
    fn from(error: PasswordError) -> Self {
        Self(chain(&error))
    }
}
