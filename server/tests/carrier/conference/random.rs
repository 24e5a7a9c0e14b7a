//! A thousand joins, leaves and acts at random, with callbacks lost, late and doubled: one reconciliation after rest, the
//! monitor's list is the carrier's.

use std::collections::BTreeMap;

use carrier::engine::{LegState, Place};
use carrier::face::faults::{Fault, FaultPlan};
use desk::DeskError;
use desk::rooms::{PersonStage, RoomActForm};
use twilio::CallSid;

use super::hall::{Hall, MEETING, MOIRA, OPEN, one, whole};
use crate::stage::chance::Chance;

/// How much happens in all, and between two looks.
const HAPPENINGS: u32 = 1_000;
const BETWEEN_LOOKS: u32 = 100;
/// How many are on the line at most.
const MOST: usize = 14;
/// Within this time the carrier is asked who is in a room, and the answer has come, in milliseconds.
const RECONCILED_MS: i64 = 22_000;

#[tokio::test]
async fn the_list_is_the_carriers_one_reconciliation_after_rest() {
    let mut crowd = Crowd::new(11).await;
    let mut seen = 0;

    for round in 0..HAPPENINGS / BETWEEN_LOOKS {
        crowd.hall.stage.carrier.set_fault_plan(faults());
        for _ in 0..BETWEEN_LOOKS {
            crowd.happens().await;
        }
        crowd
            .hall
            .stage
            .carrier
            .set_fault_plan(FaultPlan::default());
        crowd.hall.stage.passes(RECONCILED_MS).await;

        for room in [MEETING, OPEN] {
            seen += crowd.present(room).len();
            assert_eq!(
                crowd.listed(room).await,
                crowd.present(room),
                "{room} after {} happenings: {:#?}\n{:#?}",
                (round + 1) * BETWEEN_LOOKS,
                crowd.did,
                crowd.hall.story(room).await
            );
        }
        crowd.did.clear();
    }

    assert!(
        crowd.joins > 150 && crowd.done > 150 && seen > 30,
        "{crowd:?}, {seen} seen"
    );
    crowd.hall.stage.end().await;
}

/// Whether somebody is in, is muted, and is on hold.
type Standing = (PersonStage, bool, bool);

/// Visitors who come and go as chance has it.
struct Crowd {
    hall: Hall,
    chance: Chance,
    joins: u32,
    /// Acts that were not refused.
    done: u32,
    /// What happened since the last look.
    did: Vec<String>,
}

impl std::fmt::Debug for Crowd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} joins, {} acts", self.joins, self.done)
    }
}

impl Crowd {
    async fn new(seed: u64) -> Self {
        Self {
            hall: Hall::with(seed, FaultPlan::default()).await,
            chance: Chance::from_seed(seed),
            joins: 0,
            done: 0,
            did: Vec::new(),
        }
    }

    async fn happens(&mut self) {
        let live = self.live();
        let somebody = self.somebody(&live);
        match (self.chance.between(0, 10), somebody) {
            (0..=2, _) | (_, None) if live.len() < MOST => self.joins().await,
            (0..=4, Some(leg)) => {
                self.did.push(format!("{leg} hangs up"));
                self.hall.stage.hangs_up(&leg).await;
            }
            (5, Some(leg)) => {
                let key = self.chance.one_of(["*", "6", "9", "1"]);
                self.did.push(format!("{leg} presses {key}"));
                // Nobody may be asked anything.
                drop(self.hall.stage.carrier.press(&leg, key));
            }
            (_, Some(leg)) => self.acts(&leg).await,
            (_, None) => {}
        }
        let ms = self.chance.one_of([0, 100, 700, 2_000, 6_000]);
        self.hall.stage.passes(ms).await;
    }

    async fn joins(&mut self) {
        let number = format!("+1312555{:04}", self.chance.between(100, 200));
        let from = if self.chance.strikes(20) {
            MOIRA
        } else {
            &number
        };
        let line = if self.chance.strikes(70) {
            "conference"
        } else {
            "rooms"
        };
        let place = Place::default();
        let leg = self.hall.stage.somebody_calls(from, place, line).await;
        self.did.push(format!("{leg} calls {line}"));
        self.joins += 1;
        if line == "rooms" {
            self.hall.stage.presses(&leg, "2#").await;
        }
    }

    async fn acts(&mut self, leg: &CallSid) {
        let room = self.chance.one_of([MEETING, MEETING, OPEN]);
        let act = self.chance.one_of([
            "mute", "mute", "unmute", "hold", "unhold", "remove", "announce", "mute-all", "lock",
            "unlock", "unlock", "end",
        ]);
        let form = match act {
            "mute" | "unmute" | "hold" | "unhold" | "remove" => one(room, act, leg),
            "end" if !self.chance.strikes(20) => return,
            _ => RoomActForm {
                text: "One moment.".to_owned(),
                ..whole(room, act)
            },
        };
        let acted = self.hall.acts(form).await;
        self.did
            .push(format!("{act} of {leg} in {room}: {acted:?}"));
        match acted {
            Ok(()) => self.done += 1,
            Err(DeskError::Refused(_) | DeskError::NotFound) => {}
            Err(
                error @ (DeskError::SignedOut
                | DeskError::Forbidden
                | DeskError::Invalid(_)
                | DeskError::Unreachable(_)
                | DeskError::Internal),
            ) => panic!("{error:?}"),
        }
    }

    fn live(&self) -> Vec<CallSid> {
        let legs = self.hall.stage.carrier.legs();
        legs.into_iter()
            .filter(|leg| leg.state != LegState::Over)
            .map(|leg| leg.sid)
            .collect()
    }

    fn somebody(&mut self, live: &[CallSid]) -> Option<CallSid> {
        let most = u32::try_from(live.len()).expect("few are on the line");
        let place = usize::try_from(self.chance.between(0, most)).expect("it is small");
        live.get(place).cloned()
    }

    /// Who is in a room, as the monitor shows it.
    async fn listed(&self, room: &str) -> BTreeMap<String, Standing> {
        let live = self.hall.story(room).await.live;
        let people = live.map(|room| room.people).unwrap_or_default();
        people
            .into_iter()
            .map(|one| (one.leg, (one.stage, one.is_muted, one.is_held)))
            .collect()
    }

    /// Who is in a room, as the carrier has it.
    fn present(&self, room: &str) -> BTreeMap<String, Standing> {
        let people = self.hall.participants(room).into_iter();
        people
            .filter(|one| one.status == "connected")
            .map(|one| (one.call.to_string(), (PersonStage::In, one.muted, one.hold)))
            .collect()
    }
}

fn faults() -> FaultPlan {
    let often = 150;
    FaultPlan {
        per_mille: [
            (Fault::LateCallback, often),
            (Fault::DoubledCallback, often),
            (Fault::LostCallback, often),
            (Fault::ReorderedCallback, often),
        ]
        .into(),
        ..FaultPlan::default()
    }
}
