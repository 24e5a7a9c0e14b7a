//! Two ends of a connection, with time and packets moved by hand.

use std::net::{Ipv4Addr, SocketAddr};

use super::*;
use crate::media::pace;

const STEP: Duration = Duration::from_millis(20);

/// A browser and the carrier.
struct Pair {
    now: Instant,
    browser: Connection,
    carrier: Connection,
    /// What each was told, beside sound.
    browser_saw: Vec<String>,
    carrier_saw: Vec<String>,
    carrier_heard: Vec<i16>,
    /// Which packets of the browser's are lost; they are counted from the first.
    is_lost: fn(u32) -> bool,
    sent: u32,
}

impl Pair {
    fn new() -> Self {
        let now = pace::now();
        let open = |side, port| {
            let local = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
            Connection::new(side, local, now).expect("the address can be told")
        };
        Self {
            now,
            browser: open(Side::Browser, 40_001),
            carrier: open(Side::Carrier, 40_002),
            browser_saw: Vec::new(),
            carrier_saw: Vec::new(),
            carrier_heard: Vec::new(),
            is_lost: |_| false,
            sent: 0,
        }
    }

    fn connected() -> Self {
        let mut pair = Self::new();
        let offer = pair.carrier.offer().expect("the carrier offers");
        let answer = pair.browser.answer(&offer).expect("the browser answers");
        pair.carrier.accept_answer(&answer).expect("it is taken");
        pair.pass(100);
        assert_eq!(pair.carrier_saw, ["connected"]);
        pair
    }

    /// Lets steps pass, in which the browser says a loud sample and the carrier silence.
    fn pass(&mut self, steps: u32) {
        for _ in 0..steps {
            self.browser.say(&[8_000; FRAME], self.now);
            self.carrier.say(&[0; FRAME], self.now);
            let end = self.now + STEP;
            loop {
                self.carry();
                let due = [self.browser.due, self.carrier.due];
                let Some(due) = due.into_iter().flatten().min().filter(|due| *due < end) else {
                    break;
                };
                self.now = due.max(self.now + Duration::from_millis(1));
                self.wake();
            }
            self.now = end.max(self.now);
            self.wake();
            self.carry();
        }
    }

    fn wake(&mut self) {
        for connection in [&mut self.browser, &mut self.carrier] {
            if connection.due.is_some_and(|due| due <= self.now) {
                connection.wake(self.now);
            }
        }
    }

    /// Carries packets to and fro until there are none.
    fn carry(&mut self) {
        loop {
            let there = std::mem::take(&mut self.browser.to_send);
            let back = std::mem::take(&mut self.carrier.to_send);
            if there.is_empty() && back.is_empty() {
                break;
            }
            for packet in there {
                self.sent += 1;
                if !(self.is_lost)(self.sent) {
                    self.carrier.take(packet.source, &packet.contents, self.now);
                }
            }
            for packet in back {
                self.browser.take(packet.source, &packet.contents, self.now);
            }
        }
        for happening in self.carrier.happened.drain(..) {
            match happening {
                Happening::Heard(samples) => self.carrier_heard.extend(samples),
                Happening::Pressed(key) => self.carrier_saw.push(key.to_string()),
                Happening::Connected => self.carrier_saw.push("connected".to_owned()),
                Happening::Lost => self.carrier_saw.push("lost".to_owned()),
            }
        }
        for happening in self.browser.happened.drain(..) {
            self.browser_saw.push(format!("{happening:?}"));
        }
    }
}

#[test]
fn what_is_said_arrives_as_it_was_said() {
    let mut pair = Pair::connected();
    pair.carrier_heard.clear();

    pair.pass(50);

    let near = wave::from_mu_law(wave::to_mu_law(8_000));
    assert!(pair.carrier_heard.iter().all(|sample| *sample == near));
    assert!((48 * FRAME..=52 * FRAME).contains(&pair.carrier_heard.len()));
}

#[test]
fn one_lost_packet_holds_up_the_others_for_two_steps_at_most() {
    let mut pair = Pair::connected();
    pair.pass(10);
    pair.carrier_heard.clear();

    pair.is_lost = |number| number % 10 == 0;
    pair.pass(100);

    let arrived = pair.carrier_heard.len() / FRAME;
    assert!((85..=93).contains(&arrived), "{arrived} of 100");
}

#[test]
fn a_key_is_told_once_however_many_packets_tell_it() {
    let mut pair = Pair::connected();

    for key in ['5', '5', '#', 'D'] {
        pair.browser.press(key, pair.now);
        pair.pass(15);
    }
    pair.browser.press('x', pair.now);
    pair.pass(15);

    assert_eq!(pair.carrier_saw, ["connected", "5", "5", "#", "D"]);
}

#[test]
fn a_key_is_told_though_its_first_packets_are_lost() {
    let mut pair = Pair::connected();

    // A step of sound, the key's first packet, and the next step.
    pair.sent = 0;
    pair.is_lost = |number| number <= 3;
    pair.browser.press('7', pair.now);
    pair.pass(15);

    assert_eq!(pair.carrier_saw, ["connected", "7"]);
}

#[test]
fn a_long_press_is_one_key_in_all_its_pieces() {
    let mut pair = Pair::connected();
    let event = |end| TelephoneEvent {
        event: 9,
        end,
        volume: 10,
        duration: Duration::from_secs(8),
    };

    pair.carrier.key_event(event(false), 1_000, true);
    pair.carrier.key_event(event(false), 66_535, false);
    pair.carrier.key_event(event(true), 66_535, false);
    pair.carrier.key_event(event(false), 90_000, true);
    pair.carry();

    assert_eq!(pair.carrier_saw, ["connected", "9", "9"]);
}

#[test]
fn a_browser_that_vanishes_is_lost_and_one_that_comes_back_is_connected() {
    let mut pair = Pair::connected();

    pair.is_lost = |_| true;
    pair.pass(50 * 20);
    assert_eq!(pair.carrier_saw, ["connected", "lost"]);

    pair.is_lost = |_| false;
    let offer = pair.browser.reoffer().expect("it looks for a new way");
    let answer = pair.carrier.answer(&offer).expect("the carrier answers");
    pair.browser.accept_answer(&answer).expect("it is taken");
    pair.pass(100);
    assert_eq!(pair.carrier_saw, ["connected", "lost", "connected"]);
    pair.carrier_heard.clear();
    pair.pass(50);
    assert!(pair.carrier_heard.len() > 45 * FRAME);
}

#[test]
fn what_is_over_wants_nothing_more() {
    let mut pair = Pair::connected();

    pair.carrier.end();
    pair.pass(10);

    assert_eq!(pair.carrier.due, None);
    assert_eq!(pair.carrier_saw, ["connected", "lost"]);
}

#[test]
fn packets_of_strangers_and_garbage_change_nothing() {
    let mut pair = Pair::connected();
    let stranger = SocketAddr::from((Ipv4Addr::LOCALHOST, 40_003));

    for length in 0..200 {
        let garbage: Vec<u8> = (0..length).map(|at| (at * 37 + length) as u8).collect();
        pair.carrier.take(stranger, &garbage, pair.now);
        pair.carrier.take(pair.browser.local, &garbage, pair.now);
    }
    pair.carrier_heard.clear();
    pair.pass(50);

    assert_eq!(pair.carrier_saw, ["connected"]);
    assert!(pair.carrier_heard.len() > 45 * FRAME);
}
