//! Who takes calls and how they stand, and what a supervisor may do about it.

use desk::{AgentCall, AgentRow, Floor, status_choices};
use leptos::prelude::*;
use leptos_router::components::A;

use super::Wall;
use crate::api::{FreeAgent, SetAgent};
use crate::parts::{Fold, Glyph, Icon, Refused, State, action, one_open};

/// What a supervisor may do, asked for in any row and answered above all of them.
#[derive(Clone, Copy)]
struct Acts {
    set: ServerAction<SetAgent>,
    free: ServerAction<FreeAgent>,
}

/// Everybody who takes calls.
#[component]
pub(super) fn Agents(wall: Wall) -> impl IntoView {
    let acts = Acts {
        set: action(),
        free: action(),
    };
    let users = wall.of_floor(|floor| {
        let rows = floor.agents.iter();
        rows.map(|row| row.user.clone()).collect::<Vec<_>>()
    });
    let words = wall.of_floor(Floor::agents_text);
    view! {
        <section class="panel" aria-labelledby="agents">
            <h2 id="agents">"Agents"</h2>
            <p class="panel-empty">{move || words.get()}</p>
            <Refused answer=move || acts.set.value().get()/>
            <Refused answer=move || acts.free.value().get()/>
            <table class="table table--rows table--agents" role="table" aria-labelledby="agents">
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">"Agent"</th>
                        <th scope="col" role="columnheader">"Status"</th>
                        <th scope="col" role="columnheader">"Call"</th>
                        <th scope="col" role="columnheader"><span class="unseen">"Change"</span></th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=move || users.get() key=String::clone let:user>
                        <Agent wall acts user/>
                    </For>
                </tbody>
            </table>
        </section>
    }
}

/// Somebody who takes calls. The row stays while what it shows changes, and with it an open menu.
#[component]
fn Agent(wall: Wall, acts: Acts, user: String) -> impl IntoView {
    let id = StoredValue::new(user.clone());
    let row = Memo::new(move |_| {
        wall.floor
            .with(|floor| floor.agent(&id.read_value()).cloned())
    });
    let name = Memo::new(move |_| row.get().map(|row| row.name).unwrap_or_default());
    let teams = move || row.get().map(|row| row.teams.join(", "));
    let stuck = Memo::new(move |_| row.get().and_then(|row| row.stuck_in()));
    let status = move || row.get().map(|row| row.standing.word);
    view! {
        <tr role="row" class="agent" data-agent=user data-status=status>
            <th scope="row" role="rowheader" class="agent-name">
                {move || name.get()}
                <span class="cell-sub">{teams}</span>
            </th>
            <td role="cell" class="agent-state">{move || row.get().map(|row| standing(wall, row))}</td>
            <td role="cell" class="agent-call">{move || row.get().and_then(|row| row.call).map(call)}</td>
            <td role="cell" class="agent-acts"><Menu acts user=id name stuck/></td>
        </tr>
    }
}

fn standing(wall: Wall, row: AgentRow) -> impl IntoView {
    let since = row.standing.since_ms;
    view! {
        <State tone=row.standing.tone word=row.standing.label/>
        " "
        <span class="row-time">{move || wall.clock.since(since)}</span>
        {row.standing.why.map(|why| view! { <span class="cell-sub">{why}</span> })}
        {row.next.map(|next| view! { <span class="cell-sub">"then: " {next}</span> })}
    }
}

fn call(call: AgentCall) -> impl IntoView {
    view! {
        <A href=format!("/calls/{}", call.sid) attr:class="row-link">{call.other}</A>
        <span class="cell-sub">{call.line_name}</span>
    }
}

/// What can be done about somebody, folded away.
#[component]
fn Menu(
    acts: Acts,
    user: StoredValue<String>,
    name: Memo<String>,
    stuck: Memo<Option<&'static str>>,
) -> impl IntoView {
    let fold = Fold::new();
    let choices = status_choices().map(|(word, label)| {
        view! {
            <li>
                <button class="menu-choice" type="submit" name="status" value=word>{label}</button>
            </li>
        }
    });
    view! {
        <details
            class="menu"
            {..one_open("agent-menu")}
            node_ref=fold.menu
            on:keydown=move |event| fold.left_by(&event)
        >
            <summary class="button" node_ref=fold.summary>
                "Change"
                <span class="unseen">" " {move || name.get()}</span>
                <Icon glyph=Glyph::Down/>
            </summary>
            <div class="menu-list">
                <ActionForm action=acts.set on:submit:capture=move |_| fold.away()>
                    <input type="hidden" name="agent" value=user.get_value()/>
                    <ul aria-label=move || format!("Status of {}", name.get())>{choices.into_iter().collect_view()}</ul>
                </ActionForm>
                <Show when=move || stuck.get().is_some()>
                    <ActionForm action=acts.free on:submit:capture=move |_| fold.away()>
                        <input type="hidden" name="agent" value=user.get_value()/>
                        <button class="menu-choice menu-choice--last" type="submit">
                            "Free from " {move || stuck.get()}
                        </button>
                    </ActionForm>
                </Show>
            </div>
        </details>
    }
}
