//! The first page of a signed-in person: who they are, and where they may go.

use desk::{DeskError, Role};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use crate::layout::{Way, viewer, ways};
use crate::parts::{Glyph, Icon, Trouble};

/// Who you are and the pages you may use.
#[component]
pub(crate) fn Home() -> impl IntoView {
    let Some(viewer) = viewer() else {
        return view! { <Trouble error=DeskError::SignedOut/> }.into_any();
    };
    view! {
        <Title text="Home"/>
        <div class="page page--home">
            <h1>{format!("Hello, {}", viewer.name)}</h1>
            <dl class="facts">
                <div><dt>"User name"</dt><dd><code>{viewer.user_name}</code></dd></div>
                <div><dt>"Role"</dt><dd>{viewer.role.word()}</dd></div>
            </dl>
            <p class="lead">{duty(viewer.role)}</p>
            <Doors ways=ways()/>
        </div>
    }
    .into_any()
}

fn duty(role: Role) -> &'static str {
    match role {
        Role::Agent => "Agents take calls. The list of calls is open to supervisors and admins.",
        Role::Supervisor => "Supervisors read every call and how it went.",
        Role::Admin => "Admins read every call, and keep lines and people in order.",
    }
}

/// The ways from here, each with what is behind it.
#[component]
fn Doors(ways: Vec<Way>) -> impl IntoView {
    (!ways.is_empty()).then(|| {
        view! {
            <ul class="doors">
                {ways
                    .into_iter()
                    .map(|way| {
                        view! {
                            <li>
                                <A href=way.href attr:class="door">
                                    <span class="door-name">{way.name}</span>
                                    <span class="door-about">{way.about}</span>
                                    <Icon glyph=Glyph::Onward/>
                                </A>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        }
    })
}
