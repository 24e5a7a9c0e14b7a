//! A form that was refused without script comes back with why, in the address of its page, and with what was entered where
//! its refusal holds it (offices, lines, prompts, places of menus, numbers to be pointed); the others are short, and come
//! back as they were before. Where that would be long it is kept in the session instead: of a page with a long address
//! browsers do not say that they come from there, and the next answer would lead nowhere.

use axum::Extension;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use desk::Viewer;
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use crate::chance;

/// The longest way back that stands in an address; browsers leave 4,096 characters and more unsaid.
const LONGEST: usize = 2_000;

/// The key in the session, and the name in the address.
const REFUSED: &str = "refused";

/// What leptos names the function and its error in the address.
const FUNCTION: &str = "__path";
const ERROR: &str = "__err";

/// What a server function refused, as leptos writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Refused {
    id: String,
    pub(super) function: String,
    pub(super) error: String,
}

/// Keeps what would make a long address, and brings it to the page that names it.
pub(super) async fn carry(
    session: Session,
    viewer: Option<Extension<Viewer>>,
    mut request: Request,
    next: Next,
) -> Response {
    if viewer.is_none() {
        return next.run(request).await;
    }
    if let Some(id) = named_in(request.uri().query().unwrap_or_default())
        && let Ok(Some(kept)) = session.get::<Refused>(REFUSED).await
        && kept.id == id
    {
        request.extensions_mut().insert(kept);
    }
    let mut response = next.run(request).await;
    let location = response.headers().get(header::LOCATION);
    let location = location.and_then(|location| location.to_str().ok());
    let taken = location
        .filter(|location| location.len() > LONGEST)
        .and_then(|location| taken_out(location, chance::secret()));
    if let Some((refused, shorter)) = taken
        && let Ok(shorter) = HeaderValue::try_from(shorter)
        // What cannot be kept stays in the address.
        && session.insert(REFUSED, &refused).await.is_ok()
    {
        response.headers_mut().insert(header::LOCATION, shorter);
    }
    response
}

fn pairs(query: &str) -> Vec<(String, String)> {
    serde_urlencoded::from_str(query).unwrap_or_default()
}

fn named_in(query: &str) -> Option<String> {
    let named = pairs(query).into_iter().find(|(name, _)| name == REFUSED);
    named.map(|(_, id)| id)
}

/// The refusal that an address holds, the latest where there are several, and the address that names it instead.
fn taken_out(location: &str, id: String) -> Option<(Refused, String)> {
    let (page, query) = location.split_once('?')?;
    let (ours, mut rest): (Vec<_>, Vec<_>) = pairs(query)
        .into_iter()
        .partition(|(name, _)| [FUNCTION, ERROR, REFUSED].contains(&name.as_str()));
    let last = |wanted: &str| {
        let found = ours.iter().rev().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.clone())
    };
    let refused = Refused {
        function: last(FUNCTION)?,
        error: last(ERROR)?,
        id: id.clone(),
    };
    rest.push((REFUSED.to_owned(), id));
    let query = serde_urlencoded::to_string(rest).ok()?;
    Some((refused, format!("{page}?{query}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_refusal_is_taken_out_of_an_address_and_named() {
        let location = "http://a.test/prompts?edit=a+b&__path=%2Fapi%2Fx&__err=b2xk&__path=%2Fapi%2Fy&__err=bmV3&refused=old";

        let (refused, shorter) = taken_out(location, "7".to_owned()).unwrap();

        assert_eq!(shorter, "http://a.test/prompts?edit=a+b&refused=7");
        let expected = Refused {
            id: "7".to_owned(),
            function: "/api/y".to_owned(),
            error: "bmV3".to_owned(),
        };
        assert_eq!(refused, expected);
        assert_eq!(named_in("edit=a&refused=7").as_deref(), Some("7"));
        assert_eq!(taken_out("/prompts?edit=a", String::new()), None);
        assert_eq!(taken_out("/prompts", String::new()), None);
    }
}
