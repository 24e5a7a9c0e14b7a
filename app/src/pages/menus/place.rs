//! The form of one place: what is said there, what its keys do, and what is wrong with it.

use desk::DeskError;
use desk::menus::{FaultView, MenuLanguage, MenuView, PlaceForm, Texts};
use leptos::prelude::*;

use super::keys::Keys;
use super::unsaved::{Left, as_left, follow_removing, follow_saving, keep};
use crate::api::{AddPlace, RemovePlace, RenameMenu, Returned, SavePlace};
use crate::pages::lines::fields::{about, area, text};
use crate::parts::{
    FieldProblem, Problems, Refusal, Refused, action, problems_of, refusal, returned,
};

/// The place that is edited.
#[component]
pub(super) fn Place(view: MenuView) -> impl IntoView {
    let save = action::<SavePlace>();
    let problems = problems_of(save);
    let is_late = move || {
        let answer = save.value().get();
        let Some(Err(Returned { error, .. })) = answer else {
            return false;
        };
        matches!(error, DeskError::Refused(_))
    };
    let shown = view.place.clone();
    let (is_start, at_place) = (view.is_start, view.faults_at(None));
    let removed = (!is_start).then(|| shown.clone());
    let title = if shown.name.is_empty() {
        shown.place.clone()
    } else {
        shown.name.clone()
    };
    follow_saving(save, &shown);
    let typed_into = shown.clone();
    let same = |entered: &PlaceForm| (&entered.menu, &entered.place) == (&shown.menu, &shown.place);
    let entered = returned(save).filter(same);
    let round = RwSignal::new(0);
    let fields = move || {
        // Whoever throws away what they typed sees what is saved.
        let is_first = round.get() == 0;
        let entered = entered.as_ref().filter(|_| is_first);
        let place = as_left(entered.unwrap_or(&view.place));
        let view = MenuView {
            place,
            ..view.clone()
        };
        view! { <Fields view problems/> }
    };
    view! {
        <section class="panel menu-place" id="place" tabindex="-1" aria-labelledby="place-title">
            <h2 id="place-title">{title} {is_start.then_some(" · callers begin here")}</h2>
            <AtPlace faults=at_place/>
            <ActionForm action=save on:input=move |event| keep(&event, &typed_into)>
                {fields}
                <div class="office-acts">
                    <button class="button button--main" type="submit">"Save the place"</button>
                    {move || is_late().then(|| view! {
                        <button class="button" type="submit" name="form[over]" value="yes">"Save mine all the same"</button>
                    })}
                    <Left shown round/>
                </div>
                {move || refusal(save.value().get()).map(|words| view! { <Refusal words/> })}
            </ActionForm>
            {removed.map(|form| view! { <Remove form/> })}
        </section>
    }
}

/// What is said at the place, and what its keys do.
#[component]
fn Fields(view: MenuView, problems: Problems) -> impl IntoView {
    let form = view.place.clone();
    let languages = view.languages.clone();
    let name = about(
        problems,
        "name",
        "Name of the place",
        "For you and your colleagues; callers do not hear it.",
    );
    view! {
        <Which form=form.clone()/>
        {text(&name, "text", &form.name, None)}
        <Spoken problems field="prompt".to_owned() label="What callers hear" texts=form.prompt languages/>
        <Keys view problems/>
    }
}

/// Which place it is, as it was shown.
#[component]
fn Which(form: PlaceForm) -> impl IntoView {
    view! {
        <input type="hidden" name="form[menu]" value=form.menu/>
        <input type="hidden" name="form[place]" value=form.place/>
        <input type="hidden" name="form[revision]" value=form.revision.to_string()/>
    }
}

/// What is wrong with the place itself.
#[component]
fn AtPlace(faults: Vec<FaultView>) -> impl IntoView {
    faults
        .into_iter()
        .enumerate()
        .map(|(n, fault)| view! { <FieldProblem id=format!("place-fault-{n}") message=fault.words/> })
        .collect_view()
}

/// Texts that are said, one for each language; those that the menu need not speak are folded away.
#[component]
pub(super) fn Spoken(
    problems: Problems,
    field: String,
    label: &'static str,
    texts: Texts,
    languages: Vec<MenuLanguage>,
) -> impl IntoView {
    let (shown, folded): (Vec<_>, Vec<_>) = languages.into_iter().partition(|language| {
        let text = texts.get(&language.code);
        language.is_needed || text.is_some_and(|text| !text.is_empty())
    });
    let names: Vec<_> = folded
        .iter()
        .map(|language| language.name.clone())
        .collect();
    let box_of = move |language: MenuLanguage| {
        let said = texts.get(&language.code).cloned().unwrap_or_default();
        let id = format!("{field}-{}", language.code);
        let about = about(problems, id, format!("{label}, {}", language.name), "");
        area(&about, 3, &said)
    };
    let shown: Vec<AnyView> = shown.into_iter().map(&box_of).collect();
    let folded: Vec<AnyView> = folded.into_iter().map(&box_of).collect();
    view! {
        <div class="spoken">
            {shown}
            {(!folded.is_empty()).then(|| view! {
                <details>
                    <summary>{format!("{label}, {}", names.join(" and "))}</summary>
                    {folded}
                </details>
            })}
        </div>
    }
}

/// The button that removes the place from the draft.
#[component]
fn Remove(form: PlaceForm) -> impl IntoView {
    let remove = action::<RemovePlace>();
    follow_removing(remove, &form);
    view! {
        <ActionForm action=remove attr:class="remove">
            <input type="hidden" name="form[menu]" value=form.menu/>
            <input type="hidden" name="form[place]" value=form.place/>
            <input type="hidden" name="form[revision]" value=form.revision.to_string()/>
            <button class="button" type="submit">"Remove the place"</button>
            <span class="field-hint">"From the draft. What is live stays as it is."</span>
            <Refused answer=move || remove.value().get()/>
        </ActionForm>
    }
}

/// Another place, and another name for the menu.
#[component]
pub(super) fn More(menu: String, name: String, revision: i64) -> impl IntoView {
    let (add, rename) = (action::<AddPlace>(), action::<RenameMenu>());
    let renamed = menu.clone();
    view! {
        <section class="panel menu-more" aria-label="The menu as a whole">
            <ActionForm action=add>
                <input type="hidden" name="form[menu]" value=menu/>
                <div class="field">
                    <label for="new-place">"Another place"</label>
                    <input id="new-place" name="form[name]" type="text" autocomplete="off" placeholder="What it is about"/>
                </div>
                <button class="button" type="submit">"Add the place"</button>
                <Refused answer=move || add.value().get()/>
            </ActionForm>
            <ActionForm action=rename>
                <input type="hidden" name="form[menu]" value=renamed/>
                <input type="hidden" name="form[revision]" value=revision.to_string()/>
                <div class="field">
                    <label for="menu-name">"Name of the menu"</label>
                    <input id="menu-name" name="form[name]" type="text" autocomplete="off" value=name/>
                </div>
                <button class="button" type="submit">"Rename"</button>
                <Refused answer=move || rename.value().get()/>
            </ActionForm>
        </section>
    }
}
