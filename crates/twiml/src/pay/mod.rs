//! `<Pay>`: a payment by keys.

mod prompt;

pub use prompt::{PayError, PayPrompt, PayStep};

use crate::element::element;
use crate::parameter::Parameter;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::rule;
use crate::word::{Method, words};
use crate::write::Xml;

words! {
    /// How a payment is entered.
    pub enum PayInput {
        Dtmf = "dtmf",
    }
}

words! {
    /// What kind of account an ACH debit is taken from.
    pub enum BankAccount {
        ConsumerChecking = "consumer-checking",
        ConsumerSavings = "consumer-savings",
        CommercialChecking = "commercial-checking",
        CommercialSavings = "commercial-savings",
    }
}

words! {
    /// How is paid.
    pub enum PaymentMethod {
        AchDebit = "ach-debit",
        CreditCard = "credit-card",
    }
}

words! {
    /// What the payment's token is good for.
    pub enum PaymentToken {
        OneTime = "one-time",
        Reusable = "reusable",
        PaymentMethod = "payment-method",
    }
}

words! {
    /// A maker of payment cards.
    pub enum CardType {
        Visa = "visa",
        Mastercard = "mastercard",
        Amex = "amex",
        Maestro = "maestro",
        Discover = "discover",
        Optima = "optima",
        Jcb = "jcb",
        DinersClub = "diners-club",
        Enroute = "enroute",
    }
}

element! {
    /// Takes a payment or a payment token, entered by keys (A.3.12).
    ///
    /// ```
    /// use twiml::{Pay, PayPrompt, PayStep, Response, Say};
    ///
    /// let question = Say::new("What is the number of your card?");
    /// let pay = Pay::new()
    ///     .charge_amount("20.45")
    ///     .payment_connector("till")
    ///     .prompt(PayPrompt::at(PayStep::CardNumber, question));
    ///
    /// assert_eq!(Response::new().pay(pay).check(), []);
    /// ```
    #[derive(Default)]
    pub struct Pay named "Pay" {
        /// how it is entered; by keys.
        pub input: Option<PayInput> = "input",
        /// what is requested afterwards; the current document by default.
        pub action: Option<String> = "action",
        /// what kind of account an ACH debit is taken from; consumer checking by default.
        pub bank_account_type: Option<BankAccount> = "bankAccountType",
        /// what is told of every step.
        pub status_callback: Option<String> = "statusCallback",
        /// how `statusCallback` is requested; POST by default.
        pub status_callback_method: Option<Method> = "statusCallbackMethod",
        /// seconds without a key that end an entry.
        pub timeout: Option<u16> = "timeout" [12200: rule::at_least(1)],
        /// how often an entry is tried.
        pub max_attempts: Option<u16> = "maxAttempts" [12200: rule::at_least(1)],
        /// whether the card's security code is asked for.
        pub security_code: Option<bool> = "securityCode",
        /// whether the postal code is asked for, or the postal code itself.
        pub postal_code: Option<String> = "postalCode",
        /// the shortest postal code.
        pub min_postal_code_length: Option<u16> = "minPostalCodeLength",
        /// the account's connector to the processor of payments.
        pub payment_connector: Option<String> = "paymentConnector",
        /// how is paid; by credit card by default.
        pub payment_method: Option<PaymentMethod> = "paymentMethod",
        /// what the payment's token is good for.
        pub token_type: Option<PaymentToken> = "tokenType",
        /// the amount, in units of the currency; none makes a token instead of a payment.
        pub charge_amount: Option<String> = "chargeAmount",
        /// the currency of the amount.
        pub currency: Option<String> = "currency",
        /// what the payment is for.
        pub description: Option<String> = "description",
        /// which cards are taken.
        pub valid_card_types: Vec<CardType> = "validCardTypes",
        /// the language of the prompts.
        pub language: Option<String> = "language" [12200: rule::language],
    } holding {
        /// Prompts in place of Twilio's own.
        pub prompts: Vec<PayPrompt>,
        /// What the processor is told.
        pub parameters: Vec<Parameter>,
    }
}

impl Pay {
    /// Takes a token by Twilio's defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a prompt in place of one of Twilio's own.
    #[must_use]
    pub fn prompt(mut self, prompt: PayPrompt) -> Self {
        self.prompts.push(prompt);
        self
    }

    /// Tells the processor something.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push(Parameter::new(name, value));
        self
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let (prompts, parameters) = content::both(
            element,
            notes,
            (PayPrompt::NAME, PayPrompt::read),
            (Parameter::NAME, Parameter::read),
        );
        Self {
            prompts,
            parameters,
            ..Self::begin(element, notes)
        }
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).both(
            (&self.prompts, PayPrompt::write),
            (&self.parameters, Parameter::write),
        );
    }
}
