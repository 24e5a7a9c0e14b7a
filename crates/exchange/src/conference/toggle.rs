//! Something that is switched by REST: what is wanted, and what the carrier has said.

use serde::{Deserialize, Serialize};

use crate::Moment;

/// Something that is switched by REST.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toggle {
    /// What the carrier last said.
    pub is_on: bool,
    /// What is wanted.
    pub is_wanted: bool,
    /// Since when the carrier is being asked for what is wanted; nothing once it has answered.
    #[serde(default)]
    pub asked: Option<Moment>,
    /// When the carrier last said anything, or was last asked.
    pub since: Moment,
    /// When it last refused, unless it has said something else since.
    pub refused: Option<Moment>,
}

impl Toggle {
    /// Switched, and nothing under way.
    #[must_use]
    pub const fn settled(is_on: bool, since: Moment) -> Self {
        Self {
            is_on,
            is_wanted: is_on,
            asked: None,
            since,
            refused: None,
        }
    }

    /// Whether what is wanted is not done yet.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        self.asked.is_some()
    }

    /// Whether the carrier is still to be asked for this: an earlier wish is overtaken by a later one.
    pub(super) const fn wants(&self, on: bool) -> bool {
        self.is_under_way() && self.is_wanted == on
    }

    /// Something is wanted. True when the carrier has to be asked for it.
    pub(super) const fn want(&mut self, on: bool, now: Moment) -> bool {
        if self.is_wanted == on {
            return false;
        }
        self.is_wanted = on;
        self.ask(now);
        true
    }

    /// What the carrier has to be asked for, where something else is wanted and nothing under way.
    pub(super) const fn catch_up(&mut self, now: Moment) -> Option<bool> {
        if self.is_under_way() || self.is_on == self.is_wanted {
            return None;
        }
        self.ask(now);
        Some(self.is_wanted)
    }

    /// The carrier is asked for what is wanted.
    pub(super) const fn ask(&mut self, now: Moment) {
        self.asked = Some(now);
        self.since = now;
    }

    /// The carrier has done something that it was asked for. True when it has to be asked again: the
    /// answer to an earlier wish came after the one to the last.
    pub(super) const fn done(&mut self, on: bool, now: Moment) -> bool {
        self.is_on = on;
        self.since = now;
        self.refused = None;
        if self.is_on == self.is_wanted {
            self.asked = None;
            return false;
        }
        let is_last = self.asked.is_none();
        if is_last {
            self.ask(now);
        }
        is_last
    }

    /// The carrier has not done it. A wish that was overtaken is nobody's any more; the last one is given
    /// up.
    pub(super) const fn failed(&mut self, on: bool, now: Moment) {
        self.since = now;
        if on == self.is_wanted {
            self.refused = Some(now);
            self.asked = None;
            self.is_wanted = self.is_on;
        }
    }

    /// The carrier says how it is, unasked. While an answer is due, that will tell.
    pub(super) const fn is(&mut self, on: bool, now: Moment) {
        if self.asked.is_none() {
            *self = Self::settled(on, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEN: Moment = Moment(0);

    #[test]
    fn an_answer_to_an_earlier_wish_that_comes_last_is_not_the_end_of_it() {
        let mut mute = Toggle::settled(false, THEN);
        assert!(mute.want(true, THEN) && mute.want(false, THEN));

        let first = mute.done(false, THEN);
        let last = mute.done(true, THEN);

        assert!(!first && last, "the carrier is asked again");
        assert_eq!((mute.is_on, mute.is_wanted), (true, false));
        assert!(mute.is_under_way());
        assert!(!mute.done(false, THEN));
        assert!(!mute.is_under_way());
    }

    #[test]
    fn an_answer_to_an_earlier_wish_that_comes_first_waits_for_the_last() {
        let mut mute = Toggle::settled(false, THEN);
        mute.want(true, THEN);
        mute.want(false, THEN);

        assert!(!mute.done(true, THEN));

        assert!(mute.is_under_way() && mute.wants(false) && !mute.wants(true));
        assert!(!mute.done(false, THEN));
        assert!(!mute.is_under_way());
    }

    #[test]
    fn a_wish_that_is_refused_is_given_up_unless_another_is_under_way() {
        let mut hold = Toggle::settled(false, THEN);
        hold.want(true, THEN);
        hold.want(false, THEN);

        hold.failed(true, THEN);
        assert!(!hold.is_wanted && hold.is_under_way());
        hold.failed(false, THEN);

        assert!(!hold.is_wanted && !hold.is_under_way());
    }

    #[test]
    fn what_is_said_unasked_waits_for_the_answer_that_is_due() {
        let mut mute = Toggle::settled(false, THEN);
        mute.want(true, THEN);

        mute.is(false, THEN);
        assert!(mute.is_wanted);
        mute.done(true, THEN);
        mute.is(false, THEN);

        assert!(!mute.is_on && !mute.is_wanted);
    }
}
