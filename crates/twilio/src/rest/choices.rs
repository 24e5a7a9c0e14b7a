//! The lists of which requests choose (reference B.4, B.5, E.2, E.3).

use super::parameters::{Parameter, written_as};
use crate::callback::RecordingTrack;
use crate::words::choices;

choices! {
    /// How Twilio asks one of our addresses.
    pub enum WebMethod {
        /// With the parameters in the query.
        Get = "GET",
        /// With the parameters in a form; the default nearly everywhere.
        Post = "POST",
    }
}

choices! {
    /// Of what a call status callback is to tell.
    pub enum CallEvent {
        /// The leg was begun.
        Initiated = "initiated",
        /// It rings.
        Ringing = "ringing",
        /// It was answered.
        Answered = "answered",
        /// It has ended; the default.
        Completed = "completed",
    }
}

choices! {
    /// Of what a conference status callback is to tell.
    pub enum ConferenceEventGroup {
        /// The conference begins.
        Start = "start",
        /// It ends.
        End = "end",
        /// Somebody enters.
        Join = "join",
        /// Somebody leaves.
        Leave = "leave",
        /// Somebody is muted or no more muted.
        Mute = "mute",
        /// Somebody is put on hold or taken off it.
        Hold = "hold",
        /// Somebody's settings change.
        Modify = "modify",
        /// Somebody begins or stops speaking.
        Speaker = "speaker",
        /// An announcement ends or fails.
        Announcement = "announcement",
    }
}

choices! {
    /// Of what a recording status callback is to tell. Calls know three: in progress, completed, absent.
    pub enum RecordingEvent {
        /// The recording was started.
        Started = "started",
        /// It runs.
        InProgress = "in-progress",
        /// It is held for a while.
        Paused = "paused",
        /// It goes on.
        Resumed = "resumed",
        /// It was ended.
        Stopped = "stopped",
        /// It is ready; the default.
        Completed = "completed",
        /// It failed.
        Failed = "failed",
        /// There was nothing to record.
        Absent = "absent",
    }
}

choices! {
    /// How many channels a recording has.
    pub enum RecordingChannels {
        /// One for both parties.
        Mono = "mono",
        /// One for each party.
        Dual = "dual",
    }
}

choices! {
    /// Whether silence at both ends of a recording is cut off.
    pub enum Trim {
        /// It is; the default.
        Silence = "trim-silence",
        /// It stays.
        Nothing = "do-not-trim",
    }
}

choices! {
    /// For what a leg is listened to when it is answered (reference B.7).
    pub enum MachineDetection {
        /// Whether it is a machine.
        Enable = "Enable",
        /// That, and when the machine's greeting ends.
        DetectMessageEnd = "DetectMessageEnd",
    }
}

choices! {
    /// When a conference beeps.
    pub enum Beep {
        /// When somebody enters or leaves; the default.
        Always = "true",
        /// Never.
        Never = "false",
        /// When somebody enters.
        OnEnter = "onEnter",
        /// When somebody leaves.
        OnExit = "onExit",
    }
}

choices! {
    /// Whether the conference is recorded.
    pub enum ConferenceRecord {
        /// From its start.
        FromStart = "record-from-start",
        /// Not at all; the default.
        Never = "do-not-record",
    }
}

choices! {
    /// How much a conference waits for late sound: less delay or fewer gaps.
    pub enum JitterBuffer {
        /// Up to a second; the default.
        Large = "large",
        /// Some.
        Medium = "medium",
        /// Little.
        Small = "small",
        /// None.
        Off = "off",
    }
}

choices! {
    /// What a recording holds for the time in which it was held.
    pub enum PauseBehavior {
        /// Nothing: the time is skipped.
        Skip = "skip",
        /// Silence; the default.
        Silence = "silence",
    }
}

choices! {
    /// For what a number takes calls.
    pub enum VoiceReceiveMode {
        /// For speech.
        Voice = "voice",
        /// For faxes.
        Fax = "fax",
    }
}

written_as! {
    WebMethod => |choice| choice.word().to_owned();
    CallEvent => |choice| choice.word().to_owned();
    ConferenceEventGroup => |choice| choice.word().to_owned();
    RecordingEvent => |choice| choice.word().to_owned();
    RecordingChannels => |choice| choice.word().to_owned();
    RecordingTrack => |word| word.to_string();
    Trim => |choice| choice.word().to_owned();
    MachineDetection => |choice| choice.word().to_owned();
    Beep => |choice| choice.word().to_owned();
    ConferenceRecord => |choice| choice.word().to_owned();
    JitterBuffer => |choice| choice.word().to_owned();
    PauseBehavior => |choice| choice.word().to_owned();
    VoiceReceiveMode => |choice| choice.word().to_owned();
}
