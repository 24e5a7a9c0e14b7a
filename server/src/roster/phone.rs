//! Telephone numbers as people and spreadsheets write them.

use exchange::PhoneNumber;

/// Takes E.164 and the forms in use in the United States: `(202) 224-6665`, `202.224.6665`,
/// `1-202-224-6665`, `12022246665`.
///
/// In the North American plan neither the area code nor the exchange begins with 0 or 1.
///
/// # Errors
/// The reason, for a person.
pub(crate) fn read(text: &str) -> Result<PhoneNumber, String> {
    let text = text.trim().trim_start_matches('\'').trim();
    if text.is_empty() {
        return Err("the telephone number is missing".to_owned());
    }
    if looks_rounded(text) {
        return Err(format!(
            "{text:?} is a telephone number that a spreadsheet has rounded; format the column as text and enter it again"
        ));
    }
    let digits: String = text.chars().filter(|c| !is_punctuation(*c)).collect();
    let international = match (digits.starts_with('+'), digits.len()) {
        (false, 10) => format!("+1{digits}"),
        (false, 11) if digits.starts_with('1') => format!("+{digits}"),
        _ => digits,
    };
    let number = PhoneNumber::parse(&international).map_err(|_| {
        format!("{text:?} is no telephone number; write it like +12022246665 or (202) 224-6665")
    })?;
    if number.as_str().starts_with("+1") && !is_north_american(&number) {
        return Err(format!("{text:?} is no number of the North American plan"));
    }
    Ok(number)
}

fn is_punctuation(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '.' | '(' | ')' | '/' | '\u{2010}' | '\u{2011}' | '\u{2013}'
        )
}

fn looks_rounded(text: &str) -> bool {
    text.contains(['e', 'E']) && text.parse::<f64>().is_ok()
}

fn is_north_american(number: &PhoneNumber) -> bool {
    let starts_well = |part: Option<&str>| part.is_some_and(|p| !p.starts_with(['0', '1']));
    number
        .north_american()
        .is_some_and(|n| starts_well(n.get(..3)) && starts_well(n.get(3..6)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn american_numbers_are_taken_as_people_write_them() {
        for text in [
            "+12022246665",
            "202-224-6665",
            "(202) 224-6665",
            "202.224.6665",
            "1-202-224-6665",
            "12022246665",
            "'+12022246665",
            " 202\u{a0}224\u{2011}6665 ",
            "202/224-6665",
        ] {
            assert_eq!(read(text).unwrap().as_str(), "+12022246665", "{text}");
        }
        assert_eq!(read("+44 20 7183 8750").unwrap().as_str(), "+442071838750");
    }

    #[test]
    fn what_is_no_number_is_refused_with_the_reason() {
        for (text, reason) in [
            ("", "missing"),
            ("911", "no telephone number"),
            ("224-6665", "no telephone number"),
            ("202-224-OFFICE", "no telephone number"),
            ("1.20222E+10", "rounded"),
            ("102-224-6665", "North American"),
            ("+1 202 124 6665", "North American"),
            ("+1202224666", "North American"),
        ] {
            let refusal = read(text).unwrap_err();
            assert!(refusal.contains(reason), "{text}: {refusal}");
        }
    }
}
