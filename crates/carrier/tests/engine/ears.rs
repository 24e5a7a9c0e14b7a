//! What holds of the sound plan at every moment, whatever happened before.

use std::collections::BTreeSet;

use carrier::engine::{LegRole, LegState, RecordingFilter, SoundPlan, Sounding};
use proptest::prelude::*;
use twilio::CallSid;

use super::support::World;

/// The plan that was seen last, with its number.
#[derive(Default)]
pub(crate) struct Seen {
    revision: u64,
    plan: SoundPlan,
}

/// Looks at the plan: it fits the calls and recordings there are, and is another only when its number is.
pub(crate) fn check_plan(world: &World, seen: &mut Seen) -> Result<(), TestCaseError> {
    let (revision, plan) = (world.engine.sound_revision(), world.engine.sound_plan());
    prop_assert!(revision >= seen.revision);
    if revision == seen.revision {
        prop_assert_eq!(&plan, &seen.plan);
    }

    let people = world.engine.legs().into_iter();
    let with_ears = people.filter(|leg| match (leg.state, leg.role) {
        (LegState::Talking, _) | (LegState::Ringing, LegRole::Caller) => true,
        (LegState::Ringing, LegRole::Callee) | (LegState::Over, _) => false,
    });
    let with_ears: BTreeSet<CallSid> = with_ears.map(|leg| leg.sid).collect();
    let ears: BTreeSet<CallSid> = plan.ears.keys().cloned().collect();
    prop_assert_eq!(ears, with_ears);

    let tapes = plan.tapes.values().flat_map(|tape| &tape.channels);
    for sound in plan.ears.values().chain(tapes).flatten() {
        if let Sounding::Voice(leg) = sound {
            prop_assert!(
                plan.ears.contains_key(leg),
                "{leg} speaks and hears nothing"
            );
            prop_assert_eq!(world.status(leg), "in-progress");
        }
    }

    for tape in world.engine.recordings(&RecordingFilter::default()) {
        let channels = plan.tapes.get(&tape.sid).map(|plan| plan.channels.len());
        match tape.status.as_str() {
            "in-progress" => prop_assert_eq!(channels, Some(usize::from(tape.channels))),
            "paused" => {}
            _ => prop_assert_eq!(channels, None, "{:?}", tape),
        }
    }
    *seen = Seen { revision, plan };
    Ok(())
}
