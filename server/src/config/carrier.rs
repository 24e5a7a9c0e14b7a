//! `TWILIO_*`: the account whose calls we answer, or the demonstration that needs none.

use std::fmt;

use ::carrier::face::DEMONSTRATION_TOKEN;

use super::{ConfigError, PhoneKey, PublicUrl, Secret, Vars, Web};

/// The account of the demonstration.
pub const DEMONSTRATION_SID: &str = "AC00000000000000000000000000000000";

const TWILIO_API: &str = "https://api.twilio.com";

/// Who carries the calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// Twilio, with somebody's account.
    Twilio(Account),
    /// Nobody: no account is configured, and only this machine can reach the server.
    Demonstration(Account),
}

/// An account and what proves that a request comes from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// `AC` and 32 hexadecimal digits.
    pub sid: String,
    /// One token, or several while they are being rotated; any of them may have signed a request.
    pub tokens: Vec<Secret<String>>,
    /// Where the REST API is, without a closing slash.
    pub api_base: String,
    /// What lets browsers have telephones; without it they have none.
    pub phone_key: Option<PhoneKey>,
}

/// Where the telephones of browsers find their carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signalling {
    /// Where the pages come from: the local carrier runs inside.
    Here,
    /// A local carrier of its own, by host and port.
    Local(String),
    /// Twilio, whose address the SDK knows.
    Twilio,
}

impl Carrier {
    /// Reads `TWILIO_ACCOUNT_SID`, `TWILIO_AUTH_TOKEN` (a comma separated list), `TWILIO_API_BASE` and what a
    /// [`PhoneKey`] takes.
    ///
    /// # Errors
    /// When the account is set by half or cannot be read, and when none is set but the server can be reached from elsewhere.
    pub fn from_vars(vars: &Vars, web: &Web) -> Result<Self, ConfigError> {
        let set = vars.beginning_with("TWILIO_");
        if set.is_empty() {
            return Self::demonstration(web);
        }
        let missing: Vec<&str> = ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"]
            .into_iter()
            .filter(|name| vars.text(name).is_none())
            .collect();
        let (Some(sid), Some(tokens)) = (
            vars.text("TWILIO_ACCOUNT_SID"),
            vars.text("TWILIO_AUTH_TOKEN"),
        ) else {
            let verb = if missing.len() == 1 { "is" } else { "are" };
            let advice = format!(
                "{verb} not set although {} is; copy it from Twilio's console, or unset every TWILIO_ variable for a demonstration",
                set.join(", ")
            );
            return Err(ConfigError::new(missing.join(" and "), advice));
        };
        if !is_account_sid(sid) {
            return Err(ConfigError::new(
                "TWILIO_ACCOUNT_SID",
                "is not an account's SID; copy the one that begins with AC and has 34 characters from Twilio's console",
            ));
        }
        let tokens: Vec<Secret<String>> = tokens
            .split(',')
            .map(str::trim)
            .filter(|token| !token.is_empty())
            .map(|token| Secret::new(token.to_owned()))
            .collect();
        if tokens.is_empty() {
            return Err(ConfigError::new(
                "TWILIO_AUTH_TOKEN",
                "holds no token; copy it from Twilio's console, and separate several by commas",
            ));
        }
        let api_base = match vars.text("TWILIO_API_BASE") {
            Some(base) => PublicUrl::parse(base).map_err(|_| ConfigError::new("TWILIO_API_BASE", format!("is `{base}`; write an http or https address, or leave it out for {TWILIO_API}")))?.as_str().to_owned(),
            None => TWILIO_API.to_owned(),
        };
        Ok(Self::Twilio(Account {
            sid: sid.to_owned(),
            tokens,
            api_base,
            phone_key: PhoneKey::from_vars(vars)?,
        }))
    }

    fn demonstration(web: &Web) -> Result<Self, ConfigError> {
        if !web.is_loopback() {
            let open = if web.listen.ip().is_loopback() {
                "PUBLIC_URL"
            } else {
                "LISTEN"
            };
            let advice = format!(
                "are not set, and {open} is not an address of this machine only; set both from Twilio's console, or use loopback addresses for a demonstration"
            );
            return Err(ConfigError::new(
                "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN",
                advice,
            ));
        }
        Ok(Self::Demonstration(Account {
            sid: DEMONSTRATION_SID.to_owned(),
            tokens: vec![Secret::new(DEMONSTRATION_TOKEN.to_owned())],
            api_base: TWILIO_API.to_owned(),
            phone_key: Some(PhoneKey::of_demonstration()),
        }))
    }

    /// The account whose requests are answered.
    pub fn account(&self) -> &Account {
        match self {
            Self::Twilio(account) | Self::Demonstration(account) => account,
        }
    }

    /// Where the telephones of browsers find it.
    pub fn signalling(&self) -> Signalling {
        match self {
            Self::Demonstration(_) => Signalling::Here,
            Self::Twilio(account) => match PublicUrl::parse(&account.api_base) {
                Ok(base) if base.is_loopback() => Signalling::Local(base.authority().to_owned()),
                Ok(_) | Err(_) => Signalling::Twilio,
            },
        }
    }

    /// Whether no account is configured.
    pub fn is_demonstration(&self) -> bool {
        match self {
            Self::Twilio(_) => false,
            Self::Demonstration(_) => true,
        }
    }
}

impl fmt::Display for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twilio(Account {
                sid,
                tokens,
                api_base,
                phone_key,
            }) => {
                let tokens = tokens
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(",");
                write!(
                    f,
                    "TWILIO_ACCOUNT_SID={sid} TWILIO_AUTH_TOKEN={tokens} TWILIO_API_BASE={api_base}"
                )?;
                match phone_key {
                    Some(key) => write!(f, " {key}"),
                    None => Ok(()),
                }
            }
            Self::Demonstration(_) => f.write_str("(demonstration: no Twilio account)"),
        }
    }
}

fn is_account_sid(text: &str) -> bool {
    text.len() == 34
        && text.starts_with("AC")
        && text.bytes().skip(2).all(|byte| byte.is_ascii_hexdigit())
}
