//! `<VirtualAgent>`: an agent of Dialogflow to connect to.

use crate::config::Config;
use crate::element::element;
use crate::parameter::Parameter;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::Method;
use crate::write::Xml;

element! {
    /// A virtual agent of Dialogflow.
    #[derive(Default)]
    pub struct VirtualAgent named "VirtualAgent" {
        /// the account's connector to the agent.
        pub connector_name: Option<String> = "connectorName",
        /// the language spoken.
        pub language: Option<String> = "language",
        /// whether the caller's mood is judged.
        pub sentiment_analysis: Option<bool> = "sentimentAnalysis",
        /// what is told how the conversation goes.
        pub status_callback: Option<String> = "statusCallback",
        /// how `statusCallback` is requested; POST by default.
        pub status_callback_method: Option<Method> = "statusCallbackMethod",
    } holding {
        /// Settings of the agent.
        pub configs: Vec<Config>,
        /// What the agent is told.
        pub parameters: Vec<Parameter>,
    }
}

impl VirtualAgent {
    /// Connects through the account's connector.
    #[must_use]
    pub fn through(connector: impl Into<String>) -> Self {
        Self::default().connector_name(connector)
    }

    /// Sets something of the agent.
    #[must_use]
    pub fn config(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.configs.push(Config::new(name, value));
        self
    }

    /// Tells the agent something.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push(Parameter::new(name, value));
        self
    }

    pub(super) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let (configs, parameters) = content::both(
            element,
            notes,
            (Config::NAME, Config::read),
            (Parameter::NAME, Parameter::read),
        );
        Self {
            configs,
            parameters,
            ..Self::begin(element, notes)
        }
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        self.tag(xml).both(
            (&self.configs, Config::write),
            (&self.parameters, Parameter::write),
        );
    }
}
