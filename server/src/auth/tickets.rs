//! Tickets that lead somebody of a demonstration to the host name that is theirs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use desk::StandIn;
use exchange::Moment;

use crate::chance;

/// A redirect takes far less.
const LASTS_MS: i64 = 30_000;

/// More than anybody clicks in that time.
const AT_MOST: usize = 100;

/// Who may come in, and where they go then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) stand_in: StandIn,
    /// A path of ours.
    pub(crate) next: String,
}

/// The tickets that are out; clones are the same. A demonstration is one process, and a lost ticket is another click.
#[derive(Clone, Debug, Default)]
pub struct Tickets(Arc<Mutex<BTreeMap<String, (Moment, Ticket)>>>);

impl Tickets {
    /// Writes a ticket out, and gives its secret.
    pub(crate) fn issue(&self, ticket: Ticket, now: Moment) -> String {
        let secret = chance::secret();
        let mut out = self.out(now);
        if out.len() < AT_MOST {
            out.insert(secret.clone(), (now, ticket));
        }
        secret
    }

    /// The ticket of this secret; it is taken once.
    pub(crate) fn take(&self, secret: &str, now: Moment) -> Option<Ticket> {
        self.out(now).remove(secret).map(|(_, ticket)| ticket)
    }

    /// Those that still hold.
    fn out(&self, now: Moment) -> MutexGuard<'_, BTreeMap<String, (Moment, Ticket)>> {
        let mut out = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.retain(|_, (issued, _)| now.0.saturating_sub(issued.0) < LASTS_MS);
        out
    }
}

#[cfg(test)]
mod tests {
    use desk::STAND_INS;

    use super::*;

    #[test]
    fn a_ticket_is_taken_once_and_soon() {
        let tickets = Tickets::default();
        let ticket = Ticket {
            stand_in: STAND_INS[0],
            next: "/".to_owned(),
        };
        let start = Moment(1_000);
        let late = Moment(1_000 + LASTS_MS);

        let [one, other] = [(); 2].map(|()| tickets.issue(ticket.clone(), start));

        assert_eq!(tickets.take("a guess", start), None);
        assert_eq!(tickets.take(&one, start), Some(ticket));
        assert_eq!(tickets.take(&one, start), None);
        assert_eq!(tickets.take(&other, late), None);
    }
}
