//! To whom a caller can be handed over: colleagues as they stand, teams with who waits for them, a number.

use desk::{Colleague, QueueChoice};
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::super::Seat;
use super::Draft;
use super::choose::{Choice, Whom};
use crate::parts::{FieldProblem, Glyph, Icon, State, problem_with};

/// Everybody else who takes calls; those who are offline folded away. Rows stay where they are once shown, so that
/// nobody clicks on one that just moved.
#[component]
pub(super) fn Rows(seat: Seat, choice: Choice) -> impl IntoView {
    let colleagues = Memo::new(move |_| {
        let me = seat.mine.with(|mine| mine.user.clone());
        seat.floor.with(|floor| floor.colleagues(&me))
    });
    let here = Memo::new(move |before: Option<&Vec<String>>| {
        let before = before.map(Vec::as_slice).unwrap_or_default();
        colleagues.with(|all| in_sight(before, all))
    });
    let away = Memo::new(move |_| {
        let all = colleagues.get().into_iter().map(|one| one.user);
        here.with(|here| all.filter(|user| !here.contains(user)).collect::<Vec<_>>())
    });
    let row_of = move |user: String| {
        let row = move || colleagues.with(|all| all.iter().find(|one| one.user == user).cloned());
        view! { <Row seat choice row=Memo::new(move |_| row())/> }
    };
    let words = move || match (here.with(Vec::len), away.with(Vec::len)) {
        (0, 0) => Some("Nobody else takes calls."),
        (0, _) => Some("Nobody else is here."),
        (_, _) => None,
    };
    let has_away = Memo::new(move |_| away.with(|away| !away.is_empty()));
    view! {
        {move || words().map(|words| view! { <p class="panel-empty">{words}</p> })}
        <ul class="rows">
            <For each=move || here.get() key=String::clone let:user>{row_of(user)}</For>
        </ul>
        <Show when=move || has_away.get()>
            <details class="fold">
                <summary>{move || format!("Offline: {}", away.with(Vec::len))}</summary>
                <ul class="rows">
                    <For each=move || away.get() key=String::clone let:user>{row_of(user)}</For>
                </ul>
            </details>
        </Show>
    }
}

/// Whose rows are in sight: whose were before, in their places, then those who are not offline.
fn in_sight(before: &[String], all: &[Colleague]) -> Vec<String> {
    let is_known = |user: &&String| all.iter().any(|one| one.user == **user);
    let stay: Vec<String> = before.iter().filter(is_known).cloned().collect();
    let come = all
        .iter()
        .filter(|one| one.standing.word != "offline" && !stay.contains(&one.user));
    let come: Vec<String> = come.map(|one| one.user.clone()).collect();
    [stay, come].concat()
}

/// A colleague: how they stand, and the button where they can be rung.
#[component]
fn Row(seat: Seat, choice: Choice, row: Memo<Option<Colleague>>) -> impl IntoView {
    let standing = Memo::new(move |_| {
        row.with(|row| {
            let row = row.as_ref()?;
            let words = row.cannot.clone().unwrap_or_else(|| row.standing.text());
            Some((row.standing.tone, words, row.standing.since_ms))
        })
    });
    let name = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.name.clone())));
    let can =
        Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.cannot.is_none())));
    let give = move || {
        if let Some(row) = row.get_untracked() {
            choice.give.run(Whom::Agent(row.user));
        }
    };
    view! {
        <li class="row">
            <p class="row-name">{move || name.get()}</p>
            <p class="row-state">
                {move || standing.get().map(|(tone, words, since)| view! {
                    <State tone word=words/>
                    " "
                    <span class="row-time">{move || seat.clock.since(since)}</span>
                })}
            </p>
            <div class="row-acts">
                <Show when=move || can.get()>
                    <GiveButton choice to=name on_give=Callback::new(move |()| give())/>
                </Show>
            </div>
        </li>
    }
}

/// Teams, and who waits for them.
#[component]
pub(super) fn Queues(seat: Seat, choice: Choice) -> impl IntoView {
    let line = super::of_call(seat, |call| Some(call.line_name.clone()));
    let queues = Memo::new(move |_| {
        let line = line.get().unwrap_or_default();
        seat.floor.with(|floor| floor.queues(&line))
    });
    let teams = Memo::new(move |_| {
        queues.with(|all| all.iter().map(|one| one.team.clone()).collect::<Vec<_>>())
    });
    view! {
        <ul class="rows">
            <For each=move || teams.get() key=String::clone let:team>
                {
                    let row = Memo::new({
                        let team = team.clone();
                        move |_| queues.with(|all| all.iter().find(|one| one.team == team).cloned())
                    });
                    view! { <QueueRow seat choice team row/> }
                }
            </For>
        </ul>
    }
}

#[component]
fn QueueRow(
    seat: Seat,
    choice: Choice,
    team: String,
    row: Memo<Option<QueueChoice>>,
) -> impl IntoView {
    let name = format!("The team {team}");
    let to = Memo::new({
        let name = name.clone();
        move |_| Some(name.clone())
    });
    let words = move || row.get().map(|row| waiting(&row, seat.clock.read()));
    view! {
        <li class="row">
            <p class="row-name">{name}</p>
            <p class="row-about">{words}</p>
            <div class="row-acts">
                <GiveButton choice to on_give=Callback::new(move |()| choice.give.run(Whom::Queue(team.clone())))/>
            </div>
        </li>
    }
}

/// Who waits for a team, how long, and how many of it are free.
fn waiting(row: &QueueChoice, now_ms: i64) -> String {
    let wait = match (row.waiting, row.longest_since_ms) {
        (0, _) => "nobody waits".to_owned(),
        (count, None) => format!("{count} wait"),
        (1, Some(since)) => format!("1 waits, for {}", desk::clock(now_ms - since)),
        (count, Some(since)) => {
            format!(
                "{count} wait, the first for {}",
                desk::clock(now_ms - since)
            )
        }
    };
    match row.free {
        0 => format!("Nobody is free · {wait}"),
        1 => format!("1 is free · {wait}"),
        free => format!("{free} are free · {wait}"),
    }
}

/// Hands over to whoever stands beside it.
#[component]
fn GiveButton(choice: Choice, to: Memo<Option<String>>, on_give: Callback<()>) -> impl IntoView {
    view! {
        <button class="button" type="button" on:click=move |_| on_give.run(())>
            <Icon glyph=Glyph::Onward/>
            {choice.verb}
            <span class="unseen">" " {move || to.get()}</span>
        </button>
    }
}

/// The field for a number.
#[component]
pub(super) fn Number(seat: Seat, choice: Choice, draft: Draft) -> impl IntoView {
    let number = NodeRef::<html::Input>::new();
    let problem = problem_with(choice.problems, "number");
    let dials = super::of_call(seat, |call| Some(call.dials.clone()));
    let hint = move || dials.get().as_deref().and_then(reach);
    // Whoever sent a number that is none wants to mend it.
    Effect::new(move |_| {
        if problem.get().is_some()
            && let Some(number) = number.get_untracked()
        {
            _ = number.focus();
        }
    });
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        choice.give.run(Whom::Number(draft.number.get_untracked()));
    };
    let described = move || {
        let problem = problem.get().map(|_| "hand-over-number-problem ");
        format!("{}hand-over-number-hint", problem.unwrap_or_default())
    };
    view! {
        <form class="hand-over-number" novalidate on:submit=send>
            <div class="field">
                <label for="hand-over-number">"A number"</label>
                <input
                    id="hand-over-number"
                    type="tel"
                    autocomplete="off"
                    node_ref=number
                    prop:value=move || draft.number.get()
                    on:input=move |event| draft.number.set(event_target_value(&event))
                    aria-invalid=move || problem.get().map(|_| "true")
                    aria-describedby=described
                />
                {move || problem.get().map(|message| view! {
                    <FieldProblem id="hand-over-number-problem".to_owned() message/>
                })}
                <p class="field-hint" id="hand-over-number-hint">{hint}</p>
            </div>
            <button class="button" type="submit">
                <Icon glyph=Glyph::Onward/>
                {choice.verb}
                <span class="unseen">" the number"</span>
            </button>
        </form>
    }
}

/// Which numbers the line dials, by their beginnings.
fn reach(dials: &[String]) -> Option<String> {
    let (last, before) = dials.split_last()?;
    let numbers = if before.is_empty() {
        last.clone()
    } else {
        format!("{} or {last}", before.join(", "))
    };
    Some(format!("The line dials numbers that begin with {numbers}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::StandingView;

    #[test]
    fn rows_keep_their_places_whoever_comes_and_goes() {
        let one = |user: &str, word: &str| Colleague {
            user: user.to_owned(),
            name: user.to_uppercase(),
            standing: StandingView {
                word: word.to_owned(),
                ..StandingView::default()
            },
            cannot: (word != "available").then(|| word.to_owned()),
        };

        let first = in_sight(
            &[],
            &[
                one("ben", "available"),
                one("ana", "on-call"),
                one("cem", "offline"),
            ],
        );
        assert_eq!(first, ["ben", "ana"]);

        let later = in_sight(
            &first,
            &[
                one("ana", "available"),
                one("cem", "available"),
                one("ben", "offline"),
            ],
        );
        assert_eq!(later, ["ben", "ana", "cem"]);
        assert_eq!(in_sight(&later, &[one("cem", "available")]), ["cem"]);
    }

    #[test]
    fn a_queue_tells_who_waits_how_long_and_who_is_free() {
        let row = |waiting, longest_since_ms, free| QueueChoice {
            team: "support".to_owned(),
            waiting,
            longest_since_ms,
            free,
        };
        let cases = [
            (row(0, None, 2), "2 are free · nobody waits"),
            (
                row(1, Some(10_000), 0),
                "Nobody is free · 1 waits, for 1:00",
            ),
            (row(3, Some(0), 1), "1 is free · 3 wait, the first for 1:10"),
        ];

        for (row, words) in cases {
            assert_eq!(waiting(&row, 70_000), words);
        }
    }

    #[test]
    fn the_beginnings_of_numbers_are_told_as_a_sentence() {
        let all = |dials: &[&str]| {
            let dials: Vec<String> = dials.iter().map(|one| (*one).to_owned()).collect();
            reach(&dials)
        };

        assert_eq!(all(&[]), None);
        assert_eq!(
            all(&["+1"]).as_deref(),
            Some("The line dials numbers that begin with +1.")
        );
        assert_eq!(
            all(&["+1", "+44", "+49"]).as_deref(),
            Some("The line dials numbers that begin with +1, +44 or +49.")
        );
    }
}
