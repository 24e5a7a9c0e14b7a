//! Why a token is refused, with the code under which Twilio's SDK reports it (reference D.1).

use super::LONGEST_LIFETIME_S;

/// Why an access token is refused. Which code the service picks is documented nowhere; these are the nearest by the
/// words of the error dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefused {
    /// It is not three pieces of base64 with JSON in the first two.
    #[error("the token is not a JSON web token")]
    Malformed,
    /// Its header is not that of an access token, or names a hash that is not accepted.
    #[error("the header of the token is not that of an access token with an accepted keyed hash")]
    Header,
    /// It is not issued by a known API key for this account.
    #[error("the token was not issued by a known API key for this account")]
    Issuer,
    /// Its time is over, or it does not say when that is.
    #[error("the token has expired or names no end")]
    Expired,
    /// Its time has not come.
    #[error("the token does not hold yet")]
    NotYetValid,
    /// It names no identity or grants nothing with calls.
    #[error("the token names no proper identity or has no voice grant")]
    Grants,
    /// The key did not sign it.
    #[error("the signature of the token is not that of its API key")]
    Signature,
    /// It would hold for too long.
    #[error("the token holds for more than {LONGEST_LIFETIME_S} seconds")]
    TooLong,
}

impl TokenRefused {
    /// The code under which Twilio's SDK reports the refusal.
    #[must_use]
    pub fn code(self) -> u32 {
        match self {
            Self::Malformed => 20101,
            Self::Header => 20102,
            Self::Issuer => 20103,
            Self::Expired => 20104,
            Self::NotYetValid => 20105,
            Self::Grants => 20106,
            Self::Signature => 20107,
            Self::TooLong => 20157,
        }
    }
}
