//! What holds for every order of frames and events.

use carrier::signal::{ConnId, MediaId, SignalFault};
use proptest::prelude::*;
use serde_json::{Value, json};
use twilio::CallSid;

use crate::order::{Wait, Watcher};
use crate::support::*;

const WHO: [&str; 2] = ["ada", "bea"];

/// One thing that happens. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Act {
    Opens,
    Joins(usize),
    Closes(usize),
    Shows(usize, usize, Grant),
    Registers(usize, bool),
    Says(usize, &'static str, usize, usize),
    Rings(usize),
    Ringing(usize),
    Answered(usize),
    Over(usize),
    Owed(usize, bool),
    Passes(i64),
    Fault(usize, SignalFault),
}

#[derive(Clone, Copy, Debug)]
enum Grant {
    All,
    NoIncoming,
    NoOutgoing,
    None,
}

fn act() -> impl Strategy<Value = Act> {
    let number = 0..6usize;
    let frame = prop::sample::select(vec![
        "answer",
        "answer",
        "answer",
        "answer",
        "reconnect",
        "reconnect",
        "invite",
        "invite",
        "reinvite",
        "reinvite",
        "hangup",
        "reject",
        "dtmf",
        "message",
        "dance",
    ]);
    let form = prop::sample::select(vec![0, 0, 0, 0, 1, 2, 4, 5]);
    let grant = prop::sample::select(vec![
        Grant::All,
        Grant::All,
        Grant::All,
        Grant::NoIncoming,
        Grant::NoOutgoing,
        Grant::None,
    ]);
    let ms = prop::sample::select(vec![1, 700, 700, 5_000, 5_000, 29_999, 31_000, 3_600_000]);
    let fault = prop::sample::select(vec![
        SignalFault::DropSocket,
        SignalFault::ExpireToken,
        SignalFault::SilentHeartbeat { ms: 9_000 },
        SignalFault::SlowAnswer { ms: 3_000 },
    ]);
    prop_oneof![
        1 => Just(Act::Opens),
        3 => (0..2usize).prop_map(Act::Joins),
        1 => number.clone().prop_map(Act::Closes),
        1 => (number.clone(), 0..2usize, grant).prop_map(|(socket, who, grant)| Act::Shows(socket, who, grant)),
        1 => (number.clone(), prop::bool::weighted(0.8)).prop_map(|(socket, on)| Act::Registers(socket, on)),
        14 => (number.clone(), frame, number.clone(), form)
            .prop_map(|(socket, kind, leg, sdp)| Act::Says(socket, kind, leg, sdp)),
        2 => (0..2usize).prop_map(Act::Rings),
        1 => number.clone().prop_map(Act::Ringing),
        2 => number.clone().prop_map(Act::Answered),
        1 => number.clone().prop_map(Act::Over),
        20 => (number, prop::bool::weighted(0.9)).prop_map(|(which, works)| Act::Owed(which, works)),
        2 => ms.prop_map(Act::Passes),
        1 => (0..2usize, fault).prop_map(|(who, fault)| Act::Fault(who, fault)),
    ]
}

/// A world that answers when it is told to, and a watcher of what is wanted.
struct Watched {
    world: World,
    watcher: Watcher,
    legs: Vec<CallSid>,
}

impl Watched {
    fn new() -> Self {
        let mut world = World::new();
        world.obliging = false;
        let mut watched = Self {
            world,
            watcher: Watcher::default(),
            legs: Vec::new(),
        };
        for who in [0, 0, 1] {
            watched.performs(&Act::Joins(who));
        }
        watched
    }

    fn performs(&mut self, act: &Act) {
        match act {
            Act::Opens => {
                let conn = self.world.opens();
                self.watcher.sockets.insert(conn);
            }
            Act::Joins(who) => {
                let conn = self.world.opens();
                self.watcher.sockets.insert(conn);
                let token = self.world.token(WHO[*who]).signed();
                self.world.shows(conn, &token);
                self.world.registers(conn);
            }
            Act::Closes(which) => {
                if let Some(conn) = self.socket(*which) {
                    self.watcher.sockets.remove(&conn);
                    self.world.closes(conn);
                }
            }
            Act::Shows(which, who, grant) => {
                let token = self.world.token(WHO[*who]);
                let token = match grant {
                    Grant::All => token.signed(),
                    Grant::NoIncoming => token.without_incoming().signed(),
                    Grant::NoOutgoing => token.without_outgoing().signed(),
                    Grant::None => "nonsense".to_owned(),
                };
                if let Some(conn) = self.socket(*which) {
                    self.world.shows(conn, &token);
                }
            }
            Act::Registers(which, on) => {
                self.says(*which, "register", json!({ "media": { "audio": on } }));
            }
            Act::Says(which, kind, leg, sdp) => self.says_of_a_call(*which, kind, *leg, *sdp),
            Act::Rings(who) => {
                let leg = self.world.new_leg();
                self.legs.push(leg.clone());
                self.watcher.legs.entry(leg.clone()).or_default().rang = true;
                self.world.signal.ring(&leg, WHO[*who], "+13125550142", &[]);
            }
            Act::Ringing(leg) => self.with_leg(*leg, |world, leg| world.signal.ringing(leg)),
            Act::Answered(leg) => self.answered(*leg),
            Act::Over(leg) => {
                self.with_leg(*leg, |world, leg| world.signal.over(leg, None));
                self.looks();
                if let Some(leg) = self.leg(*leg) {
                    self.watcher.legs.entry(leg).or_default().ended = true;
                }
            }
            Act::Owed(which, works) => self.owed(*which, *works),
            Act::Passes(ms) => self.world.leaps(*ms),
            Act::Fault(who, fault) => self.world.fault(WHO[*who], *fault),
        }
        self.looks();
    }

    /// The engine connects a call. One that rings was then picked up elsewhere and is none of the browsers' any more.
    fn answered(&mut self, which: usize) {
        let Some(leg) = self.leg(which) else { return };
        let state = self.watcher.legs.entry(leg.clone()).or_default();
        let elsewhere = state.rang && !state.picked_up;
        self.world.signal.answered(&leg);
        self.looks();
        if elsewhere {
            self.watcher.legs.entry(leg).or_default().ended = true;
        }
    }

    fn says_of_a_call(&mut self, which: usize, kind: &'static str, leg: usize, form: usize) {
        let sid = self.leg(leg).unwrap_or_else(|| crate::support::leg(99));
        let setup = if form.is_multiple_of(2) {
            "actpass"
        } else {
            "active"
        };
        let path = if (form / 2).is_multiple_of(2) {
            "one"
        } else {
            "two"
        };
        let certificate = if form / 4 == 0 { "AA" } else { "BB" };
        let description = sdp(path, certificate, setup);
        let temporary = format!("TJS{leg}");
        let payload = match kind {
            "invite" => {
                json!({ "callsid": temporary, "sdp": description, "twilio": { "params": "To=1" } })
            }
            "reconnect" => {
                let token = self.watcher.reconnect.get(&sid);
                json!({ "callsid": sid.as_str(), "sdp": description, "reconnect": token.map_or("RT", String::as_str) })
            }
            "hangup" if form == 4 => {
                json!({ "callsid": temporary })
            }
            _ => json!({ "callsid": sid.as_str(), "sdp": description, "dtmf": "1" }),
        };
        let kind = if kind == "reconnect" { "invite" } else { kind };
        if let Some(conn) = self.socket_with(&sid, which) {
            self.world.says(conn, kind, payload);
        }
    }

    fn says(&mut self, which: usize, kind: &str, payload: Value) {
        if let Some(conn) = self.socket(which) {
            self.world.says(conn, kind, payload);
        }
    }

    /// Mostly a socket that was told of the call, and now and then any.
    fn socket_with(&self, leg: &CallSid, which: usize) -> Option<ConnId> {
        let told = self.watcher.told.get(leg).into_iter().flatten();
        let told: Vec<_> = told
            .filter(|conn| self.watcher.sockets.contains(conn))
            .collect();
        if told.is_empty() || which == 0 {
            self.socket(which)
        } else {
            Some(*told[which % told.len()])
        }
    }

    /// The media or the engine answer something that they were asked.
    fn owed(&mut self, which: usize, works: bool) {
        let owed: Vec<_> = self
            .watcher
            .media
            .iter()
            .flat_map(|(media, state)| state.waits_for.iter().map(|wait| (*media, *wait)))
            .collect();
        if !owed.is_empty() {
            let (media, wait) = owed[which % owed.len()];
            self.pays(media, wait, works);
        }
    }

    fn pays(&mut self, media: MediaId, wait: Wait, works: bool) {
        let state = self.watcher.media.get_mut(&media);
        let state = state.expect("what is owed was asked");
        state.waits_for.remove(&wait);
        let signal = &mut self.world.signal;
        match (wait, works) {
            (Wait::First | Wait::Again, true) => {
                signal.described(media, Ok("described".to_owned()));
            }
            (Wait::First, false) => {
                state.is_open = false;
                signal.described(media, Err("no".to_owned()));
            }
            (Wait::Again, false) => signal.described(media, Err("no".to_owned())),
            (Wait::Accept, true) => signal.accepted(media, Ok(())),
            (Wait::Accept, false) => signal.accepted(media, Err("no".to_owned())),
            (Wait::Call, true) => {
                let leg = self.world.new_leg();
                self.legs.push(leg.clone());
                self.world.signal.called(media, Ok(leg));
            }
            (Wait::Call, false) => signal.called(media, Err("no".to_owned())),
        }
        self.looks();
    }

    fn looks(&mut self) {
        self.world.turn();
        for out in std::mem::take(&mut self.world.outs) {
            self.watcher.sees(&out);
        }
    }

    fn socket(&self, which: usize) -> Option<ConnId> {
        let sockets: Vec<_> = self.watcher.sockets.iter().copied().collect();
        (!sockets.is_empty()).then(|| sockets[which % sockets.len()])
    }

    fn leg(&self, which: usize) -> Option<CallSid> {
        let live = self.legs.iter().rev();
        let mut live: Vec<_> = live.filter(|leg| self.watcher.is_live(leg)).collect();
        live.truncate(3);
        live.extend(self.legs.last());
        (!live.is_empty()).then(|| live[which % live.len()].clone())
    }

    fn with_leg(&mut self, which: usize, what: impl FnOnce(&mut World, &CallSid)) {
        if let Some(leg) = self.leg(which) {
            what(&mut self.world, &leg);
        }
    }

    /// Who may be called, by what is seen from outside.
    fn seen_registered(&self) -> Vec<String> {
        let clients = self.world.signal.clients();
        let registered = clients
            .into_iter()
            .filter(|client| client.sockets.iter().any(|socket| socket.is_registered));
        registered.map(|client| client.identity).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_happens_is_in_order(acts in prop::collection::vec(act(), 0..120)) {
        let mut watched = Watched::new();

        for act in &acts {
            watched.performs(act);

            let registered: Vec<_> = watched.watcher.registered.iter().cloned().collect();
            prop_assert_eq!(watched.seen_registered(), registered);
            for client in watched.world.signal.clients() {
                for socket in client.sockets {
                    prop_assert!(watched.watcher.sockets.contains(&socket.conn));
                }
                for call in client.calls {
                    prop_assert!(watched.watcher.is_live(&call), "{call} is over");
                }
            }
        }
    }

    #[test]
    fn when_all_browsers_are_gone_nothing_is_left(acts in prop::collection::vec(act(), 0..120)) {
        let mut watched = Watched::new();
        for act in &acts {
            watched.performs(act);
        }

        while watched.socket(0).is_some() {
            watched.performs(&Act::Closes(0));
        }
        while watched.watcher.media.values().any(|media| !media.waits_for.is_empty()) {
            watched.performs(&Act::Owed(0, true));
        }
        watched.performs(&Act::Passes(31_000));

        prop_assert_eq!(watched.world.signal.clients(), []);
        prop_assert_eq!(watched.world.signal.next_due(), None);
        for (media, state) in &watched.watcher.media {
            prop_assert!(!state.is_open, "{media:?} stays open: {state:?}");
        }
        for (leg, state) in &watched.watcher.legs {
            prop_assert!(state.ended, "{leg} goes on: {state:?}");
        }
    }

    #[test]
    fn no_text_makes_it_fail(
        texts in prop::collection::vec(text(), 0..30),
    ) {
        let mut world = World::new();
        let bea = world.browser("bea");
        world.talks("bea", bea);

        for text in texts {
            let ada = world.browser("ada");
            let call = world.rings("ada");
            world.signal.received(ada, &text.replace("CALL", call.as_str()));
            world.turn();
        }

        prop_assert_eq!(world.told(bea), Vec::<Value>::new());
    }
}

/// Texts from nonsense to almost a frame.
fn text() -> impl Strategy<Value = String> {
    let kind = prop::sample::select(vec![
        "listen", "register", "answer", "reject", "hangup", "invite", "reinvite", "dtmf",
        "message", "",
    ]);
    let field = prop::sample::select(vec![
        "callsid",
        "sdp",
        "token",
        "reconnect",
        "reconnectTimeout",
        "media",
        "twilio",
        "dtmf",
        "browserinfo",
        "voiceeventsid",
    ]);
    let value = prop_oneof![
        Just(json!("CALL")),
        Just(json!(null)),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,8}".prop_map(|text| json!(text)),
        Just(json!({ "audio": "yes", "params": "&&=%zz" })),
        Just(json!([[]])),
    ];
    let payload = prop::collection::btree_map(field, value, 0..6);
    let frame = (kind, payload)
        .prop_map(|(kind, payload)| json!({ "type": kind, "payload": payload }).to_string());
    prop_oneof![4 => frame, 1 => ".{0,40}"]
}
