//! Who calls, and from where the carrier thinks they call.

use serde::{Deserialize, Serialize};

use crate::PhoneNumber;

/// Who calls, in every form a carrier names a caller in (reference B.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Caller {
    /// A telephone.
    Number(PhoneNumber),
    /// A browser, by its identity.
    Client(String),
    /// A SIP address.
    Sip(String),
    /// Somebody who withholds their number.
    Withheld,
    /// Anything else, as sent.
    Other(String),
}

impl Caller {
    /// The caller as people read them.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Number(number) => number.formatted(),
            Self::Client(identity) => format!("Browser of {identity}"),
            Self::Sip(address) => address.clone(),
            Self::Withheld => "Number withheld".to_owned(),
            Self::Other(text) if text.is_empty() => "Unknown caller".to_owned(),
            Self::Other(text) => text.clone(),
        }
    }

    /// The telephone number, where there is one.
    #[must_use]
    pub const fn number(&self) -> Option<&PhoneNumber> {
        match self {
            Self::Number(number) => Some(number),
            Self::Client(_) | Self::Sip(_) | Self::Withheld | Self::Other(_) => None,
        }
    }
}

/// Where the carrier thinks a caller is; every part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// City, as the carrier writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// State or province, two letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
    /// Country, two letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

impl Place {
    /// The place as people read it: "Chicago, IL, US"; empty when nothing is known. Carriers write
    /// cities in capitals; people do not.
    #[must_use]
    pub fn label(&self) -> String {
        let city = self.city.as_deref().map(|city| {
            if city.chars().any(char::is_lowercase) {
                city.to_owned()
            } else {
                in_title_case(city)
            }
        });
        [
            city.as_deref(),
            self.state.as_deref(),
            self.country.as_deref(),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
    }
}

fn in_title_case(capitals: &str) -> String {
    let mut text = String::with_capacity(capitals.len());
    let mut begins = true;
    for letter in capitals.chars() {
        if begins {
            text.push(letter);
        } else {
            text.extend(letter.to_lowercase());
        }
        begins = !letter.is_alphabetic();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_in_capitals_is_written_as_people_do() {
        let place = |city: &str| Place {
            city: Some(city.to_owned()),
            state: Some("CA".to_owned()),
            ..Place::default()
        };

        assert_eq!(place("SAN FRANCISCO").label(), "San Francisco, CA");
        assert_eq!(place("WINSTON-SALEM").label(), "Winston-Salem, CA");
        assert_eq!(place("La Jolla").label(), "La Jolla, CA");
        assert_eq!(Place::default().label(), "");
    }
}
