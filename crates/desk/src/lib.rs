//! What the browser and the server say to each other, and the plain functions both sides share.

mod calls;
mod error;
mod filter;
mod numbers;
mod people;
mod reading;
mod times;
mod tone;

use async_trait::async_trait;

pub use calls::{CallPage, CallRow, CallStory, OfficeLine, StoryEntry};
pub use error::{DeskError, FieldError};
pub use filter::{CallFilter, CallQuery, Search, offset};
pub use numbers::grouped;
pub use people::{Role, Site, UnknownRole, Viewer};
pub use reading::{Ink, Piece, lay_out};
pub use times::{Clocked, ago, clock, day, duration, exact, iso, time_of_day};
pub use tone::{Tone, outcome_text};

/// Everything the pages may ask of the server, on behalf of one person.
///
/// The server makes one per request, for whoever is signed in; permission is decided in its implementation.
#[async_trait]
pub trait Desk: Send + Sync {
    /// The person this desk answers to, or `None` when nobody is signed in.
    fn viewer(&self) -> Option<Viewer>;

    /// What every page says about the installation.
    fn site(&self) -> Site;

    /// One page of the calls that match, latest first; for supervisors and admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `Invalid` for a day that is none, `Internal`.
    async fn calls(&self, filter: CallFilter) -> Result<CallPage, DeskError>;

    /// One call with its journal, by CallSid; for supervisors and admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `NotFound`, `Internal`.
    async fn call(&self, sid: String) -> Result<CallStory, DeskError>;
}
