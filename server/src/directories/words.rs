//! Offices and their changes as people read them.

use desk::directory::{FieldChange, OfficeChangeView};
use exchange::{Office, PhoneNumber};
use store::OfficeChange;

use crate::roster::{differences, particulars};

/// An office as people name it: `OH 2 Di Dunn, +1 (202) 224-0004`.
pub(super) fn label(office: &Office) -> String {
    let region = office
        .region
        .as_ref()
        .map_or(String::new(), |code| format!("{code} "));
    format!(
        "{region}{} {}, {}",
        office.position,
        office.name,
        office.phone.formatted()
    )
}

/// What changed of an office, in words for people.
pub(super) fn fields(before: &Office, after: &Office) -> Vec<FieldChange> {
    differences(before, after)
        .into_iter()
        .map(|change| FieldChange {
            before: shown(&change.field, change.before),
            after: shown(&change.field, change.after),
            field: named(&change.field),
        })
        .collect()
}

/// What a change did to an office.
pub(super) fn office_change(change: &OfficeChange) -> OfficeChangeView {
    let (words, fields) = match (&change.before, &change.after) {
        (None, Some(office)) => (format!("Added {}", label(office)), Vec::new()),
        (Some(office), None) => (format!("Removed {}", label(office)), Vec::new()),
        (Some(before), Some(after)) => (format!("Changed {}", after.name), fields(before, after)),
        (None, None) => (format!("Nothing of {}", change.id), Vec::new()),
    };
    OfficeChangeView {
        id: change.id.to_string(),
        words,
        fields,
    }
}

/// Everything in a row that somebody may search for, folded.
pub(super) fn haystack(office: &Office, region: &str) -> String {
    let mut text = format!("{} {region}", office.id);
    for (_, value) in particulars(office) {
        text.push(' ');
        text.push_str(&value);
    }
    for number in office.numbers() {
        text.push(' ');
        text.push_str(&number.formatted());
    }
    folded(&text)
}

/// Small letters without the accents that people leave out when they search.
pub(crate) fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            other => other,
        })
        .collect()
}

fn is_number(field: &str) -> bool {
    field == "phone" || Office::FURTHER.contains(&field)
}

fn shown(field: &str, value: String) -> String {
    match PhoneNumber::parse(&value) {
        Ok(number) if is_number(field) => number.formatted(),
        Ok(_) | Err(_) => value,
    }
}

fn named(field: &str) -> String {
    match field {
        "phone" => "number".to_owned(),
        "phone_2" => "second number".to_owned(),
        "phone_3" => "third number".to_owned(),
        "phone_4" => "fourth number".to_owned(),
        other => other.replace('_', " "),
    }
}
