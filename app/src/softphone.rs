//! The telephone in this browser, and the one border to the JavaScript that makes it one. `desk` decides what happens;
//! here it is done, and told.

mod calls;
mod device;
mod devices;
mod loading;
mod memory;
mod microphone;
pub(crate) mod pretend;
mod report;
mod script;
mod sdk;
mod sounding;
mod tab;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use desk::softphone::{CallKey, CallNews, Door, Order, PhoneEvent, Softphone};
use leptos::prelude::*;
use leptos::web_sys::js_sys::Function;
use wasm_bindgen::JsValue;

pub(crate) use devices::{Devices, SoundDevice};
pub(crate) use memory::Choice;

use crate::now;

/// How often time that passes is told.
const TICK: Duration = Duration::from_secs(1);

/// Puts the telephone of whoever is signed in where every page finds it.
pub(crate) fn provide_phone(holder: String) {
    provide_context(Phone::of(holder));
}

/// The telephone, where somebody is signed in.
pub(crate) fn phone() -> Option<Phone> {
    use_context()
}

/// The telephone, as components see it.
#[derive(Clone, Copy)]
pub(crate) struct Phone {
    /// How it stands.
    pub(crate) state: RwSignal<Softphone>,
    /// What there is to speak into and to hear through.
    pub(crate) devices: RwSignal<Devices>,
    /// How loud the microphone is, from 0 to 100: while it is chosen, and in a call.
    pub(crate) level: RwSignal<u8>,
    chosen: RwSignal<Choice>,
    /// Whose it is: their user name.
    holder: StoredValue<String>,
}

/// A purpose for which a device is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Microphone,
    Speaker,
    Ringer,
}

/// What belongs to the browser and is never handed to components. Nothing of it is borrowed while the SDK is used.
#[derive(Default)]
struct Held {
    registration: Option<device::Registration>,
    calls: BTreeMap<CallKey, calls::Handle>,
    /// Calls that were ended before the SDK had made them.
    given_up: BTreeSet<CallKey>,
    microphone: Option<microphone::Open>,
    /// The sound of pretend telephones, by their legs.
    talks: BTreeMap<String, pretend::Talk>,
    /// What nobody holds is collected by the browser, and tells of no change any longer.
    permission: JsValue,
    /// Leaves the telephone to another tab.
    lock: Option<Function>,
    devices_made: u32,
    calls_seen: CallKey,
    microphones_asked: u32,
}

thread_local! {
    static HELD: RefCell<Held> = RefCell::default();
}

fn held<T>(using: impl FnOnce(&mut Held) -> T) -> T {
    HELD.with(|held| using(&mut held.borrow_mut()))
}

impl Phone {
    /// The telephone of whoever is signed in. On the server, and until the page is alive, it sleeps.
    fn of(holder: String) -> Self {
        let phone = Self {
            state: RwSignal::new(Softphone::default()),
            devices: RwSignal::new(Devices::default()),
            level: RwSignal::new(0),
            chosen: RwSignal::new(Choice::default()),
            holder: StoredValue::new(holder),
        };
        Effect::new(move |_| phone.wake());
        phone
    }

    /// Tells it what happened, and does what it wants done for that.
    pub(crate) fn tell(self, event: PhoneEvent) {
        let orders = self.state.try_maybe_update(|phone| {
            let before = phone.clone();
            let orders = phone.hear(event, now::read());
            (*phone != before, orders)
        });
        for order in orders.into_iter().flatten() {
            self.carry_out(order);
        }
    }

    /// Does something with a call.
    pub(crate) fn with_call(self, key: CallKey, news: CallNews) {
        self.tell(PhoneEvent::Call(key, news));
    }

    /// Calls a number, E.164, and shows that of a line there.
    pub(crate) fn call(self, to: String, line: Option<String>) {
        let key = calls::next_key();
        self.tell(PhoneEvent::CallMade { key, to, line });
    }

    /// Goes into a room of ours.
    pub(crate) fn enter(self, door: Door) {
        let key = calls::next_key();
        self.tell(PhoneEvent::RoomEntered { key, door });
    }

    /// Through what it sounds.
    pub(crate) fn choice(self) -> Choice {
        self.chosen.try_get_untracked().unwrap_or_default()
    }

    /// The device that was chosen for a purpose; empty is the browser's own choice.
    pub(crate) fn device_for(self, purpose: Purpose) -> String {
        self.chosen.with(|choice| {
            match purpose {
                Purpose::Microphone => &choice.microphone,
                Purpose::Speaker => &choice.speaker,
                Purpose::Ringer => &choice.ringer,
            }
            .clone()
        })
    }

    /// Chooses a device, and remembers it.
    pub(crate) fn choose(self, purpose: Purpose, device: String) {
        self.chosen.update(|choice| match purpose {
            Purpose::Microphone => choice.microphone = device,
            Purpose::Speaker => choice.speaker = device,
            Purpose::Ringer => choice.ringer = device,
        });
        memory::remember(&self.choice());
        match purpose {
            Purpose::Microphone => microphone::change(self),
            Purpose::Speaker | Purpose::Ringer => device::choose_speakers(self),
        }
    }

    /// Lets somebody hear what they chose.
    pub(crate) fn try_out(self, purpose: Purpose) {
        let choice = self.choice();
        match purpose {
            Purpose::Speaker => devices::play("test", &choice.speaker),
            Purpose::Ringer => devices::play("incoming", &choice.ringer),
            Purpose::Microphone => {}
        }
    }

    fn wake(self) {
        let choice = memory::recall();
        let armed = choice.armed_by.is_some() && choice.armed_by == self.holder.try_get_value();
        self.chosen.set(choice);
        devices::watch(self);
        set_interval(move || self.tell(PhoneEvent::Tick), TICK);
        self.tell(PhoneEvent::Woken { armed });
    }

    fn carry_out(self, order: Order) {
        match order {
            Order::Claim => tab::claim(self),
            Order::Release => tab::release(),
            Order::FetchToken => loading::fetch_token(self),
            Order::LoadSdk { is_local } => loading::load_sdk(self, is_local),
            Order::TrySound => sounding::attempt(self),
            Order::OpenMicrophone => microphone::open(self),
            Order::CloseMicrophone => microphone::close(self),
            Order::Remember => self.arm(self.holder.try_get_value()),
            Order::Forget => self.arm(None),
            Order::Start(token) => device::start(self, &token),
            Order::UpdateToken(token) => device::update_token(self, &token),
            Order::Register => device::register(self),
            Order::Stop => device::stop(),
            Order::Accept(key) => calls::accept(self, key),
            Order::Reject(key) => calls::reject(self, key),
            Order::Disconnect(key) => calls::disconnect(self, key),
            Order::Mute(key, on) => calls::mute(self, key, on),
            Order::Press(key, digit) => calls::press(self, key, digit),
            Order::Connect { key, to, line } => {
                let line = line.map(|line| ("Line", line));
                let about: Vec<_> = [("To", to)].into_iter().chain(line).collect();
                device::connect(self, key, &about);
            }
            Order::Enter { key, door } => device::connect(self, key, &door.way.parameters()),
            Order::Report(key, meant) => report::send(self, key, meant),
            Order::LetGo(key) => calls::let_go(key),
        }
    }

    fn arm(self, by: Option<String>) {
        self.chosen.update(|choice| choice.armed_by = by);
        memory::remember(&self.choice());
    }
}
