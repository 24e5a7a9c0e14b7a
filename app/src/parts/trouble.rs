//! What stands in a page's place when there is no answer.

use desk::{DeskError, Role};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_url;

use crate::api::set_status;
use crate::layout::viewer;

/// Shows the page to those whose role opens it, and says why to others. What it shows is decided again by the server.
#[component]
pub(crate) fn Gate(opens_to: fn(Role) -> bool, children: Children) -> impl IntoView {
    match viewer() {
        None => view! { <Trouble error=DeskError::SignedOut/> }.into_any(),
        Some(viewer) if !opens_to(viewer.role) => {
            view! { <Trouble error=DeskError::Forbidden/> }.into_any()
        }
        Some(_) => children().into_any(),
    }
}

/// Says what went wrong and where to go from here.
#[component]
pub(crate) fn Trouble(error: DeskError) -> impl IntoView {
    set_status(error.status());
    let headline = match &error {
        DeskError::SignedOut => "Please sign in",
        DeskError::Forbidden => "Not open to your role",
        DeskError::NotFound => "There is nothing here",
        DeskError::Invalid(_) => "That was not understood",
        DeskError::Refused(_) => "That cannot be done",
        DeskError::Unreachable(_) => "The server cannot be reached",
        DeskError::Internal => "Something went wrong",
    };
    let advice = match &error {
        DeskError::SignedOut => "This page is for people who are signed in.".to_owned(),
        DeskError::Forbidden => match viewer() {
            Some(viewer) => format!(
                "You are signed in as {} with the role {}. An admin can change your role.",
                viewer.name, viewer.role
            ),
            None => error.to_string(),
        },
        DeskError::NotFound => "The address may be mistyped, or what it named is gone.".to_owned(),
        DeskError::Invalid(_) => {
            "Check the address, or start again from the first page.".to_owned()
        }
        DeskError::Refused(reason) => reason.clone(),
        DeskError::Unreachable(_) => "Check the connection, then load the page again.".to_owned(),
        DeskError::Internal => {
            "It is our fault and has been noted. Try again in a moment.".to_owned()
        }
    };
    view! {
        <Title text=headline/>
        <section class="trouble" role="alert">
            <p class="trouble-code">{error.status()}</p>
            <h1>{headline}</h1>
            <p>{advice}</p>
            <WayOut error/>
        </section>
    }
}

#[component]
fn WayOut(error: DeskError) -> impl IntoView {
    let url = use_url();
    let here = move || {
        url.with(|url| match url.search() {
            "" => url.path().to_owned(),
            search => format!("{}?{search}", url.path()),
        })
    };
    match error {
        DeskError::SignedOut => {
            let href = move || {
                format!(
                    "/login?next={}",
                    leptos_router::location::Url::escape(&here())
                )
            };
            view! { <a class="button button--main" rel="external" href=href>"Sign in"</a> }
                .into_any()
        }
        DeskError::Unreachable(_) | DeskError::Internal => {
            view! { <a class="button" rel="external" href=here>"Load the page again"</a> }
                .into_any()
        }
        DeskError::Forbidden
        | DeskError::NotFound
        | DeskError::Invalid(_)
        | DeskError::Refused(_) => {
            view! { <a class="button" href="/">"Go to the first page"</a> }.into_any()
        }
    }
}
