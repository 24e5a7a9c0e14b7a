//! The keys of a place, a row each: the key, what it is, where it leads, and what that needs.
//!
//! Which fields a destination needs is shown by the style sheet, from the option that is chosen: so it holds without
//! script as well.

use desk::menus::{FaultView, KeyForm, MenuLanguage, MenuView, WayGroup};
use leptos::prelude::*;

use super::place::Spoken;
use crate::pages::lines::fields::{about, text, tick};
use crate::parts::{FieldProblem, Problems};

/// The rows, and one more for another key.
#[component]
pub(super) fn Keys(view: MenuView, problems: Problems) -> impl IntoView {
    let last = view.place.keys.len();
    let mut faults: Vec<_> = (0..=last).map(|n| view.faults_at(Some(n))).collect();
    let MenuView {
        place,
        ways,
        languages,
        ..
    } = view;
    let rows = place.keys.into_iter().chain([KeyForm::default()]);
    let rows = rows
        .enumerate()
        .map(|(n, key)| {
            let faults = std::mem::take(&mut faults[n]);
            let (ways, languages) = (ways.clone(), languages.clone());
            let is_new = n == last;
            view! { <Row n key faults ways languages problems is_new/> }.into_any()
        })
        .collect_view();
    view! { <div class="key-rows">{rows}</div> }
}

#[component]
fn Row(
    n: usize,
    key: KeyForm,
    faults: Vec<FaultView>,
    ways: Vec<WayGroup>,
    languages: Vec<MenuLanguage>,
    problems: Problems,
    is_new: bool,
) -> impl IntoView {
    let field = |name: &str, label: &str, hint: &str| {
        about(problems, format!("keys-{n}-{name}"), label, hint)
    };
    let legend = match (is_new, key.key.as_str()) {
        (true, _) => "Another key".to_owned(),
        (false, "") => format!("Row {}", n + 1),
        (false, sign) => format!("Key {sign}"),
    };
    let faults = faults
        .into_iter()
        .enumerate()
        .map(|(i, fault)| view! { <FieldProblem id=format!("keys-{n}-fault-{i}") message=fault.words/> })
        .collect_view();
    let remove = (!is_new).then(|| tick(&field("remove", "Remove this key", ""), &key.remove));
    view! {
        <fieldset class="key-row">
            <legend>{legend}</legend>
            <div class="key-fields">
                {text(&field("key", "Key", ""), "text", &key.key, None)}
                {text(&field("label", "What it is", ""), "text", &key.label, None)}
                <LeadsTo n chosen=key.to.clone() ways/>
            </div>
            <div class="key-number">
                {text(&field("name", "Who answers", "As callers hear it."), "text", &key.name, None)}
                {text(&field("number", "Number", "Like (202) 224-6665 or +12022246665."), "tel", &key.number, None)}
            </div>
            <div class="key-words">
                <Spoken problems field=format!("keys-{n}-words") label="What is said" texts=key.words languages/>
            </div>
            {faults}
            {remove}
        </fieldset>
    }
}

/// Where the key leads, of everything that there is.
#[component]
fn LeadsTo(n: usize, chosen: String, ways: Vec<WayGroup>) -> impl IntoView {
    let id = format!("keys-{n}-to");
    let option = |value: &str, words: &str| {
        let is_chosen = value == chosen;
        view! { <option value=value.to_owned() selected=is_chosen>{words.to_owned()}</option> }
    };
    let is_known = ways
        .iter()
        .any(|group| group.ways.iter().any(|(value, _)| *value == chosen));
    let lost = (chosen.contains(':') && !is_known).then(|| {
        let gone = chosen.split_once(':').map_or("", |(_, id)| id);
        option(&chosen, &format!("{gone}, which is gone"))
    });
    let groups = ways
        .iter()
        .map(|group| {
            let options = group
                .ways
                .iter()
                .map(|(value, words)| option(value, words))
                .collect_view();
            view! { <optgroup label=group.name.clone()>{options}</optgroup> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>"Leads to"</label>
            <select id=id name=format!("form[keys][{n}][to]")>
                {option("", "Choose")}
                {lost}
                {option("new", "A new place, made for it")}
                {option("announce", "An announcement, then the end")}
                {option("number", "A number")}
                {option("person", "The person at the desk")}
                {option("back", "The place before")}
                {groups}
            </select>
        </div>
    }
}
