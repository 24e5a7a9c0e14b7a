//! The journal: what was decided in a call, and with which words it was answered.

use std::collections::BTreeMap;

use desk::StoryEntry;
use sqlx::{AnyConnection, Row};

use crate::PlanVersion;
use crate::batch::{Known, Prepared};
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json};
use crate::shape::Shape;

static KNOWN: Shape = Shape::new(
    "
    select facts.value, journal.identity, journal.document
    from facts
    left join journal on journal.identity in (
    ",
    1,
    "
    )
    where facts.name = 'plan'
    ",
);

/// Reads the plan's version, and which of the batch's webhooks were answered before.
pub(crate) async fn known(tx: &mut Write<'_>, batch: &[Prepared]) -> Result<Known, sqlx::Error> {
    let mut identities: Vec<&str> = batch
        .iter()
        .filter_map(|change| change.identity.as_deref())
        .collect();
    if identities.is_empty() {
        identities.push("");
    }
    let mut known = Known {
        plan: PlanVersion(0),
        documents: BTreeMap::new(),
    };
    for (sql, identities) in KNOWN.statements(&identities) {
        let mut query = sqlx::query(sql);
        for identity in identities {
            query = query.bind(*identity);
        }
        for row in query.fetch_all(&mut **tx).await? {
            known.plan = PlanVersion(row.try_get(0)?);
            let identity: Option<String> = row.try_get(1)?;
            if let Some(identity) = identity {
                known.documents.insert(identity, row.try_get(2)?);
            }
        }
    }
    Ok(known)
}

static APPEND: Shape = Shape::new(
    "
    insert into journal (call_sid, seq, at, identity, event, lines, request, document)
    values
    ",
    8,
    "",
);

/// An entry's place in its call is the version that it made.
pub(crate) async fn append(tx: &mut Write<'_>, changes: &[&Prepared]) -> Result<(), sqlx::Error> {
    for (sql, changes) in APPEND.statements(changes) {
        let mut query = sqlx::query(sql);
        for change in changes {
            query = query
                .bind(change.sid.as_str())
                .bind(change.version.0)
                .bind(change.at)
                .bind(change.identity.as_deref())
                .bind(change.event.as_str())
                .bind(change.lines.as_str())
                .bind(change.request.as_str())
                .bind(change.document.as_deref());
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// A call's journal, earliest first.
pub(crate) async fn entries(
    connection: &mut AnyConnection,
    sid: &str,
) -> Result<Vec<StoryEntry>, Error> {
    let doing = "read a call's journal";
    let rows = sqlx::query(
        "
        select at, event, lines, request, document
        from journal
        where call_sid = $1
        order by seq
        ",
    )
    .bind(sid)
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
