//! Incoming calls: ringing in every browser of an identity until one answers, one declines, or nobody is left.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use twilio::{CallSid, Form};

use super::call::{Call, Party, Stage, Use, Whereabouts};
use super::print::Print;
use super::timers::Due;
use super::{ConnId, Fault, MediaId, Out, ServerFrame, Signalling};

/// The version of the API that calls name.
const API_VERSION: &str = "2010-04-01";

impl Signalling {
    /// A client leg begins to ring: every registered browser of the identity is offered it. Without any the leg is
    /// [unreachable](Out::Unreachable) at once.
    pub fn ring(
        &mut self,
        leg: &CallSid,
        identity: &str,
        from: &str,
        parameters: &[(String, String)],
    ) {
        if self.calls.contains_key(leg) {
            self.note(None, "a call that rings cannot begin to ring");
            return;
        }
        let asked = self
            .sessions()
            .filter(|(_, session)| session.is_registered() && session.identity == identity);
        let asked: Vec<_> = asked.map(|(conn, _)| conn).collect();
        let mut forks = BTreeMap::new();
        for conn in asked {
            let leg = leg.clone();
            let media = self.new_media(Use::Offering {
                leg: leg.clone(),
                conn,
            });
            forks.insert(conn, media);
            self.outs.push_back(Out::Offer { media, leg });
        }
        let call = Call {
            identity: identity.to_owned(),
            reconnect: self.new_token(),
            temporary: None,
            stage: Stage::Rings {
                parameters: self.told_of(leg, identity, from, parameters),
                forks,
            },
        };
        self.calls.insert(leg.clone(), call);
        self.end_if_nobody_is_left(leg);
        self.settle();
    }

    /// What an invite says of a call.
    fn told_of(
        &self,
        leg: &CallSid,
        identity: &str,
        from: &str,
        parameters: &[(String, String)],
    ) -> Map<String, Value> {
        let ordinary = [
            ("CallSid", leg.to_string()),
            ("From", from.to_owned()),
            ("To", format!("client:{identity}")),
            ("AccountSid", self.settings.account.to_string()),
            ("ApiVersion", API_VERSION.to_owned()),
        ];
        let custom = (!parameters.is_empty()).then(|| {
            let form: Form = parameters
                .iter()
                .map(|(name, value)| (name, value))
                .collect();
            ("Params", form.write())
        });
        let told = ordinary.into_iter().chain(custom);
        told.map(|(name, value)| (name.to_owned(), Value::String(value)))
            .collect()
    }

    pub(super) fn new_token(&mut self) -> String {
        format!("RT{:016x}{:016x}", self.ids.next(), self.ids.next())
    }

    /// The carrier's offer to a browser is made, or cannot be.
    pub(super) fn offer_described(
        &mut self,
        media: MediaId,
        leg: &CallSid,
        conn: ConnId,
        result: Result<String, String>,
    ) {
        let Some(call) = self.calls.get(leg) else {
            return;
        };
        let Stage::Rings { parameters, .. } = &call.stage else {
            return;
        };
        match result {
            Ok(sdp) => {
                let invite = ServerFrame::Invite {
                    callsid: leg.to_string(),
                    sdp,
                    reconnect: call.reconnect.clone(),
                    parameters: parameters.clone(),
                };
                self.media.insert(media, Use::Offered);
                self.send(conn, invite);
            }
            Err(words) => {
                self.note(conn, format!("there is no sound for a call: {words}"));
                self.media.remove(&media);
                self.drop_fork(leg, conn);
            }
        }
    }

    /// A call stops ringing in one browser, of which the media are gone.
    pub(super) fn drop_fork(&mut self, leg: &CallSid, conn: ConnId) {
        if let Some(call) = self.calls.get_mut(leg)
            && let Stage::Rings { forks, .. } = &mut call.stage
        {
            forks.remove(&conn);
        }
        self.end_if_nobody_is_left(leg);
    }

    /// A call that rings nowhere, and that nobody is about to take over, was not answered.
    pub(super) fn end_if_nobody_is_left(&mut self, leg: &CallSid) {
        let Some(call) = self.calls.get(leg) else {
            return;
        };
        let Stage::Rings { forks, .. } = &call.stage else {
            return;
        };
        if forks.is_empty() && !self.is_moving(leg) {
            self.end(leg, None);
            self.outs.push_back(Out::Unreachable(leg.clone()));
        }
    }

    /// A browser's answer comes, unless it is to be held up.
    pub(super) fn answer(&mut self, conn: ConnId, call: String, sdp: String) {
        let Some(session) = self.session(conn) else {
            return;
        };
        let identity = session.identity.clone();
        match self.slow.remove(&identity) {
            Some(ms) => {
                let late = Due::LateAnswer { conn, call, sdp };
                self.timers.set(self.now.plus(ms), late);
            }
            None => self.answer_now(conn, &call, sdp),
        }
    }

    pub(super) fn answer_now(&mut self, conn: ConnId, name: &str, sdp: String) {
        let leg = CallSid::parse(name).ok();
        let call = leg.as_ref().and_then(|leg| self.calls.get_mut(leg));
        let (Some(leg), Some(call)) = (&leg, call) else {
            // The browser believes to talk.
            self.hang_up_call(conn, name.to_owned(), None);
            return;
        };
        if call.is_had_by(conn) {
            self.note(conn, "an answer came twice");
            return;
        }
        let media = match &call.stage {
            Stage::Rings { forks, .. } => forks.get(&conn).copied(),
            Stage::Taken(_) | Stage::Called { .. } | Stage::Talks(_) => None,
        };
        let Some(media) = media else {
            self.hang_up_call(conn, name.to_owned(), None);
            return;
        };
        if !matches!(self.media.get(&media), Some(Use::Offered)) {
            self.note(conn, "an answer came before the offer");
            return;
        }
        let taken = Stage::Taken(Party {
            at: Whereabouts::Here(conn),
            media,
            print: Print::of(&sdp),
            renewed: None,
        });
        if let Stage::Rings { mut forks, .. } = std::mem::replace(&mut call.stage, taken) {
            forks.remove(&conn);
            self.stop_ringing(leg, forks, None);
        }
        let used = Use::Has {
            leg: leg.clone(),
            renews: None,
        };
        self.media.insert(media, used);
        self.outs.push_back(Out::Accept { media, answer: sdp });
    }

    /// What came of [`Out::Accept`]: nothing, or in words why the browser's answer cannot be used.
    pub fn accepted(&mut self, media: MediaId, result: Result<(), String>) {
        let Some(Use::Has { leg, .. }) = self.media.get(&media) else {
            return;
        };
        let leg = leg.clone();
        let Some(call) = self.calls.get_mut(&leg) else {
            return;
        };
        let Stage::Taken(party) = &call.stage else {
            return;
        };
        match result {
            Ok(()) => {
                self.talks(&leg);
                self.outs.push_back(Out::Tie {
                    media,
                    leg: leg.clone(),
                });
                self.outs.push_back(Out::PickUp(leg));
            }
            Err(words) => {
                let at = party.at;
                if let Whereabouts::Here(conn) = at {
                    let error = Some(Fault::new(53402, words.clone()));
                    let callsid = leg.to_string();
                    self.hang_up_call(conn, callsid, error);
                }
                self.note(None, format!("a browser's answer is of no use: {words}"));
                self.end(&leg, None);
                self.outs.push_back(Out::Unreachable(leg));
            }
        }
        self.settle();
    }

    /// The browser that took a call, or whose call was answered, talks.
    pub(super) fn talks(&mut self, leg: &CallSid) {
        let Some(call) = self.calls.remove(leg) else {
            return;
        };
        let stage = match call.stage {
            Stage::Taken(party) | Stage::Called { party, .. } => Stage::Talks(party),
            stage @ (Stage::Rings { .. } | Stage::Talks(_)) => stage,
        };
        self.calls.insert(leg.clone(), Call { stage, ..call });
    }

    /// A browser declines for all of its identity.
    pub(super) fn reject(&mut self, conn: ConnId, name: &str) {
        let leg = CallSid::parse(name).ok();
        let Some(leg) = leg.filter(|leg| self.rings_in(leg, conn)) else {
            self.note(conn, "a call was declined that does not ring there");
            return;
        };
        self.end(&leg, Some(conn));
        self.outs.push_back(Out::Decline(leg));
    }

    pub(super) fn rings_in(&self, leg: &CallSid, conn: ConnId) -> bool {
        self.calls.get(leg).is_some_and(|call| match &call.stage {
            Stage::Rings { forks, .. } => forks.contains_key(&conn),
            Stage::Taken(_) | Stage::Called { .. } | Stage::Talks(_) => false,
        })
    }
}
