//! Changes of a participant while it is in the room (reference E.3).

use twilio::CallSid;
use twilio::callback::ConferenceEvent as Event;

use super::participant::{Sound, Voice};
use super::room::{Refusal, Room, Stage};
use crate::engine::Time;
use crate::engine::runner::Params;

/// A change; what is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) muted: Option<bool>,
    /// On hold with this sound, or off hold.
    pub(crate) hold: Option<Option<Sound>>,
    pub(crate) wait: Option<Sound>,
    pub(crate) beeps_on_exit: Option<bool>,
    pub(crate) ends_on_exit: Option<bool>,
    pub(crate) voice: Option<Voice>,
}

impl Room {
    /// Changes a participant, and tells each thing that became different.
    pub(crate) fn change(
        &mut self,
        call: &CallSid,
        change: Change,
        now: Time,
    ) -> Result<(), Refusal> {
        let Some(before) = self.participant(call).cloned() else {
            return Ok(());
        };
        if let Some(Voice::Only(coached)) = &change.voice
            && before.coached() != Some(coached)
        {
            self.can_be_coached(coached, &before)?;
        }
        let Some(one) = self.participant_mut(call) else {
            return Ok(());
        };
        one.updated = now;
        one.is_muted = change.muted.unwrap_or(one.is_muted);
        one.ends_on_exit = change.ends_on_exit.unwrap_or(one.ends_on_exit);
        one.beeps.on_exit = change.beeps_on_exit.unwrap_or(one.beeps.on_exit);
        if let Some(hold) = change.hold {
            one.hold = hold;
        }
        if let Some(wait) = change.wait {
            one.wait = wait;
        }
        if let Some(voice) = change.voice {
            one.voice = voice;
        }
        let after = one.clone();
        if !after.is_present() {
            return Ok(());
        }

        if before.is_muted != after.is_muted {
            let event = if after.is_muted {
                Event::Muted
            } else {
                Event::Unmuted
            };
            self.tell_of(now, event, &after, Params::new());
        }
        if before.is_held() != after.is_held() {
            let event = if after.is_held() {
                Event::Held
            } else {
                Event::Unheld
            };
            self.tell_of(now, event, &after, Params::new());
        }
        let is_modified = before.ends_on_exit != after.ends_on_exit
            || before.beeps != after.beeps
            || before.wait != after.wait
            || before.voice != after.voice;
        if is_modified {
            self.tell_of(now, Event::Modified, &after, Params::new());
        }
        Ok(())
    }

    /// Somebody begins to speak who can be heard.
    pub(crate) fn begin_speech(&mut self, call: &CallSid, now: Time) {
        self.tell_speech(call, Event::SpeechStarted, now);
    }

    /// Somebody stops speaking who can be heard.
    pub(crate) fn end_speech(&mut self, call: &CallSid, now: Time) {
        self.tell_speech(call, Event::SpeechStopped, now);
    }

    fn tell_speech(&mut self, call: &CallSid, event: Event, now: Time) {
        let speaker = self.participant(call).cloned();
        let audible = |one: &super::participant::Participant| {
            one.is_present() && !one.is_held() && !one.is_muted
        };
        if let Some(one) = speaker.filter(audible)
            && self.stage == Stage::Open
        {
            self.tell_of(now, event, &one, Params::new());
        }
    }

    /// An announcement is over, or could not be made; for one participant while it is there, or for all.
    pub(crate) fn tell_announcement(
        &mut self,
        url: &str,
        to: Option<&CallSid>,
        failure: Option<&str>,
        now: Time,
    ) {
        if self.is_over() {
            return;
        }
        let mut params = Params::from([("AnnounceUrl".into(), url.into())]);
        let event = match failure {
            None => Event::AnnouncementEnded,
            Some(reason) => {
                params.insert("ReasonAnnouncementFailed".into(), reason.into());
                Event::AnnouncementFailed
            }
        };
        match to.map(|call| self.participant(call).cloned()) {
            None => self.tell(now, event, params),
            Some(Some(one)) => self.tell_of(now, event, &one, params),
            Some(None) => {}
        }
    }
}
