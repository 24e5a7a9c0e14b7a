//! `<Conference>`: a room in which several callers hear each other.

use crate::code::Code;
use crate::element::element;
use crate::read::content;
use crate::read::notes::{Notes, quoted};
use crate::read::tree::Element;
use crate::rule;
use crate::word::{Method, RecordingEvent, Trim, words};
use crate::write::Xml;

words! {
    /// When the conference hears a beep.
    pub enum Beep {
        /// When somebody enters or leaves.
        Always = "true",
        Never = "false",
        OnEnter = "onEnter",
        OnExit = "onExit",
    }
}

words! {
    /// Whether a conference is recorded.
    pub enum ConferenceRecord {
        DoNotRecord = "do-not-record",
        /// From the moment when two parties hear each other.
        FromStart = "record-from-start",
    }
}

words! {
    /// Where a conference is mixed; the first participant who names a region decides.
    pub enum Region {
        Us1 = "us1",
        Us2 = "us2",
        Ie1 = "ie1",
        Sg1 = "sg1",
        Br1 = "br1",
        Au1 = "au1",
        Jp1 = "jp1",
        De1 = "de1",
    }
}

words! {
    /// What the `statusCallback` of a conference is told about.
    pub enum ConferenceEvent {
        Start = "start",
        End = "end",
        Join = "join",
        Leave = "leave",
        Mute = "mute",
        Hold = "hold",
        Modify = "modify",
        Speaker = "speaker",
        Announcement = "announcement",
    }
}

words! {
    /// How much uneven arrival of sound is smoothed, at the price of delay.
    pub enum JitterBuffer {
        Large = "large",
        Medium = "medium",
        Small = "small",
        Off = "off",
    }
}

/// The most characters of a conference's name (A.3.9).
const MOST_OF_NAME: usize = 128;

element! {
    /// A conference, by its name (A.3.9).
    ///
    /// `callerId` and `timeout` of the [`Dial`](super::Dial) around it have no effect.
    ///
    /// ```
    /// use twiml::{Beep, Conference, Dial, Response};
    ///
    /// let caller = Conference::new("Room 7")
    ///     .start_conference_on_enter(false)
    ///     .wait_url("/hold")
    ///     .beep(Beep::Never)
    ///     .participant_label("caller");
    ///
    /// assert_eq!(Response::new().dial(Dial::new(caller)).check(), []);
    /// ```
    #[derive(Default)]
    pub struct Conference named "Conference" {
        /// whether this participant is heard by nobody; false by default.
        pub muted: Option<bool> = "muted" [13230],
        /// when the others hear a beep; always by default.
        pub beep: Option<Beep> = "beep" [13235],
        /// whether the conference starts when this participant enters; true by default.
        pub start_conference_on_enter: Option<bool> = "startConferenceOnEnter" [13232],
        /// whether the conference ends when this participant leaves; false by default.
        pub end_conference_on_exit: Option<bool> = "endConferenceOnExit" [13231],
        /// what a participant hears until the conference starts; empty for silence, hold music by default.
        pub wait_url: Option<String> = "waitUrl" [13233: rule::url],
        /// how `waitUrl` is requested; POST by default.
        pub wait_method: Option<Method> = "waitMethod" [13234],
        /// the most participants, 2 to 250; 250 by default.
        pub max_participants: Option<u8> = "maxParticipants" [12200: rule::within(2..=250)],
        /// whether the conference is recorded; not by default.
        pub record: Option<ConferenceRecord> = "record",
        /// a recording configuration of the account.
        pub recording_configuration_id: Option<String> = "recordingConfigurationId",
        /// where it is mixed; chosen by Twilio by default.
        pub region: Option<Region> = "region",
        /// the call of the one participant who hears this one; they must be in the conference.
        pub coach: Option<String> = "coach" [13240: rule::sid("CA")],
        /// whether silence in the recording is cut off; it is by default.
        pub trim: Option<Trim> = "trim" [13239],
        /// what `statusCallback` is told about; fixed by the first participant.
        pub status_callback_event: Vec<ConferenceEvent> = "statusCallbackEvent",
        /// what is told how the conference goes; fixed by the first participant.
        pub status_callback: Option<String> = "statusCallback",
        /// how `statusCallback` is requested; POST by default.
        pub status_callback_method: Option<Method> = "statusCallbackMethod",
        /// what is told how the recording stands.
        pub recording_status_callback: Option<String> = "recordingStatusCallback" [13256: rule::url],
        /// how `recordingStatusCallback` is requested; POST by default.
        pub recording_status_callback_method: Option<Method> = "recordingStatusCallbackMethod",
        /// what `recordingStatusCallback` is told about.
        pub recording_status_callback_event: Vec<RecordingEvent> = "recordingStatusCallbackEvent" [13621],
        /// deprecated by Twilio, and not requested beside `recordingStatusCallback`.
        pub event_callback_url: Option<String> = "eventCallbackUrl",
        /// how much uneven arrival of sound is smoothed; `large` by default.
        pub jitter_buffer_size: Option<JitterBuffer> = "jitterBufferSize",
        /// a name for this participant, at most 128 characters, unique in the conference (16023, 16025).
        pub participant_label: Option<String> = "participantLabel" [16023: rule::label],
    } holding {
        /// The conference's name, 1 to 128 characters, one name space for the account (13237).
        pub name: String,
    }
}

impl Conference {
    /// Enters the conference of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let conference = Self {
            name: content::text(element, notes),
            ..Self::begin(element, notes)
        };
        if !rule::given(&conference.name) || !rule::at_most(MOST_OF_NAME)(&conference.name) {
            notes.note(
                const { Code::of(13237) },
                element.at(),
                quoted(&conference.name),
            );
        }
        conference
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).text(&self.name);
    }
}
