//! Reads single fields of a form; what cannot be read counts as absent.

use std::str::FromStr;

use crate::date;
use crate::form::Form;

/// A callback that does not say what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{name} is missing or not the identifier that it should be")]
pub struct MissingSid {
    /// The parameter.
    pub name: &'static str,
}

/// A value that is not blank.
pub(crate) fn filled<'a>(form: &'a Form, name: &str) -> Option<&'a str> {
    form.get(name).filter(|value| !value.trim().is_empty())
}

/// A value that is not blank, as sent.
pub(crate) fn text(form: &Form, name: &str) -> Option<String> {
    filled(form, name).map(str::to_owned)
}

pub(crate) fn number<N: FromStr>(form: &Form, name: &str) -> Option<N> {
    form.get(name).and_then(|value| value.trim().parse().ok())
}

pub(crate) fn truth(form: &Form, name: &str) -> Option<bool> {
    form.get(name)
        .and_then(|value| value.trim().to_ascii_lowercase().parse().ok())
}

/// A date of RFC 2822 in milliseconds since 1970 UTC.
pub(crate) fn date_ms(form: &Form, name: &str) -> Option<i64> {
    form.get(name).and_then(date::from_rfc2822)
}

pub(crate) fn sid<S: TryFrom<String>>(form: &Form, name: &str) -> Option<S> {
    form.get(name)
        .and_then(|value| S::try_from(value.to_owned()).ok())
}

pub(crate) fn needed_sid<S: TryFrom<String>>(
    form: &Form,
    name: &'static str,
) -> Result<S, MissingSid> {
    sid(form, name).ok_or(MissingSid { name })
}

/// A part of an identity that may be absent.
pub(crate) fn or_dash<T: ToString>(part: Option<&T>) -> String {
    part.map_or_else(|| "-".to_owned(), T::to_string)
}
