//! One picture of the floor, written once for all who follow, and what of it is news to one of them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use desk::{
    Board, BoardView, ConsoleView, DayView, Floor, FloorChange, FloorPart, InboxItem, MyDesk,
    Viewer,
};
use exchange::{Moment, TeamId};
use serde::Serialize;

/// A part of a picture, and the same as text.
#[derive(Debug, Default)]
pub(super) struct Written<T> {
    pub(super) value: T,
    text: Arc<str>,
}

/// How the floor stands.
#[derive(Debug, Default)]
pub struct Picture {
    /// The floor.
    pub floor: Floor,
    /// What led here from the picture before.
    pub(super) change: Arc<str>,
    pub(super) whole: OnceLock<Arc<str>>,
    /// What concerns each agent, by user name.
    pub(super) mine: BTreeMap<String, Arc<Written<MyDesk>>>,
    /// Their teams.
    pub(super) teams: BTreeMap<String, Vec<TeamId>>,
    /// The teams of somebody who has not been an agent yet.
    pub(super) all_teams: Vec<TeamId>,
    /// What callers left, for each set of teams; for everybody's.
    pub(super) inboxes: BTreeMap<Option<Vec<TeamId>>, Arc<Written<Vec<InboxItem>>>>,
    pub(super) day: Arc<Written<DayView>>,
}

/// What a viewer has been sent.
#[derive(Debug, Default)]
pub struct Sent {
    number: Option<u64>,
    mine: Option<Arc<Written<MyDesk>>>,
    inbox: Option<Arc<Written<Vec<InboxItem>>>>,
    day: Option<Arc<Written<DayView>>>,
}

impl<T: Serialize + PartialEq> Written<T> {
    /// Writes a value down; one that is as before stays the same.
    pub(super) fn anew(value: T, before: Option<&Arc<Self>>) -> Arc<Self> {
        match before.filter(|before| before.value == value) {
            Some(before) => Arc::clone(before),
            None => Arc::new(Self {
                text: text(&value),
                value,
            }),
        }
    }
}

impl Picture {
    /// The console of a viewer.
    #[must_use]
    pub fn console(&self, viewer: &Viewer, now: Moment) -> ConsoleView {
        let mut floor = self.floor.clone();
        floor.now_ms = now.0;
        ConsoleView {
            floor,
            mine: self.mine(viewer).value.clone(),
            inbox: self.inbox(viewer).value.clone(),
        }
    }

    /// The board.
    #[must_use]
    pub fn board(&self, now: Moment) -> BoardView {
        let mut floor = self.floor.clone();
        floor.now_ms = now.0;
        BoardView {
            floor,
            day: self.day.value.clone(),
        }
    }

    /// Puts what a viewer may see onto the board that they begin with.
    pub fn show(&self, board: &mut Board, viewer: &Viewer, now: Moment) -> Sent {
        let sent = self.parts(viewer);
        let ConsoleView { floor, mine, inbox } = self.console(viewer, now);
        board.floor = Some(floor);
        board.mine = Some(mine);
        board.inbox = inbox;
        board.day = sent.day.as_ref().map(|day| day.value.clone());
        sent
    }

    /// What is news to a viewer, as a live event's text; nothing where nothing is.
    #[must_use]
    pub fn news(&self, viewer: &Viewer, sent: &mut Sent, now: Moment) -> Option<String> {
        let now_sent = self.parts(viewer);
        let floor = match sent.number {
            Some(number) if number == self.floor.number => None,
            Some(number) if number + 1 == self.floor.number => Some(Arc::clone(&self.change)),
            Some(_) | None => Some(self.whole()),
        };
        let mine = other(sent.mine.as_ref(), now_sent.mine.as_ref());
        let inbox = other(sent.inbox.as_ref(), now_sent.inbox.as_ref());
        let day = other(sent.day.as_ref(), now_sent.day.as_ref());
        *sent = now_sent;
        let parts: String = [
            ("floor", floor),
            ("mine", mine),
            ("inbox", inbox),
            ("day", day),
        ]
        .into_iter()
        .filter_map(|(name, text)| text.map(|text| format!(",\"{name}\":{text}")))
        .collect();
        let now = now.0;
        (!parts.is_empty()).then(|| format!("{{\"floor\":{{\"now_ms\":{now}{parts}}}}}"))
    }

    fn parts(&self, viewer: &Viewer) -> Sent {
        Sent {
            number: Some(self.floor.number),
            mine: Some(self.mine(viewer)),
            inbox: Some(self.inbox(viewer)),
            day: viewer.role.reads_calls().then(|| Arc::clone(&self.day)),
        }
    }

    fn mine(&self, viewer: &Viewer) -> Arc<Written<MyDesk>> {
        self.mine.get(&viewer.user_name).map_or_else(
            || Written::anew(super::mine::of_nobody(&viewer.user_name), None),
            Arc::clone,
        )
    }

    fn inbox(&self, viewer: &Viewer) -> Arc<Written<Vec<InboxItem>>> {
        let teams = self.teams_of(viewer).map(<[TeamId]>::to_vec);
        self.inboxes.get(&teams).map(Arc::clone).unwrap_or_default()
    }

    /// The teams whose entries somebody sees; nothing is all of them.
    fn teams_of(&self, viewer: &Viewer) -> Option<&[TeamId]> {
        (!viewer.role.reads_calls()).then(|| {
            let teams = self.teams.get(&viewer.user_name);
            teams.unwrap_or(&self.all_teams).as_slice()
        })
    }

    fn whole(&self) -> Arc<str> {
        Arc::clone(
            self.whole
                .get_or_init(|| text(&FloorPart::Whole(self.floor.clone()))),
        )
    }
}

/// What leads from one floor to another, as text.
pub(super) fn change(before: &Floor, after: &Floor) -> Arc<str> {
    text(&FloorPart::Change(FloorChange::between(before, after)))
}

/// Whether two floors show the same.
pub(super) fn is_as(one: &Floor, other: &Floor) -> bool {
    one.agents == other.agents
        && one.lines == other.lines
        && one.queue == other.queue
        && one.guard == other.guard
        && one.full == other.full
        && one.calls_out == other.calls_out
        && (one.talking, one.voicemails, one.callbacks)
            == (other.talking, other.voicemails, other.callbacks)
}

/// Whether nobody can tell two pictures apart.
pub(super) fn is_same(one: &Picture, other: &Picture) -> bool {
    let same_desks = one.mine.len() == other.mine.len()
        && one.mine.iter().all(|(user, desk)| {
            let other = other.mine.get(user);
            other.is_some_and(|other| Arc::ptr_eq(desk, other))
        });
    let same_inboxes = one.inboxes.len() == other.inboxes.len()
        && one.inboxes.iter().all(|(set, inbox)| {
            let other = other.inboxes.get(set);
            other.is_some_and(|other| Arc::ptr_eq(inbox, other))
        });
    one.floor.number == other.floor.number
        && same_desks
        && same_inboxes
        && one.teams == other.teams
        && Arc::ptr_eq(&one.day, &other.day)
}

fn other<T: PartialEq>(
    before: Option<&Arc<Written<T>>>,
    after: Option<&Arc<Written<T>>>,
) -> Option<Arc<str>> {
    let after = after?;
    let is_same =
        before.is_some_and(|before| Arc::ptr_eq(before, after) || before.value == after.value);
    (!is_same).then(|| Arc::clone(&after.text))
}

fn text<T: Serialize>(value: &T) -> Arc<str> {
    serde_json::to_string(value)
        .expect("a view is made of texts and numbers")
        .into()
}
