//! What may stand inside what: one enum for each set of children in Twilio's nesting table (A.2).

use super::container::{Emphasis, Lang, P, Prosody, S, W};
use super::leaf::{Break, Phoneme, SayAs, Sub};
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::{Element, Part};
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
            /// Reads all that stands in an element, text with its white space.
            pub(crate) fn read_all(element: Element<'_>, notes: &mut Notes<'_>) -> Vec<Self> {
                let read = notes.deeper(|notes| {
                    let mut content = Vec::new();
                    for part in element.parts() {
                        match part {
                            Part::Text { text, .. } => Self::push_text(&mut content, text),
                            Part::Element(child) => match child.name() {
                                SayAs::NAME if !SayAs::is_meant(child) => {
                                    notes.missing(child, "a known interpret-as");
                                    let text = content::verbatim(child, notes);
                                    Self::push_text(&mut content, &text);
                                }
                                $( $kind::NAME => content.push($kind::read(child, notes).into()), )+
                                _ => content::misplaced(element, child, notes),
                            },
                        }
                    }
                    content
                });
                read.unwrap_or_else(|| {
                    notes.too_deep(element);
                    Vec::new()
                })
            }

            fn push_text(content: &mut Vec<Self>, text: &str) {
                if let Some(Self::Text(before)) = content.last_mut() {
                    before.push_str(text);
                } else if !text.is_empty() {
                    content.push(Self::Text(text.into()));
                }
            }

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
