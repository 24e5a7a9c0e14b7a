//! All menus, another one, and one less.

use desk::Role;
use desk::menus::MenuRow;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use super::unsaved::{follow_deleting, settle};
use super::{Stands, Told};
use crate::api::{DeleteMenu, MakeMenu, list_menus};
use crate::pages::lines::fields::{about, choice, text};
use crate::parts::{Gate, Refused, State, action, loaded, problems_of};
use crate::query::use_query;

/// Every menu.
#[component]
pub(crate) fn Menus() -> impl IntoView {
    view! {
        <Title text="Menus"/>
        <Gate opens_to=Role::administers>
            <All/>
        </Gate>
    }
}

#[component]
fn All() -> impl IntoView {
    let query = use_query();
    let deleted = Memo::new(move |_| query.with(|query| query.get("deleted")));
    view! {
        <div class="page page--menus">
            <h1>"Menus"</h1>
            <p class="lead">
                "What callers hear on lines that read a menu, and where their keys lead. What you write counts when it goes live; a call finishes on what it began with."
            </p>
            {loaded(deleted, |_| list_menus(), |rows| view! { <Shown rows/> }.into_any())}
        </div>
    }
}

#[component]
fn Shown(rows: Vec<MenuRow>) -> impl IntoView {
    settle(|unsaved| {
        let menus: Vec<&str> = rows.iter().map(|row| row.head.id.as_str()).collect();
        unsaved.show_all(&menus);
    });
    let names = rows
        .iter()
        .map(|row| (row.head.id.clone(), row.head.name.clone()));
    let others: Vec<_> = std::iter::once((String::new(), "None".to_owned()))
        .chain(names)
        .collect();
    let items = rows
        .into_iter()
        .map(|row| view! { <Item row/> })
        .collect_view();
    let deleted = use_query().with_untracked(|query| query.get("deleted"));
    view! {
        {(!deleted.is_empty()).then(|| view! { <Told words=format!("Deleted {deleted}.")/> })}
        <ul class="menus">{items}</ul>
        <New others/>
    }
}

#[component]
fn Item(row: MenuRow) -> impl IntoView {
    let delete = action::<DeleteMenu>();
    let MenuRow {
        head,
        faults,
        can_be_deleted,
    } = row;
    let (id, name, revision) = (
        head.id.clone(),
        head.name.clone(),
        head.revision.to_string(),
    );
    follow_deleting(delete, id.clone());
    let (address, title) = (format!("/menus/{id}"), name.clone());
    let faults = (faults > 0).then(|| {
        let word = if faults == 1 {
            "1 fault in the draft".to_owned()
        } else {
            format!("{faults} faults in the draft")
        };
        view! { <State tone=desk::Tone::Bad word/> }
    });
    view! {
        <li class="panel menu-item">
            <div>
                <h2><A href=address>{title}</A></h2>
                <p><Stands head/></p>
                {faults}
            </div>
            {can_be_deleted.then(|| view! {
                <ActionForm action=delete>
                    <input type="hidden" name="form[menu]" value=id/>
                    <input type="hidden" name="form[revision]" value=revision/>
                    <button class="button" type="submit">"Delete"<span class="unseen">" " {name}</span></button>
                    <Refused answer=move || delete.value().get()/>
                </ActionForm>
            })}
        </li>
    }
}

/// The form for another menu.
#[component]
fn New(others: Vec<(String, String)>) -> impl IntoView {
    let make = action::<MakeMenu>();
    let problems = problems_of(make);
    let name = about(problems, "name", "Name", "");
    let id = about(
        problems,
        "id",
        "Id",
        "Leave it empty for one made from the name.",
    );
    let like = about(problems, "like", "Begin as a copy of", "");
    view! {
        <section class="panel panel--new" aria-labelledby="new">
            <h2 id="new">"A new menu"</h2>
            <ActionForm action=make>
                <div class="office-fields">
                    {text(&name, "text", "", None)}
                    {text(&id, "text", "", None)}
                    {choice(&like, "", &others)}
                    <div class="office-acts">
                        <button class="button button--main" type="submit">"Begin it"</button>
                    </div>
                </div>
                <Refused answer=move || make.value().get()/>
            </ActionForm>
        </section>
    }
}
