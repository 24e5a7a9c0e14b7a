//! `DISK_LEAST_MB`: how much room there has to be for the database.

use std::fmt;

use super::{ConfigError, Vars};

const LEAST: &str = "DISK_LEAST_MB";

/// About a million calls.
const USUAL: u64 = 2_000;

/// How much room there has to be for the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disk {
    /// In megabytes: less is a warning, less than a tenth of it wrong.
    pub least_mb: u64,
}

impl Disk {
    /// Reads the variable.
    ///
    /// # Errors
    /// When it is no whole number.
    pub(super) fn from_vars(vars: &Vars) -> Result<Self, ConfigError> {
        let Some(text) = vars.text(LEAST) else {
            return Ok(Self { least_mb: USUAL });
        };
        let least_mb = text.parse::<u32>().map(u64::from).map_err(|_| {
            let advice = format!(
                "is `{text}`; write a whole number of megabytes, or leave it out for {USUAL}"
            );
            ConfigError::new(LEAST, advice)
        })?;
        Ok(Self { least_mb })
    }
}

impl fmt::Display for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{LEAST}={}", self.least_mb)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_of_megabytes_names_its_variable() {
        for text in ["-1", "2 GB", "much"] {
            let vars: Vars = [(LEAST, text)].into_iter().collect();

            let error = Disk::from_vars(&vars).expect_err(text);

            assert_eq!(error.variable, LEAST);
        }
    }
}
