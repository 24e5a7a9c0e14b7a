//! Sound with headsets, each the far end of a leg.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use carrier::engine::{SoundPlan, Sounding, Time};
use carrier::media::{Headset, MediaKind, PortId, Sound, SoundEvent};
use carrier::mix::{Level, Source};
use tokio::sync::mpsc;
use twilio::CallSid;

pub(crate) const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Whatever does not come within this does not come.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn leg(number: usize) -> CallSid {
    CallSid::parse(&format!("CA{number:032x}")).expect("it has the form of a SID")
}

pub(crate) fn voice(number: usize) -> Sounding {
    Sounding::Voice(leg(number))
}

pub(crate) fn plan(ears: &[(usize, Vec<Sounding>)]) -> SoundPlan {
    let ears = ears.iter();
    SoundPlan {
        ears: ears
            .map(|(ear, heard)| (leg(*ear), heard.clone()))
            .collect(),
        tapes: BTreeMap::new(),
    }
}

pub(crate) fn tone(hz: f64) -> Source {
    Source::Tone { hz }
}

/// Waits for something that has to come.
pub(crate) async fn soon<T>(what: &str, coming: impl Future<Output = T>) -> T {
    let came = tokio::time::timeout(PATIENCE, coming).await;
    came.unwrap_or_else(|_| panic!("in vain: {what}"))
}

/// A carrier's sound, and what it reports.
pub(crate) struct Stage {
    pub(crate) sound: Sound,
    pub(crate) events: mpsc::Receiver<SoundEvent>,
}

impl Stage {
    pub(crate) fn new() -> Self {
        Self::of(MediaKind::WebRtc { address: HERE })
    }

    pub(crate) fn of(kind: MediaKind) -> Self {
        let (sound, events) = Sound::start(kind, || Time(0));
        Self { sound, events }
    }

    pub(crate) fn plays(&self, plan: SoundPlan) {
        self.sound.set_plan(Arc::new(plan));
    }

    /// Somebody with a browser calls: the browser offers.
    pub(crate) async fn caller(&mut self, number: usize, says: Source) -> (Headset, PortId) {
        let (headset, offer) = Headset::offer(HERE).expect("a headset offers");
        let (port, answer) = self.sound.answer(&offer).expect("the offer is answered");
        headset.accept_answer(&answer).expect("the answer is taken");
        self.seated(headset, port, number, says).await
    }

    /// Somebody with a browser is rung: the carrier offers.
    pub(crate) async fn callee(&mut self, number: usize, says: Source) -> (Headset, PortId) {
        let (port, offer) = self.sound.offer().expect("a port is offered");
        let (headset, answer) = Headset::answer(HERE, &offer).expect("the offer is answered");
        let taken = self.sound.accept_answer(port, &answer);
        taken.expect("the answer is taken");
        self.seated(headset, port, number, says).await
    }

    async fn seated(
        &mut self,
        headset: Headset,
        port: PortId,
        number: usize,
        says: Source,
    ) -> (Headset, PortId) {
        headset.say(says);
        self.sound.tie(port, &leg(number));
        self.told(&SoundEvent::Connected(port)).await;
        (headset, port)
    }

    /// Waits until this is reported; what comes before is let go.
    pub(crate) async fn told(&mut self, event: &SoundEvent) {
        let coming = async {
            while let Some(told) = self.events.recv().await {
                if told == *event {
                    return;
                }
            }
            panic!("nothing more is reported");
        };
        soon(&format!("{event:?}"), coming).await;
    }

    /// Waits until what a headset hears is as it should be, and shows what it was.
    pub(crate) async fn hears(
        &self,
        what: &str,
        headset: &Headset,
        is_so: impl Fn(Level) -> bool,
    ) -> Level {
        let coming = async {
            loop {
                self.sound.pass(5).await;
                let level = headset.heard();
                if is_so(level) {
                    return level;
                }
            }
        };
        soon(what, coming).await
    }

    /// Waits until a headset hears a tone above all else.
    pub(crate) async fn hears_tone(&self, headset: &Headset, hz: f64) {
        let is_tone = |level: Level| level.peak > 5_000.0 && (level.peak_hz - hz).abs() < 5.0;
        self.hears(&format!("{hz} Hz"), headset, is_tone).await;
    }

    /// Waits until a headset hears nothing.
    pub(crate) async fn hears_nothing(&self, headset: &Headset) {
        let is_silent = |level: Level| level.rms < 20.0;
        self.hears("silence", headset, is_silent).await;
    }
}
