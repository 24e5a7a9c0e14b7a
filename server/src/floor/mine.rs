//! What concerns one agent, made of how they stand and of the call that has them.

use desk::{
    CallState, CallerView, Doing, EarlierCall, HoldState, MyCall, MyDesk, RecentCall, Rung,
    StandingView, StoryNote, Tone, WatchView, WrappingUp,
};
use exchange::{
    Agent, Call, Caller, Chosen, Duty, LineId, Moment, Plan, Presence, Stage, Support, UserName,
    shown,
};

use super::{handing, watchers};

/// What is known around an agent.
pub(super) struct Around<'a> {
    pub(super) plan: &'a Plan,
    pub(super) call: Option<&'a Call>,
    pub(super) earlier: &'a [EarlierCall],
    pub(super) recent: Vec<RecentCall>,
    pub(super) watching: Option<WatchView>,
    pub(super) name_of: &'a dyn Fn(&UserName) -> String,
}

pub(super) fn of(agent: &Agent, presence: &Presence, now: Moment, around: Around<'_>) -> MyDesk {
    let agent = agent.at(now);
    MyDesk {
        user: agent.user.to_string(),
        chosen: agent.chosen.word().to_owned(),
        next: agent.next.map(|next| next.word().to_owned()),
        standing: StandingView::from(&shown(&agent, presence, now)),
        doing: doing(&agent, &around),
        recent: around.recent,
        watching: around.watching,
    }
}

/// The desk of somebody who has never chosen anything.
pub(super) fn of_nobody(user: &str) -> MyDesk {
    MyDesk {
        user: user.to_owned(),
        chosen: Chosen::Offline.word().to_owned(),
        standing: StandingView {
            word: exchange::Shown::Offline.word().to_owned(),
            label: exchange::Shown::Offline.label().to_owned(),
            tone: Tone::Quiet,
            ..StandingView::default()
        },
        ..MyDesk::default()
    }
}

/// Who is at the other end of a call, as agents read it.
pub(super) fn caller(call: &Call) -> CallerView {
    if call.calling_out().is_some() {
        let number = call.dialled.as_ref();
        return CallerView {
            label: number.map_or_else(
                || {
                    call.calling_out()
                        .map(|out| out.to.clone())
                        .unwrap_or_default()
                },
                exchange::PhoneNumber::formatted,
            ),
            number: number.map(ToString::to_string),
            place: String::new(),
        };
    }
    CallerView {
        label: call.caller.label(),
        number: call.caller.number().map(ToString::to_string),
        place: call.place.label(),
    }
}

pub(super) fn line_name(plan: &Plan, line: &LineId) -> String {
    plan.line(line)
        .map_or_else(|| line.to_string(), |line| line.name.clone())
}

/// A caller's earlier call as agents read it.
pub(super) fn earlier(call: &Call, notes: Vec<StoryNote>, plan: &Plan) -> EarlierCall {
    let (text, tone) = match &call.ended {
        None => ("Under way".to_owned(), Tone::Live),
        Some(ended) => (ended.how.sentence().to_owned(), Tone::of(ended.how)),
    };
    let text = match call.calling_out() {
        Some(_) => format!("{}: {text}", call.made_by()),
        None => text,
    };
    EarlierCall {
        sid: call.sid.to_string(),
        at_ms: call.started.0,
        line_name: line_name(plan, &call.line),
        text,
        tone,
        notes: notes.into_iter().filter_map(note).collect(),
    }
}

fn note(note: StoryNote) -> Option<String> {
    match note {
        StoryNote::WrapUp {
            disposition, notes, ..
        } => {
            let label = desk::Disposition::parse(&disposition).map(desk::Disposition::label);
            match (label, notes.is_empty()) {
                (Some(label), true) => Some(label.to_owned()),
                (Some(label), false) => Some(format!("{label}: {notes}")),
                (None, false) => Some(notes),
                (None, true) => None,
            }
        }
        StoryNote::Survey { .. } => None,
    }
}

fn doing(agent: &Agent, around: &Around<'_>) -> Doing {
    let Some(call) = around.call else {
        return Doing::Nothing;
    };
    let sid = call.sid.to_string();
    let line_name = line_name(around.plan, &call.line);
    match &agent.duty {
        Duty::Ringing { offer, since, .. } => {
            let made = call.support().and_then(|support| support.offer(*offer));
            Doing::Rung(Box::new(Rung {
                call: sid,
                offer: *offer,
                caller: caller(call),
                line_name,
                since_ms: since.0,
                waiting_since_ms: call
                    .support()
                    .map_or(call.started, |support| support.queued)
                    .0,
                again: made.is_some_and(|offer| offer.again),
                handed: made.and_then(handing::handed),
                earlier: around.earlier.to_vec(),
            }))
        }
        Duty::OnCall { since, .. } | Duty::Lost { since, .. } => {
            Doing::Call(Box::new(my_call(agent, call, *since, around)))
        }
        Duty::WrapUp { since, until, .. } => Doing::WrapUp(Box::new(WrappingUp {
            call: sid,
            caller: caller(call),
            line_name,
            since_ms: since.0,
            until_ms: until.map(|until| until.0),
        })),
        Duty::Free | Duty::NotResponding { .. } => Doing::Nothing,
    }
}

fn my_call(agent: &Agent, call: &Call, since: Moment, around: &Around<'_>) -> MyCall {
    let (support, user) = (call.support(), &agent.user);
    let line = around.plan.line(&call.line);
    MyCall {
        call: call.sid.to_string(),
        caller: caller(call),
        line_name: line_name(around.plan, &call.line),
        state: state_of(agent, call),
        since_ms: since.0,
        hold: support.map_or(HoldState::Off, |support| support.room.hold.into()),
        others: support
            .map(|support| others(support, user, around.name_of))
            .unwrap_or_default(),
        parties: support
            .map(|support| handing::parties(call, support, user, around.name_of))
            .unwrap_or_default(),
        may_hand_over: support.is_some_and(|support| support.may_hand_over(user)),
        dials: line.map_or_else(Vec::new, |line| line.dial.allowed.clone()),
        transfer: support.and_then(|support| handing::transfer(support, user, around.name_of)),
        failed: support.and_then(|support| handing::failed(support, user)),
        handed: support
            .and_then(|support| support.handed_to(user))
            .and_then(handing::handed),
        watchers: support
            .map(|support| watchers::shown_to(user, call, support, around.plan))
            .unwrap_or_default(),
        help_since_ms: watchers::help_since(user, call),
        earlier: around.earlier.to_vec(),
    }
}

fn state_of(agent: &Agent, call: &Call) -> CallState {
    if matches!(agent.duty, Duty::Lost { .. }) {
        return CallState::Lost;
    }
    match call.support().map(|support| &support.stage) {
        None => CallState::CallingOut,
        Some(Stage::Ending(_) | Stage::Survey { .. }) => CallState::Ending,
        Some(
            Stage::Arrived
            | Stage::Waiting(_)
            | Stage::Offered { .. }
            | Stage::Talking { .. }
            | Stage::Outside { .. }
            | Stage::TurnedAway(_)
            | Stage::Asked(_)
            | Stage::Recording,
        ) => CallState::Talking,
    }
}

fn others(
    support: &Support,
    user: &UserName,
    name_of: &dyn Fn(&UserName) -> String,
) -> Vec<String> {
    let seats = support.seats.iter();
    seats
        .filter(|seat| seat.gone.is_none() && (seat.agent != *user || seat.number.is_some()))
        .map(|seat| match &seat.number {
            Some(number) => number.formatted(),
            None => name_of(&seat.agent),
        })
        .collect()
}

/// The number by which a caller's earlier calls are found.
pub(super) fn number_of(call: &Call) -> Option<&exchange::PhoneNumber> {
    if call.calling_out().is_some() {
        return call.dialled.as_ref();
    }
    match &call.caller {
        Caller::Number(number) => Some(number),
        Caller::Client(_) | Caller::Sip(_) | Caller::Withheld | Caller::Other(_) => None,
    }
}
