//! Values built from a stream of bytes, so that a shorter stream of smaller bytes is a simpler document.

/// Bytes that decide what is built; once they are used up, everything is the simplest it can be.
pub(crate) struct Draw {
    choices: std::vec::IntoIter<u8>,
    is_tame: bool,
}

impl Draw {
    /// Builds anything that the types allow.
    pub(crate) fn wild(choices: Vec<u8>) -> Self {
        Self {
            choices: choices.into_iter(),
            is_tame: false,
        }
    }

    /// Builds only what Twilio takes without a word.
    pub(crate) fn tame(choices: Vec<u8>) -> Self {
        Self {
            is_tame: true,
            ..Self::wild(choices)
        }
    }

    pub(crate) fn is_tame(&self) -> bool {
        self.is_tame
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.choices.next().unwrap_or(0)
    }

    /// Something or nothing, as often as for any `Option`.
    pub(crate) fn maybe<T>(&mut self, build: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.byte() % 4 == 3).then(|| build(self))
    }

    pub(crate) fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[usize::from(self.byte()) % choices.len()]
    }
}

/// A type of which any value can be built.
pub(crate) trait Any {
    fn any(draw: &mut Draw) -> Self;
}

impl<T: Any> Any for Option<T> {
    fn any(draw: &mut Draw) -> Self {
        draw.maybe(T::any)
    }
}

impl<T: Any> Any for Vec<T> {
    fn any(draw: &mut Draw) -> Self {
        (0..draw.byte() % 5).map(|_| T::any(draw)).collect()
    }
}

impl<T: Any> Any for Box<T> {
    fn any(draw: &mut Draw) -> Self {
        Self::new(T::any(draw))
    }
}

impl Any for bool {
    fn any(draw: &mut Draw) -> Self {
        draw.byte() % 2 == 1
    }
}

impl Any for u8 {
    fn any(draw: &mut Draw) -> Self {
        draw.byte()
    }
}

impl Any for u16 {
    fn any(draw: &mut Draw) -> Self {
        Self::from_be_bytes([draw.byte(), draw.byte()])
    }
}

impl Any for u32 {
    fn any(draw: &mut Draw) -> Self {
        Self::from_be_bytes([draw.byte(), draw.byte(), draw.byte(), draw.byte()])
    }
}

impl Any for String {
    fn any(draw: &mut Draw) -> Self {
        if draw.is_tame() {
            return draw
                .one_of(&[
                    "a", "Zoë", "a b", "<&>", "\"'\"", "]]>", "a\r\n\tb", "声", "📞", "\u{FFFD}",
                ])
                .to_owned();
        }
        let characters = [
            'a', 'Z', '0', ' ', '&', '<', '>', '"', '\'', ';', ']', '\t', '\n', '\r', '\0',
            '\u{1B}', '\u{7F}', 'é', '声', '\u{FFFE}', '\u{FFFD}', '📞',
        ];
        (0..draw.byte() % 7)
            .map(|_| draw.one_of(&characters))
            .collect()
    }
}
