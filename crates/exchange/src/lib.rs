//! The rules of the call desk: what happens to a call, and nothing else.
//!
//! Everything in this crate is a function from what is known to what is decided. It knows no
//! network, no database, no clock and no chance: the time and every id are handed in. A call is
//! decided by [`Call::on`], which takes an [`Event`], the time and the [`Plan`], and gives a
//! [`Step`]: the call as it now stands, what the caller is told, the journal's lines in plain words,
//! and what is to be done later.

#![warn(missing_docs)]

mod agent;
mod answer;
mod call;
mod caller;
mod calling_out;
mod closed;
pub mod conference;
mod dial_rules;
mod directory;
mod event;
mod forward;
mod hours;
mod id;
mod language;
mod line;
mod masking;
pub mod menu;
mod number;
mod outcome;
mod phone_tree;
pub mod placing;
mod plan;
mod prompt;
mod reach;
mod region;
pub mod routing;
mod speech;
mod support;
mod time;
mod turn;
mod visit;
mod week;

pub use agent::{
    ANSWERED_WITHIN_MS, Agent, AgentEvent, AgentRefusal, AgentStep, AwayReason, Chosen, Duty,
    Elsewhere, Occupation, Presence, Shown, Standing, Unanswered, WhyNot, shown,
};
pub use answer::{Act, Answer, Ask, Dial, Join, JoinBeep, Keys, Manner, Record, RoomName, Route};
pub use call::{Call, LONGEST_CALL_S, MAX_PROMPTS, MAX_TRIES, Progress};
pub use caller::{Caller, Place};
pub use calling_out::{CallOutRefusal, CallOutRoute, CallingOut, Dialler};
pub use conference::{
    By, ConferenceEvent, ConferenceLine, ConferenceRoom, ConferenceRoute, ConferenceSaid, RoomAct,
    RoomDeed, RoomId, RoomRefusal, RoomSeen, RoomStep, RoomTimer, Said, SeenInRoom, Undone,
};
pub use dial_rules::{BadPrefix, DialRefusal, DialRules};
pub use directory::{Directory, DirectoryShape, Office};
pub use event::{Digits, Effect, Event, Input, Step};
pub use forward::{Asked, Forward, ForwardRoute, Guess, GuessFrom};
pub use hours::{Civil, Hours, Opening, Span, WallClocks};
pub use id::{
    BadId, CallSid, ConferenceSid, Day, DirectoryId, LineId, MenuId, NodeId, OfficeId, Pin,
    RecordingSid, RegionCode, RoomCode, RoomKey, TeamId, UserName,
};
pub use language::Language;
pub use line::{Line, LineKind};
pub use masking::Mask;
pub use menu::{Choice, Destination, Edition, Menu, MenuAt, Node};
pub use number::{BadNumber, PhoneNumber};
pub use outcome::{Ended, Outcome, Reported};
pub use phone_tree::{MenuRoute, PhoneTree};
pub use plan::{Plan, PlanEdit, PlanError, PlanRows};
pub use prompt::{Prompt, PromptError, PromptGroup, PromptRow};
pub use region::{AreaCode, Region, RegionAction, Zip, ZipRange, ZipSpan};
pub use speech::{Part, Speech};
pub use support::{
    Command, Done, Ending, Filed, FloorRow, HeardBy, Help, Hold, Instead, LeftBecause, LegOf,
    LegStatus, Offer, OfferOutcome, Party, PartyAct, PastTransfer, Present, Priority, Purpose,
    Question, QueuePlace, Recording, Refusal, Ringing, Room, RoomEvent, RoomSaid, Screening, Seat,
    Seen, Side, Stage, Support, SupportEvent, SupportLine, SupportRoute, Switch, Target, Timer,
    Transfer, TransferAct, TransferEnd, TransferKind, TransferStep, TurnedAway, Waiting, WatchMode,
    Watcher, Whose, WhyTurned, hold_document,
};
pub use time::Moment;
pub use visit::{DialReport, DialStatus, Visit, VisitOutcome, Whom};
pub use week::{BadWeek, parse_spans, parse_week, spans_text};
