//! Whether what the pages tell of a call is what the carrier knows of it.

use carrier::engine::{CallFilter, CallView, LogEntry, Noted};
use desk::CallStory;
use exchange::VisitOutcome;
use twilio::CallSid;

use super::Stage;
use super::callers::{document, questions_in};
use super::trouble::Trouble;

/// The warning of a callback that went nowhere.
const CALLBACK_FAILED: u32 = 15003;

/// A call, and what its caller could expect.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case<'a> {
    pub(crate) sid: &'a CallSid,
    /// Whether the caller waited for the end.
    pub(crate) stays: bool,
    /// How many questions may be asked.
    pub(crate) most_questions: u16,
}

/// Something that must not be.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) call: CallSid,
    pub(crate) kind: Kind,
    pub(crate) what: String,
}

/// What is wrong about a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The caller was left alone, or the call is not in the database, or never ends there.
    Lost,
    /// The pages tell something else than the carrier.
    Contradicted,
}

/// What came of one call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Judged {
    pub(crate) questions: usize,
    /// The pages say that nobody knows what became of it.
    pub(crate) is_unknown: bool,
    pub(crate) findings: Vec<Finding>,
    /// Where something is wrong, what both say happened, moment by moment.
    pub(crate) story: Vec<String>,
}

/// Everything the carrier knows of a call.
struct Record {
    call: CallView,
    /// Those it was put through to, in order.
    dialled: Vec<CallView>,
    log: Vec<LogEntry>,
}

impl Record {
    fn of(stage: &Stage, sid: &CallSid) -> Option<Self> {
        stage.carrier.with(|engine| {
            let mut dialled = engine.calls(&CallFilter {
                parent: Some(sid.clone()),
                ..CallFilter::default()
            });
            dialled.reverse();
            Some(Self {
                call: engine.call(sid)?,
                dialled,
                log: engine.log(sid).to_vec(),
            })
        })
    }

    /// Whether the caller was given a document that ends the call.
    fn was_let_go(&self) -> bool {
        let mut documents = self.log.iter().filter_map(|entry| document(&entry.what));
        documents
            .next_back()
            .is_some_and(|body| body.contains("<Hangup"))
    }
}

/// Sets a call's page beside the carrier's record.
pub(crate) async fn judge(stage: &Stage, trouble: Trouble, case: &Case<'_>) -> Judged {
    let Some(record) = Record::of(stage, case.sid) else {
        return Judged::default();
    };
    let mut judged = Judged {
        questions: questions_in(record.log.iter().map(|entry| &entry.what)),
        ..Judged::default()
    };
    let mut find = |kind, what: String| {
        judged.findings.push(Finding {
            call: case.sid.clone(),
            kind,
            what,
        });
    };
    for what in left_alone(case, &record, trouble) {
        find(Kind::Lost, what);
    }
    let Some(story) = stage.story(case.sid).await else {
        find(Kind::Lost, "it is not in the database".to_owned());
        return judged;
    };
    for what in unwritten(&story, &record) {
        find(Kind::Lost, what);
    }
    match story.call.outcome.as_deref() {
        None => find(Kind::Lost, "it never ends in the database".to_owned()),
        Some("unknown") => judged.is_unknown = true,
        Some(outcome) => {
            let possible = outcomes(&record, is_only_announced(case, &story, &record));
            if !possible.contains(&outcome) {
                let what = format!("the pages say {outcome}, the carrier {possible:?}");
                find(Kind::Contradicted, what);
            }
        }
    }
    for what in differences(case, &story, &record, trouble) {
        judged.findings.push(Finding {
            call: case.sid.clone(),
            kind: Kind::Contradicted,
            what,
        });
    }
    if !judged.findings.is_empty() {
        judged.story = both_tell(&story, &record);
    }
    judged
}

/// What the server and the carrier say happened, in seconds since the call came in.
fn both_tell(story: &CallStory, record: &Record) -> Vec<String> {
    let here = story.entries.iter().map(|entry| {
        let lines = entry.lines.join(" ");
        (entry.at_ms, format!("server: {}: {lines}", entry.event))
    });
    let there = record.log.iter().filter_map(|entry| {
        let what = match &entry.what {
            Noted::Status { status } => format!("is {status}"),
            Noted::Document { url, .. } => format!("was given {url}"),
            Noted::Verb { name } => format!("obeys {name}"),
            Noted::Pressed { keys } => format!("pressed {keys}"),
            Noted::Trouble { code, text } => format!("met {code}: {text}"),
            Noted::Callback { event, .. } => format!("told {event}"),
            Noted::Note { text } => text.clone(),
            Noted::Said { .. }
            | Noted::Played { .. }
            | Noted::Spoke { .. }
            | Noted::Heard { .. } => return None,
        };
        Some((entry.at.0, format!("carrier: {what}")))
    });
    let mut all: Vec<_> = here.chain(there).collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter()
        .map(|(at, what)| {
            let since = at - record.call.created.0;
            format!("{:>8}.{:03} s  {what}", since / 1_000, since % 1_000)
        })
        .collect()
}

/// What the caller met that nobody should meet.
fn left_alone(case: &Case<'_>, record: &Record, trouble: Trouble) -> Vec<String> {
    let mut found = Vec::new();
    if record.call.ended.is_none() {
        found.push("it never ends at the carrier".to_owned());
    }
    if case.stays && !record.was_let_go() {
        found.push("a caller who stayed was not led to the end".to_owned());
    }
    let questions = questions_in(record.log.iter().map(|entry| &entry.what));
    let most = usize::from(case.most_questions);
    if questions > most {
        found.push(format!(
            "{questions} questions were asked, {most} are the most"
        ));
    }
    found.extend(mishaps(&record.log, !trouble.leaves_callbacks_alone()));
    found
}

/// What went wrong in a call by the carrier's own account. A callback may go nowhere where something strikes callbacks.
pub(crate) fn mishaps(log: &[LogEntry], callbacks_may_fail: bool) -> Vec<String> {
    let mut found = Vec::new();
    for entry in log {
        match &entry.what {
            Noted::Trouble { code, .. } if *code == CALLBACK_FAILED && callbacks_may_fail => {}
            Noted::Trouble { code, text } => found.push(format!("trouble {code}: {text}")),
            Noted::Document { url, body } if !body.ends_with("</Response>") => {
                found.push(format!("{url} answered without a document: {body}"));
            }
            Noted::Document { .. }
            | Noted::Status { .. }
            | Noted::Verb { .. }
            | Noted::Said { .. }
            | Noted::Played { .. }
            | Noted::Spoke { .. }
            | Noted::Heard { .. }
            | Noted::Pressed { .. }
            | Noted::Callback { .. }
            | Noted::Note { .. } => {}
        }
    }
    found
}

/// What the caller heard although it was not written down: an apology, when the server could not decide.
fn unwritten(story: &CallStory, record: &Record) -> Vec<String> {
    let is_written = |body: &str| {
        let mut written = story
            .entries
            .iter()
            .filter_map(|entry| entry.document.as_deref());
        written.any(|document| document == body)
    };
    record
        .log
        .iter()
        .filter_map(|entry| document(&entry.what))
        .filter(|body| !is_written(body))
        .map(|body| format!("a document is not in the journal: {body}"))
        .collect()
}

/// The outcomes that go with the carrier's record.
fn outcomes(record: &Record, is_only_announced: bool) -> &'static [&'static str] {
    if record.dialled.iter().any(|call| call.status == "completed") {
        &["connected"]
    } else if !record.dialled.is_empty() {
        &["not-reached"]
    } else if is_only_announced {
        &["hung-up"]
    } else if record.was_let_go() {
        &["informed", "no-office", "no-input", "closed"]
    } else if record.call.status == "completed" {
        &["hung-up"]
    } else {
        // Asked afterwards, the carrier's word for a call that was never answered counts as hung up.
        &["failed", "hung-up"]
    }
}

/// Whether the page tells of one office more than was dialled: the caller hung up while it was announced. The server
/// is not told how far its document was obeyed, and says so of that office.
fn is_only_announced(case: &Case<'_>, story: &CallStory, record: &Record) -> bool {
    let last = story.offices.last();
    !case.stays
        && story.offices.len() == record.dialled.len() + 1
        && last.is_some_and(|last| last.outcome == VisitOutcome::NotReported.sentence())
}

/// Where the page and the record differ beyond the outcome.
fn differences(
    case: &Case<'_>,
    story: &CallStory,
    record: &Record,
    trouble: Trouble,
) -> Vec<String> {
    let mut found = Vec::new();
    if trouble.leaves_callbacks_alone() {
        let ends = (story.call.ended_ms, record.call.ended.map(|ended| ended.0));
        if ends.0 != ends.1 {
            found.push(format!(
                "it ended at {:?}, the carrier says {:?}",
                ends.0, ends.1
            ));
        }
    }
    let announced = usize::from(is_only_announced(case, story, record));
    let told: Vec<_> = story
        .offices
        .iter()
        .take(story.offices.len() - announced)
        .map(|office| (digits(&office.number), office.outcome.clone()))
        .collect();
    let known: Vec<_> = record
        .dialled
        .iter()
        .map(|call| (digits(&call.to), sentence(call)))
        .collect();
    if told != known {
        found.push(format!(
            "the offices are {told:?}, the carrier says {known:?}"
        ));
    }
    found
}

/// How the pages tell what the carrier says of somebody who was dialled.
fn sentence(call: &CallView) -> String {
    let outcome = match call.status.as_str() {
        "completed" => {
            let seconds = call
                .duration
                .and_then(|seconds| u32::try_from(seconds).ok());
            VisitOutcome::Talked(seconds.unwrap_or_default())
        }
        "busy" => VisitOutcome::Busy,
        "no-answer" => VisitOutcome::NoAnswer,
        "failed" => VisitOutcome::Failed,
        "canceled" => VisitOutcome::Canceled,
        other => VisitOutcome::Other(other.to_owned()),
    };
    outcome.sentence()
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}
