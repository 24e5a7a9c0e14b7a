//! What agents and supervisors do by a click: brought to the rules, and answered in words that say what is true.

mod hand_over;
mod watch;

use desk::{DeskError, Viewer, WrapUpForm, chosen};
use exchange::{
    AgentEvent, AgentRefusal, Call, CallSid, Chosen, Command, Dialler, Duty, Event, Refusal,
    SupportEvent, UserName,
};
use store::{InboxEntry, InboxKind, WrapUpNote};

use crate::agents::{self, Told};
use crate::audit;
use crate::chain::chain;
use crate::door::{self, Answered, Knock};
use crate::state::AppState;

pub(crate) use hand_over::{an_agent, begin, hand_over, number};
pub(crate) use watch::{ask_help, take_over, watch};

/// What came of a click on a call.
pub(crate) enum Clicked {
    /// It is done, or was done before.
    Done,
    /// It cannot be.
    Refused(Refusal),
    /// An agent whom it concerns cannot take part in it.
    AgentRefused(AgentRefusal),
}

/// Chooses somebody's own status.
pub(crate) async fn choose(state: &AppState, by: &UserName, word: &str) -> Result<(), DeskError> {
    let chosen = chosen(word).map_err(DeskError::Invalid)?;
    tell(state, by, &AgentEvent::Chose(chosen), None).await
}

/// Chooses what somebody will be after the call; an empty word takes that back.
pub(crate) async fn choose_next(
    state: &AppState,
    by: &UserName,
    word: &str,
) -> Result<(), DeskError> {
    let next = match word {
        "" => None,
        word => Some(chosen(word).map_err(DeskError::Invalid)?),
    };
    tell(state, by, &AgentEvent::ChoseNext(next), None).await
}

/// Declines an offer that was made to whoever declines it.
pub(crate) async fn decline(
    state: &AppState,
    by: &UserName,
    call: &str,
    offer: u32,
) -> Result<(), DeskError> {
    let call = known(state, call).await?;
    let made = call.support().and_then(|support| support.offer(offer));
    if made.ok_or(DeskError::NotFound)?.agent != *by {
        return Err(DeskError::Forbidden);
    }
    command(state, by, &call.sid, Command::Decline { offer }).await
}

/// Does something with a call for whoever has a part in it.
pub(crate) async fn in_call(
    state: &AppState,
    by: &UserName,
    call: &str,
    what: Command,
) -> Result<(), DeskError> {
    let call = known(state, call).await?;
    if !has_part(&call, by) {
        return Err(DeskError::Forbidden);
    }
    command(state, by, &call.sid, what).await
}

/// Takes more time for a wrap-up that has begun.
pub(crate) async fn more_wrap_up(
    state: &AppState,
    by: &UserName,
    call: &str,
) -> Result<(), DeskError> {
    let call = sid(call)?;
    let now = state.clock.now();
    let agent = state.store.agent(by).await.map_err(broken)?;
    match agent.map(|known| known.agent.at(now).duty) {
        Some(Duty::WrapUp { call: of, .. }) if of == call => {
            tell(state, by, &AgentEvent::StaysInWrapUp { call }, None).await
        }
        Some(
            Duty::WrapUp { .. }
            | Duty::Free
            | Duty::Ringing { .. }
            | Duty::OnCall { .. }
            | Duty::Lost { .. }
            | Duty::NotResponding { .. },
        )
        | None => Err(DeskError::Refused(
            "The wrap-up of this call is over.".to_owned(),
        )),
    }
}

/// Notes how a call went, and ends the wrap-up of whoever had a part in it.
pub(crate) async fn finish_wrap_up(
    state: &AppState,
    by: &UserName,
    form: &WrapUpForm,
) -> Result<(), DeskError> {
    let words = form.parse().map_err(DeskError::Invalid)?;
    let call = known(state, &form.call).await?;
    if !has_part(&call, by) {
        return Err(DeskError::Forbidden);
    }
    if !words.is_empty() {
        let disposition = words.disposition.map_or("", desk::Disposition::word);
        let note = WrapUpNote {
            call: call.sid.clone(),
            by: by.clone(),
            disposition: disposition.to_owned(),
            notes: words.notes,
            at: state.clock.now(),
        };
        state.store.write_wrap_up(&note).await.map_err(broken)?;
    }
    tell(state, by, &AgentEvent::WrappedUp { call: call.sid }, None).await
}

/// Whose entries of the inbox a viewer may see: everybody's for who reads calls, else those of their teams.
pub(crate) async fn may_see(
    state: &AppState,
    viewer: &Viewer,
) -> Result<impl Fn(&InboxEntry) -> bool + Send + use<>, DeskError> {
    let teams = if viewer.role.reads_calls() {
        None
    } else {
        let user = UserName::parse(&viewer.user_name).map_err(|_| DeskError::Forbidden)?;
        let (_, plan) = state.plans.current();
        let known = agents::known(state, &user, &plan, state.clock.now()).await;
        Some(
            known
                .map_err(broken)?
                .map_or_else(Vec::new, |known| known.agent.teams),
        )
    };
    Ok(move |entry: &InboxEntry| match (&teams, &entry.team) {
        (None, _) | (_, None) => true,
        (Some(teams), Some(team)) => teams.contains(team),
    })
}

/// Ticks an entry of the inbox off, or takes that back. `may_see` says whether an entry is for whoever does it.
pub(crate) async fn tick_off(
    state: &AppState,
    by: &UserName,
    (call, kind): (&str, &str),
    done: bool,
    may_see: impl Fn(&InboxEntry) -> bool + Send,
) -> Result<(), DeskError> {
    let call = sid(call)?;
    let entry = state.store.inbox_entry(&call, kind).await.map_err(broken)?;
    let entry = entry.ok_or(DeskError::NotFound)?;
    if !may_see(&entry) {
        return Err(DeskError::Forbidden);
    }
    let what = match (&entry.what, done) {
        (InboxKind::Voicemail { .. }, true) => "Ticked the caller's message off.",
        (InboxKind::Voicemail { .. }, false) => "Took back that the caller's message is seen to.",
        (InboxKind::Callback, true) => "Ticked the wish to be called back off.",
        (InboxKind::Callback, false) => "Took back that the caller was called back.",
    };
    let done = done.then(|| (state.clock.now(), by));
    let ticked = state.store.tick_off(&call, kind, done).await;
    // What is so already is as it was wanted.
    if ticked.map_err(broken)? {
        audit::note(state, by.as_str(), call.as_str(), what).await;
    }
    Ok(())
}

/// Chooses somebody else's status.
pub(crate) async fn set_agent(
    state: &AppState,
    by: &UserName,
    agent: &str,
    word: &str,
) -> Result<(), DeskError> {
    let agent = UserName::parse(agent).map_err(|_| DeskError::NotFound)?;
    let chosen: Chosen = chosen(word).map_err(DeskError::Invalid)?;
    let set = AgentEvent::Set {
        chosen,
        by: by.clone(),
    };
    tell(state, &agent, &set, Some(by)).await
}

/// Frees somebody from what they are stuck in.
pub(crate) async fn free_agent(
    state: &AppState,
    by: &UserName,
    agent: &str,
) -> Result<(), DeskError> {
    let agent = UserName::parse(agent).map_err(|_| DeskError::NotFound)?;
    let now = state.clock.now();
    let (_, plan) = state.plans.current();
    let known = agents::known(state, &agent, &plan, now).await;
    let known = known.map_err(broken)?;
    match known.map(|known| known.agent.at(now)) {
        None => Err(DeskError::NotFound),
        Some(agent) if !agent.is_busy() => Err(DeskError::Refused(format!(
            "{} is not busy with anything.",
            agent.name
        ))),
        Some(_) => {
            let freed = AgentEvent::Freed { by: by.clone() };
            tell(state, &agent, &freed, Some(by)).await
        }
    }
}

async fn tell(
    state: &AppState,
    user: &UserName,
    event: &AgentEvent,
    by: Option<&UserName>,
) -> Result<(), DeskError> {
    match agents::tell(state, user, event, by).await {
        Ok(Told::Done) => Ok(()),
        Ok(Told::Refused(refusal)) => Err(DeskError::Refused(format!("{refusal}."))),
        Ok(Told::Nobody) => Err(DeskError::NotFound),
        Err(error) => {
            tracing::error!(error = chain(&error), agent.id = %user, "a click on an agent came to nothing");
            Err(DeskError::Internal)
        }
    }
}

async fn command(
    state: &AppState,
    by: &UserName,
    call: &CallSid,
    what: Command,
) -> Result<(), DeskError> {
    match click(state, by, call, what).await? {
        Clicked::Done => Ok(()),
        // The rules' own words say what is true now.
        Clicked::Refused(refusal) => Err(DeskError::Refused(refusal.to_string())),
        Clicked::AgentRefused(refusal) => Err(DeskError::Refused(format!("{refusal}."))),
    }
}

async fn click(
    state: &AppState,
    by: &UserName,
    call: &CallSid,
    what: Command,
) -> Result<Clicked, DeskError> {
    let name = match &what {
        Command::HangUp => "Hang up, by a click",
        Command::Hold { on: true } => "Hold, by a click",
        Command::Hold { on: false } => "Off hold, by a click",
        Command::Decline { .. } => "Decline, by a click",
        Command::HandOver { .. } => "Hand over, by a click",
        Command::CancelTransfer => "Cancel the transfer, by a click",
        Command::JoinAll => "Join all, by a click",
        Command::Swap => "Swap, by a click",
        Command::Complete => "Complete the transfer, by a click",
        Command::Drop { .. } => "Remove a party, by a click",
        Command::HoldParty { .. } => "Hold of a party, by a click",
        Command::MuteParty { .. } => "Mute of a party, by a click",
        Command::Watch { .. } => "Listen, coach or speak, by a click",
        Command::TakeOver => "Take over, by a click",
        Command::AskHelp { .. } => "Ask for help, by a click",
    };
    let knock = Knock {
        sid: call,
        identity: None,
        name,
        request: store::Request::default(),
        settles: None,
    };
    let by = by.clone();
    let event = Event::Support(SupportEvent::Command { by, what });
    match door::enter(state, knock, event, |_| None).await {
        Ok(Answered::Decided(_)) => Ok(Clicked::Done),
        Ok(Answered::NoCall) => Err(DeskError::NotFound),
        Ok(Answered::Refused(refusal)) => Ok(Clicked::Refused(refusal)),
        Ok(Answered::AgentRefused(refusal)) => Ok(Clicked::AgentRefused(refusal)),
        Err(failure) => {
            tracing::error!(error = chain(&failure), call.id = %call, "a click on a call came to nothing");
            Err(DeskError::Internal)
        }
    }
}

pub(crate) async fn known(state: &AppState, call: &str) -> Result<Call, DeskError> {
    let found = state.store.load(&sid(call)?).await.map_err(broken)?;
    found.map(|(_, call)| call).ok_or(DeskError::NotFound)
}

fn sid(call: &str) -> Result<CallSid, DeskError> {
    CallSid::parse(call).map_err(|_| DeskError::NotFound)
}

/// Whether somebody was ever rung for a call, sat in it, listened to it, or made it.
fn has_part(call: &Call, user: &UserName) -> bool {
    let made = call.calling_out().is_some_and(|out| match &out.by {
        Dialler::Person { user_name, .. } => user_name == user.as_str(),
        Dialler::Nobody => false,
    });
    made || call.support().is_some_and(|support| {
        let was_rung = support.offers.iter().any(|offer| offer.agent == *user);
        let has_watched = support.watchers.iter().any(|one| one.user == *user);
        was_rung || has_watched || support.seats.iter().any(|seat| seat.agent == *user)
    })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what `map_err` hands over"
)]
fn broken(error: store::Error) -> DeskError {
    tracing::error!(error = chain(&error), "a click came to nothing");
    DeskError::Internal
}
