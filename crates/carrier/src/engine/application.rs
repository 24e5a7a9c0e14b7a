//! The account's TwiML applications.

use twilio::{ApplicationSid, CallSid};

use super::draft::Draft;
use super::leg::Subscription;
use super::runner::Target;
use super::{Application, Engine};

impl Engine {
    /// All applications, in the order in which they were given.
    #[must_use]
    pub fn applications(&self) -> &[Application] {
        &self.settings.applications
    }

    /// One application.
    #[must_use]
    pub fn application(&self, sid: &ApplicationSid) -> Option<&Application> {
        let mut applications = self.settings.applications.iter();
        applications.find(|application| application.sid == *sid)
    }

    /// Gives the account an application, or another to one of that SID; calls that began go on as they are.
    pub fn set_application(&mut self, application: Application) {
        let applications = &mut self.settings.applications;
        match applications
            .iter_mut()
            .find(|one| one.sid == application.sid)
        {
            Some(one) => *one = application,
            None => applications.push(application),
        }
    }

    /// An incoming call that an application answers begins.
    pub(crate) fn ring_application(
        &mut self,
        mut draft: Draft,
        application: Application,
        told: Vec<(String, String)>,
    ) -> CallSid {
        let voice = draft.answered_by(application);
        self.ring_in(draft, voice, told)
    }
}

impl Draft {
    /// The application answers the call; says who is asked for the first document, if anybody is.
    pub(crate) fn answered_by(&mut self, application: Application) -> Option<Target> {
        self.application = Some(application.sid);
        self.fallback = Target::given(
            application.voice_fallback_url,
            application.voice_fallback_method,
        );
        self.subscription = Target::given(
            application.status_callback,
            application.status_callback_method,
        )
        .map(Subscription::to_the_end);
        Target::given(application.voice_url, application.voice_method)
    }
}
