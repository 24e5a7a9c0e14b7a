//! What may go wrong in a run, by name: one fault of the wire, one habit of all offices, or everything together.

use carrier::engine::Habit;
use carrier::face::faults::{Fault, FaultPlan};

use super::chance::Chance;

/// How many times in a thousand occasions the one fault of a run strikes.
const OFTEN: u16 = 500;
/// The same for each of all faults together.
const SOMETIMES: u16 = 100;

/// What goes wrong in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Nothing beyond what people do.
    Nothing,
    /// A fault of the wire. Where REST fails, callbacks are lost too, so that REST is what counts.
    Wire(Fault),
    /// What every office does when it rings.
    Offices(&'static str, Habit),
    /// All faults of the wire, at random.
    Everything,
}

const OFFICES: [Trouble; 2] = [
    Trouble::Offices("all_busy", Habit::Busy),
    Trouble::Offices("all_decline", Habit::Declines),
];

impl Trouble {
    /// Every trouble, the least first.
    pub(crate) fn all() -> Vec<Self> {
        std::iter::once(Self::Nothing)
            .chain(Fault::PASSING.map(Self::Wire))
            .chain(OFFICES)
            .chain([Self::Everything])
            .collect()
    }

    /// The trouble of a name.
    pub(crate) fn named(name: &str) -> Result<Self, String> {
        let all = Self::all();
        let found = all.iter().find(|trouble| trouble.name() == name);
        found.copied().ok_or_else(|| {
            let names: Vec<&str> = all.iter().map(|trouble| trouble.name()).collect();
            format!("choose one of {}", names.join(", "))
        })
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Wire(fault) => fault.word(),
            Self::Offices(name, _) => name,
            Self::Everything => "everything",
        }
    }

    pub(crate) fn plan(self) -> FaultPlan {
        let per_mille = match self {
            Self::Nothing | Self::Offices(..) => [].into(),
            Self::Wire(fault) => match place_of(fault) {
                Place::Callbacks | Place::Telephones => [(fault, OFTEN)].into(),
                Place::Rest => [(fault, OFTEN), (Fault::LostCallback, OFTEN)].into(),
            },
            Self::Everything => Fault::PASSING.map(|fault| (fault, SOMETIMES)).into(),
        };
        FaultPlan {
            per_mille,
            ..FaultPlan::default()
        }
    }

    /// Whether every callback arrives, once and at once.
    pub(crate) fn leaves_callbacks_alone(self) -> bool {
        self.plan()
            .per_mille
            .keys()
            .all(|fault| place_of(*fault) != Place::Callbacks)
    }

    /// Whether nothing that the server is to be told or asks for goes astray.
    pub(crate) fn loses_nothing(self) -> bool {
        self.plan().per_mille.keys().all(|fault| match fault {
            Fault::LateCallback
            | Fault::DoubledCallback
            | Fault::Busy
            | Fault::NoAnswer
            | Fault::Failed => true,
            Fault::LostCallback
            | Fault::ReorderedCallback
            | Fault::TooManyRequests
            | Fault::ServerError
            | Fault::LostAnswer
            | Fault::DroppedConnection
            | Fault::SlowAnswer
            | Fault::Unauthorized
            | Fault::NotFound
            | Fault::WrongDate => false,
        })
    }

    /// Whether the carrier counts how often it strikes.
    pub(crate) fn is_counted(self) -> bool {
        match self {
            Self::Nothing | Self::Offices(..) => false,
            Self::Wire(fault) => place_of(fault) != Place::Telephones,
            Self::Everything => true,
        }
    }

    /// What an office does when it rings next.
    pub(crate) fn habit(self, chance: &mut Chance) -> Habit {
        match self {
            Self::Offices(_, habit) => habit,
            Self::Nothing | Self::Wire(_) | Self::Everything => match chance.between(0, 10) {
                0 => Habit::Busy,
                1 => Habit::Declines,
                2 => Habit::NeverAnswers,
                3 => Habit::Fails,
                4 => Habit::Asks,
                _ => Habit::Answers {
                    after_ms: chance.between(0, 29_000),
                    hangs_up_after_ms: Some(chance.between(0, 90_000)),
                },
            },
        }
    }
}

/// Where a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Callbacks,
    Telephones,
    Rest,
}

const fn place_of(fault: Fault) -> Place {
    match fault {
        Fault::LateCallback
        | Fault::DoubledCallback
        | Fault::LostCallback
        | Fault::ReorderedCallback => Place::Callbacks,
        Fault::Busy | Fault::NoAnswer | Fault::Failed => Place::Telephones,
        Fault::TooManyRequests
        | Fault::ServerError
        | Fault::LostAnswer
        | Fault::DroppedConnection
        | Fault::SlowAnswer
        | Fault::Unauthorized
        | Fault::NotFound
        | Fault::WrongDate => Place::Rest,
    }
}
