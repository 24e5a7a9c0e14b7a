//! The pretend telephones: the local carrier inside this process, and what people do with its telephones.

mod acts;
mod book;
mod sound;
mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderMap, header};
use carrier::engine::{Application, Number, UpdateNumber};
use carrier::face::{Carrier, ClockKind, Config};
use carrier::media::MediaKind;
use desk::{Board, LineChoice, Phones as View};
use exchange::Plan;

use self::book::Book;
use crate::carrier_api::CarrierApi;
use crate::chance;
use crate::config::{DEMONSTRATION_TOKEN, PublicUrl};
use crate::state::AppState;

pub use self::sound::{PATH as SOUND, router};

/// The local carrier and its telephones; clones are the same.
#[derive(Clone)]
pub struct Phones {
    carrier: Carrier,
    book: Arc<Mutex<Arc<Book>>>,
    shelf: Arc<Mutex<Shelf>>,
}

/// What is known of telephones beyond what the carrier tells.
#[derive(Debug, Default)]
struct Shelf {
    /// Who calls from where, by the leg.
    callers: BTreeMap<String, String>,
    /// Legs that somebody put away.
    put_away: BTreeSet<String>,
    /// Legs that made room for others.
    crowded_out: BTreeSet<String>,
}

/// Why there are no pretend telephones.
#[derive(Debug, thiserror::Error)]
pub enum PhonesProblem {
    /// The carrier does not start.
    #[error("the local carrier does not start")]
    Carrier(#[from] carrier::face::StartError),
    /// The carrier's account cannot be used.
    #[error("the local carrier cannot be used: {0}")]
    Account(String),
    /// The plan cannot be read.
    #[error("the plan cannot be read")]
    Store(#[from] store::Error),
}

/// Starts the local carrier on a free port of this machine, with a number for each line, and connects the server to it.
/// It ends with the server.
///
/// # Errors
/// [`PhonesProblem`].
pub async fn start(state: &mut AppState, clock: ClockKind) -> Result<Phones, PhonesProblem> {
    let unusable = |problem: &dyn std::fmt::Display| PhonesProblem::Account(problem.to_string());
    let account = state.config.carrier.account();
    let sid = twilio::AccountSid::parse(&account.sid).map_err(|e| unusable(&e))?;
    let mut config = Config::new(sid, DEMONSTRATION_TOKEN);
    let (_, plan) = state.plans.current();
    config.settings.numbers = numbers(state, &plan);
    config.settings.applications = application(state).into_iter().collect();
    // The database may hold calls of earlier runs: no two calls may get one SID.
    config.seed = chance::seed();
    config.media = match clock {
        ClockKind::Real => MediaKind::WebRtc {
            address: state.config.web.listen.ip(),
        },
        // Sound takes its time, whatever a hand does to the clock.
        ClockKind::Manual { .. } => MediaKind::None,
    };
    config.clock = clock;
    let carrier = Carrier::start(config).await?;
    state.carrier =
        CarrierApi::at(account, &carrier.base_url()).map_err(|problem| unusable(&problem))?;
    let book = Book::read(&state.store).await?;
    let phones = Phones {
        carrier,
        book: Arc::new(Mutex::new(Arc::new(book))),
        shelf: Arc::default(),
    };
    state.phones = Some(phones.clone());
    state.tasks.start(watch::run(
        state.clone(),
        phones.clone(),
        phones.carrier.subscribe(),
    ));
    Ok(phones)
}

/// Whether a request was made to this machine's own name, from a page of this machine or from no page.
///
/// A page elsewhere can lead its own name to this machine; the name it was asked by gives that away.
#[must_use]
pub fn is_from_here(headers: &HeaderMap) -> bool {
    let is_ours = |address: &str| PublicUrl::parse(address).is_ok_and(|url| url.is_loopback());
    let text = |name| {
        let value = headers.get(name)?;
        Some(value.to_str().unwrap_or_default())
    };
    let host = text(header::HOST).is_none_or(|host| is_ours(&format!("http://{host}")));
    host && text(header::ORIGIN).is_none_or(is_ours)
}

impl Phones {
    /// The carrier behind the telephones.
    #[must_use]
    pub const fn carrier(&self) -> &Carrier {
        &self.carrier
    }

    /// Everything that the page begins with.
    ///
    /// # Errors
    /// The plan cannot be read.
    pub async fn view(&self, state: &AppState) -> Result<View, store::Error> {
        let (version, plan) = state.plans.current();
        if self.book().version != version {
            *self.book.lock().unwrap_or_else(PoisonError::into_inner) =
                Arc::new(Book::read(&state.store).await?);
        }
        let board = self.look(state);
        let book = self.book();
        Ok(View {
            now_ms: board.now_ms,
            lines: lines(&plan),
            regions: book.regions.clone(),
            offices: book.offices(),
            board,
        })
    }

    /// How the telephones stand.
    #[must_use]
    pub fn look(&self, state: &AppState) -> Board {
        self.show(&state.live.hub, None);
        let mut board = state.live.hub.board();
        board.now_ms = self.carrier.now().0;
        board
    }

    fn book(&self) -> Arc<Book> {
        Arc::clone(&self.book.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Phones {
    /// Gives the account the numbers of lines that it has not got, and leads those that a line has taken from another
    /// to that line.
    pub(crate) fn give_numbers(&self, state: &AppState) {
        let (_, plan) = state.plans.current();
        for wanted in numbers(state, &plan) {
            let done = self.carrier.with(|engine| {
                let has = engine
                    .numbers()
                    .iter()
                    .find(|one| one.phone == wanted.phone);
                let has =
                    has.map(|has| (has.sid.clone(), is_line(state, has.voice_url.as_deref())));
                let settings = UpdateNumber {
                    friendly_name: Some(wanted.friendly_name.clone()),
                    voice_url: wanted.voice_url.clone(),
                    voice_fallback_url: wanted.voice_fallback_url.clone(),
                    status_callback: wanted.status_callback.clone(),
                    ..UpdateNumber::default()
                };
                match has {
                    None => engine.create_number(&wanted.phone, settings).map(|_| ()),
                    Some((Some(sid), true)) => engine.update_number(&sid, settings).map(|_| ()),
                    Some((_, _)) => Ok(()),
                }
            });
            if let Err(error) = done {
                tracing::warn!(?error, "the local carrier does not take a line's number");
            }
        }
    }
}

/// Whether a number leads to a line of ours, and not to where somebody has pointed it by hand.
fn is_line(state: &AppState, voice_url: Option<&str>) -> bool {
    let entry = format!("{}/line/", state.config.web.first_public().as_str());
    voice_url.is_some_and(|url| url.starts_with(&entry))
}

/// The account's numbers: one for each line that has one.
fn numbers(state: &AppState, plan: &Plan) -> Vec<Number> {
    plan.lines()
        .filter_map(|line| {
            let phone = line.number.as_ref()?.as_str().to_owned();
            Some(Number {
                sid: None,
                phone,
                friendly_name: line.name.clone(),
                voice_url: Some(state.urls.line(&line.id)),
                voice_method: None,
                voice_fallback_url: Some(state.urls.fallback()),
                voice_fallback_method: None,
                status_callback: Some(state.urls.call_status()),
                status_callback_method: None,
                ..Number::default()
            })
        })
        .collect()
}

/// What is asked when a browser calls out.
fn application(state: &AppState) -> Option<Application> {
    let key = state.config.carrier.account().phone_key.as_ref()?;
    Some(Application {
        sid: key.application.clone()?,
        friendly_name: "Switchboard".to_owned(),
        voice_url: Some(state.urls.browser()),
        voice_method: None,
        voice_fallback_url: Some(state.urls.fallback()),
        voice_fallback_method: None,
        status_callback: Some(state.urls.call_status()),
        status_callback_method: None,
    })
}

/// The lines that can be called, in the order of their numbers.
fn lines(plan: &Plan) -> Vec<LineChoice> {
    let mut lines: Vec<_> = plan
        .lines()
        .filter_map(|line| Some((line.number.as_ref()?, line)))
        .collect();
    lines.sort_by_key(|(number, _)| *number);
    lines
        .into_iter()
        .map(|(number, line)| LineChoice {
            id: line.id.as_str().to_owned(),
            name: line.name.clone(),
            number: number.formatted(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machines_own_names_are_from_here() {
        let cases: &[(&[(&str, &str)], bool)] = &[
            (&[], true),
            (&[("host", "127.0.0.1:8080")], true),
            (&[("host", "localhost")], true),
            (&[("host", "[::1]:8080")], true),
            (&[("host", "agent1.localhost:8080")], true),
            (&[("host", "Agent1.LocalHost")], true),
            (
                &[
                    ("host", "agent1.localhost:8080"),
                    ("origin", "http://agent1.localhost:8080"),
                ],
                true,
            ),
            (&[("host", "localhost.example.org")], false),
            (&[("host", "agent1.localhost.example.org:8080")], false),
            (&[("host", "desk.example.org")], false),
            (&[("host", "127.0.0.1.example.org:8080")], false),
            (&[("host", "localhost@example.org")], false),
            (
                &[
                    ("host", "localhost:8080"),
                    ("origin", "http://localhost:8080"),
                ],
                true,
            ),
            (
                &[
                    ("host", "localhost:8080"),
                    ("origin", "https://evil.example"),
                ],
                false,
            ),
            (&[("host", "localhost:8080"), ("origin", "null")], false),
        ];

        for (headers, from_here) in cases {
            let headers: HeaderMap = headers
                .iter()
                .map(|(name, value)| {
                    let name: header::HeaderName = name.parse().unwrap();
                    (name, value.parse().unwrap())
                })
                .collect();

            assert_eq!(is_from_here(&headers), *from_here, "{headers:?}");
        }
    }
}
