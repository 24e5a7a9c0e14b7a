//! The number of ours that whoever is rung sees.

use exchange::{LineId, PhoneNumber, Plan};
use twilio::Party;

/// A line's own number; where it has none, the one that was dialled to come to it, or a name.
pub(super) fn shown(plan: &Plan, line: &LineId, dialled: Option<&PhoneNumber>) -> Party {
    let own = plan.line(line).and_then(|line| line.number.as_ref());
    match own.or(dialled) {
        Some(number) => Party::parse(number.as_str()),
        None => Party::Client("switchboard".to_owned()),
    }
}
