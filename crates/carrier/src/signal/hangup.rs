//! The ends that browsers make, what they press, and how many calls a socket has.

use twilio::CallSid;

use super::call::{Call, DialStep, Stage, Use};
use super::{ConnId, Fault, Out, ServerFrame, Signalling};

impl Signalling {
    /// A browser ends a call, under either of its names.
    pub(super) fn hang_up(&mut self, conn: ConnId, name: &str) {
        if let Some(media) = self.dialling(conn, name) {
            self.give_up(media);
            return;
        }
        if self.stop_moving(conn, name) {
            return;
        }
        match self.ended_by(conn, name) {
            Some(leg) => self.end_by_browser(&leg, Some(conn)),
            None => self.note(conn, "a call was ended that is not there"),
        }
    }

    /// The call that a browser on this socket may end: one that it has or that rings there, or one of its identity
    /// whose browser lost its socket, since that may be this one.
    fn ended_by(&self, conn: ConnId, name: &str) -> Option<CallSid> {
        let identity = &self.session(conn)?.identity;
        let may_end = |leg: &CallSid, call: &Call| {
            call.is_had_by(conn)
                || self.rings_in(leg, conn)
                || (call.is_away() && call.identity == *identity)
        };
        let found = self.calls.iter().find(|(leg, call)| {
            let is_named = leg.as_str() == name || call.temporary.as_deref() == Some(name);
            is_named && may_end(leg, call)
        });
        found.map(|(leg, _)| leg.clone())
    }

    /// Whether the browser was taking the call over, which it then does not.
    fn stop_moving(&mut self, conn: ConnId, name: &str) -> bool {
        let found = self.media.iter().find_map(|(media, used)| {
            let moving = used.moving()?;
            let is_it = moving.conn == conn && moving.leg.as_str() == name;
            is_it.then(|| (*media, moving.leg.clone()))
        });
        let Some((media, leg)) = found else {
            return false;
        };
        self.close_media(media);
        self.end_if_nobody_is_left(&leg);
        true
    }

    /// A browser presses keys.
    pub(super) fn press(&mut self, conn: ConnId, name: &str, keys: &str) {
        let is_key = |key: &char| matches!(key, '0'..='9' | '*' | '#' | 'A'..='D');
        let keys: String = keys.chars().filter(is_key).collect();
        let leg = CallSid::parse(name).ok().filter(|leg| {
            let call = self.calls.get(leg);
            call.is_some_and(|call| call.is_had_by(conn))
        });
        match leg {
            Some(leg) if !keys.is_empty() => self.outs.push_back(Out::Press { leg, keys }),
            Some(_) | None => self.note(conn, "keys were pressed on no call, or were none"),
        }
    }

    /// A browser sends a message within a call. The carrier carries none, and says so.
    pub(super) fn message(&mut self, conn: ConnId, call: String, event: String) {
        let frame = ServerFrame::Error {
            error: Fault::new(31400, "This carrier carries no messages within calls"),
            callsid: Some(call),
            voiceeventsid: Some(event),
        };
        self.send(conn, frame);
    }

    /// Whether anything goes on over a socket that its end would disturb.
    pub(super) fn has_calls(&self, conn: ConnId) -> bool {
        let rings = self.calls.values().any(|call| match &call.stage {
            Stage::Rings { forks, .. } => forks.contains_key(&conn),
            Stage::Taken(_) | Stage::Called { .. } | Stage::Talks(_) => false,
        });
        rings || self.calls_of(conn) > 0
    }

    /// How many calls a socket has made, answered or begun.
    pub(super) fn calls_of(&self, conn: ConnId) -> usize {
        let had = self.calls.values().filter(|call| call.is_had_by(conn));
        let dialled = self
            .media
            .values()
            .filter_map(Use::dialling)
            .filter(|dialling| {
                dialling.conn == conn && !matches!(dialling.step, DialStep::GivenUp)
            });
        let moving = self.media.values().filter_map(Use::moving);
        let moving = moving.filter(|moving| moving.conn == conn);
        had.count() + dialled.count() + moving.count()
    }
}
