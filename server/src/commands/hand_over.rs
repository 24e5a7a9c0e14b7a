//! Handing a caller over: what was asked for, brought to the rules, and their refusal at the field that caused it.

use desk::{DeskError, FieldError, HandOver, HandOverForm, To};
use exchange::{
    Call, CallOutRefusal, CallingOut, Command, Dialler, PhoneNumber, Refusal, Target, TeamId,
    TransferKind, UserName,
};

use super::{Clicked, broken, click, has_part, known};
use crate::agents;
use crate::effects::guard;
use crate::state::AppState;

/// Hands the caller of a call over for whoever has a part in it.
pub(crate) async fn hand_over(
    state: &AppState,
    by: &UserName,
    form: &HandOverForm,
) -> Result<(), DeskError> {
    let asked = form.parse().map_err(DeskError::Invalid)?;
    let call = known(state, asked.call.as_str()).await?;
    if !has_part(&call, by) {
        return Err(DeskError::Forbidden);
    }
    let target = target(state, by, &call, &asked).await?;
    begin(state, by, &call, target, asked.kind, asked.note).await
}

/// Hands a caller over, unless the account cannot bear the leg that it takes.
pub(crate) async fn begin(
    state: &AppState,
    by: &UserName,
    call: &Call,
    target: Target,
    kind: TransferKind,
    note: String,
) -> Result<(), DeskError> {
    let field = match &target {
        Target::Agent { .. } => "agent",
        Target::Queue { .. } => "team",
        Target::Number { .. } => "number",
    };
    // Whoever leaves at once makes room for whoever comes.
    let takes_a_leg = match kind {
        TransferKind::Warm | TransferKind::Consult => true,
        TransferKind::Cold => false,
    };
    let may = call.support().is_some_and(|one| one.may_hand_over(by));
    let claim = (takes_a_leg && may).then(|| format!("{}.{by}", call.sid));
    if let Some(claim) = &claim
        && !guard::claim(state, claim).await.map_err(broken)?
    {
        return Err(DeskError::Refused(guard::full(state)));
    }
    let what = Command::HandOver { target, kind, note };
    let clicked = click(state, by, &call.sid, what).await;
    if let Some(claim) = &claim {
        guard::give_back(state, claim).await;
    }
    match clicked? {
        Clicked::Done => Ok(()),
        Clicked::Refused(refusal) => Err(refused(&refusal, field)),
        Clicked::AgentRefused(refusal) => Err(DeskError::Invalid(vec![FieldError::new(
            field,
            format!("{refusal}."),
        )])),
    }
}

/// What the rules are against, at its field where it is one.
fn refused(refusal: &Refusal, field: &str) -> DeskError {
    let words = refusal.to_string();
    if refusal.is_about_target() {
        DeskError::Invalid(vec![FieldError::new(field, words)])
    } else {
        DeskError::Refused(words)
    }
}

async fn target(
    state: &AppState,
    by: &UserName,
    call: &Call,
    asked: &HandOver,
) -> Result<Target, DeskError> {
    match &asked.to {
        To::Agent(user) => an_agent(state, user).await,
        To::Queue(team) => queue(state, team),
        To::Number(typed) => {
            let number = number(state, by, call.line.as_str(), typed);
            number.map(|number| Target::Number { number })
        }
    }
}

/// An agent by their user name.
pub(crate) async fn an_agent(state: &AppState, user: &UserName) -> Result<Target, DeskError> {
    let (_, plan) = state.plans.current();
    let known = agents::known(state, user, &plan, state.clock.now()).await;
    let known = known.map_err(broken)?;
    let agent =
        known.ok_or_else(|| wrong("agent", "There is nobody of that name who takes calls."))?;
    Ok(Target::Agent {
        user: user.clone(),
        name: agent.agent.name,
    })
}

fn queue(state: &AppState, team: &TeamId) -> Result<Target, DeskError> {
    let (_, plan) = state.plans.current();
    if agents::teams(&plan).contains(team) {
        Ok(Target::Queue { team: team.clone() })
    } else {
        Err(wrong("team", "There is no team of that name."))
    }
}

/// A number, read as people at the line's telephone type it, and asked of the line's rules.
pub(crate) fn number(
    state: &AppState,
    by: &UserName,
    line: &str,
    typed: &str,
) -> Result<PhoneNumber, DeskError> {
    let (_, plan) = state.plans.current();
    let by = Dialler::Person {
        user_name: by.to_string(),
        name: by.to_string(),
    };
    let read = CallingOut::new(by, typed, Some(line)).check(&plan);
    read.map_err(|refusal| match refusal {
        CallOutRefusal::Rules(why) => {
            wrong("number", &format!("This number is not dialled: {why}."))
        }
        CallOutRefusal::NotANumber(_) | CallOutRefusal::NoNumber => wrong(
            "number",
            "Write the number with its country code, like +1 312 555 0123.",
        ),
        CallOutRefusal::Nobody | CallOutRefusal::NoLine(_) | CallOutRefusal::NoCallerId(_) => {
            wrong("number", "This line has no number that could be shown.")
        }
    })
}

fn wrong(field: &str, words: &str) -> DeskError {
    DeskError::Invalid(vec![FieldError::new(field, words)])
}
