//! The documents of a caller: into the room, what they hear there, and where they go when it ends.

use super::case::{Case, GRACE_S};
use super::{
    Ending, Instead, Question, Stage, SupportRoute, Target, Timer, TransferKind, TurnedAway,
    Waiting, WhyTurned,
};
use crate::{Act, Input, Join, Outcome, Part, Prompt, RoomName, Route};

/// So many documents that lead a caller somewhere are a circle that has to end.
const MAX_ROUNDS: u32 = 200;

/// After how many rounds of music a caller is told their unchanged place again.
const TELL_EVERY: u32 = 3;

impl Case<'_> {
    pub(super) fn route(&self, step: SupportRoute) -> Route {
        Route::Support(self.turn.call.sid.clone(), step)
    }

    /// The caller asks where to go: whatever they are to meet now.
    pub(super) fn lead(&mut self, input: &Input) {
        if self.state.stage == Stage::Arrived {
            self.begin(input);
        }
        let room = &mut self.state.room;
        room.round += 1;
        room.led_at = self.turn.now;
        room.moving_since = None;
        if room.round > MAX_ROUNDS {
            self.turn.note(format!(
                "The caller was led in a circle {MAX_ROUNDS} times."
            ));
            return self.end_with(Prompt::Apology, Outcome::Apologised);
        }
        match self.state.stage.clone() {
            Stage::Arrived
            | Stage::Waiting(_)
            | Stage::Offered { .. }
            | Stage::Talking { .. }
            | Stage::Outside { .. } => {
                self.enter_room();
            }
            Stage::TurnedAway(turned) => self.turn_away(turned),
            Stage::Asked(question) => self.ask(question),
            Stage::Recording => self.ask_for_message(),
            Stage::Ending(Ending { .. }) => self.after_talk(),
            Stage::Survey { question } => self.ask_about(question),
        }
    }

    fn begin(&mut self, input: &Input) {
        let is_open = self.turn.line.is_open(&input.clocks);
        let limit = self.settings.queue_limit;
        let is_full = input
            .queue
            .zip(limit)
            .is_some_and(|(queue, limit)| queue.waiting >= limit);
        let why = match (is_open, is_full) {
            (false, _) => WhyTurned::Closed,
            (true, true) => WhyTurned::Full,
            (true, false) => {
                self.turn.note(format!(
                    "The caller waits for an agent of the team {}.",
                    self.settings.team
                ));
                self.begin_wait(None);
                return self.sweep_on();
            }
        };
        self.state.turned = Some(why);
        self.state.stage = Stage::TurnedAway(TurnedAway {
            to: self.settings.closed,
            why,
        });
        self.sweep_on();
    }

    fn enter_room(&mut self) {
        let room = &mut self.state.room;
        if let Some(past) = room.conference.take() {
            room.past.push(past);
        }
        room.sequence = None;
        room.hold = super::Switch::Off;
        room.is_released = false;
        room.mute = super::Switch::Off;
        let room = RoomName::Call(self.turn.call.sid.clone());
        let join = Join {
            ends: true,
            wait: Some(self.route(SupportRoute::Wait)),
            ..Join::to(room, self.route(SupportRoute::Left))
        };
        self.turn.act(Act::Join(join));
    }

    /// What a waiting caller hears: how it stands, music, and the same again.
    pub(super) fn wait(&mut self, input: &Input) {
        match self.state.stage {
            Stage::Waiting(_) | Stage::Offered { .. } => self.tell_how_it_stands(input),
            Stage::Arrived
            | Stage::Talking { .. }
            | Stage::Outside { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => {}
        }
        self.turn.act(Act::Music);
        let again = self.route(SupportRoute::Wait);
        self.turn.act(Act::Goto(again));
    }

    fn tell_how_it_stands(&mut self, input: &Input) {
        let place = input.queue.map_or(0, |queue| queue.place);
        let (is_new, is_due) = match self.state.told {
            None => (true, true),
            Some((told, heard)) => (false, told != place || heard >= TELL_EVERY),
        };
        if is_new {
            let greeting = self.greeting();
            self.turn.say(greeting, &[]);
        }
        // A place in the queue means nothing to somebody who is promised to one agent.
        let is_queued = self.settings.tell_place && place > 0 && !self.waits_for_target();
        if is_due && is_queued {
            self.tell_place(input, place);
        } else if is_new {
            self.turn.say(Prompt::WaitOn, &[]);
        }
        let heard = match self.state.told {
            Some((_, heard)) if !is_due => heard.saturating_add(1),
            Some(_) | None => 1,
        };
        self.state.told = Some((place, heard));
    }

    fn greeting(&self) -> Prompt {
        let last = self.state.past_transfers.last();
        let has_failed = last.is_some_and(|last| {
            last.kind == TransferKind::Cold && last.ended >= self.state.waiting_since
        });
        if self
            .state
            .transfer
            .as_ref()
            .is_some_and(|one| one.kind == TransferKind::Cold)
        {
            Prompt::HandOverWait
        } else if has_failed {
            Prompt::HandOverFailed
        } else if self.state.waits > 1 {
            Prompt::SupportReturns
        } else {
            Prompt::SupportWelcome
        }
    }

    /// Whether the caller waits for somebody whom they were promised.
    fn waits_for_target(&self) -> bool {
        self.state.transfer.as_ref().is_some_and(|transfer| {
            transfer.kind == TransferKind::Cold && !matches!(transfer.target, Target::Queue { .. })
        })
    }

    fn tell_place(&mut self, input: &Input, place: u32) {
        self.turn.note(format!(
            "The caller was told that they are number {place} in the queue."
        ));
        if place == 1 {
            self.turn.say(Prompt::WaitNext, &[]);
        } else {
            self.turn.say(
                Prompt::WaitPlace,
                &[("place", Part::Text(place.to_string()))],
            );
        }
        match input.queue.and_then(|queue| queue.minutes) {
            Some(minutes @ 2..) => self.turn.say(
                Prompt::WaitMinutes,
                &[("minutes", Part::Text(minutes.to_string()))],
            ),
            Some(0 | 1) => self.turn.say(Prompt::WaitSoon, &[]),
            None => {}
        }
    }

    /// The caller is out of the room and still on the line.
    pub(super) fn left(&mut self, input: &Input) {
        let is_due = std::mem::take(&mut self.state.room.is_left_due);
        if is_due && self.now().seconds_since(self.state.room.led_at) < GRACE_S {
            let next = self.route(SupportRoute::Next);
            return self.turn.act(Act::Goto(next));
        }
        match self.state.stage.clone() {
            Stage::Arrived | Stage::Ending(_) => self.lead(input),
            Stage::Waiting(_) | Stage::Offered { .. } => {
                if self.state.room.moving_since.is_none() {
                    self.turn
                        .note("The waiting room ended; the caller is led back into it.");
                }
                self.lead(input);
            }
            Stage::Talking { .. } | Stage::Outside { .. } => {
                let is_moving = self.state.room.moving_since.is_some();
                // Of several, whoever has ended the room by leaving is found out; the others are led
                // back into it, as the caller is.
                if !is_moving && self.staying().count() < 2 {
                    self.lose_talk();
                }
                self.lead(input);
            }
            // What follows a redirect of ours is not obeyed; if it is, it leads where the redirect does.
            Stage::TurnedAway(_) | Stage::Asked(_) | Stage::Recording | Stage::Survey { .. } => {
                let next = self.route(SupportRoute::Next);
                self.turn.act(Act::Goto(next));
            }
        }
    }

    /// There is no agent for the caller.
    fn turn_away(&mut self, turned: TurnedAway) {
        let (words, said, how) = match turned.why {
            WhyTurned::Closed => (
                Prompt::SupportClosed,
                "The line is closed.",
                Outcome::Closed,
            ),
            WhyTurned::Full => (
                Prompt::SupportFull,
                "Too many callers wait already.",
                Outcome::Closed,
            ),
            WhyTurned::NobodyCame => (
                Prompt::NobodyCame,
                "No agent came in time.",
                Outcome::NotReached,
            ),
        };
        self.turn.note(said);
        self.turn.say(words, &[]);
        match turned.to {
            Instead::Voicemail => self.ask_for_message(),
            Instead::Callback => self.offer_callback(),
            Instead::Goodbye => self.end_with(Prompt::CallAgain, how),
        }
    }

    /// Good-bye.
    pub(super) fn end_with(&mut self, prompt: Prompt, otherwise: Outcome) {
        self.sync();
        self.turn.farewell(prompt, otherwise);
    }

    /// Nobody came in time.
    pub(super) fn nobody_came(&mut self) {
        self.overtake_transfer("Nobody came to whom the caller could be handed over.");
        self.state.turned = Some(WhyTurned::NobodyCame);
        self.state.stage = Stage::TurnedAway(TurnedAway {
            to: self.settings.nobody,
            why: WhyTurned::NobodyCame,
        });
        self.turn
            .note("No agent came in time; the caller is led out of the room.");
        self.move_caller();
    }

    /// It is time to ask whether the caller wishes to go on waiting.
    pub(super) fn offer_choices(&mut self) {
        const LATER_S: i64 = 15;
        /// Questions that are left for what the choices lead to.
        const MOST_PROMPTS: u16 = 12;

        let wait = self.state.waits;
        match &self.state.stage {
            Stage::Waiting(Waiting { first: None, .. })
                if self.state.room.moving_since.is_none() =>
            {
                if self.turn.call.prompts < MOST_PROMPTS {
                    self.turn
                        .note("The caller is asked whether they wish to go on waiting.");
                    self.turn.call.tries = 0;
                    self.state.stage = Stage::Asked(Question::Choices);
                    self.move_caller();
                }
            }
            Stage::Waiting(_) | Stage::Offered { .. } => {
                self.tick(Timer::Choices { wait }, LATER_S);
            }
            Stage::Arrived
            | Stage::Talking { .. }
            | Stage::Outside { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => {}
        }
    }
}
