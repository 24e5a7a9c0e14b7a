//! All directories, and making another.

use desk::Role;
use desk::directory::DirectoryRow;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use super::By;
use crate::api::{MakeDirectory, list_directories};
use crate::parts::{Entry, FieldProblem, Gate, Refused, action, loaded, problem_with, problems_of};

/// Every directory.
#[component]
pub(crate) fn Directories() -> impl IntoView {
    view! {
        <Title text="Directories"/>
        <Gate opens_to=Role::administers>
            <All/>
        </Gate>
    }
}

#[component]
fn All() -> impl IntoView {
    view! {
        <div class="page">
            <h1>"Directories"</h1>
            <p class="lead">
                "The offices and places that your lines connect callers to. A change counts for the next caller."
            </p>
            {loaded(Memo::new(|_| ()), |()| list_directories(), |rows| view! { <List rows/> }.into_any())}
            <New/>
        </div>
    }
}

#[component]
fn List(rows: Vec<DirectoryRow>) -> impl IntoView {
    view! {
        <table class="table table--cards table--directories" role="table">
            <caption class="unseen">"Directories by name"</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">"Directory"</th>
                    <th scope="col" role="columnheader" class="number">"Offices"</th>
                    <th scope="col" role="columnheader">"Source and age"</th>
                    <th scope="col" role="columnheader">"Serves"</th>
                    <th scope="col" role="columnheader">"Last change"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

fn row(row: DirectoryRow) -> impl IntoView {
    let shape = if row.head.by_region {
        "by region"
    } else {
        "a list"
    };
    let serves = match row.lines.as_slice() {
        [] => "no line yet".to_owned(),
        lines => lines.join("; "),
    };
    let origin = row.head.origin();
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" class="cell-main">
                <A href=format!("/directory/{}", row.head.id)>{row.head.name.clone()}</A>
                <span class="cell-sub">{shape}</span>
            </th>
            <td role="cell" class="number cell-offices">
                {desk::grouped(row.offices)}<span class="on-card">" offices"</span>
            </td>
            <td role="cell" class="cell-source">{origin}</td>
            <td role="cell" class="cell-serves">{serves}</td>
            <td role="cell" class="cell-changed">
                {match row.changed_ms {
                    Some(ms) => view! { <By by=row.changed_by ms/> }.into_any(),
                    None => "as it was installed".into_any(),
                }}
            </td>
        </tr>
    }
}

/// The form for another directory.
#[component]
fn New() -> impl IntoView {
    let make = action::<MakeDirectory>();
    let problems = problems_of(make);
    let problem = problem_with(problems, "shape");
    view! {
        <section class="panel panel--new" aria-labelledby="new">
            <h2 id="new">"A new directory"</h2>
            <ActionForm action=make>
                <div class="office-fields">
                    <Entry name="name" label="Name" kind="text" value=String::new() problems/>
                    <Entry name="id" label="Id" kind="text" value=String::new() problems hint="Lines name it by this. Leave it empty for one made from the name."/>
                    <fieldset class="shapes">
                        <legend>"Its offices"</legend>
                        <label class="tick">
                            <input type="radio" name="form[shape]" value="regions" checked/>
                            "serve regions, like senators their states"
                        </label>
                        <label class="tick">
                            <input type="radio" name="form[shape]" value="list"/>
                            "stand in a list, each under a key"
                        </label>
                        {move || problem.get().map(|message| view! { <FieldProblem id="shape-problem".to_owned() message/> })}
                    </fieldset>
                    <div class="office-acts">
                        <button class="button button--main" type="submit">"Make it"</button>
                    </div>
                </div>
                <Refused answer=move || make.value().get()/>
            </ActionForm>
        </section>
    }
}
