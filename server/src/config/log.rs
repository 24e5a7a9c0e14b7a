//! `LOG` and `LOG_FORMAT`: how much is logged, and in which shape.

use std::fmt;

use tracing_subscriber::EnvFilter;

use super::{ConfigError, Vars};

/// What is logged and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// A filter as tracing-subscriber reads it: `info`, `switchboard=debug,warn`.
    pub filter: String,
    /// The shape of a line.
    pub format: LogFormat,
}

/// The shape of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people at a terminal.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

impl Log {
    /// Reads `LOG` (default `info`) and `LOG_FORMAT` (default `text`).
    ///
    /// # Errors
    /// When the filter cannot be read or the format is unknown.
    pub fn from_vars(vars: &Vars) -> Result<Self, ConfigError> {
        let filter = vars.text("LOG").unwrap_or("info").to_owned();
        EnvFilter::try_new(&filter).map_err(|error| {
            ConfigError::new(
                "LOG",
                format!("cannot be read ({error}); write info, debug, or server=debug,warn"),
            )
        })?;
        let format = match vars.text("LOG_FORMAT").unwrap_or("text") {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            other => {
                return Err(ConfigError::new(
                    "LOG_FORMAT",
                    format!("is `{other}`; write text or json"),
                ));
            }
        };
        Ok(Self { filter, format })
    }
}

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = match self.format {
            LogFormat::Text => "text",
            LogFormat::Json => "json",
        };
        write!(f, "LOG={} LOG_FORMAT={format}", self.filter)
    }
}
