//! Values built from a stream of bytes, so that a shorter stream of smaller bytes is a simpler document.

/// Bytes that decide what is built; once they are used up, everything is the simplest it can be.
pub(crate) struct Draw(std::vec::IntoIter<u8>);

impl Draw {
    pub(crate) fn new(choices: Vec<u8>) -> Self {
        Self(choices.into_iter())
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.0.next().unwrap_or(0)
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
        (draw.byte() % 4 == 3).then(|| T::any(draw))
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
        let characters = [
            'a', 'Z', '0', ' ', '&', '<', '>', '"', '\'', ';', ']', '\t', '\n', '\r', '\0',
            '\u{1B}', '\u{7F}', 'é', '声', '\u{FFFE}', '\u{FFFD}', '📞',
        ];
        (0..draw.byte() % 7)
            .map(|_| draw.one_of(&characters))
            .collect()
    }
}
