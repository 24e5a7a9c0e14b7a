//! One connection's feed: a fresh picture, then the news, and pings in between.

use std::convert::Infallible;
use std::sync::Arc;

use axum::response::sse::Event;
use desk::{Board, LiveEvent, Ping, Sight, Viewer};
use exchange::{Moment, UserName};
use futures::stream::{self, Stream};
use store::Console;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::hub::{Told, written};
use super::presence::{Connection, PING_MS};
use crate::chain::chain;
use crate::floor::{Picture, Sent};
use crate::presence::Consoles;
use crate::rooms;
use crate::state::AppState;
use crate::tasks::Stopping;

/// How long a browser waits before it connects again.
const RETRY: std::time::Duration = std::time::Duration::from_millis(1_000);

/// How often a feed looks whether its session still stands, beside being told: some once a minute.
const LOOK_EVERY: u64 = 12;

/// Who follows, and by which session.
pub(super) struct Follows {
    pub(super) viewer: Viewer,
    pub(super) session: Option<String>,
}

/// The feed of a browser that may see `sight`, and the floor when somebody is signed in. It ends with the server, when its
/// browser is silent for too long, and when the session ends or whoever has it may do something else.
pub(super) fn of(
    state: &AppState,
    sight: Sight,
    who: Option<Follows>,
) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let now = state.clock.now();
    let (viewer, session) = who.map_or((None, None), |who| (Some(who.viewer), who.session));
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
        people: viewer.is_some().then(|| state.store.people_wakes()),
        viewer,
        session,
        news: None,
        floor: None,
        rooms: None,
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
    session: Option<String>,
    /// Tells when somebody's session may have ended.
    people: Option<watch::Receiver<()>>,
    /// None until a picture was sent, and again after the browser missed something.
    news: Option<broadcast::Receiver<Told>>,
    floor: Option<Follower>,
    rooms: Option<Watcher>,
    next_ping: Moment,
    beat: u64,
}

/// What of the floor has been sent, and what is there to be sent. Whoever reads slowly gets the latest picture.
struct Follower {
    pictures: watch::Receiver<Arc<Picture>>,
    sent: Sent,
}

/// What of the rooms has been sent, by its number.
struct Watcher {
    pictures: watch::Receiver<Arc<rooms::Picture>>,
    sent: u64,
}

/// Counts as a console of somebody until it is dropped.
struct Open {
    consoles: Consoles,
    begun: Console,
}

enum Heard {
    End,
    PingDue,
    People,
    News(Result<Told, RecvError>),
    Floor(Result<(), watch::error::RecvError>),
    Rooms(Result<(), watch::error::RecvError>),
}

impl Feed {
    async fn next(&mut self) -> Option<Event> {
        loop {
            let Some(news) = &mut self.news else {
                // A feed that lasts all day is not to keep room for what it does at its beginning.
                return Box::pin(self.fresh()).await;
            };
            let heard = tokio::select! {
                biased;
                () = self.stopping.wait() => Heard::End,
                () = self.state.clock.wait_until(self.next_ping) => Heard::PingDue,
                _ = changed(self.people.as_mut()) => Heard::People,
                told = news.recv() => Heard::News(told),
                changed = changed(self.floor.as_mut().map(|floor| &mut floor.pictures)) => Heard::Floor(changed),
                changed = changed(self.rooms.as_mut().map(|rooms| &mut rooms.pictures)) => Heard::Rooms(changed),
            };
            match heard {
                Heard::End
                | Heard::News(Err(RecvError::Closed))
                | Heard::Floor(Err(_))
                | Heard::Rooms(Err(_)) => {
                    return None;
                }
                Heard::PingDue => return Box::pin(self.ping()).await,
                Heard::People => {
                    if !Box::pin(self.may_follow()).await {
                        return None;
                    }
                }
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
                Heard::Rooms(Ok(())) => {
                    if let Some(event) = self.rooms_news() {
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
        if let Some(viewer) = self.viewer.clone()
            && let Err(error) = self.begin_with(&mut board, &viewer, now).await
        {
            // The browser comes again.
            tracing::warn!(error = chain(&error), "a screen cannot be shown the floor");
            return None;
        }
        let id = board.number.to_string();
        let text = written(&LiveEvent::Fresh(Box::new(board)))?;
        let event = Event::default().event("fresh").retry(RETRY);
        Some(event.id(id).data(text))
    }

    /// Puts what the viewer may see of the floor and the rooms onto the board that they begin with.
    async fn begin_with(
        &mut self,
        board: &mut Board,
        viewer: &Viewer,
        now: Moment,
    ) -> Result<(), store::Error> {
        let (picture, pictures) = self.state.floor.follow(&self.state).await?;
        let sent = picture.show(board, viewer, now);
        self.floor = Some(Follower { pictures, sent });
        if viewer.role.sees_rooms() {
            let (picture, pictures) = self.state.rooms.follow(&self.state).await?;
            let sent = picture.rooms.number;
            board.rooms = Some(picture.at(now));
            self.rooms = Some(Watcher { pictures, sent });
        }
        Ok(())
    }

    fn rooms_news(&mut self) -> Option<Event> {
        let rooms = self.rooms.as_mut()?;
        let picture = Arc::clone(&rooms.pictures.borrow_and_update());
        let text = picture.news(&mut rooms.sent)?;
        Some(Event::default().event("rooms").data(text))
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

    /// Whether the session that the feed was opened by still stands, and whoever has it may do what they might. While the
    /// database does not answer, nobody is sent away.
    async fn may_follow(&self) -> bool {
        let (Some(viewer), Some(session)) = (&self.viewer, &self.session) else {
            return true;
        };
        let found = self.state.store.role_in_session(session, &viewer.user_name);
        match found.await {
            Ok(role) => role == Some(viewer.role),
            Err(error) => {
                let error = chain(&error);
                tracing::warn!(error, "whether somebody may go on following is not known");
                true
            }
        }
    }

    async fn ping(&mut self) -> Option<Event> {
        let now = self.state.clock.now();
        if self.beat % LOOK_EVERY == LOOK_EVERY - 1 && !self.may_follow().await {
            return None;
        }
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

async fn changed<T>(
    pictures: Option<&mut watch::Receiver<T>>,
) -> Result<(), watch::error::RecvError> {
    match pictures {
        Some(pictures) => pictures.changed().await,
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
        let consoles = state.live.consoles.clone();
        consoles.answered(begun.clone());
        Some(Self { consoles, begun })
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.consoles.gone(&self.begun.connection);
    }
}
