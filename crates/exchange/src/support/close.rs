//! The end of a support call, however it came: nobody is left ringing, and no agent is left in it.

use super::case::settings;
use super::{OfferOutcome, Stage, TransferEnd, Waiting};
use crate::{AgentEvent, Effect, LegOf, Plan, Progress, Step, SupportLine, UserName};

/// Adds to a step with which a call has ended what that means for agents and their legs.
pub(crate) fn close(step: &mut Step, plan: &Plan) {
    let settings = plan.line(&step.call.line).map(settings);
    let sid = step.call.sid.clone();
    let Progress::Support(state) = &mut step.call.progress else {
        return;
    };
    let over = AgentEvent::CallOver {
        call: sid.clone(),
        wrap_up_s: settings
            .as_ref()
            .map_or(SupportLine::WRAP_UP_S, |settings| settings.wrap_up_s),
    };
    let mut agents: Vec<(UserName, AgentEvent)> = Vec::new();
    let ringing = match &state.stage {
        Stage::Offered { offer } => Some(*offer),
        Stage::Arrived
        | Stage::Waiting(_)
        | Stage::Talking { .. }
        | Stage::Outside { .. }
        | Stage::TurnedAway(_)
        | Stage::Asked(_)
        | Stage::Recording
        | Stage::Ending(_)
        | Stage::Survey { .. } => None,
    };
    let mut open: Vec<u32> = ringing.into_iter().collect();
    let mut unasked = None;
    if let (Some(transfer), Some(ended)) = (state.transfer.take(), &step.call.ended) {
        let words = format!(
            "The caller was gone before {} had them.",
            transfer.target.name()
        );
        open.extend(
            transfer
                .step
                .offer()
                .filter(|offer| ringing != Some(*offer)),
        );
        let step_offer = transfer.step.offer();
        unasked = step_offer.filter(|offer| transfer.step.only_prepares(*offer));
        let past = transfer.past(ended.at, TransferEnd::CallerLeft, &words);
        state.past_transfers.push(past);
        step.lines.push(words);
    }
    for number in open {
        let place = usize::try_from(number).unwrap_or(usize::MAX);
        let offers = &mut state.offers;
        if let Some(offer) = offers.get_mut(place.saturating_sub(1)) {
            offer.outcome = Some(OfferOutcome::Withdrawn);
            let event = if offer.again {
                over.clone()
            } else {
                AgentEvent::Withdrawn {
                    call: sid.clone(),
                    offer: number,
                }
            };
            if unasked != Some(number) {
                step.lines
                    .push(format!("The call stopped ringing at {}.", offer.name));
                step.effects.push(Effect::EndLeg {
                    leg: LegOf::Offer(number),
                });
            }
            if offer.number.is_none() {
                agents.push((offer.agent.clone(), event));
            }
        }
    }
    match &state.stage {
        Stage::Talking { agent, .. } => agents.push((agent.clone(), over.clone())),
        Stage::Waiting(Waiting {
            first: Some(first), ..
        }) => agents.push((first.clone(), over.clone())),
        Stage::Arrived
        | Stage::Waiting(_)
        | Stage::Offered { .. }
        | Stage::Outside { .. }
        | Stage::TurnedAway(_)
        | Stage::Asked(_)
        | Stage::Recording
        | Stage::Ending(_)
        | Stage::Survey { .. } => {}
    }
    for seat in state.seats.iter_mut().filter(|seat| seat.gone.is_none()) {
        seat.gone = step.call.ended.as_ref().map(|ended| ended.at);
        step.effects.push(Effect::EndLeg { leg: seat.leg_of() });
        let is_told = agents.iter().any(|(agent, _)| *agent == seat.agent);
        let was_ended = matches!(state.stage, Stage::Ending(_) | Stage::Survey { .. });
        if !is_told && !was_ended && seat.number.is_none() {
            agents.push((seat.agent.clone(), over.clone()));
        }
    }
    state.help = None;
    let ended = step.call.ended.as_ref().map(|ended| ended.at);
    let is_watched = state.watching().next().is_some();
    for watcher in state.watchers.iter_mut().filter(|one| one.gone.is_none()) {
        watcher.gone = ended;
        step.effects.push(Effect::EndLeg {
            leg: LegOf::Leg(watcher.leg.clone()),
        });
        let call = sid.clone();
        agents.push((watcher.user.clone(), AgentEvent::PhoneIsBack { call }));
        if watcher.takes_over.take().is_some() {
            let free = AgentEvent::CallOver {
                call: sid.clone(),
                wrap_up_s: 0,
            };
            agents.push((watcher.user.clone(), free));
        }
    }
    // Of several, one whose leg could not be ended would sit in the room for ever.
    if state.seats.len() > 1 || is_watched {
        step.effects.push(Effect::EndRoom);
    }
    step.agents.extend(agents);
}
