//! The form of a line, read field by field.

mod fields;
mod hours;
mod kind;
mod rooms;

use desk::FieldError;
use desk::lines::{LineForm, NEW};
use exchange::{DialRules, Language, Line, LineId, PhoneNumber, PlanRows};

use self::fields::Fields;
use crate::directories::slug;

/// The most beginnings of numbers that a line allows.
const MOST_PREFIXES: usize = 200;

/// Reads the form of a line that is made, or of the one that was `before`.
pub(super) fn read(
    form: &LineForm,
    before: Option<&Line>,
    rows: &PlanRows,
) -> Result<Line, Vec<FieldError>> {
    let mut fields = Fields::default();
    let name = fields.text("name", &form.name);
    if name.is_empty() {
        fields.refuse("name", "Give the line a name, as colleagues are to see it.");
    }
    let id = match before {
        Some(line) => Some(line.id.clone()),
        None => id(form, &name, rows, &mut fields),
    };
    let number = number(form, id.as_ref(), rows, &mut fields);
    let language = Language::parse(&form.language);
    if language.is_none() {
        fields.refuse("language", "Choose the language that it speaks.");
    }
    let voice = voice(form, &mut fields);
    let dial = dial(form, &mut fields);
    let person = person(form, &dial, &mut fields);
    let hours = hours::read(form, &mut fields);
    let kind = kind::read(form, before, rows, &mut fields);
    match (id, language, kind) {
        (Some(id), Some(language), Some(kind)) if fields.are_fine() => Ok(Line {
            id,
            name,
            number,
            language,
            voice,
            kind,
            person,
            dial,
            hours,
        }),
        _ => Err(fields.into_errors()),
    }
}

/// The id of a line that is made: as it was chosen, else from the name.
fn id(form: &LineForm, name: &str, rows: &PlanRows, fields: &mut Fields) -> Option<LineId> {
    let wanted = match form.id.trim() {
        "" if name.is_empty() => return None,
        "" => slug(name),
        wanted => wanted.to_owned(),
    };
    let taken = rows.lines.iter().find(|line| line.id.as_str() == wanted);
    match (LineId::parse(&wanted), taken) {
        (Ok(_), Some(line)) => {
            let name = &line.name;
            fields.refuse(
                "id",
                format!("The id {wanted} belongs to {name} already. Choose another."),
            );
            None
        }
        (Ok(id), None) if wanted != NEW => Some(id),
        (Ok(_), None) => {
            fields.refuse(
                "id",
                "This word is the address of the form itself. Choose another.",
            );
            None
        }
        (Err(_), _) => {
            fields.refuse(
                "id",
                "It takes small letters, digits and hyphens, 64 at most, like city-hall.",
            );
            None
        }
    }
}

fn number(
    form: &LineForm,
    id: Option<&LineId>,
    rows: &PlanRows,
    fields: &mut Fields,
) -> Option<PhoneNumber> {
    let number = fields.number("number", &form.number)?;
    let other = rows
        .lines
        .iter()
        .find(|line| line.number.as_ref() == Some(&number) && Some(&line.id) != id);
    if let Some(other) = other {
        let words = format!(
            "{} is the number of {} already.",
            number.formatted(),
            other.name
        );
        fields.refuse("number", words);
    }
    Some(number)
}

fn voice(form: &LineForm, fields: &mut Fields) -> Option<String> {
    let voice = form.voice.trim();
    let fits = voice.len() <= 64
        && voice
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'));
    if !fits {
        fields.refuse(
            "voice",
            "Write it as the carrier names it, like Polly.Joanna-Neural; empty for the language's own.",
        );
    }
    (!voice.is_empty()).then(|| voice.to_owned())
}

fn dial(form: &LineForm, fields: &mut Fields) -> DialRules {
    let parts = |text: &str| -> Vec<String> {
        let parts = text.split([' ', ',', ';', '\n', '\r', '\t']);
        parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let mut allowed: Vec<String> = Vec::new();
    for part in parts(&form.prefixes) {
        match DialRules::prefix(&part) {
            Ok(prefix) => allowed.push(prefix),
            Err(error) => fields.refuse("prefixes", fields::sentence(&error.to_string())),
        }
    }
    for code in parts(&form.area_codes) {
        let fits = code.len() == 3
            && code.bytes().all(|b| b.is_ascii_digit())
            && !code.starts_with(['0', '1']);
        if fits {
            allowed.push(format!("+1{code}"));
        } else {
            let words = format!("{code} is no area code: it takes three digits, like 876.");
            fields.refuse("area_codes", words);
        }
    }
    allowed.sort();
    allowed.dedup();
    if allowed.len() > MOST_PREFIXES {
        let words = format!("At most {MOST_PREFIXES} can be allowed.");
        fields.refuse("prefixes", words);
    }
    let ring_seconds = fields.within(
        "dial_seconds",
        &form.dial_seconds,
        DialRules::RING_SECONDS,
        "seconds",
    );
    DialRules {
        allowed,
        ring_seconds: ring_seconds.unwrap_or(DialRules::default().ring_seconds),
    }
}

/// Who answers callers who press 0: somebody whom the line may dial.
fn person(form: &LineForm, dial: &DialRules, fields: &mut Fields) -> Option<PhoneNumber> {
    let person = fields.number("person", &form.person)?;
    if let Err(refusal) = dial.check(&person) {
        fields.refuse(
            "person",
            fields::sentence(&format!("it would not be dialled: {refusal}")),
        );
    }
    Some(person)
}
