//! The telephone in a browser: what it shows, what it is told, and what it wants done.

mod call;
mod door;
mod event;
mod line;
mod presence;
mod quality;
mod renewal;
mod set_up;
mod trouble;
mod words;

pub use call::{CallEnd, CallStage, Softcall};
pub use door::{Door, Way};
pub use event::{CallKey, CallNews, Meant, Order, PhoneEvent, Settled};
pub use presence::Reachable;
pub use trouble::{Fault, MicrophoneFault, Trouble};

use call::is_of_microphone;
use renewal::Renewal;

use crate::PhoneToken;

/// The telephone of the person who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Softphone {
    /// How far it is set up.
    pub set_up: SetUp,
    /// Whether the carrier rings here.
    pub line: Line,
    /// Calls that go on, and those whose end is still shown; the latest last.
    pub calls: Vec<Softcall>,
    /// Whether numbers can be called.
    pub calls_out: bool,
    /// Whether this page had the click that sound needs.
    was_clicked: bool,
    /// Whether the person chose their devices before.
    was_set_up: bool,
    /// The token for a device that is to be made.
    token: Option<PhoneToken>,
    /// Tokens that the carrier turned down, one after the other.
    turned_down: u32,
    /// Losses, one after the other.
    losses: usize,
    /// The microphone went away while somebody talked.
    is_deaf: Option<MicrophoneFault>,
    renewal: Renewal,
}

/// How far the telephone is set up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SetUp {
    /// Nobody wants it.
    #[default]
    Asleep,
    /// It is being asked for among the browser's tabs.
    Claiming,
    /// Another tab has it.
    Elsewhere,
    /// Token and SDK are on their way.
    Loading,
    /// Sound needs a click.
    WantsClick,
    /// The browser asks whether the page may use the microphone.
    Microphone,
    /// Microphone and speakers are chosen and tried.
    Choosing,
    /// It can ring. `choosing`: the devices are chosen again meanwhile.
    Ready {
        /// Whether they are.
        choosing: bool,
    },
    /// Something is wrong that a person has to mend.
    Stopped(Trouble),
}

/// Whether the carrier rings here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Line {
    /// It is not to.
    #[default]
    Off,
    /// It is being asked to.
    Registering,
    /// It does.
    Registered,
    /// It does not at the moment.
    Lost {
        /// What is wrong.
        trouble: Trouble,
        /// When it is tried again, in milliseconds since 1970 UTC.
        again_ms: i64,
    },
}

impl Softphone {
    /// Takes in what happened, and says what is to be done for it, in order.
    pub fn hear(&mut self, event: PhoneEvent, now_ms: i64) -> Vec<Order> {
        match event {
            PhoneEvent::Woken { armed } => self.woken(armed),
            PhoneEvent::SwitchedOn => self.switched_on(),
            PhoneEvent::SwitchedOff => self.switched_off(now_ms),
            PhoneEvent::Owned => self.owned(now_ms),
            PhoneEvent::OwnedElsewhere => self.owned_elsewhere(),
            PhoneEvent::TokenCame(token) => self.token_came(token, now_ms),
            PhoneEvent::TokenRefused(why) => self.token_refused(why, now_ms),
            PhoneEvent::TokenFailed => self.token_failed(now_ms),
            PhoneEvent::SdkCame => self.sdk_came(),
            PhoneEvent::SdkFailed => self.sdk_failed(now_ms),
            PhoneEvent::SoundAllowed => self.sound_allowed(),
            PhoneEvent::MicrophoneOpened => self.microphone_opened(now_ms),
            PhoneEvent::MicrophoneFailed(fault) => self.microphone_failed(fault, now_ms),
            PhoneEvent::MicrophoneThere => {
                // One that is there is not one that is allowed.
                self.is_deaf = self.is_deaf.filter(|fault| *fault != MicrophoneFault::None);
                Vec::new()
            }
            PhoneEvent::ChoiceOpened => self.choice_opened(),
            PhoneEvent::ChoiceMade => self.choice_made(now_ms),
            PhoneEvent::RegisterEnded(end) => self.register_ended(end, now_ms),
            PhoneEvent::Registered => self.registered(),
            PhoneEvent::Unregistered => self.unregistered(now_ms),
            PhoneEvent::DeviceFailed(fault) => self.device_failed(fault, now_ms),
            PhoneEvent::TokenEnds => self.renew(now_ms),
            PhoneEvent::CallCame {
                key,
                sid,
                from,
                about,
            } => self.call_came(Softcall::ringing(key, sid, &from, about, now_ms), now_ms),
            PhoneEvent::CallMade { key, to, line } => self.call_made(key, to, line, now_ms),
            PhoneEvent::RoomEntered { key, door } => self.room_entered(key, door, now_ms),
            PhoneEvent::Call(key, news) => self.call_news(key, news, now_ms),
            PhoneEvent::Tick => self.tick(now_ms),
        }
    }

    /// Whether a call rings or goes on.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.calls.iter().any(Softcall::is_live)
    }

    /// A call by its key.
    #[must_use]
    pub fn call(&self, key: CallKey) -> Option<&Softcall> {
        self.calls.iter().find(|call| call.key == key)
    }

    /// Whether a number can be called now.
    #[must_use]
    pub fn can_call(&self) -> bool {
        self.calls_out && self.line == Line::Registered && !self.is_busy()
    }

    /// Whether it is set up in this tab.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        matches!(self.set_up, SetUp::Ready { .. })
    }

    /// A caller who was lost is taken back at once.
    fn call_came(&mut self, mut call: Softcall, now_ms: i64) -> Vec<Order> {
        let is_taken_back = call.comes_again() && !self.is_busy();
        let order = is_taken_back.then(|| call.answer(now_ms)).flatten();
        self.add(call, order)
    }

    fn call_made(
        &mut self,
        key: CallKey,
        to: String,
        line: Option<String>,
        now_ms: i64,
    ) -> Vec<Order> {
        if !self.can_call() {
            return Vec::new();
        }
        let call = Softcall::calling(key, &to, now_ms);
        self.add(call, Some(Order::Connect { key, to, line }))
    }

    fn room_entered(&mut self, key: CallKey, door: Door, now_ms: i64) -> Vec<Order> {
        if !self.can_call() {
            return Vec::new();
        }
        let mut call = Softcall::calling(key, &door.name, now_ms);
        call.about = door.way.about();
        self.add(call, Some(Order::Enter { key, door }))
    }

    fn add(&mut self, call: Softcall, order: Option<Order>) -> Vec<Order> {
        self.calls.retain(Softcall::is_live);
        self.calls.push(call);
        let mut orders = self.interrupt_choice();
        orders.extend(order);
        orders
    }

    fn call_news(&mut self, key: CallKey, news: CallNews, now_ms: i64) -> Vec<Order> {
        if news == CallNews::PutAway {
            self.calls.retain(|call| call.is_live() || call.key != key);
            return Vec::new();
        }
        let Some(call) = self.calls.iter_mut().find(|call| call.key == key) else {
            return Vec::new();
        };
        // The SDK gives up a call that was on its way out when its line is lost, and keeps its device busy for ever.
        let is_stuck = news == CallNews::LineLost
            && matches!(
                call.stage,
                CallStage::Answering(_) | CallStage::Calling(_) | CallStage::RingingThere(_)
            );
        let silenced = if let CallNews::Failed(fault) = &news
            && is_of_microphone(fault)
        {
            Some(Trouble::of(fault.clone()))
        } else {
            None
        };
        let mut orders: Vec<Order> = call.hear(news, now_ms).into_iter().collect();
        if is_stuck {
            orders.extend(self.begin_again(now_ms));
        }
        if let Some(trouble) = silenced {
            orders.extend(self.stop(trouble, now_ms));
        }
        orders
    }

    fn tick(&mut self, now_ms: i64) -> Vec<Order> {
        self.calls.retain(|call| !call.is_past(now_ms));
        let mut orders = Vec::new();
        let stuck = self.calls.iter_mut().filter(|call| call.hangs(now_ms));
        orders.extend(stuck.filter_map(|call| call.over(CallEnd::HungUp, now_ms)));
        if !orders.is_empty() {
            orders.extend(self.begin_again(now_ms));
        }
        if let Some(fault) = self.is_deaf.filter(|_| !self.is_busy()) {
            orders.extend(self.stop(Trouble::of_microphone(fault), now_ms));
        }
        orders.extend(self.renew(now_ms));
        orders.extend(self.try_again(now_ms));
        orders
    }
}

#[cfg(test)]
mod tests;
