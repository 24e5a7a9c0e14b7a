//! The account's TwiML applications.

use serde_json::{Value, json};
use twilio::ApplicationSid;

use super::ask::{Ask, Verb, not_allowed};
use super::page::{Item, page};
use super::reply::Reply;
use super::{VERSION, date};
use crate::engine::{Application, RestError, Time, UpdateApplication};

const SETTINGS: [&str; 15] = [
    "ApiVersion",
    "VoiceUrl",
    "VoiceMethod",
    "VoiceFallbackUrl",
    "VoiceFallbackMethod",
    "StatusCallback",
    "StatusCallbackMethod",
    "VoiceCallerIdLookup",
    "SmsUrl",
    "SmsMethod",
    "SmsFallbackUrl",
    "SmsFallbackMethod",
    "SmsStatusCallback",
    "MessageStatusCallback",
    "FriendlyName",
];

pub(super) fn collection(ask: &Ask<'_>) -> Result<Reply, RestError> {
    match ask.verb {
        Verb::Get => {
            ask.filters(&["FriendlyName"])?;
            let name = ask.filter("FriendlyName");
            let mut applications = ask.with(|engine| engine.applications().to_vec());
            applications.retain(|application| {
                name.as_ref()
                    .is_none_or(|name| *name == application.friendly_name)
            });
            page(ask, "applications", &applications)
        }
        Verb::Post => {
            ask.knows(&SETTINGS)?;
            let made = ask.with(|engine| engine.create_application(settings(ask)))?;
            Ok(Reply::created(&made.render(ask)))
        }
        Verb::Delete => Err(not_allowed()),
    }
}

pub(super) fn one(ask: &Ask<'_>, sid: &str) -> Result<Reply, RestError> {
    let not_found = || RestError::not_found(ask.uri.path());
    let sid = ApplicationSid::parse(sid).map_err(|_| not_found())?;
    match ask.verb {
        Verb::Get => {
            let application = ask.with(|engine| engine.application(&sid).cloned());
            Ok(Reply::shown(
                &application.ok_or_else(not_found)?.render(ask),
            ))
        }
        Verb::Post => {
            ask.knows(&SETTINGS)?;
            let changed = ask.with(|engine| engine.update_application(&sid, settings(ask)))?;
            Ok(Reply::shown(&changed.render(ask)))
        }
        Verb::Delete => Err(not_allowed()),
    }
}

fn settings(ask: &Ask<'_>) -> UpdateApplication {
    UpdateApplication {
        friendly_name: ask.text("FriendlyName"),
        voice_url: ask.text("VoiceUrl"),
        voice_method: ask.text("VoiceMethod"),
        voice_fallback_url: ask.text("VoiceFallbackUrl"),
        voice_fallback_method: ask.text("VoiceFallbackMethod"),
        status_callback: ask.text("StatusCallback"),
        status_callback_method: ask.text("StatusCallbackMethod"),
    }
}

impl Item for Application {
    fn name(&self) -> String {
        self.sid.to_string()
    }

    fn render(&self, ask: &Ask<'_>) -> Value {
        let method = |method: &Option<String>| match method.as_deref() {
            Some(word) if word.eq_ignore_ascii_case("GET") => "GET",
            Some(_) | None => "POST",
        };
        // Applications have been there since the carrier's clock began.
        let made = date::shown(Time::default());
        json!({
            "sid": self.sid.as_str(),
            "account_sid": ask.account.as_str(),
            "api_version": VERSION,
            "friendly_name": self.friendly_name,
            "date_created": made,
            "date_updated": made,
            "message_status_callback": null,
            "sms_fallback_method": "POST",
            "sms_fallback_url": null,
            "sms_method": "POST",
            "sms_status_callback": null,
            "sms_url": null,
            "status_callback": self.status_callback,
            "status_callback_method": method(&self.status_callback_method),
            "uri": ask.path(&format!("Applications/{}.json", self.sid)),
            "voice_caller_id_lookup": false,
            "voice_fallback_method": method(&self.voice_fallback_method),
            "voice_fallback_url": self.voice_fallback_url,
            "voice_method": method(&self.voice_method),
            "voice_url": self.voice_url,
            "public_application_connect_enabled": false,
        })
    }
}
