//! The music of waiting and held callers, and the beep of rooms: our own, made here when the carrier first asks for it.
//!
//! They are served beside the webhooks and not with the site's files, so that a server without a bundle,
//! or below a path that no proxy strips, has them too.

use std::f64::consts::TAU;
use std::sync::LazyLock;

use axum::Router;
use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use carrier::wave::{self, RATE};

use crate::state::AppState;

/// Where the music lies. It is a file that the carrier fetches, not a webhook: nobody signs for it
/// (reference A.3.2).
pub const WAIT: &str = "/sounds/wait.wav";

/// Where the beep lies, likewise.
pub const BEEP: &str = "/sounds/beep.wav";

/// How high the beep is, how long and how loud, and how long its soft beginning and end.
const BEEP_HZ: f64 = 880.0;
const BEEP_MS: u32 = 400;
const BEEP_GAIN: f64 = 0.3;
const BEEP_SOFT_MS: u32 = 20;

/// A chord lasts so long, and its notes follow one another so closely.
const CHORD_MS: u32 = 3_000;
const STEP_MS: u32 = 375;

/// The chords, in hertz from the lowest note up: A minor, F, C, G, and once more with another end.
const CHORDS: [[f64; 4]; 8] = [
    [440.0, 523.25, 659.26, 880.0],
    [349.23, 440.0, 523.25, 698.46],
    [392.0, 523.25, 659.26, 783.99],
    [392.0, 493.88, 587.33, 783.99],
    [440.0, 523.25, 659.26, 880.0],
    [349.23, 440.0, 587.33, 698.46],
    [392.0, 493.88, 587.33, 698.46],
    [329.63, 392.0, 523.25, 659.26],
];

/// In which order the notes of a chord are struck.
const FIGURE: [usize; 8] = [0, 1, 2, 3, 2, 1, 2, 1];

/// How strong a note is; as many as sound together here stay well below 1.
const GAIN: f64 = 0.16;

/// After this time a note has a third of its strength.
const FADES_MS: f64 = 420.0;

/// After this time nobody hears it.
const NOTE_MS: u32 = 1_800;

static MUSIC: LazyLock<Bytes> = LazyLock::new(|| file(play()));
static TONE: LazyLock<Bytes> = LazyLock::new(|| file(beep()));

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new()
        .route(WAIT, get(async || sound(&MUSIC)))
        .route(BEEP, get(async || sound(&TONE)))
}

fn sound(file: &Bytes) -> Response {
    let headers = [
        (CONTENT_TYPE, "audio/wav"),
        (CACHE_CONTROL, "public, max-age=86400"),
    ];
    (headers, file.clone()).into_response()
}

fn file(heard: Vec<f64>) -> Bytes {
    Bytes::from(wave::write(&[heard.into_iter().map(level).collect()]))
}

/// One tone, between a soft beginning and a soft end.
fn beep() -> Vec<f64> {
    let (long, soft) = (samples_in(BEEP_MS), samples_in(BEEP_SOFT_MS));
    let tone = |sample: u32| {
        let edge = sample.min(long - 1 - sample).min(soft);
        let wave = (TAU * BEEP_HZ * seconds(sample)).sin();
        BEEP_GAIN * wave * f64::from(edge) / f64::from(soft)
    };
    (0..long).map(tone).collect()
}

/// Broken chords, each note ringing into the next ones, between a soft beginning and a soft end.
fn play() -> Vec<f64> {
    let long = samples_in(CHORD_MS * 8);
    let mut heard = vec![0.0; long as usize];
    for (chord, start) in CHORDS.iter().zip((0..).step_by(CHORD_MS as usize)) {
        for (note, at) in FIGURE.iter().zip((start..).step_by(STEP_MS as usize)) {
            let begins = samples_in(at) as usize;
            for (place, sample) in heard[begins..].iter_mut().zip(0..samples_in(NOTE_MS)) {
                *place += struck(chord[*note], seconds(sample));
            }
        }
    }
    let ends = samples_in(200);
    for (place, sample) in heard.iter_mut().zip(0..long) {
        let from_end = sample.min(long - 1 - sample).min(ends);
        *place *= f64::from(from_end) / f64::from(ends);
    }
    heard
}

/// A struck string some time after it was struck: a fundamental and a little of its octave.
fn struck(hz: f64, since: f64) -> f64 {
    let begins = (since / 0.008).min(1.0);
    let fades = (-since * 1_000.0 / FADES_MS).exp();
    let wave = |times: f64| (TAU * hz * times * since).sin();
    GAIN * begins * fades * (wave(1.0) + 0.2 * wave(2.0))
}

const fn samples_in(ms: u32) -> u32 {
    ms * (RATE / 1_000)
}

fn seconds(sample: u32) -> f64 {
    f64::from(sample) / f64::from(RATE)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what is not within a sample's range is cut there, as a cast of floats does"
)]
fn level(sample: f64) -> i16 {
    (sample * f64::from(i16::MAX)).round() as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_music_is_heard_all_the_time_and_neither_clips_nor_clicks() {
        let music = play();

        let most = music.iter().map(|sample| sample.abs()).fold(0.0, f64::max);
        assert!((0.2..0.95).contains(&most), "it goes up to {most}");
        assert!(music[0].abs() < 0.001 && music[music.len() - 1].abs() < 0.001);
        for (second, part) in music.chunks(RATE as usize).enumerate() {
            let power = part.iter().map(|sample| sample * sample).sum::<f64>() / f64::from(RATE);
            assert!(power.sqrt() > 0.02, "second {second} is silent");
        }
    }

    #[test]
    fn the_beep_is_short_and_neither_clips_nor_clicks() {
        let beep = beep();

        let most = beep.iter().map(|sample| sample.abs()).fold(0.0, f64::max);
        assert!((0.2..0.95).contains(&most), "it goes up to {most}");
        assert!(beep[0].abs() < 0.001 && beep[beep.len() - 1].abs() < 0.001);
        assert_eq!(carrier::wave::length_ms(&TONE), Some(400));
    }

    #[test]
    fn the_file_says_truly_how_long_it_is() {
        let file = MUSIC.clone();
        let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());

        assert_eq!(number(4) as usize, file.len() - 8);
        assert_eq!(number(40) as usize, file.len() - 44);
        assert_eq!(carrier::wave::length_ms(&file), Some(24_000));
    }
}
