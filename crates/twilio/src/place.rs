//! Where the carrier believes a number to be (reference B.2).

use crate::form::Form;

/// Where a number is registered, as far as the carrier says; an empty field counts as absent, since Twilio often sends
/// the names with nothing in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The city, usually in capitals.
    pub city: Option<String>,
    /// The state or province, in North America its postal code of two letters.
    pub state: Option<String>,
    /// The postal code.
    pub zip: Option<String>,
    /// The country, two letters.
    pub country: Option<String>,
}

impl Place {
    /// Reads the four fields whose names are given in the order city, state, zip, country.
    pub(crate) fn read(form: &Form, [city, state, zip, country]: [&str; 4]) -> Self {
        let field = |name| {
            form.get(name)
                .map(str::trim)
                .filter(|value| !value.is_empty())
                .map(str::to_owned)
        };
        Self {
            city: field(city),
            state: field(state),
            zip: field(zip),
            country: field(country),
        }
    }
}
