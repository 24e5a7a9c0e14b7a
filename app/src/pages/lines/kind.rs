//! The settings of what a line does.

use desk::lines::{LineChoices, LineForm, kind_words};
use leptos::prelude::*;

use super::fields::{about, choice, group, text, tick, words};
use super::rooms::rooms;
use crate::parts::Problems;

const INSTEAD: [(&str, &str); 3] = [
    ("voicemail", "They may leave a message"),
    ("callback", "They may ask to be called back"),
    ("goodbye", "They are asked to call again"),
];

pub(super) fn settings(form: &LineForm, choices: &LineChoices, problems: Problems) -> AnyView {
    let fields = match form.kind.as_str() {
        "forward" => forward(form, choices, problems),
        "menu" => {
            let about = about(problems, "menu", "Menu", "What callers hear first.");
            choice(&about, &form.menu, &choices.menus)
        }
        "support" => support(form, choices, problems),
        "conference" => return rooms(form, problems),
        _ => return ().into_any(),
    };
    group(kind_words(&form.kind), "", fields)
}

fn forward(form: &LineForm, choices: &LineChoices, problems: Problems) -> AnyView {
    let first = about(
        problems,
        "directory",
        "Directory",
        "Whose offices are called, by the region of the caller.",
    );
    let instead = about(
        problems,
        "instead",
        "Else",
        "For regions that have no office in the first one.",
    );
    let mut others = vec![(String::new(), "Nobody".to_owned())];
    others.extend(choices.directories.iter().cloned());
    view! {
        {choice(&first, &form.directory, &choices.directories)}
        {choice(&instead, &form.instead, &others)}
    }
    .into_any()
}

fn support(form: &LineForm, choices: &LineChoices, problems: Problems) -> AnyView {
    let field = |id: &'static str, label: &'static str, hint: &'static str| {
        about(problems, id, label, hint)
    };
    let seconds = |id, label, hint, value: &str| text(&field(id, label, hint), "text", value, None);
    let teams = choices
        .teams
        .iter()
        .map(|team| view! { <option value=team.clone()></option> })
        .collect_view();
    let instead = words(&INSTEAD);
    let team = field("team", "Team", "Whose agents answer, like support.");
    let closed = field("closed", "When it is closed or full", "");
    let nobody = field("nobody", "When nobody came in time", "");
    let place = field(
        "tell_place",
        "Callers are told their place in the queue",
        "",
    );
    let survey = field(
        "survey",
        "Callers are asked two questions after the call",
        "",
    );
    let shown = field("watchers_shown", "Agents see who listens to their call", "");
    view! {
        {text(&team, "text", &form.team, Some("teams"))}
        <datalist id="teams">{teams}</datalist>
        {seconds("ring_seconds", "Rings an agent for", "Seconds, 5 to 120.", &form.ring_seconds)}
        {seconds("nobody_after_s", "Longest wait", "Seconds, 10 to 86400.", &form.nobody_after_s)}
        {choice(&nobody, &form.nobody, &instead)}
        {seconds("choices_after_s", "Asked whether to wait on after", "Seconds; empty for never.", &form.choices_after_s)}
        {seconds("queue_limit", "Most who wait at once", "Empty for any number.", &form.queue_limit)}
        {choice(&closed, &form.closed, &instead)}
        {seconds("wrap_up_s", "Time to write afterwards", "Seconds, 0 to 3600.", &form.wrap_up_s)}
        {tick(&place, &form.tell_place)}
        {tick(&survey, &form.survey)}
        {tick(&shown, &form.watchers_shown)}
    }
    .into_any()
}
