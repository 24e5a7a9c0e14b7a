//! `<Refer>`: a call that came by SIP is sent elsewhere.

use crate::code::Code;
use crate::element::element;
use crate::read::content::{self, Found};
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::Method;
use crate::write::Xml;

element! {
    /// Sends a call that came by SIP elsewhere, by SIP REFER (A.3.12); other calls cannot be referred (13801).
    #[derive(Default)]
    pub struct Refer named "Refer" {
        /// what is requested afterwards; the next verb by default.
        pub action: Option<String> = "action",
        /// how `action` is requested; POST by default.
        pub method: Option<Method> = "method",
    } holding {
        /// Where the call is sent.
        pub to: ReferSip,
    }
}

element! {
    /// The SIP address to which a call is referred.
    #[derive(Default)]
    pub struct ReferSip named "Sip" {
    } holding {
        /// The URI, of at most 255 characters.
        pub uri: String,
    }
}

impl Refer {
    /// Sends the call to the SIP URI.
    #[must_use]
    pub fn new(uri: impl Into<String>) -> Self {
        Self {
            to: ReferSip { uri: uri.into() },
            ..Self::default()
        }
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        let mut to = content::all(element, notes, |child, notes| match child.name() {
            ReferSip::NAME => {
                let mut sip = ReferSip::begin(child, notes);
                sip.uri = content::text(child, notes);
                Found::Here(sip)
            }
            _ => Found::Misplaced,
        });
        if to.len() != 1 {
            let about = format!("<Refer> with {} addresses", to.len());
            notes.note(const { Code::of(12200) }, element.at(), about);
        }
        to.truncate(1);
        Self {
            to: to.pop().unwrap_or_default(),
            ..Self::begin(element, notes)
        }
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml)
            .around(|xml| self.to.tag(xml).text(&self.to.uri));
    }
}
