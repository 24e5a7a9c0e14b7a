//! One end of a WebRTC connection without its socket: packets and frames in, packets and happenings out.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use str0m::change::{SdpAnswer, SdpOffer, SdpPendingOffer};
use str0m::config::{CryptoProvider, DtlsCert};
use str0m::format::{Codec, CodecExtra, FormatParams};
use str0m::media::{
    Direction, Frequency, MediaData, MediaKind, MediaTime, Mid, Pt, TelephoneEvent,
};
use str0m::net::{Protocol, Receive, Transmit};
use str0m::rtp::Extension;
use str0m::{Candidate, Event, Input, Output, Rtc, RtcConfig, RtcError};

use super::MediaError;
use crate::mix::{FRAME, Frame};
use crate::wave;

/// The number that our offers give to keys; browsers give them the same.
const KEYS: u8 = 126;
/// The events of RFC 4733, in their order.
const KEY_NAMES: [char; 16] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D',
];
/// So many packets may overtake one before it is given up. The buffer behind evens out the rest.
const OVERTAKEN_BY: usize = 2;

/// What came of the packets.
#[derive(Debug)]
pub(super) enum Happening {
    Heard(Vec<i16>),
    Pressed(char),
    Connected,
    Lost,
}

/// Which part it plays when a connection is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Waits to be reached, as a server does (ICE-lite).
    Carrier,
    /// Looks for the other side, as a browser does.
    Browser,
}

/// One end of a connection.
#[derive(Debug)]
pub(super) struct Connection {
    rtc: Rtc,
    local: SocketAddr,
    /// Our one line of media. It is named by whoever offers.
    mid: Option<Mid>,
    pending: Option<SdpPendingOffer>,
    mu_law: Option<Pt>,
    /// The place of the next frame in the sound that is sent.
    at: u64,
    last_key: Option<PressedKey>,
    is_connected: bool,
    pub(super) to_send: Vec<Transmit>,
    pub(super) happened: Vec<Happening>,
    /// When it wants to be woken; nothing once it is over.
    pub(super) due: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PressedKey {
    event: u8,
    began: u64,
    has_ended: bool,
}

/// The keys and the certificate of this process; making a certificate is slow.
fn crypto() -> &'static (Arc<CryptoProvider>, Option<DtlsCert>) {
    static CRYPTO: OnceLock<(Arc<CryptoProvider>, Option<DtlsCert>)> = OnceLock::new();
    CRYPTO.get_or_init(|| {
        let provider = str0m::crypto::from_feature_flags();
        let certificate = provider.dtls_provider.generate_certificate();
        (Arc::new(provider), certificate)
    })
}

impl Connection {
    pub(super) fn new(side: Side, local: SocketAddr, now: Instant) -> Result<Self, MediaError> {
        let (provider, certificate) = crypto();
        let mut config = RtcConfig::new()
            .set_crypto_provider(Arc::clone(provider))
            .set_ice_lite(side == Side::Carrier)
            .set_reordering_size_audio(OVERTAKEN_BY)
            .set_reordering_timeout_audio(Some(Duration::from_millis(60)))
            // Reports on every packet, for video that adapts itself, would only cost time here.
            .clear_extension_map()
            .set_extension(1, Extension::RtpMid)
            .clear_codecs()
            .enable_pcmu(true, false);
        if let Some(certificate) = certificate {
            config = config.set_dtls_cert(certificate.clone());
        }
        config.codec_config().add_config(
            KEYS.into(),
            None,
            Codec::Tele,
            Frequency::EIGHT_KHZ,
            None,
            FormatParams::default(),
        );
        let mut rtc = config.build(now);
        let candidate =
            Candidate::host(local, "udp").map_err(|_| MediaError::Address(local.ip()))?;
        rtc.add_local_candidate(candidate);
        let mut connection = Self {
            rtc,
            local,
            mid: None,
            pending: None,
            mu_law: None,
            at: 0,
            last_key: None,
            is_connected: false,
            to_send: Vec::new(),
            happened: Vec::new(),
            due: None,
        };
        connection.drain();
        Ok(connection)
    }

    /// Offers sound both ways.
    pub(super) fn offer(&mut self) -> Result<String, MediaError> {
        let mut api = self.rtc.sdp_api();
        let mid = api.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
        let (offer, pending) = api.apply().ok_or(MediaError::NotOffered)?;
        self.mid = Some(mid);
        self.pending = Some(pending);
        self.drain();
        Ok(offer.to_sdp_string())
    }

    /// Offers to look for a new way.
    pub(super) fn reoffer(&mut self) -> Result<String, MediaError> {
        let mut api = self.rtc.sdp_api();
        api.ice_restart(true);
        let (offer, pending) = api.apply().ok_or(MediaError::NotOffered)?;
        self.pending = Some(pending);
        self.drain();
        Ok(offer.to_sdp_string())
    }

    /// Takes the other side's answer to our offer.
    pub(super) fn accept_answer(&mut self, answer: &str) -> Result<(), MediaError> {
        let answer = SdpAnswer::from_sdp_string(answer).map_err(unusable)?;
        let pending = self.pending.take().ok_or(MediaError::NotOffered)?;
        let taken = self.rtc.sdp_api().accept_answer(pending, answer);
        self.drain();
        taken.map_err(unusable)
    }

    /// Answers an offer of the other side, the first or a later one.
    pub(super) fn answer(&mut self, offer: &str) -> Result<String, MediaError> {
        let offer = SdpOffer::from_sdp_string(offer).map_err(unusable)?;
        let answer = self.rtc.sdp_api().accept_offer(offer);
        self.drain();
        Ok(answer.map_err(unusable)?.to_sdp_string())
    }

    /// Takes a packet.
    pub(super) fn take(&mut self, from: SocketAddr, packet: &[u8], now: Instant) {
        let Ok(receive) = Receive::new(Protocol::Udp, from, self.local, packet) else {
            return;
        };
        let input = Input::Receive(now, receive);
        if self.rtc.accepts(&input) {
            let taken = self.rtc.handle_input(input);
            self.after(taken);
        }
    }

    /// Tells it the time, which it asked for by `due`.
    pub(super) fn wake(&mut self, now: Instant) {
        let taken = self.rtc.handle_input(Input::Timeout(now));
        self.after(taken);
    }

    /// Sends a step of sound, once there is a connection.
    pub(super) fn say(&mut self, frame: &Frame, now: Instant) {
        let bytes: Vec<u8> = frame
            .iter()
            .map(|sample| wave::to_mu_law(*sample))
            .collect();
        self.write(bytes, None, now);
        self.at += FRAME as u64;
    }

    /// Presses a key for a tenth of a second.
    pub(super) fn press(&mut self, key: char, now: Instant) {
        let Some(event) = KEY_NAMES.iter().position(|name| *name == key) else {
            return;
        };
        let event = TelephoneEvent {
            event: u8::try_from(event).unwrap_or_default(),
            end: true,
            volume: 10,
            duration: Duration::from_millis(100),
        };
        self.write(Vec::new(), Some(event), now);
    }

    fn write(&mut self, bytes: Vec<u8>, key: Option<TelephoneEvent>, now: Instant) {
        if !self.is_connected {
            return;
        }
        let Some(mut writer) = self.mid.and_then(|mid| self.rtc.writer(mid)) else {
            return;
        };
        if self.mu_law.is_none() {
            let mut formats = writer.payload_params();
            self.mu_law = formats
                .find(|format| format.spec().codec == Codec::PCMU)
                .map(str0m::format::PayloadParams::pt);
        }
        let Some(mu_law) = self.mu_law else {
            return;
        };
        if let Some(key) = key {
            writer = writer.telephone_event(key);
        }
        let at = MediaTime::new(self.at, Frequency::EIGHT_KHZ);
        let written = writer.write(mu_law, now, at, bytes);
        self.after(written);
    }

    /// Ends it, without a word to the other side: that goes by signalling.
    pub(super) fn end(&mut self) {
        self.rtc.disconnect();
        self.over();
    }

    fn after(&mut self, done: Result<(), RtcError>) {
        if let Err(error) = done {
            tracing::debug!(%error, "a connection for sound did not take something");
        }
        self.drain();
    }

    /// After everything that is done with it, what it wants is taken out to the last.
    fn drain(&mut self) {
        loop {
            if !self.rtc.is_alive() {
                return self.over();
            }
            match self.rtc.poll_output() {
                Ok(Output::Timeout(due)) => {
                    self.due = Some(due);
                    return;
                }
                Ok(Output::Transmit(packet)) => self.to_send.push(packet),
                Ok(Output::Event(event)) => self.happens(event),
                Err(error) => {
                    tracing::debug!(%error, "a connection for sound broke");
                    self.rtc.disconnect();
                }
            }
        }
    }

    fn over(&mut self) {
        self.due = None;
        self.turns(false);
    }

    fn turns(&mut self, is_connected: bool) {
        if self.is_connected != is_connected {
            self.is_connected = is_connected;
            self.happened.push(if is_connected {
                Happening::Connected
            } else {
                Happening::Lost
            });
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "str0m's events are many and may become more"
    )]
    fn happens(&mut self, event: Event) {
        match event {
            Event::Connected => self.turns(true),
            // Before the keys are agreed upon, `Connected` has not come yet.
            Event::IceConnectionStateChange(state) if state.is_disconnected() => self.turns(false),
            Event::IceConnectionStateChange(_) if self.rtc.is_connected() => self.turns(true),
            Event::MediaAdded(media) => self.mid = Some(media.mid),
            Event::MediaData(data) => self.heard(&data),
            _ => {}
        }
    }

    fn heard(&mut self, data: &MediaData) {
        if let CodecExtra::Tele(event) = data.codec_extra {
            self.key_event(event, data.time.numer(), data.audio_start_of_talk_spurt);
        } else if data.params.spec().codec == Codec::PCMU {
            let samples = data.data.iter().map(|byte| wave::from_mu_law(*byte));
            self.happened.push(Happening::Heard(samples.collect()));
        }
    }

    /// One press is many packets: all with the same beginning, but a long one goes on in a further piece without a mark.
    fn key_event(&mut self, event: TelephoneEvent, began: u64, is_marked: bool) {
        let is_known = self.last_key.is_some_and(|last| {
            let goes_on = !last.has_ended && !is_marked && began > last.began;
            last.event == event.event && (last.began == began || goes_on)
        });
        self.last_key = Some(PressedKey {
            event: event.event,
            began,
            has_ended: event.end,
        });
        if let Some(key) = KEY_NAMES.get(usize::from(event.event))
            && !is_known
        {
            self.happened.push(Happening::Pressed(*key));
        }
    }
}

fn unusable(error: impl std::fmt::Display) -> MediaError {
    MediaError::Description(error.to_string())
}

#[cfg(test)]
mod tests;
