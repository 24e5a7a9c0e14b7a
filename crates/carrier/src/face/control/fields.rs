//! Bodies of control requests: a JSON object, read field by field, so that a refusal can name the field.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Refused;

/// The fields that were sent and not yet read.
#[derive(Debug)]
pub(super) struct Fields {
    prefix: String,
    left: Map<String, Value>,
}

impl Fields {
    /// Reads a body; an empty one has no fields.
    pub(super) fn read(body: &[u8]) -> Result<Self, Refused> {
        if body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self::of(String::new(), Map::new()));
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(left)) => Ok(Self::of(String::new(), left)),
            Ok(
                Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::String(_)
                | Value::Array(_),
            ) => Err(Refused::plain(400, "the body is no JSON object")),
            Err(error) => Err(Refused::plain(400, format!("the body is no JSON: {error}"))),
        }
    }

    const fn of(prefix: String, left: Map<String, Value>) -> Self {
        Self { prefix, left }
    }

    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refused> {
        self.value(name, "a text")
    }

    pub(super) fn required(&mut self, name: &str) -> Result<String, Refused> {
        self.text(name)?
            .ok_or_else(|| Refused::field(self.path(name), "is missing"))
    }

    pub(super) fn number(&mut self, name: &str) -> Result<Option<u32>, Refused> {
        self.value(name, "a whole number, 0 or more")
    }

    /// An object within.
    pub(super) fn inner(&mut self, name: &str) -> Result<Self, Refused> {
        let left: Option<Map<String, Value>> = self.value(name, "an object")?;
        Ok(Self::of(
            format!("{}.", self.path(name)),
            left.unwrap_or_default(),
        ))
    }

    pub(super) fn value<T: DeserializeOwned>(
        &mut self,
        name: &str,
        what: &str,
    ) -> Result<Option<T>, Refused> {
        match self.left.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => serde_json::from_value(value)
                .map(Some)
                .map_err(|_| Refused::field(self.path(name), format!("is not {what}"))),
        }
    }

    /// Refuses whatever was not read.
    pub(super) fn end(self) -> Result<(), Refused> {
        match self.left.keys().next() {
            Some(name) => Err(Refused::field(self.path(name), "there is no such field")),
            None => Ok(()),
        }
    }

    fn path(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_field() {
        let mut fields =
            Fields::read(br#"{"from": 7, "place": {"zip": [], "moon": 1}, "n": -1}"#).unwrap();
        let named = |refused: Refused| refused.field.unwrap();

        assert_eq!(named(fields.required("from").unwrap_err()), "from");
        assert_eq!(named(fields.required("to").unwrap_err()), "to");
        assert_eq!(named(fields.number("n").unwrap_err()), "n");
        let mut place = fields.inner("place").unwrap();
        assert_eq!(named(place.text("zip").unwrap_err()), "place.zip");
        assert_eq!(named(place.end().unwrap_err()), "place.moon");
    }

    #[test]
    fn a_body_is_an_object_or_nothing() {
        assert!(Fields::read(b" ").unwrap().end().is_ok());
        for body in [&b"[]"[..], b"7", b"{", b"\xff"] {
            assert_eq!(Fields::read(body).unwrap_err().field, None);
        }
    }
}
