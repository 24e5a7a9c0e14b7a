//! What those who are in a call see of its parties and of a transfer.

use desk::{HandedView, PartyIs, PartyView, PastTransferView, Tone, TransferPart, TransferView};
use exchange::{
    Call, Offer, Party, Purpose, Side, Support, Target, Transfer, TransferEnd, TransferKind,
    TransferStep, UserName, Whose,
};

/// The transfer that is under way, as somebody in the call sees it.
pub(super) fn transfer(
    support: &Support,
    user: &UserName,
    name_of: &dyn Fn(&UserName) -> String,
) -> Option<TransferView> {
    let transfer = support.transfer.as_ref()?;
    let to = match &transfer.target {
        Target::Agent { user, .. } => name_of(user),
        Target::Queue { .. } | Target::Number { .. } => transfer.target.name(),
    };
    let swap_to = match &transfer.step {
        TransferStep::Briefing {
            with: Side::Target, ..
        } => Some("the caller".to_owned()),
        TransferStep::Briefing {
            with: Side::Caller, ..
        } => Some(to.clone()),
        TransferStep::Preparing { .. }
        | TransferStep::Seeking { .. }
        | TransferStep::Ringing { .. }
        | TransferStep::ThreeWay { .. } => None,
    };
    Some(TransferView {
        mine: part(support, transfer, user),
        kind: transfer.kind.word().to_owned(),
        step: transfer.step.word().to_owned(),
        text: sentence(&transfer.words()),
        by: name_of(&transfer.by),
        to,
        note: transfer.note.clone(),
        since_ms: transfer.began.0,
        acts: support.transfer_acts(user),
        swap_to,
    })
}

fn part(support: &Support, transfer: &Transfer, user: &UserName) -> TransferPart {
    if transfer.by == *user {
        return TransferPart::By;
    }
    let leg = transfer.step.leg();
    let is_target = support
        .seats
        .iter()
        .any(|seat| Some(&seat.leg) == leg && seat.agent == *user && seat.number.is_none());
    if is_target || transfer.target.is_agent(user) {
        TransferPart::To
    } else {
        TransferPart::Beside
    }
}

/// The last transfer that somebody began and that left them with the caller.
pub(super) fn failed(support: &Support, user: &UserName) -> Option<PastTransferView> {
    let last = support.past_transfers.last()?;
    let tone = match last.end {
        TransferEnd::NotReached | TransferEnd::NotPossible | TransferEnd::TargetLeft => Tone::Bad,
        TransferEnd::Cancelled => Tone::Quiet,
        TransferEnd::HandedOver | TransferEnd::CallerLeft | TransferEnd::Overtaken => return None,
    };
    (last.by == *user && support.transfer.is_none()).then(|| PastTransferView {
        text: last.words.clone(),
        tone,
        at_ms: last.ended.0,
    })
}

/// From whom an agent has, or is to have, the caller.
pub(super) fn handed(offer: &Offer) -> Option<HandedView> {
    let Purpose::Transfer {
        by_name,
        kind,
        note,
        ..
    } = &offer.purpose
    else {
        return None;
    };
    let how = match kind {
        TransferKind::Warm => "hands the caller over: you join both at once",
        TransferKind::Consult => "hands the caller over, and speaks with you first",
        TransferKind::Cold => "handed the caller over, and has left the call",
    };
    Some(HandedView {
        by: by_name.clone(),
        kind: kind.word().to_owned(),
        text: format!("{by_name} {how}."),
        note: note.clone(),
    })
}

/// Who is in a call, the caller first.
pub(super) fn parties(
    call: &Call,
    support: &Support,
    user: &UserName,
    name_of: &dyn Fn(&UserName) -> String,
) -> Vec<PartyView> {
    let parties = support.parties(&call.sid).into_iter();
    let view = |party: Party| {
        let (who, label) = match &party.whose {
            Whose::Caller => (PartyIs::Caller, super::mine::caller(call).label),
            Whose::Agent(agent) if agent == user => (PartyIs::Me, name_of(agent)),
            Whose::Agent(agent) => (PartyIs::Agent, name_of(agent)),
            Whose::Telephone(number) => (PartyIs::Telephone, number.formatted()),
        };
        PartyView {
            leg: party.leg.to_string(),
            who,
            label,
            hold: party.hold.into(),
            muted: party.mute.is_meant_on(),
            acts: support.party_acts(user, &party),
        }
    };
    parties.map(view).collect()
}

/// A clause as a sentence.
fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}
