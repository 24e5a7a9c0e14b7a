//! Attribute values that are one word of a fixed list, and the lists that several elements share.

/// Defines an enum whose variants are written as fixed words; other words behind `|` are read as well.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$doc:meta])* $variant:ident = $word:literal $(| $also:literal)*, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( #[doc = concat!("`", $word, "`")] #[doc = ""] $(#[$doc])* $variant, )+
        }

        impl $name {
            /// Every value, in the order of Twilio's reference.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The word as it stands in a document.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )+
                }
            }
        }

        impl crate::value::Value for $name {
            fn write(&self, start: &mut String) {
                start.push_str(self.as_str());
            }

            fn parse(text: &str) -> Option<Self> {
                match text {
                    $( $word $(| $also)* => Some(Self::$variant), )+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use words;

words! {
    /// How a URL is requested; everywhere in TwiML the default is POST (A.1.3, X11).
    pub enum Method {
        Get = "GET" | "get" | "Get",
        Post = "POST" | "post" | "Post",
    }
}

words! {
    /// Whether silence at both ends of a recording is cut off.
    pub enum Trim {
        TrimSilence = "trim-silence",
        DoNotTrim = "do-not-trim",
    }
}

words! {
    /// Which side of a call is listened to beside it.
    pub enum Track {
        Inbound = "inbound_track",
        Outbound = "outbound_track",
        Both = "both_tracks",
    }
}

words! {
    /// What a `recordingStatusCallback` is told about; the default is `completed` alone.
    pub enum RecordingEvent {
        InProgress = "in-progress",
        Completed = "completed",
        Absent = "absent",
    }
}

words! {
    /// What the `statusCallback` of a dialled party is told about; the default is `completed` alone.
    pub enum CallEvent {
        Initiated = "initiated",
        Ringing = "ringing",
        Answered = "answered",
        Completed = "completed",
    }
}

words! {
    /// How an answering machine is looked for.
    pub enum MachineDetection {
        /// Decides as soon as it is known who answered.
        Enable = "Enable",
        /// Waits until the machine's greeting has ended.
        DetectMessageEnd = "DetectMessageEnd",
    }
}
