//! One person: what they are, what is done with them, and one's own password.

use desk::Role;
use desk::people::{PersonView, languages_in_words, teams_in_words};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

use super::fields::{RoleChoice, Skills};
use super::made::Made;
use crate::api::{
    Deactivate, Reactivate, ResetPassword, SavePerson, SignOutEverywhere, show_person,
};
use crate::parts::{
    Entry, Field, Gate, Glyph, Icon, Refusal, Refused, State, When, action, loaded, problems_of,
    refusal,
};
use crate::query::use_query;

/// What is done with somebody.
#[derive(Clone, Copy)]
struct Acts {
    save: ServerAction<SavePerson>,
    reset: ServerAction<ResetPassword>,
    sign_out: ServerAction<SignOutEverywhere>,
    deactivate: ServerAction<Deactivate>,
    reactivate: ServerAction<Reactivate>,
}

fn acts() -> Acts {
    use_context().expect("the page provides what is done with people")
}

/// The person whom the address names: anybody for admins, oneself for everybody.
#[component]
pub(crate) fn Person() -> impl IntoView {
    view! {
        <Gate opens_to=is_anybody>
            <One/>
        </Gate>
    }
}

/// Everybody has a page of their own.
fn is_anybody(role: Role) -> bool {
    role >= Role::Agent
}

#[component]
fn One() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query());
    let acts = Acts {
        save: action(),
        reset: action(),
        sign_out: action(),
        deactivate: action(),
        reactivate: action(),
    };
    provide_context(acts);
    let wanted = Memo::new(move |_| {
        let user = params.with(|params| params.get("user").unwrap_or_default());
        let made = query.with(|query| query.get("made"));
        let done = acts
            .save
            .value()
            .with(|value| matches!(value, Some(Ok(()))));
        let saved = acts.save.version().get();
        let others = [
            acts.sign_out.version().get(),
            acts.deactivate.version().get(),
            acts.reactivate.version().get(),
        ];
        (user, made, done.then_some(saved), others)
    });
    view! {
        <div class="page page--people">
            {loaded(wanted, |(user, made, ..)| show_person(user, made), |view| view! { <Shown view/> }.into_any())}
        </div>
    }
}

#[component]
fn Shown(view: PersonView) -> impl IntoView {
    let query = use_query();
    let done = move || match query.with(|query| query.get("done")).as_str() {
        "saved" => Some("Saved. It counts from now on."),
        "signed-out" => Some("Signed out everywhere."),
        "deactivated" => Some("Deactivated."),
        "reactivated" => Some("Reactivated."),
        "password" => Some("Your password is changed. Other browsers have to sign in again."),
        _ => None,
    };
    let (may_change, is_self) = (view.may_change, view.is_self);
    view! {
        <Title text=view.row.name.clone()/>
        {may_change.then(|| view! { <p class="crumb"><A href="/people">"People"</A></p> })}
        <h1>{view.row.name.clone()}</h1>
        {move || done().map(|words| view! { <p class="done" role="status"><Icon glyph=Glyph::Done/>{words}</p> })}
        {view.made.clone().map(|link| view! { <Made link/> })}
        <Facts view=view.clone()/>
        {may_change.then(|| view! { <Change view=view.clone()/> })}
        {may_change.then(|| view! { <Access view=view.clone()/> })}
        {is_self.then(|| view! { <OwnPassword view/> })}
    }
}

#[component]
fn Facts(view: PersonView) -> impl IntoView {
    let row = view.row;
    let now = match (row.deactivated_ms, row.standing) {
        (Some(ms), _) => view! { "Deactivated " <When ms/> }.into_any(),
        (None, Some(standing)) => {
            view! { <State tone=standing.tone word=standing.text()/> }.into_any()
        }
        (None, None) => "Active".into_any(),
    };
    let seen = match (row.is_here, row.seen_ms) {
        (true, _) => "Here now".into_any(),
        (false, Some(ms)) => view! { <When ms/> }.into_any(),
        (false, None) => "Never".into_any(),
    };
    let audit = view
        .may_change
        .then(|| format!("/audit?about={}", row.user_name));
    view! {
        <dl class="facts">
            <div><dt>"User name"</dt><dd>{row.user_name}</dd></div>
            <div><dt>"Role"</dt><dd>{row.role.word()}</dd></div>
            <div><dt>"Teams"</dt><dd>{teams_in_words(row.teams.as_deref())}</dd></div>
            <div><dt>"Languages"</dt><dd>{languages_in_words(&row.languages)}</dd></div>
            <div><dt>"Now"</dt><dd>{now}</dd></div>
            <div><dt>"Last seen"</dt><dd>{seen}</dd></div>
            <div><dt>"Here since"</dt><dd><When ms=view.created_ms/></dd></div>
        </dl>
        {audit.map(|href| view! { <p><A href>"What was done to them"</A></p> })}
    }
}

#[component]
fn Change(view: PersonView) -> impl IntoView {
    let save = acts().save;
    let problems = problems_of(save);
    let row = view.row;
    view! {
        <section class="panel panel--edit" aria-labelledby="change">
            <h2 id="change">"Change"</h2>
            <ActionForm action=save>
                <input type="hidden" name="form[user]" value=row.user_name/>
                <input type="hidden" name="form[version]" value=view.version.to_string()/>
                <div class="person-fields">
                    <Entry name="name" label="Name" kind="text" value=row.name hint="As colleagues see it." problems/>
                    <RoleChoice chosen=row.role problems/>
                    <Skills all_teams=view.all_teams teams=row.teams languages=row.languages problems/>
                    <div>
                        <button class="button button--main" type="submit">"Save"</button>
                    </div>
                </div>
                {move || refusal(save.value().get()).map(|words| view! { <Refusal words/> })}
            </ActionForm>
        </section>
    }
}

/// How they come in, and that they do so no longer.
#[component]
fn Access(view: PersonView) -> impl IntoView {
    let acts = acts();
    let user = view.row.user_name;
    let is_active = view.row.deactivated_ms.is_none();
    let is_other = !view.is_self;
    let hidden = StoredValue::new(user);
    let hidden = move || view! { <input type="hidden" name="user" value=hidden.get_value()/> };
    let stopped = (!view.has_password && is_active).then_some(
        "No password lets them in: they have not chosen one yet, or came with the demonstration.",
    );
    view! {
        <section class="panel panel--edit" aria-labelledby="access">
            <h2 id="access">"Access"</h2>
            {stopped.map(|words| view! { <p>{words}</p> })}
            <div class="account-acts">
                {(is_active && is_other).then(|| view! {
                    <ActionForm action=acts.reset>
                        {hidden()}
                        <button class="button" type="submit">"Reset the password"</button>
                    </ActionForm>
                })}
                {is_active.then(|| view! {
                    <ActionForm action=acts.sign_out>
                        {hidden()}
                        <button class="button" type="submit">"Sign out everywhere"</button>
                    </ActionForm>
                })}
                {(is_active && is_other).then(|| view! {
                    <ActionForm action=acts.deactivate>
                        {hidden()}
                        <button class="button" type="submit">"Deactivate"</button>
                    </ActionForm>
                })}
                {(!is_active).then(|| view! {
                    <ActionForm action=acts.reactivate>
                        {hidden()}
                        <button class="button button--main" type="submit">"Reactivate"</button>
                    </ActionForm>
                })}
            </div>
            <p class="field-hint">
                "Resetting the password stops the old one and ends every session at once. Who is deactivated is off the floor and cannot sign in; what they did stays."
            </p>
            <Refused answer=move || acts.reset.value().get()/>
            <Refused answer=move || acts.sign_out.value().get()/>
            <Refused answer=move || acts.deactivate.value().get()/>
            <Refused answer=move || acts.reactivate.value().get()/>
        </section>
    }
}

/// The form is answered by the server alone, which begins another session.
#[component]
fn OwnPassword(view: PersonView) -> impl IntoView {
    let problem = use_query().with_untracked(|query| query.get("problem"));
    let at_current = match problem.as_str() {
        "wrong" => Some("This is not your password."),
        "missing" => Some("Enter the password that you have now, and another one."),
        _ => None,
    };
    let at_password =
        (problem == "short").then_some("Choose at least ten characters, and not the user name.");
    let throttled = (problem == "throttled")
        .then_some("Too many tries in a short time. Try again in a few minutes.");
    let user_name = view.row.user_name;
    let action = format!("/people/{user_name}/password");
    view! {
        <section class="panel panel--edit" aria-labelledby="password-head">
            <h2 id="password-head">"Your password"</h2>
            {throttled.map(|words| view! { <Refusal words=words.to_owned()/> })}
            {if view.has_password {
                view! {
                    <form class="form" method="post" action=action>
                        <input type="text" autocomplete="username" value=user_name hidden readonly/>
                        <Field name="current" label="Present password" kind="password" autocomplete="current-password" error=at_current/>
                        <Field name="password" label="Another password" kind="password" autocomplete="new-password" hint="At least ten characters; a sentence is fine." error=at_password/>
                        <button class="button button--main" type="submit">"Change it"</button>
                    </form>
                }
                .into_any()
            } else {
                view! { <p>"You came with the demonstration, by a click: there is no password to change."</p> }.into_any()
            }}
        </section>
    }
}
