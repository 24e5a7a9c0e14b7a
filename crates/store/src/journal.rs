//! The journal: what was decided in a call, and with which words it was answered.

use std::collections::BTreeMap;

use desk::StoryEntry;
use exchange::Call;
use sqlx::{AnyConnection, Row};

use crate::PlanVersion;
use crate::batch::{Known, Prepared};
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json};
use crate::shape::Shape;

static KNOWN: Shape = Shape::new(
    "
    select value, null, null
    from facts
    where name = 'plan'
    union all
    select 0, journal.identity, journal.document
    from (values
    ",
    2,
    "
    ) as asked
    cross join journal
    where journal.call_started_at = asked.column1
      and journal.identity = asked.column2
    ",
);

/// Reads the plan's version, and which of the batch's webhooks were answered before.
pub(crate) async fn known(tx: &mut Write<'_>, batch: &[Prepared]) -> Result<Known, sqlx::Error> {
    let mut asked: Vec<(i64, &str)> = batch
        .iter()
        .filter_map(|change| Some((change.started_at, change.identity.as_deref()?)))
        .collect();
    if asked.is_empty() {
        asked.push((0, ""));
    }
    let mut known = Known {
        plan: PlanVersion(0),
        documents: BTreeMap::new(),
    };
    for (sql, asked) in KNOWN.statements(tx, &asked) {
        let mut query = sqlx::query(sql);
        for (started_at, identity) in asked {
            query = query.bind(*started_at).bind(*identity);
        }
        for row in query.fetch_all(&mut **tx).await? {
            let identity: Option<String> = row.try_get(1)?;
            match identity {
                Some(identity) => {
                    known.documents.insert(identity, row.try_get(2)?);
                }
                None => known.plan = PlanVersion(row.try_get(0)?),
            }
        }
    }
    Ok(known)
}

static APPEND: Shape = Shape::new(
    "
    insert into journal (call_started_at, call_sid, seq, at, identity, event, lines, request, document)
    values
    ",
    9,
    "",
);

/// An entry's place in its call is the version that it made; versions that nobody needs to read of have none.
pub(crate) async fn append(tx: &mut Write<'_>, changes: &[&Prepared]) -> Result<(), sqlx::Error> {
    let kept = changes.iter().filter(|change| !change.event.is_empty());
    let kept: Vec<&Prepared> = kept.copied().collect();
    for (sql, changes) in APPEND.statements(tx, &kept) {
        let mut query = sqlx::query(sql);
        for change in changes {
            query = query
                .bind(change.started_at)
                .bind(change.sid.as_str())
                .bind(change.version.0)
                .bind(change.at)
                .bind(change.identity.as_deref())
                .bind(change.event.as_str())
                .bind(change.lines.as_str())
                .bind(&*change.request.0)
                .bind(change.document.as_deref());
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// A call's journal, earliest first.
pub(crate) async fn entries(
    connection: &mut AnyConnection,
    call: &Call,
) -> Result<Vec<StoryEntry>, Error> {
    let doing = "read a call's journal";
    let rows = sqlx::query(
        "
        select at, event, lines, request, document
        from journal
        where call_started_at = $1
          and call_sid = $2
        order by seq
        ",
    )
    .bind(call.started.0)
    .bind(call.sid.as_str())
    .fetch_all(connection)
    .await
    .doing(doing)?;
    rows.iter()
        .map(|row| {
            let lines: &str = row.try_get("lines").doing(doing)?;
            let request: &str = row.try_get("request").doing(doing)?;
            Ok(StoryEntry {
                at_ms: row.try_get("at").doing(doing)?,
                lines: from_json(lines, "a line of the journal")?,
                event: row.try_get("event").doing(doing)?,
                request: from_json(request, "a request")?,
                document: row.try_get("document").doing(doing)?,
            })
        })
        .collect()
}
