//! `<Connect>`: the call is handed to a machine or another product, and comes back when that is done.

mod ai_session;
mod autopilot;
mod conversation;
mod conversation_relay;
mod conversation_relay_session;
mod room;
mod virtual_agent;

pub use ai_session::AiSession;
pub use autopilot::Autopilot;
pub use conversation::{Conversation, ConversationEvent, ConversationRecord};
pub use conversation_relay::{ConversationRelay, Language};
pub use conversation_relay_session::ConversationRelaySession;
pub use room::Room;
pub use virtual_agent::VirtualAgent;

use crate::element::element;
use crate::read::content::{self, Found};
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::stream::Stream;
use crate::word::Method;
use crate::write::Xml;

element! {
    /// Hands the call over, and goes on when that is done (A.3.12).
    ///
    /// ```
    /// use twiml::{Connect, ConversationRelay, Language, Response};
    ///
    /// let relay = ConversationRelay::to("wss://example.com/talk")
    ///     .welcome_greeting("Hello.")
    ///     .language_settings(Language::new("es-MX").tts_provider("Google"));
    ///
    /// let document = Response::new().connect(Connect::to(relay).action("/after"));
    ///
    /// assert_eq!(document.check(), []);
    /// ```
    #[derive(Default)]
    pub struct Connect named "Connect" {
        /// what is requested afterwards; the next verb by default.
        pub action: Option<String> = "action",
        /// how `action` is requested; POST by default.
        pub method: Option<Method> = "method",
    } holding {
        /// To whom: one, though the helper libraries build several.
        pub nouns: Vec<ConnectNoun>,
    }
}

macro_rules! nouns {
    ($($(#[$doc:meta])* $noun:ident)+) => {
        /// To whom a call can be handed.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum ConnectNoun {
            $( $(#[$doc])* $noun(Box<$noun>), )+
        }

        impl ConnectNoun {
            fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Found<Self> {
                match element.name() {
                    $( $noun::NAME => Found::Here($noun::read(element, notes).into()), )+
                    _ => Found::Misplaced,
                }
            }

            fn write(&self, xml: &mut Xml) {
                match self {
                    $( Self::$noun(noun) => noun.write(xml), )+
                }
            }
        }

        $(
            impl From<$noun> for ConnectNoun {
                fn from(noun: $noun) -> Self {
                    Self::$noun(noun.into())
                }
            }
        )+
    };
}

nouns! {
    /// Sound sent to a WebSocket and back.
    Stream
    /// Text sent to a WebSocket, spoken and understood by Twilio.
    ConversationRelay
    /// A relay whose settings the account keeps.
    ConversationRelaySession
    /// A session with an AI, whose settings the account keeps.
    AiSession
    /// A virtual agent of Dialogflow.
    VirtualAgent
    /// A conversation of Twilio Conversations.
    Conversation
    /// A room of Twilio Video.
    Room
    /// An assistant of Autopilot, which Twilio has shut down.
    Autopilot
}

impl Connect {
    /// Hands the call to one.
    #[must_use]
    pub fn to(noun: impl Into<ConnectNoun>) -> Self {
        Self {
            nouns: vec![noun.into()],
            ..Self::default()
        }
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        Self {
            nouns: content::all(element, notes, ConnectNoun::read),
            ..Self::begin(element, notes)
        }
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).each(&self.nouns, ConnectNoun::write);
    }
}
