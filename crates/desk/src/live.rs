//! What the screen follows: a picture of how things stand, and the changes that come after it.

use serde::{Deserialize, Serialize};

use crate::floor::{DayView, Floor, FloorNews, InboxItem, MyDesk};
use crate::phones::{Habit, Logged, NumberHabit, Phone, Stage};
use crate::rooms::{Rooms, RoomsPart};

/// One message of the live feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiveEvent {
    /// How everything stands; whatever was known before counts no longer.
    Fresh(Box<Board>),
    /// Something changed.
    News(News),
    /// The floor changed, or what concerns the viewer.
    Floor(Box<FloorNews>),
    /// Rooms came, changed or went.
    Rooms(Box<RoomsPart>),
}

/// A change, and its number: each is greater than the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Its number.
    pub number: u64,
    /// What changed.
    pub change: Change,
}

/// What can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A telephone came, or stands differently.
    Phone(Box<PhoneNews>),
    /// A telephone is no longer shown.
    PhoneGone(String),
    /// A number has another habit.
    Habit(NumberHabit),
}

/// How a telephone stands, with what its log gained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneNews {
    /// The telephone, without its log.
    pub phone: Phone,
    /// How much of the log was known before.
    pub known: usize,
    /// What the log gained.
    pub gained: Vec<Logged>,
}

/// The parts of the board that somebody may see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// The pretend telephones.
    pub phones: bool,
}

impl Sight {
    /// Whether a change concerns a part that may be seen.
    #[must_use]
    pub fn sees(self, change: &Change) -> bool {
        match change {
            Change::Phone(_) | Change::PhoneGone(_) | Change::Habit(_) => self.phones,
        }
    }
}

/// How everything stands that the screen follows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// The number of the last change that it holds.
    pub number: u64,
    /// What time it was when the picture was taken, in milliseconds since 1970 UTC.
    pub now_ms: i64,
    /// The telephones, in the order in which their calls began.
    pub phones: Vec<Phone>,
    /// Numbers with a habit of their own.
    pub habits: Vec<NumberHabit>,
    /// The floor, for whoever is signed in.
    #[serde(default)]
    pub floor: Option<Floor>,
    /// What concerns whoever is signed in.
    #[serde(default)]
    pub mine: Option<MyDesk>,
    /// What callers left for the viewer's teams.
    #[serde(default)]
    pub inbox: Vec<InboxItem>,
    /// What the day has brought, for those who may see it.
    #[serde(default)]
    pub day: Option<DayView>,
    /// The rooms that live now, for those who may see them.
    #[serde(default)]
    pub rooms: Option<Rooms>,
}

impl Board {
    /// Takes an event in. A change that the board holds already changes nothing.
    pub fn apply(&mut self, event: LiveEvent) {
        match event {
            LiveEvent::Fresh(board) => *self = *board,
            LiveEvent::News(News { number, .. }) if number <= self.number => {}
            LiveEvent::News(News { number, change }) => {
                self.number = number;
                self.change(change);
            }
            LiveEvent::Floor(news) => self.take_floor(*news),
            LiveEvent::Rooms(part) => self.rooms.get_or_insert_default().take(*part),
        }
    }

    fn take_floor(&mut self, news: FloorNews) {
        if let Some(part) = news.floor {
            let floor = self.floor.get_or_insert_default();
            floor.take(part);
            floor.now_ms = news.now_ms;
        }
        self.mine = news.mine.or(self.mine.take());
        self.inbox = news.inbox.unwrap_or(std::mem::take(&mut self.inbox));
        self.day = news.day.or(self.day.take());
    }

    /// The parts of the board that may be seen.
    #[must_use]
    pub fn seen_with(&self, sight: Sight) -> Self {
        if sight.phones {
            return self.clone();
        }
        Self {
            phones: Vec::new(),
            habits: Vec::new(),
            ..self.clone()
        }
    }

    /// The telephone of a leg.
    #[must_use]
    pub fn phone(&self, sid: &str) -> Option<&Phone> {
        self.phones.iter().find(|phone| phone.sid == sid)
    }

    /// The telephones as they are best laid out: those in calls in the order in which these began, then those whose call
    /// is over, the latest first.
    #[must_use]
    pub fn in_sight(&self) -> Vec<String> {
        let (over, on): (Vec<&Phone>, Vec<&Phone>) = self
            .phones
            .iter()
            .partition(|phone| phone.stage == Stage::Over);
        let phones = on.into_iter().chain(over.into_iter().rev());
        phones.map(|phone| phone.sid.clone()).collect()
    }

    /// The habit of a number.
    #[must_use]
    pub fn habit_of(&self, number: &str) -> Habit {
        self.habits
            .iter()
            .find(|row| row.number == number)
            .map_or(Habit::Ask, |row| row.habit)
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::Phone(news) => self.take_phone(*news),
            Change::PhoneGone(sid) => self.phones.retain(|phone| phone.sid != sid),
            Change::Habit(row) => {
                self.habits.retain(|known| known.number != row.number);
                if row.habit != Habit::Ask {
                    self.habits.push(row);
                }
            }
        }
    }

    fn take_phone(&mut self, news: PhoneNews) {
        let PhoneNews {
            mut phone,
            known,
            gained,
        } = news;
        let place = self.phones.iter().position(|old| old.sid == phone.sid);
        let mut log = place.map_or_else(Vec::new, |place| {
            std::mem::take(&mut self.phones[place].log)
        });
        log.truncate(known);
        log.extend(gained);
        phone.log = log;
        match place {
            Some(place) => self.phones[place] = phone,
            None => self.phones.push(phone),
        }
    }
}

/// Asks a browser to say that it is still there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ping {
    /// Names the connection; only its browser knows it.
    pub connection: String,
    /// Counts the pings of a connection.
    pub beat: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::floor::FloorPart;
    use crate::phones::Happening;
    use crate::phones::tests::{log, phone};

    #[test]
    fn a_log_grows_by_what_is_new_and_the_rest_is_replaced() {
        let mut board = Board::default();

        board.apply(news(1, ringing(0, &["Welcome"])));
        board.apply(news(2, talking(1, &["to the line"])));

        assert_eq!(said(&board), ["Welcome", "to the line"]);
        assert_eq!(board.phones[0].stage, Stage::Talking);
    }

    #[test]
    fn an_event_that_comes_twice_or_late_changes_nothing() {
        let mut board = Board::default();
        board.apply(news(1, ringing(0, &["Welcome"])));
        board.apply(news(2, talking(1, &["to the line"])));
        let before = board.clone();

        board.apply(news(2, talking(1, &["to the line"])));
        board.apply(news(1, ringing(0, &["Welcome"])));

        assert_eq!(board, before);
    }

    #[test]
    fn a_fresh_picture_counts_whatever_was_known() {
        let mut board = Board::default();
        board.apply(news(7, ringing(0, &["Welcome"])));

        let fresh = Board {
            number: 3,
            ..Board::default()
        };
        board.apply(LiveEvent::Fresh(Box::new(fresh.clone())));
        assert_eq!(board, fresh);
        board.apply(news(4, ringing(0, &["Again"])));

        assert_eq!(said(&board), ["Again"]);
    }

    #[test]
    fn a_telephone_that_is_put_away_is_gone_and_the_others_stay() {
        let mut board = Board::default();
        for (number, sid) in [(1, "CA1"), (2, "CA2")] {
            let phone = phone(sid, Stage::Over);
            board.apply(news(
                number,
                Change::Phone(Box::new(PhoneNews {
                    phone,
                    known: 0,
                    gained: Vec::new(),
                })),
            ));
        }

        board.apply(news(3, Change::PhoneGone("CA1".to_owned())));

        assert!(board.phone("CA1").is_none() && board.phone("CA2").is_some());
    }

    #[test]
    fn telephones_in_calls_come_before_those_whose_call_is_over() {
        let stages = [
            ("CA1", Stage::Over),
            ("CA2", Stage::Talking),
            ("CA3", Stage::Over),
            ("CA4", Stage::Ringing),
        ];
        let board = Board {
            phones: stages.map(|(sid, stage)| phone(sid, stage)).into(),
            ..Board::default()
        };

        assert_eq!(board.in_sight(), ["CA2", "CA4", "CA3", "CA1"]);
    }

    #[test]
    fn only_habits_that_differ_are_kept() {
        let row = |habit| {
            Change::Habit(NumberHabit {
                number: "+12022242152".to_owned(),
                holder: "Dick Durbin".to_owned(),
                habit,
            })
        };
        let mut board = Board::default();

        board.apply(news(1, row(Habit::Busy)));
        board.apply(news(2, row(Habit::Ring)));
        assert_eq!(board.habit_of("+12022242152"), Habit::Ring);
        board.apply(news(3, row(Habit::Ask)));

        assert_eq!(board.habits, []);
    }

    #[test]
    fn who_may_not_see_the_telephones_gets_a_board_without_them() {
        let mut board = Board::default();
        board.apply(news(1, ringing(0, &["Welcome"])));
        let blind = Sight { phones: false };

        assert_eq!(board.seen_with(blind).phones, []);
        assert_eq!(board.seen_with(blind).number, 1);
        assert!(!blind.sees(&ringing(0, &[])));
        assert_eq!(board.seen_with(Sight { phones: true }), board);
    }

    #[test]
    fn what_the_news_of_the_floor_leave_out_stays_as_it_was() {
        let mine = MyDesk {
            user: "ana".to_owned(),
            ..MyDesk::default()
        };
        let day = DayView::default();
        let mut board = Board {
            mine: Some(mine.clone()),
            day: Some(day.clone()),
            ..Board::default()
        };
        let floor = Floor {
            number: 4,
            talking: 2,
            ..Floor::default()
        };

        board.apply(LiveEvent::Floor(Box::new(FloorNews {
            now_ms: 9,
            floor: Some(FloorPart::Whole(floor.clone())),
            ..FloorNews::default()
        })));

        assert_eq!(board.floor, Some(Floor { now_ms: 9, ..floor }));
        assert_eq!((board.mine, board.day), (Some(mine), Some(day)));
    }

    #[test]
    fn rooms_that_change_leave_the_rest_of_the_board_as_it_was() {
        let floor = Some(Floor::default());
        let mut board = Board {
            number: 4,
            floor: floor.clone(),
            ..Board::default()
        };
        let rooms = Rooms {
            number: 7,
            now_ms: 9,
            rooms: Vec::new(),
        };

        board.apply(LiveEvent::Rooms(Box::new(RoomsPart::Whole(rooms.clone()))));

        assert_eq!(
            (board.number, board.floor, board.rooms),
            (4, floor, Some(rooms))
        );
    }

    fn news(number: u64, change: Change) -> LiveEvent {
        LiveEvent::News(News { number, change })
    }

    fn ringing(known: usize, words: &[&str]) -> Change {
        with_words(Stage::Ringing, known, words)
    }

    fn talking(known: usize, words: &[&str]) -> Change {
        with_words(Stage::Talking, known, words)
    }

    fn with_words(stage: Stage, known: usize, words: &[&str]) -> Change {
        let said = |text: &&str| Happening::Said {
            text: (*text).to_owned(),
            language: None,
        };
        Change::Phone(Box::new(PhoneNews {
            phone: phone("CA1", stage),
            known,
            gained: log(words.iter().map(said)),
        }))
    }

    fn said(board: &Board) -> Vec<String> {
        let lines = board.phones[0].transcript();
        lines.into_iter().map(|line| line.text).collect()
    }
}
