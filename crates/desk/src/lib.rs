//! What the browser and the server say to each other, and the plain functions both sides share.

mod calls;
mod error;
mod filter;
mod floor;
mod live;
mod notes;
mod numbers;
mod people;
mod phone_token;
mod phones;
mod reading;
pub mod softphone;
mod stand_ins;
mod times;
mod tone;

use async_trait::async_trait;

pub use calls::{CallPage, CallRow, CallStory, OfficeLine, StoryEntry};
pub use error::{DeskError, FieldError};
pub use filter::{CallFilter, CallQuery, Search, offset};
pub use floor::{
    AgentCall, AgentRow, BoardView, CallFact, CallState, CallerView, ConsoleView, DayView,
    Disposition, Doing, EarlierCall, Floor, FloorChange, FloorNews, FloorPart, HoldState, HourCount,
    IN_TIME_S, InboxItem, InboxWhat, LineDay, LineNow, Met, MyCall, MyDesk, RecentCall, Rung,
    StandingView, StatusChoice, TickedOff, WaitingRow, WrappingUp, count_day, status_choices,
};
pub use live::{Board, Change, LiveEvent, News, PhoneNews, Ping, Sight};
pub use notes::StoryNote;
pub use numbers::grouped;
pub use people::{Role, Site, UnknownRole, Viewer};
pub use phone_token::{PhoneToken, TokenRefusal};
pub use phones::{
    Habit, HabitForm, Happening, LineChoice, Logged, NewCall, NumberHabit, Paper, Phone, PhoneAct,
    PhoneActForm, Phones, PlaceCallForm, SAMPLE_CALLERS, SampleCaller, Side, Stage, Utterance,
    Voice, key_of,
};
pub use reading::{Ink, Piece, by_verb, lay_out};
pub use stand_ins::{STAND_INS, StandIn};
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

    /// The pretend telephones; for anybody on this machine, where the local carrier runs.
    ///
    /// # Errors
    /// `NotFound` without the local carrier, `Forbidden` from elsewhere.
    async fn phones(&self) -> Result<Phones, DeskError>;

    /// Calls a line from a pretend telephone; gives the new call's id.
    ///
    /// # Errors
    /// As for `phones`, `Invalid` for fields that make no sense, `Refused` when the carrier does not take the call.
    async fn place_call(&self, form: PlaceCallForm) -> Result<String, DeskError>;

    /// Does something with a pretend telephone.
    ///
    /// # Errors
    /// As for `phones`, `Invalid` for fields that make no sense, `Refused` when the telephone cannot do this now.
    async fn use_phone(&self, form: PhoneActForm) -> Result<(), DeskError>;

    /// Decides what an outside telephone does when it rings.
    ///
    /// # Errors
    /// As for `phones`, `Invalid` for fields that make no sense.
    async fn set_habit(&self, form: HabitForm) -> Result<(), DeskError>;
}
