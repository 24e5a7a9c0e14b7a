//! From a telephone that nobody asked for to one that can ring, and back.

use super::call::CallEnd;
use super::event::Order;
use super::trouble::{MicrophoneFault, Trouble};
use super::{Line, SetUp, Softphone};

impl Softphone {
    pub(super) fn woken(&mut self, armed: bool) -> Vec<Order> {
        self.was_set_up = armed;
        if armed && self.set_up == SetUp::Asleep {
            return self.claim();
        }
        Vec::new()
    }

    pub(super) fn switched_on(&mut self) -> Vec<Order> {
        self.was_clicked = true;
        match &self.set_up {
            SetUp::Asleep | SetUp::Stopped(_) => self.claim(),
            SetUp::WantsClick => self.ask_for_microphone(),
            SetUp::Claiming
            | SetUp::Elsewhere
            | SetUp::Loading
            | SetUp::Microphone
            | SetUp::Choosing
            | SetUp::Ready { .. } => Vec::new(),
        }
    }

    pub(super) fn switched_off(&mut self, now_ms: i64) -> Vec<Order> {
        let mut orders = self.end_calls(now_ms);
        *self = Self {
            calls: std::mem::take(&mut self.calls),
            was_clicked: self.was_clicked,
            ..Self::default()
        };
        orders.extend([
            Order::CloseMicrophone,
            Order::Stop,
            Order::Forget,
            Order::Release,
        ]);
        orders
    }

    pub(super) fn owned(&mut self, now_ms: i64) -> Vec<Order> {
        match &self.set_up {
            SetUp::Claiming | SetUp::Elsewhere => {
                self.set_up = SetUp::Loading;
                self.ask(now_ms)
            }
            // It was switched off while it waited.
            SetUp::Asleep => vec![Order::Release],
            SetUp::Loading
            | SetUp::WantsClick
            | SetUp::Microphone
            | SetUp::Choosing
            | SetUp::Ready { .. }
            | SetUp::Stopped(_) => Vec::new(),
        }
    }

    pub(super) fn owned_elsewhere(&mut self) -> Vec<Order> {
        if self.set_up == SetUp::Claiming {
            self.set_up = SetUp::Elsewhere;
            // What was clicked a long time ago does not make a page ring that somebody left behind.
            self.was_clicked = false;
        }
        Vec::new()
    }

    pub(super) fn sdk_came(&mut self) -> Vec<Order> {
        if self.set_up != SetUp::Loading {
            return Vec::new();
        }
        if self.was_clicked {
            return self.ask_for_microphone();
        }
        self.set_up = SetUp::WantsClick;
        vec![Order::TrySound]
    }

    /// After a reload in the middle of a call nobody has to click, where the browser allows it.
    pub(super) fn sound_allowed(&mut self) -> Vec<Order> {
        if self.set_up != SetUp::WantsClick {
            return Vec::new();
        }
        self.was_clicked = true;
        self.ask_for_microphone()
    }

    pub(super) fn sdk_failed(&mut self, now_ms: i64) -> Vec<Order> {
        if self.set_up != SetUp::Loading {
            return Vec::new();
        }
        let trouble = Trouble::new(
            "The phone’s program could not be loaded.",
            "Check your network, then try again.",
        );
        self.stop(trouble, now_ms)
    }

    pub(super) fn microphone_opened(&mut self, now_ms: i64) -> Vec<Order> {
        self.is_deaf = None;
        match &self.set_up {
            SetUp::Microphone if self.was_set_up => {
                let mut orders = vec![Order::CloseMicrophone];
                orders.extend(self.ready(now_ms));
                orders
            }
            SetUp::Microphone => {
                self.set_up = SetUp::Choosing;
                Vec::new()
            }
            SetUp::Choosing | SetUp::Ready { choosing: true } => Vec::new(),
            SetUp::Asleep
            | SetUp::Claiming
            | SetUp::Elsewhere
            | SetUp::Loading
            | SetUp::WantsClick
            | SetUp::Ready { choosing: false }
            | SetUp::Stopped(_) => vec![Order::CloseMicrophone],
        }
    }

    /// Nobody is rung at a telephone into which they cannot speak.
    pub(super) fn microphone_failed(&mut self, fault: MicrophoneFault, now_ms: i64) -> Vec<Order> {
        match &self.set_up {
            SetUp::Ready { .. } if self.is_busy() => {
                self.is_deaf = Some(fault);
                Vec::new()
            }
            SetUp::Microphone | SetUp::Choosing | SetUp::Ready { .. } => {
                self.stop(Trouble::of_microphone(fault), now_ms)
            }
            SetUp::Asleep
            | SetUp::Claiming
            | SetUp::Elsewhere
            | SetUp::Loading
            | SetUp::WantsClick
            | SetUp::Stopped(_) => Vec::new(),
        }
    }

    pub(super) fn choice_opened(&mut self) -> Vec<Order> {
        if self.set_up != (SetUp::Ready { choosing: false }) || self.is_busy() {
            return Vec::new();
        }
        self.set_up = SetUp::Ready { choosing: true };
        vec![Order::OpenMicrophone]
    }

    pub(super) fn choice_made(&mut self, now_ms: i64) -> Vec<Order> {
        let mut orders = vec![Order::CloseMicrophone, Order::Remember];
        match &self.set_up {
            SetUp::Choosing => {
                self.was_set_up = true;
                orders.extend(self.ready(now_ms));
            }
            SetUp::Ready { choosing: true } => self.set_up = SetUp::Ready { choosing: false },
            SetUp::Asleep
            | SetUp::Claiming
            | SetUp::Elsewhere
            | SetUp::Loading
            | SetUp::WantsClick
            | SetUp::Microphone
            | SetUp::Ready { choosing: false }
            | SetUp::Stopped(_) => return Vec::new(),
        }
        orders
    }

    /// A call interrupts choosing.
    pub(super) fn interrupt_choice(&mut self) -> Vec<Order> {
        if self.set_up != (SetUp::Ready { choosing: true }) {
            return Vec::new();
        }
        self.set_up = SetUp::Ready { choosing: false };
        vec![Order::CloseMicrophone]
    }

    pub(super) fn stop(&mut self, trouble: Trouble, now_ms: i64) -> Vec<Order> {
        let mut orders = self.end_calls(now_ms);
        self.set_up = SetUp::Stopped(trouble);
        self.line = Line::Off;
        self.token = None;
        self.turned_down = 0;
        self.losses = 0;
        self.is_deaf = None;
        orders.extend([Order::CloseMicrophone, Order::Stop]);
        orders
    }

    fn claim(&mut self) -> Vec<Order> {
        self.set_up = SetUp::Claiming;
        self.renewal = super::Renewal::default();
        vec![Order::Claim]
    }

    fn ask_for_microphone(&mut self) -> Vec<Order> {
        self.set_up = SetUp::Microphone;
        vec![Order::OpenMicrophone]
    }

    fn ready(&mut self, now_ms: i64) -> Vec<Order> {
        self.set_up = SetUp::Ready { choosing: false };
        match self.token.take().filter(|_| !self.renewal.is_over(now_ms)) {
            Some(token) => self.start(token),
            None => self.ask(now_ms),
        }
    }

    fn end_calls(&mut self, now_ms: i64) -> Vec<Order> {
        let live = self.calls.iter_mut().filter(|call| call.is_live());
        live.filter_map(|call| call.over(CallEnd::LineLost, now_ms))
            .collect()
    }
}
