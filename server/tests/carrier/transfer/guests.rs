//! Whoever else comes: visitors of the conference line and whom they call in, and the tutorial's first agent.

use std::sync::Arc;

use carrier::engine::Place;
use desk::rooms::RoomActForm;
use desk::{Desk, Role, Viewer};
use server::carrier_api::Ring;
use server::desk::ViewersDesk;
use server::effects::guard;
use twilio::{CallSid, Party};

use super::world::{PHONE, SOON_MS, World, name};

impl World {
    /// Visitors meet, and the telephone outside is called into their room: its leg, which rings, and theirs.
    pub(super) async fn phone_is_invited(&mut self) -> (CallSid, Vec<CallSid>) {
        let visitors = self.visitors_meet().await;
        self.invites_phone().await;
        self.passes(SOON_MS).await;
        (self.rung("phone"), visitors)
    }

    /// Two visitors meet in the room of the conference line.
    pub(super) async fn visitors_meet(&mut self) -> Vec<CallSid> {
        let mut visitors = Vec::new();
        for visitor in ["+12145550137", "+12025550142"] {
            let place = Place::default();
            let line = "conference";
            visitors.push(self.stage.somebody_calls(visitor, place, line).await);
            self.passes(8_000).await;
        }
        visitors
    }

    /// A supervisor has the telephone outside called into their room.
    pub(super) async fn invites_phone(&self) {
        let sue = ViewersDesk {
            state: self.stage.state.clone(),
            viewer: Some(Viewer {
                user_name: "sue".to_owned(),
                name: "Sue".to_owned(),
                role: Role::Supervisor,
            }),
            is_denied: false,
            is_from_here: false,
            visit: server::auth::Visit::default(),
        };
        let add = RoomActForm {
            room: "conference.main".to_owned(),
            act: "add".to_owned(),
            number: PHONE.to_owned(),
            ..RoomActForm::default()
        };
        sue.act_in_room(add).await.expect("it can be called");
    }

    /// The tutorial's first agent comes by the tutorial's own route.
    pub(super) async fn agent1_comes(&mut self) {
        self.stage
            .carrier
            .with(|engine| engine.register_client("agent1"));
        let (state, call) = (&self.stage.state, self.sid());
        let led = state.urls.connect(&call, &name("agent1"), 0);
        let (document, _) = led.split_once("?offer=").expect("it names an offer");
        let ring = Ring {
            to: &Party::Client("agent1".to_owned()),
            from: "client:tutorial",
            document,
            status: &state.urls.leg_status(&call, 99),
            ring_seconds: 20,
        };
        state.carrier.ring(&ring).await.expect("it rings");
        self.rests().await;
        self.answers("agent1").await;
    }

    /// How many legs the account carries, as the server counts them.
    pub(super) async fn legs(&self) -> usize {
        let state = &self.stage.state;
        let floor = state.store.floor().await.expect("the database answers");
        let elsewhere = guard::off_floor(state).await;
        guard::on_floor(&floor) + elsewhere.expect("the database answers")
    }

    /// The account bears no more legs than so many.
    pub(super) fn bears_legs(&mut self, most: u32) {
        let mut config = (*self.stage.state.config).clone();
        config.guard.concurrent_calls = most;
        self.stage.state.config = Arc::new(config);
    }
}
