//! Why something that somebody wants of a support call cannot be.

use crate::{DialRefusal, RoomRefusal};

/// Why something that somebody wants cannot be, in words that say what is true.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The call is over.
    #[error("This call has ended.")]
    Ended,
    /// It is no support call.
    #[error("This call is not on a support line.")]
    NoSupport,
    /// The caller does not wait.
    #[error("This caller is not waiting: {0}.")]
    NotWaiting(&'static str),
    /// Somebody else talks with the caller: their name.
    #[error("{0} is talking with this caller.")]
    NotYours(String),
    /// Nobody talks with the caller.
    #[error("Nobody is talking with this caller: {0}.")]
    NotTalking(&'static str),
    /// Whoever talks with the caller is out of the room, and whether they or the caller left is not known yet.
    #[error("Your phone is out of this call. In a moment it is clear what becomes of it.")]
    LegIsOut,
    /// The offer is over.
    #[error("This offer is over: {0}.")]
    OfferOver(&'static str),
    /// A caller cannot be handed over to whoever has them.
    #[error("You have this caller already.")]
    ToYourself,
    /// The number is one that belongs to the call itself.
    #[error("{0} is a number of this very call.")]
    ToThisCall(String),
    /// The number is one that the line does not dial.
    #[error("This number is not dialled: {0}.")]
    NotDialled(DialRefusal),
    /// Another transfer is under way, or another agent in the call.
    #[error("The caller is being handed over already: {0}.")]
    HandingOver(String),
    /// More people are in the call than a transfer is for.
    #[error("Somebody else is in this call already: {0}.")]
    NotAlone(String),
    /// There is no transfer to do that to.
    #[error("No transfer is under way: {0}.")]
    NoTransfer(String),
    /// The target has not answered.
    #[error("{0} has not answered yet. Hang up, and the caller hears music until they do.")]
    NotAnswered(String),
    /// What the transfer does with the parties stands.
    #[error("{0} is asked first: cancel, swap or join all.")]
    Consulting(String),
    /// No such party.
    #[error("They are not in this call any more.")]
    NotInCall,
    /// The caller is not dropped.
    #[error("To end the call with the caller, hang up.")]
    NotTheCaller,
    /// It is about a room of a conference line.
    #[error(transparent)]
    Room(#[from] RoomRefusal),
    /// Whoever wants something in a call has no leg in its room.
    #[error("Your phone is not in this call. Listen to it first.")]
    NotWatching,
    /// Whoever wants to watch is in the call themselves.
    #[error("You are talking in this call yourself.")]
    OwnCall,
    /// There is nobody to coach.
    #[error("There is nobody to coach: {0}.")]
    NobodyToCoach(&'static str),
    /// Whoever takes a call over is heard by everybody.
    #[error("You are taking this call over: everybody hears you.")]
    TakingOver,
    /// Somebody else takes the call over.
    #[error("{0} is taking this call over.")]
    TakenOverBy(String),
}
