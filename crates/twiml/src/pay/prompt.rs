//! `<Prompt>`: what is said at one step of a payment.

use super::CardType;
use crate::element::element;
use crate::gather::Prompt;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::words;
use crate::write::Xml;

words! {
    /// A step of a payment.
    pub enum PayStep {
        CardNumber = "payment-card-number",
        ExpirationDate = "expiration-date",
        SecurityCode = "security-code",
        PostalCode = "postal-code",
        Processing = "payment-processing",
        BankAccountNumber = "bank-account-number",
        BankRoutingNumber = "bank-routing-number",
    }
}

words! {
    /// What went wrong at a step before.
    pub enum PayError {
        Timeout = "timeout",
        InvalidCardNumber = "invalid-card-number",
        InvalidCardType = "invalid-card-type",
        InvalidDate = "invalid-date",
        InvalidSecurityCode = "invalid-security-code",
        InternalError = "internal-error",
        InputMatchingFailed = "input-matching-failed",
    }
}

element! {
    /// What is said at one step of a payment.
    #[derive(Default)]
    pub struct PayPrompt named "Prompt" {
        /// at which step.
        pub step: Option<PayStep> = "for",
        /// after which errors.
        pub error_type: Vec<PayError> = "errorType",
        /// for which cards.
        pub card_type: Vec<CardType> = "cardType",
        /// at which attempts, counted from 1.
        pub attempt: Vec<u16> = "attempt",
        /// whether the entry is asked for twice and compared.
        pub require_matching_inputs: Option<bool> = "requireMatchingInputs",
    } holding {
        /// What the caller hears.
        pub prompts: Vec<Prompt>,
    }
}

impl PayPrompt {
    /// Says something at the step.
    #[must_use]
    pub fn at(step: PayStep, prompt: impl Into<Prompt>) -> Self {
        Self {
            prompts: vec![prompt.into()],
            ..Self::default().step(step)
        }
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        Self {
            prompts: content::all(element, notes, Prompt::read),
            ..Self::begin(element, notes)
        }
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).each(&self.prompts, Prompt::write);
    }
}
