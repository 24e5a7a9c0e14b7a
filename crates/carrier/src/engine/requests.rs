//! Requests under way, and what is done with their answers.

use twilio::{CallSid, Form};

use super::runner::{Params, Slot, Target};
use super::{Answer, Engine, Output, Request, RequestId, RequestKind};

/// What an answer is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pending {
    /// A runner waits for its document.
    Document(CallSid, Slot),
    /// A runner waits for a sound.
    Media(CallSid, Slot),
    /// An announcement waits for its document.
    Announcement(u64),
    /// An announcement waits for the sound of this URL.
    AnnouncedSound(u64, String),
    /// Nobody waits: a callback, or the action of a verb on a leg that went on or is over.
    Nobody {
        /// The leg whose log is told of a failure.
        leg: Option<CallSid>,
        /// The code of a callback that was answered badly.
        code: u32,
    },
}

impl Engine {
    /// Brings the answer to a request. An answer that nobody asked for is nothing.
    pub fn answered(&mut self, id: RequestId, answer: Answer) {
        match self.pending.remove(&id) {
            Some(Pending::Document(sid, slot)) => self.document_came(&sid, slot, id, answer),
            Some(Pending::Media(sid, slot)) => self.media_came(&sid, slot, id, &answer),
            Some(Pending::Announcement(one)) => self.announcement_came(one, &answer),
            Some(Pending::AnnouncedSound(one, url)) => {
                self.announced_sound_came(one, url, &answer);
            }
            Some(Pending::Nobody { leg, code }) => self.nobody_waited(leg.as_ref(), code, &answer),
            None => {}
        }
        self.settle();
    }

    /// Asks for a request to be made.
    pub(crate) fn ask(
        &mut self,
        kind: RequestKind,
        call: Option<&CallSid>,
        target: &Target,
        params: &Params,
        pending: Pending,
    ) -> RequestId {
        self.requests_made += 1;
        let id = RequestId(self.requests_made);
        self.pending.insert(id, pending);
        self.outputs.push_back(Output::Request(Request {
            id,
            kind,
            call: call.cloned(),
            method: target.method.as_str().to_owned(),
            url: target.url.clone(),
            params: params.iter().collect::<Form>(),
        }));
        id
    }

    fn nobody_waited(&mut self, leg: Option<&CallSid>, code: u32, answer: &Answer) {
        let Some(leg) = leg else { return };
        match answer {
            Answer::Http { status, .. } if (200..300).contains(status) => {}
            Answer::Http { status, url, .. } => {
                self.trouble(leg, code, format!("{url} answered {status}"));
            }
            Answer::Failed { code: cause } => {
                self.trouble(leg, code, format!("the request failed ({cause})"));
            }
        }
    }
}
