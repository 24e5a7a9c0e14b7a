//! What holds in the hall at every moment, and what holds when it has come to rest.

use exchange::conference::{ActState, Whereabouts};

use super::*;

/// The longest silence that anybody may meet: when everything arrives, and when something is lost.
const SILENCE_MS: i64 = 5_000;
const TROUBLED_SILENCE_MS: i64 = 16_000;

/// How much longer when REST fails, each time.
const FAILURE_MS: i64 = 11_000;

impl Hall {
    /// Whoever is on the line hears somebody, music, or words.
    pub(super) fn looks(&mut self) {
        let limit = usize::from(self.settings().limit);
        let people = self.conference.as_ref().map_or(0, |one| one.people.len());
        assert!(people <= limit, "{people} of {limit}\n{}", self.tale());
        for sid in self.live(|at| *at == At::Room) {
            if !self.is_silent_for(&sid) {
                self.leg_mut(&sid).silent = None;
                continue;
            }
            let now = self.now;
            let since = *self.leg_mut(&sid).silent.get_or_insert(now);
            let most = if self.is_troubled {
                TROUBLED_SILENCE_MS + i64::from(self.failures) * FAILURE_MS
            } else {
                SILENCE_MS
            };
            let lasts = now.0 - since.0;
            assert!(
                lasts <= most,
                "{lasts} ms of silence for {sid}\n{}",
                self.tale()
            );
        }
    }

    fn settings(&self) -> ConferenceRoom {
        let room = self.plan.conference_room(&self.id);
        room.expect("a room of the story").clone()
    }

    fn is_silent_for(&self, who: &CallSid) -> bool {
        let Some(conference) = &self.conference else {
            return true;
        };
        let Some(own) = conference.people.get(who) else {
            return true;
        };
        let others = conference.people.iter().filter(|(leg, _)| *leg != who);
        conference.has_started
            && !own.is_held
            && !others.into_iter().any(|(_, other)| !other.is_held)
    }

    /// The list is the carrier's.
    #[track_caller]
    pub(crate) fn is_right(&self) {
        let tale = || self.tale();
        for (sid, leg) in &self.legs {
            if let Some(call) = &leg.call {
                let is_in = self.room.member(sid).is_some();
                assert!(!(is_in && leg.at == At::Gone), "{sid} is gone\n{}", tale());
                assert!(is_in || leg.at == At::Gone, "{sid} is lost\n{}", tale());
                assert!(
                    call.ended.is_none() || leg.at == At::Gone,
                    "{sid} goes on after its end\n{}",
                    tale()
                );
            }
        }
        self.occupies_its_moderators();
        let ours: BTreeMap<CallSid, Within> = self
            .room
            .members
            .iter()
            .map(|one| {
                assert!(
                    matches!(one.place, Whereabouts::Inside { .. }),
                    "{} is not inside\n{}",
                    one.name,
                    tale()
                );
                assert!(one.leaving.is_none(), "{} is leaving\n{}", one.name, tale());
                let within = Within {
                    starts: self.legs[&one.leg]
                        .join
                        .as_ref()
                        .is_some_and(|join| join.starts),
                    ends: one.ends.is_on,
                    is_muted: one.mute.is_on,
                    is_held: one.hold.is_on,
                };
                let is_under_way = [one.mute, one.hold, one.ends].map(|one| one.is_under_way());
                assert_eq!(is_under_way, [false; 3], "{}", tale());
                let is_wanted = one.acts.iter().any(|act| act.state == ActState::Wanted);
                assert!(!is_wanted, "{}", tale());
                (one.leg.clone(), within)
            })
            .collect();
        let theirs = self.conference.as_ref().map(|one| one.people.clone());
        assert_eq!(ours, theirs.unwrap_or_default(), "{}", tale());
        assert_eq!(
            self.room.started.is_some(),
            self.has_started(),
            "{}",
            tale()
        );
        let is_recorded = |one: &Conference| {
            self.room
                .recording
                .is_some_and(|is| is.is_on != one.is_paused)
        };
        let running = self.conference.iter().filter(|one| one.has_started);
        for one in running.filter(|_| self.room.recording.is_some()) {
            assert!(is_recorded(one), "{}", tale());
        }
        let is_wanted = self
            .room
            .acts
            .iter()
            .any(|act| act.state == ActState::Wanted);
        assert!(!is_wanted, "{}", tale());
        let is_running = matches!(self.room.phase, Phase::Running { .. });
        assert_eq!(is_running, self.has_started(), "{}", tale());
        let conference = self.conference.as_ref().map(|one| &one.sid);
        assert_eq!(self.room.conference.as_ref(), conference, "{}", tale());
        if self.settings().is_moderated && is_running {
            self.ends_with_its_last_moderator();
        }
        let open = |invite: &&exchange::conference::Invite| invite.outcome.is_none();
        assert_eq!(
            self.room.invites.iter().filter(open).count(),
            0,
            "{}",
            tale()
        );
    }

    /// Whoever of ours is in the room is not rung, and nobody else is kept from it.
    fn occupies_its_moderators(&self) {
        for agent in self.agents.values() {
            let members = self.room.members.iter();
            let mut own = members.filter(|one| one.user.as_ref() == Some(&agent.user));
            let is_right = match &agent.elsewhere {
                Some(elsewhere) => own.any(|one| one.leg == elsewhere.call),
                None => own.next().is_none(),
            };
            assert!(is_right, "{:?}\n{}", agent.elsewhere, self.tale());
        }
    }

    fn ends_with_its_last_moderator(&self) {
        let people = &self.conference.as_ref().expect("it runs").people;
        let moderators = people.values().filter(|one| one.starts).count();
        let ends = people.values().filter(|one| one.ends).count();
        assert!(moderators > 0, "{}", self.tale());
        assert_eq!(ends, usize::from(moderators == 1), "{}", self.tale());
    }

    /// After everybody is gone, so is every call, and the attendance is whole.
    #[track_caller]
    pub(crate) fn is_over(&self) {
        self.occupies_its_moderators();
        for (sid, leg) in &self.legs {
            assert_eq!(leg.at, At::Gone, "{sid}\n{}", self.tale());
            if let Some(call) = &leg.call {
                assert!(call.ended.is_some(), "{sid} never ends\n{}", self.tale());
            }
        }
        assert_eq!(self.room.phase, Phase::Empty, "{}", self.tale());
        assert_eq!(self.room.members, [], "{}", self.tale());
        let gatherings = usize::try_from(self.room.gathering).expect("few");
        assert_eq!(self.over.len(), gatherings, "{}", self.tale());
        for over in &self.over {
            let stays = self.stays.iter().filter(|one| one.gathering == over.number);
            assert_eq!(stays.count(), usize::try_from(over.visits).expect("few"));
        }
        let invited =
            |one: &exchange::conference::Invite| one.outcome != Some(InviteOutcome::Answered);
        assert!(
            self.room
                .invites
                .iter()
                .all(|one| !invited(one) || one.outcome.is_some())
        );
    }
}
