//! The callees of a Dial: each becomes a leg of its own (reference A.3.7, A.3.8, A.3.11).

use std::collections::BTreeSet;

use twilio::{ApplicationSid, CallSid};
use twiml::{Application, CallEvent, Dial, Method, Parameter, Party, SipAddress};

use super::dial::dialable;
use crate::engine::Engine;
use crate::engine::document::absolute;
use crate::engine::draft::Draft;
use crate::engine::leg::{Direction, Moment, OnAnswer, Subscription};
use crate::engine::runner::{Slot, Target};

/// Whoever is dialled and rings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Callee {
    /// A telephone or a browser.
    Party(Party),
    /// A TwiML application.
    Application(Application),
}

/// What a callee's noun says, whichever noun it is.
struct Noun<'a> {
    address: String,
    application: Option<ApplicationSid>,
    parameters: &'a [Parameter],
    url: Option<&'a String>,
    method: Option<Method>,
    callback: Option<&'a String>,
    callback_method: Option<Method>,
    events: &'a [CallEvent],
    send_digits: Option<String>,
}

impl Engine {
    /// Makes the leg for a callee, not yet put through; none for one that cannot be dialled.
    pub(crate) fn leg_for(
        &mut self,
        parent: &CallSid,
        dial: &Dial,
        caller_id: &str,
        callee: &Callee,
    ) -> Option<CallSid> {
        let known = |noun: &Noun<'_>| {
            let application = noun.application.as_ref();
            application.is_none_or(|sid| self.application(sid).is_some())
        };
        let Some(noun) = noun(callee).filter(known) else {
            let (code, what) = match callee {
                Callee::Party(Party::Number(number)) => (13223, number.number.as_str()),
                Callee::Party(Party::Client(client)) => (13224, client.identity.as_str()),
                Callee::Party(Party::Sip(_)) => (13243, "the SIP address"),
                Callee::Application(application) => (13224, application.sid.as_str()),
            };
            self.trouble(parent, code, format!("{what:?} cannot be dialled"));
            return None;
        };
        let screening = noun
            .url
            .and_then(|url| self.noun_target(parent, url, noun.method));
        let callback = noun
            .callback
            .and_then(|url| self.noun_target(parent, url, noun.callback_method));

        let copied = match callee {
            Callee::Application(application) if application.copy_parent_to == Some(true) => {
                self.leg(parent).map(|leg| leg.to.clone())
            }
            Callee::Application(_) | Callee::Party(_) => None,
        };

        let mut draft = Draft::new(Direction::OutboundDial, caller_id, noun.address);
        draft.parent = Some(parent.clone());
        draft.number = self
            .own_number(caller_id)
            .and_then(|number| number.sid.clone());
        draft.ring_seconds = u32::from(dial.timeout.unwrap_or(30));
        draft.send_digits = noun.send_digits;
        draft.application = noun.application;
        draft.application_to = copied;
        draft.parameters = noun
            .parameters
            .iter()
            .map(|parameter| (parameter.name.clone(), parameter.value.clone()))
            .collect();
        draft.subscription = callback.map(|target| subscription(target, noun.events));
        draft.on_answer = OnAnswer::Join { screening };
        Some(self.add_leg(draft))
    }

    fn noun_target(
        &mut self,
        parent: &CallSid,
        url: &str,
        method: Option<Method>,
    ) -> Option<Target> {
        if url.trim().is_empty() {
            return None;
        }
        match absolute(self.runner_mut(parent, Slot::Main)?, url) {
            Ok(url) => Some(Target::new(url, method)),
            Err(failure) => {
                self.trouble(parent, failure.code, failure.text);
                None
            }
        }
    }
}

fn noun(callee: &Callee) -> Option<Noun<'_>> {
    let noun = match callee {
        Callee::Party(Party::Number(number)) => Noun {
            address: dialable(&number.number)?,
            application: None,
            parameters: &[],
            url: number.url.as_ref(),
            method: number.method,
            callback: number.status_callback.as_ref(),
            callback_method: number.status_callback_method,
            events: &number.status_callback_event,
            send_digits: number.send_digits.clone(),
        },
        Callee::Party(Party::Client(client)) => Noun {
            address: Some(client.identity.trim())
                .filter(|identity| !identity.is_empty())
                .map(|identity| format!("client:{identity}"))?,
            application: None,
            parameters: &client.parameters,
            url: client.url.as_ref(),
            method: client.method,
            callback: client.status_callback.as_ref(),
            callback_method: client.status_callback_method,
            events: &client.status_callback_event,
            send_digits: None,
        },
        Callee::Application(application) => {
            let sid = ApplicationSid::parse(application.sid.trim()).ok()?;
            Noun {
                address: format!("app:{sid}"),
                application: Some(sid),
                parameters: &application.parameters,
                url: application.url.as_ref(),
                method: application.method,
                callback: application.status_callback.as_ref(),
                callback_method: application.status_callback_method,
                events: &application.status_callback_event,
                send_digits: None,
            }
        }
        Callee::Party(Party::Sip(sip)) => Noun {
            address: match &sip.address {
                SipAddress::Uri(uri) => sip_address(uri)?,
                SipAddress::Uris(uris) => uris.iter().find_map(|uri| sip_address(&uri.uri))?,
            },
            application: None,
            parameters: &[],
            url: sip.url.as_ref(),
            method: sip.method,
            callback: sip.status_callback.as_ref(),
            callback_method: sip.status_callback_method,
            events: &sip.status_callback_event,
            send_digits: None,
        },
    };
    Some(noun)
}

/// A SIP URI without the headers behind it.
fn sip_address(uri: &str) -> Option<String> {
    let address = uri.trim().split('?').next().unwrap_or_default();
    let (scheme, rest) = address.split_once(':')?;
    let is_sip = scheme.eq_ignore_ascii_case("sip") || scheme.eq_ignore_ascii_case("sips");
    (is_sip && !rest.is_empty()).then(|| address.to_owned())
}

fn subscription(target: Target, events: &[CallEvent]) -> Subscription {
    let moments: BTreeSet<Moment> = events
        .iter()
        .map(|event| match event {
            CallEvent::Initiated => Moment::Initiated,
            CallEvent::Ringing => Moment::Ringing,
            CallEvent::Answered => Moment::Answered,
            CallEvent::Completed => Moment::Completed,
        })
        .collect();
    if moments.is_empty() {
        Subscription::to_the_end(target)
    } else {
        Subscription { target, moments }
    }
}
