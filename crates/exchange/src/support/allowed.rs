//! What is true now of a call with several parties, for whoever is in it: who is there, and what makes sense to do.

use serde::{Deserialize, Serialize};

use super::{Offer, Purpose, Refusal, Seat, Stage, Support, Switch, Target, TransferStep};
use crate::{CallSid, PhoneNumber, UserName};

/// One leg of a call with an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The leg.
    pub leg: CallSid,
    /// Whose it is.
    pub whose: Whose,
    /// Whether it is on hold.
    pub hold: Switch,
    /// Whether it is muted.
    pub mute: Switch,
}

/// Whose leg a party is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The caller's.
    Caller,
    /// An agent's.
    Agent(UserName),
    /// A telephone's.
    Telephone(PhoneNumber),
}

/// What may be done to a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferAct {
    /// [`super::Command::CancelTransfer`]
    Cancel,
    /// [`super::Command::Swap`]
    Swap,
    /// [`super::Command::JoinAll`]
    JoinAll,
    /// [`super::Command::Complete`]
    Complete,
}

/// What may be done to one party of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyAct {
    /// [`super::Command::HoldParty`]
    Hold,
    /// [`super::Command::MuteParty`]
    Mute,
    /// [`super::Command::Drop`]
    Drop,
}

impl Support {
    /// The caller and whoever is in the call with them, in the order in which they came.
    #[must_use]
    pub fn parties(&self, caller: &CallSid) -> Vec<Party> {
        let staying = self.staying().map(|seat| Party {
            leg: seat.leg.clone(),
            whose: match &seat.number {
                Some(number) => Whose::Telephone(number.clone()),
                None => Whose::Agent(seat.agent.clone()),
            },
            hold: seat.hold,
            mute: seat.mute,
        });
        let caller = Party {
            leg: caller.clone(),
            whose: Whose::Caller,
            hold: self.room.hold,
            mute: self.room.mute,
        };
        [caller].into_iter().chain(staying).collect()
    }

    /// Whether somebody has the caller and nobody else is in the call or about to be: they may hand over.
    #[must_use]
    pub fn may_hand_over(&self, by: &UserName) -> bool {
        self.talks(by) && self.transfer.is_none() && self.staying().count() == 1
    }

    /// What changes something about the transfer when somebody does it now, in the order of buttons.
    #[must_use]
    pub fn transfer_acts(&self, by: &UserName) -> Vec<TransferAct> {
        let Some(transfer) = &self.transfer else {
            return Vec::new();
        };
        let mut acts = Vec::new();
        if self.talks(by) {
            match &transfer.step {
                TransferStep::Briefing { .. } => {
                    acts.extend([
                        TransferAct::Swap,
                        TransferAct::JoinAll,
                        TransferAct::Complete,
                    ]);
                }
                TransferStep::ThreeWay { .. } => acts.push(TransferAct::Complete),
                TransferStep::Preparing { .. }
                | TransferStep::Seeking { .. }
                | TransferStep::Ringing { .. } => {}
            }
        }
        if transfer.by == *by && self.keeps(by) {
            acts.push(TransferAct::Cancel);
        }
        acts
    }

    /// What changes something about one party when somebody does it now. What concerns their own leg is done at their
    /// telephone.
    #[must_use]
    pub fn party_acts(&self, by: &UserName, party: &Party) -> Vec<PartyAct> {
        let is_own = party.whose == Whose::Agent(by.clone());
        if !self.talks(by) || is_own {
            return Vec::new();
        }
        let mut acts = Vec::new();
        if !self.is_consulted() {
            acts.push(PartyAct::Hold);
        }
        acts.push(PartyAct::Mute);
        if party.whose != Whose::Caller {
            acts.push(PartyAct::Drop);
        }
        acts
    }

    /// By what somebody who is rung, or in the call, was handed the caller; nothing where nobody did that.
    #[must_use]
    pub fn handed_to(&self, user: &UserName) -> Option<&Offer> {
        let seats = self.seats.iter().rev();
        let theirs = |seat: &&Seat| seat.agent == *user && seat.number.is_none();
        let offer = seats.into_iter().find(theirs)?.offer?;
        let made = self.offer(offer)?;
        match made.purpose {
            Purpose::Transfer { .. } => Some(made),
            Purpose::Queue => None,
        }
    }

    /// Whether who hears whom is the transfer's matter: in a consult, until all are joined.
    pub(super) fn is_consulted(&self) -> bool {
        let Some(transfer) = &self.transfer else {
            return false;
        };
        match transfer.step {
            TransferStep::Preparing { .. }
            | TransferStep::Seeking { .. }
            | TransferStep::Ringing { .. } => transfer.kind == super::TransferKind::Consult,
            TransferStep::Briefing { .. } => true,
            TransferStep::ThreeWay { .. } => false,
        }
    }

    /// Whether the caller is somebody's when the transfer comes to nothing: they talk, or are rung first.
    pub(super) fn keeps(&self, user: &UserName) -> bool {
        match &self.stage {
            Stage::Talking { agent, .. } => agent == user,
            Stage::Waiting(waiting) => waiting.first.as_ref() == Some(user),
            Stage::Offered { offer } => self
                .offer(*offer)
                .is_some_and(|offer| offer.again && offer.agent == *user),
            Stage::Arrived
            | Stage::Outside { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => false,
        }
    }

    /// How many legs beside the caller's there are or are about to be.
    pub(super) fn other_legs(&self) -> usize {
        let seated = self.seats.iter().filter(|seat| seat.gone.is_none()).count();
        let is_open = |number: u32| {
            let offer = self.offer(number);
            offer.is_some_and(|offer| offer.outcome.is_none())
        };
        let own = match self.stage {
            Stage::Offered { offer } => Some(offer),
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
        let target = self
            .transfer
            .as_ref()
            .and_then(|transfer| transfer.step.offer())
            .filter(|target| own != Some(*target));
        let open = [own, target].into_iter().flatten();
        seated + self.watching().count() + open.filter(|number| is_open(*number)).count()
    }

    fn talks(&self, user: &UserName) -> bool {
        matches!(&self.stage, Stage::Talking { agent, .. } if agent == user)
    }

    fn staying(&self) -> impl Iterator<Item = &Seat> {
        let seats = self.seats.iter();
        seats.filter(|seat| seat.gone.is_none() && seat.leaving.is_none())
    }
}

impl Target {
    /// Whether it is this agent.
    #[must_use]
    pub fn is_agent(&self, other: &UserName) -> bool {
        match self {
            Self::Agent { user, .. } => user == other,
            Self::Queue { .. } | Self::Number { .. } => false,
        }
    }
}

impl Refusal {
    /// Whether it is the target of a hand-over that cannot be.
    #[must_use]
    pub const fn is_about_target(&self) -> bool {
        matches!(
            self,
            Self::ToYourself | Self::ToThisCall(_) | Self::NotDialled(_)
        )
    }
}
