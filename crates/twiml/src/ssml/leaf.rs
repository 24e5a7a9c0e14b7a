//! The SSML elements that hold text or nothing: `break`, `phoneme`, `say-as`, `sub`.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::value::{Value, required};
use crate::word::words;
use crate::write::Xml;

words! {
    /// How long a pause is, by what it separates.
    pub enum BreakStrength {
        None = "none",
        ExtraWeak = "x-weak",
        Weak = "weak",
        Medium = "medium",
        Strong = "strong",
        ExtraStrong = "x-strong",
    }
}

element! {
    /// A pause inside speech.
    #[derive(Default)]
    pub struct Break named "break" {
        /// how long, by name.
        pub strength: Option<BreakStrength> = "strength",
        /// how long, as `400ms` or `2s`; at most `10s`.
        pub time: Option<String> = "time",
    }
}

impl Break {
    /// A pause of some milliseconds, at most 10 000.
    #[must_use]
    pub fn milliseconds(length: u16) -> Self {
        Self::default().time(format!("{length}ms"))
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        content::nothing(element, notes);
        Self::begin(element, notes)
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).empty();
    }

    pub(super) fn spoken(&self, words: &mut String) {
        words.push(' ');
    }
}

words! {
    /// The alphabet in which a pronunciation is written.
    pub enum PhonemeAlphabet {
        Ipa = "ipa",
        XSampa = "x-sampa",
        Jyutping = "x-amazon-jyutping",
        Pinyin = "x-amazon-pinyin",
        PronKana = "x-amazon-pron-kana",
        Yomigana = "x-amazon-yomigana",
    }
}

element! {
    /// Text with its pronunciation.
    pub struct Phoneme named "phoneme" {
        /// the alphabet of the pronunciation.
        pub alphabet: Option<PhonemeAlphabet> = "alphabet",
        /// the pronunciation.
        pub pronunciation: String = "ph",
    } holding {
        /// The text that is pronounced so.
        pub text: String,
    }
}

impl Phoneme {
    /// Pronounces the text as given.
    #[must_use]
    pub fn new(
        alphabet: PhonemeAlphabet,
        pronunciation: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        Self {
            text: text.into(),
            alphabet: Some(alphabet),
            pronunciation: pronunciation.into(),
        }
    }

    pub(super) fn spoken(&self, words: &mut String) {
        words.push_str(&self.text);
    }
}

words! {
    /// What kind of thing a text is.
    pub enum InterpretAs {
        Characters = "characters",
        SpellOut = "spell-out",
        Cardinal = "cardinal",
        Number = "number",
        Ordinal = "ordinal",
        Digits = "digits",
        Fraction = "fraction",
        Unit = "unit",
        Date = "date",
        Time = "time",
        Address = "address",
        Expletive = "expletive",
        Telephone = "telephone",
    }
}

words! {
    /// The order of the parts of a date.
    pub enum SayAsFormat {
        MonthDayYear = "mdy",
        DayMonthYear = "dmy",
        YearMonthDay = "ymd",
        MonthDay = "md",
        DayMonth = "dm",
        YearMonth = "ym",
        MonthYear = "my",
        Day = "d",
        Month = "m",
        Year = "y",
        Compact = "yyyymmdd",
    }
}

element! {
    /// Text read as a certain kind of thing: digit by digit, as a date, as a telephone number.
    pub struct SayAs named "say-as" {
        /// the kind of thing.
        pub interpret_as: InterpretAs = "interpret-as",
        /// the order of a date's parts.
        pub format: Option<SayAsFormat> = "format",
    } holding {
        /// The text to read.
        pub text: String,
    }
}

required! {
    InterpretAs = Self::Characters,
}

impl SayAs {
    /// Whether an element of the name `say-as` says how its text is read.
    pub(super) fn is_meant(element: Element<'_>) -> bool {
        let kind = element.attribute("interpret-as");
        kind.and_then(InterpretAs::parse).is_some()
    }

    /// Reads the text as the given kind of thing.
    #[must_use]
    pub fn new(interpret_as: InterpretAs, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            interpret_as,
            format: None,
        }
    }

    pub(super) fn spoken(&self, words: &mut String) {
        words.push_str(&self.text);
    }
}

element! {
    /// Text that is spoken as something else.
    pub struct Sub named "sub" {
        /// what is spoken instead.
        pub alias: String = "alias",
    } holding {
        /// The text as written.
        pub text: String,
    }
}

impl Sub {
    /// Speaks the alias where the text stands.
    #[must_use]
    pub fn new(text: impl Into<String>, alias: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            alias: alias.into(),
        }
    }

    pub(super) fn spoken(&self, words: &mut String) {
        words.push_str(&self.alias);
    }
}

macro_rules! hold_text {
    ($($leaf:ident)+) => { $(
        impl $leaf {
            pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
                Self {
                    text: content::verbatim(element, notes),
                    ..Self::begin(element, notes)
                }
            }

            pub(super) fn write(&self, xml: &mut Xml) {
                self.tag(xml).text(&self.text);
            }
        }
    )+ };
}

hold_text!(Phoneme SayAs Sub);
