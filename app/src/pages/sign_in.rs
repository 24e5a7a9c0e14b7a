//! Signing in: a form for the server, and what it said to the last try.

use leptos::prelude::*;
use leptos_meta::Title;

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
    view! {
        <Title text="Sign in"/>
        <section class="sheet">
            <Mark/>
            <h1>"Sign in"</h1>
            {refusal(&problem, &said("wait")).map(|message| view! { <Refusal message/> })}
            <form class="form" method="post" action="/login">
                <input type="hidden" name="next" value=said("next")/>
                <Field name="user_name" label="User name" kind="text" autocomplete="username" value=user_name error=at_user_name/>
                <Field name="password" label="Password" kind="password" autocomplete="current-password" error=at_password/>
                <button class="button button--main" type="submit">"Sign in"</button>
            </form>
        </section>
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
