//! The form of one office, in its row or above the table.

use desk::directory::OfficeForm;
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;

use super::address;
use crate::api::{RemoveOffice, SaveOffice};
use crate::parts::{
    Entry, FieldProblem, Problems, Refusal, Refused, action, problem_with, problems_of, refusal,
    returned,
};

/// The form of an office, the way to remove it, and the way back.
#[component]
pub(super) fn Edit(
    form: OfficeForm,
    regions: Vec<(String, String)>,
    by_region: bool,
) -> impl IntoView {
    let save = action::<SaveOffice>();
    let problems = problems_of(save);
    let back = address(&form.directory, &form.table());
    let removed = (!form.office.is_empty()).then(|| form.clone());
    let same = |entered: &OfficeForm| {
        (&entered.directory, &entered.office) == (&form.directory, &form.office)
    };
    let form = returned(save).filter(same).unwrap_or(form);
    let is_new = form.office.is_empty();
    let verb = if is_new { "Add" } else { "Save" };
    let begin = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(begin) = begin.get() {
            // It fails for elements that are not in the page.
            _ = begin.focus();
        }
    });
    view! {
        <div class="edit" node_ref=begin tabindex="-1">
            <ActionForm action=save>
                <Hidden form=form.clone()/>
                <div class="office-fields">
                    <Who form=form.clone() problems is_new/>
                    {by_region.then(|| view! { <Region chosen=form.region.clone() regions problems/> })}
                    <Entry name="position" label=if by_region { "Position" } else { "Key" } kind="text" value=form.position.clone() problems hint="A whole number; empty for the next free one."/>
                    <Entry name="phone" label="Number" kind="tel" value=form.phone.clone() problems hint="Like (202) 224-6665 or +12022246665."/>
                    <Times form=form.clone() problems/>
                    <Further form=form.clone() problems/>
                    <div class="office-acts">
                        <button class="button button--main" type="submit">{verb}</button>
                        <A href=back attr:class="button button--plain">"Cancel"</A>
                    </div>
                </div>
                {move || refusal(save.value().get()).map(|words| view! { <Refusal words/> })}
            </ActionForm>
            {removed.map(|form| view! { <Remove form/> })}
        </div>
    }
}

/// Which row it is, as it was shown, and in which table it stood.
#[component]
fn Hidden(form: OfficeForm) -> impl IntoView {
    view! {
        <input type="hidden" name="form[directory]" value=form.directory/>
        <input type="hidden" name="form[office]" value=form.office/>
        <input type="hidden" name="form[version]" value=form.version.to_string()/>
        <input type="hidden" name="form[search]" value=form.search/>
        <input type="hidden" name="form[sort]" value=form.sort/>
        <input type="hidden" name="form[page]" value=form.page.to_string()/>
    }
}

#[component]
fn Who(form: OfficeForm, problems: Problems, is_new: bool) -> impl IntoView {
    view! {
        <Entry name="name" label="Name" kind="text" value=form.name problems hint="As callers hear it."/>
        <Entry name="title" label="Title" kind="text" value=form.title problems hint="What it is: Senator, City hall."/>
        {is_new.then(|| view! {
            <Entry name="id" label="Id" kind="text" value=form.id problems hint="Files name it by this. Empty for one made from the name."/>
        })}
    }
}

/// The further numbers, each in one cell with the hours that it keeps.
#[component]
fn Further(form: OfficeForm, problems: Problems) -> impl IntoView {
    view! {
        <div class="office-further">
            <Entry name="phone_2" label="Second number" kind="tel" value=form.phone_2 problems hint="Such as a district office."/>
            <OwnTimes whose="second" fields=["hours_2", "time_zone_2"] hours=form.hours_2 zone=form.time_zone_2 problems/>
        </div>
        <div class="office-further">
            <Entry name="phone_3" label="Third number" kind="tel" value=form.phone_3 problems/>
            <OwnTimes whose="third" fields=["hours_3", "time_zone_3"] hours=form.hours_3 zone=form.time_zone_3 problems/>
        </div>
        <div class="office-further">
            <Entry name="phone_4" label="Fourth number" kind="tel" value=form.phone_4 problems/>
            <OwnTimes whose="fourth" fields=["hours_4", "time_zone_4"] hours=form.hours_4 zone=form.time_zone_4 problems/>
        </div>
    }
}

/// The hours of a further number, where they are not the office's: few have any, so they are folded away until
/// there are some, or something is wrong with them.
#[component]
fn OwnTimes(
    whose: &'static str,
    fields: [&'static str; 2],
    hours: String,
    zone: String,
    problems: Problems,
) -> impl IntoView {
    let has_any = !hours.is_empty() || !zone.is_empty();
    let [hours_field, zone_field] = fields;
    let is_wrong = fields.map(|field| problem_with(problems, field));
    // Once it was opened for a problem it stays open, with what was typed into it.
    let is_open = Memo::new(move |was_open: Option<&bool>| {
        let is_wrong = is_wrong.iter().any(|problem| problem.get().is_some());
        has_any || is_wrong || was_open.is_some_and(|was_open| *was_open)
    });
    view! {
        <details open=move || is_open.get()>
            <summary>{format!("Own hours of the {whose} number")}</summary>
            <Entry name=hours_field label="Open" kind="text" value=hours problems hint="Like Mon-Fri 09:00-17:00. As the office where empty."/>
            <Entry name=zone_field label="By the clock of" kind="text" value=zone problems hint="The office's time zone where empty."/>
        </details>
    }
}

#[component]
fn Times(form: OfficeForm, problems: Problems) -> impl IntoView {
    view! {
        <Entry name="term_end" label="Term ends" kind="text" value=form.term_end problems hint="A day like 2031-01-03."/>
        <Entry name="hours" label="Opening hours" kind="text" value=form.hours problems hint="Like Mon-Fri 09:00-17:00."/>
        <Entry name="time_zone" label="Time zone" kind="text" value=form.time_zone problems hint="Like America/New_York."/>
    }
}

#[component]
fn Region(chosen: String, regions: Vec<(String, String)>, problems: Problems) -> impl IntoView {
    let problem = problem_with(problems, "region");
    let options = regions
        .into_iter()
        .map(|(code, name)| {
            let is_chosen = code == chosen;
            let words = format!("{name} ({code})");
            view! { <option value=code selected=is_chosen>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="region">"Region"</label>
            <select
                id="region"
                name="form[region]"
                aria-invalid=move || problem.get().map(|_| "true")
                aria-describedby=move || problem.get().map(|_| "region-problem")
            >
                <option value="">"Choose"</option>
                {options}
            </select>
            {move || problem.get().map(|message| view! { <FieldProblem id="region-problem".to_owned() message/> })}
        </div>
    }
}

/// The button that removes the office. It can be undone, so nobody is asked twice.
#[component]
fn Remove(form: OfficeForm) -> impl IntoView {
    let remove = action::<RemoveOffice>();
    let name = form.name.clone();
    view! {
        <ActionForm action=remove attr:class="remove">
            <Hidden form/>
            <button class="button" type="submit">"Remove" <span class="unseen">" " {name}</span></button>
            <span class="field-hint">"It can be undone."</span>
            <Refused answer=move || remove.value().get()/>
        </ActionForm>
    }
}
