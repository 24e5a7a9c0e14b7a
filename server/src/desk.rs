//! The desk that answers one person: what they may ask is decided here.

mod audit;
mod lines;
mod menus;
mod people;
mod prompts;
mod retention;
mod setup;

use async_trait::async_trait;
use desk::directory::{
    ConfirmForm, DeleteDirectoryForm, DirectoryFilter, DirectoryHistory, DirectoryRow,
    DirectoryView, ImportView, NewDirectoryForm, OfficeForm, RemoveForm, RenameForm, UndoForm,
};
use desk::rooms::{RoomActForm, RoomStory, RoomsPage};
use desk::{
    BoardView, CallFilter, CallPage, CallStory, ConsoleView, Desk, DeskError, HabitForm,
    HandOverForm, PhoneActForm, Phones, PlaceCallForm, Role, Site, Viewer, WrapUpForm,
};
use exchange::{CallSid, Command, UserName};

use crate::auth::Visit;
use crate::state::AppState;
use crate::{calling_out, commands, directories, phones, rooms};

/// The store behind the counter, and who stands before it.
pub struct ViewersDesk {
    /// What is behind the counter.
    pub state: AppState,
    /// Who asks.
    pub viewer: Option<Viewer>,
    /// The page is not for whoever asks: everything is refused but to say who they are.
    pub is_denied: bool,
    /// The request was made on this machine, to this machine's own name.
    pub is_from_here: bool,
    /// By which session, and from where.
    pub visit: Visit,
}

impl ViewersDesk {
    fn signed_in(&self) -> Result<&Viewer, DeskError> {
        let viewer = self.viewer.as_ref().ok_or(DeskError::SignedOut)?;
        if self.is_denied {
            return Err(DeskError::Forbidden);
        }
        Ok(viewer)
    }

    /// Whoever is signed in, as the rules know them.
    fn agent(&self) -> Result<UserName, DeskError> {
        UserName::parse(&self.signed_in()?.user_name).map_err(|_| DeskError::Forbidden)
    }

    /// Does something with a call of whoever is signed in.
    async fn in_call(&self, call: &str, what: Command) -> Result<(), DeskError> {
        commands::in_call(&self.state, &self.agent()?, call, what).await
    }

    /// A party of a call, by its leg.
    fn party(&self, leg: &str) -> Result<CallSid, DeskError> {
        self.agent()?;
        CallSid::parse(leg).map_err(|_| DeskError::NotFound)
    }

    fn supervisor(&self) -> Result<UserName, DeskError> {
        let agent = self.agent()?;
        if self.signed_in()?.role < Role::Supervisor {
            return Err(DeskError::Forbidden);
        }
        Ok(agent)
    }

    fn call_reader(&self) -> Result<&Viewer, DeskError> {
        let viewer = self.viewer.as_ref().ok_or(DeskError::SignedOut)?;
        if self.is_denied || !viewer.role.reads_calls() {
            return Err(DeskError::Forbidden);
        }
        Ok(viewer)
    }

    fn room_keeper(&self) -> Result<&Viewer, DeskError> {
        let viewer = self.signed_in()?;
        if viewer.role.sees_rooms() {
            Ok(viewer)
        } else {
            Err(DeskError::Forbidden)
        }
    }

    /// The user name of an admin.
    fn admin(&self) -> Result<&str, DeskError> {
        self.signed_in()?;
        Ok(&admin(self.viewer.as_ref())?.user_name)
    }

    fn telephones(&self) -> Result<&phones::Phones, DeskError> {
        let phones = self.state.phones.as_ref().ok_or(DeskError::NotFound)?;
        if self.is_from_here {
            Ok(phones)
        } else {
            Err(DeskError::Forbidden)
        }
    }
}

#[async_trait]
impl Desk for ViewersDesk {
    fn viewer(&self) -> Option<Viewer> {
        self.viewer.clone()
    }

    fn site(&self) -> Site {
        Site {
            demonstration: self.state.config.carrier.is_demonstration(),
            phones: self.state.phones.is_some(),
        }
    }

    async fn calls(&self, filter: CallFilter) -> Result<CallPage, DeskError> {
        self.call_reader()?;
        let query = filter.query().map_err(DeskError::Invalid)?;
        self.state
            .store
            .call_page(&query)
            .await
            .map_err(|error| failed("list calls", &error))
    }

    async fn call(&self, sid: String) -> Result<CallStory, DeskError> {
        self.call_reader()?;
        let sid = CallSid::parse(&sid).map_err(|_| DeskError::NotFound)?;
        let story = self
            .state
            .store
            .call_story(&sid)
            .await
            .map_err(|error| failed("read a call", &error))?;
        story.ok_or(DeskError::NotFound)
    }

    async fn rooms(&self, page: u32) -> Result<RoomsPage, DeskError> {
        self.room_keeper()?;
        rooms::page(&self.state, page).await
    }

    async fn room(&self, id: String) -> Result<RoomStory, DeskError> {
        self.room_keeper()?;
        rooms::story(&self.state, &id).await
    }

    async fn act_in_room(&self, form: RoomActForm) -> Result<(), DeskError> {
        rooms::act(&self.state, self.room_keeper()?, &form).await
    }

    async fn console(&self) -> Result<ConsoleView, DeskError> {
        let viewer = self.signed_in()?;
        let picture = self.state.floor.look(&self.state).await;
        let picture = picture.map_err(|error| failed("show the console", &error))?;
        Ok(picture.console(viewer, self.state.clock.now()))
    }

    async fn board(&self) -> Result<BoardView, DeskError> {
        self.supervisor()?;
        let picture = self.state.floor.look(&self.state).await;
        let picture = picture.map_err(|error| failed("show the board", &error))?;
        Ok(picture.board(self.state.clock.now()))
    }

    async fn choose_status(&self, status: String) -> Result<(), DeskError> {
        commands::choose(&self.state, &self.agent()?, &status).await
    }

    async fn choose_next(&self, status: String) -> Result<(), DeskError> {
        commands::choose_next(&self.state, &self.agent()?, &status).await
    }

    async fn may_call(&self, line: Option<String>, to: String) -> Result<String, DeskError> {
        calling_out::may_call(&self.state, self.signed_in()?, line.as_deref(), &to)
    }

    async fn decline(&self, call: String, offer: u32) -> Result<(), DeskError> {
        commands::decline(&self.state, &self.agent()?, &call, offer).await
    }

    async fn hang_up(&self, call: String) -> Result<(), DeskError> {
        self.in_call(&call, Command::HangUp).await
    }

    async fn hold(&self, call: String, on: bool) -> Result<(), DeskError> {
        self.in_call(&call, Command::Hold { on }).await
    }

    async fn hand_over(&self, form: HandOverForm) -> Result<(), DeskError> {
        commands::hand_over(&self.state, &self.agent()?, &form).await
    }

    async fn cancel_transfer(&self, call: String) -> Result<(), DeskError> {
        self.in_call(&call, Command::CancelTransfer).await
    }

    async fn join_all(&self, call: String) -> Result<(), DeskError> {
        self.in_call(&call, Command::JoinAll).await
    }

    async fn swap(&self, call: String) -> Result<(), DeskError> {
        self.in_call(&call, Command::Swap).await
    }

    async fn complete(&self, call: String) -> Result<(), DeskError> {
        self.in_call(&call, Command::Complete).await
    }

    async fn drop_party(&self, call: String, leg: String) -> Result<(), DeskError> {
        let leg = self.party(&leg)?;
        self.in_call(&call, Command::Drop { leg }).await
    }

    async fn hold_party(&self, call: String, leg: String, on: bool) -> Result<(), DeskError> {
        let leg = self.party(&leg)?;
        self.in_call(&call, Command::HoldParty { leg, on }).await
    }

    async fn mute_party(&self, call: String, leg: String, on: bool) -> Result<(), DeskError> {
        let leg = self.party(&leg)?;
        self.in_call(&call, Command::MuteParty { leg, on }).await
    }

    async fn watch_mode(&self, call: String, mode: String) -> Result<(), DeskError> {
        commands::watch(&self.state, &self.supervisor()?, &call, &mode).await
    }

    async fn take_over(&self, call: String) -> Result<(), DeskError> {
        commands::take_over(&self.state, &self.supervisor()?, &call).await
    }

    async fn ask_help(&self, call: String, on: bool) -> Result<(), DeskError> {
        commands::ask_help(&self.state, &self.agent()?, &call, on).await
    }

    async fn more_wrap_up(&self, call: String) -> Result<(), DeskError> {
        commands::more_wrap_up(&self.state, &self.agent()?, &call).await
    }

    async fn finish_wrap_up(&self, form: WrapUpForm) -> Result<(), DeskError> {
        commands::finish_wrap_up(&self.state, &self.agent()?, &form).await
    }

    async fn tick_off(&self, call: String, kind: String, done: bool) -> Result<(), DeskError> {
        let viewer = self.signed_in()?;
        let may = commands::may_see(&self.state, viewer).await?;
        commands::tick_off(&self.state, &self.agent()?, (&call, &kind), done, may).await
    }

    async fn set_agent(&self, agent: String, status: String) -> Result<(), DeskError> {
        commands::set_agent(&self.state, &self.supervisor()?, &agent, &status).await
    }

    async fn free_agent(&self, agent: String) -> Result<(), DeskError> {
        commands::free_agent(&self.state, &self.supervisor()?, &agent).await
    }

    async fn phones(&self) -> Result<Phones, DeskError> {
        self.telephones()?
            .view(&self.state)
            .await
            .map_err(|error| failed("read the plan", &error))
    }

    async fn place_call(&self, form: PlaceCallForm) -> Result<String, DeskError> {
        self.telephones()?.place_call(&self.state, &form)
    }

    async fn use_phone(&self, form: PhoneActForm) -> Result<(), DeskError> {
        self.telephones()?.act(&self.state, &form)
    }

    async fn set_habit(&self, form: HabitForm) -> Result<(), DeskError> {
        self.telephones()?.set_habit(&self.state, &form)
    }

    async fn directories(&self) -> Result<Vec<DirectoryRow>, DeskError> {
        self.admin()?;
        directories::list(&self.state).await
    }

    async fn make_directory(&self, form: NewDirectoryForm) -> Result<String, DeskError> {
        directories::make(&self.state, self.admin()?, &form).await
    }

    async fn rename_directory(&self, form: RenameForm) -> Result<i64, DeskError> {
        directories::rename(&self.state, self.admin()?, &form).await
    }

    async fn delete_directory(&self, form: DeleteDirectoryForm) -> Result<(), DeskError> {
        directories::delete(&self.state, self.admin()?, &form).await
    }

    async fn directory(
        &self,
        id: String,
        filter: DirectoryFilter,
    ) -> Result<DirectoryView, DeskError> {
        self.admin()?;
        directories::table(&self.state, &id, &filter).await
    }

    async fn save_office(&self, form: OfficeForm) -> Result<i64, DeskError> {
        directories::save(&self.state, self.admin()?, &form).await
    }

    async fn remove_office(&self, form: RemoveForm) -> Result<i64, DeskError> {
        directories::remove(&self.state, self.admin()?, &form).await
    }

    async fn directory_history(
        &self,
        id: String,
        page: u32,
        open: i64,
    ) -> Result<DirectoryHistory, DeskError> {
        self.admin()?;
        directories::history(&self.state, &id, page, open).await
    }

    async fn undo_change(&self, form: UndoForm) -> Result<i64, DeskError> {
        directories::undo(&self.state, self.admin()?, &form).await
    }

    async fn look_through(&self, id: String, upload: String) -> Result<ImportView, DeskError> {
        directories::preview(&self.state, self.admin()?, &id, &upload).await
    }

    async fn take_file(&self, form: ConfirmForm) -> Result<i64, DeskError> {
        directories::confirm(&self.state, self.admin()?, &form).await
    }
}

/// Whoever asks, if they are an admin.
pub(crate) fn admin(viewer: Option<&Viewer>) -> Result<&Viewer, DeskError> {
    let viewer = viewer.ok_or(DeskError::SignedOut)?;
    if viewer.role < Role::Admin {
        return Err(DeskError::Forbidden);
    }
    Ok(viewer)
}

fn failed(what: &'static str, error: &store::Error) -> DeskError {
    tracing::error!(
        error = crate::chain::chain(error),
        "could not {what} for a page"
    );
    DeskError::Internal
}
