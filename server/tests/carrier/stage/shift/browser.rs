//! What a leg to an agent's browser tells, and how it goes.

use carrier::engine::Noted;
use carrier::face::Carrier;
use exchange::CallSid;

/// A browser goes with the leg that it has.
pub(super) fn falls_silent(carrier: &Carrier, leg: &twilio::CallSid) {
    if carrier.with(|engine| engine.unreachable(leg)).is_err() {
        let _ = carrier.hang_up(leg);
    }
}

/// What a browser is told of a call that rings: which, which offer of it, and whether it joins by itself.
pub(super) fn told(carrier: &Carrier, leg: &twilio::CallSid) -> Option<(CallSid, u32, bool)> {
    let told = carrier.with(|engine| engine.told(leg).to_vec());
    let find = |name: &str| {
        let found = told.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    };
    let call = CallSid::parse(find("call")?).ok()?;
    let offer = find("offer")?.parse().ok()?;
    Some((call, offer, find("again") == Some("true")))
}

/// Whose call an agent's leg was made for, and which offer of it, as its callbacks' address has it.
pub(crate) fn made_for(log: &[carrier::engine::LogEntry]) -> Option<(String, u32)> {
    log.iter().find_map(|entry| {
        let Noted::Callback { url, .. } = &entry.what else {
            return None;
        };
        let (_, rest) = url.split_once("leg-status?call=")?;
        let (call, rest) = rest.split_once("&offer=")?;
        let offer = rest.split(['#', '&']).next()?;
        Some((call.to_owned(), offer.parse().ok()?))
    })
}
