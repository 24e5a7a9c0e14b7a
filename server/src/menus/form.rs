//! The form of a place: written as it is sent, read into a place of a draft.

use desk::FieldError;
use desk::menus::{KeyForm, PlaceForm, Texts};
use exchange::menu::{DraftKey, DraftPlace, DraftTo, Words};
use exchange::{Language, NodeId};

use super::list::LONGEST_NAME;
use super::place::free_id;
use crate::roster::phone;

/// The most rows of keys.
const MOST_KEYS: usize = 20;

/// A place as it was sent, with those that its keys are to lead to and that are made for them.
pub(super) struct Read {
    pub(super) place: DraftPlace,
    pub(super) made: Vec<DraftPlace>,
}

/// Reads the form. What is wrong with the menu is no matter of the form: texts are kept however long they are, and the check
/// says so. Only what names something is refused when it is too long.
pub(super) fn read(
    form: &PlaceForm,
    id: NodeId,
    taken: &mut Vec<NodeId>,
) -> Result<Read, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut made = Vec::new();
    let name = short(&form.name, "name", &mut errors);
    let prompt = texts(&form.prompt);
    let rows = form.keys.iter().enumerate();
    let rows = rows.filter(|(_, row)| row.remove.is_empty() && !row.is_blank());
    let mut keys = Vec::new();
    for (n, row) in rows {
        let at = |field: &str| format!("keys-{n}-{field}");
        let label = short(&row.label, &at("label"), &mut errors);
        let to = match row.to.as_str() {
            "new" => {
                let name = if label.is_empty() {
                    "New place"
                } else {
                    &label
                };
                free_id(name, taken).map_or(DraftTo::Nowhere, |id| {
                    made.push(DraftPlace::new(id.clone(), name));
                    DraftTo::Menu {
                        node: id.to_string(),
                    }
                })
            }
            to => destination(to, row, &at, &mut errors),
        };
        keys.push(DraftKey {
            key: short(&row.key, &at("key"), &mut errors),
            label,
            to,
        });
    }
    if keys.len() > MOST_KEYS {
        let words = format!("A place has at most {MOST_KEYS} rows of keys.");
        errors.push(FieldError::new("keys", words));
    }
    // As they stand on a telephone; what is no key comes last.
    keys.sort_by_key(|key| match key.sign() {
        Some('0') => (1, '0'),
        Some(sign) => (0, sign),
        None => (2, ' '),
    });
    if !errors.is_empty() {
        return Err(errors);
    }
    let place = DraftPlace {
        id,
        name,
        prompt,
        keys,
    };
    Ok(Read { place, made })
}

fn destination(
    to: &str,
    row: &KeyForm,
    at: &impl Fn(&str) -> String,
    errors: &mut Vec<FieldError>,
) -> DraftTo {
    let words = || texts(&row.words);
    match to.split_once(':').unwrap_or((to, "")) {
        ("place", id) => DraftTo::Menu {
            node: id.to_owned(),
        },
        ("list", id) => DraftTo::List {
            directory: id.to_owned(),
            intro: words(),
        },
        ("line", id) => DraftTo::Line {
            line: id.to_owned(),
        },
        ("announce", _) => DraftTo::Announce { text: words() },
        ("number", _) => DraftTo::Number {
            name: short(&row.name, &at("name"), errors),
            number: match phone::read(&row.number) {
                Ok(number) => number.to_string(),
                Err(_) => short(&row.number, &at("number"), errors),
            },
        },
        ("person", _) => DraftTo::Person,
        ("back", _) => DraftTo::Back,
        _ => DraftTo::Nowhere,
    }
}

fn short(text: &str, field: &str, errors: &mut Vec<FieldError>) -> String {
    let text = text.trim();
    if text.chars().count() > LONGEST_NAME || text.contains(char::is_control) {
        let words = "It takes one line of at most 60 characters.";
        errors.push(FieldError::new(field, words));
    }
    text.to_owned()
}

/// What is said, by language; a code that is none is passed over. Characters that cannot be said, as tabs, become blanks.
fn texts(texts: &Texts) -> Words {
    let mut words = Words::new();
    for (code, text) in texts {
        let text = text.replace("\r\n", "\n");
        let text = text.replace(|c: char| c.is_control() && c != '\n', " ");
        let text = text.trim().to_owned();
        if let Some(language) = Language::parse(code)
            && !text.is_empty()
        {
            words.insert(language, text);
        }
    }
    words
}

/// Writes a place into its form.
pub(super) fn write(menu: &str, place: &DraftPlace, revision: i64) -> PlaceForm {
    PlaceForm {
        menu: menu.to_owned(),
        place: place.id.to_string(),
        revision,
        name: place.name.clone(),
        prompt: written(&place.prompt),
        keys: place.keys.iter().map(row).collect(),
        over: String::new(),
    }
}

fn row(key: &DraftKey) -> KeyForm {
    let form = KeyForm {
        key: key.key.clone(),
        label: key.label.clone(),
        ..KeyForm::default()
    };
    match &key.to {
        DraftTo::Nowhere => form,
        DraftTo::Menu { node } => KeyForm {
            to: format!("place:{node}"),
            ..form
        },
        DraftTo::List { directory, intro } => KeyForm {
            to: format!("list:{directory}"),
            words: written(intro),
            ..form
        },
        DraftTo::Line { line } => KeyForm {
            to: format!("line:{line}"),
            ..form
        },
        DraftTo::Announce { text } => KeyForm {
            to: "announce".to_owned(),
            words: written(text),
            ..form
        },
        DraftTo::Number { name, number } => KeyForm {
            to: "number".to_owned(),
            name: name.clone(),
            number: exchange::PhoneNumber::parse(number)
                .map_or_else(|_| number.clone(), |number| number.formatted()),
            ..form
        },
        DraftTo::Person => KeyForm {
            to: "person".to_owned(),
            ..form
        },
        DraftTo::Back => KeyForm {
            to: "back".to_owned(),
            ..form
        },
    }
}

fn written(words: &Words) -> Texts {
    let texts = words.iter();
    texts
        .map(|(language, text)| (language.code().to_owned(), text.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(code: &str, text: &str) -> Texts {
        Texts::from([(code.to_owned(), text.to_owned())])
    }

    fn key(sign: &str, to: &str) -> KeyForm {
        KeyForm {
            key: sign.to_owned(),
            to: to.to_owned(),
            ..KeyForm::default()
        }
    }

    fn start() -> NodeId {
        NodeId::parse("start").unwrap()
    }

    #[test]
    fn a_place_is_written_and_read_back_with_every_destination() {
        let keys = vec![
            key("1", "place:more"),
            KeyForm {
                words: text("en", "Choose."),
                ..key("2", "list:planets")
            },
            KeyForm {
                words: text("es", "Hola."),
                ..key("3", "announce")
            },
            KeyForm {
                name: "Desk".to_owned(),
                number: "+1 (202) 555-0199".to_owned(),
                ..key("4", "number")
            },
            key("5", "line:senators"),
            key("6", "person"),
            key("7", "back"),
            key("8", ""),
        ];
        let form = PlaceForm {
            menu: "planets".to_owned(),
            place: "start".to_owned(),
            prompt: text("en", "Hello."),
            keys,
            ..PlaceForm::default()
        };

        let read = read(&form, start(), &mut vec![start()]).ok().unwrap();

        assert_eq!(write("planets", &read.place, 0), form);
        assert!(read.made.is_empty());
    }

    #[test]
    fn a_row_can_ask_for_a_new_place_and_rows_stand_as_on_a_telephone() {
        let form = PlaceForm {
            keys: vec![
                key("0", "back"),
                key("x", "back"),
                KeyForm {
                    label: "Start".to_owned(),
                    ..key("2", "new")
                },
                KeyForm {
                    remove: "yes".to_owned(),
                    ..key("1", "back")
                },
                KeyForm::default(),
            ],
            ..PlaceForm::default()
        };

        let read = read(&form, start(), &mut vec![start()]).ok().unwrap();

        let keys: Vec<_> = read.place.keys.iter().map(|key| key.key.as_str()).collect();
        assert_eq!(keys, ["2", "0", "x"]);
        assert_eq!(
            read.place.keys[0].to,
            DraftTo::Menu {
                node: "start-2".to_owned()
            }
        );
        assert_eq!(read.made[0].title(), "Start");
    }

    #[test]
    fn a_name_that_is_too_long_is_said_at_its_field() {
        let form = PlaceForm {
            name: "x".repeat(61),
            keys: vec![KeyForm {
                label: "x".repeat(61),
                ..key("1", "announce")
            }],
            ..PlaceForm::default()
        };

        let errors = read(&form, start(), &mut Vec::new()).err().unwrap();

        let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["name", "keys-0-label"]);
    }

    #[test]
    fn a_text_is_kept_however_long_it_is_and_without_what_cannot_be_said() {
        let long = "x".repeat(2_001);
        let form = PlaceForm {
            prompt: text("en", &long),
            keys: vec![KeyForm {
                words: text("ja", "One\ttwo\u{7}\r\nthree. "),
                ..key("1", "announce")
            }],
            ..PlaceForm::default()
        };

        let read = read(&form, start(), &mut Vec::new()).ok().unwrap();

        let written = write("planets", &read.place, 0);
        assert_eq!(written.prompt, text("en", &long));
        assert_eq!(written.keys[0].words, text("ja", "One two \nthree."));
    }
}
