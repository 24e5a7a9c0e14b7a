//! What may stand inside what: one enum for each set of children in Twilio's nesting table (A.2).

use super::container::{Emphasis, Lang, P, Prosody, S, W};
use super::leaf::{Break, Phoneme, SayAs, Sub};
use crate::write::Xml;

macro_rules! level {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($kind:ident)+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            /// Plain text.
            Text(String),
            $( #[doc = concat!("[`", stringify!($kind), "`].")] $kind($kind), )+
        }

        impl $name {
            pub(crate) fn write(&self, xml: &mut Xml) {
                match self {
                    Self::Text(text) => xml.text(text),
                    $( Self::$kind(element) => element.write(xml), )+
                }
            }

            pub(crate) fn spoken(&self, words: &mut String) {
                match self {
                    Self::Text(text) => words.push_str(text),
                    $( Self::$kind(element) => element.spoken(words), )+
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::Text(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::Text(text)
            }
        }

        $(
            impl From<$kind> for $name {
                fn from(element: $kind) -> Self {
                    Self::$kind(element)
                }
            }
        )+
    };
}

level! {
    /// What [`Say`](crate::Say), [`Lang`] and [`Prosody`] may hold: anything.
    pub enum Speech { Break Emphasis Lang P Phoneme Prosody S SayAs Sub W }
}

level! {
    /// What a paragraph ([`P`]) may hold.
    pub enum Passage { Break Emphasis Lang Phoneme Prosody S SayAs Sub W }
}

level! {
    /// What a sentence ([`S`]) and [`Emphasis`] may hold.
    pub enum Phrase { Break Emphasis Lang Phoneme Prosody SayAs Sub W }
}

level! {
    /// What a word ([`W`]) may hold.
    pub enum WordPart { Break Emphasis Phoneme Prosody SayAs Sub }
}
