//! The people of the public legislators file, one by one, each with the line they begin on.

use jiff::civil::Date;
use serde_json::Value;

use super::file::{BadLine, newlines};

/// Somebody as the file describes them.
pub(super) struct Person {
    /// The line they begin on.
    pub(super) line: u64,
    /// Everything the file says about them.
    pub(super) value: Value,
}

/// Reads the YAML form.
pub(super) fn from_yaml(text: &str) -> Result<Vec<Person>, Vec<BadLine>> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_nodes: 5_000_000, max_events: 10_000_000 },
    };
    let people: Vec<serde_saphyr::Spanned<Value>> =
        serde_saphyr::from_str_with_options(text, options).map_err(|error| {
            let line = error.location().map_or(1, |place| place.line().max(1));
            let reason = without_place(error.without_snippet());
            vec![BadLine::new(
                line,
                format!("the YAML cannot be read: {reason}"),
            )]
        })?;
    Ok(people
        .into_iter()
        .map(|person| Person {
            line: person.referenced.line(),
            value: person.value,
        })
        .collect())
}

/// Reads the JSON form, entry by entry, since a JSON value does not know where it stood.
pub(super) fn from_json(text: &str) -> Result<Vec<Person>, Vec<BadLine>> {
    let mut list = List {
        text,
        at: 0,
        line: 1,
    };
    list.skip_space();
    if !list.takes('[') {
        return Err(list.refuses("the JSON is no list of people"));
    }
    let mut people = Vec::new();
    while !list.takes(']') {
        if !people.is_empty() && !list.takes(',') {
            return Err(list.refuses("the JSON list goes on without a comma, or does not end"));
        }
        people.push(list.entry()?);
    }
    Ok(people)
}

/// A JSON list and how far it has been read, in bytes and lines.
struct List<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl List<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn moves_on(&mut self, bytes: usize) {
        let passed = self.text.as_bytes().get(self.at..self.at + bytes);
        self.line += newlines(passed.unwrap_or_default());
        self.at += bytes;
    }

    fn refuses(&self, reason: &str) -> Vec<BadLine> {
        vec![BadLine::new(self.line, reason)]
    }

    fn skip_space(&mut self) {
        self.moves_on(self.rest().len() - self.rest().trim_start().len());
    }

    fn takes(&mut self, sign: char) -> bool {
        let is_there = self.rest().starts_with(sign);
        if is_there {
            self.moves_on(sign.len_utf8());
            self.skip_space();
        }
        is_there
    }

    fn entry(&mut self) -> Result<Person, Vec<BadLine>> {
        let line = self.line;
        let mut values = serde_json::Deserializer::from_str(self.rest()).into_iter::<Value>();
        let value = match values.next() {
            Some(Ok(value)) => value,
            Some(Err(error)) => {
                let within = u64::try_from(error.line().saturating_sub(1)).unwrap_or(0);
                let reason = format!("the JSON cannot be read: {}", without_place(&error));
                return Err(vec![BadLine::new(line + within, reason)]);
            }
            None => return Err(self.refuses("the JSON list does not end")),
        };
        let length = values.byte_offset();
        self.moves_on(length);
        self.skip_space();
        Ok(Person { line, value })
    }
}

/// What is wrong, without the line and column, which stand before it already.
fn without_place(error: &impl ToString) -> String {
    let reason = error.to_string();
    reason
        .split(" at line ")
        .next()
        .unwrap_or(&reason)
        .to_owned()
}

/// A field as text, where it has one: numbers as they are written, empty texts as none.
pub(super) fn words(value: &Value, field: &str) -> Option<String> {
    let text = match value.get(field)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// A field as a day.
pub(super) fn day(value: &Value, field: &str) -> Result<Date, String> {
    let text = words(value, field).ok_or_else(|| format!("a term has no {field}"))?;
    text.parse()
        .map_err(|_| format!("{text:?} is no {field} of a term; it takes a date like 2027-01-03"))
}

/// A person's name as it is spoken.
pub(super) fn full_name(person: &Value) -> Option<String> {
    let name = person.get("name")?;
    words(name, "official_full").or_else(|| {
        let parts: Vec<String> = ["first", "last"]
            .into_iter()
            .filter_map(|part| words(name, part))
            .collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    })
}
