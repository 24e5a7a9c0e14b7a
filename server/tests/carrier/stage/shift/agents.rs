//! Agents at their browsers: they answer, decline, miss, hold, hang up, lose their tab or their network, and change
//! their mind.

use carrier::engine::{LegState, LegView, Time};
use carrier::face::Carrier;
use exchange::{
    AgentEvent, AwayReason, CallSid, Chosen, Command, Duty, Event, Moment, SupportEvent, UserName,
};
use server::AppState;
use server::door::{self, Knock};
use store::{Console, KnownAgent};

use super::super::chance::Chance;
use super::super::surely::surely;
use super::browser::{falls_silent, told};
use super::handing::{Book, Handing};

/// How often a console answers its feed.
const PING_MS: i64 = 5_000;

/// Somebody at a browser.
#[derive(Debug)]
pub(crate) struct Agent {
    pub(crate) user: UserName,
    chance: Chance,
    /// How long things take them, in thousandths of what people need.
    pace: u32,
    console: Browser,
    /// How many consoles they have had.
    opened: u32,
    pinged: Option<Time>,
    leg: Option<AtLeg>,
    /// When they do something about what they are shown.
    acts: Option<(Time, Act)>,
    /// When they change their mind about working.
    moods: Time,
    /// How often their leg went without a hang-up.
    pub(crate) losses: usize,
    /// To whom they hand callers over, and how often.
    book: Book,
}

/// Their browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Browser {
    Open,
    /// Nobody answers; it is there again at this moment.
    Gone(Time),
}

/// The leg that their browser has.
#[derive(Clone, Debug)]
struct AtLeg {
    leg: twilio::CallSid,
    call: CallSid,
    offer: u32,
    is_talking: bool,
    plans: Vec<(Time, Deed)>,
}

/// What they do to a leg.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Deed {
    Answer,
    DeclineByClick,
    DeclineByLeg,
    Hold(bool),
    HangUpByClick,
    HangUpLeg,
    Reload,
    Sleep,
    Hand(Handing),
}

/// What they do otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    BeAvailable,
    TakeTime,
    WrapUp,
}

impl Agent {
    pub(crate) fn new(user: UserName, seed: u64, pace: u32, book: Book) -> Self {
        Self {
            user,
            chance: Chance::from_seed(seed),
            pace,
            console: Browser::Gone(Time(0)),
            opened: 0,
            pinged: None,
            leg: None,
            acts: None,
            moods: Time(0),
            losses: 0,
            book,
        }
    }

    /// The address of their browser.
    pub(crate) fn address(&self) -> String {
        format!("client:{}", self.user)
    }

    /// A while between two lengths, in milliseconds at a usual pace.
    fn while_of(&mut self, least: u32, end: u32) -> i64 {
        i64::from(self.chance.between(least, end)) * i64::from(self.pace) / 1_000
    }

    fn connection(&self) -> String {
        format!("{}-{}", self.user, self.opened)
    }

    /// What their console tells now, when it does.
    pub(crate) fn pings(&mut self, carrier: &Carrier) -> Option<Console> {
        let now = carrier.now();
        if let Browser::Gone(back) = self.console {
            if back > now {
                return None;
            }
            self.console = Browser::Open;
            self.opened += 1;
            self.pinged = None;
            carrier.with(|engine| engine.register_client(self.user.as_str()));
        }
        if self.pinged.is_some_and(|at| at.plus(PING_MS) > now) {
            return None;
        }
        self.pinged = Some(now);
        Some(Console {
            connection: self.connection(),
            user: self.user.clone(),
            answered: Moment(now.0),
            registered: true,
            microphone: true,
        })
    }

    /// Does what is to be done by now, seeing the leg at their browser and themselves as their console shows them.
    pub(crate) async fn acts(
        &mut self,
        carrier: &Carrier,
        state: &AppState,
        legs: &[LegView],
        known: Option<&KnownAgent>,
    ) {
        if self.console != Browser::Open {
            return;
        }
        self.looks_at_legs(carrier, legs);
        let now = carrier.now();
        while let Some(deed) = self.due(now) {
            self.does(deed, carrier, state).await;
        }
        if let Some(known) = known {
            self.looks_at_self(known, state, now).await;
        }
    }

    fn due(&mut self, now: Time) -> Option<Deed> {
        let plans = &mut self.leg.as_mut()?.plans;
        let place = plans.iter().position(|(at, _)| *at <= now)?;
        Some(plans.remove(place).1)
    }

    fn looks_at_legs(&mut self, carrier: &Carrier, legs: &[LegView]) {
        let now = carrier.now();
        let address = self.address();
        let live = |leg: &&LegView| leg.number == address && leg.state != LegState::Over;
        let is_there = |at: &AtLeg| legs.iter().filter(live).any(|leg| leg.sid == at.leg);
        if self.leg.as_ref().is_some_and(|at| !is_there(at)) {
            self.leg = None;
        }
        let Some(leg) = legs.iter().find(live) else {
            return;
        };
        match &mut self.leg {
            Some(at) => {
                if leg.sid == at.leg && leg.state == LegState::Talking && !at.is_talking {
                    at.is_talking = true;
                    let plans = self.plans_talk(now);
                    if let Some(at) = &mut self.leg {
                        at.plans = plans;
                    }
                }
            }
            None => {
                if let Some((call, offer, again)) = told(carrier, &leg.sid) {
                    let plans = self.plans_ringing(now, again);
                    self.leg = Some(AtLeg {
                        leg: leg.sid.clone(),
                        call,
                        offer,
                        is_talking: false,
                        plans,
                    });
                }
            }
        }
    }

    fn plans_ringing(&mut self, now: Time, again: bool) -> Vec<(Time, Deed)> {
        let (least, end, deed) = match self.chance.between(0, 100) {
            // Their browser joins by itself.
            _ if again => (300, 1_500, Deed::Answer),
            0..70 => (500, 14_000, Deed::Answer),
            70..78 => (500, 9_000, Deed::DeclineByClick),
            78..84 => (500, 9_000, Deed::DeclineByLeg),
            84..88 => (500, 9_000, Deed::Reload),
            88..91 => (500, 9_000, Deed::Sleep),
            _ => return Vec::new(),
        };
        vec![(now.plus(self.while_of(least, end)), deed)]
    }

    fn plans_talk(&mut self, now: Time) -> Vec<(Time, Deed)> {
        let mut plans = Vec::new();
        let mut at = now.plus(self.while_of(2_000, 90_000));
        if self.chance.strikes(25) {
            plans.push((at, Deed::Hold(true)));
            at = at.plus(self.while_of(1_000, 20_000));
            if self.chance.strikes(80) {
                plans.push((at, Deed::Hold(false)));
            }
            at = at.plus(self.while_of(1_000, 20_000));
        }
        for (after, step) in self.book.plans(&mut self.chance) {
            plans.push((at, Deed::Hand(step)));
            at = at.plus(i64::from(after) * i64::from(self.pace) / 1_000);
        }
        match self.chance.between(0, 100) {
            0..55 => {
                plans.push((at, Deed::HangUpByClick));
                plans.push((at.plus(200), Deed::HangUpLeg));
            }
            55..60 => plans.push((at, Deed::HangUpByClick)),
            60..75 => plans.push((at, Deed::Reload)),
            75..82 => plans.push((at, Deed::Sleep)),
            82..88 => plans.push((at, Deed::HangUpLeg)),
            // They wait for the caller to hang up, for a long while.
            _ => plans.push((
                at.plus(self.while_of(120_000, 240_000)),
                Deed::HangUpByClick,
            )),
        }
        plans
    }

    async fn does(&mut self, deed: Deed, carrier: &Carrier, state: &AppState) {
        let Some(at) = self.leg.clone() else { return };
        let now = carrier.now();
        // A leg may be over by now; then nothing happens.
        match deed {
            Deed::Answer => {
                let _ = carrier.answer(&at.leg);
            }
            Deed::DeclineByClick => {
                let offer = at.offer;
                self.commands(state, &at.call, Command::Decline { offer })
                    .await;
                let _ = carrier.decline(&at.leg);
            }
            Deed::DeclineByLeg => {
                let _ = carrier.decline(&at.leg);
            }
            Deed::Hold(on) => self.commands(state, &at.call, Command::Hold { on }).await,
            Deed::Hand(step) => self.commands(state, &at.call, step.command()).await,
            Deed::HangUpByClick => self.commands(state, &at.call, Command::HangUp).await,
            Deed::HangUpLeg => {
                let _ = carrier.hang_up(&at.leg);
            }
            Deed::Reload => {
                let back = self.while_of(1_500, 6_000);
                self.goes(carrier, now.plus(back));
                falls_silent(carrier, &at.leg);
                let connection = self.connection();
                surely(async || state.store.console_gone(&connection).await).await;
            }
            Deed::Sleep => {
                let back = self.while_of(20_000, 90_000);
                self.goes(carrier, now.plus(back));
                falls_silent(carrier, &at.leg);
            }
        }
    }

    /// Their browser is gone, and nobody can ring it.
    fn goes(&mut self, carrier: &Carrier, back: Time) {
        self.losses += usize::from(self.leg.as_ref().is_some_and(|at| at.is_talking));
        self.console = Browser::Gone(back);
        self.leg = None;
        self.acts = None;
        carrier.with(|engine| engine.unregister_client(self.user.as_str()));
    }

    async fn looks_at_self(&mut self, known: &KnownAgent, state: &AppState, now: Time) {
        let agent = known.agent.at(state.clock.now());
        if self.acts.is_none() {
            self.acts = match (&agent.duty, agent.chosen) {
                (Duty::NotResponding { .. }, _)
                | (Duty::Free, Chosen::Offline | Chosen::Away(_)) => {
                    Some((now.plus(self.while_of(1_000, 30_000)), Act::BeAvailable))
                }
                (Duty::WrapUp { until: Some(_), .. }, _) => match self.chance.between(0, 4) {
                    0 => Some((now.plus(self.while_of(1_000, 9_000)), Act::TakeTime)),
                    1 | 2 => Some((now.plus(self.while_of(1_000, 25_000)), Act::WrapUp)),
                    _ => None,
                },
                (Duty::WrapUp { until: None, .. }, _) => {
                    Some((now.plus(self.while_of(1_000, 30_000)), Act::WrapUp))
                }
                (
                    Duty::Free | Duty::Ringing { .. } | Duty::OnCall { .. } | Duty::Lost { .. },
                    _,
                ) => None,
            };
        }
        if let Some((_, act)) = self.acts.take_if(|(at, _)| *at <= now) {
            let event = match (act, &agent.duty) {
                (Act::BeAvailable, _) => Some(AgentEvent::Chose(Chosen::Available)),
                (Act::TakeTime, Duty::WrapUp { call, .. }) => {
                    Some(AgentEvent::StaysInWrapUp { call: call.clone() })
                }
                (Act::WrapUp, Duty::WrapUp { call, .. }) => {
                    Some(AgentEvent::WrappedUp { call: call.clone() })
                }
                (Act::TakeTime | Act::WrapUp, _) => None,
            };
            if let Some(event) = event {
                self.tells(state, &event).await;
            }
        }
        if self.moods <= now {
            let is_first = self.moods == Time(0);
            self.moods = now.plus(self.while_of(60_000, 600_000));
            let event = match self.chance.between(0, 3) {
                _ if is_first => return,
                0 => AgentEvent::Chose(Chosen::Away(AwayReason::Break)),
                1 => AgentEvent::ChoseNext(Some(Chosen::Away(AwayReason::Meal))),
                _ => AgentEvent::Chose(Chosen::Offline),
            };
            self.tells(state, &event).await;
        }
    }

    async fn tells(&self, state: &AppState, event: &AgentEvent) {
        surely(async || server::agents::tell(state, &self.user, event, None).await).await;
    }

    /// A click, which may come too late.
    async fn commands(&self, state: &AppState, call: &CallSid, what: Command) {
        let by = self.user.clone();
        let event = Event::Support(SupportEvent::Command { by, what });
        surely(async || {
            let knock = Knock {
                sid: call,
                identity: None,
                name: "A click",
                request: store::Request::default(),
                settles: None,
            };
            door::enter(state, knock, event.clone(), |_| None)
                .await
                .map(|_| ())
        })
        .await;
    }
}
