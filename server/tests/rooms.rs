//! Rooms on screens: who sees them, what a form does, the table of attendance, and two servers' monitors.

#[path = "support/floor.rs"]
mod floor;
mod support;

use std::time::Duration;

use axum::http::StatusCode;
use desk::Board;
use desk::rooms::{ActState, PersonStage, RoomStage, RoomStory, RoomsPage};
use support::{House, Persona};

use floor::{IDA, sid};

const ROOM: &str = "conference.main";
const MOIRA: &str = "+12025550142";
/// What the carrier calls the first conference of the room.
const FIRST: &str = "CF00000000000000000000000000000001";

#[tokio::test]
async fn supervisors_see_rooms_and_agents_do_not() {
    let house = House::open().await;
    house.enters(1, IDA).await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    let mut nobody = house.stranger();

    let page = sam.rooms().await;

    assert_eq!(page.live.rooms.len(), 1, "{page:#?}");
    let room = &page.live.rooms[0];
    assert_eq!((room.id.as_str(), room.stage), (ROOM, RoomStage::Waiting));
    assert_eq!(room.name, "Weekly meeting");
    assert_eq!(room.number.as_deref(), Some("+1 (202) 555-0105"));
    assert_eq!(room.people[0].label, "+1 (312) 555-0123");
    for path in ["/api/rooms/show", "/api/rooms/one?id=conference.main"] {
        assert_eq!(ana.gets(path).await.status, StatusCode::FORBIDDEN);
        assert_eq!(nobody.gets(path).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(sam.gets(path).await.status, StatusCode::OK);
    }
    let none = sam.gets("/api/rooms/one?id=conference.attic").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    house.close().await;
}

#[tokio::test]
async fn a_form_acts_for_supervisors_and_for_nobody_else() {
    let house = House::open().await;
    house.enters(1, IDA).await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    let leg = sid(1);
    let mute = [
        ("form[room]", ROOM),
        ("form[act]", "mute"),
        ("form[person]", leg.as_str()),
    ];

    let (forbidden, _) = ana.is_refused("rooms/act", &mute).await;
    let before = sam.room().await;
    sam.does("rooms/act", &mute).await;
    let after = sam.room().await;
    let (invalid, _) = sam
        .is_refused("rooms/act", &[("form[act]", "explode")])
        .await;

    assert_eq!((forbidden, invalid), (403, 422));
    let acts = |story: &RoomStory| {
        let room = story.live.as_ref().expect("somebody is in");
        room.people[0].acts.clone()
    };
    assert_eq!(acts(&before), []);
    assert_eq!(acts(&after)[0].state, ActState::Wanted);
    assert_eq!(acts(&after)[0].by, "Sam");
    assert!(
        after.log.iter().any(|line| line.text.starts_with("Sam ")),
        "{:#?}",
        after.log
    );
    house.close().await;
}

#[tokio::test]
async fn attendance_is_a_table_for_supervisors() {
    let house = House::open().await;
    house.enters(1, IDA).await;
    house.enters(2, MOIRA).await;
    house.clock.advance(Duration::from_secs(90));
    house.leaves(1, IDA, 3).await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    let path = "/conferences/conference.main/attendance.csv";

    let table = sam.gets(path).await;
    let forbidden = ana.gets(path).await;
    let signed_out = house.stranger().gets(path).await;
    let other = sam.gets(&format!("{path}?began=7")).await;

    assert_eq!(
        table.header("content-type"),
        Some("text/csv; charset=utf-8")
    );
    let rows: Vec<&str> = table.body.lines().collect();
    assert_eq!(rows.len(), 3, "{}", table.body);
    assert_eq!(rows[0], "who,number,role,joined,left,seconds,why");
    assert!(
        rows[1].starts_with("+1 (312) 555-0123,+13125550123,Participant,"),
        "{}",
        rows[1]
    );
    assert!(rows[1].ends_with(",90,Hung up"), "{}", rows[1]);
    assert!(rows[2].contains(",Moderator,"), "{}", rows[2]);
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
    assert_eq!(signed_out.status, StatusCode::UNAUTHORIZED);
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    house.close().await;
}

#[tokio::test]
async fn the_monitors_of_two_servers_stay_equal() {
    let house = House::open().await;
    let (state, router) = house.beside().await;
    for one in [&house.state, &state] {
        one.tasks.start(server::rooms::run(one.clone()));
    }
    let sam = house.supervisor().await;
    let (mut here, mut there) = (Board::default(), Board::default());
    let mut feed = sam.follows(&house.router).await;
    let mut other = sam.follows(&router).await;
    feed.until(&mut here, |board| board.rooms.is_some()).await;
    other.until(&mut there, |board| board.rooms.is_some()).await;

    for n in 1..=3 {
        house.enters(n, if n == 3 { MOIRA } else { IDA }).await;
    }
    house.leaves(2, IDA, 9).await;
    // Where no news travels between processes, each looks every five seconds.
    house.clock.advance(Duration::from_secs(6));
    let is_told = |board: &Board| {
        let room = board.rooms.as_ref().and_then(|rooms| rooms.room(ROOM));
        room.is_some_and(|room| room.people.len() == 2 && room.present() == 2)
    };
    feed.until(&mut here, is_told).await;
    other.until(&mut there, is_told).await;

    let rooms = |board: &Board| board.rooms.clone().expect("she may see them").rooms;
    assert_eq!(rooms(&here), rooms(&there));
    let stages: Vec<PersonStage> = rooms(&here)[0].people.iter().map(|one| one.stage).collect();
    assert_eq!(stages, [PersonStage::In, PersonStage::In]);
    for one in [&house.state, &state] {
        one.tasks.finish(Duration::from_secs(5)).await;
    }
    state.store.close().await;
    house.close().await;
}

#[tokio::test]
async fn agents_are_sent_no_rooms() {
    let house = House::open().await;
    let ana = house.agent().await;
    let mut board = Board::default();

    let mut feed = ana.follows(&house.router).await;
    feed.until(&mut board, |board| board.floor.is_some()).await;

    assert_eq!(board.rooms, None);
    house.close().await;
}

impl House {
    /// Somebody calls the conference line, and is in its room.
    async fn enters(&self, n: u32, from: &str) {
        let leg = sid(n);
        let more = [("From", from), ("To", "+12025550105")];
        self.caller_asks(&leg, "/voice", &more).await;
        self.tells(&leg, "participant-join", n).await;
    }

    /// They hang up.
    async fn leaves(&self, n: u32, from: &str, sequence: u32) {
        let leg = sid(n);
        self.tells(&leg, "participant-leave", sequence).await;
        let more = [
            ("From", from),
            ("To", "+12025550105"),
            ("CallStatus", "completed"),
        ];
        self.caller_asks(&leg, "/voice/left", &more).await;
    }

    /// The carrier tells of somebody in the room.
    async fn tells(&self, leg: &str, event: &str, sequence: u32) {
        let sequence = sequence.to_string();
        let form = [
            ("ConferenceSid", FIRST),
            ("FriendlyName", ROOM),
            ("StatusCallbackEvent", event),
            ("SequenceNumber", sequence.as_str()),
            ("CallSid", leg),
            ("ReasonParticipantLeft", "participant_hung_up"),
        ];
        let path = "/twilio/conference-status";
        let answer = self.carrier().posts(path, &form).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    }
}

impl Persona {
    async fn rooms(&mut self) -> RoomsPage {
        let answer = self.gets("/api/rooms/show").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        serde_json::from_str(&answer.body).expect("a page")
    }

    async fn room(&mut self) -> RoomStory {
        let answer = self.gets("/api/rooms/one?id=conference.main").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        serde_json::from_str(&answer.body).expect("a room")
    }
}
