//! Calls as the pages list and explain them.

use std::collections::BTreeMap;

use desk::{CallPage, CallQuery, CallRow, CallStory, OfficeLine, Search, Tone};
use exchange::{Call, CallSid, Outcome, Visit, VisitOutcome};
use sqlx::{AnyConnection, Row};

use crate::error::{Doing, Error, from_json};
use crate::left_out::LeftOut;
use crate::{Store, journal};

/// How many calls a page lists.
pub const CALLS_PER_PAGE: u32 = 50;

impl Store {
    /// One page of the calls that match, latest first; but those that this release cannot read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn call_page(&self, query: &CallQuery) -> Result<CallPage, Error> {
        let mut connection = self.db.read().await?;
        let lines = line_names(&mut connection).await?;
        let total = count(&mut connection, query).await?;
        let rows = page(&mut connection, query, &self.left_out).await?;
        Ok(CallPage {
            rows: rows.iter().map(|call| call_row(call, &lines)).collect(),
            lines: lines.into_iter().collect(),
            outcomes: Outcome::ALL
                .into_iter()
                .map(|outcome| outcome.word().to_owned())
                .collect(),
            page: query.page.max(1),
            per_page: CALLS_PER_PAGE,
            total,
        })
    }

    /// One call with its offices and its journal.
    ///
    /// # Errors
    /// When the database fails or holds a call that this release cannot read.
    pub async fn call_story(&self, sid: &CallSid) -> Result<Option<CallStory>, Error> {
        let Some((_, call)) = self.load(sid).await? else {
            return Ok(None);
        };
        let mut connection = self.db.read().await?;
        let lines = line_names(&mut connection).await?;
        Ok(Some(CallStory {
            call: call_row(&call, &lines),
            offices: call.visits.iter().map(office_line).collect(),
            entries: journal::entries(&mut connection, &call).await?,
        }))
    }
}

async fn count(connection: &mut AnyConnection, query: &CallQuery) -> Result<u64, Error> {
    if !is_narrowed(query) {
        return count_all(connection).await;
    }
    let count: i64 = sqlx::query_scalar(
        r"
        select count(*)
        from calls
        where started_at >= $1
          and started_at < $2
          and ($3 = '' or line_id = $3)
          and ($4 = '' or outcome = $4)
          and ($5 = '' or caller like $5 escape '\' or lower(sid) like $5 escape '\')
        ",
    )
    .bind(query.from_ms.unwrap_or(i64::MIN))
    .bind(query.before_ms.unwrap_or(i64::MAX))
    .bind(query.line.as_deref().unwrap_or(""))
    .bind(query.outcome.as_deref().unwrap_or(""))
    .bind(pattern(query.search.as_ref()))
    .fetch_one(connection)
    .await
    .doing("count calls")?;
    Ok(u64::try_from(count).unwrap_or(0))
}

const fn is_narrowed(query: &CallQuery) -> bool {
    query.search.is_some()
        || query.line.is_some()
        || query.outcome.is_some()
        || query.from_ms.is_some()
        || query.before_ms.is_some()
}

/// Counting all is much quicker than counting those that fit conditions which all of them fit.
async fn count_all(connection: &mut AnyConnection) -> Result<u64, Error> {
    let count: i64 = sqlx::query_scalar("select count(*) from calls")
        .fetch_one(connection)
        .await
        .doing("count calls")?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The inner selection is answered by `calls_by_start` alone; states are read for one page only.
async fn page(
    connection: &mut AnyConnection,
    query: &CallQuery,
    left_out: &LeftOut,
) -> Result<Vec<Call>, Error> {
    let doing = "list calls";
    let offset = desk::offset(query.page, CALLS_PER_PAGE);
    let rows = sqlx::query(
        r"
        select calls.sid, calls.state
        from (
            select sid
            from calls
            where started_at >= $1
              and started_at < $2
              and ($3 = '' or line_id = $3)
              and ($4 = '' or outcome = $4)
              and ($5 = '' or caller like $5 escape '\' or lower(sid) like $5 escape '\')
            order by started_at desc, sid desc
            limit $6
            offset $7
        ) as listed
        cross join calls
        where calls.sid = listed.sid
        order by calls.started_at desc, calls.sid desc
        ",
    )
    .bind(query.from_ms.unwrap_or(i64::MIN))
    .bind(query.before_ms.unwrap_or(i64::MAX))
    .bind(query.line.as_deref().unwrap_or(""))
    .bind(query.outcome.as_deref().unwrap_or(""))
    .bind(pattern(query.search.as_ref()))
    .bind(i64::from(CALLS_PER_PAGE))
    .bind(i64::try_from(offset).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await
    .doing(doing)?;
    let mut calls = Vec::with_capacity(rows.len());
    for row in &rows {
        let call = from_json(row.try_get(1).doing(doing)?, "a call");
        let sid: &str = row.try_get(0).doing(doing)?;
        calls.extend(left_out.unless_unreadable(sid, call).transpose()?);
    }
    Ok(calls)
}

async fn line_names(connection: &mut AnyConnection) -> Result<BTreeMap<String, String>, Error> {
    let doing = "list the lines";
    let rows = sqlx::query("select id, name from lines")
        .fetch_all(connection)
        .await
        .doing(doing)?;
    rows.iter()
        .map(|row| Ok((row.try_get(0).doing(doing)?, row.try_get(1).doing(doing)?)))
        .collect()
}

fn pattern(search: Option<&Search>) -> String {
    let text = match search {
        None => return String::new(),
        Some(Search::Digits(digits)) => digits.clone(),
        Some(Search::Text(text)) => text.to_lowercase(),
    };
    let text = text
        .replace('\\', r"\\")
        .replace('%', r"\%")
        .replace('_', r"\_");
    format!("%{text}%")
}

fn call_row(call: &Call, lines: &BTreeMap<String, String>) -> CallRow {
    let line = call.line.as_str();
    CallRow {
        sid: call.sid.as_str().to_owned(),
        line: line.to_owned(),
        line_name: lines.get(line).map_or(line, String::as_str).to_owned(),
        caller: call.made_by(),
        called_out_to: called_out_to(call),
        place: call.place.label(),
        started_ms: call.started.0,
        ended_ms: call.ended.as_ref().map(|ended| ended.at.0),
        outcome: call.ended.as_ref().map(|ended| ended.how.word().to_owned()),
        outcome_text: call
            .ended
            .as_ref()
            .map_or("Under way", |ended| ended.how.sentence())
            .to_owned(),
    }
}

fn called_out_to(call: &Call) -> String {
    let Some(asked) = call.calling_out() else {
        return String::new();
    };
    match &call.dialled {
        Some(number) => number.formatted(),
        None if asked.to.is_empty() => "no number".to_owned(),
        None => asked.to.clone(),
    }
}

fn office_line(visit: &Visit) -> OfficeLine {
    let outcome = visit.outcome.as_ref();
    OfficeLine {
        name: visit.name.clone(),
        number: visit.number.formatted(),
        outcome: outcome.map_or_else(|| "ringing or connected".to_owned(), VisitOutcome::sentence),
        tone: Tone::of_visit(outcome),
    }
}
