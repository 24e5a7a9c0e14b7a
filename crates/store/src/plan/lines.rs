//! Lines, as rows.

use exchange::{Language, Line, LineId, PhoneNumber};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{optional, text};
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, to_json, unreadable};

const WHAT: &str = "a line";

pub(super) async fn all(connection: &mut AnyConnection) -> Result<Vec<Line>, Error> {
    sqlx::query(
        "
        select id, name, number, language, voice, kind, person, dial
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
            insert into lines (id, name, number, language, voice, kind, person, dial)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
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
        .execute(&mut **tx)
        .await
        .doing("write a line")?;
    }
    Ok(())
}

fn read(row: &AnyRow) -> Result<Line, Error> {
    Ok(Line {
        id: LineId::parse(text(row, "id")?).map_err(|error| unreadable(WHAT, error))?,
        name: text(row, "name")?.to_owned(),
        number: read_number(row, "number")?,
        language: read_language(row)?,
        voice: optional(row, "voice")?.map(str::to_owned),
        kind: from_json(text(row, "kind")?, WHAT)?,
        person: read_number(row, "person")?,
        dial: from_json(text(row, "dial")?, WHAT)?,
    })
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
