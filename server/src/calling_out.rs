//! Whether a number may be called from a browser: asked before it is, so that the answer stands at the field.

use desk::{DeskError, Viewer, not_called};
use exchange::{CallingOut, Dialler};

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
