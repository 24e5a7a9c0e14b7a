//! The account's telephone numbers (reference E.6).

use serde::Serialize;
use serde_json::{Value, json};

use super::ask::{Ask, Verb, not_allowed};
use super::page::{Item, page};
use super::reply::Reply;
use super::{VERSION, date};
use crate::engine::{Number, NumberSid, RestError, Time, UpdateNumber};

const UPDATE: [&str; 23] = [
    "AccountSid",
    "ApiVersion",
    "FriendlyName",
    "SmsApplicationSid",
    "SmsFallbackMethod",
    "SmsFallbackUrl",
    "SmsMethod",
    "SmsUrl",
    "StatusCallback",
    "StatusCallbackMethod",
    "VoiceApplicationSid",
    "VoiceCallerIdLookup",
    "VoiceFallbackMethod",
    "VoiceFallbackUrl",
    "VoiceMethod",
    "VoiceUrl",
    "EmergencyStatus",
    "EmergencyAddressSid",
    "TrunkSid",
    "VoiceReceiveMode",
    "IdentitySid",
    "AddressSid",
    "BundleSid",
];

/// Which number is to be had; for creating only.
const CHOICE: [&str; 2] = ["PhoneNumber", "AreaCode"];

const FILTERS: [&str; 4] = ["Beta", "FriendlyName", "PhoneNumber", "Origin"];

pub(super) fn collection(ask: &Ask<'_>) -> Result<Reply, RestError> {
    match ask.verb {
        Verb::Get => list(ask),
        Verb::Post => create(ask),
        Verb::Delete => Err(not_allowed()),
    }
}

pub(super) fn one(ask: &Ask<'_>, sid: &str) -> Result<Reply, RestError> {
    let not_found = || RestError::not_found(ask.uri.path());
    let sid = NumberSid::parse(sid).ok_or_else(not_found)?;
    match ask.verb {
        Verb::Get => {
            let number = ask.with(|engine| engine.number(&sid).cloned());
            Ok(Reply::shown(&number.ok_or_else(not_found)?.render(ask)))
        }
        Verb::Post => update(ask, &sid),
        Verb::Delete => ask
            .with(|engine| engine.delete_number(&sid))
            .map(|()| Reply::Gone),
    }
}

fn list(ask: &Ask<'_>) -> Result<Reply, RestError> {
    ask.filters(&FILTERS)?;
    let name = ask.filter("FriendlyName");
    let pattern = ask.filter("PhoneNumber");
    let mut numbers = ask.with(|engine| engine.numbers().to_vec());
    numbers.retain(|number| {
        name.as_ref()
            .is_none_or(|name| *name == number.friendly_name)
            && pattern
                .as_ref()
                .is_none_or(|pattern| fits(pattern, &number.phone))
    });
    page(ask, "incoming_phone_numbers", &numbers)
}

fn create(ask: &Ask<'_>) -> Result<Reply, RestError> {
    ask.knows(&[UPDATE.as_slice(), &CHOICE].concat())?;
    let settings = settings(ask);
    let number = ask.with(|engine| {
        let phone = match (ask.form.get("PhoneNumber"), ask.form.get("AreaCode")) {
            (Some(phone), _) => phone.to_owned(),
            (None, Some(area)) => free_number(engine.numbers(), area),
            (None, None) => String::new(),
        };
        engine.create_number(&phone, settings)
    })?;
    Ok(Reply::created(&number.render(ask)))
}

fn update(ask: &Ask<'_>, sid: &NumberSid) -> Result<Reply, RestError> {
    ask.knows(&UPDATE)?;
    let settings = settings(ask);
    let number = ask.with(|engine| engine.update_number(sid, settings))?;
    Ok(Reply::shown(&number.render(ask)))
}

fn settings(ask: &Ask<'_>) -> UpdateNumber {
    UpdateNumber {
        friendly_name: ask.text("FriendlyName"),
        voice_url: ask.text("VoiceUrl"),
        voice_method: ask.text("VoiceMethod"),
        voice_fallback_url: ask.text("VoiceFallbackUrl"),
        voice_fallback_method: ask.text("VoiceFallbackMethod"),
        status_callback: ask.text("StatusCallback"),
        status_callback_method: ask.text("StatusCallbackMethod"),
        voice_application_sid: ask.text("VoiceApplicationSid"),
        trunk_sid: ask.text("TrunkSid"),
    }
}

/// The first number of an area's exchange 555 that nobody has.
fn free_number(taken: &[Number], area: &str) -> String {
    let mut free = (100..10_000)
        .map(|line| format!("+1{area}555{line:04}"))
        .filter(|phone| taken.iter().all(|number| number.phone != *phone));
    free.next().unwrap_or_default()
}

/// A pattern holds digits somewhere in the number; `*` stands for any one digit.
fn fits(pattern: &str, phone: &str) -> bool {
    let pattern: Vec<u8> = pattern
        .bytes()
        .filter(|byte| byte.is_ascii_digit() || *byte == b'*')
        .collect();
    let digits: Vec<u8> = phone.bytes().filter(u8::is_ascii_digit).collect();
    if pattern.is_empty() {
        return true;
    }
    digits.windows(pattern.len()).any(|digits| {
        let mut pairs = digits.iter().zip(&pattern);
        pairs.all(|(digit, wanted)| digit == wanted || *wanted == b'*')
    })
}

/// The resource, field by field as the OpenAPI description has it.
#[derive(Serialize)]
struct NumberResource<'a> {
    account_sid: &'a str,
    address_sid: Option<&'a str>,
    address_requirements: &'static str,
    api_version: &'static str,
    beta: bool,
    capabilities: Capabilities,
    date_created: String,
    date_updated: String,
    friendly_name: &'a str,
    identity_sid: Option<&'a str>,
    phone_number: &'a str,
    origin: &'static str,
    sid: Option<&'a str>,
    sms_application_sid: Option<&'a str>,
    sms_fallback_method: &'static str,
    sms_fallback_url: Option<&'a str>,
    sms_method: &'static str,
    sms_url: Option<&'a str>,
    status_callback: Option<&'a str>,
    status_callback_method: &'a str,
    trunk_sid: Option<&'a str>,
    uri: String,
    voice_receive_mode: &'static str,
    voice_application_sid: Option<&'a str>,
    voice_caller_id_lookup: bool,
    voice_fallback_method: &'a str,
    voice_fallback_url: Option<&'a str>,
    voice_method: &'a str,
    voice_url: Option<&'a str>,
    emergency_status: &'static str,
    emergency_address_sid: Option<&'a str>,
    emergency_address_status: &'static str,
    bundle_sid: Option<&'a str>,
    status: &'static str,
    r#type: Option<&'a str>,
}

/// What the number can do: it speaks, and no more.
#[derive(Serialize)]
struct Capabilities {
    voice: bool,
    sms: bool,
    mms: bool,
    fax: bool,
}

impl Item for Number {
    fn name(&self) -> String {
        self.sid
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    fn render(&self, ask: &Ask<'_>) -> Value {
        let method = |method: &'_ Option<String>| match method.as_deref() {
            Some(word) if word.eq_ignore_ascii_case("GET") => "GET",
            Some(_) | None => "POST",
        };
        // Numbers have been there since the carrier's clock began.
        let made = date::shown(Time::default());
        json!(NumberResource {
            account_sid: ask.account.as_str(),
            address_sid: None,
            address_requirements: "none",
            api_version: VERSION,
            beta: false,
            capabilities: Capabilities {
                voice: true,
                sms: false,
                mms: false,
                fax: false,
            },
            date_created: made.clone(),
            date_updated: made,
            friendly_name: if self.friendly_name.is_empty() {
                &self.phone
            } else {
                &self.friendly_name
            },
            identity_sid: None,
            phone_number: &self.phone,
            origin: "twilio",
            sid: self.sid.as_ref().map(|sid| sid.as_str()),
            sms_application_sid: None,
            sms_fallback_method: "POST",
            sms_fallback_url: None,
            sms_method: "POST",
            sms_url: None,
            status_callback: self.status_callback.as_deref(),
            status_callback_method: method(&self.status_callback_method),
            trunk_sid: self.trunk_sid.as_ref().map(|sid| sid.as_str()),
            uri: ask.path(&format!("IncomingPhoneNumbers/{}.json", Item::name(self))),
            voice_receive_mode: "voice",
            voice_application_sid: self.voice_application_sid.as_ref().map(|sid| sid.as_str()),
            voice_caller_id_lookup: false,
            voice_fallback_method: method(&self.voice_fallback_method),
            voice_fallback_url: self.voice_fallback_url.as_deref(),
            voice_method: method(&self.voice_method),
            voice_url: self.voice_url.as_deref(),
            emergency_status: "Inactive",
            emergency_address_sid: None,
            emergency_address_status: "unregistered",
            bundle_sid: None,
            status: "in-use",
            r#type: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_found_anywhere_in_the_number() {
        for (pattern, does) in [
            ("+12025550100", true),
            ("555", true),
            ("5*5", true),
            ("202555**00", true),
            ("777", false),
            ("", true),
            ("*************", false),
        ] {
            assert_eq!(fits(pattern, "+12025550100"), does, "{pattern}");
        }
    }
}
