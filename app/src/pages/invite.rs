//! A link that somebody was sent: an invitation, or the way to another password. It works without script.

use desk::DeskError;
use desk::people::LinkView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::sign_in::Refusal;
use crate::api::{ApiError, open_link, set_status};
use crate::parts::{Field, Mark};
use crate::query::use_query;

/// The form at `/invite/{token}`; the server answers a refused try with `?problem=…&user_name=…`.
#[component]
pub(crate) fn Invite() -> impl IntoView {
    let params = use_params_map();
    let token = params.get_untracked().get("token").unwrap_or_default();
    let asked = token.clone();
    let answer = Resource::new(|| (), move |()| open_link(asked.clone()));
    view! {
        <Title text="Invitation"/>
        <section class="sheet">
            <Mark/>
            <Suspense>
                {move || {
                    let token = token.clone();
                    Suspend::new(async move {
                        match answer.await {
                            Ok(link) => view! { <Chooses token link/> }.into_any(),
                            Err(ApiError(error)) => view! { <Spent error/> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </section>
    }
}

#[component]
fn Chooses(token: String, link: LinkView) -> impl IntoView {
    let query = use_query().get_untracked();
    let problem = query.get("problem");
    let missing = problem == "missing";
    let typed = query.get("user_name");
    let name = match query.get("name") {
        name if name.is_empty() => link.name,
        name => name,
    };
    let at_user_name = match problem.as_str() {
        "taken" => Some("Somebody has this user name. Choose another one."),
        "letters" => Some(
            "Use 2 to 32 letters, digits and underscores, a letter first, and no word of our addresses.",
        ),
        "missing" if typed.is_empty() => Some("Choose a user name."),
        _ => None,
    };
    let at_name = (missing && name.is_empty()).then_some("Enter your name.");
    let at_password = match problem.as_str() {
        "short" => Some("Choose at least ten characters, and not the user name."),
        "missing" => Some("Choose a password."),
        _ => None,
    };
    let throttled = problem == "throttled";
    let is_invitation = link.user_name.is_none();
    let (head, lead, verb) = match &link.user_name {
        None => (
            "Welcome to Switchboard".to_owned(),
            format!("You are invited as {}. This link works once.", link.role),
            "Begin",
        ),
        Some(user_name) => (
            "Choose another password".to_owned(),
            format!("Your user name is {user_name}. This link works once."),
            "Set the password",
        ),
    };
    view! {
        <h1>{head}</h1>
        <p class="lead">{lead}</p>
        {throttled.then(|| view! { <Refusal message="Too many tries in a short time. Try again later."/> })}
        <form class="form" method="post" action=format!("/invite/{token}")>
            {link.user_name.map(|name| view! { <input type="text" autocomplete="username" value=name hidden readonly/> })}
            {is_invitation.then(|| view! {
                <Field name="user_name" label="User name" kind="text" autocomplete="username" hint="Letters, digits and underscores. You sign in with it." value=typed error=at_user_name/>
                <Field name="name" label="Your name" kind="text" autocomplete="name" hint="As colleagues see it." value=name error=at_name/>
            })}
            <Field name="password" label="Password" kind="password" autocomplete="new-password" hint="At least ten characters; a sentence is fine." error=at_password/>
            <button class="button button--main" type="submit">{verb}</button>
        </form>
    }
}

/// The link leads nowhere.
#[component]
fn Spent(error: DeskError) -> impl IntoView {
    set_status(error.status());
    let words = match &error {
        DeskError::Refused(why) => why.clone(),
        DeskError::NotFound
        | DeskError::SignedOut
        | DeskError::Forbidden
        | DeskError::Invalid(_) => {
            "It was used, taken back, or has run out after seven days. Ask an admin for another one.".to_owned()
        }
        DeskError::Unreachable(_) | DeskError::Internal => error.to_string(),
    };
    view! {
        <h1>"This link does not work"</h1>
        <p class="lead">{words}</p>
        <a class="button" href="/login">"Sign in"</a>
    }
}
