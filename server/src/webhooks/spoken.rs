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

/// Something is said in the words of a line, or in English, and the call ends.
pub(super) fn speak(plan: &Plan, line: Option<&Line>, prompt: Prompt, urls: &Urls) -> Response {
    let speech = match line {
        Some(line) => {
            let mut speech = Speech::of(line);
            plan.say(line, prompt, &[], &mut speech.parts);
            speech
        }
        None => {
            let mut speech = Speech::plainly(Language::English);
            plan.say_in(Language::English, prompt, &[], &mut speech.parts);
            speech
        }
    };
    twiml(render::document(
        &Answer(vec![Act::Say(speech), Act::HangUp]),
        urls,
    ))
}
