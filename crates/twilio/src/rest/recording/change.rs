//! The requests that begin a recording and that hold, continue or end it (reference E.4).

use crate::callback::RecordingTrack;
use crate::rest::choices::{PauseBehavior, RecordingChannels, RecordingEvent, Trim, WebMethod};
use crate::rest::parameters::{Parameters, parameters};

parameters! {
    optional
    /// A recording to be begun on a live call (E.7 CreateCallRecording).
    pub struct StartRecording {
        /// The address that is told how it stands.
        status_callback: &str => "RecordingStatusCallback",
        /// Of what it is told; without this of the end alone.
        status_callback_events: &[RecordingEvent] => "RecordingStatusCallbackEvent",
        /// How it is told.
        status_callback_method: WebMethod => "RecordingStatusCallbackMethod",
        /// Whether silence is cut off.
        trim: Trim => "Trim",
        /// How many channels it has.
        channels: RecordingChannels => "RecordingChannels",
        /// Which side is recorded.
        track: &RecordingTrack => "RecordingTrack",
    }
}

parameters! {
    /// What is to become of a recording that runs or is held (E.7 UpdateCallRecording, UpdateConferenceRecording).
    pub struct RecordingChange {}
}

impl RecordingChange {
    /// Holds it; the time until it goes on is left out or silent.
    #[must_use]
    pub fn pausing(behavior: PauseBehavior) -> Self {
        let mut change = Self::to_status("paused");
        change.0.set("PauseBehavior", &behavior);
        change
    }

    /// Lets it go on.
    #[must_use]
    pub fn resuming() -> Self {
        Self::to_status("in-progress")
    }

    /// Ends it.
    #[must_use]
    pub fn stopping() -> Self {
        Self::to_status("stopped")
    }

    fn to_status(status: &str) -> Self {
        let mut parameters = Parameters::default();
        parameters.set("Status", status);
        Self(parameters)
    }
}
