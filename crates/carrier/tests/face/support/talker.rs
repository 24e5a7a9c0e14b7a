//! Somebody who talks: a browser in a call, with a headset that says a tone and measures what it hears.

use std::net::{IpAddr, Ipv4Addr};

use carrier::media::Headset;
use carrier::mix::{Level, Source};
use serde_json::{Value, json};
use twilio::CallSid;

use super::{Browser, Stage};

/// Where sound is.
pub(crate) const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A browser in a call.
pub(crate) struct Talker {
    pub(crate) browser: Browser,
    pub(crate) headset: Headset,
    pub(crate) leg: CallSid,
    /// What gives the right to come back to the call.
    pub(crate) reconnect: Value,
}

impl Talker {
    /// A browser of the identity calls out through the application, saying a tone.
    pub(crate) async fn calls(stage: &Stage, identity: &str, params: &str, hz: f64) -> Self {
        let mut browser = Browser::of(&stage.carrier, identity).await;
        let (headset, offer) = Headset::offer(HERE).expect("there is a socket");
        headset.say(Source::Tone { hz });
        let invite = json!({"callsid": "TJSone", "sdp": offer, "twilio": {"params": params}});
        browser.send("invite", invite).await;
        let answer = browser.hears("answer").await;
        let description = answer["sdp"].as_str().expect("it has a description");
        headset
            .accept_answer(description)
            .expect("it fits the offer");
        Self::of(browser, headset, &answer)
    }

    /// A browser that is rung answers, saying a tone.
    pub(crate) async fn answers(mut browser: Browser, hz: f64) -> Self {
        let invite = browser.hears("invite").await;
        let offer = invite["sdp"].as_str().expect("it has a description");
        let (headset, answer) = Headset::answer(HERE, offer).expect("the offer is sound");
        headset.say(Source::Tone { hz });
        let answer = json!({"callsid": invite["callsid"], "sdp": answer});
        browser.send("answer", answer).await;
        Self::of(browser, headset, &invite)
    }

    fn of(browser: Browser, headset: Headset, frame: &Value) -> Self {
        let leg = frame["callsid"].as_str().expect("a call");
        Self {
            browser,
            headset,
            leg: CallSid::parse(leg).expect("a SID"),
            reconnect: frame["reconnect"].clone(),
        }
    }

    pub(crate) async fn hears(&self, stage: &Stage, hz: f64) {
        until_heard(stage, &self.headset, hz).await;
    }
}

/// Waits until a headset hears a tone.
pub(crate) async fn until_heard(stage: &Stage, headset: &Headset, hz: f64) {
    stage.until(|_| is(headset.heard(), hz).then_some(())).await;
}

/// Whether a tone is what sounds the most.
pub(crate) fn is(level: Level, hz: f64) -> bool {
    level.rms > 500.0 && (level.peak_hz - hz).abs() < 20.0
}
