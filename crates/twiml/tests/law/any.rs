//! Any value of every type of the crate: each struct with all its fields, each enum with all its variants.

use twiml::*;

use crate::draw::{Any, Draw};
use crate::tame::*;

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
    ($($type:ident { $($field:ident $(($tame:expr))?)* })+) => { $(
        impl Any for $type {
            fn any(draw: &mut Draw) -> Self {
                Self { $($field: field!(draw $($tame)?)),* }
            }
        }
    )+ };
}

/// A field is drawn as its type is, or if it has to be tame, as it is said behind its name.
macro_rules! field {
    ($draw:ident) => {
        Any::any($draw)
    };
    ($draw:ident $tame:expr) => {
        if $draw.is_tame() {
            ($tame)($draw)
        } else {
            Any::any($draw)
        }
    };
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
    BankAccount Beep BreakStrength CallEvent CardType ConferenceEvent ConferenceRecord ConversationEvent
    ConversationRecord DialEvents EmphasisLevel GatherInput InterpretAs JitterBuffer MachineDetection Method PayError
    PayInput PayStep PaymentMethod PaymentToken PhonemeAlphabet RecordMode RecordingChannels RecordingEvent
    RecordingTrack Region RejectReason RingTone SayAsFormat Track Trim
}

structs! {
    Say { content(speech) voice(some(VOICES)) times language(some(LANGUAGES)) }
    Play { url(one(URLS)) times }
    PlayDigits { times digits(one(&["0", "ww9#", "ABCD", "*W"])) }
    Pause { length(within(1, 65_535)) }
    Redirect { url method }
    Reject { parameters reason }
    Gather {
        prompts input action method timeout(within(1, 65_535)) speech_timeout(whole_speech_timeout)
        max_speech_time(within(1, 60)) profanity_filter finish_on_key(some(&["", "#", "*", "7"]))
        num_digits(within(1, 65_535)) partial_result_callback partial_result_callback_method
        language(some(LANGUAGES)) hints barge_in debug action_on_empty_result speech_model enhanced
    }
    Record {
        action method timeout finish_on_key(some(&["", "#", "*1", "0123456789*#"])) max_length(within(2, 120))
        play_beep trim recording_status_callback(some(URLS)) recording_status_callback_method
        recording_status_callback_event transcribe transcribe_callback(some(URLS)) recording_configuration_id
    }
    Enqueue { action(some(URLS)) max_queue_size method wait_url(some(WAIT_URLS)) wait_url_method place }
    Task { attributes(one(TASKS)) priority timeout }
    Dial {
        target(dialled) action method timeout(within(5, 600)) hangup_on_star time_limit(within(1, 86_400))
        caller_id record trim recording_status_callback(some(URLS)) recording_configuration_id
        recording_status_callback_method recording_status_callback_event answer_on_bridge ring_tone
        recording_track sequential refer_url refer_method events passports call_reason
    }
    Number {
        number(one(NUMBERS)) send_digits(some(&["", "ww9", "#*W"])) url method status_callback_event
        status_callback status_callback_method byoc machine_detection amd_status_callback_method
        amd_status_callback machine_detection_timeout(within(3, 60))
        machine_detection_speech_threshold(within(1_000, 6_000))
        machine_detection_speech_end_threshold(within(500, 5_000))
        machine_detection_silence_timeout(within(2_000, 10_000))
    }
    Client { identity parameters url method status_callback_event status_callback status_callback_method }
    Conference {
        name muted beep start_conference_on_enter end_conference_on_exit wait_url(some(WAIT_URLS)) wait_method
        max_participants(within(2, 250)) record recording_configuration_id region
        coach(some(&["CA0123456789abcdef0123456789ABCDEF"])) trim status_callback_event status_callback
        status_callback_method recording_status_callback(some(URLS)) recording_status_callback_method
        recording_status_callback_event event_callback_url jitter_buffer_size participant_label
    }
    Queue { name url(some(URLS)) method reservation_sid post_work_activity_sid }
    Sip {
        address(addressed) headers username password url method status_callback_event status_callback
        status_callback_method machine_detection amd_status_callback_method amd_status_callback
        machine_detection_timeout(within(3, 60)) machine_detection_speech_threshold(within(1_000, 6_000))
        machine_detection_speech_end_threshold(within(500, 5_000))
        machine_detection_silence_timeout(within(2_000, 10_000))
    }
    SipUri { uri(one(SIP_URIS)) priority weight username password }
    Header { name(one(&["X-Line", "User-to-User"])) value }
    Sim { sid }
    Application {
        sid parameters url method status_callback_event status_callback status_callback_method customer_id
        copy_parent_to
    }
    WhatsApp { number url method status_callback_event status_callback status_callback_method }
    Parameter { name value }
    Hangup { parameters(|d: &mut Draw| vec![Any::any(d)]) }
    Config { name value }
    Connect { nouns action method }
    AiSession { ai_connector ai_session_configuration }
    Autopilot { name }
    Conversation {
        service_instance_sid inbound_autocreation routing_assignment_timeout inbound_timeout url method record
        trim recording_status_callback recording_status_callback_method recording_status_callback_event
        status_callback status_callback_method status_callback_event
    }
    ConversationRelay {
        languages parameters url language tts_language transcription_language tts_provider voice
        transcription_provider speech_model profanity_filter dtmf_detection welcome_greeting partial_prompts
        welcome_greeting_interruptible interruptible preemptible hints intelligence_service
        report_input_during_agent_speech elevenlabs_text_normalization interrupt_sensitivity debug
        background_noise_reduction speech_timeout deepgram_smart_format ignore_backchannel events
        partial_prompt_on_hangup eager_eot_threshold asr_smart_format tts_text_normalization
        tts_language_text_normalization elevenlabs_language_text_normalization include_in_prompt customer_name
        application_reconnect echo_prompt_filtering turn_detection
    }
    Language {
        code tts_provider voice transcription_provider speech_model hints asr_smart_format
        tts_text_normalization tts_language_text_normalization
    }
    ConversationRelaySession { connector session_configuration }
    Room { name participant_identity }
    VirtualAgent {
        configs parameters connector_name language sentiment_analysis status_callback status_callback_method
    }
    Start { work action method }
    Stop { work }
    Stream {
        parameters name connector_name url track status_callback status_callback_method audio_format sample_rate
    }
    Siprec { parameters name connector_name track status_callback status_callback_method }
    Transcription {
        configs parameters name track status_callback_url status_callback_method inbound_track_label
        outbound_track_label partial_results language_code transcription_engine profanity_filter speech_model
        hints enable_automatic_punctuation intelligence_service
    }
    Recording {
        recording_status_callback(some(URLS)) recording_status_callback_method recording_status_callback_event
        trim track channels recording_configuration_id
    }
    Refer { to action method }
    ReferSip { uri }
    Pay {
        prompts parameters input action bank_account_type status_callback status_callback_method
        timeout(within(1, 65_535)) max_attempts(within(1, 65_535)) security_code postal_code
        min_postal_code_length payment_connector payment_method token_type charge_amount currency description
        valid_card_types language(some(LANGUAGES))
    }
    PayPrompt { prompts step error_type card_type attempt require_matching_inputs }
    Sms { message to from action method status_callback }
    Break { strength time }
    Emphasis { content(apart) level }
    Lang { content(apart) language }
    P { content(apart) }
    Phoneme { text alphabet pronunciation }
    Prosody { content(apart) volume rate pitch }
    S { content(apart) }
    SayAs { text interpret_as format }
    Sub { text alias }
    W { content(apart) role }
}

choices! {
    Verb { Say Play PlayDigits Pause Gather Dial Redirect Reject Record Enqueue HangupTelling Connect Start Stop Refer Pay Sms, Hangup Leave Echo }
    Prompt { Say Play Pause }
    ConnectNoun {
        Stream ConversationRelay ConversationRelaySession AiSession VirtualAgent Conversation Room Autopilot
    }
    Started { Stream Siprec Transcription Recording }
    Stopped { Stream Siprec Transcription }
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
                sid: field!(draw one(&["WW0123456789abcdef0123456789ABCDEF"])),
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
