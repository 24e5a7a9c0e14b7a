//! The environment as a map: the one place that reads it.

use std::collections::BTreeMap;

/// Environment variables by name. A variable that is set to nothing counts as not set.
#[derive(Clone, Debug, Default)]
pub struct Vars(BTreeMap<String, String>);

impl Vars {
    /// Takes the process's environment. Bytes that are not UTF-8 are replaced, so that the variable's own check names it.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the environment"
    )]
    pub fn from_env() -> Self {
        let lossy = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        Self(
            std::env::vars_os()
                .map(|(name, value)| (lossy(name), lossy(value)))
                .collect(),
        )
    }

    /// The variable's value without surrounding blanks.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The names, in order, that begin with `prefix` and are set.
    pub(crate) fn beginning_with(&self, prefix: &str) -> Vec<&str> {
        self.0
            .keys()
            .filter(|name| name.starts_with(prefix) && self.text(name).is_some())
            .map(String::as_str)
            .collect()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Vars {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}
