//! One connection's feed: a fresh picture, then the news, and pings in between.

use std::convert::Infallible;

use axum::response::sse::Event;
use desk::{LiveEvent, Ping, Sight};
use exchange::Moment;
use futures::stream::{self, Stream};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::Live;
use super::hub::{Told, written};
use super::presence::{Connection, PING_MS};
use crate::clock::Clock;
use crate::state::AppState;
use crate::tasks::Stopping;

/// How long a browser waits before it connects again.
const RETRY: std::time::Duration = std::time::Duration::from_millis(1_000);

/// The feed of a browser that may see `sight`. It ends with the server, and when its browser is silent for too long.
pub(super) fn of(
    state: &AppState,
    sight: Sight,
    user_name: Option<String>,
) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let now = state.clock.now();
    let feed = Feed {
        live: state.live.clone(),
        clock: state.clock.clone(),
        stopping: state.tasks.stopping(),
        connection: state.live.presence.enter(user_name, now),
        sight,
        news: None,
        next_ping: now,
        beat: 0,
    };
    stream::unfold(feed, |mut feed| async move {
        let event = feed.next().await?;
        Some((Ok(event), feed))
    })
}

struct Feed {
    live: Live,
    clock: Clock,
    stopping: Stopping,
    connection: Connection,
    sight: Sight,
    /// None until a picture was sent, and again after the browser missed something.
    news: Option<broadcast::Receiver<Told>>,
    next_ping: Moment,
    beat: u64,
}

enum Heard {
    End,
    PingDue,
    News(Result<Told, RecvError>),
}

impl Feed {
    async fn next(&mut self) -> Option<Event> {
        loop {
            let Some(news) = &mut self.news else {
                return self.fresh();
            };
            let heard = tokio::select! {
                biased;
                () = self.stopping.wait() => Heard::End,
                () = self.clock.wait_until(self.next_ping) => Heard::PingDue,
                told = news.recv() => Heard::News(told),
            };
            match heard {
                Heard::End | Heard::News(Err(RecvError::Closed)) => return None,
                Heard::PingDue => return self.ping(),
                Heard::News(Err(RecvError::Lagged(_))) => self.news = None,
                Heard::News(Ok(told)) if self.sight.sees(&told.news.change) => {
                    let event = Event::default().event("news");
                    return Some(event.id(told.news.number.to_string()).data(told.text));
                }
                Heard::News(Ok(_)) => {}
            }
        }
    }

    fn fresh(&mut self) -> Option<Event> {
        let (mut board, news) = self.live.hub.follow(self.sight);
        board.now_ms = self.clock.now().0;
        self.news = Some(news);
        let id = board.number.to_string();
        let text = written(&LiveEvent::Fresh(Box::new(board)))?;
        let event = Event::default().event("fresh").retry(RETRY);
        Some(event.id(id).data(text))
    }

    fn ping(&mut self) -> Option<Event> {
        let now = self.clock.now();
        if self.connection.is_silent(now) {
            return None;
        }
        self.next_ping = Moment(now.0 + PING_MS);
        self.beat += 1;
        let ping = Ping {
            connection: self.connection.name.clone(),
            beat: self.beat,
        };
        Event::default().event("ping").json_data(ping).ok()
    }
}
