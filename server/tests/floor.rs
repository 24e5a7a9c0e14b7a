//! What screens show of the floor, and how they follow it.

#[path = "support/floor.rs"]
mod floor;
mod support;

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use desk::{Board, Doing, Tone};
use exchange::{Chosen, Language};
use store::{Audited, Kept, PersonChange};
use support::House;

use floor::{Heard, IDA, sid};

#[tokio::test]
async fn the_console_shows_who_waits_who_is_rung_and_who_talks() {
    let house = House::open().await;
    let mut ana = house.agent().await;
    house.calls(&sid(1)).await;

    let waiting = ana.console().await;
    house.takes_calls("ana").await;
    house.dispatches().await;
    house.clock.advance(Duration::from_secs(3));
    let rung = ana.console().await;
    house.answers("ana", &sid(1), 1).await;
    let talking = ana.console().await;

    let row = &waiting.floor.queue[0];
    assert_eq!(
        (row.caller.label.as_str(), row.caller.number.as_deref()),
        ("+1 (312) 555-0123", Some(IDA))
    );
    assert_eq!(
        (row.caller.place.as_str(), row.line_name.as_str()),
        ("Chicago, IL, US", "Support")
    );
    assert_eq!(row.rings_at, None);
    assert_eq!(
        waiting.floor.longest_wait_ms(row.since_ms + 4_000),
        Some(4_000)
    );
    assert_eq!(rung.floor.queue[0].rings_at.as_deref(), Some("Ana"));
    let Doing::Rung(offer) = &rung.mine.doing else {
        panic!("{:?}", rung.mine.doing)
    };
    assert_eq!((offer.call.as_str(), offer.offer), (sid(1).as_str(), 1));
    assert_eq!((offer.waiting_since_ms, offer.again), (row.since_ms, false));
    let Doing::Call(call) = &talking.mine.doing else {
        panic!("{:?}", talking.mine.doing)
    };
    assert_eq!(call.caller, row.caller);
    assert_eq!((talking.floor.talking, talking.floor.queue.len()), (1, 0));
    let agent = talking.floor.agent("ana").expect("she is on the floor");
    assert_eq!(agent.standing.tone, Tone::Live);
    assert_eq!(
        agent.call.as_ref().map(|call| call.other.as_str()),
        Some("+1 (312) 555-0123")
    );
    let line = &talking.floor.lines[0];
    assert_eq!((line.talking, line.waiting, line.free), (1, 0, 0));
    house.close().await;
}

#[tokio::test]
async fn a_screen_that_follows_shows_what_one_shows_that_is_loaded_anew() {
    let house = House::open().await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    house
        .state
        .tasks
        .start(server::floor::run(house.state.clone()));
    let (mut hers, mut his) = (Board::default(), Board::default());
    let mut feed = ana.follows(&house.router).await;
    let mut other = sam.follows(&house.router).await;
    feed.until(&mut hers, |board| board.floor.is_some()).await;
    other.until(&mut his, |board| board.floor.is_some()).await;
    assert!(
        hers.day.is_none() && his.day.is_some(),
        "the day is for supervisors"
    );

    house.talks("ana", &sid(1)).await;
    let talks = |board: &Board| board.floor.as_ref().is_some_and(|floor| floor.talking == 1);
    feed.until(&mut hers, |board| {
        let mine = board.mine.as_ref();
        talks(board) && mine.is_some_and(|mine| matches!(mine.doing, Doing::Call(_)))
    })
    .await;
    other
        .until(&mut his, |board| {
            let day = board.day.as_ref();
            talks(board) && day.is_some_and(|day| day.lines[0].answered == 1)
        })
        .await;

    let console = ana.console().await;
    let board = sam.board().await;
    assert_eq!(hers.floor, Some(console.floor));
    assert_eq!(hers.mine, Some(console.mine));
    assert_eq!(his.floor, Some(board.floor));
    assert_eq!(his.day, Some(board.day));
    house.state.tasks.finish(Duration::from_secs(5)).await;
    house.close().await;
}

#[tokio::test]
async fn everybody_who_may_take_calls_is_on_the_floor_before_they_ever_did() {
    let house = House::open().await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    let standing = |floor: &desk::Floor, user: &str| {
        let row = floor.agent(user).expect("they are on the floor");
        (row.standing.word.clone(), row.standing.since_ms)
    };

    let before = ana.console().await;
    house.clock.advance(Duration::from_secs(90));
    let later = sam.board().await;
    house.takes_calls("ana").await;
    let after = sam.board().await;
    let freed = sam.is_refused("agents/free", &[("agent", "sam")]).await;

    assert_eq!(standing(&before.floor, "ana").0, "offline");
    assert_eq!(
        standing(&before.floor, "sam"),
        standing(&later.floor, "sam")
    );
    assert_eq!(before.mine.standing.word, "offline");
    assert_eq!(later.floor.number, before.floor.number);
    assert_eq!(standing(&after.floor, "ana").0, "available");
    assert_eq!(after.floor.agents.len(), before.floor.agents.len());
    assert!(
        freed.1.contains("Sam is not busy with anything."),
        "{}",
        freed.1
    );
    house.close().await;
}

#[tokio::test]
async fn a_call_that_an_agent_makes_is_among_their_own_while_their_screen_follows() {
    let house = House::open().await;
    let ana = house.agent().await;
    house
        .state
        .tasks
        .start(server::floor::run(house.state.clone()));
    let mut board = Board::default();
    let mut feed = ana.follows(&house.router).await;
    feed.until(&mut board, |board| board.mine.is_some()).await;
    let (out, to) = (sid(1), "+12022242152");
    let asks = |path: &'static str, more: &[(&'static str, &'static str)]| {
        let mut form = vec![
            ("From", "client:ana"),
            ("To", to),
            ("Line", "support"),
            ("CallStatus", "in-progress"),
            ("Direction", "inbound"),
            ("ApiVersion", "2010-04-01"),
        ];
        form.extend(more);
        (path, form)
    };
    let recent = |board: &Board| {
        let mine = board.mine.as_ref()?;
        let call = mine.recent.first()?;
        Some((call.called_out, call.text.clone()))
    };

    for (path, form) in [
        asks("/twilio/browser", &[]),
        asks("/twilio/browser/end", &[("DialCallStatus", "busy")]),
    ] {
        let mut form = form;
        form.push(("CallSid", &out));
        let answer = house.carrier().posts(path, &form).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let is_over = path.ends_with("end");
        feed.until(&mut board, |board| {
            recent(board)
                .is_some_and(|(called_out, text)| called_out && (text != "Calling") == is_over)
        })
        .await;
    }

    assert!(
        board
            .floor
            .as_ref()
            .is_some_and(|floor| floor.queue.is_empty() && floor.talking == 0),
        "whoever is called is no caller"
    );
    house.state.tasks.finish(Duration::from_secs(5)).await;
    house.close().await;
}

#[tokio::test]
async fn who_reads_slowly_gets_the_latest_picture_and_no_queue() {
    let house = House::open().await;
    let ana = house.agent().await;
    house.takes_calls("ana").await;
    let mut board = Board::default();
    let mut feed = ana.follows(&house.router).await;
    feed.until(&mut board, |board| board.floor.is_some()).await;
    feed.ping().await;

    for _ in 0..40 {
        for chosen in [Chosen::Offline, Chosen::Available] {
            house.chooses("ana", chosen).await;
            house
                .state
                .floor
                .look(&house.state)
                .await
                .expect("a picture");
        }
    }
    house.calls(&sid(1)).await;
    let last = house
        .state
        .floor
        .look(&house.state)
        .await
        .expect("a picture");

    let Some(Heard::Event(event)) = feed.next().await else {
        panic!("no event")
    };
    board.apply(*event);
    assert_eq!(
        board.floor.map(|floor| (floor.number, floor.queue.len())),
        Some((last.floor.number, 1))
    );
    house.close().await;
}

#[tokio::test]
async fn the_board_counts_the_day_of_the_line() {
    let house = House::open().await;
    let (mut ana, mut sam) = (house.agent().await, house.supervisor().await);
    house.is_rung("ana", &sid(1)).await;
    house.clock.advance(Duration::from_secs(5));
    house.answers("ana", &sid(1), 1).await;
    for (n, seconds) in [(2, 5), (3, 60)] {
        house.calls(&sid(n)).await;
        house.clock.advance(Duration::from_secs(seconds));
        house.caller_goes(&sid(n)).await;
    }

    let board = sam.board().await;

    let line = &board.day.lines[0];
    assert_eq!((line.name.as_str(), line.calls), ("Support", 3));
    assert_eq!((line.answered, line.answered_in_time), (1, 1));
    assert_eq!((line.abandoned, line.abandoned_late), (2, 1));
    assert_eq!(line.service_level(), Some(50));
    assert_eq!(line.hours.iter().map(|hour| hour.calls).sum::<u32>(), 3);
    assert_eq!(
        ana.gets("/api/board/show").await.status,
        StatusCode::FORBIDDEN
    );
    // Another day begins.
    house.waits(24 * 60).await;
    sam.signs_in("sam", support::PASSWORD).await;
    assert_eq!(sam.board().await.day.lines[0].calls, 0);
    house.close().await;
}

#[tokio::test]
async fn the_board_says_when_the_account_bears_no_further_call() {
    let mut house = House::open().await;
    let mut config = (*house.state.config).clone();
    config.guard.concurrent_calls = 1;
    house.state.config = Arc::new(config);
    house.router = server::router(house.state.clone());
    let mut ana = house.agent().await;
    house.takes_calls("ana").await;
    assert_eq!(ana.console().await.floor.guard, None);

    house.calls(&sid(1)).await;
    house.dispatches().await;

    let floor = ana.console().await.floor;
    assert_eq!(floor.queue[0].rings_at, None);
    let words = floor.guard.expect("it says why nobody is rung");
    assert!(
        words.contains("the account bears 1 call at once, and one goes on"),
        "{words}"
    );
    house.close().await;
}

#[tokio::test]
async fn who_does_not_speak_a_lines_language_is_not_free_for_it_and_that_shows_at_once() {
    let house = House::open().await;
    let mut ana = house.agent().await;
    house.takes_calls("ana").await;
    let free = ana.console().await.floor.lines[0].clone();
    let store = house.store();
    let person = store.person("ana").await.unwrap().unwrap();

    let change = PersonChange {
        user_name: "ana",
        decided_on: person.version,
        name: "Ana Lima",
        role: person.role,
        teams: None,
        languages: &[Language::Spanish],
    };
    let audited = Audited {
        at: house.clock.now(),
        by: "ada".to_owned(),
        about: "ana".to_owned(),
        what: "Changed Ana.".to_owned(),
    };
    let kept = store.change_person(&change, &audited).await.unwrap();

    assert_eq!((free.free, free.unspoken), (1, None));
    assert_eq!(kept, Kept::Changed);
    let floor = ana.console().await.floor;
    let line = &floor.lines[0];
    assert_eq!((line.free, line.unspoken.as_deref()), (0, Some("English")));
    assert_eq!(floor.agents[0].name, "Ana Lima");
    house.close().await;
}

#[tokio::test]
async fn a_call_that_came_while_nobody_looked_counts_for_who_looks_later() {
    let house = House::open().await;
    let mut sam = house.supervisor().await;
    assert_eq!(sam.board().await.day.lines[0].calls, 0);

    house.calls(&sid(1)).await;
    house.caller_goes(&sid(1)).await;

    assert_eq!(sam.board().await.day.lines[0].calls, 1);
    house.close().await;
}

#[tokio::test]
async fn calls_that_this_release_cannot_read_stop_neither_the_board_nor_the_dispatcher() {
    let house = House::open().await;
    let _ana = house.agent().await;
    house.takes_calls("ana").await;
    let sue = house.supervisor().await;
    // The first who waits and a caller in a menu, as another release wrote them.
    house.calls(&sid(1)).await;
    house.clock.advance(Duration::from_secs(1));
    house.calls(&sid(2)).await;
    let menu = house.carrier().rings("/ivr/welcome", &sid(3), IDA).await;
    assert_eq!(menu.status, StatusCode::OK, "{}", menu.body);
    house.db_make_unreadable(&sid(1)).await;
    house.db_make_unreadable(&sid(3)).await;
    let (here, router) = house.beside().await;

    let board = sue.at(router).gets("/board").await;
    let looked = server::dispatcher::look(&here).await;

    assert_eq!(board.status, StatusCode::OK, "{}", board.body);
    looked.expect("others are offered");
    let rung = here
        .store
        .agent(&floor::user("ana"))
        .await
        .unwrap()
        .unwrap();
    assert!(
        matches!(&rung.agent.duty, exchange::Duty::Ringing { call, .. } if call.as_str() == sid(2)),
        "{:?}",
        rung.agent.duty
    );
    assert_eq!(here.store.left_out().len(), 2);
    here.store.close().await;
    house.close().await;
}
