//! Consoles that come, answer, fall silent and go, and what becomes of the offers that ring at them.

#[path = "support/floor.rs"]
mod floor;
mod support;

use std::time::Duration;

use axum::http::StatusCode;
use desk::{Ping, Role};
use exchange::Moment;
use support::{House, Persona};

use floor::{Feed, sid, user};

#[tokio::test]
async fn somebody_can_be_rung_once_their_phone_says_so() {
    let world = World::open().await;
    let mut ana = world.console("ana").await;
    ana.persona
        .does("console/status", &[("status", "available")])
        .await;

    world.stands("ana", "Offline: phone not registered").await;
    assert_eq!(ana.pongs(true).await, StatusCode::NO_CONTENT);
    world.stands("ana", "Available").await;
    ana.pongs(false).await;
    world.stands("ana", "Offline: phone not registered").await;

    world.close().await;
}

#[tokio::test]
async fn a_console_that_is_closed_counts_no_more() {
    let world = World::open().await;
    let mut ana = world.console("ana").await;
    ana.persona
        .does("console/status", &[("status", "available")])
        .await;
    ana.pongs(true).await;
    world.stands("ana", "Available").await;

    drop(ana);

    world.stands("ana", "Offline: console silent").await;
    world.close().await;
}

#[tokio::test]
async fn a_closed_laptop_is_noticed_within_20_s_and_its_offer_goes_on() {
    let world = World::open().await;
    let mut ana = world.console("ana").await;
    let mut ben = world.console("ben").await;
    ana.chooses("available").await;
    ben.chooses("away-other").await;
    // The watch holds nothing against consoles while it is young.
    world.pass(&mut [&mut ana, &mut ben], 3).await;
    world.stands("ana", "Available").await;
    world.house.calls(&sid(1)).await;
    world.house.dispatches().await;
    world.stands("ana", "Ringing").await;
    ben.chooses("available").await;

    // Her laptop is closed: nothing is answered, and nothing says so. She last answered a second ago.
    world.pass(&mut [&mut ben], 3).await;

    world
        .stands("ana", "Not responding: could not be reached")
        .await;
    world.house.dispatches().await;
    world.stands("ben", "Ringing").await;
    let told = world.house.db_journal(&sid(1)).await;
    assert!(
        told.iter().any(|line| line == "Ana could not be reached."),
        "{told:?}"
    );
    world.close().await;
}

#[tokio::test]
async fn a_feed_that_breaks_off_and_comes_back_keeps_the_offer() {
    let world = World::open().await;
    let mut ana = world.console("ana").await;
    ana.chooses("available").await;
    world.pass(&mut [&mut ana], 3).await;
    world.stands("ana", "Available").await;
    world.house.calls(&sid(1)).await;
    world.house.dispatches().await;
    world.stands("ana", "Ringing").await;

    drop(ana);
    world.house.clock.advance(Duration::from_secs(2));
    let mut back = world.console("ana").await;
    back.pongs(true).await;
    world.pass(&mut [&mut back], 2).await;

    world.stands("ana", "Ringing").await;
    world.close().await;
}

#[tokio::test]
async fn a_page_of_nobody_is_no_console() {
    let world = World::open().await;
    let mut ana = world.console("ana").await;
    ana.persona
        .does("console/status", &[("status", "available")])
        .await;

    // The answer comes without her session.
    let path = format!(
        "/live/pong?connection={}&registered=1&microphone=1",
        ana.ping.connection
    );
    world.house.stranger().posts(&path, &[]).await;
    world.house.clock.advance(Duration::from_secs(1));

    world.stands("ana", "Offline: phone not registered").await;
    world.close().await;
}

#[tokio::test]
async fn an_answer_counts_whichever_of_two_servers_it_comes_to() {
    let world = World::open().await;
    let mut ana = world.console("ana").await;
    ana.chooses("available").await;
    ana.pongs(true).await;
    world.stands("ana", "Available").await;
    let (_other, router) = world.house.beside().await;
    let mut elsewhere = ana.persona.at(router);

    // Half a minute, in which nothing comes to the server that holds the feed.
    for _ in 0..6 {
        world.house.clock.advance(Duration::from_secs(5));
        ana.ping = ana.feed.ping().await;
        let answer = elsewhere.pongs(&ana.ping, true).await;
        assert_eq!(answer, StatusCode::NO_CONTENT);
        world.has_heard("ana", world.house.clock.now()).await;
    }
    world.stands("ana", "Available").await;
    elsewhere.pongs(&ana.ping, false).await;
    world.stands("ana", "Offline: phone not registered").await;
    let by_others = {
        world.house.add("ben", Role::Agent).await;
        let mut ben = world.house.stranger();
        ben.signs_in("ben", support::PASSWORD).await;
        ben.at(world.house.beside().await.1)
            .pongs(&ana.ping, true)
            .await
    };
    let late = {
        world.house.clock.advance(Duration::from_secs(15));
        elsewhere.pongs(&ana.ping, true).await
    };

    assert_eq!(
        (by_others, late),
        (StatusCode::GONE, StatusCode::GONE),
        "another's console, and one that was silent for too long"
    );
    world.close().await;
}

struct World {
    house: House,
}

/// Somebody's open console.
struct Desk {
    name: String,
    persona: Persona,
    feed: Feed,
    ping: Ping,
}

impl World {
    async fn open() -> Self {
        let house = House::open().await;
        let state = house.state.clone();
        state.tasks.start(server::presence::run(state.clone()));
        Self { house }
    }

    async fn console(&self, name: &str) -> Desk {
        let known = self.house.store().person(name).await;
        if known.expect("the database answers").is_none() {
            self.house.add(name, Role::Agent).await;
        }
        let mut persona = self.house.stranger();
        persona.signs_in(name, support::PASSWORD).await;
        let mut feed = persona.follows(&self.house.router).await;
        let ping = feed.ping().await;
        Desk {
            name: name.to_owned(),
            persona,
            feed,
            ping,
        }
    }

    /// Six seconds at a time, in which these are asked whether they are there, and say so.
    async fn pass(&self, there: &mut [&mut Desk], times: usize) {
        for _ in 0..times {
            self.house.clock.advance(Duration::from_secs(5));
            for desk in there.iter_mut() {
                desk.ping = desk.feed.ping().await;
                assert_eq!(desk.pongs(true).await, StatusCode::NO_CONTENT);
            }
            let answered = self.house.clock.now();
            // What tells nothing new is written within a second.
            self.house.clock.advance(Duration::from_secs(1));
            for desk in there.iter() {
                self.has_heard(&desk.name, answered).await;
            }
        }
    }

    async fn has_heard(&self, name: &str, answered: Moment) {
        let heard = async {
            loop {
                let known = self.house.store().agent(&user(name)).await;
                let known = known.expect("the database answers");
                if known.and_then(|known| known.presence.answered) == Some(answered) {
                    return;
                }
                tokio::task::yield_now().await;
            }
        };
        let is_heard = tokio::time::timeout(Duration::from_secs(20), heard).await;
        assert!(is_heard.is_ok(), "{name} was not heard");
    }

    /// Somebody comes to stand so, without more of the house's time that passes.
    async fn stands(&self, name: &str, text: &str) {
        let mut last = String::new();
        let comes = async {
            while last != text {
                tokio::task::yield_now().await;
                let known = self.house.store().agent(&user(name)).await;
                if let Some(known) = known.expect("the database answers") {
                    let now = self.house.clock.now();
                    let standing = exchange::shown(&known.agent, &known.presence, now);
                    last = desk::StandingView::from(&standing).text();
                }
            }
        };
        let is_so = tokio::time::timeout(Duration::from_secs(20), comes).await;
        assert!(is_so.is_ok(), "{name} is {last:?} and not {text:?}");
    }

    async fn close(self) {
        self.house.state.tasks.finish(Duration::from_secs(5)).await;
        self.house.close().await;
    }
}

impl Desk {
    async fn chooses(&mut self, status: &str) {
        self.persona
            .does("console/status", &[("status", status)])
            .await;
    }

    async fn pongs(&mut self, rings: bool) -> StatusCode {
        let ping = self.ping.clone();
        self.persona.pongs(&ping, rings).await
    }
}
