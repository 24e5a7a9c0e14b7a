//! The desk that answers one person: what they may ask is decided here.

use async_trait::async_trait;
use desk::{
    CallFilter, CallPage, CallStory, Desk, DeskError, HabitForm, PhoneActForm, Phones,
    PlaceCallForm, Site, Viewer,
};
use exchange::CallSid;

use crate::state::AppState;

/// The store behind the counter, and who stands before it.
pub struct ViewersDesk {
    state: AppState,
    viewer: Option<Viewer>,
    is_denied: bool,
}

impl ViewersDesk {
    /// A desk for `viewer`; one that `is_denied` refuses everything but to say who they are.
    pub fn new(state: AppState, viewer: Option<Viewer>, is_denied: bool) -> Self {
        Self {
            state,
            viewer,
            is_denied,
        }
    }

    fn call_reader(&self) -> Result<&Viewer, DeskError> {
        let viewer = self.viewer.as_ref().ok_or(DeskError::SignedOut)?;
        if self.is_denied || !viewer.role.reads_calls() {
            return Err(DeskError::Forbidden);
        }
        Ok(viewer)
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
            phones: false,
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
        Err(DeskError::NotFound)
    }

    async fn place_call(&self, _: PlaceCallForm) -> Result<String, DeskError> {
        Err(DeskError::NotFound)
    }

    async fn use_phone(&self, _: PhoneActForm) -> Result<(), DeskError> {
        Err(DeskError::NotFound)
    }

    async fn set_habit(&self, _: HabitForm) -> Result<(), DeskError> {
        Err(DeskError::NotFound)
    }
}

fn failed(what: &'static str, error: &store::Error) -> DeskError {
    tracing::error!(
        error = error as &dyn std::error::Error,
        "could not {what} for a page"
    );
    DeskError::Internal
}
