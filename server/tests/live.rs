//! The live feed: pictures, news and pings, and how it ends.

mod support;

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use carrier::face::ClockKind;
use desk::{Board, Change, Habit, LiveEvent, NumberHabit, Ping};
use http_body_util::BodyExt;
use server::{AppState, phones};
use support::{House, send};
use tower::ServiceExt;

#[tokio::test]
async fn a_feed_begins_with_a_picture_and_goes_on_with_the_news() {
    let world = World::open().await;
    world.changes("+12022242152");
    let mut feed = world.feed().await;

    let picture = feed.fresh().await;
    let ping = feed.ping().await;
    world.changes("+12022242854");
    let news = feed.next().await.expect("news come");

    assert_eq!((picture.number, picture.habits.len()), (1, 1));
    assert_eq!(ping.beat, 1);
    assert_eq!((news.name.as_str(), news.id.as_str()), ("news", "2"));
    let mut board = picture;
    board.apply(news.event());
    assert_eq!(board.habits, world.state.live.hub.board().habits);
    world.close().await;
}

#[tokio::test]
async fn who_reads_too_slowly_gets_a_picture_instead_of_a_queue() {
    let world = World::open().await;
    let mut feed = world.feed().await;
    feed.fresh().await;
    feed.ping().await;

    for number in 0..1_000 {
        world.changes(&format!("+1202555{number:04}"));
    }

    let picture = feed.fresh().await;
    assert_eq!((picture.number, picture.habits.len()), (1_000, 1_000));
    world.changes("+12022242152");
    assert_eq!(feed.next().await.expect("news come").id, "1001");
    world.close().await;
}

#[tokio::test]
async fn a_browser_that_answers_stays_and_one_that_does_not_is_gone() {
    let world = World::open().await;
    let mut ana = world.feed_of_ana().await;
    ana.fresh().await;
    let ping = ana.ping().await;
    let now = || world.house.clock.now();

    for beat in 2..=4 {
        world.house.clock.advance(Duration::from_secs(5));
        assert_eq!(ana.ping().await.beat, beat);
        assert_eq!(world.answers(&ping).await, StatusCode::NO_CONTENT);
    }
    assert!(world.state.live.presence.is_here("ana", now()));

    for _ in 0..2 {
        world.house.clock.advance(Duration::from_secs(5));
        ana.ping().await;
    }
    world.house.clock.advance(Duration::from_secs(5));
    assert!(!world.state.live.presence.is_here("ana", now()));
    assert_eq!(world.answers(&ping).await, StatusCode::GONE);
    assert!(ana.next().await.is_none(), "the feed of the silent ends");
    world.close().await;
}

#[tokio::test]
async fn a_feed_ends_with_the_server() {
    let world = World::open().await;
    let mut feed = world.feed().await;
    feed.fresh().await;
    feed.ping().await;

    world.state.tasks.stop();

    assert!(feed.next().await.is_none());
    world.close().await;
}

#[tokio::test]
async fn without_telephones_the_feed_is_for_people_who_are_signed_in() {
    let house = House::open().await;

    let stranger = house.stranger().gets("/live").await;

    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    let ana = house.agent().await.cookie;
    let mut feed = follow(&house.router, ana.as_deref()).await;
    assert_eq!(feed.fresh().await.phones, []);
    house.close().await;
}

#[tokio::test]
async fn a_page_of_another_site_follows_nothing() {
    let world = World::open().await;
    let asked = |name: &'static str, value: &'static str| {
        let request = Request::get("/live").header(name, value);
        send(
            &world.router,
            request.body(Body::empty()).expect("a request"),
        )
    };

    let by_name = asked("host", "rebound.example:8080").await;
    let by_page = asked("origin", "https://evil.example").await;

    assert_eq!(by_name.status, StatusCode::FORBIDDEN);
    assert_eq!(by_page.status, StatusCode::FORBIDDEN);
    world.close().await;
}

/// A house with telephones in it.
struct World {
    house: House,
    state: AppState,
    router: Router,
}

impl World {
    async fn open() -> Self {
        let house = House::open().await;
        let mut state = house.state.clone();
        let start = carrier::engine::Time(house.clock.now().0);
        phones::start(&mut state, ClockKind::Manual { start })
            .await
            .expect("the carrier starts");
        Self {
            router: server::router(state.clone()),
            house,
            state,
        }
    }

    /// Something changes that everybody on this machine may see.
    fn changes(&self, number: &str) {
        let row = NumberHabit {
            number: number.to_owned(),
            holder: "An office".to_owned(),
            habit: Habit::Busy,
        };
        self.state.live.hub.change(|_| vec![Change::Habit(row)]);
    }

    async fn feed(&self) -> Feed {
        follow(&self.router, None).await
    }

    async fn feed_of_ana(&self) -> Feed {
        let ana = self.house.agent().await.cookie;
        follow(&self.router, ana.as_deref()).await
    }

    async fn answers(&self, ping: &Ping) -> StatusCode {
        let path = format!(
            "/live/pong?connection={}&beat={}",
            ping.connection, ping.beat
        );
        let request = Request::post(path).body(Body::empty());
        send(&self.router, request.expect("a request")).await.status
    }

    async fn close(self) {
        self.state.tasks.finish(Duration::from_secs(5)).await;
        self.house.close().await;
    }
}

async fn follow(router: &Router, cookie: Option<&str>) -> Feed {
    let request = Request::get("/live").header(header::COOKIE, cookie.unwrap_or_default());
    let response = router
        .clone()
        .oneshot(request.body(Body::empty()).expect("a request"))
        .await
        .expect("the router always answers");
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(
        response.headers()[header::CONTENT_TYPE],
        "text/event-stream"
    );
    Feed(response.into_body())
}

/// What a browser gets.
struct Feed(Body);

struct Heard {
    name: String,
    id: String,
    data: String,
}

impl Feed {
    async fn next(&mut self) -> Option<Heard> {
        let frame = self.0.frame().await?.expect("the feed is not cut off");
        let text = String::from_utf8(frame.into_data().expect("data").to_vec()).expect("text");
        let field = |name: &str| {
            let lines = text.lines().filter_map(|line| line.split_once(": "));
            let mut found = lines.filter(|(field, _)| *field == name);
            found
                .next()
                .map(|(_, value)| value.to_owned())
                .unwrap_or_default()
        };
        Some(Heard {
            name: field("event"),
            id: field("id"),
            data: field("data"),
        })
    }

    async fn fresh(&mut self) -> Board {
        let heard = self.next().await.expect("a picture comes");
        assert_eq!(heard.name, "fresh", "{}", heard.data);
        let mut board = Board::default();
        board.apply(heard.event());
        board
    }

    async fn ping(&mut self) -> Ping {
        let heard = self.next().await.expect("a ping comes");
        assert_eq!(heard.name, "ping", "{}", heard.data);
        serde_json::from_str(&heard.data).expect("a ping")
    }
}

impl Heard {
    fn event(&self) -> LiveEvent {
        serde_json::from_str(&self.data).expect("a live event")
    }
}
