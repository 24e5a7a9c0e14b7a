//! Taking a file: handing it in, what it would change, line by line, and saying yes.

use desk::Role;
use desk::directory::{ImportLine, ImportView};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{Fields, Head, use_id};
use crate::api::{TakeFile, look_through};
use crate::parts::{Gate, Glyph, Icon, Refusal, Refused, action, when_here};
use crate::query::use_query;

/// Taking a file into the directory that the address names.
#[component]
pub(crate) fn DirectoryFile() -> impl IntoView {
    view! {
        <Gate opens_to=Role::administers>
            <Look/>
        </Gate>
    }
}

#[component]
fn Look() -> impl IntoView {
    let (id, query) = (use_id(), use_query());
    let file = Memo::new(move |_| query.with(|query| query.get("file")));
    let answer = Resource::new(
        move || (id.get(), file.get()),
        |(id, file)| look_through(id, file),
    );
    let problem =
        Memo::new(move |_| query.with(|query| problem(&query.get("problem"), &query.get("why"))));
    let guess = Memo::new(move |_| query.with(|query| query.get("guess")));
    view! {
        <div class="page page--directory">
            <Transition>
                {move || when_here(answer, move |view| view! { <Shown view problem guess/> }.into_any())}
            </Transition>
        </div>
    }
}

/// Why a file was not even looked at.
fn problem(word: &str, why: &str) -> Option<String> {
    match word {
        "none" => Some("Choose a file first.".to_owned()),
        "large" => {
            Some("The file is larger than 8 MB. No directory is; choose another.".to_owned())
        }
        "kind" => Some(format!("The file was not taken: {why}.")),
        _ => None,
    }
}

#[component]
fn Shown(view: ImportView, problem: Memo<Option<String>>, guess: Memo<String>) -> impl IntoView {
    let id = view.head.id.clone();
    let title = format!("Take a file into {}", view.head.name);
    let is_looked_at = !view.upload.is_empty();
    view! {
        <Title text=title/>
        <Head head=view.head.clone() here="/import"/>
        <Choose id problem is_again=is_looked_at/>
        {is_looked_at.then(|| view! { <Preview view guess/> })}
    }
}

/// The form that hands a file in: a plain one, since files go no other way without script.
#[component]
fn Choose(id: String, problem: Memo<Option<String>>, is_again: bool) -> impl IntoView {
    let label = if is_again { "Another file" } else { "File" };
    view! {
        <form class="choose" method="post" action=format!("/directory/{id}/import") enctype="multipart/form-data">
            <div class="field">
                <label for="file">{label}</label>
                <p class="field-hint" id="file-hint">
                    "A CSV file with a header, such as the one you can download here, as any spreadsheet writes it; or the public legislators file, YAML or JSON. It shows what would change. Nothing happens before you say yes."
                </p>
                <input id="file" name="file" type="file" accept=".csv,.tsv,.txt,.yaml,.yml,.json" aria-describedby="file-hint"/>
            </div>
            <button class="button" class:button--main=!is_again type="submit">"Look through it"</button>
        </form>
        {move || problem.get().map(|words| view! { <Refusal words/> })}
    }
}

#[component]
fn Preview(view: ImportView, guess: Memo<String>) -> impl IntoView {
    let [bad, added, changed, removed] = view.counts;
    let can_be_taken = view.can_be_taken();
    let sum = summary(&view);
    let parts = [
        ("bad", "Lines that cannot be taken", bad, view.bad.clone()),
        ("added", "Added", added, view.added.clone()),
        ("changed", "Changed", changed, view.changed.clone()),
        ("removed", "Removed", removed, view.removed.clone()),
    ]
    .into_iter()
    .filter(|(_, _, count, _)| *count > 0)
    .map(|(class, name, count, lines)| view! { <Part class name count lines/> })
    .collect_view();
    let warnings: Vec<String> = Some(guess.get_untracked())
        .filter(|guess| !guess.is_empty())
        .into_iter()
        .chain(view.warnings.clone())
        .collect();
    let warnings = (!warnings.is_empty()).then(|| {
        let items = warnings
            .into_iter()
            .map(|words| view! { <li>{words}</li> })
            .collect_view();
        view! {
            <section class="heed" aria-labelledby="heed">
                <h3 id="heed"><Icon glyph=Glyph::Fault/>"Look at this"</h3>
                <ul>{items}</ul>
            </section>
        }
    });
    view! {
        <section class="preview" aria-labelledby="preview">
            <h2 id="preview">{format!("What {} would change", view.file)}</h2>
            <p role="status">{sum}</p>
            {can_be_taken.then(|| view! { <Take view/> })}
            {warnings}
            {parts}
        </section>
    }
}

/// What the file would do, as sentences.
fn summary(view: &ImportView) -> String {
    let [bad, added, changed, removed] = view.counts;
    let counts = format!(
        "{added} added, {changed} changed, {removed} removed, {} as before.",
        view.unchanged
    );
    match bad {
        0 if added + changed + removed == 0 => {
            format!("{counts} There is nothing to take.")
        }
        0 => format!("{counts} Nothing has happened yet."),
        1 => format!(
            "{counts} One line cannot be taken, so nothing is: mend it and choose the file again."
        ),
        bad => format!(
            "{counts} {bad} lines cannot be taken, so nothing is: mend them and choose the file again."
        ),
    }
}

/// Lines of one kind.
#[component]
fn Part(
    class: &'static str,
    name: &'static str,
    count: u64,
    lines: Vec<ImportLine>,
) -> impl IntoView {
    let shown = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    let more = count.saturating_sub(shown);
    let items = lines
        .into_iter()
        .map(|line| {
            let place = line.line.map(|line| format!("Line {line}"));
            view! {
                <li>
                    <span class="preview-line">{place}</span>
                    <div>{line.words}<Fields fields=line.fields/></div>
                </li>
            }
        })
        .collect_view();
    view! {
        <h3 class=format!("preview-{class}")>{format!("{name} ({})", desk::grouped(count))}</h3>
        <ul class="preview-lines">{items}</ul>
        {(more > 0).then(|| view! { <p class="field-hint">{format!("And {} more.", desk::grouped(more))}</p> })}
    }
}

/// Saying yes.
#[component]
fn Take(view: ImportView) -> impl IntoView {
    let take = action::<TakeFile>();
    view! {
        <ActionForm action=take attr:class="take">
            <input type="hidden" name="form[directory]" value=view.head.id/>
            <input type="hidden" name="form[upload]" value=view.upload/>
            <input type="hidden" name="form[version]" value=view.version.to_string()/>
            <button class="button button--main" type="submit">"Take it, all of it"</button>
            <Refused answer=move || take.value().get()/>
        </ActionForm>
    }
}
