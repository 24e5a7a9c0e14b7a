//! Setting up an account by a one-time link: the first admin's, when the database is empty.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::sign_in::Refusal;
use crate::parts::{Field, Mark};
use crate::query::use_query;

/// The form at `/setup/{token}`; the server answers a refused try with `?problem=…&user_name=…`.
#[component]
pub(crate) fn SetUp() -> impl IntoView {
    let token = use_params_map()
        .get_untracked()
        .get("token")
        .unwrap_or_default();
    let query = use_query().get_untracked();
    let said = |name: &str| query.get(name);
    let problem = said("problem");
    let body = if problem == "used" {
        view! { <Spent/> }.into_any()
    } else {
        view! { <SetUpForm token problem user_name=said("user_name") name=said("name")/> }
            .into_any()
    };
    view! {
        <Title text="Set up"/>
        <section class="sheet">
            <Mark/>
            {body}
        </section>
    }
}

#[component]
fn SetUpForm(token: String, problem: String, user_name: String, name: String) -> impl IntoView {
    let missing = problem == "missing";
    let at_user_name = match problem.as_str() {
        "taken" => Some("Somebody has this user name. Choose another one."),
        "letters" => Some("Use letters, digits and underscores only."),
        "missing" if user_name.is_empty() => Some("Choose a user name."),
        _ => None,
    };
    let at_name = (missing && name.is_empty()).then_some("Enter your name.");
    let at_password = match problem.as_str() {
        "short" => Some("Choose at least ten characters, and not the user name."),
        "missing" => Some("Choose a password."),
        _ => None,
    };
    let known = ["", "missing", "taken", "letters", "short"].contains(&problem.as_str());
    view! {
        <h1>"Set up Switchboard"</h1>
        <p class="lead">"You become its first admin. This link works once."</p>
        {(!known).then(|| view! { <Refusal message="That did not work. Try again."/> })}
        <form class="form" method="post" action=format!("/setup/{token}")>
            <Field name="user_name" label="User name" kind="text" autocomplete="username" hint="Letters, digits and underscores." value=user_name error=at_user_name/>
            <Field name="name" label="Your name" kind="text" autocomplete="name" hint="As colleagues see it." value=name error=at_name/>
            <Field name="password" label="Password" kind="password" autocomplete="new-password" hint="At least ten characters; a sentence is fine." error=at_password/>
            <button class="button button--main" type="submit">"Create the admin"</button>
        </form>
    }
}

/// The link has done its work.
#[component]
fn Spent() -> impl IntoView {
    view! {
        <h1>"This link no longer works"</h1>
        <p class="lead">
            "It was used, or the server was started again since. While there is no admin, each start prints a fresh link."
        </p>
        <a class="button" href="/login">"Sign in"</a>
    }
}
