//! Stories of menus that change: which version a call is led through, what differs between two, and trying one.

use exchange::menu::{Draft, Press, Rehearsal, Stands, compare, rehearse};
use exchange::{
    Act, Caller, Edition, Input, Line, Menu, MenuAt, Outcome, Place, Plan, PlanEdit, PlanRows,
    Progress,
};

use crate::menu_draft::{announce, call, draft, earth, key, list, place, to_place, words};
use crate::support::{Story, number, rows};

fn alien(rows: PlanRows) -> Story {
    let caller = Caller::Number(number("+13125550123"));
    Story::with(rows, "planets", caller, Place::default())
}

/// The menu of the stories as another version has it.
fn second() -> Menu {
    let mut next = Draft::of(&rows().menus[0]);
    next.places[0].prompt = words("Second root menu.");
    next.menu(&earth(), 2).expect("it has places")
}

fn goes_live(rows: PlanRows) -> PlanRows {
    rows.with(&PlanEdit::PutMenu {
        menu: Box::new(second()),
        note: String::new(),
    })
}

#[test]
fn a_call_finishes_on_the_version_that_it_began_with() {
    let mut elliott = alien(rows());
    elliott.arrives();
    elliott.hears("Root menu.");

    elliott.plan = Plan::new(goes_live(rows())).unwrap();
    elliott.presses("3");
    elliott.presses("*");

    elliott.hears("Root menu.");
    let mut later = alien(goes_live(rows()));
    later.arrives();
    later.hears("Second root menu.");
}

#[test]
fn a_call_finishes_also_when_the_menu_is_gone() {
    let mut elliott = alien(rows());
    elliott.arrives();
    let gone = rows().with(&PlanEdit::RemoveMenu { menu: earth() });
    let earth = rows().menus.swap_remove(0);
    assert_eq!(
        (gone.menus.len(), gone.past_menus.clone()),
        (0, vec![earth])
    );

    // The line has another menu by now, or there would be no plan.
    let other = draft(vec![place("root", vec![key("1", announce())])]);
    let other = other
        .menu(&exchange::MenuId::parse("other").unwrap(), 1)
        .unwrap();
    let mut rows = gone.with(&PlanEdit::PutMenu {
        menu: Box::new(other.clone()),
        note: String::new(),
    });
    rows.lines[1].kind = exchange::LineKind::Menu { menu: other.id };
    elliott.plan = Plan::new(rows).unwrap();
    elliott.presses("1");

    elliott.hears("Past the moon.");
}

#[test]
fn a_call_that_was_written_down_keeps_its_version() {
    let mut elliott = alien(rows());
    elliott.arrives();

    let text = serde_json::to_string(&elliott.call).unwrap();
    elliott.call = serde_json::from_str(&text).unwrap();
    elliott.plan = Plan::new(goes_live(rows())).unwrap();
    elliott.presses("9");

    elliott.hears("wrong_key[] Root menu.");
}

#[test]
fn a_call_of_an_earlier_release_goes_on_in_what_is_live() {
    let mut elliott = alien(rows());
    elliott.arrives();
    let mut call = serde_json::to_value(&elliott.call).unwrap();
    call["progress"]["menu"]
        .as_object_mut()
        .unwrap()
        .remove("begun");
    elliott.call = serde_json::from_value(call).unwrap();

    elliott.plan = Plan::new(goes_live(rows())).unwrap();
    elliott.presses("9");

    elliott.hears("wrong_key[] Second root menu.");
}

#[test]
fn a_version_that_is_no_longer_known_gives_way_to_the_live_one() {
    let mut elliott = alien(rows());
    elliott.arrives();
    let mut rows = goes_live(rows());
    rows.past_menus.clear();

    elliott.plan = Plan::new(rows).unwrap();
    elliott.presses("9");

    elliott.hears("wrong_key[] Second root menu.");
}

#[test]
fn a_call_that_is_placed_to_try_a_draft_is_led_through_it_and_no_other_is() {
    let mut trial = second();
    trial.version = 7;
    let rows = rows().with(&PlanEdit::TryMenu {
        menu: Box::new(trial),
    });
    let arrives = |trial| {
        let mut story = alien(rows.clone());
        story.happens(exchange::Event::Arrived(Input {
            trial,
            ..Input::default()
        }));
        story
    };

    let mut tried = arrives(Some(7));
    tried.hears("Second root menu.");
    assert!(
        tried
            .journal
            .iter()
            .any(|line| line == "A draft of the menu Earth is tried.")
    );
    tried.presses("9");
    tried.hears("wrong_key[] Second root menu.");
    let Progress::Menu(tree) = &tried.call.progress else {
        panic!("{:?}", tried.call.progress);
    };
    let at = MenuAt {
        menu: earth(),
        edition: Edition::Trial(7),
    };
    assert_eq!(tree.begun, Some(at));

    arrives(None).hears("Root menu.");
    arrives(Some(8)).hears("Root menu.");
}

#[test]
fn a_key_reaches_the_person_at_the_desk() {
    let menu = draft(vec![place(
        "root",
        vec![key("4", exchange::menu::DraftTo::Person)],
    )]);
    let mut rows = rows();
    rows.menus = vec![menu.menu(&earth(), 1).unwrap()];
    assert!(Plan::new(rows.clone()).is_err(), "the line has nobody");
    rows.lines[1].person = Some(number("+12025550177"));
    let mut elliott = alien(rows);
    elliott.arrives();

    elliott.presses("4");

    elliott.hears("connecting_person[]");
    assert_eq!(elliott.dialled().unwrap().to, number("+12025550177"));
    elliott.dial_ends(exchange::DialStatus::NoAnswer, false, 0);
    elliott.hears("You are at root.");
}

#[test]
fn one_list_from_two_places_has_the_words_of_each() {
    let mut again = list("planets");
    if let exchange::menu::DraftTo::List { intro, .. } = &mut again {
        *intro = words("Choose again.");
    }
    let menu = draft(vec![
        place(
            "root",
            vec![key("1", list("planets")), key("2", to_place("more"))],
        ),
        place("more", vec![key("1", again)]),
    ]);
    let mut rows = rows();
    rows.menus = vec![menu.menu(&earth(), 1).unwrap()];
    let mut elliott = alien(rows);
    elliott.arrives();

    elliott.presses("1");
    elliott.hears("Choose one.");
    elliott.presses("*");
    elliott.presses("2");
    elliott.presses("1");
    elliott.hears("Choose again.");
}

#[test]
fn a_draft_of_a_menu_makes_the_same_menu() {
    let menu = rows().menus.swap_remove(0);
    let mut draft = Draft::of(&menu);
    assert_eq!(draft.menu(&earth(), 1), Some(menu.clone()));
    assert!(draft.makes(&menu));

    draft.places[0].keys.reverse();
    assert!(draft.makes(&menu), "the order of keys is nothing");
    draft.places[0].keys.push(key("1", announce()));
    assert!(!draft.makes(&menu), "a key twice is something");
    assert_eq!(Draft::default().menu(&earth(), 1), None);
}

#[test]
fn what_differs_is_told_place_by_place() {
    let before = rows().menus.swap_remove(0);
    let mut next = Draft::of(&before);
    next.name = "Home".to_owned();
    next.places[0].prompt = words("Hello.");
    next.places[0].keys.retain(|key| key.key != "5");
    next.places[0].keys[0].label = "The way".to_owned();
    next.places[0].keys.push(key("7", to_place("new")));
    let more = next.place_mut("more").unwrap();
    more.name = "More of it".to_owned();
    more.keys[0].to = call("+12025550198");
    next.places.push(place("new", vec![key("1", announce())]));
    let after = next.menu(&earth(), 2).unwrap();

    let changes = compare(&before, &after);

    let told: Vec<(&str, Vec<&str>)> = changes
        .iter()
        .map(|change| {
            (
                change.title.as_str(),
                change.words.iter().map(String::as_str).collect(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("The menu", vec!["Its name is “Home”, was “Earth”."]),
            (
                "More of it",
                vec![
                    "Its name is “More of it”, was “”.",
                    "Key 1 leads to Headquarters, +1 (202) 555-0198, led to Headquarters, +1 (202) 555-0199.",
                ]
            ),
            ("new", vec!["Added."]),
            (
                "root",
                vec![
                    "It says in English: “Hello.”, said “Root menu.”.",
                    "Key 1 is “The way”, was “Directions”.",
                    "Key 5 is gone: it was Senators, and led to the line senators.",
                    "Key 7 is new: new, leads to “new”.",
                ]
            ),
        ]
    );
    assert_eq!(compare(&before, &before), []);
}

fn tried(presses: &[&str]) -> Rehearsal {
    let menu = rows().menus.swap_remove(0);
    let plan = Plan::new(rows()).expect("a plan");
    let line: Line = plan
        .lines()
        .find(|line| line.id.as_str() == "planets")
        .expect("the line")
        .clone();
    let id = line.id.clone();
    let plan = plan.trying(line, Menu { version: 9, ..menu });
    let presses: Vec<Press> = presses
        .iter()
        .map(|word| Press::parse(word).expect("a word"))
        .collect();
    rehearse(&plan, &id, 9, &presses).expect("there is such a line")
}

fn heard(rehearsal: &Rehearsal) -> String {
    let said = &rehearsal.scenes.last().expect("a scene").said;
    said.iter().map(exchange::Speech::plain).collect()
}

#[test]
fn a_menu_is_tried_by_its_keys_with_the_true_rules() {
    let root = tried(&[]);
    assert_eq!(heard(&root), "Root menu.");
    assert!(matches!(
        root.stands,
        Stands::Asked {
            is_list: false,
            most: 1,
            ..
        }
    ));

    let list = tried(&["2"]);
    assert!(heard(&list).starts_with("The planets."));
    assert!(matches!(list.stands, Stands::Asked { is_list: true, .. }));

    let rings = tried(&["2", "3"]);
    assert_eq!(
        rings.stands,
        Stands::Rings {
            name: "Dagobah".into()
        }
    );
    assert!(heard(&tried(&["2", "3", "busy"])).contains("office_busy[name=Dagobah]"));
    let over = tried(&["2", "3", "talks"]);
    assert_eq!(
        over.stands,
        Stands::Over {
            how: Outcome::Connected
        }
    );

    assert_eq!(
        tried(&["1"]).stands,
        Stands::Over {
            how: Outcome::Informed
        }
    );
    assert_eq!(
        tried(&["silence", "silence", "silence"]).stands,
        Stands::Over {
            how: Outcome::NoInput
        }
    );
    let left = tried(&["5", "1"]);
    assert!(matches!(&left.stands, Stands::Left { line } if line.as_str() == "senators"));
    assert_eq!(
        left.scenes.len(),
        2,
        "what comes after the end is passed over"
    );
}

#[test]
fn what_is_done_in_a_trial_is_written_and_read_back() {
    for word in ["1", "12", "*", "silence", "talks", "no-answer", "busy"] {
        assert_eq!(
            Press::parse(word).map(|press| press.word()).as_deref(),
            Some(word)
        );
    }
    assert_eq!(Press::parse("hello"), None);
    assert_eq!(Press::parse(""), None);
}

#[test]
fn a_trial_goes_on_whatever_the_draft_lacks() {
    let broken = draft(vec![place(
        "root",
        vec![
            key("1", to_place("nowhere")),
            key("2", list("nobody")),
            key("3", call("soon")),
        ],
    )]);
    let plan = Plan::new(rows()).unwrap();
    let line = plan
        .lines()
        .find(|line| line.id.as_str() == "planets")
        .unwrap()
        .clone();
    let id = line.id.clone();
    let plan = plan.trying(line, broken.menu(&earth(), 1).unwrap());

    for word in ["1", "2", "3", "0", "*", "silence"] {
        let tried = rehearse(&plan, &id, 1, &[Press::parse(word).unwrap()]).unwrap();
        assert!(!heard(&tried).trim().is_empty(), "{word}: {tried:?}");
    }
    assert!(matches!(
        alien(rows()).answer.last(),
        None | Some(Act::Ask(_))
    ));
}
