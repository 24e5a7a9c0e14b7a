//! Calls as REST shows them (reference E.2).

use twilio::CallSid;

use super::leg::Leg;
use super::{CallFilter, CallView, Engine, RestError};

impl Engine {
    /// One call.
    #[must_use]
    pub fn call(&self, sid: &CallSid) -> Option<CallView> {
        self.leg(sid).map(|leg| self.view(leg))
    }

    /// The calls that fit, the latest first.
    #[must_use]
    pub fn calls(&self, filter: &CallFilter) -> Vec<CallView> {
        let mut found: Vec<&Leg> = self.legs.values().filter(|leg| fits(leg, filter)).collect();
        found.sort_by_key(|leg| std::cmp::Reverse(leg.serial));
        found.into_iter().map(|leg| self.view(leg)).collect()
    }

    /// Takes a call that is over out of the list, with its log.
    ///
    /// # Errors
    /// There is no such call (20404), or it is not over (20009).
    pub fn delete_call(&mut self, sid: &CallSid) -> Result<(), RestError> {
        let leg = self
            .leg(sid)
            .ok_or_else(|| RestError::not_found(sid.as_str()))?;
        if !leg.status.is_final() {
            return Err(RestError::new(
                409,
                20009,
                "The call is not over and cannot be deleted",
            ));
        }
        self.forget_call(sid);
        self.changed.insert(sid.clone());
        Ok(())
    }

    fn view(&self, leg: &Leg) -> CallView {
        CallView {
            sid: leg.sid.clone(),
            parent: leg.parent.clone(),
            to: leg.to.clone(),
            from: leg.from.clone(),
            number: leg.number.clone(),
            status: leg.status.rest_word().to_owned(),
            created: leg.created,
            updated: leg.updated,
            started: leg.answered.or(leg.rang),
            ended: leg.ended,
            duration: leg.ended.and_then(|ended| leg.seconds(ended)),
            direction: leg.direction.word().to_owned(),
            caller_name: leg.caller_name.clone(),
            queue_ms: leg.queue_ms,
        }
    }
}

fn fits(leg: &Leg, filter: &CallFilter) -> bool {
    let started = leg.answered.or(leg.rang);
    filter.to.as_ref().is_none_or(|to| *to == leg.to)
        && filter.from.as_ref().is_none_or(|from| *from == leg.from)
        && (filter.parent.is_none() || filter.parent == leg.parent)
        && filter
            .status
            .as_ref()
            .is_none_or(|status| status == leg.status.rest_word())
        && filter
            .started_from
            .is_none_or(|from| started.is_some_and(|started| started >= from))
        && filter
            .started_before
            .is_none_or(|before| started.is_some_and(|started| started < before))
}
