//! Counts as people read them.

/// The number with its thousands set apart: `1,204`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let cases = [
            (0, "0"),
            (999, "999"),
            (1_204, "1,204"),
            (100_000, "100,000"),
            (1_000_000, "1,000,000"),
        ];

        for (number, text) in cases {
            assert_eq!(grouped(number), text);
        }
    }
}
