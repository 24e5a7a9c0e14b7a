//! What somebody brings into a conference by `<Dial><Conference>` (reference A.3.9).

use twilio::CallSid;
use twilio::callback::RecordingSource;
use twiml::{Conference, ConferenceRecord, Method};

use super::notice::Subscription;
use super::participant::{Participant, Presence, Sound, Voice};
use super::room::{Refusal, Terms};
use crate::engine::Engine;
use crate::engine::document::absolute;
use crate::engine::reading::Failure;
use crate::engine::recording::{Event, Order, Subscription as RecordingSubscription};
use crate::engine::runner::{Slot, Target};

impl Engine {
    /// The participant that the noun describes, and what it would fix as the first one.
    pub(super) fn described(
        &mut self,
        sid: &CallSid,
        noun: &Conference,
    ) -> Result<(Participant, Terms), Failure> {
        let mut one = Participant::new(sid.clone(), Presence::Present(self.now), self.now);
        one.label = noun.participant_label.clone();
        one.is_muted = noun.muted.unwrap_or(false);
        one.starts_on_enter = noun.start_conference_on_enter.unwrap_or(true);
        one.ends_on_exit = noun.end_conference_on_exit.unwrap_or(false);
        one.beeps = noun.beep.into();
        if let Some(coached) = &noun.coach {
            let coached = CallSid::parse(coached)
                .map_err(|_| Failure::new(13240, format!("{coached} is no call")))?;
            one.voice = Voice::Only(coached);
        }
        one.wait = match noun.wait_url.as_deref().map(str::trim) {
            None => Sound::Music,
            Some("") => Sound::Silence,
            Some(url) => Sound::Document(self.of_document(sid, url, noun.wait_method)?),
        };

        let subscription = match noun.status_callback.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(url) => Some(Subscription {
                target: self.of_document(sid, url, noun.status_callback_method)?,
                events: noun.status_callback_event.iter().copied().collect(),
            }),
        };
        let record = match noun.record {
            None | Some(ConferenceRecord::DoNotRecord) => None,
            Some(ConferenceRecord::FromStart) => {
                let told = match noun.recording_status_callback.as_deref() {
                    None | Some("") => None,
                    Some(url) => {
                        let method = noun.recording_status_callback_method;
                        let target = self.of_document(sid, url, method)?;
                        let events = noun.recording_status_callback_event.iter().copied();
                        Some(RecordingSubscription::new(target, events.map(Event::from)))
                    }
                };
                Some(Order::mono(RecordingSource::Conference, told))
            }
        };
        let terms = Terms {
            subscription,
            region: noun.region.map(|region| region.as_str().to_owned()),
            most: noun.max_participants.map_or(Terms::MOST, usize::from),
            record,
        };
        Ok((one, terms))
    }

    fn of_document(
        &mut self,
        sid: &CallSid,
        url: &str,
        method: Option<Method>,
    ) -> Result<Target, Failure> {
        let runner = self
            .runner_mut(sid, Slot::Main)
            .ok_or_else(|| Failure::new(11100, "the document is gone"))?;
        Ok(Target::new(absolute(runner, url)?, method))
    }
}

impl Refusal {
    /// The code for one who comes by a document.
    pub(super) const fn code(self) -> u32 {
        match self {
            Self::Full => 16020,
            Self::LabelInUse => 16025,
            Self::CoachedAbsent => 16028,
            Self::CoachedHeld => 16027,
            Self::Over => 16022,
        }
    }

    /// The code for a request by REST.
    pub(super) const fn rest_code(self) -> u32 {
        match self {
            Self::LabelInUse => 16026,
            Self::Full | Self::CoachedAbsent | Self::CoachedHeld | Self::Over => self.code(),
        }
    }

    pub(super) const fn in_words(self) -> &'static str {
        match self {
            Self::Full => "the conference is full",
            Self::LabelInUse => "the label is in use by another participant",
            Self::CoachedAbsent => "the participant to be coached is not in the conference",
            Self::CoachedHeld => "the participant to be coached is on hold",
            Self::Over => "the conference does not exist or is completed",
        }
    }
}
