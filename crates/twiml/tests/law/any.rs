//! Any value of every type of the crate: each struct with all its fields, each enum with all its variants.

use twiml::*;

use crate::draw::{Any, Draw};

macro_rules! words {
    ($($type:ident)+) => { $(
        impl Any for $type {
            fn any(draw: &mut Draw) -> Self {
                draw.one_of(Self::ALL)
            }
        }
    )+ };
}

macro_rules! structs {
    ($($type:ident { $($field:ident)* })+) => { $(
        impl Any for $type {
            fn any(draw: &mut Draw) -> Self {
                Self { $($field: Any::any(draw)),* }
            }
        }
    )+ };
}

macro_rules! choices {
    ($($type:ident { $($variant:ident)+ $(, $($alone:ident)+)? })+) => { $(
        impl Any for $type {
            fn any(draw: &mut Draw) -> Self {
                let choices: &[fn(&mut Draw) -> Self] = &[
                    $(|draw| Self::$variant(Any::any(draw)),)+
                    $($(|_| Self::$alone,)+)?
                ];
                draw.one_of(choices)(draw)
            }
        }

        const _: fn(&$type) = |every_variant_is_drawn| match every_variant_is_drawn {
            $($type::$variant(_) => {})+
            $($($type::$alone => {})+)?
        };
    )+ };
}

words! {
    Beep BreakStrength CallEvent ConferenceEvent ConferenceRecord DialEvents EmphasisLevel GatherInput InterpretAs
    JitterBuffer MachineDetection Method PhonemeAlphabet RecordMode RecordingEvent RecordingTrack Region RejectReason
    RingTone SayAsFormat Trim
}

structs! {
    Say { content voice times language }
    Play { url times }
    PlayDigits { times digits }
    Pause { length }
    Redirect { url method }
    Reject { reason }
    Gather {
        prompts input action method timeout speech_timeout max_speech_time profanity_filter finish_on_key num_digits
        partial_result_callback partial_result_callback_method language hints barge_in debug action_on_empty_result
        speech_model enhanced
    }
    Record {
        action method timeout finish_on_key max_length play_beep trim recording_status_callback
        recording_status_callback_method recording_status_callback_event transcribe transcribe_callback
        recording_configuration_id
    }
    Enqueue { action max_queue_size method wait_url wait_url_method place }
    Task { attributes priority timeout }
    Dial {
        target action method timeout hangup_on_star time_limit caller_id record trim recording_status_callback
        recording_configuration_id recording_status_callback_method recording_status_callback_event answer_on_bridge
        ring_tone recording_track sequential refer_url refer_method events passports call_reason
    }
    Number {
        number send_digits url method status_callback_event status_callback status_callback_method byoc
        machine_detection amd_status_callback_method amd_status_callback machine_detection_timeout
        machine_detection_speech_threshold machine_detection_speech_end_threshold machine_detection_silence_timeout
    }
    Client { identity parameters url method status_callback_event status_callback status_callback_method }
    Conference {
        name muted beep start_conference_on_enter end_conference_on_exit wait_url wait_method max_participants record
        recording_configuration_id region coach trim status_callback_event status_callback status_callback_method
        recording_status_callback recording_status_callback_method recording_status_callback_event event_callback_url
        jitter_buffer_size participant_label
    }
    Queue { name url method reservation_sid post_work_activity_sid }
    Sip {
        address headers username password url method status_callback_event status_callback status_callback_method
        machine_detection amd_status_callback_method amd_status_callback machine_detection_timeout
        machine_detection_speech_threshold machine_detection_speech_end_threshold machine_detection_silence_timeout
    }
    SipUri { uri priority weight username password }
    Header { name value }
    Sim { sid }
    Application {
        sid parameters url method status_callback_event status_callback status_callback_method customer_id
        copy_parent_to
    }
    WhatsApp { number url method status_callback_event status_callback status_callback_method }
    Parameter { name value }
    Break { strength time }
    Emphasis { content level }
    Lang { content language }
    P { content }
    Phoneme { text alphabet pronunciation }
    Prosody { content volume rate pitch }
    S { content }
    SayAs { text interpret_as format }
    Sub { text alias }
    W { content role }
}

choices! {
    Verb { Say Play PlayDigits Pause Gather Dial Redirect Reject Record Enqueue, Hangup Leave }
    Prompt { Say Play Pause }
    DialTarget { Text Parties Conference Queue Application Sim WhatsApp }
    Party { Number Client Sip }
    SipAddress { Uri Uris }
    SpeechTimeout { Seconds, Auto }
    Speech { Text Break Emphasis Lang P Phoneme Prosody S SayAs Sub W }
    Passage { Text Break Emphasis Lang Phoneme Prosody S SayAs Sub W }
    Phrase { Text Break Emphasis Lang Phoneme Prosody SayAs Sub W }
    WordPart { Text Break Emphasis Phoneme Prosody SayAs Sub }
}

impl Any for WaitingPlace {
    fn any(draw: &mut Draw) -> Self {
        if bool::any(draw) {
            Self::Workflow {
                sid: Any::any(draw),
                task: Any::any(draw),
            }
        } else {
            Self::Queue(Any::any(draw))
        }
    }
}

impl Any for Parties {
    fn any(draw: &mut Draw) -> Self {
        let count = 1 + usize::from(draw.byte()) % Self::MOST;
        let parties: Vec<Party> = (0..count).map(|_| Any::any(draw)).collect();
        Self::new(parties).expect("one to ten parties")
    }
}

impl Any for Response {
    fn any(draw: &mut Draw) -> Self {
        let verbs: Vec<Verb> = Any::any(draw);
        verbs.into_iter().fold(Self::new(), Self::then)
    }
}
