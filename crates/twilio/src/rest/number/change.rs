//! The requests that change and list telephone numbers, as far as voice goes (reference E.6, E.7).

use crate::rest::choices::{VoiceReceiveMode, WebMethod};
use crate::rest::parameters::parameters;
use crate::sid::{ApplicationSid, TrunkSid};

parameters! {
    optional
    /// What is to become of a number. An empty address takes the one away that is there.
    pub struct UpdateNumber {
        /// Its name in the account.
        friendly_name: &str => "FriendlyName",
        /// The address that calls ask for their document.
        voice_url: &str => "VoiceUrl",
        /// How it is asked.
        voice_method: WebMethod => "VoiceMethod",
        /// The address that is asked when the first one fails.
        voice_fallback_url: &str => "VoiceFallbackUrl",
        /// How it is asked.
        voice_fallback_method: WebMethod => "VoiceFallbackMethod",
        /// The address that is told of the end of calls.
        status_callback: &str => "StatusCallback",
        /// How it is told.
        status_callback_method: WebMethod => "StatusCallbackMethod",
        /// Whether the caller's name is looked up, which costs.
        voice_caller_id_lookup: bool => "VoiceCallerIdLookup",
        /// The application that handles calls; it beats the addresses.
        voice_application_sid: &ApplicationSid => "VoiceApplicationSid",
        /// The SIP trunk that takes the calls; it beats addresses and application.
        trunk_sid: &TrunkSid => "TrunkSid",
        /// For what calls are taken.
        voice_receive_mode: VoiceReceiveMode => "VoiceReceiveMode",
    }
}

impl UpdateNumber {
    /// Lets calls ask the number's own addresses again, whatever application or trunk took them.
    #[must_use]
    pub fn asking_its_addresses(mut self) -> Self {
        self.0.set("VoiceApplicationSid", "");
        self.0.set("TrunkSid", "");
        self
    }
}

parameters! {
    optional
    /// Which numbers are listed: those that everything fits that is set.
    pub struct NumberFilter {
        /// The number, whole or in part, or a pattern with `*` for any digit.
        phone_number: &str => "PhoneNumber",
        /// Their name in the account.
        friendly_name: &str => "FriendlyName",
        /// Whether they are new to Twilio.
        beta: bool => "Beta",
        /// Whether Twilio or another carrier provides them: `twilio` or `hosted`.
        origin: &str => "Origin",
        /// How many a page holds: at most 1,000, without this 50.
        page_size: u16 => "PageSize",
    }
}
