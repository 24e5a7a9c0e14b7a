//! In which order calls are created, where an account bears only so many new ones in a second.

use crate::conference::Invite;
use crate::routing::Queued;
use crate::{Moment, Offer, Priority, Purpose, Support};

/// Whoever has stood in line for so long is overtaken by nobody, in milliseconds: well before an offer is given up that
/// was never placed.
const OVERTAKEN_MS: i64 = 12_000;

/// A call that is to be created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Creation {
    /// Who waits for it.
    pub urgency: Urgency,
    /// Since when they wait.
    pub since: Moment,
    /// Since when it is to be created.
    pub asked: Moment,
}

/// Who waits for a call to be created: the first of these is served first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// A caller who had somebody already, or is being handed over.
    Front,
    /// A caller in the queue.
    Queue,
    /// People in a room, to which a telephone is called.
    Room,
}

/// Somebody who stands in line for a turn to create a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InLine {
    /// What they are known by.
    pub who: String,
    /// What they create.
    pub creation: Creation,
    /// When they come to ask again.
    pub comes: Moment,
}

/// How fast an account bears new calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many in a second.
    pub per_second: u32,
}

impl Creation {
    /// The call of an offer that is about to be made to somebody who waits.
    #[must_use]
    pub fn of_queued(queued: &Queued, now: Moment) -> Self {
        let had_somebody = queued.first.is_some() || queued.by.is_some();
        Self {
            urgency: Urgency::of_caller(queued.priority, had_somebody),
            since: queued.queued,
            asked: now,
        }
    }

    /// The call of an offer.
    #[must_use]
    pub fn of_offer(support: &Support, offer: &Offer) -> Self {
        let is_handed_over = match &offer.purpose {
            Purpose::Transfer { .. } => true,
            Purpose::Queue => false,
        };
        Self {
            urgency: Urgency::of_caller(support.priority, offer.again || is_handed_over),
            since: support.queued,
            asked: offer.began,
        }
    }

    /// The call to a telephone that is called into a room.
    #[must_use]
    pub const fn of_invite(invite: &Invite) -> Self {
        Self {
            urgency: Urgency::Room,
            since: invite.began,
            asked: invite.began,
        }
    }

    fn place<'a>(&self, who: &'a str, now: Moment) -> Place<'a> {
        if now.0.saturating_sub(self.asked.0) >= OVERTAKEN_MS {
            Place::NotToBeOvertaken(self.asked, self.urgency, self.since, who)
        } else {
            Place::InTurn(self.urgency, self.since, who)
        }
    }
}

impl Urgency {
    const fn of_caller(priority: Priority, had_somebody: bool) -> Self {
        match priority {
            Priority::Front => Self::Front,
            Priority::Normal if had_somebody => Self::Front,
            Priority::Normal => Self::Queue,
        }
    }

    /// A word for it that stays the same for ever.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Queue => "queue",
            Self::Room => "room",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Front, Self::Queue, Self::Room]
            .into_iter()
            .find(|one| one.word() == word)
    }
}

/// Where somebody stands; the lesser one comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place<'a> {
    NotToBeOvertaken(Moment, Urgency, Moment, &'a str),
    InTurn(Urgency, Moment, &'a str),
}

impl Rate {
    /// How far apart new calls are, in milliseconds.
    #[must_use]
    pub fn apart_ms(self) -> i64 {
        (1000 / i64::from(self.per_second.max(1))).max(1)
    }

    /// How long after their moment somebody is still expected, in milliseconds. A process that died comes never.
    fn late_ms(self) -> i64 {
        self.apart_ms().max(200)
    }
}

impl InLine {
    /// Whether they are still to come. Whoever is not keeps nobody waiting, and may come all the same.
    #[must_use]
    pub fn is_expected(&self, now: Moment, rate: Rate) -> bool {
        self.comes.0.saturating_add(rate.late_ms()) > now.0
    }
}

/// When it is somebody's turn who asks now, while others stand in line and the account bears the next call from a moment
/// on; nothing when it is at once.
#[must_use]
pub fn turn(
    (who, creation): (&str, &Creation),
    line: &[InLine],
    (next, rate): (Moment, Rate),
    now: Moment,
) -> Option<Moment> {
    let own = creation.place(who, now);
    let others = line
        .iter()
        .filter(|one| one.who != who && one.is_expected(now, rate));
    let ahead = others.filter(|one| one.creation.place(&one.who, now) < own);
    later(ahead.count(), (next, rate), now)
}

/// The same for somebody who lets all others go first.
#[must_use]
pub fn last_turn(line: &[InLine], (next, rate): (Moment, Rate), now: Moment) -> Option<Moment> {
    let ahead = line.iter().filter(|one| one.is_expected(now, rate));
    later(ahead.count(), (next, rate), now)
}

fn later(ahead: usize, (next, rate): (Moment, Rate), now: Moment) -> Option<Moment> {
    let ahead = i64::try_from(ahead).unwrap_or(i64::MAX);
    let after = ahead.saturating_mul(rate.apart_ms());
    let at = next.max(now).0.saturating_add(after);
    (at > now.0).then_some(Moment(at))
}

/// Whose turn the next one is, of those in line.
#[must_use]
pub fn first(line: &[InLine], now: Moment, rate: Rate) -> Option<&InLine> {
    line.iter()
        .filter(|one| one.is_expected(now, rate))
        .min_by_key(|one| one.creation.place(&one.who, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One new call in a second.
    const ONE: Rate = Rate { per_second: 1 };
    const NOW: Moment = Moment(1_000_000);

    fn creation(urgency: Urgency, waited_ms: i64) -> Creation {
        Creation {
            urgency,
            since: Moment(NOW.0 - waited_ms),
            asked: NOW,
        }
    }

    fn stands(who: &str, creation: Creation) -> InLine {
        InLine {
            who: who.to_owned(),
            creation,
            comes: NOW,
        }
    }

    #[test]
    fn an_offer_goes_before_a_rooms_telephone_and_a_caller_who_had_somebody_before_both() {
        let line = [
            stands("room", creation(Urgency::Room, 9_000)),
            stands("queue", creation(Urgency::Queue, 500)),
            stands("long in the queue", creation(Urgency::Queue, 700)),
            stands("front", creation(Urgency::Front, 0)),
        ];
        let turns = line
            .each_ref()
            .map(|one| turn((&one.who, &one.creation), &line, (NOW, ONE), NOW));

        let after = |ms: i64| Some(Moment(NOW.0 + ms));
        assert_eq!(turns, [after(3_000), after(2_000), after(1_000), None]);
        assert_eq!(
            first(&line, NOW, ONE).map(|one| one.who.as_str()),
            Some("front")
        );
        assert_eq!(last_turn(&line, (NOW, ONE), NOW), after(4_000));
    }

    #[test]
    fn whoever_stood_in_line_for_long_is_overtaken_by_nobody() {
        let mut room = creation(Urgency::Room, 0);
        room.asked = Moment(NOW.0 - OVERTAKEN_MS);
        let line = [
            stands("front", creation(Urgency::Front, 60_000)),
            stands("room", room),
        ];

        assert_eq!(turn(("room", &room), &line, (NOW, ONE), NOW), None);
        assert_eq!(
            first(&line, NOW, ONE).map(|one| one.who.as_str()),
            Some("room")
        );
    }

    #[test]
    fn whoever_does_not_come_keeps_nobody_waiting() {
        let gone = stands("gone", creation(Urgency::Front, 0));
        let other = creation(Urgency::Queue, 0);
        let asks = |now| {
            turn(
                ("other", &other),
                std::slice::from_ref(&gone),
                (NOW, ONE),
                now,
            )
        };

        assert_eq!(asks(NOW), Some(Moment(NOW.0 + 1_000)));
        assert_eq!(asks(Moment(NOW.0 + 999)), Some(Moment(NOW.0 + 1_999)));
        assert_eq!(asks(Moment(NOW.0 + 1_000)), None);
    }

    #[test]
    fn every_urgency_has_a_word_of_its_own() {
        for one in [Urgency::Front, Urgency::Queue, Urgency::Room] {
            assert_eq!(Urgency::parse(one.word()), Some(one));
        }
        assert_eq!(Urgency::parse("survey"), None);
    }
}
