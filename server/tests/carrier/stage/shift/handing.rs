//! Callers who are handed over: to colleagues, to the team, to a telephone; and what becomes of it when an agent changes
//! their mind.

use exchange::{Command, PhoneNumber, Target, TeamId, TransferKind, UserName};

use super::super::chance::Chance;

/// Telephones outside to which callers are handed over.
pub(crate) const PHONES: [&str; 4] = [
    "+12025550171",
    "+12025550172",
    "+12025550173",
    "+12025550174",
];

/// To whom an agent hands callers over.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    /// The others, and now and then themselves, which is refused.
    pub(crate) colleagues: Vec<UserName>,
    /// In how many talks of a hundred.
    pub(crate) per_cent: u32,
}

/// A step of a transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Handing {
    Begin(Target, TransferKind),
    Cancel,
    Swap,
    JoinAll,
    Complete,
}

impl Handing {
    pub(crate) fn command(self) -> Command {
        match self {
            Self::Begin(target, kind) => Command::HandOver {
                target,
                kind,
                note: "They have lost their keys.".to_owned(),
            },
            Self::Cancel => Command::CancelTransfer,
            Self::Swap => Command::Swap,
            Self::JoinAll => Command::JoinAll,
            Self::Complete => Command::Complete,
        }
    }
}

impl Book {
    /// What they do in a talk, and how long they wait after each step, in milliseconds at a usual pace. A step may come too
    /// early or too late, and is refused then.
    pub(crate) fn plans(&self, chance: &mut Chance) -> Vec<(u32, Handing)> {
        let mut plans = Vec::new();
        let times = if chance.strikes(20) { 2 } else { 1 };
        for _ in 0..times {
            if chance.strikes(self.per_cent) {
                self.transfer(chance, &mut plans);
            }
        }
        plans
    }

    fn transfer(&self, chance: &mut Chance, plans: &mut Vec<(u32, Handing)>) {
        let kind = chance.one_of([
            TransferKind::Warm,
            TransferKind::Consult,
            TransferKind::Consult,
            TransferKind::Cold,
        ]);
        let begin = Handing::Begin(self.target(chance), kind);
        if chance.strikes(20) {
            plans.push((200, begin.clone()));
        }
        plans.push((chance.between(200, 22_000), begin));
        for _ in 0..chance.between(0, 4) {
            let step = match chance.between(0, 8) {
                0 => Handing::Cancel,
                1..4 => Handing::Swap,
                4 | 5 => Handing::JoinAll,
                _ => Handing::Complete,
            };
            if chance.strikes(20) {
                plans.push((0, step.clone()));
            }
            plans.push((chance.between(100, 9_000), step));
        }
        if chance.strikes(50) {
            plans.push((chance.between(100, 4_000), Handing::Complete));
        }
    }

    fn target(&self, chance: &mut Chance) -> Target {
        match chance.between(0, 10) {
            0..2 => Target::Queue {
                team: TeamId::parse("support").expect("a team"),
            },
            2..5 => Target::Number {
                number: PhoneNumber::parse(chance.one_of(PHONES)).expect("a number"),
            },
            _ => {
                let many = u32::try_from(self.colleagues.len()).unwrap_or(1);
                let place = chance.between(0, many) as usize;
                let user = self.colleagues[place].clone();
                Target::Agent {
                    name: user.to_string(),
                    user,
                }
            }
        }
    }
}
