//! Phone trees and prompts, as rows.

use std::collections::BTreeSet;

use exchange::{Language, LineId, Menu, MenuId, NodeId, PromptRow};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::lines::read_language;
use super::{number, text};
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, to_json, unreadable};

const WHAT: &str = "a menu";

pub(super) async fn all(connection: &mut AnyConnection) -> Result<Vec<Menu>, Error> {
    sqlx::query(
        "
        select id, name, root, nodes, version
        from menus
        order by id
        ",
    )
    .fetch_all(connection)
    .await
    .doing("read the menus")?
    .iter()
    .map(read)
    .collect()
}

/// The menu of an id, as it is live.
pub(super) async fn one(tx: &mut Write<'_>, id: &MenuId) -> Result<Option<Menu>, Error> {
    sqlx::query(
        "
        select id, name, root, nodes, version
        from menus
        where id = $1
        ",
    )
    .bind(id.as_str())
    .fetch_optional(&mut **tx)
    .await
    .doing("read a menu")?
    .map(|row| read(&row))
    .transpose()
}

/// A menu as its row has it: `id`, `name`, `root`, `nodes`, `version`.
pub(super) fn read(row: &AnyRow) -> Result<Menu, Error> {
    let version = number(row, "version")?;
    Ok(Menu {
        id: MenuId::parse(text(row, "id")?).map_err(|error| unreadable(WHAT, error))?,
        name: text(row, "name")?.to_owned(),
        root: NodeId::parse(text(row, "root")?).map_err(|error| unreadable(WHAT, error))?,
        nodes: from_json(text(row, "nodes")?, WHAT)?,
        version: u32::try_from(version).map_err(|error| unreadable(WHAT, error))?,
    })
}

pub(super) async fn insert(tx: &mut Write<'_>, menus: &[Menu]) -> Result<(), Error> {
    for menu in menus {
        sqlx::query(
            "
            insert into menus (id, name, root, nodes, version)
            values ($1, $2, $3, $4, $5)
            ",
        )
        .bind(menu.id.as_str())
        .bind(menu.name.as_str())
        .bind(menu.root.as_str())
        .bind(to_json(&menu.nodes, WHAT)?)
        .bind(i64::from(menu.version))
        .execute(&mut **tx)
        .await
        .doing("write a menu")?;
    }
    Ok(())
}

pub(super) async fn all_prompts(connection: &mut AnyConnection) -> Result<Vec<PromptRow>, Error> {
    sqlx::query(
        "
        select line_id, language, key, text
        from prompts
        order by line_id, language, key
        ",
    )
    .fetch_all(connection)
    .await
    .doing("read the prompts")?
    .iter()
    .map(|row| {
        let line = text(row, "line_id")?;
        Ok(PromptRow {
            line: if line.is_empty() {
                None
            } else {
                Some(LineId::parse(line).map_err(|error| unreadable("a prompt", error))?)
            },
            language: read_language(row)?,
            key: text(row, "key")?.to_owned(),
            text: text(row, "text")?.to_owned(),
        })
    })
    .collect()
}

pub(super) async fn insert_prompts(tx: &mut Write<'_>, prompts: &[PromptRow]) -> Result<(), Error> {
    for prompt in prompts {
        sqlx::query(
            "
            insert into prompts (line_id, language, key, text)
            values ($1, $2, $3, $4)
            ",
        )
        .bind(prompt.line.as_ref().map_or("", LineId::as_str))
        .bind(prompt.language.code())
        .bind(prompt.key.as_str())
        .bind(prompt.text.as_str())
        .execute(&mut **tx)
        .await
        .doing("write a prompt")?;
    }
    Ok(())
}

/// The text of a prompt as it stands.
pub(super) async fn one_prompt(
    tx: &mut Write<'_>,
    line: Option<&LineId>,
    language: Language,
    key: &str,
) -> Result<Option<String>, Error> {
    sqlx::query_scalar(
        "
        select text
        from prompts
        where line_id = $1 and language = $2 and key = $3
        ",
    )
    .bind(line.map_or("", LineId::as_str))
    .bind(language.code())
    .bind(key)
    .fetch_optional(&mut **tx)
    .await
    .doing("read a prompt")
}

/// Removes the text of a prompt.
pub(super) async fn delete_prompt(
    tx: &mut Write<'_>,
    line: Option<&LineId>,
    language: Language,
    key: &str,
) -> Result<(), Error> {
    sqlx::query(
        "
        delete from prompts
        where line_id = $1 and language = $2 and key = $3
        ",
    )
    .bind(line.map_or("", LineId::as_str))
    .bind(language.code())
    .bind(key)
    .execute(&mut **tx)
    .await
    .doing("remove a prompt")
    .map(|_| ())
}

/// Removes all that a line says in its own words.
pub(super) async fn delete_prompts_of(tx: &mut Write<'_>, line: &LineId) -> Result<(), Error> {
    sqlx::query(
        "
        delete from prompts
        where line_id = $1
        ",
    )
    .bind(line.as_str())
    .execute(&mut **tx)
    .await
    .doing("remove a line's prompts")
    .map(|_| ())
}

/// Writes the texts that are in no row yet, in languages that the plan speaks; gives how many those were.
pub(super) async fn insert_missing_prompts(
    tx: &mut Write<'_>,
    prompts: &[PromptRow],
) -> Result<usize, Error> {
    let doing = "look for missing prompts";
    let mut known = BTreeSet::new();
    for row in sqlx::query(
        "
        select language, key
        from prompts
        where line_id = ''
        ",
    )
    .fetch_all(&mut **tx)
    .await
    .doing(doing)?
    {
        let language: String = row.try_get("language").doing(doing)?;
        let key: String = row.try_get("key").doing(doing)?;
        known.insert((language, key));
    }
    let speaks = |language: &str| known.iter().any(|(known, _)| known == language);
    let missing: Vec<PromptRow> = prompts
        .iter()
        .filter(|prompt| prompt.line.is_none() && speaks(prompt.language.code()))
        .filter(|prompt| !known.contains(&(prompt.language.code().to_owned(), prompt.key.clone())))
        .cloned()
        .collect();
    insert_prompts(tx, &missing).await?;
    Ok(missing.len())
}
