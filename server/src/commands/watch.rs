//! What supervisors do in calls that are not theirs, and how agents ask for that.

use desk::{DeskError, watch_mode};
use exchange::{Command, UserName};

use super::{command, has_part, known};
use crate::state::AppState;

/// Changes how somebody's leg is heard in the room of a call.
pub(crate) async fn watch(
    state: &AppState,
    by: &UserName,
    call: &str,
    mode: &str,
) -> Result<(), DeskError> {
    let mode = watch_mode(mode).map_err(DeskError::Invalid)?;
    let call = known(state, call).await?;
    command(state, by, &call.sid, Command::Watch { mode }).await
}

/// Takes a call over by the leg with which somebody listens to it.
pub(crate) async fn take_over(
    state: &AppState,
    by: &UserName,
    call: &str,
) -> Result<(), DeskError> {
    let call = known(state, call).await?;
    command(state, by, &call.sid, Command::TakeOver).await
}

/// Asks for help in a call for whoever is in it.
pub(crate) async fn ask_help(
    state: &AppState,
    by: &UserName,
    call: &str,
    on: bool,
) -> Result<(), DeskError> {
    let call = known(state, call).await?;
    if !has_part(&call, by) {
        return Err(DeskError::Forbidden);
    }
    command(state, by, &call.sid, Command::AskHelp { on }).await
}
