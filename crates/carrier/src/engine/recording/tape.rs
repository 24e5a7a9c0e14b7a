//! A recording: running, paused, stopped, ready, and how long it is (reference B.6, E.4).

use std::collections::BTreeSet;

use twilio::CallSid;
use twilio::callback::{RecordingSource, RecordingStatus, RecordingTrack};

use crate::engine::runner::Target;
use crate::engine::{ConferenceSid, RecordingSid, Time};

/// A word of `recordingStatusCallbackEvent`: those of TwiML, and the further ones of REST participants
/// (reference B.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Event {
    Started,
    InProgress,
    Paused,
    Resumed,
    Stopped,
    Completed,
    Absent,
}

impl Event {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Started, "started"),
        (Self::InProgress, "in-progress"),
        (Self::Paused, "paused"),
        (Self::Resumed, "resumed"),
        (Self::Stopped, "stopped"),
        (Self::Completed, "completed"),
        (Self::Absent, "absent"),
    ];

    pub(crate) fn parse(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(event, its)| (its == word).then_some(event))
    }

    pub(crate) fn word(self) -> &'static str {
        let mut all = Self::ALL.into_iter();
        all.find_map(|(event, word)| (event == self).then_some(word))
            .unwrap_or_default()
    }
}

impl From<twiml::RecordingEvent> for Event {
    fn from(event: twiml::RecordingEvent) -> Self {
        match event {
            twiml::RecordingEvent::InProgress => Self::InProgress,
            twiml::RecordingEvent::Completed => Self::Completed,
            twiml::RecordingEvent::Absent => Self::Absent,
        }
    }
}

/// Who is told how a recording stands, and what of it; only that it is ready where nothing is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subscription {
    pub(crate) target: Target,
    pub(crate) events: BTreeSet<Event>,
}

impl Subscription {
    pub(crate) fn new(target: Target, events: impl IntoIterator<Item = Event>) -> Self {
        let mut events: BTreeSet<Event> = events.into_iter().collect();
        if events.is_empty() {
            events.insert(Event::Completed);
        }
        Self { target, events }
    }
}

/// What is to be recorded, and who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) source: RecordingSource,
    /// One channel, or two with a party each.
    pub(crate) channels: u8,
    pub(crate) track: RecordingTrack,
    pub(crate) subscription: Option<Subscription>,
}

impl Order {
    /// One channel with both sides.
    pub(crate) const fn mono(source: RecordingSource, subscription: Option<Subscription>) -> Self {
        Self {
            source,
            channels: 1,
            track: RecordingTrack::Both,
            subscription,
        }
    }
}

/// What a pause leaves in the recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PauseBehavior {
    /// Nothing: the time is left out.
    Skip,
    /// Silence of the same length.
    #[default]
    Silence,
}

/// How far a recording has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It runs since then.
    Running(Time),
    /// It is paused since then.
    Paused(Time, PauseBehavior),
    /// REST stopped it; the file is being written.
    Stopped,
    /// Whatever was recorded is over; the file is being written.
    Processing,
    /// The file is there.
    Completed,
    /// Nothing was recorded.
    Absent,
}

/// A recording.
#[derive(Clone, Debug)]
pub(crate) struct Tape {
    pub(crate) sid: RecordingSid,
    pub(crate) serial: u64,
    /// The leg; the one that dialled, for both sides of a `<Dial>`. None for a conference.
    pub(crate) call: Option<CallSid>,
    pub(crate) conference: Option<ConferenceSid>,
    pub(crate) order: Order,
    pub(crate) stage: Stage,
    pub(crate) started: Time,
    pub(crate) updated: Time,
    /// Milliseconds recorded before the present stage.
    recorded_ms: i64,
}

impl Tape {
    pub(crate) const fn new(
        sid: RecordingSid,
        serial: u64,
        call: Option<CallSid>,
        conference: Option<ConferenceSid>,
        order: Order,
        now: Time,
    ) -> Self {
        Self {
            sid,
            serial,
            call,
            conference,
            order,
            stage: Stage::Running(now),
            started: now,
            updated: now,
            recorded_ms: 0,
        }
    }

    pub(crate) const fn status(&self) -> RecordingStatus {
        match self.stage {
            Stage::Running(_) => RecordingStatus::InProgress,
            Stage::Paused(..) => RecordingStatus::Paused,
            Stage::Stopped => RecordingStatus::Stopped,
            Stage::Processing => RecordingStatus::Processing,
            Stage::Completed => RecordingStatus::Completed,
            Stage::Absent => RecordingStatus::Absent,
        }
    }

    pub(crate) const fn is_live(&self) -> bool {
        match self.stage {
            Stage::Running(_) | Stage::Paused(..) => true,
            Stage::Stopped | Stage::Processing | Stage::Completed | Stage::Absent => false,
        }
    }

    pub(crate) const fn runs(&self) -> bool {
        match self.stage {
            Stage::Running(_) => true,
            Stage::Paused(..)
            | Stage::Stopped
            | Stage::Processing
            | Stage::Completed
            | Stage::Absent => false,
        }
    }

    /// Whether it is paused and silence is written meanwhile.
    pub(crate) const fn fills_a_pause(&self) -> bool {
        match self.stage {
            Stage::Paused(_, PauseBehavior::Silence) => true,
            Stage::Paused(_, PauseBehavior::Skip)
            | Stage::Running(_)
            | Stage::Stopped
            | Stage::Processing
            | Stage::Completed
            | Stage::Absent => false,
        }
    }

    /// How much is recorded, in milliseconds.
    pub(crate) fn length_ms(&self, now: Time) -> i64 {
        let since = match self.stage {
            Stage::Running(since) | Stage::Paused(since, PauseBehavior::Silence) => since,
            Stage::Paused(_, PauseBehavior::Skip)
            | Stage::Stopped
            | Stage::Processing
            | Stage::Completed
            | Stage::Absent => now,
        };
        self.recorded_ms + (now.0 - since.0).max(0)
    }

    /// Its length in whole seconds, once it is over.
    pub(crate) fn seconds(&self) -> Option<i64> {
        (!self.is_live()).then_some(self.recorded_ms / 1000)
    }

    /// Pauses a running recording; says whether it ran.
    pub(crate) fn pause(&mut self, behavior: PauseBehavior, now: Time) -> bool {
        let runs = matches!(self.stage, Stage::Running(_));
        if runs {
            self.turn(Stage::Paused(now, behavior), now);
        }
        runs
    }

    /// Lets a paused recording go on; says whether it was paused.
    pub(crate) fn resume(&mut self, now: Time) -> bool {
        let is_paused = matches!(self.stage, Stage::Paused(..));
        if is_paused {
            self.turn(Stage::Running(now), now);
        }
        is_paused
    }

    /// Ends a live recording, by request or by itself; says whether it was live.
    pub(crate) fn end(&mut self, stage: Stage, now: Time) -> bool {
        let was_live = self.is_live();
        if was_live {
            self.turn(stage, now);
        }
        was_live
    }

    /// The file is written: there it is, unless less than a second was recorded (16101).
    pub(crate) fn write(&mut self, now: Time) {
        let stage = if self.recorded_ms < 1000 {
            Stage::Absent
        } else {
            Stage::Completed
        };
        self.turn(stage, now);
    }

    fn turn(&mut self, stage: Stage, now: Time) {
        self.recorded_ms = self.length_ms(now);
        self.stage = stage;
        self.updated = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::ids::Ids;

    fn tape() -> Tape {
        let order = Order::mono(RecordingSource::Conference, None);
        Tape::new(
            Ids::from_seed(1).recording(),
            1,
            None,
            None,
            order,
            Time(1_000),
        )
    }

    #[test]
    fn a_pause_is_left_out_or_filled_with_silence() {
        let cases = [(PauseBehavior::Skip, 7), (PauseBehavior::Silence, 12)];

        for (behavior, seconds) in cases {
            let mut tape = tape();
            assert!(tape.pause(behavior, Time(5_000)));
            assert!(!tape.pause(behavior, Time(6_000)));
            assert!(tape.resume(Time(10_000)));
            assert!(tape.end(Stage::Processing, Time(13_000)));
            tape.write(Time(14_000));

            assert_eq!(tape.seconds(), Some(seconds), "{behavior:?}");
            assert_eq!(tape.status(), RecordingStatus::Completed);
        }
    }

    #[test]
    fn a_stop_while_paused_keeps_what_the_pause_leaves() {
        for (behavior, ms) in [
            (PauseBehavior::Skip, 4_000),
            (PauseBehavior::Silence, 9_000),
        ] {
            let mut tape = tape();
            tape.pause(behavior, Time(5_000));
            tape.end(Stage::Stopped, Time(10_000));

            assert_eq!(tape.length_ms(Time(99_000)), ms, "{behavior:?}");
        }
    }

    #[test]
    fn what_is_over_cannot_be_paused_resumed_or_ended_again() {
        let mut tape = tape();
        tape.end(Stage::Stopped, Time(3_000));

        assert!(!tape.pause(PauseBehavior::Skip, Time(4_000)));
        assert!(!tape.resume(Time(4_000)));
        assert!(!tape.end(Stage::Processing, Time(4_000)));
        assert_eq!(tape.status(), RecordingStatus::Stopped);
    }

    #[test]
    fn less_than_a_second_is_no_recording() {
        let mut tape = tape();
        tape.end(Stage::Processing, Time(1_900));
        tape.write(Time(2_900));

        assert_eq!(tape.status(), RecordingStatus::Absent);
    }
}
