//! Rooms on screens: who sees them, what a form does, what is over, and two servers' monitors.

#[path = "rooms/called_in.rs"]
mod called_in;
#[path = "support/floor.rs"]
mod floor;
#[path = "rooms/past.rs"]
mod past;
mod support;

use std::time::Duration;

use axum::http::StatusCode;
use desk::Board;
use desk::rooms::{ActState, PersonRole, PersonStage, RoomStage, RoomStory, RoomsPage};
use exchange::CallSid;
use server::config::DEMONSTRATION_SID;
use support::{House, Persona};

use floor::{IDA, sid};

const ROOM: &str = "conference.main";
const LINE: &str = "+12025550105";
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
async fn a_moderator_is_known_by_a_number_whose_plus_sign_is_not_escaped() {
    let house = House::open().await;
    let call = sid(1);
    let target = format!(
        "/voice?AccountSid={DEMONSTRATION_SID}&CallSid={call}&From={MOIRA}&To={LINE}\
         &CallStatus=ringing&Direction=inbound"
    );

    let answer = house.carrier().gets(&target).await;

    assert_eq!(answer.status, StatusCode::OK);
    let flags = r#"startConferenceOnEnter="true" endConferenceOnExit="true""#;
    assert!(answer.body.contains(flags), "{}", answer.body);
    let story = house.supervisor().await.room().await;
    let room = story.live.expect("she is on her way in");
    assert_eq!(room.people[0].label, "+1 (202) 555-0142");
    assert_eq!(room.people[0].role, PersonRole::Moderator);
    house.close().await;
}

#[tokio::test]
async fn no_pin_and_no_code_stands_in_the_story_of_a_call() {
    let house = House::open().await;
    let call = sid(1);
    let to = ("To", "+12025550106");
    house.caller_asks(&call, "/voice", &[to]).await;
    for (path, keys) in [
        ("/voice/code", "7319"),
        ("/voice/code", "1"),
        ("/voice/pin", "8642"),
        ("/voice/next", "8643"),
        ("/line/rooms", "8645"),
        ("/voice/menu", "8646"),
        ("/ivr/menu", "8647"),
        ("/voice/pin", "2468"),
    ] {
        let more = [to, ("Digits", keys)];
        house.caller_asks(&call, path, &more).await;
    }
    let target = format!(
        "/voice/pin?AccountSid={DEMONSTRATION_SID}&CallSid={call}&From={IDA}&To={}&Digits=8644",
        to.1
    );
    house.carrier().gets(&target).await;

    let call = CallSid::parse(&call).expect("a call");
    let story = house.store().call_story(&call).await.expect("an answer");
    let story = story.expect("they called");
    let told = format!("{story:?}");
    for keys in [
        "7319", "8642", "8643", "8644", "8645", "8646", "8647", "2468",
    ] {
        assert!(!told.contains(keys), "{told}");
    }
    assert!(told.contains("Keyed in a wrong PIN."), "{told}");
    assert!(told.contains("(not kept)"), "{told}");
    house.close().await;
}

#[tokio::test]
async fn of_many_who_guess_at_once_no_more_than_ten_are_heard() {
    let house = House::open().await;
    let calls: Vec<String> = (1..=16).map(sid).collect();
    let to = ("To", "+12025550106");
    for call in &calls {
        house.caller_asks(call, "/voice", &[to]).await;
    }

    let guesses = calls.iter().map(|call| {
        let more = [to, ("Digits", "77")];
        let house = &house;
        async move { house.caller_asks(call, "/voice/code", &more).await }
    });
    futures::future::join_all(guesses).await;

    let mut heard = 0;
    for call in &calls {
        let call = CallSid::parse(call).expect("a call");
        let story = house.store().call_story(&call).await.expect("an answer");
        let told = format!("{story:?}");
        heard += usize::from(told.contains("Keyed in a wrong code."));
    }
    // A wrong one counts twice until it is answered.
    assert!((5..=10).contains(&heard), "{heard}");
    house.close().await;
}

#[tokio::test]
async fn who_speaks_is_shown_and_leaves_no_trace_in_the_journal() {
    let house = House::open().await;
    house.enters(1, IDA).await;
    house.enters(2, MOIRA).await;
    let mut sam = house.supervisor().await;
    let call = CallSid::parse(&sid(1)).expect("a call");
    let entries = async || {
        let story = house.store().call_story(&call).await.expect("an answer");
        story.expect("they called").entries.len()
    };
    let before = entries().await;

    house.tells(&sid(1), "participant-speech-start", 5).await;
    house.tells(&sid(1), "participant-speech-start", 5).await;
    let speaking = sam.room().await.live.expect("they are in").people[0].speaking_since_ms;
    house.tells(&sid(1), "participant-speech-stop", 6).await;
    let silent = sam.room().await.live.expect("they are in").people[0].speaking_since_ms;

    assert!(speaking.is_some() && silent.is_none());
    assert_eq!(entries().await, before);
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

/// The form that calls a number into the room.
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
