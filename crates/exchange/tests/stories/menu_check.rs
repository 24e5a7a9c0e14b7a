//! What the check of a menu finds before it goes live: each fault by name, at its place and key.

use std::collections::BTreeMap;

use exchange::menu::{Draft, DraftKey, DraftPlace, DraftTo, Fault, What, check};
use exchange::{DialRefusal, Language, Plan, PlanRows};

use crate::menu_draft::{announce, call, draft, earth, key, line, list, place, to_place, words};
use crate::support::rows;

/// A draft whose beginning leads on by 1, with more keys and places.
pub(crate) fn begins(more: Vec<DraftKey>, others: Vec<DraftPlace>) -> Draft {
    let keys = std::iter::once(key("1", announce())).chain(more).collect();
    draft(std::iter::once(place("root", keys)).chain(others).collect())
}

/// A place, a row of its keys, and what is wrong there.
pub(crate) type At<'a> = (&'a str, Option<usize>, What);

/// The faults by their place, row and sentence.
fn told(faults: &[Fault]) -> Vec<(String, Option<usize>, What)> {
    let told = |fault: &Fault| {
        let place = fault
            .place
            .as_ref()
            .map_or_else(String::new, ToString::to_string);
        (place, fault.row, fault.what.clone())
    };
    faults.iter().map(told).collect()
}

#[track_caller]
pub(crate) fn finds(rows: PlanRows, draft: &Draft, expected: &[At<'_>]) {
    let plan = Plan::new(rows).expect("the plan of the story");
    let expected: Vec<_> = expected
        .iter()
        .map(|(place, row, what)| ((*place).to_owned(), *row, what.clone()))
        .collect();

    assert_eq!(told(&check(&earth(), draft, &plan)), expected);
}

#[test]
fn what_the_seeds_and_stories_have_passes() {
    let rows = rows();
    let menu = rows.menus[0].clone();
    finds(rows, &Draft::of(&menu), &[]);
}

#[test]
fn each_fault_is_named_at_its_place_and_key() {
    let cases: Vec<(&str, Draft, Vec<At<'_>>)> = vec![
        (
            "a key twice",
            begins(
                vec![key("2", announce()), key("1", call("+12025550199"))],
                vec![],
            ),
            vec![("root", Some(2), What::KeyTwice { key: '1' })],
        ),
        (
            "a key that is none",
            begins(
                vec![
                    key("12", announce()),
                    key("*", announce()),
                    key("", announce()),
                ],
                vec![],
            ),
            vec![
                ("root", Some(1), What::NoKey { text: "12".into() }),
                ("root", Some(2), What::Star),
                (
                    "root",
                    Some(3),
                    What::NoKey {
                        text: String::new(),
                    },
                ),
            ],
        ),
        (
            "a menu without a way on",
            begins(
                vec![key("2", to_place("more"))],
                vec![place("more", vec![])],
            ),
            vec![("more", None, What::NoWayOn)],
        ),
        (
            "a loop",
            draft(vec![
                place(
                    "root",
                    vec![key("1", to_place("one")), key("2", announce())],
                ),
                place("one", vec![key("1", to_place("two"))]),
                place("two", vec![key("1", to_place("one"))]),
            ]),
            vec![("one", None, What::Loop), ("two", None, What::Loop)],
        ),
        (
            "a loop by the way back",
            draft(vec![
                place(
                    "root",
                    vec![key("1", to_place("one")), key("2", DraftTo::Back)],
                ),
                place("one", vec![key("9", DraftTo::Back)]),
            ]),
            vec![("root", None, What::Loop), ("one", None, What::Loop)],
        ),
        (
            "an unknown destination",
            begins(
                vec![
                    key("2", to_place("nowhere")),
                    key("3", list("nobody")),
                    key("4", line("nothing")),
                    key("5", DraftTo::Nowhere),
                    key("6", DraftTo::Person),
                    key("7", to_place("Not an id!")),
                ],
                vec![],
            ),
            vec![
                (
                    "root",
                    Some(1),
                    What::NoSuchPlace {
                        id: "nowhere".into(),
                    },
                ),
                (
                    "root",
                    Some(2),
                    What::NoSuchList {
                        id: "nobody".into(),
                    },
                ),
                (
                    "root",
                    Some(3),
                    What::NoSuchLine {
                        id: "nothing".into(),
                    },
                ),
                ("root", Some(4), What::Nowhere),
                (
                    "root",
                    Some(5),
                    What::NoPerson {
                        line: "planets".into(),
                    },
                ),
                (
                    "root",
                    Some(6),
                    What::NoSuchPlace {
                        id: "Not an id!".into(),
                    },
                ),
            ],
        ),
        (
            "numbers that are none, that are nobody's, and that the line does not dial",
            begins(
                vec![
                    key("2", call("soon")),
                    key("3", call("+442071838750")),
                    key("4", call("+19005550123")),
                    key(
                        "5",
                        DraftTo::Number {
                            name: " ".into(),
                            number: "+12025550199".into(),
                        },
                    ),
                ],
                vec![],
            ),
            vec![
                (
                    "root",
                    Some(1),
                    What::NoSuchNumber {
                        text: "soon".into(),
                    },
                ),
                (
                    "root",
                    Some(2),
                    What::NotDialled {
                        line: "planets".into(),
                        refusal: DialRefusal::NotAllowed,
                    },
                ),
                (
                    "root",
                    Some(3),
                    What::NotDialled {
                        line: "planets".into(),
                        refusal: DialRefusal::Premium,
                    },
                ),
                ("root", Some(4), What::NamelessNumber),
            ],
        ),
        (
            "a list without entries of its own",
            begins(vec![key("2", list("senators"))], vec![]),
            vec![(
                "root",
                Some(1),
                What::EmptyList {
                    list: "senators".into(),
                },
            )],
        ),
        (
            "places that nobody can reach",
            begins(vec![], vec![place("island", vec![key("1", announce())])]),
            vec![("island", None, What::Unreached)],
        ),
        (
            "a menu without a place, or a name",
            Draft::default(),
            vec![("", None, What::NoName), ("", None, What::NoPlace)],
        ),
    ];
    for (what, draft, expected) in cases {
        eprintln!("{what}");
        finds(rows(), &draft, &expected);
    }
}

#[test]
fn nothing_said_is_found_in_every_language_that_a_line_of_the_menu_speaks() {
    let mut rows = rows();
    let mut spanish = rows.lines[1].clone();
    spanish.id = exchange::LineId::parse("planetas").unwrap();
    spanish.number = None;
    spanish.language = Language::Spanish;
    rows.lines.push(spanish);
    let in_spanish = rows.prompts.iter().cloned().map(|row| exchange::PromptRow {
        language: Language::Spanish,
        ..row
    });
    rows.prompts = in_spanish.chain(rows.prompts.clone()).collect();
    let both = |text: &str| {
        BTreeMap::from([Language::English, Language::Spanish].map(|l| (l, text.to_owned())))
    };
    let mut menu = Draft::of(&rows.menus[0]);
    for place in &mut menu.places {
        place.prompt = both("Both.");
        for key in &mut place.keys {
            match &mut key.to {
                DraftTo::List { intro: words, .. } | DraftTo::Announce { text: words } => {
                    *words = both("Both.");
                }
                DraftTo::Nowhere
                | DraftTo::Menu { .. }
                | DraftTo::Number { .. }
                | DraftTo::Line { .. }
                | DraftTo::Person
                | DraftTo::Back => {}
            }
        }
    }
    rows.menus = menu.menu(&earth(), 1).into_iter().collect();
    let whole = menu.clone();
    finds(rows.clone(), &whole, &[]);

    let language = Language::Spanish;
    menu.places[0].prompt = words("English alone.");
    menu.places[0].keys[0].to = announce();
    menu.places[0].keys[1].to = list("planets");

    finds(
        rows,
        &menu,
        &[
            ("root", None, What::NothingSaid { language }),
            ("root", Some(0), What::NothingAnnounced { language }),
            ("root", Some(1), What::NothingSaidFirst { language }),
        ],
    );
}

#[test]
fn a_text_that_nobody_would_hear_out_is_found_in_every_language() {
    let rows = rows();
    let mut menu = Draft::of(&rows.menus[0]);
    let (most, too_long) = ("あ".repeat(2_000), "あ".repeat(2_001));
    menu.places[0].prompt = words(&too_long);
    let text = BTreeMap::from([
        (Language::English, most),
        (Language::Japanese, too_long.clone()),
    ]);
    menu.places[0].keys[0].to = DraftTo::Announce { text };

    let what = |language| What::TooLong {
        language,
        characters: 2_001,
    };
    finds(
        rows,
        &menu,
        &[
            ("root", None, what(Language::English)),
            ("root", Some(0), what(Language::Japanese)),
        ],
    );
    let words = |characters| {
        let language = Language::English;
        let what = What::TooLong {
            language,
            characters,
        };
        what.to_string()
    };
    assert_eq!(
        words(5_000),
        "What is said in English has 5,000 characters. Take out 3,000: it takes at most 2,000."
    );
    assert!(words(1_002_007).contains("1,002,007 characters. Take out 1,000,007:"));
}
