//! The carrier's account, its auth token, and its clock.

use desk::setup::{Check, CheckId, CheckState};
use twilio::rest::AccountStatus;

use super::{Ground, Unasked, within};

/// How far our clock may be from the carrier's: beyond it, tokens of browsers are refused.
const SKEW_S: i64 = 30;

/// Whether the account is there and may make calls.
pub(super) async fn account(ground: &Ground) -> Check {
    let id = CheckId::Account;
    let asked = match ground.client() {
        Ok(client) => within(ground.outside.patience, client.fetch_account()).await,
        Err(unasked) => Err(unasked),
    };
    let account = match asked {
        Ok(account) => account,
        Err(unasked) => return not_told(id, &unasked),
    };
    let name = account.friendly_name.clone().unwrap_or_default();
    match account.status {
        AccountStatus::Active if account.is_trial() => Check::new(
            id,
            CheckState::Warning,
            format!("The account “{name}” is active. It is a trial: it calls verified numbers only, speaks a notice first, and ends calls after ten minutes."),
        )
        .and("Upgrade it in Twilio's console before real callers come; until then, verify the numbers that lines dial."),
        AccountStatus::Active => {
            Check::good(id, format!("The account “{name}” is active."))
        }
        AccountStatus::Suspended => Check::new(
            id,
            CheckState::Wrong,
            format!("The account “{name}” is suspended: no calls come or go."),
        )
        .and("Twilio's console says why; most often a bill is open."),
        AccountStatus::Closed => Check::new(
            id,
            CheckState::Wrong,
            format!("The account “{name}” is closed."),
        )
        .and("Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to those of another account."),
        AccountStatus::Other(word) => Check::new(
            id,
            CheckState::Unknown,
            format!("The account “{name}” stands as “{word}”, which this release does not know."),
        )
        .and("Look into Twilio's console."),
    }
}

/// A carrier that is not reached is wrong; one that fails for a moment tells nothing, nor does one to whom we are nobody.
fn not_told(id: CheckId, unasked: &Unasked) -> Check {
    let check = unasked.unknown(id);
    let state = match unasked {
        Unasked::Demonstration => CheckState::Unknown,
        Unasked::NoTls | Unasked::NoAddress | Unasked::Slow(_) => CheckState::Wrong,
        Unasked::Said(_) => match unasked.status() {
            Some(404) | None => CheckState::Wrong,
            Some(_) => CheckState::Unknown,
        },
    };
    Check { state, ..check }
}

/// Whether every auth token is the account's.
pub(super) async fn token(ground: &Ground) -> Check {
    let id = CheckId::Token;
    let tokens = &ground.account().tokens;
    let mut refused = Vec::new();
    for (number, token) in (1..).zip(tokens) {
        let asked = match ground.signed_in(&ground.account().sid, token.reveal()) {
            Ok((client, _)) => within(ground.outside.patience, client.fetch_account()).await,
            Err(unasked) => Err(unasked),
        };
        match asked {
            Ok(_) => {}
            Err(unasked) if unasked.status() == Some(401) => refused.push(number),
            Err(unasked) => return unasked.unknown(id),
        }
    }
    let many = tokens.len() > 1;
    match refused.as_slice() {
        [] if many => Check::good(id, "Twilio accepts each of the tokens."),
        [] => Check::good(id, "Twilio accepts it."),
        [1, ..] => Check::new(
            id,
            CheckState::Wrong,
            if many {
                "Twilio does not accept the first of the tokens, by which everything is asked (401)."
            } else {
                "Twilio does not accept TWILIO_AUTH_TOKEN for TWILIO_ACCOUNT_SID (401)."
            },
        )
        .and("Copy both from Twilio's console again, without blanks; an API key's secret is no auth token. Then start again."),
        [..] => Check::new(
            id,
            CheckState::Warning,
            "Twilio accepts the first token, and not every further one.",
        )
        .and("When the rotation is over, leave the old token out; before it, the new one is not yet promoted."),
    }
}

/// Whether our clock goes with the carrier's.
pub(super) async fn clock(ground: &Ground) -> Check {
    let id = CheckId::Clock;
    let token = ground.account().tokens.first();
    let token = token.map_or("", |token| token.reveal());
    let (client, dated) = match ground.signed_in(&ground.account().sid, token) {
        Ok(signed_in) => signed_in,
        Err(unasked) => return unasked.unknown(id),
    };
    let asked = within(ground.outside.patience, client.fetch_account()).await;
    let Some(theirs) = dated.last() else {
        return match asked {
            Ok(_) => Check::new(
                id,
                CheckState::Unknown,
                "Twilio's answer did not say what time it is.",
            )
            .and("Let this machine set its clock by itself (NTP)."),
            Err(unasked) => unasked.unknown(id),
        };
    };
    // The header has whole seconds.
    let skew = (ground.clock.now().0 - theirs).div_euclid(1000);
    let (size, side) = (skew.abs(), if skew < 0 { "behind" } else { "ahead of" });
    if size > SKEW_S {
        Check::new(
            id,
            CheckState::Wrong,
            format!("This machine's clock is {size} seconds {side} Twilio's: tokens of browsers' phones are refused."),
        )
        .and("Let the machine set its clock by itself: `timedatectl set-ntp true`.")
    } else if size <= 1 {
        Check::good(id, "It goes with Twilio's.")
    } else {
        Check::good(
            id,
            format!("It is {size} seconds {side} Twilio's, which is near enough."),
        )
    }
}
