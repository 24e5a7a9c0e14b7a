//! The documents that answer in our words when this server cannot: to be pasted into TwiML Bins.

use std::collections::BTreeMap;

use desk::setup::Document;
use exchange::{Act, Answer, Line, Plan, Prompt, Speech};

use crate::render::{self, Urls};

/// One document for all lines that say the same.
pub(super) fn fallbacks(plan: &Plan, urls: &Urls) -> Vec<Document> {
    let mut documents: BTreeMap<String, Vec<&Line>> = BTreeMap::new();
    for line in plan.lines() {
        documents
            .entry(apology(plan, line, urls))
            .or_default()
            .push(line);
    }
    let documents = documents.into_iter().map(|(text, lines)| {
        let names: Vec<String> = lines
            .iter()
            .map(|line| format!("“{}”", line.name))
            .collect();
        let language = lines.first().map_or("", |line| line.language.name());
        Document {
            title: format!("{language}: for {}", names.join(", ")),
            text,
        }
    });
    documents.collect()
}

fn apology(plan: &Plan, line: &Line, urls: &Urls) -> String {
    let mut speech = Speech::of(line);
    plan.say(line, Prompt::Apology, &[], &mut speech.parts);
    render::document(&Answer(vec![Act::Say(speech), Act::HangUp]), urls)
}
