//! Twilio's error codes that the REST interface answers with, and what they mean to an app (reference E.8).

macro_rules! codes {
    ($($(#[$inner:meta])* $variant:ident = $number:literal, $meaning:literal;)+) => {
        /// An error code of Twilio.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)+
            /// A code that this list does not know.
            Other(u32),
        }

        impl Code {
            /// The codes that the list knows.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// The code of this number.
            #[must_use]
            pub fn of(number: u32) -> Self {
                match number {
                    $($number => Self::$variant,)+
                    other => Self::Other(other),
                }
            }

            /// Its number.
            #[must_use]
            pub fn number(self) -> u32 {
                match self {
                    $(Self::$variant => $number,)+
                    Self::Other(number) => number,
                }
            }

            /// What it means, in a few words that are fit for a log.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)+
                    Self::Other(_) => "see Twilio's error dictionary",
                }
            }
        }
    };
}

codes! {
    AccountInactive = 10001, "the account is not active";
    TooManyCalls = 10004, "the account has as many calls at once as it may";
    ConferenceFull = 16020, "the conference is full";
    ConferenceConcurrency = 16021, "the account has as many participants at once as it may";
    ConferenceGone = 16022, "the conference does not exist or is over";
    BadLabel = 16024, "the participant's label is too long or not allowed";
    LabelInUse = 16026, "another participant has this label";
    CoachedOnHold = 16027, "the participant who is to be coached is on hold";
    CoachedAbsent = 16028, "the participant who is to be coached is not in the conference";
    UnknownParameters = 20001, "a parameter is not known";
    Unauthenticated = 20003, "the credentials are not accepted";
    MethodNotAllowed = 20004, "the resource does not know the method";
    PageTooLarge = 20007, "a page may hold 1,000 items at most";
    NotFinished = 20009, "what is not over cannot be deleted";
    Forbidden = 20403, "the credentials may not do this";
    NotFound = 20404, "there is no such resource, or it is over";
    Conflict = 20409, "the resource is being changed by somebody else";
    TooManyRequests = 20429, "too many requests at once; this one was not processed";
    Internal = 20500, "the carrier failed";
    Unavailable = 20503, "the carrier is not available";
    NoTo = 21201, "nobody is named to be called";
    BadUrl = 21205, "an address is not one";
    BadSendDigits = 21206, "the keys to be pressed are not keys";
    BadTimeout = 21208, "the time to ring is not allowed";
    BadMethod = 21209, "the method is neither GET nor POST";
    FromNotVerified = 21210, "the caller's number is not ours";
    BadTo = 21211, "the number to be called is none";
    BadFrom = 21212, "the caller's number is none";
    NoFrom = 21213, "no caller is named";
    ToUnreachable = 21214, "the number to be called cannot be reached";
    CountryNotAllowed = 21215, "the account may not call this country";
    Blocked = 21216, "the number to be called is blocked";
    InvalidNumber = 21217, "the number does not seem to be one";
    BadApplication = 21218, "there is no such application";
    ToNotVerified = 21219, "a trial account calls verified numbers only";
    CallNotInProgress = 21220, "the call is not in a state in which this can be done";
    NoMachineCallback = 21262, "the detection of machines lacks the address to report to";
    BadMachineDetection = 21263, "the parameters for detecting machines do not fit";
    BadPageToken = 21481, "the page's token is not valid";
    QueuedTooLong = 22001, "the call waited too long for its turn";
    CallQueueFull = 22005, "too many calls wait for their turn";
    TwimlTooLong = 32018, "the document is longer than 4,000 characters";
    TwimlAndUrl = 32019, "a document and an address were given; the address was used";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_known_by_its_number() {
        for code in Code::KNOWN {
            assert_eq!(Code::of(code.number()), *code);
            assert!(!code.meaning().is_empty());
        }
        assert_eq!(Code::of(99_999), Code::Other(99_999));
        assert_eq!(Code::of(99_999).number(), 99_999);
    }
}
