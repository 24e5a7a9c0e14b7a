//! Whether a text is a JSON object (RFC 8259), which the attributes of a task must be.

/// Objects and lists inside each other beyond this are not followed, and taken for a fault.
const MOST_DEPTH: usize = 64;

/// Whether the text is one object and nothing else.
pub(crate) fn is_object(text: &str) -> bool {
    let start = text.trim_start_matches(is_space);
    let end = start.starts_with('{').then(|| value(start, 0)).flatten();
    end.is_some_and(|rest| rest.trim_matches(is_space).is_empty())
}

/// What follows the value that the text begins with.
fn value(text: &str, depth: usize) -> Option<&str> {
    if depth > MOST_DEPTH {
        return None;
    }
    match text.as_bytes().first()? {
        b'{' => items(&text[1..], '}', |text| {
            let text = string(text)?.trim_start_matches(is_space);
            let text = text.strip_prefix(':')?.trim_start_matches(is_space);
            value(text, depth + 1)
        }),
        b'[' => items(&text[1..], ']', |text| value(text, depth + 1)),
        b'"' => string(text),
        b't' => text.strip_prefix("true"),
        b'f' => text.strip_prefix("false"),
        b'n' => text.strip_prefix("null"),
        _ => number(text),
    }
}

/// Items with commas between them, up to the closing bracket.
fn items(text: &str, close: char, item: impl Fn(&str) -> Option<&str>) -> Option<&str> {
    let mut text = text.trim_start_matches(is_space);
    if let Some(rest) = text.strip_prefix(close) {
        return Some(rest);
    }
    loop {
        text = item(text)?.trim_start_matches(is_space);
        if let Some(rest) = text.strip_prefix(close) {
            return Some(rest);
        }
        text = text.strip_prefix(',')?.trim_start_matches(is_space);
    }
}

fn string(text: &str) -> Option<&str> {
    let mut text = text.strip_prefix('"')?;
    loop {
        let next = text.find(|c: char| c == '"' || c == '\\' || c < ' ')?;
        let (mark, rest) = text[next..].split_at(1);
        text = match mark {
            "\"" => return Some(rest),
            "\\" => escape(rest)?,
            _ => return None,
        };
    }
}

/// What follows an escape, which begins behind its backslash.
fn escape(text: &str) -> Option<&str> {
    match text.strip_prefix('u') {
        Some(code) => {
            let (digits, rest) = code.split_at_checked(4)?;
            let whole = digits.bytes().all(|b| b.is_ascii_hexdigit());
            whole.then_some(rest)
        }
        None => text.strip_prefix(['"', '\\', '/', 'b', 'f', 'n', 'r', 't']),
    }
}

fn number(text: &str) -> Option<&str> {
    let text = text.strip_prefix('-').unwrap_or(text);
    let mut rest = match text.strip_prefix('0') {
        Some(rest) => rest,
        None => digits(text)?,
    };
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = digits(fraction)?;
    }
    match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
        None => Some(rest),
    }
}

/// What follows at least one digit.
fn digits(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < text.len()).then_some(rest)
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_told_from_everything_else() {
        let objects = [
            "{}",
            " {\n} ",
            r#"{"a": 1, "b": [true, false, null, -0.5e+3, 0, 10], "ü": {"\u00e9\n\"": "📞"}}"#,
            r#"{"a":[[],{}],"a":""}"#,
        ];
        let others = [
            "",
            "a",
            "[]",
            "1",
            "null",
            "{",
            "}",
            "{}{}",
            "{a:1}",
            "{'a':1}",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r#"{"a":01}"#,
            r#"{"a":1.}"#,
            r#"{"a":+1}"#,
            r#"{"a":[1,]}"#,
            r#"{"a":"\x"}"#,
            r#"{"a":"\u12"}"#,
            "{\"a\":\"\n\"}",
            r#"{"a":tru}"#,
            r#"{"a":1 "b":2}"#,
        ];

        assert!(objects.iter().all(|text| is_object(text)));
        for text in others {
            assert!(!is_object(text), "{text}");
        }
    }

    #[test]
    fn depth_is_no_danger() {
        let deep = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));

        assert!(is_object(&deep(60)));
        assert!(!is_object(&deep(30_000)));
    }
}
