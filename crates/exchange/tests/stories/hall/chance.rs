//! What is on its way in the hall: at once in stories; late, twice, or never in schedules.

use exchange::Said;

use super::*;

/// In so many seconds the carrier is asked who is in the room, and what follows from it is done.
const ONE_SWEEP_S: i64 = 17;

impl Hall {
    /// A schedule's hall: whatever can go wrong does, where `may_trouble`.
    pub(crate) fn drawn(schedule: Vec<u8>, may_trouble: bool) -> Self {
        let mut lots = Lots::of(schedule);
        let is_moderated = lots.below(3) != 0;
        let told = lots.below(3);
        let limit = [4, 6, 50][lots.below(3)];
        let recording = lots.below(3);
        let (plan, id) = board(|room| {
            room.is_moderated = is_moderated;
            room.limit = limit;
            room.grace_s = 20;
            room.patience_s = 120;
            room.told = [
                exchange::conference::Told::Beep,
                exchange::conference::Told::Spoken,
                exchange::conference::Told::Nothing,
            ][told];
            room.recording = [
                exchange::conference::Recorded::Never,
                exchange::conference::Recorded::FromStart,
                exchange::conference::Recorded::Paused,
            ][recording];
        });
        let loses = [0, 2, 6, 11][lots.below(4)];
        let letter_ms = [0, 30, 80][lots.below(3)];
        let recording_ms = [0, 3_000][lots.below(2)];
        let mut hall = Self::of(plan, id, lots);
        hall.may_trouble = may_trouble;
        hall.loses = loses;
        hall.letter_ms = letter_ms;
        hall.recording_ms = recording_ms;
        hall
    }

    /// Something comes to us, once or twice, now or later, or never.
    pub(super) fn posts(&mut self, to: &CallSid, event: Event) {
        let loses = self.loses;
        if self.may_trouble && !self.lots.is_empty() && self.lots.below(12) < loses {
            self.is_troubled = true;
            self.journal.push(Written::Lost(event));
            return;
        }
        let times = if self.lots.once_in(7) { 2 } else { 1 };
        for _ in 0..times {
            let late = [0, 0, 60, 300, 900, 2_500][self.lots.below(6)];
            let due = Moment(self.now.0 + late);
            let (to, event) = (to.clone(), event.clone());
            self.mail.push(Mail { due, to, event });
        }
    }

    pub(super) fn posts_said(&mut self, said: exchange::ConferenceSaid) {
        let about = match &said.what {
            Said::Joined(leg)
            | Said::Left(leg, _)
            | Said::Muted(leg, _)
            | Said::Held(leg, _)
            | Said::EndsRoom(leg, _)
            | Said::Speaks(leg, _) => Some(leg.clone()),
            Said::Started | Said::Ended | Said::Recorded(_) | Said::Other => None,
        };
        let through = about.or_else(|| self.room.anchor().cloned());
        if let Some(through) = through {
            let event = ConferenceEvent::Said(self.id.clone(), said);
            self.posts(&through, Event::Conference(event));
        }
    }

    /// When an action is requested.
    pub(super) fn soon(&mut self) -> Moment {
        let late = [0, 0, 100, 400][self.lots.below(4)];
        Moment(self.now.0 + late)
    }

    pub(super) fn rest_fails(&mut self) -> Option<String> {
        if self.refuses {
            return Some("the carrier refuses".to_owned());
        }
        if self.may_trouble && self.failures < 4 && self.lots.once_in(9) {
            self.failures += 1;
            self.is_troubled = true;
            return Some("500".to_owned());
        }
        None
    }

    /// Does one thing that is due. False when nothing is.
    pub(super) fn does_one(&mut self) -> bool {
        let now = self.now;
        let due: Vec<usize> = (0..self.mail.len())
            .filter(|place| self.mail[*place].due <= now)
            .collect();
        if !due.is_empty() {
            let chosen = self.lots.below(due.len());
            let mail = self.mail.remove(due[chosen]);
            self.takes(&mail.to, mail.event);
            return true;
        }
        let first = if self.is_slow { self.outbox.len() } else { 0 };
        let due: Vec<usize> = (first..self.outbox.len())
            .filter(|place| self.outbox[*place].0 <= now && self.is_first_in_lane(*place))
            .collect();
        if !due.is_empty() {
            let chosen = self.lots.below(due.len());
            let (_, via, effect) = self.outbox.remove(due[chosen]);
            self.performs(&via, effect);
            return true;
        }
        let going = self.legs.iter().find_map(|(sid, leg)| match &leg.at {
            At::Going(route, due) if *due <= now => Some((sid.clone(), route.clone())),
            At::Going(..) | At::Told(..) | At::Ringing(_) | At::Asked(_) | At::Room | At::Gone => {
                None
            }
        });
        if let Some((sid, route)) = going {
            self.asks(&sid, &route, Input::default());
            return true;
        }
        let told = self.legs.iter().find_map(|(sid, leg)| match &leg.at {
            At::Told(join, until) if *until <= now => Some((sid.clone(), join.clone())),
            At::Told(..) | At::Going(..) | At::Ringing(_) | At::Asked(_) | At::Room | At::Gone => {
                None
            }
        });
        if let Some((sid, join)) = told {
            self.joins(&sid, &join);
            return true;
        }
        false
    }

    fn is_first_in_lane(&self, place: usize) -> bool {
        let (_, via, effect) = &self.outbox[place];
        let lane = effect.lane();
        lane.is_none()
            || !self.outbox[..place]
                .iter()
                .any(|(_, of, other)| of == via && other.lane() == lane)
    }

    pub(super) fn next_due(&self) -> Option<Moment> {
        let mail = self.mail.iter().map(|mail| mail.due);
        let first = if self.is_slow { self.outbox.len() } else { 0 };
        let outbox = self.outbox[first..].iter().map(|(due, ..)| *due);
        let going = self.legs.values().filter_map(|leg| match &leg.at {
            At::Going(_, due) | At::Told(_, due) => Some(*due),
            At::Ringing(_) | At::Asked(_) | At::Room | At::Gone => None,
        });
        mail.chain(outbox).chain(going).min()
    }

    /// Somebody does something. False when the schedule is used up.
    pub(crate) fn goes_on(&mut self) -> bool {
        if self.lots.is_empty() {
            return false;
        }
        match self.lots.below(12) {
            0..=2 => self.somebody_comes(),
            3 => self.somebody_goes(),
            4 => self.somebody_presses_star(),
            5 | 6 => self.somebody_keys(),
            7..=9 => self.somebody_acts(),
            10 => self.somebody_answers(),
            _ => {}
        }
        self.works();
        self.looks();
        let wait = [0, 1, 2, 4, 9, 25][self.lots.below(6)];
        self.later(wait);
        true
    }

    /// Nothing goes wrong any more, nobody acts, and the carrier is asked once more.
    pub(crate) fn rests(&mut self) {
        self.may_trouble = false;
        for sid in self.live(|at| matches!(at, At::Ringing(_))) {
            self.is_busy(&sid);
        }
        for _ in 0..3 {
            self.later(8);
            for sid in self.live(|at| matches!(at, At::Asked(_))) {
                self.keys(&sid, "");
            }
        }
        self.later(ONE_SWEEP_S);
    }

    /// Everybody hangs up, and whatever was lost of it is found out.
    pub(crate) fn everybody_goes(&mut self) {
        for sid in self.live(|at| *at != At::Gone) {
            self.hangs_up(&sid);
        }
        self.later(40 * 60);
    }

    pub(super) fn live(&self, at: impl Fn(&At) -> bool) -> Vec<CallSid> {
        let legs = self.legs.iter().filter(|(_, leg)| at(&leg.at));
        legs.map(|(sid, _)| sid.clone()).collect()
    }

    fn one_of(&mut self, legs: &[CallSid]) -> Option<CallSid> {
        if legs.is_empty() {
            return None;
        }
        let chosen = self.lots.below(legs.len());
        Some(legs[chosen].clone())
    }

    fn somebody_comes(&mut self) {
        let alive = self.live(|at| *at != At::Gone).len();
        let n = u32::try_from(self.legs.len()).expect("few") + 1;
        if alive >= 7 {
            return;
        }
        match self.lots.below(6) {
            0 | 1 => {
                self.calls(n, MODERATOR);
            }
            2 => {
                self.browser(n, "Ana");
            }
            _ => {
                self.calls(n, &format!("+1312555{:04}", 1000 + n));
            }
        }
    }

    fn somebody_goes(&mut self) {
        let legs = self.live(|at| !matches!(at, At::Gone | At::Ringing(_)));
        if let Some(sid) = self.one_of(&legs) {
            self.leg_ends(&sid);
        }
    }

    fn somebody_presses_star(&mut self) {
        let legs = self.live(|at| *at == At::Room);
        if let Some(sid) = self.one_of(&legs) {
            self.presses_star(&sid);
        }
    }

    fn somebody_keys(&mut self) {
        let legs = self.live(|at| matches!(at, At::Asked(_)));
        if let Some(sid) = self.one_of(&legs) {
            let keys = ["6", "9", "", "1"][self.lots.below(4)];
            self.keys(&sid, keys);
        }
    }

    fn somebody_answers(&mut self) {
        let legs = self.live(|at| matches!(at, At::Ringing(_)));
        if let Some(sid) = self.one_of(&legs) {
            if self.lots.below(3) == 0 {
                self.is_busy(&sid);
            } else {
                self.answers(&sid);
            }
        }
    }

    fn somebody_acts(&mut self) {
        let legs: Vec<CallSid> = self
            .room
            .members
            .iter()
            .map(|one| one.leg.clone())
            .collect();
        let Some(leg) = self.one_of(&legs) else {
            return;
        };
        let on = self.lots.below(2) == 0;
        let number = number(&format!("+1312555{:04}", 2000 + self.lots.below(5)));
        let what = match self.lots.below(14) {
            0..=2 => RoomAct::Mute { leg, on },
            3 => RoomAct::MuteAll,
            4..=6 => RoomAct::Hold { leg, on },
            7 => RoomAct::Remove { leg },
            8 => RoomAct::LowerHand { leg },
            9 => RoomAct::Announce {
                leg: on.then_some(leg),
                text: "Hear, hear.".to_owned(),
            },
            10 => RoomAct::Add { number },
            11 => RoomAct::Lock { on },
            12 => RoomAct::Record { on },
            _ if self.lots.below(3) == 0 => RoomAct::End,
            _ => RoomAct::GiveUp { invite: 1 },
        };
        // Refusals are answers.
        let _said = self.act(what);
    }

    /// A leg hangs up, and nobody tells of it.
    pub(crate) fn leaves_unheard(&mut self, who: &CallSid) {
        let mail = std::mem::take(&mut self.mail);
        self.leg_ends(who);
        self.mail = mail;
        self.works();
    }

    /// A conference ends, and nobody tells of it; everybody's document is asked for.
    pub(crate) fn ends_silently(&mut self) {
        let mail = std::mem::take(&mut self.mail);
        self.conference_ends();
        self.mail = mail;
        self.works();
    }

    /// The list loses somebody.
    pub(crate) fn forget_member(&mut self, who: &CallSid) {
        self.room.members.retain(|one| one.leg != *who);
    }

    pub(crate) fn says_and_works(&mut self, said: Said) {
        self.says(said);
        self.works();
    }

    /// How many sweeps are due that count.
    pub(crate) fn sweeps_due(&self) -> usize {
        let outbox = self.outbox.iter().filter(|(_, _, effect)| match effect {
            Effect::InRoom { what, .. } => {
                matches!(what, RoomDeed::Sweep { .. }) && self.room.wants(what)
            }
            Effect::AskCarrier { .. }
            | Effect::RingAgent { .. }
            | Effect::RingNumber { .. }
            | Effect::EndLeg { .. }
            | Effect::EndRoom
            | Effect::SetEndsRoom { .. }
            | Effect::Hold { .. }
            | Effect::Mute { .. }
            | Effect::SetHeard { .. }
            | Effect::SendAway { .. }
            | Effect::RedirectCaller { .. }
            | Effect::Tick { .. }
            | Effect::Sweep { .. } => false,
        });
        outbox.count()
    }
}
