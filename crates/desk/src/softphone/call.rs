//! One call on the telephone in a browser: how it stands, and what changes that.

use std::collections::BTreeSet;

use super::event::{CallKey, CallNews, Meant, Order};
use super::quality::Quality;
use super::trouble::{Fault, Kind, Trouble};
use super::words::named;

/// How long a call that ended as it should is still shown.
const SHOWN_MS: i64 = 6_000;

/// How long one is shown that did not come to a talk.
const MISSED_MS: i64 = 60_000;

/// How long the SDK may take to end a call before its device is put away.
const ENDING_MS: i64 = 3_000;

/// A call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Softcall {
    /// How this page names it.
    pub key: CallKey,
    /// The carrier's id; empty for one that was made here.
    pub sid: String,
    /// Who is at the other end, for people.
    pub other: String,
    /// What our own document says about it: names and values.
    pub about: Vec<(String, String)>,
    /// How it stands.
    pub stage: CallStage,
    /// Whether the microphone is off.
    pub is_muted: bool,
    /// The keys that were sent.
    pub keys: String,
    quality: BTreeSet<Quality>,
    trouble: Option<Trouble>,
    ended_here_ms: Option<i64>,
}

/// How a call stands, and since when in milliseconds since 1970 UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallStage {
    /// It rings here.
    Ringing(i64),
    /// It was answered here and is being connected.
    Answering(i64),
    /// It was made here, and nothing is known of the other side.
    Calling(i64),
    /// It was made here and rings there.
    RingingThere(i64),
    /// Both sides are connected.
    Talking(i64),
    /// They were, since then; the connection is being made again.
    Reconnecting(i64),
    /// It is over.
    Over {
        /// Since when.
        at_ms: i64,
        /// How long both sides were connected.
        talked_ms: Option<i64>,
        /// Why.
        end: CallEnd,
    },
}

/// Why a call is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallEnd {
    /// The caller gave up, or it was answered elsewhere.
    Missed,
    /// It was declined here.
    Declined,
    /// It was ended here.
    HungUp,
    /// It was ended there.
    EndedThere,
    /// It was ended before both sides were connected.
    NotConnected,
    /// The connection broke while it rang.
    LineLost,
    /// Something went wrong.
    Failed(Trouble),
}

impl Softcall {
    pub(super) fn ringing(
        key: CallKey,
        sid: String,
        from: &str,
        about: Vec<(String, String)>,
        now_ms: i64,
    ) -> Self {
        let mut call = Self {
            sid,
            about,
            ..Self::new(key, from, CallStage::Ringing(now_ms))
        };
        // What leads a caller to an agent comes from a number of our own.
        if call.offered().is_some() {
            call.other = named("");
        }
        call
    }

    pub(super) fn calling(key: CallKey, to: &str, now_ms: i64) -> Self {
        Self::new(key, to, CallStage::Calling(now_ms))
    }

    fn new(key: CallKey, address: &str, stage: CallStage) -> Self {
        Self {
            key,
            sid: String::new(),
            other: named(address),
            about: Vec::new(),
            stage,
            is_muted: false,
            keys: String::new(),
            quality: BTreeSet::new(),
            trouble: None,
            ended_here_ms: None,
        }
    }

    /// Whether it goes on.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !matches!(self.stage, CallStage::Over { .. })
    }

    /// What our own document says about it under a name.
    #[must_use]
    pub fn said(&self, name: &str) -> Option<&str> {
        let mut about = self.about.iter();
        about.find_map(|(known, value)| (known == name).then_some(value.as_str()))
    }

    /// The caller's call with the number of the offer, where the server brought a caller here.
    #[must_use]
    pub fn offered(&self) -> Option<(&str, u32)> {
        Some((self.said("call")?, self.said("offer")?.parse().ok()?))
    }

    /// The caller's call that it is about: the one that the server brought here, or whose room the holder went into.
    #[must_use]
    pub fn of_call(&self) -> Option<&str> {
        self.said("call").or_else(|| self.said("watch"))
    }

    /// Whether the holder had this caller and lost them: they are taken back without being asked.
    #[must_use]
    pub fn comes_again(&self) -> bool {
        self.said("again") == Some("true")
    }

    /// Whether it is being ended here.
    #[must_use]
    pub fn is_ending(&self) -> bool {
        self.is_live() && self.ended_here_ms.is_some()
    }

    /// What the SDK warns of, in words; nothing of a silence that is meant.
    #[must_use]
    pub fn warnings(&self) -> Vec<&'static str> {
        let heard = self.quality.iter();
        heard
            .filter(|quality| !(self.is_muted && quality.is_own_silence()))
            .map(|quality| quality.words())
            .collect()
    }

    /// What went wrong with a call that is over.
    #[must_use]
    pub fn trouble(&self) -> Option<&Trouble> {
        if let CallStage::Over {
            end: CallEnd::Failed(trouble),
            ..
        } = &self.stage
        {
            Some(trouble)
        } else {
            None
        }
    }

    /// How long both sides have been, or were, connected.
    #[must_use]
    pub fn talked_ms(&self, now_ms: i64) -> Option<i64> {
        match self.stage {
            CallStage::Talking(since_ms) | CallStage::Reconnecting(since_ms) => {
                Some((now_ms - since_ms).max(0))
            }
            CallStage::Over { talked_ms, .. } => talked_ms,
            CallStage::Ringing(_)
            | CallStage::Answering(_)
            | CallStage::Calling(_)
            | CallStage::RingingThere(_) => None,
        }
    }

    /// Takes in what happened, and says what is to be done for it.
    pub(super) fn hear(&mut self, news: CallNews, now_ms: i64) -> Option<Order> {
        if !self.is_live() {
            self.hear_late(news);
            return None;
        }
        match news {
            CallNews::Answer => self.answer(now_ms),
            CallNews::Decline => self.decline(now_ms),
            CallNews::HangUp => self.hang_up(now_ms),
            CallNews::Mute(on) => {
                (self.is_connected() && on != self.is_muted).then_some(Order::Mute(self.key, on))
            }
            CallNews::Press(digit) => self.press(digit),
            CallNews::PutAway => None,
            CallNews::Reported => self.reported(now_ms),
            CallNews::Accepted => self.connected(now_ms),
            CallNews::Rings => self.rings(now_ms),
            // The server takes back what is declined, and its word may be here before the SDK has said its own.
            CallNews::Cancelled if self.ended_here_ms.is_some() => {
                self.over(CallEnd::Declined, now_ms)
            }
            CallNews::Cancelled => self.over(CallEnd::Missed, now_ms),
            CallNews::Rejected => self.over(CallEnd::Declined, now_ms),
            CallNews::Disconnected => self.disconnected(now_ms),
            CallNews::Failed(fault) => {
                self.trouble = Some(Trouble::of(fault));
                None
            }
            CallNews::Muted(on) => {
                self.is_muted = on;
                None
            }
            CallNews::Reconnecting => self.interrupted(),
            CallNews::Reconnected => self.mended(),
            CallNews::LineLost if self.is_connected() => self.interrupted(),
            CallNews::LineLost => self.over(CallEnd::LineLost, now_ms),
            CallNews::Warned(name) => {
                self.quality.extend(Quality::of(&name));
                None
            }
            CallNews::Cleared(name) => {
                Quality::of(&name).map(|quality| self.quality.remove(&quality));
                None
            }
        }
    }

    /// The reason of an end may come after it: a microphone that is refused ends the call first.
    fn hear_late(&mut self, news: CallNews) {
        if let CallNews::Failed(fault) = news
            && self.ended_here_ms.is_none()
            && let CallStage::Over { end, .. } = &mut self.stage
        {
            *end = CallEnd::Failed(Trouble::of(fault));
        }
    }

    pub(super) fn answer(&mut self, now_ms: i64) -> Option<Order> {
        let rings = matches!(self.stage, CallStage::Ringing(_)) && self.ended_here_ms.is_none();
        rings.then(|| {
            self.stage = CallStage::Answering(now_ms);
            Order::Accept(self.key)
        })
    }

    fn decline(&mut self, now_ms: i64) -> Option<Order> {
        let rings = matches!(self.stage, CallStage::Ringing(_)) && self.ended_here_ms.is_none();
        rings.then(|| {
            self.ended_here_ms = Some(now_ms);
            let meant = self.offered().map(|(call, offer)| Meant::Decline {
                call: call.to_owned(),
                offer,
            });
            meant.map_or(Order::Reject(self.key), |meant| {
                Order::Report(self.key, meant)
            })
        })
    }

    fn hang_up(&mut self, now_ms: i64) -> Option<Order> {
        if self.ended_here_ms.is_some() {
            return None;
        }
        if let CallStage::Ringing(_) = self.stage {
            return self.decline(now_ms);
        }
        self.ended_here_ms = Some(now_ms);
        let meant = self.of_call().map(|call| Meant::HangUp {
            call: call.to_owned(),
        });
        Some(meant.map_or(Order::Disconnect(self.key), |meant| {
            Order::Report(self.key, meant)
        }))
    }

    fn reported(&mut self, now_ms: i64) -> Option<Order> {
        let since_ms = self.ended_here_ms.as_mut()?;
        *since_ms = now_ms;
        if let CallStage::Ringing(_) = self.stage {
            return Some(Order::Reject(self.key));
        }
        Some(Order::Disconnect(self.key))
    }

    fn press(&mut self, digit: char) -> Option<Order> {
        let can = self.is_connected() && crate::phones::key_of(digit).is_some();
        can.then(|| {
            self.keys.push(digit);
            Order::Press(self.key, digit)
        })
    }

    fn connected(&mut self, now_ms: i64) -> Option<Order> {
        if !self.is_connected() {
            self.stage = CallStage::Talking(now_ms);
        }
        None
    }

    fn rings(&mut self, now_ms: i64) -> Option<Order> {
        if let CallStage::Calling(_) = self.stage {
            self.stage = CallStage::RingingThere(now_ms);
        }
        None
    }

    fn interrupted(&mut self) -> Option<Order> {
        if let CallStage::Talking(since_ms) = self.stage {
            self.stage = CallStage::Reconnecting(since_ms);
        }
        None
    }

    fn mended(&mut self) -> Option<Order> {
        if let CallStage::Reconnecting(since_ms) = self.stage {
            self.stage = CallStage::Talking(since_ms);
        }
        None
    }

    fn disconnected(&mut self, now_ms: i64) -> Option<Order> {
        let end = match (self.ended_here_ms, self.trouble.take()) {
            (Some(_), _) => CallEnd::HungUp,
            (None, Some(trouble)) => CallEnd::Failed(trouble),
            (None, None) if self.is_connected() => CallEnd::EndedThere,
            (None, None) => CallEnd::NotConnected,
        };
        self.over(end, now_ms)
    }

    pub(super) fn over(&mut self, end: CallEnd, now_ms: i64) -> Option<Order> {
        self.stage = CallStage::Over {
            at_ms: now_ms,
            talked_ms: self.talked_ms(now_ms),
            end,
        };
        Some(Order::LetGo(self.key))
    }

    /// Whether keys can be sent, and muting makes sense.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        matches!(
            self.stage,
            CallStage::Talking(_) | CallStage::Reconnecting(_)
        )
    }

    /// Whether it was to end here and the SDK does not end it.
    pub(super) fn hangs(&self, now_ms: i64) -> bool {
        self.is_live()
            && self
                .ended_here_ms
                .is_some_and(|since_ms| now_ms - since_ms > ENDING_MS)
    }

    /// Whether it is over, and long enough ago; what went wrong with it is shown until somebody has read it.
    pub(super) fn is_past(&self, now_ms: i64) -> bool {
        let CallStage::Over { at_ms, end, .. } = &self.stage else {
            return false;
        };
        let shown_ms = match end {
            CallEnd::Declined | CallEnd::HungUp | CallEnd::EndedThere => SHOWN_MS,
            CallEnd::Missed | CallEnd::NotConnected | CallEnd::LineLost => MISSED_MS,
            CallEnd::Failed(_) => return false,
        };
        now_ms - at_ms >= shown_ms
    }
}

/// Whether a fault says that nobody can be talked to from here.
pub(super) fn is_of_microphone(fault: &Fault) -> bool {
    match fault.kind() {
        Kind::Microphone => true,
        Kind::Token | Kind::Line | Kind::Call | Kind::Other => false,
    }
}
