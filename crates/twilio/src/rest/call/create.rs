//! The request that places a call (reference E.2, E.7 CreateCall).

use super::update::CallDocument;
use crate::callback::RecordingTrack;
use crate::party::Party;
use crate::rest::choices::{
    CallEvent, MachineDetection, RecordingChannels, RecordingEvent, Trim, WebMethod,
};
use crate::rest::parameters::{Parameters, parameters};
use crate::sid::{ApplicationSid, ByocSid};

parameters! {
    /// A call to be placed: to whom, from whom, what is to be heard when it is answered, and any of the settings.
    pub struct CreateCall {
        /// How our address is asked for the document.
        method: WebMethod => "Method",
        /// The address that is asked when the first one fails.
        fallback_url: &str => "FallbackUrl",
        /// How it is asked.
        fallback_method: WebMethod => "FallbackMethod",
        /// The address that is told how the call goes on.
        status_callback: &str => "StatusCallback",
        /// Of what it is told; without this of the end alone.
        status_callback_events: &[CallEvent] => "StatusCallbackEvent",
        /// How it is told.
        status_callback_method: WebMethod => "StatusCallbackMethod",
        /// Keys that are pressed when the call is answered: at most 32 of `0-9A-D#*wW`. Detection of machines is off then.
        send_digits: &str => "SendDigits",
        /// How long it may ring, in seconds: at most 600, without this 60. Some 5 s more may pass.
        timeout_s: u16 => "Timeout",
        /// How long the call may last, in seconds.
        time_limit_s: u32 => "TimeLimit",
        /// Whether the call is recorded.
        record: bool => "Record",
        /// How many channels the recording has.
        recording_channels: RecordingChannels => "RecordingChannels",
        /// Which side is recorded.
        recording_track: &RecordingTrack => "RecordingTrack",
        /// Whether silence is cut off.
        trim: Trim => "Trim",
        /// The address that is told how the recording stands.
        recording_status_callback: &str => "RecordingStatusCallback",
        /// Of what it is told; without this of the end alone.
        recording_status_callback_events: &[RecordingEvent] => "RecordingStatusCallbackEvent",
        /// How it is told.
        recording_status_callback_method: WebMethod => "RecordingStatusCallbackMethod",
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
        /// Whether the document is asked for while the listening goes on.
        async_amd: bool => "AsyncAmd",
        /// The address that is told what answered, if the listening goes on meanwhile.
        async_amd_status_callback: &str => "AsyncAmdStatusCallback",
        /// How it is told.
        async_amd_status_callback_method: WebMethod => "AsyncAmdStatusCallbackMethod",
        /// The trunk through which the call goes.
        byoc: &ByocSid => "Byoc",
        /// The caller's number that is shown.
        caller_id: &str => "CallerId",
        /// Why is called, in words for those who are shown them.
        call_reason: &str => "CallReason",
        /// With which a call may be passed on under its original caller's number.
        call_token: &str => "CallToken",
        /// The address that is told of the call beside its browser.
        client_notification_url: &str => "ClientNotificationUrl",
    }
}

impl CreateCall {
    /// A call that asks an address for its document or brings one.
    #[must_use]
    pub fn new(to: &Party, from: &Party, document: &CallDocument) -> Self {
        let mut parameters = between(to, from);
        document.set(&mut parameters);
        Self(parameters)
    }

    /// A call that is handled by an application. Its addresses and methods beat those of the request.
    #[must_use]
    pub fn handled_by(to: &Party, from: &Party, application: &ApplicationSid) -> Self {
        let mut parameters = between(to, from);
        parameters.set("ApplicationSid", application);
        Self(parameters)
    }
}

fn between(to: &Party, from: &Party) -> Parameters {
    let mut parameters = Parameters::default();
    parameters.set("To", to);
    parameters.set("From", from);
    parameters
}
