//! The fields that say who somebody is and whose calls they take: for an invitation, and for a person.

use desk::Role;
use desk::people::language;
use leptos::prelude::*;

use crate::parts::{Entry, FieldProblem, Problems, problem_with};

/// What they may do.
#[component]
pub(super) fn RoleChoice(chosen: Role, problems: Problems) -> impl IntoView {
    let problem = problem_with(problems, "role");
    let options = Role::ALL
        .map(|role| {
            let words = match role {
                Role::Agent => "Agent: takes calls",
                Role::Supervisor => "Supervisor: also sees and joins every call",
                Role::Admin => "Admin: also changes lines, people and settings",
            };
            view! { <option value=role.word() selected=role == chosen>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="role">"Role"</label>
            <select
                id="role"
                name="form[role]"
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=move || problem.get().map(|_| "role-problem")
            >
                {options}
            </select>
            {move || problem.get().map(|message| view! { <FieldProblem id="role-problem".to_owned() message/> })}
        </div>
    }
}

/// Whose calls they take.
#[component]
pub(super) fn Skills(
    all_teams: Vec<String>,
    teams: Option<Vec<String>>,
    languages: Vec<String>,
    problems: Problems,
) -> impl IntoView {
    let teams = teams.unwrap_or_default();
    let is_spoken = move |code: &str| languages.iter().any(|known| known == code);
    let of_teams = all_teams
        .into_iter()
        .map(|team| {
            let is_on = teams.contains(&team);
            ticked("teams", &team, team.clone(), is_on)
        })
        .collect_view();
    let of_languages = ["en", "es", "ja"]
        .map(|code| {
            let is_on = is_spoken(code);
            ticked("languages", code, language(code).to_owned(), is_on)
        })
        .collect_view();
    view! {
        <fieldset class="ticks">
            <legend>"Teams"</legend>
            <p class="field-hint">"Whose calls they take. None ticked: every team's."</p>
            <div class="ticks-row">{of_teams}</div>
            <Entry name="team" within="[skills]" label="Another team" kind="text" value=String::new() hint="A team comes to be when a person or a line names it." problems/>
        </fieldset>
        <fieldset class="ticks">
            <legend>"Languages"</legend>
            <p class="field-hint">"Callers of a line are offered to who speaks its language. None ticked: all."</p>
            <div class="ticks-row">{of_languages}</div>
        </fieldset>
    }
}

fn ticked(group: &'static str, value: &str, label: String, is_on: bool) -> impl IntoView + use<> {
    let name = format!("form[skills][{group}][{value}]");
    view! {
        <label class="tick">
            <input type="checkbox" name=name value="on" checked=is_on/>
            <span>{label}</span>
        </label>
    }
}
