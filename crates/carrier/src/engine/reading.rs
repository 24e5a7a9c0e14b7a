//! What an answer is: a document, a sound, words to say, or a failure (reference A.1.2).

use twiml::{Level, Verb};

use super::Answer;
use crate::wave;

/// A verb that is to be obeyed, or that fails because of what is wrong in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    pub(crate) verb: Verb,
    /// The code of an error in it.
    pub(crate) fault: Option<u32>,
}

impl From<Verb> for Planned {
    fn from(verb: Verb) -> Self {
        Self { verb, fault: None }
    }
}

/// What an answer tells a runner to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// To obey a document.
    Document(Script),
    /// To play the file that the answer is.
    Sound {
        /// How long it says that it lasts, in milliseconds.
        length_ms: Option<i64>,
    },
    /// To say the text that the answer is.
    Words(String),
}

/// A document that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Script {
    pub(crate) verbs: Vec<Planned>,
    /// What is wrong in it, with codes.
    pub(crate) troubles: Vec<(u32, String)>,
    pub(crate) body: String,
}

/// Why an answer is good for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) code: u32,
    pub(crate) text: String,
}

impl Failure {
    pub(crate) fn new(code: u32, text: impl Into<String>) -> Self {
        Self {
            code,
            text: text.into(),
        }
    }
}

/// What an answer to a request for a document is.
pub(crate) fn understand(answer: &Answer) -> Result<Content, Failure> {
    let (status, content_type, body) = match answer {
        Answer::Http {
            status,
            content_type,
            body,
            ..
        } => (*status, content_type.as_deref(), body),
        Answer::Failed { code } => return Err(Failure::new(*code, "the request failed")),
    };
    if !(200..300).contains(&status) {
        return Err(Failure::new(11200, format!("the answer is {status}")));
    }
    match media_type(content_type).as_deref() {
        Some("text/xml" | "application/xml" | "text/html") => read(body).map(Content::Document),
        Some("text/plain") => Ok(read(body).map_or_else(
            |_| Content::Words(String::from_utf8_lossy(body).trim().to_owned()),
            Content::Document,
        )),
        Some(kind) if is_sound(kind) => Ok(Content::Sound {
            length_ms: wave::length_ms(body),
        }),
        Some(_) | None if body.is_empty() => Err(Failure::new(11770, "the answer is empty")),
        Some(kind) => Err(Failure::new(12300, format!("the answer is of type {kind}"))),
        None => Err(Failure::new(12300, "the answer has no Content-Type")),
    }
}

/// What is wrong with the answer to a request for a sound, if anything is.
pub(crate) fn unfit_sound(answer: &Answer) -> Option<Failure> {
    match answer {
        Answer::Http {
            status,
            content_type,
            ..
        } => {
            if !(200..300).contains(status) {
                return Some(Failure::new(11200, format!("the answer is {status}")));
            }
            let kind = media_type(content_type.as_deref()).unwrap_or_default();
            (!is_sound(&kind)).then(|| Failure::new(13420, format!("{kind:?} is no sound")))
        }
        Answer::Failed { code } => Some(Failure::new(*code, "the request failed")),
    }
}

/// How long the sound that was fetched says that it lasts, in milliseconds: WAV files do.
pub(crate) fn length_ms(answer: &Answer) -> Option<i64> {
    match answer {
        Answer::Http { body, .. } => wave::length_ms(body),
        Answer::Failed { .. } => None,
    }
}

/// Reads a document.
pub(crate) fn read(body: &[u8]) -> Result<Script, Failure> {
    let reading = twiml::read(body).map_err(|fatal| {
        Failure::new(
            u32::from(fatal.code.number()),
            format!("{}: {}", fatal.at, fatal.about),
        )
    })?;
    let mut verbs: Vec<Planned> = reading
        .response
        .verbs()
        .iter()
        .cloned()
        .map(Planned::from)
        .collect();
    let mut troubles = Vec::new();
    for warning in reading.warnings {
        let code = u32::from(warning.code.number());
        troubles.push((code, format!("{}: {}", warning.at, warning.about)));
        let planned = warning.verb.and_then(|index| verbs.get_mut(index));
        if let (Level::Error, Some(planned)) = (warning.level(), planned) {
            planned.fault.get_or_insert(code);
        }
    }
    Ok(Script {
        verbs,
        troubles,
        body: String::from_utf8_lossy(body).into_owned(),
    })
}

fn media_type(content_type: Option<&str>) -> Option<String> {
    let kind = content_type?.split(';').next()?.trim();
    (!kind.is_empty()).then(|| kind.to_ascii_lowercase())
}

fn is_sound(kind: &str) -> bool {
    matches!(
        kind,
        "audio/mpeg"
            | "audio/wav"
            | "audio/wave"
            | "audio/x-wav"
            | "audio/aiff"
            | "audio/x-aifc"
            | "audio/x-aiff"
            | "audio/x-gsm"
            | "audio/gsm"
            | "audio/ulaw"
    )
}
