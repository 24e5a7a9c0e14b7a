//! Server functions: the whole of what the browser may ask, each one call to the desk.

mod audit;
mod calls;
mod console;
mod directories;
mod lines;
mod menus;
mod people;
mod phones;
mod prompts;
mod retention;
mod returned;
mod rooms;
mod setup;
mod transfer;
mod watch;

use std::sync::Arc;

use desk::DeskError;
use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

pub use audit::{ListAudit, list_audit};
pub use calls::{ListCalls, OneCall, list_calls, one_call};
pub use console::{
    ChooseNext, ChooseStatus, Decline, FinishWrapUp, FreeAgent, HangUp, Hold, MayCall, MoreWrapUp,
    SetAgent, ShowBoard, ShowConsole, TickOff, choose_next, choose_status, decline, finish_wrap_up,
    free_agent, hang_up, hold, may_call, more_wrap_up, set_agent, show_board, show_console,
    tick_off,
};
pub use directories::{
    DeleteDirectory, ListDirectories, LookThrough, MakeDirectory, RemoveOffice, RenameDirectory,
    SaveOffice, ShowDirectory, ShowHistory, TakeFile, UndoChange, delete_directory,
    list_directories, look_through, make_directory, remove_office, rename_directory, save_office,
    show_directory, show_history, take_file, undo_change,
};
pub use lines::{
    AskTest, ListLines, RemoveLine, SaveLine, ShowLine, TestLine, ask_test, list_lines,
    remove_line, save_line, show_line, test_line,
};
pub use menus::{
    AddPlace, DeleteMenu, GoLive, ListMenus, MakeMenu, RemovePlace, RenameMenu, RestoreMenu,
    SavePlace, ShowMenu, ShowMenuHistory, TryMenu, TryOnPhone, add_place, delete_menu, go_live,
    list_menus, make_menu, remove_place, rename_menu, restore_menu, save_place, show_menu,
    show_menu_history, try_menu, try_on_phone,
};
pub use people::{
    AskViewer, Deactivate, Invite, InviteAnew, ListPeople, OpenLink, Reactivate, ResetPassword,
    SavePerson, ShowPerson, SignOutEverywhere, WithdrawInvitation, ask_viewer, deactivate, invite,
    invite_anew, list_people, open_link, reactivate, reset_password, save_person, show_person,
    sign_out_everywhere, withdraw_invitation,
};
pub use phones::{
    PlaceCall, SetHabit, ShowPhones, UsePhone, place_call, set_habit, show_phones, use_phone,
};
pub use prompts::{ListPrompts, ResetPrompt, SavePrompt, list_prompts, reset_prompt, save_prompt};
pub use retention::{
    Erase, Keep, LookedFor, ShowRetention, ShowTraces, erase, keep, show_retention, show_traces,
};
pub(crate) use returned::Refusing;
pub use returned::Returned;
pub use rooms::{ActInRoom, ShowRoom, ShowRooms, act_in_room, show_room, show_rooms};
pub use setup::{
    CheckAgain, PointNumber, PutNumberBack, SetApplication, ShowSetup, check_again, point_number,
    put_number_back, set_application, show_setup,
};
pub use transfer::{
    CancelTransfer, Complete, DropParty, HandOver, HoldParty, JoinAll, MuteParty, Swap,
    cancel_transfer, complete, drop_party, hand_over, hold_party, join_all, mute_party, swap,
};
pub use watch::{AskHelp, TakeOver, WatchMode, ask_help, take_over, watch_mode};

/// Sets the HTTP status of the response that is being made; the server provides it in context.
#[derive(Clone)]
pub struct SetStatus(pub Arc<dyn Fn(u16) + Send + Sync>);

/// Says `status` of the response that is being made; in the browser there is none, and nothing happens.
pub(crate) fn set_status(status: u16) {
    if let Some(SetStatus(set)) = use_context() {
        set(status);
    }
}

/// Leads whoever is being answered to another page; the server provides it in context.
#[derive(Clone)]
pub struct LeadTo(pub Arc<dyn Fn(&str) + Send + Sync>);

/// Leads whoever asked to another page when the answer has arrived, with script or without.
#[cfg(feature = "ssr")]
fn lead_to(address: &str) {
    if let Some(LeadTo(lead)) = use_context() {
        lead(address);
    }
}

/// What a form was refused with that was posted without script, where it does not stand in the address; the server
/// provides it in context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedForm {
    /// The server function, by its path.
    pub function: String,
    /// The error, as leptos writes it into an address.
    pub error: String,
}

/// Brings to the page what the server provided: here, and in a browser in which it comes to life.
pub(crate) fn provide_refused() {
    let refused = SharedValue::new(use_context::<RefusedForm>).into_inner();
    if let Some(refused) = refused {
        provide_context(ServerActionError::new(&refused.function, &refused.error));
    }
}

/// [`DeskError`] as server functions carry it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError(pub DeskError);

/// Also gives the response the error's status, which leptos leaves at 500.
impl From<DeskError> for ApiError {
    fn from(error: DeskError) -> Self {
        set_status(error.status());
        Self(error)
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                DeskError::Invalid(Vec::new()).into()
            }
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::ServerError(_) => DeskError::Internal.into(),
            ServerFnErrorErr::UnsupportedRequestMethod(cause)
            | ServerFnErrorErr::Request(cause)
            | ServerFnErrorErr::Deserialization(cause)
            | ServerFnErrorErr::Serialization(cause)
            | ServerFnErrorErr::Response(cause) => DeskError::Unreachable(cause).into(),
        }
    }
}

/// The desk of whoever makes the request.
#[cfg(feature = "ssr")]
fn desk() -> Result<Arc<dyn desk::Desk>, ApiError> {
    use_context().ok_or_else(|| DeskError::Internal.into())
}
