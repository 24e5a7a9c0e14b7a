//! The standard parameters of every request about a leg (reference B.2).

use super::Engine;
use super::leg::{Leg, Status};
use super::runner::Params;

impl Engine {
    /// The parameters that every request about this leg carries, with another status where that is told.
    pub(crate) fn standard(&self, leg: &Leg, status: Status) -> Params {
        let mut params = Params::new();
        let mut put = |name: &str, value: &str| {
            params.insert(name.to_owned(), value.to_owned());
        };
        put("AccountSid", self.settings.account.as_str());
        put("ApiVersion", "2010-04-01");
        put("CallSid", leg.sid.as_str());
        put("CallStatus", status.word());
        put("Direction", leg.direction.word());
        for (long, duplicate) in [("From", "Caller"), ("To", "Called")] {
            let (party, place) = match long {
                "From" => (&leg.from, Some(&leg.from_place)),
                _ => (&leg.to, None),
            };
            for name in [long, duplicate] {
                put(name, party);
                if party.contains(':') {
                    continue;
                }
                put(
                    &format!("{name}City"),
                    place.map_or("", |place| &place.city),
                );
                put(
                    &format!("{name}State"),
                    place.map_or("", |place| &place.state),
                );
                put(&format!("{name}Zip"), place.map_or("", |place| &place.zip));
                put(
                    &format!("{name}Country"),
                    place.map_or("", |place| &place.country),
                );
            }
        }
        if let Some(name) = &leg.caller_name {
            put("CallerName", name);
        }
        if let Some(parent) = &leg.parent {
            put("ParentCallSid", parent.as_str());
        }
        params
    }
}
