//! `<Redirect>`: the call goes on with another document.

use crate::element::element;
use crate::read::content;
use crate::read::notes::Notes;
use crate::read::tree::Element;
use crate::word::Method;
use crate::write::Xml;

element! {
    /// Goes on with another document; nothing after it is obeyed (A.3.3).
    ///
    /// The default redirects to the current document: a legal endless loop, of use for hold music.
    #[derive(Default)]
    pub struct Redirect named "Redirect" {
        /// how the document is requested; POST by default.
        pub method: Option<Method> = "method" [13710],
    } holding {
        /// Where the document is, absolute or relative to this one; empty is this one (A.1.3, X9).
        pub url: String,
    }
}

impl Redirect {
    /// Goes on with the document at a URL.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            method: None,
        }
    }

    pub(crate) fn read(element: Element<'_>, notes: &mut Notes<'_>) -> Self {
        Self {
            url: content::text(element, notes),
            ..Self::begin(element, notes)
        }
    }

    pub(crate) fn write(&self, xml: &mut Xml) {
        self.tag(xml).text(&self.url);
    }
}
