//! Texts that a spreadsheet would take for formulas: written harmless, and read back as they were.
//!
//! Such a text gets an apostrophe before it. A telephone number in international form stays as it is: a plus sign and
//! digits alone do nothing, and a number with an apostrophe would be none to other programs.

use exchange::PhoneNumber;

/// The text as it is written into a cell.
pub(crate) fn guarded(text: &str) -> String {
    if is_formula(text) && !is_number(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text that stands in a cell.
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'')
        .filter(|_| is_formula(cell))
        .unwrap_or(cell)
}

fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'')
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

fn is_number(text: &str) -> bool {
    PhoneNumber::parse(text).is_ok_and(|number| number.as_str() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_harmless_in_a_file_and_themselves_again_after_it() {
        for (text, cell) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("'=already", "''=already"),
            ("＝1+1", "'＝1+1"),
            ("+12025550123", "+12025550123"),
            ("'+12025550123", "''+12025550123"),
            ("Ann", "Ann"),
            ("'s Gravenhage", "'s Gravenhage"),
        ] {
            assert_eq!(guarded(text), cell);
            assert_eq!(unguarded(cell), text);
        }
    }
}
