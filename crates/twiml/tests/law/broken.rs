//! Documents that nobody would write: whatever comes, reading it ends, and what is said about it is about a place in it.

use proptest::prelude::*;
use twiml::{Fatal, Position, Reading, Response, read};

use crate::draw::{Any, Draw};

/// Pieces of which something comes about that is almost TwiML.
const PIECES: &[&str] = &[
    "<Response>",
    "</Response>",
    "<Response/>",
    "<Say>",
    "</Say>",
    "<Say",
    "<Dial>",
    "</Dial>",
    "<Number>",
    "</Number>",
    "<Gather ",
    "</Gather>",
    "<Play digits=",
    "<Enqueue workflowSid=\"\">",
    "<Task>",
    "<Sip>",
    "<Uri>",
    "<Headers>",
    "<Header name='a'",
    "<prosody>",
    "</prosody>",
    "<say-as interpret-as='x'>",
    "<Client>",
    "<Identity>",
    " loop=\"",
    " timeout='-1'",
    " input='a dtmf'",
    "\"",
    "'",
    "=",
    ">",
    "/>",
    "<",
    "&",
    ";",
    "&amp;",
    "&#0;",
    "&#x1F4DE;",
    "&lt",
    "<!--",
    "-->",
    "--",
    "<![CDATA[",
    "]]>",
    "<?xml version=\"1.0\"?>",
    "<?xml",
    "?>",
    "<!DOCTYPE a [",
    "]>",
    "<!ENTITY b \"c\">",
    "\u{FEFF}",
    "\u{FFFE}",
    "\0",
    "\r\n",
    " ",
    "\t",
    "é",
    "📞",
    "+12025550123",
    "text",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes)?;
    }

    #[test]
    fn any_pieces_of_documents_can_be_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check(pieces.concat().as_bytes())?;
        check(format!("<Response>{}</Response>", pieces.concat()).as_bytes())?;
    }

    #[test]
    fn a_broken_document_can_be_read(
        choices in prop::collection::vec(any::<u8>(), 0..300),
        breaks in prop::collection::vec((any::<u16>(), any::<u8>(), 0..4_u8), 1..6),
    ) {
        let mut document = Response::any(&mut Draw::tame(choices)).to_xml().into_bytes();
        for (place, byte, kind) in breaks {
            let place = usize::from(place) % (document.len() + 1);
            let end = (place + usize::from(byte)).min(document.len());
            match kind {
                0 => document.insert(place, byte),
                1 => drop(document.drain(place..end)),
                2 => document[place..end].fill(byte),
                _ => document.splice(place..place, PIECES[usize::from(byte) % PIECES.len()].bytes()).for_each(drop),
            }
        }

        check(&document)?;
    }

    #[test]
    fn a_document_with_one_piece_too_many_loses_no_more_than_it_must(
        choices in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let response = Response::any(&mut Draw::tame(choices));
        let document = response.to_xml().replacen("<Response>", "<Response odd=''><Odd>&amp;<Say/></Odd>", 1);

        let reading = read(&document);

        let codes = |reading: &Reading| reading.warnings.iter().map(|w| w.code.number()).collect::<Vec<_>>();
        let expected: &[u16] = if response.verbs().is_empty() { &[] } else { &[12200, 12200] };
        prop_assert_eq!(reading.as_ref().map(codes), Ok(expected.to_vec()));
        prop_assert_eq!(reading.map(|reading| reading.response), Ok(response));
    }
}

#[test]
fn the_greatest_documents_end_soon() {
    let deep = |tag: &str| {
        let count = 60_000 / (2 * tag.len() + 5);
        let (start, end) = (
            format!("<{tag}>").repeat(count),
            format!("</{tag}>").repeat(count),
        );
        format!("<Response><Say>{start}{end}</Say></Response>")
    };
    let attributes: String = (0..7_000).map(|n| format!(" a{n}=''")).collect();
    let documents = [
        deep("s"),
        deep("lang"),
        deep("Say"),
        "<".repeat(65_000),
        "<a>".repeat(20_000),
        "&amp;".repeat(13_000),
        format!("<Response><Say{attributes}/></Response>"),
        format!("<Response>{}</Response>", "<x/>".repeat(16_000)),
        format!("<Response>{}</Response>", "\n<x/>é".repeat(8_000)),
    ];

    for document in documents {
        check(document.as_bytes()).expect("places inside the document");
    }
}

/// Reads, and follows every place that is named.
fn check(document: &[u8]) -> Result<(), TestCaseError> {
    let places: Vec<Position> = match read(document) {
        Err(Fatal { at, .. }) => vec![at],
        Ok(Reading { response, warnings }) => {
            prop_assert!(warnings.is_sorted_by_key(|warning| warning.at));
            prop_assert!(
                warnings
                    .iter()
                    .all(|w| w.verb.is_none_or(|verb| verb < response.verbs().len()))
            );
            warnings.iter().map(|warning| warning.at).collect()
        }
    };
    for at in places {
        let before = document.get(..at.offset);
        prop_assert!(before.is_some(), "{at:?} is outside");
    }
    Ok(())
}
