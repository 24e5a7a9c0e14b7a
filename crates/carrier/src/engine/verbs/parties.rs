//! The parties of a Dial: each becomes a leg of its own (reference A.3.7, A.3.8, A.3.11).

use std::collections::BTreeSet;

use twilio::CallSid;
use twiml::{CallEvent, Dial, Method, Party, SipAddress};

use super::dial::dialable;
use crate::engine::Engine;
use crate::engine::document::absolute;
use crate::engine::draft::Draft;
use crate::engine::leg::{Direction, Moment, OnAnswer, Subscription};
use crate::engine::runner::{Slot, Target};

/// What a party's noun says, whichever noun it is.
struct Noun<'a> {
    address: String,
    url: Option<&'a String>,
    method: Option<Method>,
    callback: Option<&'a String>,
    callback_method: Option<Method>,
    events: &'a [CallEvent],
    send_digits: Option<String>,
}

impl Engine {
    /// Makes the leg for a party, not yet put through; none for an address that cannot be dialled.
    pub(crate) fn leg_for(
        &mut self,
        parent: &CallSid,
        dial: &Dial,
        caller_id: &str,
        party: &Party,
    ) -> Option<CallSid> {
        let Some(noun) = noun(party) else {
            let (code, what) = match party {
                Party::Number(number) => (13223, number.number.as_str()),
                Party::Client(client) => (13224, client.identity.as_str()),
                Party::Sip(_) => (13243, "the SIP address"),
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

        let mut draft = Draft::new(Direction::OutboundDial, caller_id, noun.address);
        draft.parent = Some(parent.clone());
        draft.number = self
            .own_number(caller_id)
            .and_then(|number| number.sid.clone());
        draft.ring_seconds = u32::from(dial.timeout.unwrap_or(30));
        draft.send_digits = noun.send_digits;
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

fn noun(party: &Party) -> Option<Noun<'_>> {
    let noun = match party {
        Party::Number(number) => Noun {
            address: dialable(&number.number)?,
            url: number.url.as_ref(),
            method: number.method,
            callback: number.status_callback.as_ref(),
            callback_method: number.status_callback_method,
            events: &number.status_callback_event,
            send_digits: number.send_digits.clone(),
        },
        Party::Client(client) => Noun {
            address: Some(client.identity.trim())
                .filter(|identity| !identity.is_empty())
                .map(|identity| format!("client:{identity}"))?,
            url: client.url.as_ref(),
            method: client.method,
            callback: client.status_callback.as_ref(),
            callback_method: client.status_callback_method,
            events: &client.status_callback_event,
            send_digits: None,
        },
        Party::Sip(sip) => Noun {
            address: match &sip.address {
                SipAddress::Uri(uri) => sip_address(uri)?,
                SipAddress::Uris(uris) => uris.iter().find_map(|uri| sip_address(&uri.uri))?,
            },
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
