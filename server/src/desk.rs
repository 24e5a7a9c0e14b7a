//! The desk that answers one person: what they may ask is decided here.

use async_trait::async_trait;
use desk::{
    CallFilter, CallPage, CallStory, Desk, DeskError, HabitForm, PhoneActForm, Phones,
    PlaceCallForm, Site, Viewer,
};
use exchange::CallSid;

use crate::phones;
use crate::state::AppState;

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
}

impl ViewersDesk {
    fn call_reader(&self) -> Result<&Viewer, DeskError> {
        let viewer = self.viewer.as_ref().ok_or(DeskError::SignedOut)?;
        if self.is_denied || !viewer.role.reads_calls() {
            return Err(DeskError::Forbidden);
        }
        Ok(viewer)
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
}

fn failed(what: &'static str, error: &store::Error) -> DeskError {
    tracing::error!(
        error = crate::chain::chain(error),
        "could not {what} for a page"
    );
    DeskError::Internal
}
