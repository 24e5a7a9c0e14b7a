//! Definition of an element: one list of attributes makes the struct, its builder methods and its start tag.

/// Defines an element's struct.
///
/// The fields of `holding` (the content) come first; each attribute names its field, type and spelling.
/// Behind an attribute may stand in brackets the code of its bad values (12200 otherwise) and a [`rule`](crate::rule)
/// for its text. Attributes are written in the order of the list. `Option` and `Vec` attributes get a builder method of the
/// field's name; any other type is a required attribute, set by the element's constructor.
macro_rules! element {
    (
        $(#[$meta:meta])*
        pub struct $type:ident named $name:literal {
            $( $(#[$doc:meta])* pub $field:ident: $outer:ident $(<$inner:ident>)? = $attribute:literal
                $([ $code:literal $(: $rule:expr)? ])?, )*
        }
        $( holding {
            $( $(#[$held_doc:meta])* pub $held:ident: $held_type:ty, )*
        } )?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $type {
            $( $( $(#[$held_doc])* pub $held: $held_type, )* )?
            $( #[doc = concat!("`", $attribute, "`:")] $(#[$doc])* pub $field: $outer $(<$inner>)?, )*
        }

        impl $type {
            $( $crate::element::builder! { $field $attribute $outer $($inner)? } )*

            /// Its name in a document.
            pub(crate) const NAME: &'static str = $name;

            /// Reads the attributes; the content is left empty.
            pub(crate) fn begin(
                element: $crate::read::tree::Element<'_>,
                notes: &mut $crate::read::notes::Notes<'_>,
            ) -> Self {
                let mut this = Self {
                    $( $( $held: Default::default(), )* )?
                    $( $field: $crate::value::Slot::absent(), )*
                };
                this.fill(element, notes);
                this
            }

            fn fill(
                &mut self,
                element: $crate::read::tree::Element<'_>,
                notes: &mut $crate::read::notes::Notes<'_>,
            ) {
                for attribute in element.attributes() {
                    match attribute.name {
                        $( $attribute => {
                            self.$field = $crate::element::value!(
                                notes element attribute $( $code $(, $rule)? )?
                            );
                        } )*
                        _ => notes.unknown(element, attribute),
                    }
                }
                $( if <$outer $(<$inner>)? as $crate::value::Slot>::REQUIRED
                    && element.attribute($attribute).is_none()
                {
                    notes.missing(element, $attribute);
                } )*
            }

            pub(crate) fn tag<'xml>(
                &self,
                xml: &'xml mut $crate::write::Xml,
            ) -> $crate::write::Tag<'xml> {
                xml.open($name) $( .attribute($attribute, &self.$field) )*
            }
        }
    };
}

/// The value of one attribute: what its type makes of the text, if the rule says yes to it.
macro_rules! value {
    ($notes:ident $element:ident $attribute:ident) => {
        $crate::element::value!($notes $element $attribute 12200)
    };
    ($notes:ident $element:ident $attribute:ident $code:literal) => {
        $crate::element::value!($notes $element $attribute $code, $crate::rule::anything)
    };
    ($notes:ident $element:ident $attribute:ident $code:literal, $rule:expr) => {
        $notes.value($element, $attribute, const { $crate::code::Code::of($code) }, $rule)
    };
}

/// The builder method of one attribute.
macro_rules! builder {
    ($field:ident $attribute:literal Option String) => {
        #[doc = concat!("Sets `", $attribute, "`.")]
        #[must_use]
        pub fn $field(mut self, value: impl Into<String>) -> Self {
            self.$field = Some(value.into());
            self
        }
    };
    ($field:ident $attribute:literal Option $value:ident) => {
        #[doc = concat!("Sets `", $attribute, "`.")]
        #[must_use]
        pub fn $field(mut self, value: $value) -> Self {
            self.$field = Some(value);
            self
        }
    };
    ($field:ident $attribute:literal Vec $value:ident) => {
        #[doc = concat!("Sets the list `", $attribute, "`.")]
        #[must_use]
        pub fn $field(mut self, values: impl IntoIterator<Item = $value>) -> Self {
            self.$field = values.into_iter().collect();
            self
        }
    };
    ($field:ident $attribute:literal $required:ident) => {};
}

pub(crate) use {builder, element, value};
