//! `TWILIO_CONCURRENT_CALLS`, `TWILIO_CALLS_PER_SECOND`: what the account can bear.

use std::fmt;

use super::{ConfigError, Vars};

const CONCURRENT: &str = "TWILIO_CONCURRENT_CALLS";
const PER_SECOND: &str = "TWILIO_CALLS_PER_SECOND";

/// What an account can bear: Twilio's figures for an account of one person (reference E.1).
const USUAL: Guard = Guard {
    concurrent_calls: 10,
    calls_per_second: 1,
};

/// What the local carrier bears without being asked.
const DEMONSTRATION: Guard = Guard {
    concurrent_calls: 100,
    calls_per_second: 30,
};

/// What the account can bear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guard {
    /// How many legs there may be at once; a caller with an agent is two.
    pub concurrent_calls: u32,
    /// How many legs we may create in a second.
    pub calls_per_second: u32,
}

impl Guard {
    /// Reads the two variables.
    ///
    /// # Errors
    /// When one is no whole number above zero.
    pub(super) fn from_vars(vars: &Vars, is_demonstration: bool) -> Result<Self, ConfigError> {
        let usual = if is_demonstration {
            DEMONSTRATION
        } else {
            USUAL
        };
        Ok(Self {
            concurrent_calls: figure(vars, CONCURRENT, usual.concurrent_calls)?,
            calls_per_second: figure(vars, PER_SECOND, usual.calls_per_second)?,
        })
    }
}

fn figure(vars: &Vars, name: &str, usual: u32) -> Result<u32, ConfigError> {
    let Some(text) = vars.text(name) else {
        return Ok(usual);
    };
    text.parse().ok().filter(|figure| *figure > 0).ok_or_else(|| {
        let advice = format!(
            "is `{text}`; write a whole number above zero, as Twilio's console shows it for your account, or leave it out for {usual}"
        );
        ConfigError::new(name, advice)
    })
}

impl fmt::Display for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{CONCURRENT}={} {PER_SECOND}={}",
            self.concurrent_calls, self.calls_per_second
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_twilios_unless_somebody_says_otherwise() {
        let own: Vars = [(CONCURRENT, "40"), (PER_SECOND, "5")]
            .into_iter()
            .collect();

        assert_eq!(Guard::from_vars(&Vars::default(), false), Ok(USUAL));
        assert_eq!(Guard::from_vars(&Vars::default(), true), Ok(DEMONSTRATION));
        assert_eq!(
            Guard::from_vars(&own, false).map(|guard| guard.to_string()),
            Ok("TWILIO_CONCURRENT_CALLS=40 TWILIO_CALLS_PER_SECOND=5".to_owned())
        );
    }

    #[test]
    fn a_figure_that_is_none_names_its_variable() {
        for text in ["0", "-1", "many", "1.5"] {
            let vars: Vars = [(PER_SECOND, text)].into_iter().collect();

            let error = Guard::from_vars(&vars, false).expect_err(text);

            assert_eq!(error.variable, PER_SECOND);
        }
    }
}
