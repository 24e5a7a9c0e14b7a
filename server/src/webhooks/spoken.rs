//! Documents for when there is nothing to decide: apologies, and good-byes to nobody we know.

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use exchange::{Act, Answer, Language, Line, Plan, Prompt, Speech};

use crate::render::{self, Urls};

/// A document as Twilio wants it: status 200, `text/xml`.
pub(super) fn twiml(document: String) -> Response {
    ([(CONTENT_TYPE, "text/xml; charset=utf-8")], document).into_response()
}

/// Something on our side failed; the caller is asked to call again.
pub(super) fn apology(plan: &Plan, line: Option<&Line>, urls: &Urls) -> Response {
    speak(plan, line, Prompt::Apology, urls)
}

/// A kind end for a request that belongs to no call we could name.
pub(super) fn goodbye(plan: &Plan, line: Option<&Line>, urls: &Urls) -> Response {
    speak(plan, line, Prompt::Goodbye, urls)
}

fn speak(plan: &Plan, line: Option<&Line>, prompt: Prompt, urls: &Urls) -> Response {
    let mut speech = line.map_or_else(|| Speech::plainly(Language::English), Speech::of);
    plan.say(speech.language, prompt, &[], &mut speech.parts);
    twiml(render::document(
        &Answer(vec![Act::Say(speech), Act::HangUp]),
        urls,
    ))
}
