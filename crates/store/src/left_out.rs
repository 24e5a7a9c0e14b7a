//! Rows of lists that this release cannot read, as another one wrote them: they are left out, and each is told of once.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::Store;
use crate::error::Error;

/// So many are remembered; then they are told of once more.
const MOST: usize = 1_000;

/// What was left out of lists.
#[derive(Default)]
pub(crate) struct LeftOut(Mutex<Rows>);

#[derive(Default)]
struct Rows {
    known: BTreeSet<String>,
    untold: Vec<String>,
}

impl LeftOut {
    /// A row of a list, unless it cannot be read: then it is not in the list. A database that fails fails the list.
    pub(crate) fn unless_unreadable<T>(
        &self,
        whose: &str,
        row: Result<T, Error>,
    ) -> Option<Result<T, Error>> {
        match row {
            Err(error @ Error::Unreadable { .. }) => {
                self.note(whose, &error);
                None
            }
            row => Some(row),
        }
    }

    /// Remembers a row that cannot be read.
    pub(crate) fn note(&self, whose: &str, error: &Error) {
        let mut rows = self.rows();
        if rows.known.len() >= MOST {
            rows.known.clear();
        }
        if rows.known.insert(whose.to_owned()) {
            rows.untold.push(format!("{whose}: {error}"));
        }
    }

    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// What was left out of lists since this was last asked, and never before: whose row, and why. Each row counts
    /// once, however often it is met.
    #[must_use]
    pub fn left_out(&self) -> Vec<String> {
        std::mem::take(&mut self.left_out.rows().untold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::unreadable;

    #[test]
    fn what_cannot_be_read_is_left_out_and_told_of_once() {
        let left_out = LeftOut::default();
        let bad = || Err::<(), Error>(unreadable("a call", "too new"));

        assert!(left_out.unless_unreadable("CA1", bad()).is_none());
        assert!(left_out.unless_unreadable("CA1", bad()).is_none());
        assert!(matches!(
            left_out.unless_unreadable("CA2", Ok(())),
            Some(Ok(()))
        ));
        assert!(matches!(
            left_out.unless_unreadable("CA3", Err::<(), _>(Error::Closed)),
            Some(Err(Error::Closed))
        ));

        assert_eq!(
            left_out.rows().untold,
            ["CA1: a call in the database cannot be read: too new"]
        );
    }
}
