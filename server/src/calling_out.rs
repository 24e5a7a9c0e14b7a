//! Calling out from a browser: on whose numbers, and whether a number may be called, asked before it is, so that the
//! answer stands at the field.

use desk::{DeskError, OwnNumber, Viewer, not_called};
use exchange::{CallingOut, Dialler, Line, LineKind, Plan};

use crate::state::AppState;

/// The number that a call of whoever asks would go to, E.164.
pub(crate) fn may_call(
    state: &AppState,
    viewer: &Viewer,
    line: Option<&str>,
    to: &str,
) -> Result<String, DeskError> {
    let by = Dialler::Person {
        user_name: viewer.user_name.clone(),
        name: viewer.name.clone(),
    };
    let (_, plan) = state.plans.current();
    let number = CallingOut::new(by, to, line).check(&plan);
    number
        .map(|number| number.as_str().to_owned())
        .map_err(|refusal| DeskError::Invalid(vec![not_called(&refusal)]))
}

/// The lines on whose number agents may call out: those that they answer first.
pub(crate) fn own_numbers(plan: &Plan) -> Vec<OwnNumber> {
    let place = |line: &Line| match &line.kind {
        LineKind::Support(_) => 0,
        LineKind::Forward { .. } | LineKind::Menu { .. } => 1,
        LineKind::Conference(_) => 2,
    };
    let mut lines: Vec<&Line> = plan.lines().filter(|line| line.number.is_some()).collect();
    lines.sort_by_key(|line| place(line));
    let lines = lines.into_iter();
    lines
        .map(|line| OwnNumber {
            line: line.id.to_string(),
            name: line.name.clone(),
        })
        .collect()
}
