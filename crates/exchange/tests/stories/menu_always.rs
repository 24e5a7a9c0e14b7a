//! What holds of every menu that passes the check: whatever is pressed, the caller is told something, and can come
//! somewhere.

use std::collections::{BTreeSet, VecDeque};
use std::sync::LazyLock;

use exchange::menu::{Draft, DraftTo, Fault, check};
use exchange::{
    Act, Ask, Call, Caller, DialReport, DialStatus, Digits, Event, Input, MAX_PROMPTS, Place, Plan,
    PlanRows, Progress, Route, Step,
};
use proptest::prelude::*;

use crate::menu_draft::{announce, call, draft, earth, key, line, list, place, to_place};
use crate::support::{Story, number, rows};

fn destination() -> impl Strategy<Value = DraftTo> {
    prop_oneof![
        8 => (0..6_u8).prop_map(|n| to_place(&format!("p{n}"))),
        3 => Just(DraftTo::Back),
        3 => Just(announce()),
        2 => Just(list("planets")),
        1 => Just(list("senators")),
        2 => Just(call("+12025550199")),
        1 => Just(call("+442071838750")),
        1 => Just(line("senators")),
        2 => Just(line("planets")),
        1 => Just(DraftTo::Person),
        1 => Just(DraftTo::Nowhere),
    ]
}

fn any_draft() -> impl Strategy<Value = Draft> {
    let keys = prop::collection::btree_map("[0-9]", destination(), 0..5);
    prop::collection::vec((keys, prop::bool::weighted(0.03)), 1..6).prop_map(|places| {
        let places = places
            .into_iter()
            .enumerate()
            .map(|(n, (keys, is_silent))| {
                let keys = keys.into_iter().map(|(sign, to)| key(&sign, to)).collect();
                let mut place = place(&format!("p{n}"), keys);
                if is_silent {
                    place.prompt.clear();
                }
                place
            });
        draft(places.collect())
    })
}

fn rows_with(has_person: bool) -> PlanRows {
    let mut rows = rows();
    rows.lines[1].person = has_person.then(|| number("+12025550177"));
    rows
}

/// The plans that drafts are checked against: with nobody at the desk, and with somebody.
static PLANS: LazyLock<[Plan; 2]> = LazyLock::new(|| {
    let plan = |has_person| Plan::new(rows_with(has_person)).expect("the plan of the stories");
    [plan(false), plan(true)]
});

fn passes((draft, has_person): &(Draft, bool)) -> bool {
    let faults = check(&earth(), draft, &PLANS[usize::from(*has_person)]);
    faults.iter().all(Fault::is_warning)
}

/// The plan of the stories with this draft live.
fn live((draft, has_person): &(Draft, bool)) -> PlanRows {
    let mut rows = rows_with(*has_person);
    rows.menus = draft.menu(&earth(), 1).into_iter().collect();
    rows
}

/// A menu that passes, and whether its line has a person.
fn passing() -> impl Strategy<Value = (Draft, bool)> {
    (any_draft(), any::<bool>()).prop_filter("it has faults", passes)
}

fn caller(menu: &(Draft, bool)) -> Story {
    let rows = live(menu);
    let ida = Caller::Number(number("+13125550123"));
    let mut story = Story::with(rows, "planets", ida, Place::default());
    story.arrives();
    story
}

fn reported(status: DialStatus) -> Input {
    let bridged = status == DialStatus::Completed;
    Input {
        dial: Some(DialReport {
            status,
            bridged: Some(bridged),
            seconds: Some(9),
        }),
        ..Input::default()
    }
}

fn keys() -> impl Strategy<Value = Digits> {
    prop_oneof![
        1 => Just(Digits::None),
        9 => "[0-9*]".prop_map(Digits::Keys),
        1 => "[0-9]{2}".prop_map(Digits::Keys),
    ]
}

fn fate() -> impl Strategy<Value = DialStatus> {
    prop::sample::select(vec![
        DialStatus::Completed,
        DialStatus::Busy,
        DialStatus::NoAnswer,
    ])
}

/// What the last document leads to when these keys are pressed, or this becomes of whoever is dialled; nothing at the
/// end, and on a line that is no menu.
fn next(story: &Story, digits: &Digits, fate: &DialStatus) -> Option<(Route, Input)> {
    match story.answer.last() {
        Some(Act::Ask(ask)) => {
            let digits = digits.clone();
            Some((
                ask.then.clone(),
                Input {
                    digits,
                    ..Input::default()
                },
            ))
        }
        Some(Act::Dial(dial)) => Some((dial.then.clone(), reported(fate.clone()))),
        Some(Act::Goto(route)) if story.call.line.as_str() == "planets" => {
            Some((route.clone(), Input::default()))
        }
        _ => None,
    }
}

/// What a step came to.
enum Came {
    /// To somebody, to another kind of line, or to the end of an announcement.
    Somewhere,
    /// To a question.
    To(Box<Call>, Ask),
    /// To an end that nobody asked for.
    Nowhere,
}

fn came(step: Step, plan: &Plan) -> Came {
    let acts = step.answer.map_or_else(Vec::new, |answer| answer.0);
    let tells =
        |act: &Act| matches!(act, Act::Say(speech) if speech.plain().contains("All is well."));
    let is_told = acts.iter().any(tells);
    match acts.last() {
        Some(Act::Dial(_)) => Came::Somewhere,
        Some(Act::HangUp) if is_told => Came::Somewhere,
        Some(Act::Goto(_)) if step.call.line.as_str() != "planets" => Came::Somewhere,
        Some(Act::Goto(_)) => {
            let again = Event::Arrived(Input::default());
            came(step.call.on(again, false, step.call.started, plan), plan)
        }
        Some(Act::Ask(ask)) => Came::To(Box::new(step.call), ask.clone()),
        _ => Came::Nowhere,
    }
}

/// Searches for keys that lead somewhere from a question.
fn some_way_on(plan: &Plan, call: &Call, ask: &Ask) -> bool {
    let mut seen = BTreeSet::new();
    let mut edge = VecDeque::from([(call.clone(), ask.clone())]);
    while let Some((mut call, ask)) = edge.pop_front() {
        (call.prompts, call.tries) = (0, 0);
        let Progress::Menu(tree) = &call.progress else {
            return true;
        };
        if !seen.insert((tree.trail.clone(), tree.list.clone())) {
            continue;
        }
        // A 0 that the menu does not have reaches the person of the line, whatever the menu is like.
        let menu = tree.begun.as_ref().and_then(|begun| plan.menu_at(begun));
        let node = menu.and_then(|menu| menu.nodes.get(tree.place(plan)?));
        let has_zero = node.is_some_and(|node| node.choices.contains_key(&'0'));
        let presses = if has_zero { "0123456789" } else { "123456789" };
        for press in presses.chars() {
            let Route::Menu(route) = &ask.then else {
                return true;
            };
            let digits = Digits::Keys(press.to_string());
            let pressed = Event::Menu(
                route.clone(),
                Input {
                    digits,
                    ..Input::default()
                },
            );
            match came(call.on(pressed, false, call.started, plan), plan) {
                Came::Somewhere => return true,
                Came::To(call, ask) if is_short(&call) => edge.push_back((*call, ask)),
                Came::To(..) | Came::Nowhere => {}
            }
        }
    }
    false
}

/// Nobody who goes straight comes by more places than there are.
fn is_short(call: &Call) -> bool {
    match &call.progress {
        Progress::Menu(tree) => tree.trail.len() <= 12,
        Progress::Forward(_)
        | Progress::CallingOut(_)
        | Progress::Support(_)
        | Progress::Conference(_) => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        max_global_rejects: 40_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Every step of every call says something, and every call comes to its end, to another line, or to somebody
    /// within the questions that a call is asked at most.
    #[test]
    fn nobody_is_stranded_in_a_menu_that_passes(
        menu in passing(),
        walks in prop::collection::vec(prop::collection::vec((keys(), fate()), 3 * usize::from(MAX_PROMPTS)), 1..4),
    ) {
        for walk in walks {
            let mut story = caller(&menu);
            let mut asked = 0;
            for (digits, fate) in walk {
                let says = story.heard.iter().any(|heard| !heard.trim().is_empty());
                let leads_on = matches!(story.answer.last(), Some(Act::Goto(_)));
                prop_assert!(says || leads_on, "{:?}", story.answer);
                asked += u16::from(matches!(story.answer.last(), Some(Act::Ask(_))));
                match next(&story, &digits, &fate) {
                    Some((route, input)) => drop(story.goes(route, input)),
                    None => break,
                }
            }
            prop_assert!(asked <= MAX_PROMPTS, "{asked} questions");
            let is_over = story.call.ended.is_some() || story.call.line.as_str() != "planets";
            prop_assert!(is_over, "{:?}", story.journal);
        }
    }

    /// Wherever a caller has got to, there are keys that lead to somebody, an announcement's end, or another line.
    #[test]
    fn from_every_place_of_a_menu_that_passes_there_is_a_way_on(
        menu in passing(),
        walk in prop::collection::vec((keys(), fate()), 0..8),
    ) {
        let mut story = caller(&menu);
        for (digits, fate) in walk {
            match next(&story, &digits, &fate) {
                Some((route, input)) => drop(story.goes(route, input)),
                None => break,
            }
        }
        if let Some(Act::Ask(ask)) = story.answer.last() {
            prop_assert!(some_way_on(&story.plan, &story.call, ask), "{:?}", story.journal);
        }
    }

    /// The plan takes every menu that passes.
    #[test]
    fn what_passes_makes_a_plan(menu in passing()) {
        prop_assert!(Plan::new(live(&menu)).is_ok());
    }
}
