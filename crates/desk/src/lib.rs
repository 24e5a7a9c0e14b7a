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
pub mod rooms;
mod scene;
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
    Disposition, Doing, EarlierCall, Floor, FloorChange, FloorNews, FloorPart, HoldState,
    HourCount, IN_TIME_S, InboxItem, InboxWhat, LineDay, LineNow, Met, MyCall, MyDesk, RecentCall,
    Rung, Scale, StandingView, StatusChoice, TickedOff, WaitingRow, WrapUpForm, WrapUpWords,
    WrappingUp, chosen, count_day, hour_span, status_choices,
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
pub use scene::{AtDesk, Scene, announcement};
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

    /// The console of whoever is signed in.
    ///
    /// # Errors
    /// `SignedOut`, `Internal`.
    async fn console(&self) -> Result<ConsoleView, DeskError>;

    /// The board; for supervisors and admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `Internal`.
    async fn board(&self) -> Result<BoardView, DeskError>;

    /// Chooses one's own status, by its word; in a call it holds after it.
    ///
    /// # Errors
    /// `SignedOut`, `Invalid` for a word that is none, `Internal`.
    async fn choose_status(&self, status: String) -> Result<(), DeskError>;

    /// Chooses what to be after the call, by its word; an empty one takes that back.
    ///
    /// # Errors
    /// As for `choose_status`.
    async fn choose_next(&self, status: String) -> Result<(), DeskError>;

    /// Declines a call that rings at oneself.
    ///
    /// # Errors
    /// `SignedOut`, `NotFound`, `Forbidden` for a call that rings at somebody else, `Refused` when it is too late.
    async fn decline(&self, call: String, offer: u32) -> Result<(), DeskError>;

    /// Ends one's own call kindly.
    ///
    /// # Errors
    /// `SignedOut`, `NotFound`, `Forbidden` for a call of somebody else's, `Refused` when it is too late.
    async fn hang_up(&self, call: String) -> Result<(), DeskError>;

    /// Puts the caller of one's own call on hold, or takes them off it.
    ///
    /// # Errors
    /// As for `hang_up`.
    async fn hold(&self, call: String, on: bool) -> Result<(), DeskError>;

    /// Takes more time for wrapping up: it does not pass by itself any longer.
    ///
    /// # Errors
    /// `SignedOut`, `NotFound`, `Refused` when there is nothing to wrap up.
    async fn more_wrap_up(&self, call: String) -> Result<(), DeskError>;

    /// Notes how a call went, and is ready for the next one.
    ///
    /// # Errors
    /// `SignedOut`, `NotFound`, `Forbidden` for a call of somebody else's, `Invalid` for fields that make no sense.
    async fn finish_wrap_up(&self, form: WrapUpForm) -> Result<(), DeskError>;

    /// Ticks an entry of the inbox off, or takes that back.
    ///
    /// # Errors
    /// `SignedOut`, `NotFound`, `Forbidden` for an entry of another team.
    async fn tick_off(&self, call: String, kind: String, done: bool) -> Result<(), DeskError>;

    /// Chooses the status of somebody else, by its word; for supervisors and admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `NotFound`, `Invalid` for a word that is none, `Internal`.
    async fn set_agent(&self, agent: String, status: String) -> Result<(), DeskError>;

    /// Frees somebody from what they are stuck in; for supervisors and admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `NotFound`, `Refused` when they are free, `Internal`.
    async fn free_agent(&self, agent: String) -> Result<(), DeskError>;
}
