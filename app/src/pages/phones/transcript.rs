//! What is said, heard and pressed on a telephone, as it happens.

use desk::{Phone, Stage, Utterance, Voice};
use leptos::prelude::*;

use crate::api::ApiError;
use crate::parts::words_of;

/// The lines of a telephone, the latest in sight.
#[component]
pub(super) fn Transcript(phone: Memo<Option<Phone>>) -> impl IntoView {
    let lines = Memo::new(move |_| {
        phone.with(|phone| phone.as_ref().map(Phone::transcript).unwrap_or_default())
    });
    let other = move || {
        phone.with(|phone| {
            phone
                .as_ref()
                .map(|phone| phone.other.clone())
                .unwrap_or_default()
        })
    };
    let silence = move || {
        phone.with(|phone| match phone.as_ref().map(|phone| phone.stage) {
            Some(Stage::Over) => "Nothing was said.",
            Some(Stage::Ringing | Stage::Talking) | None => "Nothing is heard yet.",
        })
    };
    let is_empty = Memo::new(move |_| lines.with(Vec::is_empty));
    view! {
        // The latest line is at the start of the reversed column, so that it stays in sight while others come.
        <div class="transcript" tabindex="0" role="log" aria-label="What is heard">
            <ol class="transcript-lines">
                <For each=move || lines.get() key=|line: &Utterance| line.place let:line>
                    <Line line other=other()/>
                </For>
            </ol>
            <Show when=move || is_empty.get()>
                <p class="transcript-silence">{silence}</p>
            </Show>
        </div>
    }
}

#[component]
fn Line(line: Utterance, other: String) -> impl IntoView {
    let Utterance {
        voice,
        text,
        language,
        at_ms,
        place: _,
    } = line;
    let (class, who) = match voice {
        Voice::Line => ("line line--heard", "The line says:".to_owned()),
        Voice::Other => ("line line--other", format!("{other} says:")),
        Voice::Holder => ("line line--own", "You say:".to_owned()),
        Voice::Keys => ("line line--keys", "You press:".to_owned()),
        Voice::Aside => ("line line--aside", String::new()),
    };
    let words = match voice {
        Voice::Keys => text
            .chars()
            .map(|key| view! { <kbd class="cap">{key.to_string()}</kbd> })
            .collect_view()
            .into_any(),
        Voice::Line | Voice::Other | Voice::Holder | Voice::Aside => {
            view! { <span class="line-words" lang=language>{text}</span> }.into_any()
        }
    };
    view! {
        <li class=class title=desk::time_of_day(at_ms)>
            <span class="unseen">{who}" "</span>
            {words}
        </li>
    }
}

/// Why something was not done, in words.
pub(super) fn refusal<T>(answer: Option<Result<T, ApiError>>) -> Option<String> {
    match answer {
        Some(Err(ApiError(error))) => Some(words_of(&error)),
        Some(Ok(_)) | None => None,
    }
}
