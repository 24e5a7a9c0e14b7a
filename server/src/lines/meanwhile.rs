//! Of two people at one thing, the second is told what the first did.

use desk::DeskError;
use exchange::Line;
use store::{PlanVersion, Thing};

use super::{broken, words};
use crate::state::AppState;

/// Whether a thing is as it was shown; else who changed it meanwhile, and what.
pub(crate) async fn meanwhile(
    state: &AppState,
    thing: &Thing,
    name: &str,
    shown: i64,
) -> Result<(), DeskError> {
    let change = state.store.latest_change(thing).await;
    let change = change.map_err(|error| broken("read who changed something", &error))?;
    let Some(change) = change.filter(|change| change.version != PlanVersion(shown)) else {
        return Ok(());
    };
    let what = match (thing, &change.before, &change.after) {
        (Thing::Prompt(..), _, Some(after)) => format!("changed it to “{after}”"),
        (Thing::Prompt(..), _, None) => "went back to the usual words".to_owned(),
        (Thing::Line(_) | Thing::Menu(_), _, None) => "removed it".to_owned(),
        (Thing::Line(_) | Thing::Menu(_), None, Some(_)) => "made it".to_owned(),
        (Thing::Line(_), Some(before), Some(after)) => line_words(before, after),
        (Thing::Menu(_), Some(_), Some(_)) => "changed it".to_owned(),
    };
    let ago = desk::ago(change.at.0, state.clock.now().0);
    let by = &change.by;
    Err(DeskError::Refused(format!(
        "Meanwhile somebody else was at {name}: {by} {what}, {ago}. Nothing of yours was taken. Open it again to see it as it is."
    )))
}

fn line_words(before: &str, after: &str) -> String {
    let read = |json: &str| serde_json::from_str::<Line>(json).ok();
    let Some((before, after)) = read(before).zip(read(after)) else {
        return "changed it".to_owned();
    };
    let changes = words::changes(&before, &after);
    let changes: Vec<String> = changes.iter().map(|change| change.words()).collect();
    format!("changed it ({})", changes.join("; "))
}
