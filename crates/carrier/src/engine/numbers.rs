//! The account's telephone numbers (reference E.6).

use super::runner::parse_method;
use super::url::is_absolute;
use super::{Engine, Number, NumberSid, RestError, UpdateNumber};

impl Engine {
    /// All numbers, in the order in which they were given.
    #[must_use]
    pub fn numbers(&self) -> &[Number] {
        &self.settings.numbers
    }

    /// One number.
    #[must_use]
    pub fn number(&self, sid: &NumberSid) -> Option<&Number> {
        self.settings
            .numbers
            .iter()
            .find(|number| number.sid.as_ref() == Some(sid))
    }

    /// Changes a number; calls that began go on as they are.
    ///
    /// # Errors
    /// There is no such number (20404), or a URL (21502) or method (21403) makes no sense.
    pub fn update_number(
        &mut self,
        sid: &NumberSid,
        update: UpdateNumber,
    ) -> Result<Number, RestError> {
        for url in [
            &update.voice_url,
            &update.voice_fallback_url,
            &update.status_callback,
        ]
        .into_iter()
        .flatten()
        {
            if !url.is_empty() && !is_absolute(url) {
                return Err(RestError::new(400, 21502, format!("Invalid URL: {url}")));
            }
        }
        for method in [
            &update.voice_method,
            &update.voice_fallback_method,
            &update.status_callback_method,
        ]
        .into_iter()
        .flatten()
        {
            if parse_method(method).is_none() {
                return Err(RestError::new(
                    400,
                    21403,
                    format!("Invalid method: {method}"),
                ));
            }
        }
        let number = self
            .settings
            .numbers
            .iter_mut()
            .find(|number| number.sid.as_ref() == Some(sid))
            .ok_or_else(|| RestError::not_found(sid.as_str()))?;
        if let Some(name) = update.friendly_name {
            number.friendly_name = name;
        }
        for (field, change) in [
            (&mut number.voice_url, update.voice_url),
            (&mut number.voice_method, update.voice_method),
            (&mut number.voice_fallback_url, update.voice_fallback_url),
            (
                &mut number.voice_fallback_method,
                update.voice_fallback_method,
            ),
            (&mut number.status_callback, update.status_callback),
            (
                &mut number.status_callback_method,
                update.status_callback_method,
            ),
        ] {
            if let Some(text) = change {
                *field = (!text.is_empty()).then_some(text);
            }
        }
        Ok(number.clone())
    }

    pub(crate) fn own_number(&self, phone: &str) -> Option<&Number> {
        self.settings
            .numbers
            .iter()
            .find(|number| number.phone == phone)
    }

    /// Gives a SID to every number that has none.
    pub(crate) fn name_numbers(&mut self) {
        for number in &mut self.settings.numbers {
            if number.sid.is_none() {
                number.sid = Some(self.ids.number());
            }
        }
    }
}
