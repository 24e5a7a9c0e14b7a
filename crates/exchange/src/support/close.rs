//! The end of a support call, however it came: nobody is left ringing, and no agent is left in it.

use super::case::settings;
use super::{OfferOutcome, Stage, Waiting};
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
    match &state.stage {
        Stage::Offered { offer } => {
            let number = *offer;
            let place = usize::try_from(number).unwrap_or(usize::MAX);
            if let Some(offer) = state.offers.get_mut(place.saturating_sub(1)) {
                offer.outcome = Some(OfferOutcome::Withdrawn);
                let event = if offer.again {
                    over.clone()
                } else {
                    AgentEvent::Withdrawn {
                        call: sid,
                        offer: number,
                    }
                };
                step.lines
                    .push(format!("The call stopped ringing at {}.", offer.name));
                agents.push((offer.agent.clone(), event));
                step.effects.push(Effect::EndLeg {
                    leg: LegOf::Offer(number),
                });
            }
        }
        Stage::Talking { agent, .. } => agents.push((agent.clone(), over.clone())),
        Stage::Waiting(Waiting {
            first: Some(first), ..
        }) => agents.push((first.clone(), over.clone())),
        Stage::Arrived
        | Stage::Waiting(_)
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
        if !is_told && !was_ended {
            agents.push((seat.agent.clone(), over.clone()));
        }
    }
    step.agents.extend(agents);
}
