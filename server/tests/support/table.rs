//! A house with pretend telephones over the local carrier, reached over a socket of its own.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use carrier::engine::Time;
use carrier::face::ClockKind;
use desk::{Board, Phone, Side};
use server::AppState;
use server::phones::{self, Phones};
use tokio::net::TcpListener;

use crate::support::House;

/// A house with telephones.
pub(crate) struct World {
    pub(crate) house: House,
    pub(crate) state: AppState,
    pub(crate) router: Router,
    pub(crate) phones: Phones,
    pub(crate) address: SocketAddr,
}

impl World {
    /// On a clock that is moved by hand.
    pub(crate) async fn open() -> Self {
        Self::on(|start| ClockKind::Manual { start }).await
    }

    pub(crate) async fn on(clock: impl Fn(Time) -> ClockKind) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let public = format!("http://{address}");
        let house = House::with(&[("PUBLIC_URL", &public)]).await;
        let mut state = house.state.clone();
        let start = Time(house.clock.now().0);
        let phones = phones::start(&mut state, clock(start))
            .await
            .expect("the carrier starts");
        let router = server::router(state.clone());
        let service = router
            .clone()
            .into_make_service_with_connect_info::<SocketAddr>();
        let mut stopping = state.tasks.stopping();
        state.tasks.start(async move {
            axum::serve(listener, service)
                .with_graceful_shutdown(async move { stopping.wait().await })
                .await
                .expect("the server serves");
        });
        Self {
            house,
            state,
            router,
            phones,
            address,
        }
    }

    /// Seconds pass at the carrier, with all that they bring.
    pub(crate) async fn passes(&self, seconds: u32) {
        self.phones.carrier().advance(seconds * 1_000).await;
    }

    /// The telephone that rings and wants an answer.
    pub(crate) fn rings(&self) -> Phone {
        let board = self.board();
        let ringing = board.phones.iter().find(|phone| phone.wants_answer());
        let phone = ringing.unwrap_or_else(|| panic!("nothing rings: {board:#?}"));
        assert_eq!(phone.side, Side::Callee);
        phone.clone()
    }

    pub(crate) fn board(&self) -> Board {
        self.phones.look(&self.state)
    }

    pub(crate) async fn close(self) {
        self.state.tasks.finish(Duration::from_secs(5)).await;
        self.house.close().await;
    }
}
