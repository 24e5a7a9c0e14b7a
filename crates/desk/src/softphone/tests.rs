//! Stories of the telephone in a browser.

mod calls;
mod door;
mod line;
mod set_up;

use super::*;

const DAY: i64 = 1_700_000_000_000;

struct Story {
    phone: Softphone,
    now_ms: i64,
}

impl Story {
    pub(super) fn new() -> Self {
        Self {
            phone: Softphone::default(),
            now_ms: DAY,
        }
    }

    pub(super) fn ready() -> Self {
        let mut story = Self::new();
        story.hears_all([
            PhoneEvent::SwitchedOn,
            PhoneEvent::Owned,
            PhoneEvent::TokenCame(token()),
            PhoneEvent::SdkCame,
            PhoneEvent::MicrophoneOpened,
            PhoneEvent::ChoiceMade,
            PhoneEvent::Registered,
        ]);
        story
    }

    pub(super) fn hears(&mut self, event: PhoneEvent) -> Vec<Order> {
        self.phone.hear(event, self.now_ms)
    }

    pub(super) fn hears_all(&mut self, events: impl IntoIterator<Item = PhoneEvent>) {
        for event in events {
            self.hears(event);
        }
    }

    pub(super) fn is_rung(&mut self, key: CallKey) -> Vec<Order> {
        self.hears(PhoneEvent::CallCame {
            key,
            sid: format!("CA{key}"),
            from: "+13125550123".to_owned(),
            about: Vec::new(),
        })
    }

    pub(super) fn is_offered(&mut self, key: CallKey, again: bool) -> Vec<Order> {
        let about = [
            ("again", again.to_string()),
            ("call", "CA0".to_owned()),
            ("line", "support".to_owned()),
            ("offer", "3".to_owned()),
        ];
        self.hears(PhoneEvent::CallCame {
            key,
            sid: format!("CA{key}"),
            from: "+12025550100".to_owned(),
            about: about.map(|(name, value)| (name.to_owned(), value)).into(),
        })
    }

    pub(super) fn passes(&mut self, ms: i64) {
        self.now_ms += ms;
    }

    pub(super) fn call(&self, key: CallKey) -> &Softcall {
        self.phone.call(key).unwrap()
    }
}

fn token() -> PhoneToken {
    PhoneToken {
        identity: "ana".to_owned(),
        token: "a.b.c".to_owned(),
        ttl_s: 14_400,
        signalling: Some("127.0.0.1:3000".to_owned()),
        calls_out: true,
    }
}

fn fault(code: u32) -> Fault {
    Fault {
        code,
        text: "From the SDK".to_owned(),
    }
}
