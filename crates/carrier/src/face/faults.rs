//! What may go wrong on purpose: so many times on demand, or at random from a seed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::chance::Chance;
use crate::engine::{Habit, PhoneFaults};

/// Something that goes wrong on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// A callback is delivered [`FaultPlan::late_ms`] later.
    LateCallback,
    /// A callback is delivered twice, with one idempotency token.
    DoubledCallback,
    /// A callback is never delivered.
    LostCallback,
    /// A callback is delivered behind the next one of its call, or [`FaultPlan::late_ms`] later if none comes.
    ReorderedCallback,
    /// The next telephone outside that rings is busy.
    Busy,
    /// The next telephone outside that rings is not answered.
    NoAnswer,
    /// The next telephone outside that rings cannot be reached.
    Failed,
    /// REST answers 429 (20429) and does nothing.
    TooManyRequests,
    /// REST answers 500 (20500) and does nothing.
    ServerError,
    /// REST does what it was asked for and answers 500 (20500).
    LostAnswer,
    /// REST does what it was asked for and ends the connection without an answer.
    DroppedConnection,
    /// REST answers [`FaultPlan::slow_ms`] later.
    SlowAnswer,
    /// REST takes the credentials for wrong: 401 (20003).
    Unauthorized,
    /// REST knows nothing of what is asked for: 404 (20404).
    NotFound,
    /// REST does what it was asked for; the header `Date` of its answer is ten minutes ahead.
    WrongDate,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 15] = [
        Self::LateCallback,
        Self::DoubledCallback,
        Self::LostCallback,
        Self::ReorderedCallback,
        Self::Busy,
        Self::NoAnswer,
        Self::Failed,
        Self::TooManyRequests,
        Self::ServerError,
        Self::LostAnswer,
        Self::DroppedConnection,
        Self::SlowAnswer,
        Self::Unauthorized,
        Self::NotFound,
        Self::WrongDate,
    ];

    /// Those that calls may meet while the account is in order: the others come from wrong settings, and stay.
    pub const PASSING: [Self; 12] = [
        Self::LateCallback,
        Self::DoubledCallback,
        Self::LostCallback,
        Self::ReorderedCallback,
        Self::Busy,
        Self::NoAnswer,
        Self::Failed,
        Self::TooManyRequests,
        Self::ServerError,
        Self::LostAnswer,
        Self::DroppedConnection,
        Self::SlowAnswer,
    ];

    /// The word that names it in the control API and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::LateCallback => "late_callback",
            Self::DoubledCallback => "doubled_callback",
            Self::LostCallback => "lost_callback",
            Self::ReorderedCallback => "reordered_callback",
            Self::Busy => "busy",
            Self::NoAnswer => "no_answer",
            Self::Failed => "failed",
            Self::TooManyRequests => "too_many_requests",
            Self::ServerError => "server_error",
            Self::LostAnswer => "lost_answer",
            Self::DroppedConnection => "dropped_connection",
            Self::SlowAnswer => "slow_answer",
            Self::Unauthorized => "unauthorized",
            Self::NotFound => "not_found",
            Self::WrongDate => "wrong_date",
        }
    }

    /// What a telephone outside does instead of its habit; none where the fault is no telephone's.
    pub(super) const fn of_telephone(self) -> Option<Habit> {
        match self {
            Self::Busy => Some(Habit::Busy),
            Self::NoAnswer => Some(Habit::NeverAnswers),
            Self::Failed => Some(Habit::Fails),
            Self::LateCallback
            | Self::DoubledCallback
            | Self::LostCallback
            | Self::ReorderedCallback
            | Self::TooManyRequests
            | Self::ServerError
            | Self::LostAnswer
            | Self::DroppedConnection
            | Self::SlowAnswer
            | Self::Unauthorized
            | Self::NotFound
            | Self::WrongDate => None,
        }
    }

    /// The fault of that word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.word() == word)
    }
}

/// What goes wrong at random, and how badly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FaultPlan {
    /// How many times in a thousand occasions each strikes.
    pub per_mille: BTreeMap<Fault, u16>,
    /// How late a late callback is, in milliseconds.
    pub late_ms: u32,
    /// How late a slow answer is, in milliseconds.
    pub slow_ms: u32,
}

impl Default for FaultPlan {
    fn default() -> Self {
        Self {
            per_mille: BTreeMap::new(),
            late_ms: 3_000,
            slow_ms: 2_000,
        }
    }
}

impl FaultPlan {
    /// The part of it that is the engine's.
    pub(super) fn put_on(&self, telephones: &mut PhoneFaults) {
        let per_mille = |fault| self.per_mille.get(&fault).copied().unwrap_or_default();
        telephones.busy = per_mille(Fault::Busy);
        telephones.no_answer = per_mille(Fault::NoAnswer);
        telephones.failed = per_mille(Fault::Failed);
    }
}

/// How the faults stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FaultsView {
    /// What goes wrong at random.
    pub plan: FaultPlan,
    /// How many times each will strike on demand.
    pub ordered: BTreeMap<Fault, u32>,
    /// How many times each has struck, but for those of telephones, which the logs of their legs tell.
    pub struck: BTreeMap<Fault, u64>,
}

/// Decides on every occasion whether something goes wrong.
#[derive(Debug)]
pub(super) struct Faults {
    plan: FaultPlan,
    ordered: BTreeMap<Fault, u32>,
    struck: BTreeMap<Fault, u64>,
    chance: Chance,
}

impl Faults {
    pub(super) const fn new(plan: FaultPlan, seed: u64) -> Self {
        Self {
            plan,
            ordered: BTreeMap::new(),
            struck: BTreeMap::new(),
            chance: Chance::from_seed(seed),
        }
    }

    pub(super) const fn plan(&self) -> &FaultPlan {
        &self.plan
    }

    pub(super) fn set_plan(&mut self, plan: FaultPlan) {
        self.plan = plan;
    }

    /// Lets a fault strike on its next occasions; zero takes the order back.
    pub(super) fn order(&mut self, fault: Fault, times: u32) {
        if times == 0 {
            self.ordered.remove(&fault);
        } else {
            self.ordered.insert(fault, times);
        }
    }

    pub(super) fn view(&self) -> FaultsView {
        FaultsView {
            plan: self.plan.clone(),
            ordered: self.ordered.clone(),
            struck: self.struck.clone(),
        }
    }

    /// What happens to a callback.
    pub(super) fn of_callback(&mut self) -> Option<Fault> {
        self.first_of([
            Fault::LostCallback,
            Fault::DoubledCallback,
            Fault::LateCallback,
            Fault::ReorderedCallback,
        ])
    }

    /// What happens to a REST request.
    pub(super) fn of_rest(&mut self) -> Option<Fault> {
        self.first_of([
            Fault::TooManyRequests,
            Fault::ServerError,
            Fault::LostAnswer,
            Fault::DroppedConnection,
            Fault::SlowAnswer,
            Fault::Unauthorized,
            Fault::NotFound,
            Fault::WrongDate,
        ])
    }

    fn first_of<const N: usize>(&mut self, faults: [Fault; N]) -> Option<Fault> {
        faults.into_iter().find(|fault| self.strikes(*fault))
    }

    fn strikes(&mut self, fault: Fault) -> bool {
        let is_ordered = match self.ordered.get_mut(&fault) {
            Some(times) => {
                *times -= 1;
                if *times == 0 {
                    self.ordered.remove(&fault);
                }
                true
            }
            None => false,
        };
        let per_mille = self.plan.per_mille.get(&fault).copied().unwrap_or_default();
        let does = is_ordered || self.chance.strikes(per_mille);
        if does {
            *self.struck.entry(fault).or_default() += 1;
        }
        does
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordered_fault_strikes_as_often_as_it_was_ordered() {
        let mut faults = Faults::new(FaultPlan::default(), 1);
        faults.order(Fault::LostCallback, 2);

        let struck: Vec<_> = (0..3).map(|_| faults.of_callback()).collect();

        let lost = Some(Fault::LostCallback);
        assert_eq!(struck, [lost, lost, None]);
        assert_eq!(faults.view().struck[&Fault::LostCallback], 2);
    }

    #[test]
    fn a_seed_repeats_its_faults() {
        let plan = FaultPlan {
            per_mille: [(Fault::LateCallback, 300), (Fault::DoubledCallback, 300)].into(),
            ..FaultPlan::default()
        };
        let run = |seed| {
            let mut faults = Faults::new(plan.clone(), seed);
            (0..50).map(|_| faults.of_callback()).collect::<Vec<_>>()
        };

        assert_eq!(run(7), run(7));
        assert_ne!(run(7), run(8));
        assert!(run(7).iter().flatten().count() > 10);
    }

    #[test]
    fn every_fault_is_found_by_its_word() {
        for fault in Fault::ALL {
            assert_eq!(Fault::named(fault.word()), Some(fault));
            assert_eq!(
                serde_json::to_value(fault).unwrap(),
                serde_json::json!(fault.word())
            );
        }
        assert_eq!(Fault::named("rain"), None);
    }
}
