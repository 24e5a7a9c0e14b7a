//! The way back of a number: what it pointed at before each line that it was pointed at, back to the very first.
//!
//! It is read from what was written down of the number and from where it points now; nothing else is kept.

use exchange::Moment;
use store::NumberChange;

use super::Pointing;

/// One step of the way: the number was pointed at a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hop {
    /// Which change it was.
    pub(crate) version: i64,
    /// The line that it was pointed at.
    pub(crate) line: String,
    /// What it pointed at before.
    pub(crate) before: Pointing,
    /// What it pointed at from then on.
    pub(crate) after: Pointing,
    pub(crate) by: String,
    pub(crate) at: Moment,
    /// Whether the change is known to have arrived.
    pub(crate) is_sure: bool,
}

/// The steps that lie behind a number, the first first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Way {
    hops: Vec<Hop>,
    /// Whether the last step leads to where the number points.
    stands: bool,
}

impl Way {
    /// The way of a number that points so now.
    pub(crate) fn of(changes: &[NumberChange], now: &Pointing) -> Self {
        let mut way = Self::default();
        for (at, change) in changes.iter().enumerate() {
            let next = changes.get(at + 1);
            let next = next.map_or_else(|| now.clone(), |next| Pointing::read(&next.before));
            way.go(change, &next);
        }
        way.found_at(now);
        way.stands = way.hops.last().is_some_and(|hop| hop.after == *now);
        way
    }

    /// Takes a change in, after which the number was next seen to point so.
    fn go(&mut self, change: &NumberChange, next: &Pointing) {
        let (before, after) = (
            Pointing::read(&change.before),
            Pointing::read(&change.after),
        );
        let is_sure = change.done.is_some() || *next == after;
        if !is_sure && *next == before {
            // It never arrived.
            return;
        }
        if change.line.is_empty() {
            if is_sure {
                self.hops.pop();
            }
            return;
        }
        self.found_at(&before);
        let hop = Hop {
            version: change.version,
            line: change.line.clone(),
            before,
            after,
            by: change.by.clone(),
            at: change.at,
            is_sure,
        };
        match self.hops.last_mut() {
            // The same line, pointed at anew with another fallback: no step of its own.
            Some(last) if is_sure && last.line == hop.line && last.after == hop.before => {
                let before = std::mem::take(&mut last.before);
                *last = Hop { before, ..hop };
            }
            Some(_) | None => self.hops.push(hop),
        }
    }

    /// The number was seen to point so: what lies beyond was taken back by somebody at the carrier.
    fn found_at(&mut self, seen: &Pointing) {
        if let Some(at) = self.hops.iter().rposition(|hop| hop.after == *seen) {
            self.hops.truncate(at + 1);
        } else if let Some(at) = self.hops.iter().position(|hop| hop.before == *seen) {
            self.hops.truncate(at);
        }
    }

    /// The step that can be put back.
    pub(crate) fn last(&self) -> Option<&Hop> {
        self.hops.last().filter(|_| self.stands)
    }

    /// The step after which the number was pointed elsewhere at the carrier.
    pub(crate) fn left(&self) -> Option<&Hop> {
        self.hops.last().filter(|_| !self.stands)
    }

    /// The step that can be put back after the last.
    pub(crate) fn last_but_one(&self) -> Option<&Hop> {
        let hops = self.hops.as_slice();
        hops.get(hops.len().checked_sub(2)?)
    }

    /// What the number pointed at before anything of ours, where that is further back than one step.
    pub(crate) fn first(&self) -> Option<&Pointing> {
        self.last_but_one()?;
        self.hops.first().map(|hop| &hop.before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(url: &str) -> Pointing {
        Pointing {
            voice_url: url.to_owned(),
            ..Pointing::default()
        }
    }

    fn change(version: i64, line: &str, before: &str, after: &str, done: bool) -> NumberChange {
        NumberChange {
            sid: "PN1".to_owned(),
            version,
            number: "+13125550177".to_owned(),
            line: line.to_owned(),
            before: at(before).text(),
            after: at(after).text(),
            at: Moment(version),
            by: "ada".to_owned(),
            done: done.then_some(Moment(version)),
        }
    }

    fn befores(way: &Way) -> Vec<&str> {
        let urls = way.hops.iter().map(|hop| hop.before.voice_url.as_str());
        urls.collect()
    }

    #[test]
    fn each_line_is_a_step_and_the_same_line_again_is_none() {
        let changes = [
            change(1, "support", "shop", "support", true),
            change(2, "planets", "support", "planets", true),
            change(3, "planets", "planets", "planets+bin", true),
        ];

        let way = Way::of(&changes, &at("planets+bin"));

        assert_eq!(befores(&way), ["shop", "support"]);
        assert_eq!(way.last().expect("a step").version, 3);
        assert_eq!(way.first(), Some(&at("shop")));
    }

    #[test]
    fn putting_back_goes_one_step() {
        let mut changes = vec![
            change(1, "support", "shop", "support", true),
            change(2, "planets", "support", "planets", true),
            change(3, "", "planets", "support", true),
        ];
        let one = Way::of(&changes, &at("support"));
        changes.push(change(4, "", "support", "shop", true));
        let two = Way::of(&changes, &at("shop"));

        assert_eq!(befores(&one), ["shop"]);
        assert_eq!(one.last().expect("a step").line, "support");
        assert_eq!(one.first(), None);
        assert_eq!(two.last(), None);
        assert_eq!(two.left(), None);
    }

    #[test]
    fn what_did_not_arrive_is_no_step_and_what_may_have_is_one() {
        let changes = [change(1, "support", "shop", "support", false)];

        let not = Way::of(&changes, &at("shop"));
        let did = Way::of(&changes, &at("support"));
        let neither = Way::of(&changes, &at("moon"));

        assert_eq!(not.left(), None);
        assert!(did.last().expect("a step").is_sure);
        assert!(!neither.left().expect("a step").is_sure);
        assert_eq!(befores(&neither), ["shop"]);
    }

    #[test]
    fn a_number_that_was_taken_back_at_the_carrier_has_no_steps_beyond() {
        let changes = [
            change(1, "support", "shop", "support", true),
            change(2, "planets", "support", "planets", true),
        ];

        assert_eq!(befores(&Way::of(&changes, &at("support"))), ["shop"]);
        assert_eq!(Way::of(&changes, &at("shop")), Way::default());
        let moved = Way::of(&changes, &at("moon"));
        assert_eq!(moved.last(), None);
        assert_eq!(moved.left().expect("a step").line, "planets");
    }
}
