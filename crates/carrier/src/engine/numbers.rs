//! The account's telephone numbers (reference E.6).

use twilio::{ApplicationSid, Party, TrunkSid};

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

    /// Gives the account a number.
    ///
    /// # Errors
    /// It is no number (21421) or the account has it already (21422), or a URL (21502) or method (21403) makes no sense.
    pub fn create_number(
        &mut self,
        phone: &str,
        settings: UpdateNumber,
    ) -> Result<Number, RestError> {
        let Party::Number(phone) = Party::parse(phone) else {
            let text = format!("PhoneNumber {phone} is invalid");
            return Err(RestError::new(400, 21421, text));
        };
        if self.own_number(phone.as_str()).is_some() {
            let text = format!("PhoneNumber {phone} is not available");
            return Err(RestError::new(400, 21422, text));
        }
        self.check(&settings)?;
        let mut number = Number {
            sid: Some(self.ids.number()),
            friendly_name: phone.to_string(),
            phone: phone.to_string(),
            ..Number::default()
        };
        change(&mut number, settings);
        self.settings.numbers.push(number.clone());
        Ok(number)
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
        self.check(&update)?;
        let number = self
            .settings
            .numbers
            .iter_mut()
            .find(|number| number.sid.as_ref() == Some(sid))
            .ok_or_else(|| RestError::not_found(sid.as_str()))?;
        change(number, update);
        Ok(number.clone())
    }

    /// Takes a number from the account; calls that began go on as they are.
    ///
    /// # Errors
    /// There is no such number (20404).
    pub fn delete_number(&mut self, sid: &NumberSid) -> Result<(), RestError> {
        let numbers = &mut self.settings.numbers;
        let at = numbers
            .iter()
            .position(|number| number.sid.as_ref() == Some(sid))
            .ok_or_else(|| RestError::not_found(sid.as_str()))?;
        numbers.remove(at);
        Ok(())
    }

    pub(crate) fn own_number(&self, phone: &str) -> Option<&Number> {
        self.settings
            .numbers
            .iter()
            .find(|number| number.phone == phone)
    }

    fn check(&self, update: &UpdateNumber) -> Result<(), RestError> {
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
        )?;
        let named = update.voice_application_sid.as_deref().unwrap_or_default();
        let is_known = || {
            let sid = ApplicationSid::parse(named);
            sid.is_ok_and(|sid| self.application(&sid).is_some())
        };
        if !named.is_empty() && !is_known() {
            let text = format!("VoiceApplicationSid {named} is invalid");
            return Err(RestError::new(400, 21218, text));
        }
        let trunk = update.trunk_sid.as_deref().unwrap_or_default();
        if !trunk.is_empty() && TrunkSid::parse(trunk).is_err() {
            let text = format!("TrunkSid {trunk} is invalid");
            return Err(RestError::new(400, 20001, text));
        }
        Ok(())
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

/// Refuses addresses (21502) and methods (21403) that make no sense.
pub(super) fn check_addresses(
    urls: [&Option<String>; 3],
    methods: [&Option<String>; 3],
) -> Result<(), RestError> {
    for url in urls.into_iter().flatten() {
        if !url.is_empty() && !is_absolute(url) {
            return Err(RestError::new(400, 21502, format!("Invalid URL: {url}")));
        }
    }
    for method in methods.into_iter().flatten() {
        if !method.is_empty() && parse_method(method).is_none() {
            let text = format!("Invalid method: {method}");
            return Err(RestError::new(400, 21403, text));
        }
    }
    Ok(())
}

/// An empty text takes a value away. What was checked can be read.
fn change(number: &mut Number, update: UpdateNumber) {
    if let Some(name) = update.friendly_name {
        number.friendly_name = name;
    }
    let fields = [
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
    ];
    for (field, given) in fields {
        if let Some(text) = given {
            *field = (!text.is_empty()).then_some(text);
        }
    }
    if let Some(sid) = update.voice_application_sid {
        number.voice_application_sid = ApplicationSid::parse(&sid).ok();
    }
    if let Some(sid) = update.trunk_sid {
        number.trunk_sid = TrunkSid::parse(&sid).ok();
    }
}
