//! A microphone and a loudspeaker for a pretend telephone: sound straight to the local carrier, without the SDK.

use desk::softphone::MicrophoneFault;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::js_sys::futures::JsFuture;
use leptos::web_sys::{
    HtmlAudioElement, MediaStream, MediaStreamTrack, RequestInit, Response, RtcPeerConnection,
    RtcSdpType, RtcSessionDescriptionInit, RtcTrackEvent,
};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::script::{leave, object, set, text};
use super::{held, microphone};

/// How a pretend telephone's sound stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sounding {
    /// It has none.
    #[default]
    Off,
    /// The browser asks for the microphone, or the carrier is asked.
    Opening,
    /// What is said into the microphone is heard on the line, and the other way round.
    On,
    /// It has none, and why.
    Refused(String),
}

/// The sound of a telephone. It ends when this is dropped.
pub(super) struct Talk {
    connection: RtcPeerConnection,
    stream: MediaStream,
    _heard: Closure<dyn FnMut(RtcTrackEvent)>,
}

/// Gives the telephone of a leg microphone and loudspeaker, and says in `sounding` what became of it.
pub(crate) fn talk(leg: String, sounding: RwSignal<Sounding>) {
    sounding.set(Sounding::Opening);
    spawn_local(async move {
        let became = match begin(&leg).await {
            // It was hung up, or the sound turned off, while the browser asked its person.
            Ok(_) if sounding.try_get_untracked() != Some(Sounding::Opening) => {
                return tell_carrier(&leg);
            }
            Ok(talk) => {
                drop(held(|held| held.talks.insert(leg, talk)));
                Sounding::On
            }
            Err(why) => Sounding::Refused(why),
        };
        sounding.try_set(became);
    });
}

/// Takes both away again.
pub(crate) fn be_silent(leg: &str, sounding: RwSignal<Sounding>) {
    sounding.try_set(Sounding::Off);
    if end(leg) {
        tell_carrier(leg);
    }
}

/// Lets go of the sound of a telephone whose call is over, as the carrier has. Says whether it had any.
pub(crate) fn end(leg: &str) -> bool {
    let talk = held(|held| held.talks.remove(leg));
    talk.is_some()
}

async fn begin(leg: &str) -> Result<Talk, String> {
    let any = object([("audio", JsValue::TRUE)]);
    let stream = microphone::ask(any).await.map_err(in_words)?;
    let talk = Talk::over(stream).map_err(|error| in_short(&error))?;
    let offer = talk.offer().await.map_err(|error| in_short(&error))?;
    let answer = exchange(leg, &offer).await?;
    talk.accept(&answer)
        .await
        .map_err(|error| in_short(&error))?;
    Ok(talk)
}

impl Talk {
    fn over(stream: MediaStream) -> Result<Self, JsValue> {
        let connection = RtcPeerConnection::new()?;
        stream.get_tracks().for_each(&mut |track, _, _| {
            connection.add_track_0(&track.unchecked_into(), &stream);
        });
        let loudspeaker = HtmlAudioElement::new()?;
        let heard = Closure::<dyn FnMut(RtcTrackEvent)>::new(move |event: RtcTrackEvent| {
            let stream: Option<MediaStream> = event.streams().get(0).dyn_into().ok();
            loudspeaker.set_src_object(stream.as_ref());
            if let Ok(playing) = loudspeaker.play() {
                leave(playing);
            }
        });
        connection.set_ontrack(Some(heard.as_ref().unchecked_ref()));
        Ok(Self {
            connection,
            stream,
            _heard: heard,
        })
    }

    /// The carrier learns where the browser is from what it sends, so that nothing is gathered beforehand.
    async fn offer(&self) -> Result<String, JsValue> {
        let offer = JsFuture::from(self.connection.create_offer()).await?;
        let sdp = text(&offer, "sdp");
        let description = RtcSessionDescriptionInit::new(RtcSdpType::Offer);
        description.set_sdp(&sdp);
        JsFuture::from(self.connection.set_local_description(&description)).await?;
        Ok(sdp)
    }

    async fn accept(&self, answer: &str) -> Result<(), JsValue> {
        let description = RtcSessionDescriptionInit::new(RtcSdpType::Answer);
        description.set_sdp(answer);
        JsFuture::from(self.connection.set_remote_description(&description))
            .await
            .map(|_| ())
    }
}

/// Brings the carrier the offer, and its answer back.
async fn exchange(leg: &str, offer: &str) -> Result<String, String> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(offer));
    let headers = object([("Content-Type", "application/sdp".into())]);
    set(&init, "headers", &headers);
    let asked = window().fetch_with_str_and_init(&address(leg), &init);
    let gone = |_| "The server cannot be reached. Check the connection.".to_owned();
    let answer: Response = JsFuture::from(asked).await.map_err(gone)?.unchecked_into();
    let text = JsFuture::from(answer.text().map_err(gone)?)
        .await
        .map_err(gone)?;
    let text = text.as_string().unwrap_or_default();
    if answer.ok() { Ok(text) } else { Err(text) }
}

fn tell_carrier(leg: &str) {
    let init = RequestInit::new();
    init.set_method("DELETE");
    leave(window().fetch_with_str_and_init(&address(leg), &init));
}

fn address(leg: &str) -> String {
    format!("/phones/legs/{leg}/sound")
}

fn in_words(fault: MicrophoneFault) -> String {
    let trouble = desk::softphone::Trouble::of_microphone(fault);
    format!("{} {}", trouble.what, trouble.advice)
}

fn in_short(error: &JsValue) -> String {
    format!(
        "The browser could not connect the sound: {}",
        text(error, "message")
    )
}

impl Drop for Talk {
    fn drop(&mut self) {
        self.connection.set_ontrack(None);
        self.connection.close();
        self.stream.get_tracks().for_each(&mut |track, _, _| {
            track.unchecked_into::<MediaStreamTrack>().stop();
        });
    }
}
