//! Lists, page by page (reference E.1): a token names the item that the page begins behind.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use twilio::Form;

use super::ask::Ask;
use super::reply::Reply;
use crate::engine::RestError;

const USUAL_SIZE: usize = 50;
const MOST_SIZE: usize = 1_000;

/// A resource that stands in lists.
pub(super) trait Item {
    /// What names it in its list: the SID of a call for participants and members.
    fn name(&self) -> String;

    /// The resource as JSON.
    fn render(&self, ask: &Ask<'_>) -> Value;
}

/// Where a page lies in its list.
enum Place {
    First,
    Behind(String),
    Before(String),
}

/// Answers with one page of a list, under the list's key.
pub(super) fn page(ask: &Ask<'_>, key: &str, items: &[impl Item]) -> Result<Reply, RestError> {
    let size = size(&ask.query)?;
    let number = page_number(&ask.query)?;
    let place = place(&ask.query, number)?;
    let position = |name: &str| items.iter().position(|item| item.name() == name);
    let start = match &place {
        Place::First => 0,
        Place::Behind(name) => position(name).ok_or_else(bad_token)? + 1,
        Place::Before(name) => position(name).ok_or_else(bad_token)?.saturating_sub(size),
    };
    let shown = &items[start..items.len().min(start + size)];
    let end = start + shown.len();

    let next = shown.last().filter(|_| end < items.len());
    let next = next.map(|last| link(ask, size, number + 1, Some(format!("PA{}", last.name()))));
    let previous = shown.first().filter(|_| start > 0 && number > 0);
    let previous =
        previous.map(|first| link(ask, size, number - 1, Some(format!("PB{}", first.name()))));
    let first_index = number * size;
    let mut envelope = BTreeMap::from([
        (
            "uri",
            json!(ask.uri.path_and_query().map(ToString::to_string)),
        ),
        ("first_page_uri", json!(link(ask, size, 0, None))),
        ("next_page_uri", json!(next)),
        ("previous_page_uri", json!(previous)),
        ("page", json!(number)),
        ("page_size", json!(size)),
        ("start", json!(first_index)),
        ("end", json!(first_index + shown.len().saturating_sub(1))),
    ]);
    let rendered: Vec<Value> = shown.iter().map(|item| item.render(ask)).collect();
    envelope.insert(key, Value::Array(rendered));
    Ok(Reply::shown(&envelope))
}

fn size(query: &Form) -> Result<usize, RestError> {
    let Some(text) = query.get("PageSize").filter(|text| !text.is_empty()) else {
        return Ok(USUAL_SIZE);
    };
    let size: usize = text
        .parse()
        .map_err(|_| RestError::new(400, 20001, format!("PageSize {text} is not a number")))?;
    if size > MOST_SIZE {
        return Err(RestError::new(
            400,
            20007,
            format!("Page size must be at most {MOST_SIZE}"),
        ));
    }
    Ok(size.max(1))
}

fn page_number(query: &Form) -> Result<usize, RestError> {
    match query.get("Page").filter(|text| !text.is_empty()) {
        Some(text) => text.parse().map_err(|_| bad_token()),
        None => Ok(0),
    }
}

/// A page beyond the first is found by its token only.
fn place(query: &Form, number: usize) -> Result<Place, RestError> {
    match query.get("PageToken").filter(|token| !token.is_empty()) {
        Some(token) => match token.split_at_checked(2) {
            Some(("PA", name)) => Ok(Place::Behind(name.to_owned())),
            Some(("PB", name)) => Ok(Place::Before(name.to_owned())),
            Some((_, _)) | None => Err(bad_token()),
        },
        None if number == 0 => Ok(Place::First),
        None => Err(bad_token()),
    }
}

fn bad_token() -> RestError {
    RestError::new(400, 21481, "Invalid PageToken")
}

/// The same list with its filters, at another page.
fn link(ask: &Ask<'_>, size: usize, number: usize, token: Option<String>) -> String {
    let paging = [
        ("PageSize", Some(size.to_string())),
        ("Page", Some(number.to_string())),
        ("PageToken", token),
    ];
    let mut query = Form::new();
    let is_paging = |name: &str| paging.iter().any(|(paging, _)| *paging == name);
    for (name, value) in ask.query.iter().filter(|(name, _)| !is_paging(name)) {
        query.push(name, value);
    }
    for (name, value) in &paging {
        if let Some(value) = value {
            query.push(name, value);
        }
    }
    format!("{}?{}", ask.uri.path(), query.write())
}
