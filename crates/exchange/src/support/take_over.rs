//! Taking a call over: a supervisor who watches becomes the agent who has the caller. And asking for
//! that help.

use super::case::Case;
use super::{Help, OfferOutcome, Refusal, Seat, Stage, Switch, WatchMode};
use crate::{AgentEvent, UserName};

impl Case<'_> {
    /// A supervisor wants to have the caller. They are heard by everybody first; until then nothing
    /// else changes.
    pub(super) fn take_over(&mut self, by: &UserName) -> Result<(), Refusal> {
        if let Stage::Talking { agent, .. } = &self.state.stage
            && agent == by
        {
            return Ok(());
        }
        let watcher = self.watcher_of(by)?.clone();
        if watcher.takes_over.is_some() {
            return Ok(());
        }
        if !self.is_talk() {
            return Err(Refusal::NotTalking(self.state.stage.what()));
        }
        if let Some(other) = self.state.watching().find(|one| one.takes_over.is_some()) {
            return Err(Refusal::TakenOverBy(other.name.clone()));
        }
        let now = self.now();
        if let Some(watcher) = self.watcher_mut(&watcher.leg) {
            watcher.takes_over = Some(now);
            watcher.mode = WatchMode::Speak;
        }
        let call = self.turn.call.sid.clone();
        self.turn.agent(by, AgentEvent::TakesOver { call });
        self.write_down(by, format!("{} takes the call over.", watcher.name));
        Ok(())
    }

    /// They do not take it over after all.
    pub(super) fn takes_over_no_more(&mut self, user: &UserName) {
        let free = AgentEvent::CallOver {
            call: self.turn.call.sid.clone(),
            wrap_up_s: 0,
        };
        self.turn.agent(user, free);
    }

    /// Whoever takes the call over has the caller once everybody hears them.
    pub(super) fn settle_take_over(&mut self) {
        let Some(taker) = self
            .state
            .watching()
            .find(|one| one.takes_over.is_some())
            .cloned()
        else {
            return;
        };
        if !self.is_talk() {
            if let Some(watcher) = self.watcher_mut(&taker.leg) {
                watcher.takes_over = None;
            }
            let what = self.state.stage.what();
            self.turn.note(format!(
                "{} could not take the call over: {what}.",
                taker.name
            ));
            return self.takes_over_no_more(&taker.user);
        }
        if taker.confirmed() == Some(WatchMode::Speak) && taker.sets == 0 && self.is_whole() {
            self.give_to_watcher(&taker);
        }
    }

    /// Whether the leg of whoever has the caller is in the room, as far as we know. While it may have
    /// gone, what becomes of the talk is found out first.
    fn is_whole(&self) -> bool {
        let leg = self.state.stage.leg();
        leg.is_some_and(|leg| self.staying().any(|seat| seat.leg == *leg))
    }

    /// Everybody else who was with the caller is told so, and let go.
    fn give_to_watcher(&mut self, taker: &super::Watcher) {
        let now = self.now();
        let from = self.talks_name();
        self.overtake_transfer(&format!("{} has taken the caller over.", taker.name));
        let (over, caller) = (self.call_over(), self.turn.call.sid.clone());
        let others: Vec<Seat> = self.staying().cloned().collect();
        for seat in others {
            self.tell_seat(&seat, over.clone());
        }
        for seat in &mut self.state.seats {
            if seat.gone.is_none() {
                seat.leaving.get_or_insert(now);
            }
        }
        let offer = self.write_offer(&taker.user, &taker.name, None, false);
        if let Some(offer) = self.offer_mut(offer) {
            offer.leg = Some(taker.leg.clone());
            offer.outcome = Some(OfferOutcome::Answered);
        }
        self.state.watchers.retain(|one| one.leg != taker.leg);
        let call = self.turn.call.sid.clone();
        self.turn
            .agent(&taker.user, AgentEvent::PhoneIsBack { call });
        self.state.seats.push(Seat {
            leg: taker.leg.clone(),
            agent: taker.user.clone(),
            number: None,
            offer: Some(offer),
            answered: taker.led,
            joined: taker.joined,
            gone: None,
            ends_room: Switch::Off,
            leaving: None,
            hold: Switch::Off,
            is_released: false,
            hold_sets: 0,
            flag_sets: 0,
            mute: Switch::Off,
            round: self.state.room.round,
        });
        self.state.taken_over = Some(now);
        self.turn
            .note(format!("{} has the caller, whom {from} had.", taker.name));
        self.release(&caller);
        self.talk_by(&taker.leg);
        self.set_flags();
    }

    fn talks_name(&self) -> String {
        match &self.state.stage {
            Stage::Talking { agent, .. } => self.name_of(agent),
            Stage::Outside { number, .. } => number.formatted(),
            Stage::Arrived
            | Stage::Waiting(_)
            | Stage::Offered { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording
            | Stage::Ending(_)
            | Stage::Survey { .. } => "nobody".to_owned(),
        }
    }

    /// An agent asks for help, or takes that back.
    pub(super) fn ask_help(&mut self, by: &UserName, on: bool) -> Result<(), Refusal> {
        let is_in = self
            .staying()
            .any(|seat| seat.agent == *by && seat.number.is_none());
        if !is_in {
            self.talking_leg(by)?;
        }
        let asks = self.state.help.as_ref().is_some_and(|help| help.by == *by);
        if asks != on {
            let (since, name) = (self.now(), self.name_of(by));
            self.state.help = on.then(|| Help {
                by: by.clone(),
                since,
            });
            let words = if on {
                "asks for help"
            } else {
                "needs no help any more"
            };
            self.turn.note(format!("{name} {words}."));
        }
        Ok(())
    }

    /// Whoever is out of the call asks for no help in it.
    pub(super) fn settle_help(&mut self) {
        if let Some(help) = &self.state.help
            && !self
                .staying()
                .any(|seat| seat.agent == help.by && seat.number.is_none())
        {
            self.state.help = None;
        }
    }
}
