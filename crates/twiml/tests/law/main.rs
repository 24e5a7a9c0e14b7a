//! Whatever can be built is TwiML as Twilio's reference has it, and whatever the reference has can be built.

mod any;
mod broken;
mod draw;
mod table;
mod tame;
mod tree;

use std::collections::BTreeSet;

use draw::{Any, Draw};
use proptest::prelude::*;
use table::Table;
use tree::{Child, Node};
use twiml::{Reading, Response, Say, Verb};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn whatever_is_built_is_twiml_as_the_reference_has_it(choices in prop::collection::vec(any::<u8>(), 0..800)) {
        let response = Response::any(&mut Draw::wild(choices));

        let document = response.to_xml();

        let root = tree::parse(&document).map_err(TestCaseError::fail)?;
        prop_assert_eq!(&root.name, "Response");
        Table::read().check(&root).map_err(TestCaseError::fail)?;
        check_mixtures(&root).map_err(TestCaseError::fail)?;
        prop_assert_eq!(root.children.len(), response.verbs().len());
    }

    #[test]
    fn whatever_twilio_takes_reads_back_as_it_was(choices in prop::collection::vec(any::<u8>(), 0..800)) {
        let response = Response::any(&mut Draw::tame(choices));

        let reading = twiml::read(response.to_xml());

        let warnings = Vec::new();
        prop_assert_eq!(reading, Ok(Reading { response, warnings }));
    }

    #[test]
    fn whatever_was_read_reads_back_as_it_was(choices in prop::collection::vec(any::<u8>(), 0..800)) {
        let document = Response::any(&mut Draw::wild(choices)).to_xml();

        let once = twiml::read(document).map(|reading| reading.response);
        let twice = once.clone().and_then(|response| twiml::read(response.to_xml()));

        prop_assert_eq!(twice.map(|reading| reading.response), once);
    }

    #[test]
    fn text_and_values_come_back_as_they_were(text in any::<String>(), value in any::<String>()) {
        let document = Response::new().say(Say::new(text.clone()).voice(value.clone())).to_xml();

        let root = tree::parse(&document).map_err(TestCaseError::fail)?;
        let Child::Element(say) = &root.children[0] else {
            return Err(TestCaseError::fail("no Say"));
        };
        prop_assert_eq!(say.text(), carried(&text));
        prop_assert_eq!(&say.attributes["voice"], &carried(&value));
    }
}

#[test]
fn whatever_the_reference_has_can_be_built() {
    assert_seen(|choices| Response::any(&mut Draw::wild(choices)).to_xml());
}

#[test]
fn whatever_the_reference_has_can_be_read() {
    assert_seen(|choices| {
        let written = Response::any(&mut Draw::tame(choices)).to_xml();
        let reading = twiml::read(written).expect("a document that can be read");
        assert_eq!(reading.warnings, []);
        reading.response.to_xml()
    });
}

#[test]
fn fewer_than_one_or_more_than_ten_parties_are_refused() {
    let ada = twiml::Party::from(twiml::Client::new("ada"));
    for count in [0, 11, 12] {
        let parties = twiml::Parties::new(vec![ada.clone(); count]);

        assert_eq!(parties, Err(twiml::PartyCount(count)));
    }
}

#[test]
fn every_verb_of_a_response_can_be_looked_at() {
    let response = Response::new().say(Say::new("Goodbye.")).hangup();

    assert_eq!(
        response.verbs(),
        [Verb::Say(Say::new("Goodbye.")), Verb::Hangup]
    );
}

/// Every fact of the table is seen in one of the documents.
fn assert_seen(document: impl Fn(Vec<u8>) -> String) {
    let table = Table::read();
    let mut wanted = table.facts();
    // An application is always named by `<ApplicationSid>`, the form of its page (A.3.11).
    wanted.remove("Application holds text");
    let mut documents = 0;

    while !wanted.is_empty() && documents < 20_000 {
        documents += 1;
        let choices = (0..600).scan(documents, |state, _| Some(next_byte(state)));
        let root = tree::parse(&document(choices.collect())).expect("a document that can be read");
        for fact in table.facts_of(&root) {
            wanted.remove(&fact);
        }
    }

    assert_eq!(wanted, BTreeSet::new(), "not seen in {documents} documents");
}

/// The rules that the table of elements cannot tell (A.2, A.3.8, A.3.10).
fn check_mixtures(node: &Node) -> Result<(), String> {
    let kinds: BTreeSet<&str> = node.elements().map(|child| child.name.as_str()).collect();
    let count = node.elements().count();
    let together = ["Client", "Number", "Sip"];
    let allowed = match node.name.as_str() {
        "Dial" if count == 0 => true,
        "Dial" if kinds.iter().all(|kind| together.contains(kind)) => {
            count <= 10 && node.text().is_empty()
        }
        "Dial" => count == 1 && node.text().is_empty(),
        "Client" => count == 0 || (node.text().is_empty() && kinds.contains("Identity")),
        "Enqueue" => count == 0 || node.attributes.contains_key("workflowSid"),
        "Gather" => node
            .elements()
            .all(|prompt| !prompt.attributes.contains_key("digits")),
        "Play" => node.text().is_empty() || !node.attributes.contains_key("digits"),
        _ => true,
    };
    if !allowed {
        return Err(format!("a mixture that Twilio does not take in {node:?}"));
    }
    node.elements().try_for_each(check_mixtures)
}

/// The text without what XML 1.0 cannot carry.
fn carried(text: &str) -> String {
    text.chars()
        .filter(|c| {
            matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
        })
        .collect()
}

/// A step of a linear congruential generator: the same documents in every run.
fn next_byte(state: &mut u64) -> u8 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    state.to_be_bytes()[0]
}
