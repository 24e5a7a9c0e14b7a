//! The sound of a leg, for whoever runs the carrier: sources, levels, and a browser that plays its telephone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use twilio::CallSid;

use super::carrier::Carrier;
use super::driver::{Driver, Inside};
use crate::engine::{Engine, LegState, RecordingSid};
use crate::media::{MediaError, PortId};
use crate::mix::{Levels, Source};

/// Where a WAV file of ours says how many channels and samples a second it has.
const FORM: std::ops::Range<usize> = 20..36;
/// Where its samples begin.
const SAMPLES: usize = 44;

/// Why something cannot be done with the sound of a leg.
#[derive(Debug, thiserror::Error)]
pub enum SoundError {
    /// There is no such leg.
    #[error("there is no such leg")]
    NoLeg,
    /// The leg is over.
    #[error("that cannot be done while the leg is over")]
    Over,
    /// The leg's far end is a browser or another leg, which nobody needs to play.
    #[error("the leg's far end is no telephone")]
    NoTelephone,
    /// No browser plays the leg's telephone.
    #[error("no browser is the telephone of the leg")]
    NotAttached,
    /// The carrier was started without sound.
    #[error("the carrier runs without sound")]
    NoSound,
    /// The offer cannot be used, or there is no socket for it.
    #[error(transparent)]
    Offer(#[from] MediaError),
}

/// What whoever runs the carrier did to the sound of legs. It ends with the leg.
#[derive(Debug, Default)]
pub(super) struct Staged {
    /// The browsers that play telephones.
    ports: BTreeMap<CallSid, PortId>,
    /// The legs whose voice a source replaces.
    sources: BTreeSet<CallSid>,
}

impl Carrier {
    /// Lets a browser be the telephone of a leg, from its offer on; says the carrier's answer. It takes the place of one
    /// that was there before, and ends with the leg.
    ///
    /// # Errors
    /// When there is no such telephone or no sound, or the offer cannot be used.
    pub fn attach_sound(&self, leg: &CallSid, offer: &str) -> Result<String, SoundError> {
        self.look_at(leg, is_telephone)?;
        let sound = &self.driver.sound;
        let (port, answer) = sound.answer(offer)?;
        // The leg may have ended meanwhile.
        let attached = self.look_at(leg, |inside, leg| {
            is_telephone(inside, leg)?;
            Ok(inside.staged.ports.insert(leg.clone(), port))
        });
        match attached {
            Ok(before) => {
                sound.tie(port, leg);
                before.into_iter().for_each(|before| sound.close(before));
                Ok(answer)
            }
            Err(error) => {
                sound.close(port);
                Err(error)
            }
        }
    }

    /// Ends what [`attach_sound`](Self::attach_sound) began.
    ///
    /// # Errors
    /// When there is no such leg, or no browser is its telephone.
    pub fn detach_sound(&self, leg: &CallSid) -> Result<(), SoundError> {
        let port = self.look_at(leg, |inside, leg| {
            inside
                .staged
                .ports
                .remove(leg)
                .ok_or(SoundError::NotAttached)
        })?;
        self.driver.sound.close(port);
        Ok(())
    }

    /// Puts a source in the place of the voice of a leg's far end, until the leg is over; or takes it away.
    ///
    /// # Errors
    /// When there is no such leg, or no sound.
    pub fn set_source(&self, leg: &CallSid, source: Option<Source>) -> Result<(), SoundError> {
        self.look_at(leg, |inside, leg| {
            if is_over(&inside.engine, leg) {
                return Err(SoundError::Over);
            }
            match &source {
                Some(_) => inside.staged.sources.insert(leg.clone()),
                None => inside.staged.sources.remove(leg),
            };
            Ok(())
        })?;
        self.driver.sound.set_source(leg, source);
        Ok(())
    }

    /// How loud a leg's far end was in the last half second, and what it heard. It is measured from the first question or
    /// source on.
    ///
    /// # Errors
    /// When there is no such leg, or no sound.
    pub fn levels(&self, leg: &CallSid) -> Result<Levels, SoundError> {
        self.look_at(leg, |_, _| Ok(()))?;
        Ok(self.driver.sound.levels(leg))
    }

    /// Does something with a leg that there is, on a carrier that has sound.
    fn look_at<R>(
        &self,
        leg: &CallSid,
        act: impl FnOnce(&mut Inside, &CallSid) -> Result<R, SoundError>,
    ) -> Result<R, SoundError> {
        if !self.driver.sound.flows() {
            return Err(SoundError::NoSound);
        }
        self.driver.within(|inside| {
            let is_known = inside.engine.call(leg).is_some();
            is_known.then_some(()).ok_or(SoundError::NoLeg)?;
            act(inside, leg)
        })
    }
}

impl Driver {
    /// The sound of a recording that is completed, as a WAV file: what was heard, as long as the engine says that the
    /// recording is. What nobody listened in to is silence.
    pub(super) fn recording_sound(self: &Arc<Self>, sid: &RecordingSid) -> Option<Vec<u8>> {
        let mut file = self.with(|engine| engine.recording_media(sid))?;
        if let Some(heard) = self.sound.recording(sid)
            && heard.get(FORM) == file.get(FORM)
        {
            let length = file.len().min(heard.len());
            if let (Some(file), Some(heard)) =
                (file.get_mut(SAMPLES..length), heard.get(SAMPLES..length))
            {
                file.copy_from_slice(heard);
            }
        }
        Some(file)
    }

    /// Ends what was done to the sound of a leg, if the leg is over.
    pub(super) fn unstage(&self, inside: &mut Inside, leg: &CallSid) {
        let staged = &mut inside.staged;
        let is_staged = staged.ports.contains_key(leg) || staged.sources.contains(leg);
        if !is_staged || !is_over(&inside.engine, leg) {
            return;
        }
        let port = staged.ports.remove(leg);
        let had_source = staged.sources.remove(leg);
        let (sound, leg) = (self.sound.clone(), leg.clone());
        self.tasks.start(async move {
            if let Some(port) = port {
                sound.close(port);
            }
            if had_source {
                sound.set_source(&leg, None);
            }
        });
    }
}

fn is_telephone(inside: &mut Inside, leg: &CallSid) -> Result<(), SoundError> {
    let legs = inside.engine.legs();
    match legs.iter().find(|view| view.sid == *leg) {
        Some(view) if view.state == LegState::Over => Err(SoundError::Over),
        Some(view) if view.number.starts_with("client:") => Err(SoundError::NoTelephone),
        Some(_) => Ok(()),
        None if is_over(&inside.engine, leg) => Err(SoundError::Over),
        None => Err(SoundError::NoTelephone),
    }
}

/// Whether a leg is over, or forgotten.
fn is_over(engine: &Engine, leg: &CallSid) -> bool {
    engine.call(leg).is_none_or(|call| call.ended.is_some())
}
