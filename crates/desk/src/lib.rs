//! What the browser and the server say to each other, and the plain functions both sides share.

pub mod audit;
mod calling_out;
mod calls;
pub mod directory;
mod error;
mod filter;
mod floor;
pub mod lines;
mod live;
pub mod menus;
mod notes;
mod numbers;
pub mod people;
mod phone_token;
mod phones;
pub mod prompts;
mod reading;
pub mod retention;
pub mod rooms;
mod scene;
pub mod setup;
pub mod softphone;
mod stand_ins;
mod times;
mod tone;
mod transfer;
mod watch;

use async_trait::async_trait;

pub use calling_out::{OwnNumber, not_called};
pub use calls::{CallPage, CallRow, CallStory, OfficeLine, StoryEntry};
pub use error::{DeskError, FieldError};
pub use exchange::{PartyAct, TransferAct};
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
pub use transfer::{
    Colleague, HandOver, HandOverForm, HandedView, LONGEST_NOTE, PartyIs, PartyView,
    PastTransferView, QueueChoice, To, TransferPart, TransferView,
};
pub use watch::{WatchView, WatcherView, watch_mode};

/// Everything the pages may ask of the server, on behalf of one person.
///
/// The server makes one per request, for whoever is signed in; permission is decided in its implementation.
#[async_trait]
pub trait Desk:
    lines::Lines
    + menus::Menus
    + prompts::Prompts
    + setup::Setup
    + audit::Audit
    + people::People
    + retention::Retention
    + Send
    + Sync
{
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

    /// The rooms that live now and one page of those that are over; for supervisors and admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `Internal`.
    async fn rooms(&self, page: u32) -> Result<rooms::RoomsPage, DeskError>;

    /// One room by its id, with what was done in it and when it lived before; for supervisors and admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `NotFound` for a room that never lived, `Internal`.
    async fn room(&self, id: String) -> Result<rooms::RoomStory, DeskError>;

    /// Does something with a room or whoever is in it; for supervisors and admins. It is seen as wanted at once, and
    /// as done or refused when the carrier has answered.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `NotFound` for a room that does not live, `Invalid` for fields that make no sense,
    /// `Refused` when it cannot be: they have left, the room is full.
    async fn act_in_room(&self, form: rooms::RoomActForm) -> Result<(), DeskError>;

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

    /// The number that a call would go to, E.164, read as it is typed at a telephone of the line whose number is shown;
    /// without a line, the server chooses one.
    ///
    /// # Errors
    /// `SignedOut`, `Invalid` for a number or a line that is none, or that the line's dial rules refuse.
    async fn may_call(&self, line: Option<String>, to: String) -> Result<String, DeskError>;

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

    /// Hands the caller of one's own call over. What cannot be is refused before anybody is rung.
    ///
    /// # Errors
    /// As for `hang_up`, `Invalid` for fields that make no sense: a number that the line does not dial, oneself, somebody
    /// who cannot be rung.
    async fn hand_over(&self, form: HandOverForm) -> Result<(), DeskError>;

    /// Cancels the transfer that one began: the target is rung no more, or leaves.
    ///
    /// # Errors
    /// As for `hang_up`.
    async fn cancel_transfer(&self, call: String) -> Result<(), DeskError>;

    /// Joins all three: agent, caller and target hear each other.
    ///
    /// # Errors
    /// As for `hang_up`.
    async fn join_all(&self, call: String) -> Result<(), DeskError>;

    /// Turns to the other of the two in a consult.
    ///
    /// # Errors
    /// As for `hang_up`.
    async fn swap(&self, call: String) -> Result<(), DeskError>;

    /// Leaves the caller to the target, who has answered.
    ///
    /// # Errors
    /// As for `hang_up`.
    async fn complete(&self, call: String) -> Result<(), DeskError>;

    /// Removes one party of one's own call, by its leg.
    ///
    /// # Errors
    /// As for `hang_up`.
    async fn drop_party(&self, call: String, leg: String) -> Result<(), DeskError>;

    /// Puts one party of one's own call on hold, or takes it off.
    ///
    /// # Errors
    /// As for `hang_up`.
    async fn hold_party(&self, call: String, leg: String, on: bool) -> Result<(), DeskError>;

    /// Mutes one party of one's own call, or lets it be heard again.
    ///
    /// # Errors
    /// As for `hang_up`.
    async fn mute_party(&self, call: String, leg: String, on: bool) -> Result<(), DeskError>;

    /// How one's own leg is to be heard in the room of a call that is somebody else's, by the word of a
    /// [`exchange::WatchMode`]; for supervisors and admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `NotFound`, `Invalid` for a word that is none, `Refused` when it cannot be: the call is
    /// over, one's phone is not in its room, one is in the call oneself.
    async fn watch_mode(&self, call: String, mode: String) -> Result<(), DeskError>;

    /// Becomes the agent who has the caller, by the leg with which one listens; for supervisors and admins.
    ///
    /// # Errors
    /// As for `watch_mode`, and `Refused` while one is on another call.
    async fn take_over(&self, call: String) -> Result<(), DeskError>;

    /// Asks for help in one's own call, or takes that back.
    ///
    /// # Errors
    /// As for `hang_up`.
    async fn ask_help(&self, call: String, on: bool) -> Result<(), DeskError>;

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

    /// Every directory, by name; for admins, as is all that follows.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `Internal`.
    async fn directories(&self) -> Result<Vec<directory::DirectoryRow>, DeskError>;

    /// Makes a directory and gives its id.
    ///
    /// # Errors
    /// As for `directories`, `Invalid` for fields that make no sense.
    async fn make_directory(&self, form: directory::NewDirectoryForm) -> Result<String, DeskError>;

    /// Gives a directory another name, and the version of doing so.
    ///
    /// # Errors
    /// As for `make_directory`, `NotFound`.
    async fn rename_directory(&self, form: directory::RenameForm) -> Result<i64, DeskError>;

    /// Takes a directory away.
    ///
    /// # Errors
    /// As for `directories`, `NotFound`, `Refused` while callers are led to it.
    async fn delete_directory(&self, form: directory::DeleteDirectoryForm)
    -> Result<(), DeskError>;

    /// A directory as a table.
    ///
    /// # Errors
    /// As for `directories`, `NotFound`.
    async fn directory(
        &self,
        id: String,
        filter: directory::DirectoryFilter,
    ) -> Result<directory::DirectoryView, DeskError>;

    /// Adds or changes an office and gives the change's version; 0 where nothing is different.
    ///
    /// # Errors
    /// As for `directory`, `Invalid` for fields that make no sense, `Refused` when somebody else changed it meanwhile.
    async fn save_office(&self, form: directory::OfficeForm) -> Result<i64, DeskError>;

    /// Removes an office and gives the change's version.
    ///
    /// # Errors
    /// As for `save_office`.
    async fn remove_office(&self, form: directory::RemoveForm) -> Result<i64, DeskError>;

    /// One page of what was changed in a directory, with one of the changes unfolded, by its version.
    ///
    /// # Errors
    /// As for `directory`.
    async fn directory_history(
        &self,
        id: String,
        page: u32,
        open: i64,
    ) -> Result<directory::DirectoryHistory, DeskError>;

    /// Takes a change of a directory back and gives the version of doing so.
    ///
    /// # Errors
    /// As for `directory`, `Refused` when what it did does not stand any longer.
    async fn undo_change(&self, form: directory::UndoForm) -> Result<i64, DeskError>;

    /// What a file that was handed in would change in a directory.
    ///
    /// # Errors
    /// As for `directory`; `NotFound` also for a file that is gone or somebody else's.
    async fn look_through(
        &self,
        id: String,
        upload: String,
    ) -> Result<directory::ImportView, DeskError>;

    /// Takes a file that was looked through and gives the change's version.
    ///
    /// # Errors
    /// As for `directory`, `Refused` when the file or the directory is not as it was looked through.
    async fn take_file(&self, form: directory::ConfirmForm) -> Result<i64, DeskError>;
}
