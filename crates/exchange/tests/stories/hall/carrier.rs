//! The hall's carrier: documents are obeyed, and conferences start and end.

use exchange::{LeftBecause, LegStatus, Reported, Said};

use super::*;

/// How long it takes until somebody who is led on asks where to.
const MOMENT_MS: i64 = 900;

impl Hall {
    /// A leg asks for a document and obeys it.
    pub(super) fn asks(&mut self, who: &CallSid, route: &Route, input: Input) {
        let step = match route {
            Route::Conference(step) => *step,
            Route::Line(_) => ConferenceRoute::Enter,
            Route::Forward(_) | Route::Menu(_) | Route::CallOut(_) | Route::Support(..) => {
                unreachable!("{route:?}")
            }
        };
        let step = self.takes(who, visits(step, input));
        self.obeys(who, step.answer);
    }

    pub(super) fn obeys(&mut self, who: &CallSid, answer: Option<Answer>) {
        let Some(answer) = answer else { return };
        let mut is_led = false;
        let mut words = 0;
        for act in answer.0 {
            let at = match act {
                Act::Say(speech) => {
                    words += self.letter_ms * i64::try_from(speech.plain().len()).expect("few");
                    self.leg_mut(who).heard.push(speech.plain());
                    continue;
                }
                Act::Ask(ask) => {
                    self.leg_mut(who).heard.push(ask.speech.plain());
                    At::Asked(ask.then)
                }
                Act::Goto(route) => At::Going(route, Moment(self.now.0 + words + MOMENT_MS)),
                Act::HangUp => {
                    self.reports(who, Reported::Completed);
                    At::Gone
                }
                Act::Join(join) if words > 0 => {
                    let until = Moment(self.now.0 + words);
                    self.leg_mut(who).at = At::Told(join, until);
                    return;
                }
                Act::Join(join) => return self.joins(who, &join),
                Act::Music | Act::Beep | Act::Record(_) | Act::Dial(_) => {
                    unreachable!("no visitor is led there")
                }
            };
            self.leg_mut(who).at = at;
            is_led = true;
        }
        assert!(is_led, "a document leads nowhere\n{}", self.tale());
    }

    pub(super) fn joins(&mut self, who: &CallSid, join: &Join) {
        self.leg_mut(who).at = At::Room;
        self.leg_mut(who).silent = None;
        self.leg_mut(who).join = Some(join.clone());
        self.enters(who, join);
    }

    pub(super) fn leg_mut(&mut self, who: &CallSid) -> &mut Leg {
        self.legs.get_mut(who).expect("a leg")
    }

    fn enters(&mut self, who: &CallSid, join: &Join) {
        let most = usize::from(join.most.unwrap_or(250));
        let in_it = self.conference.as_ref().map_or(0, |one| one.people.len());
        if self.is_strict && in_it >= most {
            let then = join.then.clone();
            self.leg_mut(who).at = At::Going(then, self.now);
            return;
        }
        if self.conference.is_none() {
            self.conferences += 1;
            let sid = format!("CF{:032x}", self.conferences);
            self.conference = Some(Conference {
                sid: ConferenceSid::parse(&sid).expect("a conference"),
                has_started: false,
                is_paused: false,
                recorded: Moment(i64::MAX),
                people: BTreeMap::new(),
                sequence: 0,
            });
        }
        let Some(conference) = &mut self.conference else {
            return;
        };
        conference.people.insert(
            who.clone(),
            Within {
                starts: join.starts,
                ends: join.ends,
                is_muted: join.heard == exchange::HeardBy::Nobody,
                is_held: false,
            },
        );
        let begins = !conference.has_started
            && conference.people.len() > 1
            && conference.people.values().any(|one| one.starts);
        conference.has_started |= begins;
        if begins {
            conference.recorded = Moment(self.now.0 + self.recording_ms);
        }
        self.says(Said::Joined(who.clone()));
        if begins {
            self.says(Said::Started);
        } else {
            self.hears_wait(who);
        }
    }

    /// Whoever is in a conference that has not started asks what to hear.
    pub(crate) fn hears_wait(&mut self, who: &CallSid) {
        if !self.is_in(who) || self.has_started() {
            return;
        }
        let before = self.room.clone();
        let step = self.takes(who, visits(ConferenceRoute::Wait, Input::default()));
        assert_eq!(self.room, before, "waiting changes no room");
        for act in step.answer.expect("something to hear").0 {
            if let Act::Say(speech) = act {
                self.leg_mut(who).heard.push(speech.plain());
            }
        }
    }

    /// The carrier tells of its conference: through the leg's call, else through the anchor.
    pub(super) fn says(&mut self, what: Said) {
        let Some(conference) = &mut self.conference else {
            return;
        };
        conference.sequence += 1;
        let said = exchange::ConferenceSaid {
            conference: conference.sid.clone(),
            sequence: conference.sequence,
            what,
        };
        self.posts_said(said);
    }

    /// A leg is out of the conference, which may end with it.
    pub(super) fn leaves(&mut self, who: &CallSid, why: LeftBecause) -> bool {
        let Some(conference) = &mut self.conference else {
            return false;
        };
        let Some(within) = conference.people.remove(who) else {
            return false;
        };
        let ends = within.ends || conference.people.is_empty();
        self.says(Said::Left(who.clone(), why));
        if ends {
            self.conference_ends();
        }
        true
    }

    pub(super) fn conference_ends(&mut self) {
        let Some(conference) = &self.conference else {
            return;
        };
        let people: Vec<CallSid> = conference.people.keys().cloned().collect();
        for who in &people {
            self.says(Said::Left(who.clone(), LeftBecause::RoomEnded));
        }
        self.says(Said::Ended);
        self.conference = None;
        for who in people {
            self.is_out(&who);
        }
    }

    /// The action of a leg that is out of the room and on the line.
    pub(super) fn is_out(&mut self, who: &CallSid) {
        let then = self.legs[who]
            .join
            .as_ref()
            .expect("it joined")
            .then
            .clone();
        let soon = self.soon();
        self.leg_mut(who).at = At::Going(then, soon);
    }

    pub(super) fn presses_star(&mut self, who: &CallSid) {
        let may = self.legs[who].join.as_ref();
        if may.is_some_and(|join| join.leaves_on_star) && self.leaves(who, LeftBecause::HungUp) {
            self.is_out(who);
        }
    }

    /// A leg hangs up, or is lost.
    pub(super) fn leg_ends(&mut self, who: &CallSid) {
        let at = self.legs[who].at.clone();
        self.leg_mut(who).at = At::Gone;
        match at {
            At::Gone => return,
            At::Ringing(invite) => return self.tells_invite(who, invite, LegStatus::Canceled),
            At::Room => {
                self.leaves(who, LeftBecause::HungUp);
                let gone = Input {
                    caller_is_gone: true,
                    ..Input::default()
                };
                self.posts(who, visits(ConferenceRoute::Left, gone));
            }
            At::Asked(_) | At::Going(..) | At::Told(..) => {}
        }
        self.reports(who, Reported::Completed);
    }

    fn reports(&mut self, who: &CallSid, how: Reported) {
        self.posts(who, Event::Reported(how));
    }

    pub(super) fn tells_invite(&mut self, who: &CallSid, invite: u32, status: LegStatus) {
        let via = self.room.invite(invite).expect("an invitation").via.clone();
        let room = self.id.clone();
        let event = ConferenceEvent::Invited {
            room,
            invite,
            leg: who.clone(),
            status,
        };
        self.posts(&via, Event::Conference(event));
    }

    /// A telephone that rings is answered.
    pub(crate) fn answers(&mut self, who: &CallSid) {
        let At::Ringing(invite) = self.legs[who].at else {
            panic!("{who} does not ring")
        };
        let number = self.room.invite(invite).expect("an invitation");
        let number = number.number.clone();
        let call = Call::invited(who.clone(), number, invite, &self.id, &self.plan, self.now);
        self.comes(&call.expect("there is the room"), Input::default());
    }

    /// A telephone that rings is not answered.
    pub(crate) fn is_busy(&mut self, who: &CallSid) {
        if let At::Ringing(invite) = self.legs[who].at {
            self.leg_mut(who).at = At::Gone;
            self.tells_invite(who, invite, LegStatus::Busy);
        }
        self.works();
    }
}
