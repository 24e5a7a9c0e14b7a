//! The account: how it stands, and its TwiML applications.

use twilio::{ApplicationSid, CallSid};

use super::draft::Draft;
use super::leg::Subscription;
use super::numbers::check_addresses;
use super::runner::Target;
use super::{Application, Engine, RestError, Standing, UpdateApplication};

impl Engine {
    /// How the account stands.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        self.settings.standing
    }

    /// Lets the account stand otherwise; calls go on as they are.
    pub const fn set_standing(&mut self, standing: Standing) {
        self.settings.standing = standing;
    }

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

    /// Gives the account an application.
    ///
    /// # Errors
    /// A URL (21502) or method (21403) makes no sense.
    pub fn create_application(
        &mut self,
        settings: UpdateApplication,
    ) -> Result<Application, RestError> {
        check(&settings)?;
        let mut application = Application {
            sid: self.ids.application(),
            friendly_name: String::new(),
            voice_url: None,
            voice_method: None,
            voice_fallback_url: None,
            voice_fallback_method: None,
            status_callback: None,
            status_callback_method: None,
        };
        change(&mut application, settings);
        self.settings.applications.push(application.clone());
        Ok(application)
    }

    /// Changes an application; calls that began go on as they are.
    ///
    /// # Errors
    /// There is no such application (20404), or a URL (21502) or method (21403) makes no sense.
    pub fn update_application(
        &mut self,
        sid: &ApplicationSid,
        update: UpdateApplication,
    ) -> Result<Application, RestError> {
        check(&update)?;
        let mut applications = self.settings.applications.iter_mut();
        let application = applications
            .find(|application| application.sid == *sid)
            .ok_or_else(|| RestError::not_found(sid.as_str()))?;
        change(application, update);
        Ok(application.clone())
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

fn check(update: &UpdateApplication) -> Result<(), RestError> {
    check_addresses(
        [
            &update.voice_url,
            &update.voice_fallback_url,
            &update.status_callback,
        ],
        [
            &update.voice_method,
            &update.voice_fallback_method,
            &update.status_callback_method,
        ],
    )
}

/// An empty text takes a value away.
fn change(application: &mut Application, update: UpdateApplication) {
    if let Some(name) = update.friendly_name {
        application.friendly_name = name;
    }
    let fields = [
        (&mut application.voice_url, update.voice_url),
        (&mut application.voice_method, update.voice_method),
        (
            &mut application.voice_fallback_url,
            update.voice_fallback_url,
        ),
        (
            &mut application.voice_fallback_method,
            update.voice_fallback_method,
        ),
        (&mut application.status_callback, update.status_callback),
        (
            &mut application.status_callback_method,
            update.status_callback_method,
        ),
    ];
    for (field, given) in fields {
        if let Some(text) = given {
            *field = (!text.is_empty()).then_some(text);
        }
    }
}
