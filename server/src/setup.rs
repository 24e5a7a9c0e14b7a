//! What is in order and what is not: the same checks for `switchboard doctor` and the page `/setup`.

mod account;
mod address;
mod asked;
mod certificate;
mod database;
mod documents;
mod ground;
mod numbers;
mod outside;
mod phones;
mod processes;

use desk::setup::{Check, CheckId, CheckState};
use futures::FutureExt;
use futures::future::{BoxFuture, join_all};

use crate::state::AppState;

pub(crate) use asked::{Unasked, within};
pub(crate) use ground::{Ground, Kept};
pub use outside::Outside;
pub(crate) use phones::set_application;

/// Every check of a running server.
pub async fn check_all(state: &AppState) -> Vec<Check> {
    all(&Ground::of(state)).await
}

/// Every check, all at once, in the order in which one sets up.
pub(crate) async fn all(ground: &Ground) -> Vec<Check> {
    join_all(CheckId::ALL.iter().map(|id| one(ground, *id))).await
}

/// One check. None takes longer than what it asks has patience for, so that a page never waits for the world.
pub(crate) async fn one(ground: &Ground, id: CheckId) -> Check {
    let longest = ground.outside.patience * 3;
    match tokio::time::timeout(longest, ask(ground, id)).await {
        Ok(check) => check,
        Err(_) => Check::new(id, CheckState::Unknown, "It took too long to find out.")
            .and("Check again; if it stays so, this machine or its network is overloaded."),
    }
}

fn ask(ground: &Ground, id: CheckId) -> BoxFuture<'_, Check> {
    match id {
        CheckId::Configuration => async { configuration(ground) }.boxed(),
        CheckId::Account => account::account(ground).boxed(),
        CheckId::Token => account::token(ground).boxed(),
        CheckId::Clock => account::clock(ground).boxed(),
        CheckId::PublicUrl => async { address::public_url(ground) }.boxed(),
        CheckId::Reach => address::reach(ground).boxed(),
        CheckId::Signature => address::signature(ground).boxed(),
        CheckId::Certificate => certificate::certificate(ground).boxed(),
        CheckId::Numbers => numbers::numbers(ground).boxed(),
        CheckId::Fallback => numbers::fallback(ground).boxed(),
        CheckId::ApiKey => phones::api_key(ground).boxed(),
        CheckId::Application => phones::application(ground).boxed(),
        CheckId::Database => database::database(ground).boxed(),
        CheckId::Disk => async { database::disk(ground) }.boxed(),
        CheckId::Plan => database::plan(ground).boxed(),
        CheckId::People => database::people(ground).boxed(),
        CheckId::Pages => async { pages() }.boxed(),
    }
}

fn configuration(ground: &Ground) -> Check {
    let details = vec![ground.config.to_string()];
    if ground.config.carrier.is_demonstration() {
        let found = "It can be obeyed. No account is set, so this is a demonstration.";
        return Check::good(CheckId::Configuration, found)
            .and("Set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and PUBLIC_URL to answer real calls; README.md leads there step by step.")
            .with(details);
    }
    Check::good(CheckId::Configuration, "It can be obeyed.").with(details)
}

fn pages() -> Check {
    match crate::pages::files().len() {
        0 => Check::new(
            CheckId::Pages,
            CheckState::Wrong,
            "Style and script are not inside this program.",
        )
        .and("Build it with `cargo xtask build`."),
        files => Check::good(
            CheckId::Pages,
            format!("{files} files are inside the program."),
        ),
    }
}
