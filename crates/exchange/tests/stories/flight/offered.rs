//! Whether the buttons tell the truth: what is offered is not refused, and what is not offered changes nothing.

use exchange::{
    Command, Event, PartyAct, SupportEvent, Target, TransferAct, TransferKind, UserName, Whose,
};

use super::Flight;
use crate::support::number;
use crate::transfer::hand_over;

/// What comes of a click.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Click {
    Refused,
    ChangesNothing,
    ChangesSomething,
}

impl Flight {
    /// Every button of everybody, against the rules behind it.
    pub(super) fn buttons_are_true(&self) -> Result<(), String> {
        if self.call.ended.is_some() {
            return Ok(());
        }
        for by in self.agents.keys() {
            for (command, is_offered) in self.buttons_of(by) {
                let click = self.click(by, &command);
                let is_true = match click {
                    Click::Refused => !is_offered,
                    Click::ChangesNothing => true,
                    Click::ChangesSomething => is_offered,
                };
                if !is_true {
                    return Err(format!(
                        "{by}: {command:?}, offered {is_offered}: {click:?}, {:#?}",
                        self.support()
                    ));
                }
            }
        }
        Ok(())
    }

    /// Each button that there is, and whether somebody is offered it. What concerns one's own leg is done at the
    /// telephone.
    fn buttons_of(&self, by: &UserName) -> Vec<(Command, bool)> {
        let state = self.support();
        let acts = state.transfer_acts(by);
        let mut buttons: Vec<(Command, bool)> = [
            (Command::CancelTransfer, TransferAct::Cancel),
            (Command::Swap, TransferAct::Swap),
            (Command::JoinAll, TransferAct::JoinAll),
            (Command::Complete, TransferAct::Complete),
        ]
        .into_iter()
        .map(|(command, act)| (command, acts.contains(&act)))
        .collect();
        let number = number("+12025550188");
        let somebody = hand_over(Target::Number { number }, TransferKind::Warm);
        buttons.push((somebody, state.may_hand_over(by)));
        for party in state.parties(&self.sid()) {
            if party.whose == Whose::Agent(by.clone()) {
                continue;
            }
            let acts = state.party_acts(by, &party);
            let leg = party.leg;
            let hold = Command::HoldParty {
                leg: leg.clone(),
                on: !party.hold.is_meant_on(),
            };
            let mute = Command::MuteParty {
                leg: leg.clone(),
                on: !party.mute.is_meant_on(),
            };
            buttons.extend([
                (hold, acts.contains(&PartyAct::Hold)),
                (mute, acts.contains(&PartyAct::Mute)),
                (Command::Drop { leg }, acts.contains(&PartyAct::Drop)),
            ]);
        }
        buttons
    }

    fn click(&self, by: &UserName, what: &Command) -> Click {
        let event = Event::Support(SupportEvent::Command {
            by: by.clone(),
            what: what.clone(),
        });
        let step = self.call.on(event, false, self.now, &self.plan);
        if step.refusal.is_some() {
            Click::Refused
        } else if step.call == self.call && step.effects.is_empty() && step.agents.is_empty() {
            Click::ChangesNothing
        } else {
            Click::ChangesSomething
        }
    }
}
