//! A transfer whose first agent has left before anybody answered: the caller waits for the target with music.

use super::case::Case;
use super::{Priority, Purpose, Seat, Stage, Target, TransferKind, TransferStep, Waiting};
use crate::UserName;

impl Case<'_> {
    /// The first agent leaves before anybody has answered: the caller hears music until somebody
    /// does, and comes before everybody else when nobody does.
    pub(super) fn leave_cold(&mut self, by: &UserName) {
        let (now, name) = (self.now(), self.name_of(by));
        let Some(target) = self.state.transfer.as_ref().map(|one| one.target.name()) else {
            return;
        };
        self.turn.note(format!(
            "{name} left; the caller hears music until {target} answers."
        ));
        let left: Vec<Seat> = self.live_seats().cloned().collect();
        for seat in &mut self.state.seats {
            seat.gone.get_or_insert(now);
        }
        for seat in left {
            self.end_leg(seat.leg_of());
        }
        let over = self.call_over();
        self.turn.agent(by, over);
        self.begin_wait(None);
        self.go_cold();
        self.move_caller();
    }

    /// The transfer goes on without the first agent.
    pub(super) fn go_cold(&mut self) {
        let Some(transfer) = &mut self.state.transfer else {
            return;
        };
        transfer.kind = TransferKind::Cold;
        self.state.priority = Priority::Front;
        if let Target::Queue { team } = &transfer.target {
            self.state.team = Some(team.clone());
        }
        self.ring_target();
        let Some(transfer) = self.state.transfer.clone() else {
            return;
        };
        self.state.stage = match transfer.step {
            TransferStep::Ringing { offer } => Stage::Offered { offer },
            TransferStep::Seeking { not_before } => Stage::Waiting(Waiting {
                first: None,
                not_before,
            }),
            TransferStep::Preparing { .. }
            | TransferStep::Briefing { .. }
            | TransferStep::ThreeWay { .. } => return,
        };
        if let Some(offer) = transfer
            .step
            .offer()
            .and_then(|number| self.offer_mut(number))
            && let Purpose::Transfer { kind, .. } = &mut offer.purpose
        {
            *kind = TransferKind::Cold;
        }
    }
}
