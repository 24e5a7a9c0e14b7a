//! A page that is made without the application: what remains to be said when it cannot be asked.

use axum::response::Html;

/// A heading and one sentence. Both are ours, never somebody's input.
pub(crate) fn page(title: &'static str, sentence: &'static str) -> Html<String> {
    Html(format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title} · Switchboard</title></head>\
         <body><main><h1>{title}</h1><p>{sentence}</p><p><a href=\"/\">Go to the first page</a></p></main></body></html>\n"
    ))
}
