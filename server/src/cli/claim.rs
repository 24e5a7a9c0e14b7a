//! Whose the database is, a demonstration's or an account's, and what of the one must not stay with the other.

use exchange::{Line, Moment, PhoneNumber, Plan, PlanEdit};
use store::{PlanEditing, Store};

use super::Trouble;
use crate::config::{Config, PublicUrl};

/// Who changes lines at the start, in the audit.
const BY: &str = "switchboard serve";
/// How often it is decided again because another process changed the plan meanwhile.
const TRIES: u32 = 5;

/// A demonstration must not answer on the calls of a real account; and what a demonstration invents is gone with an
/// account.
pub(super) async fn claim(store: &Store, config: &Config, now: Moment) -> Result<(), Trouble> {
    if config.carrier.is_demonstration() {
        return if store.mark_demonstration().await? {
            Ok(())
        } else {
            Err(Trouble::new(
                "DATABASE_URL names a database with calls of a real account; set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or choose another database for a demonstration",
            ))
        };
    }
    if config.web.is_loopback() {
        tracing::warn!(
            "PUBLIC_URL is an address of this machine only: Twilio cannot reach it, and signatures that were made for another address are refused"
        );
    }
    store.unmark_demonstration().await?;
    // A local carrier may have given out invented numbers; Twilio itself never does.
    let base = &config.carrier.account().api_base;
    if PublicUrl::parse(base).is_ok_and(|base| base.is_loopback()) {
        return Ok(());
    }
    without_invented(store, now).await
}

/// Takes the invented numbers of the seeds from the lines: no account can have them, and who is called from one is not
/// called at all.
async fn without_invented(store: &Store, now: Moment) -> Result<(), Trouble> {
    for _ in 0..TRIES {
        let (decided_on, rows) = store.plan().await?;
        let bare = |line: &Line| Line {
            number: None,
            ..line.clone()
        };
        let invented = |line: &&Line| line.number.as_ref().is_some_and(is_invented);
        let lines: Vec<&Line> = rows.lines.iter().filter(invented).collect();
        let edits: Vec<PlanEdit> = lines
            .iter()
            .map(|line| PlanEdit::PutLine {
                line: Box::new(bare(line)),
            })
            .collect();
        if edits.is_empty() {
            return Ok(());
        }
        let fits = edits.iter().try_fold(rows.clone(), |rows, edit| {
            let rows = rows.with(edit);
            Plan::new(rows.clone()).is_ok().then_some(rows)
        });
        if fits.is_none() {
            // The check of the plan tells what is wrong with it.
            return Ok(());
        }
        let named: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
        let named = named.join(", ");
        let editing = PlanEditing {
            decided_on,
            edits: &edits,
            by: BY,
            at: now,
            about: "lines",
            audit: &format!("Took the invented numbers from {named}: no account can have them."),
        };
        if store.edit_plan(&editing).await?.is_some() {
            tracing::info!(
                lines = edits.len(),
                "the lines' invented numbers were taken away, since no account can have them; point the account's own at the lines on /setup"
            );
            return Ok(());
        }
    }
    Ok(())
}

/// Whether a number is kept for stories: 555-0100 to 555-0199 in every area code.
fn is_invented(number: &PhoneNumber) -> bool {
    let within = number.north_american();
    within.is_some_and(|digits| digits.get(3..8) == Some("55501"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invented_numbers_are_known_by_their_place() {
        for (number, invented) in [
            ("+12025550100", true),
            ("+13125550177", true),
            ("+12025550200", false),
            ("+12125551012", false),
            ("+81355550123", false),
        ] {
            let number = PhoneNumber::parse(number).expect("a number");
            assert_eq!(is_invented(&number), invented, "{number:?}");
        }
    }
}
