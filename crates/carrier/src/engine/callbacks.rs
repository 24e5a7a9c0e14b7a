//! Call status callbacks: which moments are told, in which order, with what (reference B.4).

use twilio::CallSid;
use twilio::date::to_rfc2822;

use super::leg::{Moment, Status};
use super::requests::Pending;
use super::runner::{Params, Target};
use super::{Engine, Noted, RequestKind};

impl Engine {
    /// Tells a moment of the leg to whoever wants to know.
    pub(crate) fn tell(&mut self, sid: &CallSid, moment: Moment) {
        let now = self.now;
        let Some(leg) = self.legs.get_mut(sid) else {
            return;
        };
        let Some(subscription) = &leg.subscription else {
            return;
        };
        if !subscription.moments.contains(&moment) {
            return;
        }
        let target = subscription.target.clone();
        let sequence = leg.told;
        leg.told += 1;

        let Some(leg) = self.leg(sid) else { return };
        let mut params = self.standard(leg, leg.status);
        params.insert("CallbackSource".into(), "call-progress-events".into());
        params.insert("SequenceNumber".into(), sequence.to_string());
        params.insert("Timestamp".into(), to_rfc2822(now.0));
        if moment == Moment::Completed {
            let seconds = leg.seconds(now).unwrap_or(0);
            params.insert("CallDuration".into(), seconds.to_string());
            params.insert("Duration".into(), minutes(seconds).to_string());
            params.extend(self.told_of_recording(sid));
            params.insert("SipResponseCode".into(), leg.status.sip_code().into());
        }
        self.send_callback(Some(sid), &target, moment.word(), &params, 15003);
    }

    /// Sends a callback, whose answer can only cause a warning of the given code.
    pub(crate) fn send_callback(
        &mut self,
        call: Option<&CallSid>,
        target: &Target,
        event: &str,
        params: &Params,
        code: u32,
    ) {
        if let Some(sid) = call {
            self.note(
                sid,
                Noted::Callback {
                    url: target.url.clone(),
                    event: event.to_owned(),
                },
            );
        }
        let pending = Pending::Nobody {
            leg: call.cloned(),
            code,
        };
        self.ask(RequestKind::Callback, call, target, params, pending);
    }

    /// Requests the action of a verb that is given up: the answer is not obeyed (reference B.3, rules 2 and 3).
    pub(crate) fn request_unheard(&mut self, sid: &CallSid, target: &Target, more: Params) {
        let Some(leg) = self.leg(sid) else { return };
        let mut params = self.standard(leg, leg.status);
        params.extend(more);
        let pending = Pending::Nobody {
            leg: Some(sid.clone()),
            code: 11200,
        };
        self.ask(RequestKind::Document, Some(sid), target, &params, pending);
    }

    /// Changes the status, writes it down and tells it.
    pub(crate) fn enter(&mut self, sid: &CallSid, status: Status, moment: Moment) {
        let Some(leg) = self.leg_mut(sid) else { return };
        leg.status = status;
        self.note(
            sid,
            Noted::Status {
                status: status.word().to_owned(),
            },
        );
        self.tell(sid, moment);
    }
}

fn minutes(seconds: i64) -> i64 {
    seconds.max(0).saturating_add(59) / 60
}
