//! The parameters of a request: what was set, by the names of the wire, and builders that set it.

use std::fmt;

use crate::form::Form;
use crate::party::{E164, Party};
use crate::sid::{ApplicationSid, ByocSid, CallSid, ConferenceSid, TrunkSid};
use crate::status::CallStatus;

/// Parameters whose values are not shown.
const SECRET: [&str; 2] = ["SipAuthPassword", "CallToken"];

#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Parameters(Vec<(&'static str, String)>);

/// What a parameter can be made of.
pub(super) trait Parameter {
    /// Hands out the values; a list has several under one name (reference E.1).
    fn each(&self, value: &mut dyn FnMut(String));
}

impl Parameters {
    /// Sets a parameter, or sets it anew.
    pub(super) fn set(&mut self, name: &'static str, value: &(impl Parameter + ?Sized)) {
        self.0.retain(|(set, _)| *set != name);
        value.each(&mut |text| self.0.push((name, text)));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn write(&self) -> String {
        self.0
            .iter()
            .map(|(name, value)| (*name, value))
            .collect::<Form>()
            .write()
    }
}

impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.iter().map(|(name, value)| {
            let value = if SECRET.contains(name) {
                "[hidden]"
            } else {
                value
            };
            (name, value)
        });
        f.debug_map().entries(shown).finish()
    }
}

macro_rules! written_as {
    ($($kind:ty => |$value:ident| $text:expr;)+) => {
        $(impl Parameter for $kind {
            fn each(&self, value: &mut dyn FnMut(String)) {
                let $value = self;
                value($text);
            }
        })+
    };
}

pub(super) use written_as;

written_as! {
    str => |text| text.to_owned();
    String => |text| text.clone();
    bool => |yes| yes.to_string();
    u8 => |number| number.to_string();
    u16 => |number| number.to_string();
    u32 => |number| number.to_string();
    Party => |party| party.to_string();
    E164 => |number| number.to_string();
    CallStatus => |status| status.to_string();
    CallSid => |sid| sid.to_string();
    ConferenceSid => |sid| sid.to_string();
    ApplicationSid => |sid| sid.to_string();
    ByocSid => |sid| sid.to_string();
    TrunkSid => |sid| sid.to_string();
}

impl<P: Parameter + ?Sized> Parameter for &P {
    fn each(&self, value: &mut dyn FnMut(String)) {
        (**self).each(value);
    }
}

impl<P: Parameter> Parameter for [P] {
    fn each(&self, value: &mut dyn FnMut(String)) {
        for part in self {
            part.each(value);
        }
    }
}

/// Defines a request by the methods that set its parameters, each with the type that it takes and the name on the wire;
/// `as` names a function that the value goes through. With `optional` in front the request can be made empty.
macro_rules! parameters {
    (optional $(#[$outer:meta])* pub struct $name:ident { $($body:tt)* }) => {
        $crate::rest::parameters::parameters! { $(#[$outer])* pub struct $name { $($body)* } }

        impl $name {
            /// With nothing set.
            #[must_use]
            pub fn new() -> Self {
                Self($crate::rest::parameters::Parameters::default())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (
        $(#[$outer:meta])*
        pub struct $name:ident {
            $($(#[$inner:meta])* $method:ident: $kind:ty $(as $through:path)? => $wire:literal,)*
        }
    ) => {
        $(#[$outer])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(pub(in $crate::rest) $crate::rest::parameters::Parameters);

        impl $name {
            $(
                $(#[$inner])*
                #[must_use]
                pub fn $method(mut self, value: $kind) -> Self {
                    $(let value = $through(value);)?
                    self.0.set($wire, &value);
                    self
                }
            )*
        }
    };
}

pub(super) use parameters;
