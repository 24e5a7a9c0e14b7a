//! Sound, mixed: what every ear hears and every tape takes down, in steps of 20 ms, from a plan and the voices.
//!
//! Pure: no clock, no network. [`Mixer`] turns a [`SoundPlan`](crate::engine::SoundPlan) and a [`Frame`] of every voice
//! into a frame for every ear and tape. Sound is mono at 8,000 samples a second, as telephones have it.

mod jitter;
mod mixer;
mod music;
mod playing;
mod probe;
mod score;
mod source;
mod tape;
mod tones;

pub use jitter::Jitter;
pub use mixer::Mixer;
pub use probe::{Level, Levels, Meter, peak_hz, rms, strength};
pub use source::{Source, Speaker};
pub use tape::Tapes;

/// How long a step is.
pub const STEP_MS: i64 = 20;

/// The samples of a step.
pub const FRAME: usize = 160;

/// The sound of a step.
pub type Frame = [i16; FRAME];

/// A step without a sound.
pub const SILENCE: Frame = [0; FRAME];

/// Samples in a millisecond.
const PER_MS: i64 = 8;

/// Sound added up, before it is brought back to what a sample can hold.
type Sum = [i32; FRAME];

fn add(sum: &mut Sum, frame: &Frame) {
    for (sum, sample) in sum.iter_mut().zip(frame) {
        *sum += i32::from(*sample);
    }
}

fn take_away(sum: &mut Sum, frame: &Frame) {
    for (sum, sample) in sum.iter_mut().zip(frame) {
        *sum -= i32::from(*sample);
    }
}

/// What is too loud stays at the loudest.
fn saturated(sum: &Sum) -> Frame {
    sum.map(|sample| sample.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16)
}
