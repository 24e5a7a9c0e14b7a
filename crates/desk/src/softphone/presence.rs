//! What a console tells of its telephone: whether a call can ring there.

use super::{Line, SetUp, Softphone};

/// What a console tells of its telephone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reachable {
    /// Whether the carrier rings here.
    pub registered: bool,
    /// Whether there is a microphone that the page may use.
    pub microphone: bool,
}

impl Softphone {
    /// Whether a call can ring here. Devices that are chosen anew meanwhile keep nobody from being rung.
    #[must_use]
    pub fn reachable(&self) -> Reachable {
        let has_microphone = matches!(self.set_up, SetUp::Ready { .. }) && self.is_deaf.is_none();
        Reachable {
            registered: self.line == Line::Registered,
            microphone: has_microphone,
        }
    }
}

impl Reachable {
    /// The same as a query: `registered=1&microphone=1`.
    #[must_use]
    pub fn query(self) -> String {
        let (registered, microphone) = (u8::from(self.registered), u8::from(self.microphone));
        format!("registered={registered}&microphone={microphone}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::softphone::MicrophoneFault;

    #[test]
    fn a_phone_can_be_rung_once_it_is_set_up_and_registered_and_can_hear() {
        let asleep = Softphone::default();
        let ready = Softphone {
            set_up: SetUp::Ready { choosing: true },
            line: Line::Registered,
            ..Softphone::default()
        };
        let registering = Softphone {
            line: Line::Registering,
            ..ready.clone()
        };
        let deaf = Softphone {
            is_deaf: Some(MicrophoneFault::None),
            ..ready.clone()
        };

        for (phone, query) in [
            (asleep, "registered=0&microphone=0"),
            (ready, "registered=1&microphone=1"),
            (registering, "registered=0&microphone=1"),
            (deaf, "registered=1&microphone=0"),
        ] {
            assert_eq!(phone.reachable().query(), query);
        }
    }
}
