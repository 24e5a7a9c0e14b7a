//! One connection's feed: a fresh picture, then the news, and pings in between.

use std::convert::Infallible;
use std::sync::Arc;

use axum::response::sse::Event;
use desk::{LiveEvent, Ping, Sight, Viewer};
use exchange::{Moment, UserName};
use futures::stream::{self, Stream};
use store::Console;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::hub::{Told, written};
use super::presence::{Connection, PING_MS};
use crate::chain::chain;
use crate::floor::{Picture, Sent};
use crate::state::AppState;
use crate::tasks::Stopping;

/// How long a browser waits before it connects again.
const RETRY: std::time::Duration = std::time::Duration::from_millis(1_000);

/// The feed of a browser that may see `sight`, and the floor when somebody is signed in. It ends with the server, and when
/// its browser is silent for too long.
pub(super) fn of(
    state: &AppState,
    sight: Sight,
    viewer: Option<Viewer>,
) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let now = state.clock.now();
    let user_name = viewer.as_ref().map(|viewer| viewer.user_name.clone());
    let connection = state.live.presence.enter(user_name, now);
    let feed = Feed {
        console: viewer
            .as_ref()
            .and_then(|viewer| Open::console(state, viewer, &connection.name)),
        stopping: state.tasks.stopping(),
        state: state.clone(),
        connection,
        sight,
        viewer,
        news: None,
        floor: None,
        next_ping: now,
        beat: 0,
    };
    stream::unfold(feed, |mut feed| async move {
        let event = feed.next().await?;
        Some((Ok(event), feed))
    })
}

struct Feed {
    state: AppState,
    stopping: Stopping,
    connection: Connection,
    console: Option<Open>,
    sight: Sight,
    viewer: Option<Viewer>,
    /// None until a picture was sent, and again after the browser missed something.
    news: Option<broadcast::Receiver<Told>>,
    floor: Option<Follower>,
    next_ping: Moment,
    beat: u64,
}

/// What of the floor has been sent, and what is there to be sent. Whoever reads slowly gets the latest picture.
struct Follower {
    pictures: watch::Receiver<Arc<Picture>>,
    sent: Sent,
}

/// Counts as a console of somebody until it is dropped.
struct Open {
    state: AppState,
    begun: Console,
}

enum Heard {
    End,
    PingDue,
    News(Result<Told, RecvError>),
    Floor(Result<(), watch::error::RecvError>),
}

impl Feed {
    async fn next(&mut self) -> Option<Event> {
        loop {
            let Some(news) = &mut self.news else {
                return self.fresh().await;
            };
            let heard = tokio::select! {
                biased;
                () = self.stopping.wait() => Heard::End,
                () = self.state.clock.wait_until(self.next_ping) => Heard::PingDue,
                told = news.recv() => Heard::News(told),
                changed = changed(self.floor.as_mut()) => Heard::Floor(changed),
            };
            match heard {
                Heard::End | Heard::News(Err(RecvError::Closed)) | Heard::Floor(Err(_)) => {
                    return None;
                }
                Heard::PingDue => return self.ping().await,
                Heard::News(Err(RecvError::Lagged(_))) => self.news = None,
                Heard::News(Ok(told)) if self.sight.sees(&told.news.change) => {
                    let event = Event::default().event("news");
                    return Some(event.id(told.news.number.to_string()).data(told.text));
                }
                Heard::News(Ok(_)) => {}
                Heard::Floor(Ok(())) => {
                    if let Some(event) = self.floor_news() {
                        return Some(event);
                    }
                }
            }
        }
    }

    async fn fresh(&mut self) -> Option<Event> {
        let (mut board, news) = self.state.live.hub.follow(self.sight);
        let now = self.state.clock.now();
        board.now_ms = now.0;
        self.news = Some(news);
        if let Some(viewer) = &self.viewer {
            let (picture, pictures) = match self.state.floor.follow(&self.state).await {
                Ok(followed) => followed,
                Err(error) => {
                    // The browser comes again.
                    tracing::warn!(error = chain(&error), "a screen cannot be shown the floor");
                    return None;
                }
            };
            let sent = picture.show(&mut board, viewer, now);
            self.floor = Some(Follower { pictures, sent });
        }
        let id = board.number.to_string();
        let text = written(&LiveEvent::Fresh(Box::new(board)))?;
        let event = Event::default().event("fresh").retry(RETRY);
        Some(event.id(id).data(text))
    }

    fn floor_news(&mut self) -> Option<Event> {
        let (floor, viewer) = (self.floor.as_mut()?, self.viewer.as_ref()?);
        let picture = Arc::clone(&floor.pictures.borrow_and_update());
        let text = picture.news(viewer, &mut floor.sent, self.state.clock.now())?;
        Some(Event::default().event("floor").data(text))
    }

    /// The answer to the first ping may come to another server, which must know the console by then.
    async fn tell_others(&self) {
        let Some(console) = &self.console else { return };
        if !self.state.store.is_shared() {
            return;
        }
        if let Err(error) = self.state.store.console_answered(&console.begun).await {
            tracing::warn!(error = chain(&error), "a console is not written down");
        }
    }

    /// The browser may have answered another server on the same database.
    async fn hear_of_others(&self) {
        match self.state.store.console_heard(&self.connection.name).await {
            Ok(Some(at)) => self.connection.was_heard(at),
            Ok(None) => {}
            Err(error) => tracing::warn!(
                error = chain(&error),
                "whether a console is still there is not known"
            ),
        }
    }

    async fn ping(&mut self) -> Option<Event> {
        let now = self.state.clock.now();
        if self.connection.is_silent(now) {
            self.hear_of_others().await;
        }
        if self.connection.is_silent(now) {
            return None;
        }
        if self.beat == 0 {
            self.tell_others().await;
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

async fn changed(floor: Option<&mut Follower>) -> Result<(), watch::error::RecvError> {
    match floor {
        Some(floor) => floor.pictures.changed().await,
        None => std::future::pending().await,
    }
}

impl Open {
    /// Somebody's browser is there; of its phone nothing is known yet.
    fn console(state: &AppState, viewer: &Viewer, connection: &str) -> Option<Self> {
        let user = UserName::parse(&viewer.user_name).ok()?;
        let begun = Console {
            connection: connection.to_owned(),
            user,
            answered: state.clock.now(),
            registered: false,
            microphone: false,
        };
        state.live.consoles.answered(begun.clone());
        Some(Self {
            state: state.clone(),
            begun,
        })
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.state.live.consoles.gone(&self.begun.connection);
    }
}
