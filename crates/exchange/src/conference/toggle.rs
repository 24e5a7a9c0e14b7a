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
    /// How many answers of the carrier's are due: while any is, the wish is not yet done.
    pub due: u32,
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
            due: 0,
            since,
            refused: None,
        }
    }

    /// Whether what is wanted is not done yet.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        self.due > 0
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
        if self.due > 0 || self.is_on == self.is_wanted {
            return None;
        }
        self.ask(now);
        Some(self.is_wanted)
    }

    /// The carrier is asked for what is wanted.
    pub(super) const fn ask(&mut self, now: Moment) {
        self.due += 1;
        self.since = now;
    }

    /// The carrier has done what it was asked for. True when it has to be asked again: the last of
    /// several answers was not about the last wish.
    pub(super) const fn done(&mut self, on: bool, now: Moment) -> bool {
        self.due = self.due.saturating_sub(1);
        self.is_on = on;
        self.since = now;
        self.refused = None;
        let is_other = self.due == 0 && self.is_on != self.is_wanted;
        if is_other {
            self.ask(now);
        }
        is_other
    }

    /// The carrier has not done it: unless something else is under way, the wish is given up.
    pub(super) const fn failed(&mut self, now: Moment) {
        self.due = self.due.saturating_sub(1);
        self.since = now;
        self.refused = Some(now);
        if self.due == 0 {
            self.is_wanted = self.is_on;
        }
    }

    /// The carrier says how it is, unasked. While an answer is due, that will tell.
    pub(super) const fn is(&mut self, on: bool, now: Moment) {
        if self.due == 0 {
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
        assert_eq!((mute.is_on, mute.is_wanted, mute.due), (true, false, 1));
        assert!(!mute.done(false, THEN));
        assert!(!mute.is_under_way());
    }

    #[test]
    fn a_wish_that_is_refused_is_given_up_unless_another_is_under_way() {
        let mut hold = Toggle::settled(false, THEN);
        hold.want(true, THEN);
        hold.want(false, THEN);

        hold.failed(THEN);
        assert!(!hold.is_wanted && hold.is_under_way());
        hold.failed(THEN);

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
