//! What happened on a pretend telephone, and the same as what was said there and as documents.

use serde::{Deserialize, Serialize};

use super::{Phone, Stage};

/// One thing that happened on a telephone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// What.
    pub what: Happening,
}

/// What can happen on a telephone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "happened", rename_all = "snake_case")]
pub enum Happening {
    /// The line said something.
    Said {
        /// The words.
        text: String,
        /// Their language, where the document names one.
        language: Option<String>,
    },
    /// A sound was played.
    Played {
        /// Which.
        what: String,
    },
    /// Whoever holds the telephone said something.
    Spoke {
        /// The words.
        text: String,
    },
    /// The person at the other end said something.
    Heard {
        /// The words.
        text: String,
    },
    /// Keys were pressed on this telephone.
    Pressed {
        /// The keys.
        keys: String,
    },
    /// A document came and begins to be executed.
    Document {
        /// Where from; empty for one given with the call.
        url: String,
        /// Its text.
        body: String,
    },
    /// The next verb of the document is executed.
    Verb {
        /// Its element.
        name: String,
    },
    /// The carrier warns or complains.
    Trouble {
        /// The carrier's code.
        code: u32,
        /// What it is about.
        text: String,
    },
    /// The leg's status changed.
    Status {
        /// The status, in the carrier's word.
        status: String,
    },
    /// The application was told something.
    Told {
        /// What.
        event: String,
        /// Where.
        url: String,
    },
    /// Anything else that is worth a line, in words.
    Note {
        /// The words.
        text: String,
    },
}

/// Who or what a line of the transcript comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// The line that was called.
    Line,
    /// The person at the other end.
    Other,
    /// The person who holds the telephone.
    Holder,
    /// The telephone's keys.
    Keys,
    /// Nobody: a remark.
    Aside,
}

/// One line of what was said, heard and pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// Its place in the log, which names it.
    pub place: usize,
    /// When, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Whose it is.
    pub voice: Voice,
    /// The words or keys.
    pub text: String,
    /// The language of the words.
    pub language: String,
}

/// A document that was or is executed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its place in the log, which names it.
    pub place: usize,
    /// When it came, in milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// Where from.
    pub url: String,
    /// Its text.
    pub body: String,
    /// The verb at work, counted from 0 among those that stand directly in the document.
    pub at_work: Option<usize>,
}

impl Phone {
    /// What was said, heard and pressed, earliest first.
    #[must_use]
    pub fn transcript(&self) -> Vec<Utterance> {
        self.log
            .iter()
            .enumerate()
            .filter_map(|(place, logged)| {
                let (voice, text, language) = utterance(&logged.what)?;
                Some(Utterance {
                    place,
                    at_ms: logged.at_ms,
                    voice,
                    text,
                    language: language.unwrap_or_else(|| self.language.clone()),
                })
            })
            .collect()
    }

    /// The documents in the order in which they came; in the last of a call that goes on, the verb at work is known.
    #[must_use]
    pub fn papers(&self) -> Vec<Paper> {
        let mut papers: Vec<Paper> = Vec::new();
        for (place, logged) in self.log.iter().enumerate() {
            match &logged.what {
                Happening::Document { url, body } => {
                    if let Some(before) = papers.last_mut() {
                        before.at_work = None;
                    }
                    papers.push(Paper {
                        place,
                        at_ms: logged.at_ms,
                        url: url.clone(),
                        body: body.clone(),
                        at_work: None,
                    });
                }
                Happening::Verb { .. } => {
                    if let Some(paper) = papers.last_mut() {
                        paper.at_work = Some(paper.at_work.map_or(0, |before| before + 1));
                    }
                }
                Happening::Said { .. }
                | Happening::Played { .. }
                | Happening::Spoke { .. }
                | Happening::Heard { .. }
                | Happening::Pressed { .. }
                | Happening::Trouble { .. }
                | Happening::Status { .. }
                | Happening::Told { .. }
                | Happening::Note { .. } => {}
            }
        }
        if self.stage == Stage::Over
            && let Some(last) = papers.last_mut()
        {
            last.at_work = None;
        }
        papers
    }
}

fn utterance(what: &Happening) -> Option<(Voice, String, Option<String>)> {
    match what {
        Happening::Said { text, language } => Some((Voice::Line, text.clone(), language.clone())),
        Happening::Heard { text } => Some((Voice::Other, text.clone(), None)),
        Happening::Spoke { text } => Some((Voice::Holder, text.clone(), None)),
        Happening::Pressed { keys } => Some((Voice::Keys, keys.clone(), None)),
        Happening::Played { what } => Some((Voice::Aside, format!("A sound: {what}"), None)),
        Happening::Trouble { code, text } => Some((
            Voice::Aside,
            format!("The carrier says {code}: {text}"),
            None,
        )),
        Happening::Note { text } => Some((Voice::Aside, text.clone(), None)),
        Happening::Document { .. }
        | Happening::Verb { .. }
        | Happening::Status { .. }
        | Happening::Told { .. } => None,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::Side;
    use super::*;

    #[test]
    fn the_verb_at_work_is_known_in_the_last_document_of_a_call_that_goes_on() {
        let mut phone = phone("CA1", Stage::Talking);
        phone.log = log([
            document("/line/senators"),
            verb("Gather"),
            Happening::Pressed {
                keys: "1".to_owned(),
            },
            document("/callcongress/set-state"),
            verb("Say"),
            verb("Dial"),
        ]);
        let at_work = |phone: &Phone| -> Vec<_> {
            phone.papers().iter().map(|paper| paper.at_work).collect()
        };

        assert_eq!(at_work(&phone), [None, Some(1)]);
        phone.stage = Stage::Over;
        assert_eq!(at_work(&phone), [None, None]);
    }

    #[test]
    fn a_transcript_holds_what_people_hear_and_do_and_nothing_of_the_wire() {
        let mut phone = phone("CA1", Stage::Talking);
        let said = |language: Option<&str>| Happening::Said {
            text: "Hola".to_owned(),
            language: language.map(str::to_owned),
        };
        phone.log = log([
            document("/line/senators-es"),
            said(Some("es-US")),
            said(None),
            Happening::Pressed {
                keys: "1".to_owned(),
            },
            Happening::Heard {
                text: "Hello?".to_owned(),
            },
        ]);

        let lines: Vec<_> = phone
            .transcript()
            .into_iter()
            .map(|line| (line.place, line.voice, line.language))
            .collect();

        let english = || "en-US".to_owned();
        assert_eq!(
            lines,
            [
                (1, Voice::Line, "es-US".to_owned()),
                (2, Voice::Line, english()),
                (3, Voice::Keys, english()),
                (4, Voice::Other, english()),
            ]
        );
    }

    pub(crate) fn phone(sid: &str, stage: Stage) -> Phone {
        Phone {
            sid: sid.to_owned(),
            call: sid.to_owned(),
            side: Side::Caller,
            number: "+13125550123".to_owned(),
            holder: "Ida".to_owned(),
            about: String::new(),
            other: "Call Congress".to_owned(),
            language: "en-US".to_owned(),
            stage,
            since_ms: 0,
            outcome: String::new(),
            awaits_keys: false,
            log: Vec::new(),
        }
    }

    pub(crate) fn log(happenings: impl IntoIterator<Item = Happening>) -> Vec<Logged> {
        (0..)
            .zip(happenings)
            .map(|(at_ms, what)| Logged { at_ms, what })
            .collect()
    }

    fn document(url: &str) -> Happening {
        Happening::Document {
            url: url.to_owned(),
            body: "<Response/>".to_owned(),
        }
    }

    fn verb(name: &str) -> Happening {
        Happening::Verb {
            name: name.to_owned(),
        }
    }
}
