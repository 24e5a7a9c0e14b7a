//! A participant that is dialled by REST and put into a room when it answers (reference E.3).

use std::collections::BTreeSet;

use twilio::callback::RecordingSource;
use twiml::{Beep, ConferenceEvent, Method};

use super::notice::Subscription;
use super::participant::{Participant, Presence, Sound, Voice, is_label};
use super::rest::{refused, target, voice};
use super::room::{Refusal, Terms};
use super::{ParticipantView, RoomFor};
use crate::engine::leg::OnAnswer;
use crate::engine::recording::{Event, Order, Subscription as RecordingSubscription};
use crate::engine::{ConferenceSid, CreateCall, CreateRecording, Engine, RestError};

/// Somebody who is to be dialled and put into a conference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateParticipant {
    /// `To`.
    pub to: String,
    /// `From`.
    pub from: String,
    /// `Label`.
    pub label: Option<String>,
    /// `Timeout`, in seconds; 60.
    pub timeout: Option<u32>,
    /// `TimeLimit`, in seconds.
    pub time_limit: Option<u32>,
    /// `CallerId`.
    pub caller_id: Option<String>,
    /// `Muted`.
    pub muted: bool,
    /// `Beep`: `true`, `false`, `onEnter` or `onExit`.
    pub beep: Option<String>,
    /// `StartConferenceOnEnter`; true.
    pub start_conference_on_enter: Option<bool>,
    /// `EndConferenceOnExit`.
    pub end_conference_on_exit: bool,
    /// `WaitUrl`; empty for silence.
    pub wait_url: Option<String>,
    /// `WaitMethod`; POST.
    pub wait_method: Option<String>,
    /// `EarlyMedia`: whether those who are there hear it ring; true.
    pub early_media: Option<bool>,
    /// `MaxParticipants`, 2 to 250.
    pub max_participants: Option<u16>,
    /// `Region`.
    pub region: Option<String>,
    /// `Coaching`.
    pub coaching: Option<bool>,
    /// `CallSidToCoach`.
    pub call_sid_to_coach: Option<String>,
    /// `StatusCallback`: of the call.
    pub status_callback: Option<String>,
    /// `StatusCallbackMethod`.
    pub status_callback_method: Option<String>,
    /// `StatusCallbackEvent`, each word of it.
    pub status_callback_events: Vec<String>,
    /// `ConferenceStatusCallback`, which counts for the first participant alone.
    pub conference_status_callback: Option<String>,
    /// `ConferenceStatusCallbackMethod`; POST.
    pub conference_status_callback_method: Option<String>,
    /// `ConferenceStatusCallbackEvent`; `start end`.
    pub conference_status_callback_events: Vec<String>,
    /// `ConferenceRecord`: `true` or `record-from-start`.
    pub conference_record: Option<String>,
    /// `ConferenceRecordingStatusCallback`.
    pub conference_recording_status_callback: Option<String>,
    /// `ConferenceRecordingStatusCallbackMethod`; POST.
    pub conference_recording_status_callback_method: Option<String>,
    /// `ConferenceRecordingStatusCallbackEvent`.
    pub conference_recording_status_callback_events: Vec<String>,
    /// How the leg is recorded from its answer on; `Record` and the parameters that go with it.
    pub record: Option<CreateRecording>,
}

impl Engine {
    /// Dials somebody for a conference, which is named by its SID or by a name; a name that no conference has makes one.
    ///
    /// # Errors
    /// The call cannot be made (as with `create_call`), the conference of that SID is over (16022) or full (16020), the
    /// label is bad (16024) or in use (16026), or nobody can be coached (16027, 16028).
    pub fn create_participant(
        &mut self,
        room: &str,
        create: &CreateParticipant,
    ) -> Result<ParticipantView, RestError> {
        let mut draft = self.drafted(CreateCall {
            to: create.to.clone(),
            from: create.from.clone(),
            timeout: create.timeout,
            time_limit: create.time_limit,
            caller_id: create.caller_id.clone(),
            status_callback: create.status_callback.clone(),
            status_callback_method: create.status_callback_method.clone(),
            status_callback_events: create.status_callback_events.clone(),
            record: create.record.clone(),
            ..CreateCall::default()
        })?;
        let terms = terms(create)?;
        let region = terms.region.clone();
        let found = match ConferenceSid::parse(room) {
            Some(sid) => match self.rooms.get(&sid) {
                Some(room) if !room.is_over() => RoomFor::Open(sid),
                Some(_) | None => return Err(refused(Refusal::Over)),
            },
            None if room.trim().is_empty() || room.chars().count() > 128 => {
                return Err(RestError::new(
                    400,
                    13237,
                    "the conference's name is invalid",
                ));
            }
            None => self.room_for(room, terms),
        };
        let described = described(create, self.ids.call(), self.now)?;
        self.rooms.admit(&found, &described).map_err(refused)?;
        let due = self.turn()?;

        let sid = self.rooms.open(found);
        draft.on_answer = OnAnswer::Enter(sid.clone());
        let call = self.queue_call(draft);
        let now = self.now;
        if let Some(room) = self.rooms.get_mut(&sid) {
            let participant = Participant {
                call: call.clone(),
                ..described
            };
            room.take_in(participant, region, now);
        }
        let view = self
            .participant(&sid, call.as_str())
            .ok_or_else(|| RestError::not_found(call.as_str()))?;
        self.take_turn_at(&call, due);
        self.settle();
        Ok(view)
    }
}

/// The participant, under the SID of a call that is not made yet.
fn described(
    create: &CreateParticipant,
    call: twilio::CallSid,
    now: crate::engine::Time,
) -> Result<Participant, RestError> {
    let mut one = Participant::new(call, Presence::Expected, now);
    one.label = create.label.clone().filter(|label| !label.is_empty());
    if let Some(label) = &one.label
        && !is_label(label)
    {
        return Err(RestError::new(
            400,
            16024,
            format!("Label {label} is invalid"),
        ));
    }
    one.is_muted = create.muted;
    one.rings_aloud = create.early_media.unwrap_or(true);
    one.starts_on_enter = create.start_conference_on_enter.unwrap_or(true);
    one.ends_on_exit = create.end_conference_on_exit;
    one.beeps = beep(create.beep.as_deref())?.into();
    one.wait = match create.wait_url.as_deref() {
        Some("") => Sound::Silence,
        url => target(url, create.wait_method.as_deref(), Method::Post)?
            .map_or(Sound::Music, Sound::Document),
    };
    one.voice = voice(create.coaching, create.call_sid_to_coach.as_deref(), None)?
        .unwrap_or(Voice::Everybody);
    Ok(one)
}

fn terms(create: &CreateParticipant) -> Result<Terms, RestError> {
    let bad = |text: String| Err(RestError::new(400, 20001, text));
    let told = target(
        create.conference_status_callback.as_deref(),
        create.conference_status_callback_method.as_deref(),
        Method::Post,
    )?;
    let mut events: BTreeSet<ConferenceEvent> = BTreeSet::new();
    for word in words(&create.conference_status_callback_events) {
        let mut all = ConferenceEvent::ALL.iter().copied();
        match all.find(|event| event.as_str() == word) {
            Some(event) => events.insert(event),
            None => return bad(format!("ConferenceStatusCallbackEvent {word} is unknown")),
        };
    }
    if events.is_empty() {
        events.extend([ConferenceEvent::Start, ConferenceEvent::End]);
    }
    let most = usize::from(create.max_participants.unwrap_or(250));
    if !(2..=Terms::MOST).contains(&most) {
        return bad(format!("MaxParticipants {most} is not between 2 and 250"));
    }
    let record = match create.conference_record.as_deref() {
        None | Some("" | "false" | "do-not-record") => None,
        Some("true" | "record-from-start") => {
            let told = recording_subscription(
                create.conference_recording_status_callback.as_deref(),
                create
                    .conference_recording_status_callback_method
                    .as_deref(),
                &create.conference_recording_status_callback_events,
            )?;
            Some(Order::mono(RecordingSource::Conference, told))
        }
        Some(other) => return bad(format!("ConferenceRecord {other} is unknown")),
    };
    Ok(Terms {
        subscription: told.map(|target| Subscription { target, events }),
        region: create.region.clone().filter(|region| !region.is_empty()),
        most,
        record,
    })
}

/// Who is told of a recording that REST orders.
pub(crate) fn recording_subscription(
    url: Option<&str>,
    method: Option<&str>,
    events: &[String],
) -> Result<Option<RecordingSubscription>, RestError> {
    let target = target(url, method, Method::Post)?;
    let events: Vec<Event> = words(events).filter_map(Event::parse).collect();
    Ok(target.map(|target| RecordingSubscription::new(target, events)))
}

fn words(lists: &[String]) -> impl Iterator<Item = &str> {
    lists.iter().flat_map(|list| list.split_whitespace())
}

fn beep(word: Option<&str>) -> Result<Option<Beep>, RestError> {
    let Some(word) = word.filter(|word| !word.is_empty()) else {
        return Ok(None);
    };
    let mut all = Beep::ALL.iter().copied();
    let found = all.find(|beep| beep.as_str() == word);
    found
        .map(Some)
        .ok_or_else(|| RestError::new(400, 20001, format!("Beep {word} is unknown")))
}
