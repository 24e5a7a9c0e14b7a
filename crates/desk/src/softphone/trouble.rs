//! What can be wrong with the telephone in a browser, in words, and what to do about it.

/// An error as the SDK reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its number in the carrier's list of errors.
    pub code: u32,
    /// Its text, for those who look it up.
    pub text: String,
}

/// Something that is wrong, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong, as a sentence.
    pub what: String,
    /// What to do about it, as a sentence.
    pub advice: String,
    /// The SDK's own error, where it reported one.
    pub fault: Option<Fault>,
}

/// Why there is no microphone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MicrophoneFault {
    /// The person or the browser's settings say no.
    Denied,
    /// The computer has none.
    None,
    /// Something else holds it, or it does not work.
    Busy,
    /// The browser gives none to a page like this.
    Insecure,
}

/// What an error of the SDK asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The token is not taken, or no longer: another one may help.
    Token,
    /// The gateway cannot be reached: time may help.
    Line,
    /// The microphone cannot be used.
    Microphone,
    /// It concerns one call.
    Call,
    /// Anything else.
    Other,
}

/// The SDK's errors: number, kind, what is wrong, what to do.
const FAULTS: [(u32, Kind, &str, &str); 33] = [
    (
        20101,
        Kind::Token,
        "The carrier does not accept this phone’s pass.",
        ASK_KEYS,
    ),
    (
        20104,
        Kind::Token,
        "This phone’s pass has run out.",
        "Load the page again to get another one.",
    ),
    (
        20151,
        Kind::Token,
        "The carrier does not know the key behind this phone’s pass.",
        ASK_KEYS,
    ),
    (
        31000,
        Kind::Other,
        "The carrier reports an error that it does not explain.",
        AGAIN,
    ),
    (
        31001,
        Kind::Call,
        "The carrier does not find the application that calls out.",
        ASK_APPLICATION,
    ),
    (
        31002,
        Kind::Call,
        "The carrier refused the call.",
        "Check that the number may be called, or ask an admin.",
    ),
    (31003, Kind::Line, "The connection took too long.", NETWORK),
    (
        31005,
        Kind::Line,
        "The connection to the carrier broke.",
        WAIT,
    ),
    (
        31008,
        Kind::Call,
        "The call was cancelled.",
        "It may have been answered elsewhere.",
    ),
    (
        31009,
        Kind::Line,
        "There is no connection to the carrier.",
        WAIT,
    ),
    (
        31100,
        Kind::Other,
        "The carrier did not understand the phone.",
        AGAIN,
    ),
    (
        31105,
        Kind::Token,
        "The carrier does not accept this phone’s name.",
        "Ask an admin: a user name may only have letters, digits and underscores.",
    ),
    (
        31107,
        Kind::Call,
        "The call could not be taken up again.",
        "Call back.",
    ),
    (
        31201,
        Kind::Token,
        "The carrier does not let this phone in.",
        ASK_KEYS,
    ),
    (
        31202,
        Kind::Token,
        "This phone’s pass is not signed with the carrier’s key.",
        ASK_KEYS,
    ),
    (
        31203,
        Kind::Token,
        "The carrier knows no such account.",
        ASK_KEYS,
    ),
    (
        31204,
        Kind::Token,
        "The carrier does not accept this phone’s pass.",
        ASK_KEYS,
    ),
    (
        31205,
        Kind::Token,
        "This phone’s pass has run out.",
        "Load the page again to get another one.",
    ),
    (
        31206,
        Kind::Other,
        "The carrier was asked too often in a short time.",
        "Wait a minute, then try again.",
    ),
    (
        31207,
        Kind::Token,
        "This phone’s pass is made out for too long.",
        ASK_KEYS,
    ),
    (
        31209,
        Kind::Call,
        "The call could not be taken up again.",
        "Call back.",
    ),
    (
        31400,
        Kind::Other,
        "The carrier did not understand the phone.",
        AGAIN,
    ),
    (
        31401,
        Kind::Microphone,
        "The browser does not let this page use the microphone.",
        ALLOW,
    ),
    (
        31402,
        Kind::Microphone,
        "The microphone cannot be used.",
        FREE,
    ),
    (
        31404,
        Kind::Call,
        "The number was not found.",
        "Check the number.",
    ),
    (
        31480,
        Kind::Call,
        "The other side cannot be reached at the moment.",
        "Try again later.",
    ),
    (
        31486,
        Kind::Call,
        "The other side is busy.",
        "Try again later.",
    ),
    (
        31603,
        Kind::Call,
        "The other side declined.",
        "Try again later.",
    ),
    (53000, Kind::Line, "The carrier cannot be reached.", NETWORK),
    (
        53001,
        Kind::Line,
        "The connection to the carrier broke.",
        WAIT,
    ),
    (
        53400,
        Kind::Call,
        "The browser could not prepare the sound.",
        "Load the page again.",
    ),
    (
        53402,
        Kind::Call,
        "The sound of the two sides does not go together.",
        "Load the page again.",
    ),
    (
        53405,
        Kind::Call,
        "The sound could not get through.",
        "Check the network: a firewall may hold it back.",
    ),
];

const ASK_KEYS: &str = "Ask an admin to check the API key in the settings.";
const ASK_APPLICATION: &str = "Ask an admin to check the TwiML application in the settings.";
const AGAIN: &str = "Try again; if it stays, ask an admin.";
const NETWORK: &str = "Check your network. The phone keeps trying.";
const WAIT: &str = "The phone connects again by itself.";
const ALLOW: &str =
    "Allow the microphone for this page beside the address in the browser, then try again.";
const FREE: &str =
    "Check that it is plugged in and that no other program holds it, then try again.";

impl Trouble {
    pub(super) fn new(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            advice: advice.into(),
            fault: None,
        }
    }

    /// An error of the SDK, in words.
    #[must_use]
    pub fn of(fault: Fault) -> Self {
        let (what, advice) = row(fault.code).map_or(
            ("The phone reports an error.", AGAIN),
            |(_, _, what, advice)| (*what, *advice),
        );
        Self {
            fault: Some(fault),
            ..Self::new(what, advice)
        }
    }

    /// The SDK's own error as a note in small print: its number and its text.
    #[must_use]
    pub fn small_print(&self) -> Option<String> {
        let fault = self.fault.as_ref()?;
        Some(format!("{}: {}", fault.code, fault.text))
    }

    /// Why there is no microphone, in words.
    #[must_use]
    pub fn of_microphone(fault: MicrophoneFault) -> Self {
        let (what, advice) = match fault {
            MicrophoneFault::Denied => (
                "The browser does not let this page use the microphone.",
                ALLOW,
            ),
            MicrophoneFault::None => ("No microphone was found.", "Plug one in, then try again."),
            MicrophoneFault::Busy => ("The microphone cannot be used.", FREE),
            MicrophoneFault::Insecure => (
                "The browser gives this page no microphone.",
                "Open the page by https, or on this machine by localhost, in a browser that can call.",
            ),
        };
        Self::new(what, advice)
    }
}

impl Fault {
    pub(super) fn kind(&self) -> Kind {
        row(self.code).map_or(Kind::Other, |(_, kind, _, _)| *kind)
    }
}

fn row(code: u32) -> Option<&'static (u32, Kind, &'static str, &'static str)> {
    FAULTS.iter().find(|(known, ..)| *known == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_says_what_is_wrong_and_what_to_do_in_sentences() {
        for (code, _, what, advice) in FAULTS {
            assert!(what.ends_with('.') && advice.ends_with('.'), "{code}");
        }
        assert!(FAULTS.is_sorted_by_key(|(code, ..)| *code));
    }

    #[test]
    fn an_error_that_the_table_does_not_know_keeps_the_sdks_own_words() {
        let trouble = Trouble::of(Fault {
            code: 31_999,
            text: "Moonlight".to_owned(),
        });

        assert_eq!(trouble.what, "The phone reports an error.");
        assert_eq!(trouble.small_print().unwrap(), "31999: Moonlight");
    }
}
