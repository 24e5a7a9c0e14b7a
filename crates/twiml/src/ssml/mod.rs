//! SSML, the marks inside `<Say>` that change how text is spoken.

mod container;
mod leaf;
mod level;

pub use container::{Emphasis, EmphasisLevel, Lang, P, Prosody, S, W};
pub use leaf::{
    Break, BreakStrength, InterpretAs, Phoneme, PhonemeAlphabet, SayAs, SayAsFormat, Sub,
};
pub use level::{Passage, Phrase, Speech, WordPart};
