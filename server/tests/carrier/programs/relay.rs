//! What stands before the programs at their public address, as a proxy or the system's socket does: it holds whoever
//! comes while nobody answers, and leads them in turn to those who do.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use exchange::Moment;
use server::clock::Clock;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// How often it is tried whether somebody answers again, in milliseconds.
const TRIES_EVERY_MS: i64 = 20;
/// After so long it is given up, in milliseconds.
const GIVES_UP_MS: i64 = 12_000;

/// A relay, for as long as it is held.
pub(crate) struct Relay {
    pub(crate) public: String,
    _serves: JoinSet<()>,
}

impl Relay {
    /// Leads to programs that listen at these addresses.
    pub(crate) async fn to(programs: Vec<SocketAddr>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let programs: Arc<[SocketAddr]> = programs.into();
        let turn = Arc::new(AtomicUsize::new(0));
        let mut serves = JoinSet::new();
        serves.spawn(async move {
            let mut led = JoinSet::new();
            while let Ok((mut here, _)) = listener.accept().await {
                while led.try_join_next().is_some() {}
                let (programs, turn) = (Arc::clone(&programs), Arc::clone(&turn));
                led.spawn(async move {
                    if let Some(mut there) = connect(&programs, &turn).await {
                        // Whichever end goes first, the other one sees it.
                        let _ = copy_bidirectional(&mut here, &mut there).await;
                    }
                });
            }
        });
        Self {
            public: format!("http://{address}"),
            _serves: serves,
        }
    }
}

async fn connect(programs: &[SocketAddr], turn: &AtomicUsize) -> Option<TcpStream> {
    let clock = Clock::real();
    let until = clock.now().0 + GIVES_UP_MS;
    loop {
        let program = programs[turn.fetch_add(1, Ordering::Relaxed) % programs.len()];
        if let Ok(there) = TcpStream::connect(program).await {
            return Some(there);
        }
        let now = clock.now().0;
        if now > until {
            return None;
        }
        clock.wait_until(Moment(now + TRIES_EVERY_MS)).await;
    }
}
