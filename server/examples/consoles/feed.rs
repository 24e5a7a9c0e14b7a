//! Consoles as far as a feed goes: each follows, answers pings, and notes when it is first told of a call.

use std::collections::BTreeSet;
use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use exchange::Moment;
use server::clock::Clock;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;

use crate::house::House;

/// Connections that carry the answers to pings.
const PONGS: usize = 8;
/// Feeds that are being opened at the same time.
const OPENING: usize = 32;

/// A call that a console was told of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) call: usize,
    pub(crate) at: Moment,
}

/// Feeds, for as long as they are held.
pub(crate) struct Feeds {
    shared: Arc<Shared>,
    count: usize,
    _tasks: JoinSet<()>,
}

struct Shared {
    clock: Clock,
    seen: Mutex<Vec<Seen>>,
    open: watch::Sender<usize>,
    closed: AtomicUsize,
    pongs: mpsc::UnboundedSender<(String, String)>,
}

impl Feeds {
    /// Opens so many feeds for the agents of the house in turn, and waits until each has its first picture.
    pub(crate) async fn connect(
        house: &House,
        count: usize,
        clock: &Clock,
    ) -> Result<Self, Box<dyn Error>> {
        let (pongs, told) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            clock: clock.clone(),
            seen: Mutex::default(),
            open: watch::Sender::new(0),
            closed: AtomicUsize::new(0),
            pongs,
        });
        let mut tasks = JoinSet::new();
        let told = Arc::new(tokio::sync::Mutex::new(told));
        for _ in 0..PONGS {
            let (told, address) = (Arc::clone(&told), house.address.clone());
            tasks.spawn(async move {
                if let Err(error) = answer(&address, &told).await {
                    eprintln!("answers to pings are not taken any more: {error}");
                }
            });
        }
        let gate = Arc::new(Semaphore::new(OPENING));
        for cookie in house.cookies.iter().cycle().take(count) {
            let (shared, gate) = (Arc::clone(&shared), Arc::clone(&gate));
            let (address, cookie) = (house.address.clone(), cookie.clone());
            tasks.spawn(async move {
                let ended = follow(&shared, &gate, &address, &cookie).await;
                let was = shared.closed.fetch_add(1, Ordering::SeqCst);
                if let Err(error) = ended
                    && was == 0
                {
                    eprintln!("the first feed that ended: {error}");
                }
                shared.open.send_modify(|_| ());
            });
        }
        let mut open = shared.open.subscribe();
        open.wait_for(|open| *open + shared.closed.load(Ordering::SeqCst) >= count)
            .await?;
        let feeds = Self {
            shared: Arc::clone(&shared),
            count,
            _tasks: tasks,
        };
        if feeds.are_open() {
            Ok(feeds)
        } else {
            Err(format!("of {count} feeds not all came up").into())
        }
    }

    pub(crate) fn are_open(&self) -> bool {
        let open = *self.shared.open.borrow();
        open == self.count && self.shared.closed.load(Ordering::SeqCst) == 0
    }

    /// What they have been told of so far.
    pub(crate) fn seen(&self) -> Arc<[Seen]> {
        let seen = self.shared.seen.lock();
        seen.unwrap_or_else(PoisonError::into_inner)
            .as_slice()
            .into()
    }
}

async fn follow(
    shared: &Shared,
    gate: &Semaphore,
    address: &str,
    cookie: &str,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let permit = gate.acquire().await?;
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET /live HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut lines = BufReader::with_capacity(1_024, stream).lines();
    let mut permit = Some(permit);
    let mut known = BTreeSet::new();
    let mut event = String::new();
    while let Some(line) = lines.next_line().await? {
        if let Some(name) = line.strip_prefix("event: ") {
            event = name.to_owned();
        }
        let Some(data) = line.strip_prefix("data: ") else {
            continue;
        };
        match event.as_str() {
            "fresh" => {
                if permit.take().is_some() {
                    shared.open.send_modify(|open| *open += 1);
                }
            }
            "ping" => {
                let ping: desk::Ping = serde_json::from_str(data)?;
                shared.pongs.send((ping.connection, cookie.to_owned()))?;
            }
            _ => {
                let at = shared.clock.now();
                let fresh: Vec<Seen> = calls_in(data)
                    .filter(|call| known.insert(*call))
                    .map(|call| Seen { call, at })
                    .collect();
                let mut seen = shared.seen.lock().unwrap_or_else(PoisonError::into_inner);
                seen.extend(fresh);
            }
        }
    }
    Err("the server closed it".into())
}

/// The numbers of the calls that an event names.
fn calls_in(data: &str) -> impl Iterator<Item = usize> {
    let ids = data.split("\"CA").skip(1);
    ids.filter_map(|rest| usize::from_str_radix(rest.get(..32)?, 16).ok())
}

/// Answers pings over one connection.
async fn answer(
    address: &str,
    told: &tokio::sync::Mutex<mpsc::UnboundedReceiver<(String, String)>>,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut head = [0; 2_048];
    loop {
        let next = told.lock().await.recv().await;
        let Some((connection, cookie)) = next else {
            return Ok(());
        };
        let request = format!(
            "POST /live/pong?connection={connection}&registered=1&microphone=1 HTTP/1.1\r\n\
             Host: localhost\r\nCookie: {cookie}\r\nContent-Length: 0\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await?;
        // An answer without a body comes at once.
        let length = stream.read(&mut head).await?;
        let is_heard = head[..length].starts_with(b"HTTP/1.1 204 ");
        // One that comes too late says so; its feed ends by itself.
        if !is_heard && !head[..length].starts_with(b"HTTP/1.1 410 ") {
            let said = String::from_utf8_lossy(&head[..length]);
            return Err(said.lines().next().unwrap_or_default().to_owned().into());
        }
    }
}
