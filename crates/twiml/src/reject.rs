//! `<Reject>`: the call is refused without being answered.

use crate::element::element;
use crate::parameter::Parameter;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::words;
use crate::write::Xml;

words! {
    /// How a caller is refused.
    pub enum RejectReason {
        /// The caller hears that the number is not in service.
        Rejected = "rejected",
        /// The caller hears the busy tone.
        Busy = "busy",
    }
}

element! {
    /// Refuses the call without answering, so nothing is charged (A.3.3); only as the first verb.
    #[derive(Default)]
    pub struct Reject named "Reject" {
        /// what the caller hears; [`RejectReason::Rejected`] by default.
        pub reason: Option<RejectReason> = "reason" [13810],
    } holding {
        /// Allowed by the helper libraries, documented nowhere (A.2).
        pub parameters: Vec<Parameter>,
    }
}

impl Reject {
    /// Refuses with the busy tone.
    #[must_use]
    pub fn busy() -> Self {
        Self::default().reason(RejectReason::Busy)
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        Self {
            parameters: content::all(element, notes, Parameter::found),
            ..Self::begin(element, notes)
        }
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).each(&self.parameters, Parameter::write);
    }
}
