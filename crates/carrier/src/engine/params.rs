//! The standard parameters of every request about a leg (reference B.2).

use super::leg::{Leg, Status};
use super::runner::Params;
use super::{Engine, Place};

impl Engine {
    /// The parameters that every request about this leg carries, with another status where that is told.
    pub(crate) fn standard(&self, leg: &Leg, status: Status) -> Params {
        let mut params = Params::new();
        put_party(&mut params, ["From", "Caller"], &leg.from, &leg.from_place);
        put_party(&mut params, ["To", "Called"], &leg.to, &Place::default());
        let mut put = |name: &str, value: &str| params.insert(name.to_owned(), value.to_owned());
        put("AccountSid", self.settings.account.as_str());
        put("ApiVersion", "2010-04-01");
        put("CallSid", leg.sid.as_str());
        put("CallStatus", status.word());
        put("Direction", leg.direction.word());
        if let Some(name) = &leg.caller_name {
            put("CallerName", name);
        }
        if let Some(application) = &leg.application {
            put("ApplicationSid", application.as_str());
        }
        if let Some(parent) = &leg.parent {
            put("ParentCallSid", parent.as_str());
        }
        params
    }
}

/// One end of the call under both its names; telephones have a place, whose unknown parts are sent empty.
fn put_party(params: &mut Params, names: [&str; 2], party: &str, place: &Place) {
    let has_place = !party.is_empty() && !party.contains(':');
    for name in names {
        params.insert(name.to_owned(), party.to_owned());
        if has_place {
            params.insert(format!("{name}City"), place.city.clone());
            params.insert(format!("{name}State"), place.state.clone());
            params.insert(format!("{name}Zip"), place.zip.clone());
            params.insert(format!("{name}Country"), place.country.clone());
        }
    }
}
