//! The reader: a document as it came, made a [`Response`] and what there is to say about it.

pub(crate) mod content;
mod markup;
pub(crate) mod notes;
mod parse;
pub(crate) mod tree;

use crate::code::Code;
use crate::report::{Fatal, Position, Warning};
use crate::response::Response;
use notes::Notes;
use parse::Flaw;

/// The most bytes of a document (A.1.1, P8).
pub const MOST_BYTES: usize = 64 * 1024;

/// The most levels of SSML inside each other that are read; deeper ones are skipped with a warning (12200).
pub const MOST_DEPTH: usize = 64;

/// A byte order mark, which may stand before everything else.
const MARK: &str = "\u{FEFF}";

/// A document that can be obeyed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What it says.
    pub response: Response,
    /// What was skipped or replaced, in the order of the document.
    pub warnings: Vec<Warning>,
}

/// Reads a document as Twilio would.
///
/// What is not known is skipped, and what is bad is replaced by its default, each with a [`Warning`]; see
/// [`Code::level`] for which of them make a verb fail. Comments, processing instructions, a document type and a byte
/// order mark are passed over. Names are taken as they are written, upper and lower case; so are values, except that
/// methods and truth values may be in either case. White space around the text of a noun does not count, inside `<Say>`
/// it is kept.
///
/// # Errors
/// The document is over 64 kB long (11750), empty (11770), not well-formed XML in UTF-8 (12100), of another XML version
/// than 1.0 (12101), or no `<Response>` (12102).
///
/// ```
/// use twiml::{Level, Verb, read};
///
/// let reading = read("<Response>\n  <Pause length='soon'/>\n  <Hangup/>\n</Response>")?;
///
/// assert_eq!(reading.response.verbs().len(), 2);
/// let warning = &reading.warnings[0];
/// assert_eq!((warning.code.number(), warning.level()), (13910, Level::Warning));
/// assert_eq!((warning.at.line, warning.at.column), (2, 10));
/// # Ok::<(), twiml::Fatal>(())
/// ```
pub fn read(document: impl AsRef<[u8]>) -> Result<Reading, Fatal> {
    let bytes = document.as_ref();
    if bytes.is_empty() {
        return Err(fatal("", Flaw::new(0, "no bytes").code(11770)));
    }
    if bytes.len() > MOST_BYTES {
        let about = format!("{} bytes", bytes.len());
        return Err(fatal("", Flaw::new(0, about).code(11750)));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let (valid, _) = bytes.split_at(error.valid_up_to());
        let before = std::str::from_utf8(valid).unwrap_or_default();
        fatal(before, Flaw::new(valid.len(), "bytes that are not UTF-8"))
    })?;
    read_text(text).map_err(|flaw| fatal(text, flaw))
}

fn read_text(text: &str) -> Result<Reading, Flaw> {
    let skipped = text.len() - text.strip_prefix(MARK).unwrap_or(text).len();
    let tree = parse::parse(text, skipped)?;
    let root = tree.root();
    if root.name() != "Response" {
        let about = format!("<{}>", notes::quoted(root.name()));
        return Err(Flaw::new(root.at(), about).code(12102));
    }
    let mut notes = Notes::new(text);
    let response = Response::read(root, &mut notes);
    Ok(Reading {
        response,
        warnings: notes.finish(),
    })
}

fn fatal(text: &str, flaw: Flaw) -> Fatal {
    let mut at = flaw.at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    Fatal {
        code: flaw.code,
        at: Position::START.forward(text, at),
        about: flaw.about.into_owned(),
    }
}

impl Response {
    /// What [`read`] would say about the document as it is written; nothing where it is as Twilio wants it.
    ///
    /// A document that is too long is said to be so as a [`Warning`] of its own (11750), about no verb.
    ///
    /// ```
    /// use twiml::{Dial, Response};
    ///
    /// let response = Response::new().dial(Dial::to("+12025550123").timeout(3));
    ///
    /// assert_eq!(response.check()[0].code.number(), 13212);
    /// ```
    #[must_use]
    pub fn check(&self) -> Vec<Warning> {
        match read(self.to_xml()) {
            Ok(reading) => reading.warnings,
            Err(Fatal { code, at, about }) => vec![Warning {
                code,
                at,
                verb: None,
                about,
            }],
        }
    }
}

impl Flaw {
    fn code(self, number: u16) -> Self {
        let code = Code::known(number).unwrap_or(self.code);
        Self { code, ..self }
    }
}
