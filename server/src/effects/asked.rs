//! What the carrier was asked for, in the journal's words for what set an entry off.

use exchange::Effect;

/// An effect as something that was asked of the carrier.
pub(super) const fn asked(effect: &Effect) -> &'static str {
    match effect {
        Effect::AskCarrier { .. } => "The carrier was asked how the call stands",
        Effect::RingAgent { .. } => "The carrier was asked to ring an agent",
        Effect::RingNumber { .. } => "The carrier was asked to ring a number",
        Effect::EndLeg { .. } => "The carrier was asked to end a leg",
        Effect::EndRoom => "The carrier was asked to end the room",
        Effect::SetEndsRoom { on: true, .. } => {
            "The carrier was asked to end the room with an agent's leaving"
        }
        Effect::SetEndsRoom { on: false, .. } => {
            "The carrier was asked to let the room outlast an agent's leaving"
        }
        Effect::Hold { on: true, .. } => "The carrier was asked to hold a leg",
        Effect::Hold { on: false, .. } => "The carrier was asked to take a leg off hold",
        Effect::Mute { on: true, .. } => "The carrier was asked to mute a leg",
        Effect::Mute { on: false, .. } => "The carrier was asked to let a muted leg be heard",
        Effect::SetHeard { .. } => "The carrier was asked to set who hears a leg",
        Effect::SendAway { .. } => "The carrier was asked to lead an agent's leg out of the room",
        Effect::RedirectCaller { .. } => "The carrier was asked to lead the caller on",
        Effect::InRoom { .. } => "The carrier was asked for something in a room",
        Effect::Tick { .. } => "A timer",
        Effect::Sweep { .. } => "A sweep",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use exchange::CallSid;

    use super::*;

    #[test]
    fn what_was_asked_is_named_and_the_one_is_not_taken_for_the_other() {
        let leg = || CallSid::parse(&format!("CA{:032x}", 1)).unwrap();
        let effects = [
            Effect::EndRoom,
            Effect::SetEndsRoom {
                leg: leg(),
                on: true,
            },
            Effect::SetEndsRoom {
                leg: leg(),
                on: false,
            },
            Effect::Hold {
                leg: leg(),
                on: true,
            },
            Effect::Hold {
                leg: leg(),
                on: false,
            },
            Effect::Mute {
                leg: leg(),
                on: true,
            },
            Effect::Mute {
                leg: leg(),
                on: false,
            },
            Effect::RedirectCaller { round: 1 },
        ];

        let names: BTreeSet<&str> = effects.iter().map(asked).collect();

        assert_eq!(names.len(), effects.len(), "{names:?}");
        assert!(names.contains("The carrier was asked to hold a leg"));
    }
}
