//! What an attribute can hold, written and read.

use std::fmt::Write as _;

use quick_xml::events::attributes::Attribute;

use crate::write::{IN_MEMORY, carried};

/// One value.
pub(crate) trait Value: Sized {
    /// Appends the value, escaped, to a start tag.
    fn write(&self, start: &mut String);

    /// The value that the text stands for, if it stands for one.
    fn parse(text: &str) -> Option<Self>;
}

/// An attribute of an element: a value, a list of values, or nothing.
pub(crate) trait Slot: Sized {
    /// Whether the element means nothing without it.
    const REQUIRED: bool;

    /// What it is where the attribute does not stand.
    fn absent() -> Self;

    /// Whether the attribute is left out.
    fn is_absent(&self) -> bool;

    /// Appends what it holds, escaped, to a start tag.
    fn write(&self, start: &mut String);

    /// Reads the text, or as much of it as can be used.
    fn read(text: &str) -> Result<Self, Self>;
}

impl<T: Value> Slot for Option<T> {
    const REQUIRED: bool = false;

    fn absent() -> Self {
        None
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn write(&self, start: &mut String) {
        if let Some(value) = self {
            value.write(start);
        }
    }

    fn read(text: &str) -> Result<Self, Self> {
        T::parse(text).map(Some).ok_or(None)
    }
}

/// Lists stand in one attribute, separated by spaces (A.1.1, P6).
impl<T: Value> Slot for Vec<T> {
    const REQUIRED: bool = false;

    fn absent() -> Self {
        Self::new()
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    fn write(&self, start: &mut String) {
        for (position, value) in self.iter().enumerate() {
            if position > 0 {
                start.push(' ');
            }
            value.write(start);
        }
    }

    fn read(text: &str) -> Result<Self, Self> {
        let words = text.split_ascii_whitespace();
        let values: Self = words.clone().filter_map(T::parse).collect();
        if !values.is_empty() && values.len() == words.count() {
            Ok(values)
        } else {
            Err(values)
        }
    }
}

/// Makes a type of values one that an element can require; the given value stands in where it is missing.
macro_rules! required {
    ($($type:ty = $missing:expr,)+) => { $(
        impl crate::value::Slot for $type {
            const REQUIRED: bool = true;

            fn absent() -> Self {
                $missing
            }

            fn is_absent(&self) -> bool {
                false
            }

            fn write(&self, start: &mut String) {
                crate::value::Value::write(self, start);
            }

            fn read(text: &str) -> Result<Self, Self> {
                crate::value::Value::parse(text).ok_or($missing)
            }
        }
    )+ };
}

pub(crate) use required;

required! {
    String = Self::new(),
}

impl Value for String {
    fn write(&self, start: &mut String) {
        start.push_str(&Attribute::from(("", carried(self))).value);
    }

    fn parse(text: &str) -> Option<Self> {
        Some(text.into())
    }
}

impl Value for bool {
    fn write(&self, start: &mut String) {
        start.push_str(if *self { "true" } else { "false" });
    }

    fn parse(text: &str) -> Option<Self> {
        match text {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }
}

macro_rules! numbers {
    ($($number:ident)+) => { $(
        /// A whole number; one too large for the type is the largest of the type.
        impl Value for $number {
            fn write(&self, start: &mut String) {
                write!(start, "{self}").expect(IN_MEMORY);
            }

            fn parse(text: &str) -> Option<Self> {
                let digits = text.trim();
                let whole = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
                whole.then(|| digits.parse().unwrap_or(Self::MAX))
            }
        }
    )+ };
}

numbers!(u8 u16 u32);
