//! What is left to people by callers: messages, wishes to be called back, answers to the survey; and
//! what agents write about calls.

use desk::StoryNote;
use exchange::{CallSid, Filed, LineId, Moment, PhoneNumber, RecordingSid, TeamId, UserName};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::batch::Prepared;
use crate::dialect::Write;
use crate::error::{Doing, Error, unreadable};
use crate::retention::removals;
use crate::{Audited, Store, audit};

const WHAT: &str = "an entry of the inbox";

/// The most entries that are read at once.
const MOST: i64 = 200;

/// Something that a caller left, or wishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxEntry {
    /// In which call.
    pub call: CallSid,
    /// What it is.
    pub what: InboxKind,
    /// On which line.
    pub line: LineId,
    /// For whose agents.
    pub team: Option<TeamId>,
    /// The caller's number or name.
    pub caller: String,
    /// The number to call back, where there is one.
    pub number: Option<PhoneNumber>,
    /// Since when it waits.
    pub at: Moment,
    /// When it was ticked off, and by whom.
    pub done: Option<(Moment, UserName)>,
}

/// What a caller left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InboxKind {
    /// A message.
    Voicemail {
        /// The carrier's name for the recording.
        recording: RecordingSid,
        /// Its length, in seconds.
        seconds: u32,
    },
    /// They wish to be called back.
    Callback,
}

impl InboxKind {
    /// The word in the database and in forms.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Voicemail { .. } => VOICEMAIL,
            Self::Callback => CALLBACK,
        }
    }
}

const VOICEMAIL: &str = "voicemail";
const CALLBACK: &str = "callback";

/// What an agent writes about a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapUpNote {
    /// The call.
    pub call: CallSid,
    /// Who writes.
    pub by: UserName,
    /// How it went, a word of the line's choices.
    pub disposition: String,
    /// Anything else.
    pub notes: String,
    /// When.
    pub at: Moment,
}

impl Store {
    /// What still waits for somebody, the longest waiting first; and what was ticked off since a moment. Entries that
    /// this release cannot read are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn inbox(&self, done_since: Moment) -> Result<Vec<InboxEntry>, Error> {
        let doing = "read the inbox";
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(
            "
            select call_sid, kind, line_id, team, caller, number, at, recording, seconds, done_at, done_by
            from inbox
            where done_at is null
               or done_at >= $1
            order by at
            limit $2
            ",
        )
        .bind(done_since.0)
        .bind(MOST)
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in &rows {
            let sid: &str = row.try_get("call_sid").doing(doing)?;
            let entry = self.left_out.unless_unreadable(sid, read(row));
            entries.extend(entry.transpose()?);
        }
        Ok(entries)
    }

    /// The message of a call, if one was left.
    ///
    /// # Errors
    /// When the database fails or holds an entry that this release cannot read.
    pub async fn voicemail(&self, call: &CallSid) -> Result<Option<InboxEntry>, Error> {
        self.inbox_entry(call, VOICEMAIL).await
    }

    /// What a call left of a kind, by the kind's word.
    ///
    /// # Errors
    /// As for [`Store::voicemail`].
    pub async fn inbox_entry(
        &self,
        call: &CallSid,
        kind: &str,
    ) -> Result<Option<InboxEntry>, Error> {
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select call_sid, kind, line_id, team, caller, number, at, recording, seconds, done_at, done_by
            from inbox
            where call_sid = $1
              and kind = $2
            ",
        )
        .bind(call.as_str())
        .bind(kind)
        .fetch_optional(&mut *connection)
        .await
        .doing("find an entry of the inbox")?
        .as_ref()
        .map(read)
        .transpose()
    }

    /// Ticks an entry off, or takes that back; false when it is so already, or there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tick_off(
        &self,
        call: &CallSid,
        kind: &str,
        done: Option<(Moment, &UserName)>,
    ) -> Result<bool, Error> {
        let doing = "tick an entry of the inbox off";
        let mut tx = self.db.begin().await?;
        let touched = sqlx::query(
            "
            update inbox
            set done_at = $3,
                done_by = $4
            where call_sid = $1
              and kind = $2
              and (done_at is null) = (cast($3 as bigint) is not null)
            ",
        )
        .bind(call.as_str())
        .bind(kind)
        .bind(done.map(|(at, _)| at.0))
        .bind(done.map(|(_, by)| by.as_str()))
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        tx.tell_of_floor().await.doing(doing)?;
        tx.commit().await.doing(doing)?;
        self.wakes.floor();
        Ok(touched == 1)
    }

    /// Writes what an agent notes about a call; a second note of theirs takes the place of the first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_wrap_up(&self, note: &WrapUpNote) -> Result<(), Error> {
        let doing = "write what an agent notes";
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "
            insert into wrap_ups (call_sid, user_name, disposition, notes, at)
            values ($1, $2, $3, $4, $5)
            on conflict (call_sid, user_name) do update
            set disposition = excluded.disposition,
                notes = excluded.notes,
                at = excluded.at
            ",
        )
        .bind(note.call.as_str())
        .bind(note.by.as_str())
        .bind(note.disposition.as_str())
        .bind(note.notes.as_str())
        .bind(note.at.0)
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// What agents noted about a call, and what the caller answered afterwards.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notes_of(&self, call: &CallSid) -> Result<Vec<StoryNote>, Error> {
        let doing = "read what was noted about a call";
        let mut connection = self.db.read().await?;
        let mut notes = Vec::new();
        for row in sqlx::query(
            "
            select user_name, disposition, notes, at
            from wrap_ups
            where call_sid = $1
            order by at
            ",
        )
        .bind(call.as_str())
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?
        {
            notes.push(StoryNote::WrapUp {
                by: row.try_get("user_name").doing(doing)?,
                disposition: row.try_get("disposition").doing(doing)?,
                notes: row.try_get("notes").doing(doing)?,
                at_ms: row.try_get("at").doing(doing)?,
            });
        }
        for row in sqlx::query(
            "
            select question, answer, at
            from survey_answers
            where call_sid = $1
            order by question
            ",
        )
        .bind(call.as_str())
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?
        {
            notes.push(StoryNote::Survey {
                question: row.try_get("question").doing(doing)?,
                answer: row.try_get("answer").doing(doing)?,
                at_ms: row.try_get("at").doing(doing)?,
            });
        }
        Ok(notes)
    }
}

fn read(row: &AnyRow) -> Result<InboxEntry, Error> {
    let doing = "read the inbox";
    let text = |column: &'static str| -> Result<&str, Error> { row.try_get(column).doing(doing) };
    let optional =
        |column: &'static str| -> Result<Option<&str>, Error> { row.try_get(column).doing(doing) };
    let bad = |error: exchange::BadId| unreadable(WHAT, error);
    let what = match text("kind")? {
        VOICEMAIL => {
            let seconds: Option<i64> = row.try_get("seconds").doing(doing)?;
            InboxKind::Voicemail {
                recording: RecordingSid::parse(optional("recording")?.unwrap_or_default())
                    .map_err(bad)?,
                seconds: u32::try_from(seconds.unwrap_or(0)).unwrap_or(0),
            }
        }
        CALLBACK => InboxKind::Callback,
        other => return Err(unreadable(WHAT, format!("it is of the kind {other:?}"))),
    };
    let done_at: Option<i64> = row.try_get("done_at").doing(doing)?;
    let done_by = optional("done_by")?
        .map(UserName::parse)
        .transpose()
        .map_err(bad)?;
    Ok(InboxEntry {
        call: CallSid::parse(text("call_sid")?).map_err(bad)?,
        what,
        line: LineId::parse(text("line_id")?).map_err(bad)?,
        team: optional("team")?
            .map(TeamId::parse)
            .transpose()
            .map_err(bad)?,
        caller: text("caller")?.to_owned(),
        number: optional("number")?.and_then(|number| PhoneNumber::parse(number).ok()),
        at: Moment(row.try_get("at").doing(doing)?),
        done: done_at.map(Moment).zip(done_by),
    })
}

/// Writes what the steps file; true when something was.
pub(crate) async fn file(tx: &mut Write<'_>, changes: &[&Prepared]) -> Result<bool, sqlx::Error> {
    let mut is_filed = false;
    for change in changes {
        for filed in &change.filed {
            match filed {
                Filed::Voicemail(recording) => {
                    let seconds = Some(i64::from(recording.seconds));
                    let (number, sid) = (change.number.as_deref(), Some(recording.sid.as_str()));
                    enter(tx, change, VOICEMAIL, number, sid, seconds).await?;
                }
                Filed::Unwanted(recording) => {
                    removals::insert(tx, recording.as_str(), Moment(change.at)).await?;
                    continue;
                }
                Filed::Callback(number) => {
                    let number = number.to_string();
                    enter(tx, change, CALLBACK, Some(&number), None, None).await?;
                }
                Filed::Survey { question, answer } => {
                    answer_survey(tx, change, *question, *answer).await?;
                }
                Filed::Audited { by, what } => {
                    let line = Audited {
                        at: Moment(change.at),
                        by: by.to_string(),
                        about: change.sid.clone(),
                        what: what.clone(),
                    };
                    audit::append(tx, &line).await?;
                    continue;
                }
            }
            is_filed = true;
        }
    }
    Ok(is_filed)
}

async fn enter(
    tx: &mut Write<'_>,
    change: &Prepared,
    kind: &str,
    number: Option<&str>,
    recording: Option<&str>,
    seconds: Option<i64>,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "
        insert into inbox (call_sid, kind, line_id, team, caller, number, at, recording, seconds)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (call_sid, kind) do update
        set number = excluded.number,
            recording = excluded.recording,
            seconds = excluded.seconds
        ",
    )
    .bind(change.sid.as_str())
    .bind(kind)
    .bind(change.line.as_str())
    .bind(change.team.as_deref())
    .bind(change.caller_label.as_str())
    .bind(number)
    .bind(change.at)
    .bind(recording)
    .bind(seconds)
    .execute(&mut **tx)
    .await
    .map(|_| ())
}

async fn answer_survey(
    tx: &mut Write<'_>,
    change: &Prepared,
    question: u8,
    answer: u8,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "
        insert into survey_answers (call_sid, question, answer, at)
        values ($1, $2, $3, $4)
        on conflict (call_sid, question) do nothing
        ",
    )
    .bind(change.sid.as_str())
    .bind(i64::from(question))
    .bind(i64::from(answer))
    .bind(change.at)
    .execute(&mut **tx)
    .await
    .map(|_| ())
}
