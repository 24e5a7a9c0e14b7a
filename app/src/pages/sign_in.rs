//! Signing in: a form for the server, and what it said to the last try; in a demonstration a click is enough.

use desk::{STAND_INS, StandIn};
use leptos::prelude::*;
use leptos_meta::Title;

use crate::layout::site;
use crate::parts::{Field, Glyph, Icon, Mark};
use crate::query::use_query;

/// The form at `/login`; the server answers a refused try with `?problem=…&user_name=…`, and with
/// the seconds to `wait` when there were too many.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let query = use_query().get_untracked();
    let said = |name: &str| query.get(name);
    let problem = said("problem");
    let user_name = said("user_name");
    let missing = problem == "missing";
    let at_user_name = (missing && user_name.is_empty()).then_some("Enter your user name.");
    let at_password = missing.then_some("Enter your password.");
    let is_demonstration = site().demonstration;
    let next = said("next");
    view! {
        <Title text="Sign in"/>
        <section class="sheet" class=("sheet--wide", is_demonstration)>
            <Mark/>
            <h1>"Sign in"</h1>
            {refusal(&problem, &said("wait")).map(|message| view! { <Refusal message/> })}
            {is_demonstration.then(|| view! { <StandIns next/> })}
            <form class="form" method="post" action="/login">
                <input type="hidden" name="next" value=said("next")/>
                <Field name="user_name" label="User name" kind="text" autocomplete="username" value=user_name error=at_user_name/>
                <Field name="password" label="Password" kind="password" autocomplete="current-password" error=at_password/>
                <button class="button button--main" type="submit">"Sign in"</button>
            </form>
        </section>
    }
}

/// Everybody whom a demonstration brings along; each opens in a tab, and a session, of their own.
#[component]
fn StandIns(next: String) -> impl IntoView {
    view! {
        <p>
            "This is a demonstration: nobody here is real, and whoever sits at this machine may be anybody. "
            "Each person opens in a tab of their own, so you can be several at once."
        </p>
        <ul class="stand-ins">
            {STAND_INS
                .into_iter()
                .map(|stand_in| view! { <li><Enter stand_in next=next.clone()/></li> })
                .collect_view()}
        </ul>
        <h2>"With a password"</h2>
    }
}

/// The click that makes one of them of you.
#[component]
fn Enter(stand_in: StandIn, next: String) -> impl IntoView {
    view! {
        <form method="post" action="/login/demonstration" target="_blank">
            <input type="hidden" name="user_name" value=stand_in.user_name/>
            <input type="hidden" name="next" value=next/>
            <button class="stand-in" type="submit">
                <span class="stand-in-name">{format!("Enter as {}", stand_in.name)}</span>
                <span class="stand-in-about">{stand_in.about}</span>
                <code class="stand-in-host">{stand_in.host()}</code>
            </button>
        </form>
    }
}

fn refusal(problem: &str, wait: &str) -> Option<String> {
    let words = match problem {
        "" | "missing" => return None,
        "wrong" => {
            "User name and password do not belong together. Check both and try again.".to_owned()
        }
        "throttled" => match wait.parse::<u32>() {
            Ok(seconds) => {
                let wait = desk::duration(i64::from(seconds) * 1000);
                format!("Too many tries in a short time. Try again in {wait}.")
            }
            Err(_) => "Too many tries in a short time. Try again later.".to_owned(),
        },
        "own" => "Somebody gave this person a password. Sign in with it, below.".to_owned(),
        _ => "Signing in did not work. Try again.".to_owned(),
    };
    Some(words)
}

/// Why a form came back, above its fields.
#[component]
pub(crate) fn Refusal(#[prop(into)] message: String) -> impl IntoView {
    view! {
        <p class="refusal" role="alert">
            <Icon glyph=Glyph::Fault/>
            <span>{message}</span>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_tried_too_often_is_told_how_long_to_wait() {
        let words = refusal("throttled", "90").unwrap();

        assert!(words.ends_with("Try again in 1 min 30 s."), "{words}");
    }

    #[test]
    fn a_problem_without_words_of_its_own_is_still_told() {
        assert!(refusal("moonlight", "").is_some());
        assert!(refusal("throttled", "soon").is_some());
        assert_eq!(refusal("", ""), None);
    }
}
