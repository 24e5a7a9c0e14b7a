//! Lines, as rows.

use std::collections::BTreeMap;

use exchange::{Hours, Language, Line, LineId, Moment, PhoneNumber};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{number, optional, text};
use crate::Store;
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, to_json, unreadable};

const WHAT: &str = "a line";

impl Store {
    /// How many calls are on each line that have begun since a moment and are not over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn live_calls_by_line(&self, since: Moment) -> Result<BTreeMap<String, u64>, Error> {
        let doing = "count the calls of lines";
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(
            "
            select line_id, count(*) as calls
            from calls
            where started_at >= $1 and ended_at is null
            group by line_id
            ",
        )
        .bind(since.0)
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?;
        rows.iter()
            .map(|row| {
                let calls = u64::try_from(number(row, "calls")?).unwrap_or(0);
                Ok((text(row, "line_id")?.to_owned(), calls))
            })
            .collect()
    }
}

pub(super) async fn all(connection: &mut AnyConnection) -> Result<Vec<Line>, Error> {
    sqlx::query(
        "
        select id, name, number, language, voice, kind, person, dial, hours
        from lines
        order by id
        ",
    )
    .fetch_all(connection)
    .await
    .doing("read the lines")?
    .iter()
    .map(read)
    .collect()
}

pub(super) async fn insert(tx: &mut Write<'_>, lines: &[Line]) -> Result<(), Error> {
    for line in lines {
        sqlx::query(
            "
            insert into lines (id, name, number, language, voice, kind, person, dial, hours)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ",
        )
        .bind(line.id.as_str())
        .bind(line.name.as_str())
        .bind(line.number.as_ref().map(PhoneNumber::as_str))
        .bind(line.language.code())
        .bind(line.voice.as_deref())
        .bind(to_json(&line.kind, WHAT)?)
        .bind(line.person.as_ref().map(PhoneNumber::as_str))
        .bind(to_json(&line.dial, WHAT)?)
        .bind(to_json(&line.hours, WHAT)?)
        .execute(&mut **tx)
        .await
        .doing("write a line")?;
    }
    Ok(())
}

/// Writes a line, new or in the place of what it was.
pub(super) async fn put(tx: &mut Write<'_>, line: &Line) -> Result<(), Error> {
    delete(tx, &line.id).await?;
    insert(tx, std::slice::from_ref(line)).await
}

/// A line as it stands.
pub(super) async fn one(tx: &mut Write<'_>, id: &LineId) -> Result<Option<Line>, Error> {
    sqlx::query(
        "
        select id, name, number, language, voice, kind, person, dial, hours
        from lines
        where id = $1
        ",
    )
    .bind(id.as_str())
    .fetch_optional(&mut **tx)
    .await
    .doing("read a line")?
    .map(|row| read(&row))
    .transpose()
}

/// Removes a line.
pub(super) async fn delete(tx: &mut Write<'_>, id: &LineId) -> Result<(), Error> {
    sqlx::query(
        "
        delete from lines
        where id = $1
        ",
    )
    .bind(id.as_str())
    .execute(&mut **tx)
    .await
    .doing("remove a line")
    .map(|_| ())
}

fn read(row: &AnyRow) -> Result<Line, Error> {
    let kind = text(row, "kind")?;
    Ok(Line {
        id: LineId::parse(text(row, "id")?).map_err(|error| unreadable(WHAT, error))?,
        name: text(row, "name")?.to_owned(),
        number: read_number(row, "number")?,
        language: read_language(row)?,
        voice: optional(row, "voice")?.map(str::to_owned),
        kind: from_json(kind, WHAT)?,
        person: read_number(row, "person")?,
        dial: from_json(text(row, "dial")?, WHAT)?,
        hours: read_hours(optional(row, "hours")?, kind)?,
    })
}

/// The hours of a line. A row that no release with hours for every line has written keeps them in its settings.
fn read_hours(hours: Option<&str>, kind: &str) -> Result<Option<Hours>, Error> {
    #[derive(serde::Deserialize)]
    struct Settings {
        #[serde(default)]
        hours: Option<Hours>,
    }
    match hours {
        Some(hours) => from_json(hours, WHAT),
        None => from_json::<Settings>(kind, WHAT).map(|settings| settings.hours),
    }
}

fn read_number(row: &AnyRow, column: &'static str) -> Result<Option<PhoneNumber>, Error> {
    optional(row, column)?
        .map(|text| PhoneNumber::parse(text).map_err(|error| unreadable(WHAT, error)))
        .transpose()
}

pub(super) fn read_language(row: &AnyRow) -> Result<Language, Error> {
    let code = text(row, "language")?;
    Language::parse(code).ok_or_else(|| unreadable("a language", code))
}
