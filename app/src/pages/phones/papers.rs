//! The documents of a call as they are executed, the latest first, with the verb at work marked.

use desk::{Clocked, Ink, Paper, Phone, Piece};
use leptos::prelude::*;

/// What the carrier was answered for one telephone.
#[component]
pub(super) fn Papers(phone: Memo<Option<Phone>>) -> impl IntoView {
    let papers = Memo::new(move |_| {
        phone.with(|phone| {
            let papers = phone.as_ref().map(Phone::papers).unwrap_or_default();
            let latest = papers.len();
            let numbered = papers.into_iter().enumerate().rev();
            numbered
                .map(|(before, paper)| (before + 1, before + 1 == latest, paper))
                .collect::<Vec<_>>()
        })
    });
    let whose = move || {
        phone.with(|phone| {
            phone
                .as_ref()
                .map(|phone| format!("{} calls {}", phone.holder, phone.other))
        })
    };
    view! {
        <section class="papers" aria-labelledby="papers">
            <div class="papers-head">
                <h2 id="papers">"What the line answers"</h2>
                <p class="papers-whose">{whose}</p>
            </div>
            <Show when=move || papers.with(Vec::is_empty)>
                <p class="papers-none">"Each document that the line answers with is laid out here, and the verb at work is marked."</p>
            </Show>
            <ol class="papers-list">
                <For
                    each=move || papers.get()
                    key=|(number, is_latest, paper)| (*number, *is_latest, paper.place, paper.at_work)
                    let((number, is_latest, paper))
                >
                    <Sheet number is_latest paper/>
                </For>
            </ol>
        </section>
    }
}

#[component]
fn Sheet(number: usize, is_latest: bool, paper: Paper) -> impl IntoView {
    let Clocked { iso, exact } = Clocked::new(paper.at_ms);
    let verbs = desk::by_verb(desk::lay_out(&paper.body))
        .into_iter()
        .map(|(verb, pieces)| {
            let at_work = verb.is_some() && verb == paper.at_work;
            stretch(at_work, pieces)
        })
        .collect_view();
    view! {
        <li>
            <details class="fold" open=is_latest>
                <summary>
                    <span class="papers-number">{number}</span>
                    <code>{paper.url}</code>
                    <time class="papers-time" datetime=iso title=exact>{desk::time_of_day(paper.at_ms)}</time>
                </summary>
                <div class="wire document">
                    <pre tabindex="0" aria-label=format!("Document {number}")><code>{verbs}</code></pre>
                </div>
            </details>
        </li>
    }
}

/// A verb, or what stands around the verbs.
fn stretch(at_work: bool, pieces: Vec<Piece>) -> impl IntoView {
    let pieces = pieces.into_iter().map(piece).collect_view();
    view! {
        <span class="verb" class:verb--at-work=at_work aria-current=at_work.then_some("step")>
            {pieces}
            {at_work.then(|| view! { <span class="verb-mark">"at work"</span> })}
        </span>
    }
}

fn piece(piece: Piece) -> impl IntoView {
    let class = match piece.ink {
        Ink::Markup => "ink-markup",
        Ink::Value => "ink-value",
        Ink::Spoken => "ink-spoken",
    };
    view! { <span class=class>{piece.text}</span> }
}
