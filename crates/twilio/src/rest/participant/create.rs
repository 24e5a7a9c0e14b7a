//! The request that calls somebody into a conference (reference E.3, E.7 CreateParticipant).

use crate::callback::RecordingTrack;
use crate::party::Party;
use crate::rest::choices::{
    Beep, CallEvent, ConferenceEventGroup, ConferenceRecord, JitterBuffer, MachineDetection,
    RecordingChannels, RecordingEvent, Trim, WebMethod,
};
use crate::rest::parameters::{Parameters, parameters};
use crate::sid::{ByocSid, CallSid};

parameters! {
    /// Somebody to be called into a conference, and any of the settings.
    pub struct CreateParticipant {
        /// A name for the participant, at most 128 characters, which no other one in the conference has.
        label: &str => "Label",
        /// How long it may ring, in seconds: 5 to 600, without this 60. Some 5 s more pass.
        timeout_s: u16 => "Timeout",
        /// How long the call may last, in seconds.
        time_limit_s: u32 => "TimeLimit",
        /// Whether those in the conference hear it ringing; they do without this.
        early_media: bool => "EarlyMedia",
        /// Whether it enters muted.
        muted: bool => "Muted",
        /// When the conference beeps because of it.
        beep: Beep => "Beep",
        /// Whether its entering starts the conference; it does without this.
        start_conference_on_enter: bool => "StartConferenceOnEnter",
        /// Whether its leaving ends the conference; it does not without this.
        end_conference_on_exit: bool => "EndConferenceOnExit",
        /// The address of what it hears until the conference begins.
        wait_url: &str => "WaitUrl",
        /// How it is asked.
        wait_method: WebMethod => "WaitMethod",
        /// How many the conference may hold: 2 to 250, without this 250.
        max_participants: u8 => "MaxParticipants",
        /// How much the conference waits for late sound.
        jitter_buffer_size: JitterBuffer => "JitterBufferSize",
        /// Where the sound is mixed, such as `us1`.
        region: &str => "Region",
        /// Whether it speaks to one other participant alone.
        coaching: bool => "Coaching",
        /// That other participant.
        call_sid_to_coach: &CallSid => "CallSidToCoach",
        /// The address that is told how this leg goes on.
        status_callback: &str => "StatusCallback",
        /// Of what it is told; without this of the end alone.
        status_callback_events: &[CallEvent] => "StatusCallbackEvent",
        /// How it is told.
        status_callback_method: WebMethod => "StatusCallbackMethod",
        /// The address that is told what happens in the conference; only the first participant's counts.
        conference_status_callback: &str => "ConferenceStatusCallback",
        /// Of what it is told; without this of start and end.
        conference_status_callback_events: &[ConferenceEventGroup] => "ConferenceStatusCallbackEvent",
        /// How it is told.
        conference_status_callback_method: WebMethod => "ConferenceStatusCallbackMethod",
        /// Whether this leg is recorded.
        record: bool => "Record",
        /// How many channels the recording has.
        recording_channels: RecordingChannels => "RecordingChannels",
        /// Which side is recorded.
        recording_track: &RecordingTrack => "RecordingTrack",
        /// Whether silence is cut off.
        trim: Trim => "Trim",
        /// The address that is told how the leg's recording stands.
        recording_status_callback: &str => "RecordingStatusCallback",
        /// Of what it is told; without this of the end alone.
        recording_status_callback_events: &[RecordingEvent] => "RecordingStatusCallbackEvent",
        /// How it is told.
        recording_status_callback_method: WebMethod => "RecordingStatusCallbackMethod",
        /// Whether the conference is recorded.
        conference_record: ConferenceRecord => "ConferenceRecord",
        /// Whether silence is cut off the conference's recording.
        conference_trim: Trim => "ConferenceTrim",
        /// The address that is told how the conference's recording stands.
        conference_recording_status_callback: &str => "ConferenceRecordingStatusCallback",
        /// Of what it is told; without this of the end alone.
        conference_recording_status_callback_events: &[RecordingEvent] => "ConferenceRecordingStatusCallbackEvent",
        /// How it is told.
        conference_recording_status_callback_method: WebMethod => "ConferenceRecordingStatusCallbackMethod",
        /// The name with which to sign in at a SIP address.
        sip_auth_username: &str => "SipAuthUsername",
        /// The password with which to sign in at a SIP address.
        sip_auth_password: &str => "SipAuthPassword",
        /// Whether to listen for a machine (reference B.7).
        machine_detection: MachineDetection => "MachineDetection",
        /// How long to listen at most, in seconds: 30 without this.
        machine_detection_timeout_s: u16 => "MachineDetectionTimeout",
        /// Longer speech than this is a machine's, in milliseconds: 2,400 without this.
        machine_detection_speech_threshold_ms: u16 => "MachineDetectionSpeechThreshold",
        /// Silence of this length ends speech, in milliseconds: 1,200 without this.
        machine_detection_speech_end_threshold_ms: u16 => "MachineDetectionSpeechEndThreshold",
        /// Silence of this length at the beginning ends the listening, in milliseconds: 5,000 without this.
        machine_detection_silence_timeout_ms: u16 => "MachineDetectionSilenceTimeout",
        /// The address that is told what answered.
        amd_status_callback: &str => "AmdStatusCallback",
        /// How it is told.
        amd_status_callback_method: WebMethod => "AmdStatusCallbackMethod",
        /// The trunk through which the call goes.
        byoc: &ByocSid => "Byoc",
        /// The caller's number that is shown.
        caller_id: &str => "CallerId",
        /// The caller's name that a SIP address is shown, 2 to 255 characters.
        caller_display_name: &str => "CallerDisplayName",
        /// Why is called, in words for those who are shown them.
        call_reason: &str => "CallReason",
        /// With which a call may be passed on under its original caller's number.
        call_token: &str => "CallToken",
        /// The address that is told of the call beside its browser.
        client_notification_url: &str => "ClientNotificationUrl",
    }
}

impl CreateParticipant {
    /// Somebody to be called: a number, a browser, a SIP address, or an application (`app:AP…` as [`Party::Other`]).
    #[must_use]
    pub fn new(to: &Party, from: &Party) -> Self {
        let mut parameters = Parameters::default();
        parameters.set("To", to);
        parameters.set("From", from);
        Self(parameters)
    }
}
