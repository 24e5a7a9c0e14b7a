//! Inviting somebody, and invitations that nobody has used.

use desk::Role;
use desk::people::{InvitationRow, languages_in_words, teams_in_words};
use leptos::prelude::*;

use super::fields::{RoleChoice, Skills};
use crate::api::{Invite, InviteAnew, WithdrawInvitation};
use crate::parts::{Entry, Refusal, Refused, When, action, problems_of, refusal};

/// What is done with invitations.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    invite: ServerAction<Invite>,
    anew: ServerAction<InviteAnew>,
    pub(super) withdraw: ServerAction<WithdrawInvitation>,
}

impl Acts {
    pub(super) fn new() -> Self {
        Self {
            invite: action(),
            anew: action(),
            withdraw: action(),
        }
    }
}

fn acts() -> Acts {
    use_context().expect("the page provides what is done with invitations")
}

/// The form of an invitation.
#[component]
pub(super) fn Inviting(teams: Vec<String>) -> impl IntoView {
    let invite = acts().invite;
    let problems = problems_of(invite);
    view! {
        <section class="panel panel--edit" aria-labelledby="invite">
            <h2 id="invite">"Invite somebody"</h2>
            <p class="lead">
                "They get a link by which they choose their user name and password. It works once, for seven days."
            </p>
            <ActionForm action=invite>
                <div class="person-fields">
                    <Entry name="name" label="Name" kind="text" value=String::new() hint="As colleagues see it. They may choose another." problems/>
                    <RoleChoice chosen=Role::Agent problems/>
                    <Skills all_teams=teams teams=None languages=Vec::new() problems/>
                    <div>
                        <button class="button button--main" type="submit">"Make the link"</button>
                    </div>
                </div>
                {move || refusal(invite.value().get()).map(|words| view! { <Refusal words/> })}
            </ActionForm>
        </section>
    }
}

/// Invitations that wait.
#[component]
pub(super) fn Invitations(invitations: Vec<InvitationRow>) -> impl IntoView {
    let acts = acts();
    (!invitations.is_empty()).then(|| {
        let rows = invitations
            .into_iter()
            .map(|row| view! { <Waiting row/> })
            .collect_view();
        view! {
            <section aria-labelledby="invitations">
                <h2 id="invitations">"Invited"</h2>
                <Refused answer=move || acts.withdraw.value().get()/>
                <Refused answer=move || acts.anew.value().get()/>
                <ul class="invitations">{rows}</ul>
            </section>
        }
    })
}

#[component]
fn Waiting(row: InvitationRow) -> impl IntoView {
    let acts = acts();
    let whom = match row.name.as_str() {
        "" => "Somebody".to_owned(),
        name => name.to_owned(),
    };
    let about = format!(
        " as {}; teams: {}; languages: {}. Invited by {}, ",
        row.role,
        teams_in_words(row.teams.as_deref()),
        languages_in_words(&row.languages),
        row.by
    );
    let ends = if row.is_over {
        ". The link has run out "
    } else {
        ". The link is good until "
    };
    let (anew, withdrawn) = (row.id.clone(), row.id);
    let (of_anew, of_withdrawn) = (format!(" for {whom}"), format!(" the invitation of {whom}"));
    view! {
        <li class="invitation">
            <p>
                <strong>{whom}</strong> {about} <When ms=row.made_ms/> {ends} {desk::exact(row.until_ms)} "."
            </p>
            <div class="account-acts">
                <ActionForm action=acts.anew>
                    <One id=anew verb="Make another link" about=of_anew/>
                </ActionForm>
                <ActionForm action=acts.withdraw>
                    <One id=withdrawn verb="Take back" about=of_withdrawn/>
                </ActionForm>
            </div>
        </li>
    }
}

/// The button of one invitation.
#[component]
fn One(id: String, verb: &'static str, about: String) -> impl IntoView {
    view! {
        <input type="hidden" name="id" value=id/>
        <button class="button" type="submit">{verb}<span class="unseen">{about}</span></button>
    }
}
