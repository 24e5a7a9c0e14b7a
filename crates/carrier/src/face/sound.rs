//! Between browsers and the sound: connections described, tied to calls and closed; what is heard, and keys.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use tokio::sync::mpsc;
use twilio::CallSid;

use super::browsers::too_late;
use super::driver::{Driver, Inside, UnderWay};
use crate::media::{MediaError, PortId, SoundEvent};
use crate::signal::MediaId;

/// What is to be done with one media connection.
#[derive(Debug)]
pub(super) enum Wish {
    /// An offer is to be made.
    Offer,
    /// A browser's offer is to be answered.
    Answer(String),
    /// A browser's answer is to be taken.
    Accept(String),
    /// A browser's further offer is to be answered.
    Reoffer(String),
    /// It is the far end of a leg from now on.
    Tie(CallSid),
    /// It is over.
    Close,
}

/// The media connections of browsers.
#[derive(Debug, Default)]
pub(super) struct Lines(BTreeMap<MediaId, Line>);

#[derive(Debug, Default)]
struct Line {
    port: Option<PortId>,
    leg: Option<CallSid>,
    /// What is still to be done, in this order.
    wishes: VecDeque<(Wish, UnderWay)>,
    is_served: bool,
}

impl Lines {
    /// The ports that carry some calls.
    pub(super) fn ports_of(&self, calls: &[CallSid]) -> Vec<PortId> {
        let lines = self.0.values();
        let of_calls =
            lines.filter(|line| line.leg.as_ref().is_some_and(|leg| calls.contains(leg)));
        of_calls.filter_map(|line| line.port).collect()
    }

    fn line(&mut self, media: MediaId) -> Option<&mut Line> {
        self.0.get_mut(&media)
    }

    /// What is to be done next with a connection, and with which port. One that is over, or was never made, goes.
    fn next(&mut self, media: MediaId) -> Option<(Wish, UnderWay, Option<PortId>)> {
        let line = self.line(media)?;
        if let Some((wish, under_way)) = line.wishes.pop_front() {
            if let Wish::Tie(leg) = &wish {
                line.leg = Some(leg.clone());
            }
            return Some((wish, under_way, line.port));
        }
        line.is_served = false;
        if line.port.is_none() {
            self.0.remove(&media);
        }
        None
    }
}

impl Driver {
    /// Does something with a media connection, behind what is still to be done with it and beside everything else: the
    /// sound is never touched under the engine's lock.
    pub(super) fn wish(self: &Arc<Self>, inside: &mut Inside, media: MediaId, wish: Wish) {
        let line = inside.browsers.lines.0.entry(media).or_default();
        line.wishes.push_back((wish, self.begin()));
        if std::mem::replace(&mut line.is_served, true) {
            return;
        }
        let driver = Arc::clone(self);
        self.tasks.start(async move {
            while let Some((wish, under_way, port)) =
                driver.look(|inside| inside.browsers.lines.next(media))
            {
                driver.grant(media, wish, port);
                drop(under_way);
            }
        });
    }

    fn grant(self: &Arc<Self>, media: MediaId, wish: Wish, port: Option<PortId>) {
        let sound = &self.sound;
        match (wish, port) {
            (Wish::Offer, None) => self.opened(media, sound.offer()),
            (Wish::Answer(offer), None) => self.opened(media, sound.answer(&offer)),
            (Wish::Accept(answer), Some(port)) => {
                let taken = sound
                    .accept_answer(port, &answer)
                    .map_err(|error| error.to_string());
                self.within(|inside| inside.browsers.signalling.accepted(media, taken));
            }
            (Wish::Reoffer(offer), Some(port)) => {
                let answer = sound
                    .reoffer(port, &offer)
                    .map_err(|error| error.to_string());
                self.within(|inside| inside.browsers.signalling.described(media, answer));
            }
            (Wish::Tie(leg), Some(port)) => sound.tie(port, &leg),
            (Wish::Close, Some(port)) => {
                sound.close(port);
                self.look(|inside| {
                    if let Some(line) = inside.browsers.lines.line(media) {
                        line.port = None;
                    }
                });
            }
            // Nobody asks twice, or without a connection, but for the end of one that could not be made.
            (Wish::Offer | Wish::Answer(_), Some(_))
            | (Wish::Accept(_) | Wish::Reoffer(_) | Wish::Tie(_) | Wish::Close, None) => {}
        }
    }

    fn opened(self: &Arc<Self>, media: MediaId, made: Result<(PortId, String), MediaError>) {
        self.within(|inside| {
            let described = match made {
                Ok((port, description)) => {
                    if let Some(line) = inside.browsers.lines.line(media) {
                        line.port = Some(port);
                    }
                    Ok(description)
                }
                Err(error) => Err(error.to_string()),
            };
            inside.browsers.signalling.described(media, described);
        });
    }

    /// Lets everybody hear what the engine plans, where that may be another thing than before.
    pub(super) fn plan_sound(&self, inside: &mut Inside) {
        let revision = inside.engine.sound_revision();
        if self.sound.flows() && inside.heard != Some(revision) {
            inside.heard = Some(revision);
            self.sound.set_plan(Arc::new(inside.engine.sound_plan()));
        }
    }

    /// Brings the engine the keys that are pressed at the far ends and who speaks there, until there is no sound any more.
    pub(super) async fn listen(self: Arc<Self>, mut told: mpsc::Receiver<SoundEvent>) {
        while let Some(event) = told.recv().await {
            match event {
                SoundEvent::Pressed { leg, key } => {
                    too_late(self.with(|engine| engine.press(&leg, key.encode_utf8(&mut [0; 4]))));
                }
                SoundEvent::Spoke { leg } => too_late(self.with(|engine| engine.voiced(&leg))),
                SoundEvent::Connected(PortId(port)) => tracing::debug!(port, "sound can flow"),
                SoundEvent::Lost(PortId(port)) => tracing::debug!(port, "sound is lost"),
            }
        }
    }
}
