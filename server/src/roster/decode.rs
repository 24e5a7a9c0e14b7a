//! A file's bytes as text: the encodings that spreadsheets write, and what is no text at all.

use super::file::{BadLine, newlines};

/// How files of other kinds begin, and what to do about each.
const OTHERS: [(&[u8], &str); 6] = [
    (
        b"PK\x03\x04",
        "this is a workbook or an archive; save the sheet as \"CSV UTF-8\" and choose that file",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "this is an old workbook; save the sheet as \"CSV UTF-8\" and choose that file",
    ),
    (
        b"%PDF",
        "this is a PDF file; it takes a CSV, YAML or JSON file",
    ),
    (
        b"\x89PNG",
        "this is a picture; it takes a CSV, YAML or JSON file",
    ),
    (
        b"\xff\xd8\xff",
        "this is a picture; it takes a CSV, YAML or JSON file",
    ),
    (
        b"\x1f\x8b",
        "this file is compressed; unpack it and choose what was in it",
    ),
];

/// What Windows-1252 has in the places 0x80 to 0x9f, where Latin-1 has nothing that is written.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// A file's text, and what a person should know of how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text, without a byte order mark.
    pub text: String,
    /// How it was read, where that is a guess.
    pub guess: Option<String>,
}

/// Reads UTF-8, UTF-16 with a byte order mark, and what is neither as Windows-1252.
///
/// # Errors
/// A file that is no text.
pub fn decode(bytes: &[u8]) -> Result<Text, Vec<BadLine>> {
    let refuse = |line, reason: &str| Err(vec![BadLine::new(line, reason)]);
    if let Some((_, reason)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return refuse(1, reason);
    }
    let wide = match bytes {
        [0xff, 0xfe, rest @ ..] => Some(wide(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Some(wide(rest, u16::from_be_bytes)),
        _ => None,
    };
    let (text, guess) = match wide {
        Some(Some(text)) => (text, None),
        Some(None) => return refuse(1, "the text is neither UTF-8 nor UTF-16"),
        None => narrow(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
    };
    let is_strange = |c: &char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    if let Some((at, _)) = text.char_indices().find(|(_, c)| is_strange(c)) {
        let before = text.as_bytes().get(..at).unwrap_or_default();
        return refuse(
            1 + newlines(before),
            "this is no text; it takes a CSV, YAML or JSON file",
        );
    }
    Ok(Text { text, guess })
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, []) = bytes.as_chunks::<2>() else {
        return None;
    };
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .collect::<Result<_, _>>()
        .ok()
}

fn narrow(bytes: &[u8]) -> (String, Option<String>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = 1 + newlines(before);
            let guess = format!(
                "The text is not UTF-8 (line {line}); it was read as Windows-1252. Look at the accents in it."
            );
            (
                bytes.iter().map(|byte| windows(*byte)).collect(),
                Some(guess),
            )
        }
    }
}

fn windows(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
        0x00..=0x7f | 0xa0..=0xff => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide_bytes(text: &str, mark: [u8; 2], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.into_iter()
            .chain(text.encode_utf16().flat_map(bytes))
            .collect()
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        let name = "Luján – “Ñ”";
        let with_mark: Vec<u8> = b"\xef\xbb\xbf"
            .iter()
            .copied()
            .chain(name.bytes())
            .collect();
        for (kind, bytes) in [
            ("UTF-8", name.as_bytes().to_vec()),
            ("UTF-8 with a mark", with_mark),
            (
                "UTF-16, Intel",
                wide_bytes(name, [0xff, 0xfe], u16::to_le_bytes),
            ),
            (
                "UTF-16, network",
                wide_bytes(name, [0xfe, 0xff], u16::to_be_bytes),
            ),
            ("Windows-1252", b"Luj\xe1n \x96 \x93\xd1\x94".to_vec()),
        ] {
            assert_eq!(
                decode(&bytes).map(|text| text.text).as_deref(),
                Ok(name),
                "{kind}"
            );
        }
    }

    #[test]
    fn a_guess_is_said() {
        assert_eq!(decode("Luján".as_bytes()).unwrap().guess, None);
        let guess = decode(b"id\nLuj\xe1n").unwrap().guess.unwrap();
        assert!(
            guess.contains("line 2") && guess.contains("Windows-1252"),
            "{guess}"
        );
    }

    #[test]
    fn files_of_other_kinds_are_refused_with_what_to_do() {
        for (bytes, words) in [
            (b"PK\x03\x04 and more".as_slice(), "workbook"),
            (b"%PDF-1.7", "PDF"),
            (b"\x89PNG\r\n", "picture"),
            (b"\x1f\x8b\x08", "compressed"),
            (b"id,name\n\x00\x01", "no text"),
            (b"\xff\xfea", "neither"),
        ] {
            let reason = &decode(bytes).unwrap_err()[0].reason;
            assert!(reason.contains(words), "{reason}");
        }
    }
}
