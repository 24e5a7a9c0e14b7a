//! What the environment says: read once, checked whole, printed with its secrets hidden.

mod carrier;
mod database;
mod disk;
mod guard;
mod log;
mod phone_key;
mod secret;
mod vars;
mod web;

use std::fmt;

pub use ::carrier::face::DEMONSTRATION_TOKEN;
pub use carrier::{Account, Carrier, DEMONSTRATION_SID, Signalling};
pub use database::Database;
pub use disk::Disk;
pub use guard::Guard;
pub use log::{Log, LogFormat};
pub use phone_key::{DEMONSTRATION_APPLICATION, PhoneKey};
pub use secret::Secret;
pub use vars::Vars;
pub use web::{PublicUrl, Web};

/// Everything that an operator can set.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where calls, people and directories are kept.
    pub database: Database,
    /// Where the server listens and under which addresses it is reached.
    pub web: Web,
    /// The Twilio account, or the demonstration.
    pub carrier: Carrier,
    /// What the account can bear.
    pub guard: Guard,
    /// How much room there has to be for the database.
    pub disk: Disk,
    /// What is logged and how.
    pub log: Log,
}

impl Config {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// The first variable that cannot be obeyed.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_vars(&Vars::from_env())
    }

    /// Reads the variables given.
    ///
    /// # Errors
    /// The first variable that cannot be obeyed.
    pub fn from_vars(vars: &Vars) -> Result<Self, ConfigError> {
        let web = Web::from_vars(vars)?;
        let carrier = Carrier::from_vars(vars, &web)?;
        Ok(Self {
            database: Database::from_vars(vars)?,
            disk: Disk::from_vars(vars)?,
            guard: Guard::from_vars(vars, carrier.is_demonstration())?,
            carrier,
            log: Log::from_vars(vars)?,
            web,
        })
    }
}

impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} {} {} {} {}",
            self.database, self.disk, self.web, self.carrier, self.guard, self.log
        )
    }
}

/// A variable that cannot be obeyed: one line that names it and says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{variable} {advice}")]
pub struct ConfigError {
    /// The variable, or several joined by " and ".
    pub variable: String,
    /// What is wrong with it and what to do; reads on from the variable's name.
    pub advice: String,
}

impl ConfigError {
    /// An error about `variable`; the advice reads on from its name.
    pub fn new(variable: impl Into<String>, advice: impl Into<String>) -> Self {
        let advice = advice.into().replace(['\n', '\r'], " ");
        Self {
            variable: variable.into(),
            advice,
        }
    }
}
