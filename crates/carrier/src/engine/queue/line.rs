//! A queue: who waits, in which order, and who is taken next (reference F.6).

use std::collections::VecDeque;

use twilio::CallSid;

use crate::engine::{QueueSid, Time};

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) call: CallSid,
    pub(crate) since: Time,
}

/// The caller cannot wait there: the queue is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full;

/// A queue, which stays until it is deleted.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) sid: QueueSid,
    pub(crate) serial: u64,
    pub(crate) name: String,
    pub(crate) most: usize,
    pub(crate) created: Time,
    pub(crate) updated: Time,
    /// The front is the one who waits longest.
    members: VecDeque<Member>,
    /// Who dialled the queue while nobody waited, the first one first.
    takers: VecDeque<CallSid>,
}

impl Line {
    /// How many may wait where nothing else is said, and the most there can be (reference E.5).
    pub(crate) const USUALLY: usize = 1_000;
    pub(crate) const MOST: usize = 5_000;

    pub(crate) fn new(sid: QueueSid, serial: u64, name: &str, most: usize, now: Time) -> Self {
        Self {
            sid,
            serial,
            name: name.to_owned(),
            most,
            created: now,
            updated: now,
            members: VecDeque::new(),
            takers: VecDeque::new(),
        }
    }

    pub(crate) fn enter(&mut self, call: CallSid, now: Time) -> Result<(), Full> {
        if self.members.len() >= self.most {
            return Err(Full);
        }
        self.members.push_back(Member { call, since: now });
        Ok(())
    }

    /// Takes a member out, wherever it stands; nobody can be taken twice.
    pub(crate) fn remove(&mut self, call: &CallSid) -> Option<Member> {
        let place = self.members.iter().position(|one| one.call == *call)?;
        self.members.remove(place)
    }

    /// Somebody wants the next one.
    pub(crate) fn wait_for_one(&mut self, taker: CallSid) {
        self.takers.push_back(taker);
    }

    /// Somebody does not want one any more.
    pub(crate) fn give_up_waiting(&mut self, taker: &CallSid) {
        self.takers.retain(|one| one != taker);
    }

    /// The first who wants somebody, and the first who waits: both leave the line together.
    pub(crate) fn match_up(&mut self) -> Option<(CallSid, Member)> {
        if self.takers.is_empty() {
            return None;
        }
        let member = self.members.pop_front()?;
        let taker = self.takers.pop_front()?;
        Some((taker, member))
    }

    pub(crate) fn front(&self) -> Option<&Member> {
        self.members.front()
    }

    pub(crate) fn members(&self) -> impl Iterator<Item = &Member> {
        self.members.iter()
    }

    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether nobody waits and nobody is waited for.
    pub(crate) fn is_idle(&self) -> bool {
        self.members.is_empty() && self.takers.is_empty()
    }

    /// A member with its place, counted from 1.
    pub(crate) fn place(&self, call: &CallSid) -> Option<(usize, &Member)> {
        let mut members = self.members.iter().enumerate();
        let (index, member) = members.find(|(_, member)| member.call == *call)?;
        Some((index + 1, member))
    }

    /// How long those who wait have waited on the average, in seconds.
    pub(crate) fn average_wait(&self, now: Time) -> i64 {
        let total: i64 = self.members().map(|one| now.seconds_since(one.since)).sum();
        total
            .checked_div(i64::try_from(self.len()).unwrap_or(i64::MAX))
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::ids::Ids;

    fn line_with(calls: &[CallSid]) -> Line {
        let mut ids = Ids::from_seed(7);
        let mut line = Line::new(ids.queue(), 1, "support", 3, Time(0));
        for (at, call) in calls.iter().enumerate() {
            line.enter(call.clone(), Time(i64::try_from(at).unwrap() * 2_000))
                .unwrap();
        }
        line
    }

    fn calls(count: usize) -> Vec<CallSid> {
        let mut ids = Ids::from_seed(1);
        (0..count).map(|_| ids.call()).collect()
    }

    #[test]
    fn the_one_who_waits_longest_is_taken_by_the_one_who_asked_first() {
        let people = calls(4);
        let mut line = line_with(&people[..2]);
        line.wait_for_one(people[2].clone());
        line.wait_for_one(people[3].clone());

        let first = line.match_up().unwrap();
        let second = line.match_up().unwrap();

        assert_eq!((&first.0, &first.1.call), (&people[2], &people[0]));
        assert_eq!((&second.0, &second.1.call), (&people[3], &people[1]));
        assert!(line.match_up().is_none());
        assert!(line.is_idle());
    }

    #[test]
    fn places_move_up_and_times_are_averaged() {
        let people = calls(3);
        let mut line = line_with(&people);

        assert_eq!(line.place(&people[2]).unwrap().0, 3);
        assert_eq!(line.average_wait(Time(10_000)), 8);
        line.remove(&people[0]).unwrap();

        assert_eq!(line.place(&people[2]).unwrap().0, 2);
        assert_eq!(line.average_wait(Time(10_000)), 7);
        assert_eq!(line.front().unwrap().call, people[1]);
        assert!(line.remove(&people[0]).is_none());
    }

    #[test]
    fn a_full_line_takes_nobody_and_an_empty_one_has_no_average() {
        let people = calls(4);
        let mut line = line_with(&people[..3]);

        assert_eq!(line.enter(people[3].clone(), Time(0)), Err(Full));
        assert_eq!(line_with(&[]).average_wait(Time(5)), 0);
    }

    #[test]
    fn who_gave_up_gets_nobody() {
        let people = calls(2);
        let mut line = line_with(&[]);
        line.wait_for_one(people[0].clone());
        line.give_up_waiting(&people[0]);
        line.enter(people[1].clone(), Time(0)).unwrap();

        assert!(line.match_up().is_none());
        assert_eq!(line.len(), 1);
    }
}
