//! `<Hangup>`: the end of the call.

use crate::element::element;
use crate::parameter::Parameter;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::write::Xml;

element! {
    /// Ends the call, and tells something with it (A.2); what it is told to is documented nowhere.
    ///
    /// A plain end is [`Verb::Hangup`](crate::Verb::Hangup).
    #[derive(Default)]
    pub struct Hangup named "Hangup" {
    } holding {
        /// What is told; without any, the document reads back as a plain end.
        pub parameters: Vec<Parameter>,
    }
}

impl Hangup {
    /// Ends the call and tells something.
    #[must_use]
    pub fn telling(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            parameters: vec![Parameter::new(name, value)],
        }
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let mut hangup = Self::begin(element, notes);
        hangup.parameters = content::all(element, notes, Parameter::found);
        hangup
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).each(&self.parameters, Parameter::write);
    }
}
