//! Telephones in browsers: the API key that lets them in, and the TwiML application by which they call out.

use desk::setup::{Check, CheckId, CheckState};
use store::{Audited, Store};
use twilio::rest::{
    ApplicationFilter, ApplicationResource, NumberFilter, UpdateApplication, WebMethod,
};
use twilio::token::{AccessToken, VoiceGrant};

use super::{Ground, Unasked, within};
use crate::config::PhoneKey;
use crate::numbers::{Bearings, NotDone};

/// The path that the application asks.
const ENTRY: &str = "/twilio/browser";
/// What an application of ours is called.
const NAME: &str = "Switchboard";
/// More applications than these are not looked through.
const MOST: usize = 1_000;

/// Whether browsers can have telephones.
pub(super) async fn api_key(ground: &Ground) -> Check {
    let id = CheckId::ApiKey;
    let Some(key) = &ground.account().phone_key else {
        return Check::new(id, CheckState::Warning, "None is set: nobody can take calls in a browser.")
            .and("In Twilio's console make an API key (a standard one), and set TWILIO_API_KEY to its SID and TWILIO_API_SECRET to its secret, which is shown once.");
    };
    let signed_in = match ground.signed_in(key.sid.as_str(), key.secret.reveal()) {
        Ok((client, _)) => {
            let numbers = client
                .list_numbers(&NumberFilter::new().page_size(1))
                .collect(1);
            within(ground.outside.patience, numbers).await.map(|_| ())
        }
        Err(unasked) => Err(unasked),
    };
    let belongs = match ground.client() {
        Ok(client) => within(ground.outside.patience, client.fetch_key(&key.sid))
            .await
            .map(|_| ()),
        Err(unasked) => Err(unasked),
    };
    if let Err(problem) = token(ground, key) {
        return Check::new(
            id,
            CheckState::Wrong,
            format!("No token can be signed with it: {problem}."),
        )
        .and("Make another key, and copy its SID and its secret.");
    }
    match (signed_in, belongs) {
        (_, Err(unasked)) if unasked.status() == Some(404) => Check::new(
            id,
            CheckState::Wrong,
            format!("The account has no API key {}: tokens that it signs are refused.", key.sid),
        )
        .and("It belongs to another account, or was deleted. Make one in this account, and set TWILIO_API_KEY and TWILIO_API_SECRET."),
        (Err(unasked), Ok(())) if unasked.status() == Some(401) => Check::new(
            id,
            CheckState::Wrong,
            format!("The account has the API key {}, and TWILIO_API_SECRET is not its secret.", key.sid),
        )
        .and("A secret is shown once, when the key is made. Make another key, and copy both."),
        (Err(unasked), Ok(())) if unasked.status() == Some(403) => Check::new(
            id,
            CheckState::Unknown,
            format!("The account has the API key {}. It is a restricted one, so whether its tokens may call cannot be told from here.", key.sid),
        )
        .and("Use a standard key, or set up a phone and see whether it gets through."),
        (Err(unasked), _) | (_, Err(unasked)) => unasked.unknown(id),
        (Ok(()), Ok(())) => Check::good(
            id,
            format!("The account has the API key {}, and its secret is right: tokens can be signed.", key.sid),
        )
        .with(vec!["Whether a browser's network lets calls through, its own phone tells when it is set up.".to_owned()]),
    }
}

/// A token as browsers get it, to see that one can be signed.
fn token(ground: &Ground, key: &PhoneKey) -> Result<(), String> {
    let account =
        twilio::AccountSid::parse(&ground.account().sid).map_err(|bad| bad.to_string())?;
    let token =
        AccessToken::new(account, key.sid.clone(), "doctor").with_voice(VoiceGrant::default());
    let now_s = ground.clock.now().0.div_euclid(1000);
    let signed = token.sign(key.secret.reveal(), now_s);
    signed
        .map(|_| ())
        .map_err(|unsignable| unsignable.to_string())
}

/// Whether browsers can call out.
pub(super) async fn application(ground: &Ground) -> Check {
    let id = CheckId::Application;
    let Some(key) = &ground.account().phone_key else {
        return Check::new(
            id,
            CheckState::Warning,
            "Without an API key nobody calls out from a browser.",
        )
        .and(
            "Set TWILIO_API_KEY and TWILIO_API_SECRET and start again; the TwiML app comes after.",
        );
    };
    let client = match ground.client() {
        Ok(client) => client,
        Err(unasked) => return unasked.unknown(id),
    };
    let patience = ground.outside.patience;
    let Some(sid) = &key.application else {
        let listed = client
            .list_applications(&ApplicationFilter::new())
            .collect(MOST);
        let found = match within(patience, listed).await {
            Ok(all) => all.into_iter().find(|one| leads_here(ground, one)),
            Err(unasked) => return unasked.unknown(id),
        };
        let check = Check::new(
            id,
            CheckState::Warning,
            "None is set: browsers are called, and cannot call out.",
        );
        return match found {
            Some(found) => check.and(format!("The account has one that leads here: set TWILIO_TWIML_APP_SID={} and start again.", found.sid)),
            None => check.and_button("Make one by the button on /setup or by `switchboard numbers application`, which says what to set."),
        };
    };
    match within(patience, client.fetch_application(sid)).await {
        Ok(application) => judged(ground, &application),
        Err(unasked) if unasked.status() == Some(404) => Check::new(
            id,
            CheckState::Wrong,
            format!("The account has no TwiML app {sid}: calls out of browsers fail."),
        )
        .and("Leave TWILIO_TWIML_APP_SID out, start again, and make one by the button on /setup or by `switchboard numbers application`."),
        Err(unasked) => unasked.unknown(id),
    }
}

fn judged(ground: &Ground, application: &ApplicationResource) -> Check {
    let id = CheckId::Application;
    let sid = &application.sid;
    let set = "Set its addresses by the button on /setup or by `switchboard numbers application`.";
    if !leads_here(ground, application) {
        return Check::new(
            id,
            CheckState::Wrong,
            format!("The voice URL of the TwiML app {sid} is not {}: calls out of browsers do not come here.", ground.urls.browser()),
        )
        .and_button(set);
    }
    let is_whole =
        application.voice_fallback_url.is_some() && application.status_callback.is_some();
    if is_whole {
        Check::good(
            id,
            format!("The TwiML app {sid} leads here: browsers can call out."),
        )
    } else {
        Check::new(
            id,
            CheckState::Warning,
            format!("The TwiML app {sid} leads here, and lacks a fallback or a status callback."),
        )
        .and_button(set)
    }
}

fn leads_here(ground: &Ground, application: &ApplicationResource) -> bool {
    let web = &ground.config.web;
    let url = application.voice_url.as_deref().unwrap_or_default();
    Bearings::path_at(web, url).as_deref() == Some(ENTRY)
}

/// Makes the application, or sets the addresses of the one that there is; gives what was done, in words.
///
/// # Errors
/// [`NotDone::Refused`].
pub(crate) async fn set_application(
    ground: &Ground,
    store: &Store,
    by: &str,
) -> Result<String, NotDone> {
    let done = set(ground).await?;
    let line = Audited {
        at: ground.clock.now(),
        by: by.to_owned(),
        about: "browser phones".to_owned(),
        what: done.clone(),
    };
    store.audit(&line).await?;
    Ok(done)
}

async fn set(ground: &Ground) -> Result<String, NotDone> {
    let Some(key) = &ground.account().phone_key else {
        return Err(NotDone::Refused(
            "Set TWILIO_API_KEY and TWILIO_API_SECRET first: without them no browser calls out."
                .to_owned(),
        ));
    };
    let client = ground.client()?;
    let settings = UpdateApplication::new()
        .friendly_name(NAME)
        .voice_url(&ground.urls.browser())
        .voice_method(WebMethod::Post)
        .voice_fallback_url(&ground.urls.fallback())
        .voice_fallback_method(WebMethod::Post)
        .status_callback(&ground.urls.call_status())
        .status_callback_method(WebMethod::Post);
    let patience = ground.outside.patience;
    if let Some(sid) = &key.application {
        let changed = within(patience, client.update_application(sid, &settings)).await;
        return match changed {
            Ok(_) => Ok(format!("The TwiML app {sid} leads here.")),
            Err(unasked) => Err(refused(&unasked)),
        };
    }
    let listed = client
        .list_applications(&ApplicationFilter::new())
        .collect(MOST);
    let found = within(patience, listed).await?.into_iter();
    let found = found
        .map(|one| (leads_here(ground, &one), one.sid))
        .find(|(leads, _)| *leads);
    let sid = match found {
        Some((_, sid)) => sid,
        None => match within(patience, client.create_application(&settings)).await {
            Ok(made) => made.sid,
            Err(unasked) => return Err(refused(&unasked)),
        },
    };
    Ok(format!(
        "The account has the TwiML app {sid}. Set TWILIO_TWIML_APP_SID={sid} in the environment, and start again."
    ))
}

fn refused(unasked: &Unasked) -> NotDone {
    NotDone::Refused(format!("{} {}", unasked.found(), unasked.todo()))
}
