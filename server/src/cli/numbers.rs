//! `switchboard numbers …`: where the account's numbers point, pointing them at lines, and putting back what was before.

use std::sync::Arc;

use clap::Subcommand;
use desk::setup::{CheckState, NumberView, PutBackForm};
use exchange::{LineId, Plan};
use twilio::rest::NumberResource;

use super::Trouble;
use crate::config::Config;
use crate::numbers::{self, Bearings, Hands, NotDone};
use crate::roster::phone;
use crate::setup::{self, Ground, Kept};

/// Who changed a number, where it was done at the command line.
const BY: &str = "switchboard numbers";

#[derive(Debug, Subcommand)]
pub(super) enum Numbers {
    /// Show every number of the account and where it points
    List,
    /// Point a number at a line
    Point {
        /// The number, such as +12025550100
        number: String,
        /// The line's id: senators, support, …
        line: String,
        /// The address that answers when this server does not, such as a TwiML Bin's
        #[arg(long, default_value = "")]
        fallback: String,
        /// Take the number from the TwiML app or SIP trunk that has it
        #[arg(long)]
        take: bool,
    },
    /// Put back what a number pointed at before, one step at a time
    PutBack {
        /// The number, such as +12025550100
        number: String,
    },
    /// Make the TwiML app of phones in browsers, or set its addresses
    Application,
}

pub(super) async fn run(command: Numbers, config: Config) -> Result<(), Trouble> {
    let store = super::open_kept(&config).await?;
    super::serve::seed(&store).await?;
    let ground = Ground {
        kept: Kept::Open(store.clone()),
        ..Ground::before(Arc::new(config), None)
    };
    let hands = Hands {
        ground: &ground,
        store: &store,
        by: BY,
    };
    let done = obey(command, &hands).await;
    store.close().await;
    let said = done.map_err(|not_done| Trouble::new(not_done.to_string()))?;
    println!("{said}");
    Ok(())
}

async fn obey(command: Numbers, hands: &Hands<'_>) -> Result<String, NotDone> {
    match command {
        Numbers::List => {
            let views = views(hands).await?;
            let lines: Vec<String> = views.iter().map(line).collect();
            let lines = if lines.is_empty() {
                "The account has no number.".to_owned()
            } else {
                lines.join("\n")
            };
            let plan = hands.plan().await?;
            Ok(format!("{lines}\nThe lines are {}.", ids(&plan)))
        }
        Numbers::Point {
            number,
            line,
            fallback,
            take,
        } => {
            let plan = hands.plan().await?;
            let known = LineId::parse(&line).ok().and_then(|id| plan.line(&id));
            if known.is_none() {
                return Err(NotDone::Refused(format!(
                    "There is no line `{line}`; the lines are {}",
                    ids(&plan)
                )));
            }
            let (found, view) = find(hands, &number).await?;
            if let Some(taken) = view.clears.filter(|_| !take) {
                return Err(NotDone::Refused(format!(
                    "{} belongs to {taken}, which would win over the line. Add --take to take it from there",
                    view.shown
                )));
            }
            let bearings = Bearings {
                web: &hands.ground.config.web,
                plan: &plan,
            };
            let mut form = numbers::form_of(&found, &line, bearings);
            if !fallback.is_empty() {
                form.fallback = fallback;
            }
            numbers::point(hands, &form).await
        }
        Numbers::PutBack { number } => {
            let (_, view) = find(hands, &number).await?;
            let past = view.past.ok_or_else(|| {
                NotDone::Refused(format!("There is nothing to put back at {}", view.shown))
            })?;
            let form = PutBackForm {
                number: view.sid,
                version: past.version,
            };
            numbers::put_back(hands, &form).await
        }
        Numbers::Application => setup::set_application(hands.ground, hands.store, hands.by).await,
    }
}

/// The lines' ids, as the command takes them.
fn ids(plan: &Plan) -> String {
    let ids: Vec<&str> = plan.lines().map(|line| line.id.as_str()).collect();
    ids.join(", ")
}

fn line(view: &NumberView) -> String {
    let mut line = format!("{}\tpoints at {}", view.number, view.points);
    let faults = view.faults.iter().map(|fault| format!("\n\t{fault}"));
    line.extend(faults);
    if let Some(past) = &view.past {
        line.push_str(&format!(
            "\n\tBefore, it pointed at {} (changed by {}).",
            past.before, past.by
        ));
        let first = past.first.iter();
        line.extend(first.map(|first| format!("\n\tAt the very first, it pointed at {first}.")));
    }
    if view.state == CheckState::Wrong {
        line.push_str("\n\tThat is wrong.");
    }
    line
}

async fn views(hands: &Hands<'_>) -> Result<Vec<NumberView>, NotDone> {
    let listed = numbers::of_account(hands.ground).await?;
    shown(hands, &listed).await
}

async fn shown(hands: &Hands<'_>, listed: &[NumberResource]) -> Result<Vec<NumberView>, NotDone> {
    let changes = hands.store.number_changes().await?;
    let plan = hands.plan().await?;
    let bearings = Bearings {
        web: &hands.ground.config.web,
        plan: &plan,
    };
    Ok(numbers::views(listed, &changes, bearings))
}

/// The number of the account that somebody means.
async fn find(hands: &Hands<'_>, typed: &str) -> Result<(NumberResource, NumberView), NotDone> {
    let wanted = phone::read(typed).map_err(NotDone::Refused)?;
    let listed = numbers::of_account(hands.ground).await?;
    let has = |number: &&NumberResource| {
        number
            .phone_number
            .as_ref()
            .is_some_and(|phone| phone.as_str() == wanted.as_str())
    };
    let found = listed.iter().find(has).cloned().ok_or_else(|| {
        NotDone::Refused(format!(
            "The account does not have {}; `switchboard numbers list` shows which it has",
            wanted.formatted()
        ))
    })?;
    let view = shown(hands, std::slice::from_ref(&found)).await?.pop();
    let view = view.ok_or_else(|| NotDone::Refused("The number cannot be shown".to_owned()))?;
    Ok((found, view))
}
