//! Twilio's numbers for what is wrong with a document, with their levels (A.8).

use std::fmt;

/// How much is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The call goes on, with the default in place of what is wrong.
    Warning,
    /// The verb fails, or the whole document where there is no verb.
    Error,
}

/// One of Twilio's numbers for faults of documents.
///
/// ```
/// use twiml::{Code, Level};
///
/// let code = Code::known(13231).expect("a code of documents");
///
/// assert_eq!(code.level(), Level::Error);
/// assert_eq!(code.title(), "Conference: endConferenceOnExit is true or false");
/// assert_eq!(Code::known(20429), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(u16);

struct Entry {
    number: u16,
    level: Level,
    title: &'static str,
}

impl Code {
    /// The code of this number, if it is one that a document alone can bring about.
    #[must_use]
    pub const fn known(number: u16) -> Option<Self> {
        match position(number) {
            Some(_) => Some(Self(number)),
            None => None,
        }
    }

    /// The code of a number that stands in the table; meant for constants, where any other does not compile.
    pub(crate) const fn of(number: u16) -> Self {
        Self::known(number).expect("a number of the table")
    }

    /// Every code of the table, by number.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|entry| Self(entry.number))
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }

    /// How much is lost.
    #[must_use]
    pub const fn level(self) -> Level {
        self.entry().level
    }

    /// What it says, in our words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.entry().title
    }

    const fn entry(self) -> &'static Entry {
        match position(self.0) {
            Some(position) => &TABLE[position],
            None => &TABLE[0],
        }
    }
}

const fn position(number: u16) -> Option<usize> {
    let (mut low, mut high) = (0, TABLE.len());
    while low < high {
        let middle = low + (high - low) / 2;
        if TABLE[middle].number == number {
            return Some(middle);
        }
        if TABLE[middle].number < number {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    None
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({})", self.0)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.title())
    }
}

macro_rules! table {
    ($($number:literal $level:ident $title:literal,)+) => {
        /// In the order of the numbers, which [`position`] relies on.
        const TABLE: &[Entry] = &[
            $( Entry { number: $number, level: Level::$level, title: $title }, )+
        ];
    };
}

table! {
    11100 Error "a URL is malformed",
    11750 Error "the document is too long",
    11770 Error "the document is empty",
    12100 Error "the document is not well-formed XML",
    12101 Error "the document is of another XML version than 1.0",
    12102 Error "the root element is not Response",
    12200 Warning "something is not known here and is skipped",
    13000 Warning "a conference is not dialled beside numbers",
    13210 Warning "Dial: no such method",
    13212 Warning "Dial: no such timeout",
    13213 Warning "Dial: hangupOnStar is true or false",
    13214 Warning "Dial: no such callerId",
    13215 Warning "Dial: this cannot be dialled",
    13216 Warning "Dial: no such timeLimit",
    13217 Warning "Dial: no such way to record",
    13218 Warning "Dial: sequential is true or false",
    13219 Warning "Dial: answerOnBridge is true or false",
    13220 Warning "Dial: no such ringTone",
    13221 Warning "Number: no such method",
    13222 Warning "Number: sendDigits holds something else than keys and waits",
    13223 Warning "Dial: this is not a telephone number",
    13230 Warning "Conference: muted is true or false",
    13231 Error "Conference: endConferenceOnExit is true or false",
    13232 Warning "Conference: startConferenceOnEnter is true or false",
    13233 Warning "Conference: no such waitUrl",
    13234 Warning "Conference: no such waitMethod",
    13235 Warning "Conference: no such beep",
    13237 Warning "Conference: the name is empty or over 128 characters long",
    13239 Error "Conference: no such trim",
    13240 Error "Conference: coach is not a call",
    13241 Warning "Sip: no such method",
    13243 Warning "Sip: this is not a SIP URI",
    13249 Warning "Sip: the user name or password is too long",
    13250 Warning "Dial: more than ten parties or URIs",
    13252 Warning "Sip: a header cannot have this name",
    13253 Warning "Sip: the headers are over 1024 characters long",
    13256 Warning "no such recordingStatusCallback",
    13257 Error "Record: no such transcribeCallback",
    13310 Warning "Gather: finishOnKey is not one key",
    13312 Warning "Gather: no such method",
    13313 Warning "Gather: no such timeout",
    13314 Warning "Gather: no such numDigits",
    13320 Warning "Gather: this cannot be a prompt",
    13321 Warning "Gather: a prompt is in no such voice",
    13322 Warning "Gather: a prompt cannot be repeated so often",
    13326 Warning "Gather: no such input",
    13327 Warning "Gather: no such speechTimeout",
    13328 Warning "Gather: no such maxSpeechTime",
    13329 Warning "Gather: no such partialResultCallbackMethod",
    13330 Warning "Gather: over 500 hints, or one over 100 characters long",
    13331 Warning "Gather: no such language",
    13332 Warning "Gather: bargeIn is true or false",
    13333 Warning "Gather: profanityFilter is true or false",
    13334 Warning "Gather: no such speechModel",
    13335 Warning "Gather: a speechModel needs a speechTimeout in seconds",
    13338 Error "Gather: actionOnEmptyResult is true or false",
    13410 Warning "Play: it cannot be repeated so often",
    13430 Warning "Play: digits holds something else than keys and waits",
    13510 Warning "Say: it cannot be repeated so often",
    13511 Warning "Say: no such voice",
    13512 Warning "Say: no such language",
    13520 Warning "Say: there is nothing to say",
    13521 Warning "Say: the text is too long for the voice",
    13610 Warning "Record: no such method",
    13611 Warning "Record: no such timeout",
    13612 Warning "Record: no such maxLength",
    13613 Warning "Record: finishOnKey holds something else than keys",
    13614 Warning "Record: transcribe is true or false",
    13615 Warning "Record: maxLength is too long for a transcription",
    13616 Warning "Record: playBeep is true or false",
    13621 Error "no such recordingStatusCallbackEvent",
    13699 Warning "Record: no such trim",
    13710 Warning "Redirect: no such method",
    13810 Warning "Reject: no such reason",
    13910 Warning "Pause: no such length",
    14201 Error "Enqueue: no such method",
    14202 Error "Enqueue: no such waitUrl",
    14203 Error "Enqueue: no such action",
    14204 Error "Enqueue: the queue has no name",
    14205 Error "Enqueue: the queue's name is over 64 characters long",
    14206 Error "Enqueue: no such waitUrlMethod",
    14210 Error "Queue: no such method",
    14211 Error "Queue: no such url",
    14212 Error "Queue: the queue has no name",
    14213 Error "Queue: the queue's name is over 64 characters long",
    14220 Error "Enqueue: no such workflow",
    14221 Error "Enqueue: the task's attributes are not a JSON object",
    16023 Error "Conference: the participant cannot have this label",
    21263 Warning "the settings of machine detection are out of range",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_its_numbers() {
        assert!(TABLE.is_sorted_by(|one, next| one.number < next.number));
    }

    #[test]
    fn every_code_is_found_by_its_number() {
        for code in Code::all() {
            assert_eq!(Code::known(code.number()), Some(code));
        }
        assert_eq!(Code::known(12_345), None);
    }
}
