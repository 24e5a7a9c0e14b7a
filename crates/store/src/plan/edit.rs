//! Changing the plan by hand: lines, menus and what is said, each with who did it, when, and what was before.

use std::collections::BTreeMap;

use exchange::{Language, LineId, MenuId, Moment, PlanEdit};
use sqlx::Row;

use super::{lines, menu_versions, menus, move_on, number, optional, text};
use crate::audit::{self, Audited};
use crate::dialect::Write;
use crate::error::{Doing, Error, to_json};
use crate::{PlanVersion, Store};

const DOING: &str = "change the plan";

/// A change of the plan: what it was decided on, and what is to be otherwise.
#[derive(Clone, Copy, Debug)]
pub struct PlanEditing<'a> {
    /// The plan's version that it was decided on.
    pub decided_on: PlanVersion,
    /// What is to be otherwise, in order; all of it or nothing.
    pub edits: &'a [PlanEdit],
    /// Who does it, by user name.
    pub by: &'a str,
    /// When.
    pub at: Moment,
    /// What it is about, for the audit: a line's id.
    pub about: &'a str,
    /// What the audit says of it.
    pub audit: &'a str,
}

/// Something in the plan that is changed by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A line.
    Line(LineId),
    /// A menu.
    Menu(MenuId),
    /// What is said: whose words (none for those that all lines share), the language, the prompt's key.
    Prompt(Option<LineId>, Language, String),
}

impl Thing {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Line(_) => "line",
            Self::Menu(_) => "menu",
            Self::Prompt(..) => "prompt",
        }
    }

    fn id(&self) -> String {
        match self {
            Self::Line(id) => id.to_string(),
            Self::Menu(id) => id.to_string(),
            Self::Prompt(line, language, key) => prompt_id(line.as_ref(), *language, key),
        }
    }

    /// What an edit changes; nothing where that is not for long, and is not kept.
    fn of(edit: &PlanEdit) -> Option<Self> {
        Some(match edit {
            PlanEdit::PutLine { line } => Self::Line(line.id.clone()),
            PlanEdit::RemoveLine { line } => Self::Line(line.clone()),
            PlanEdit::PutPrompt { row } => {
                Self::Prompt(row.line.clone(), row.language, row.key.clone())
            }
            PlanEdit::RemovePrompt {
                line,
                language,
                key,
            } => Self::Prompt(line.clone(), *language, key.clone()),
            PlanEdit::PutMenu { menu, .. } => Self::Menu(menu.id.clone()),
            PlanEdit::RemoveMenu { menu } => Self::Menu(menu.clone()),
            PlanEdit::TryMenu { .. } => return None,
        })
    }
}

fn prompt_id(line: Option<&LineId>, language: Language, key: &str) -> String {
    let line = line.map_or("", LineId::as_str);
    format!("{line}/{}/{key}", language.code())
}

/// The latest change of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    /// The plan's version that it made.
    pub version: PlanVersion,
    /// When.
    pub at: Moment,
    /// Who did it, by user name.
    pub by: String,
    /// The thing as it was, a line as JSON and a prompt as its text; nothing where it came.
    pub before: Option<String>,
    /// The thing as it is; nothing where it went.
    pub after: Option<String>,
}

impl Store {
    /// Changes the plan, all of it or nothing, and gives the version that it made; nothing when the plan has moved on
    /// since it was decided.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn edit_plan(&self, editing: &PlanEditing<'_>) -> Result<Option<PlanVersion>, Error> {
        let mut tx = self.db.begin().await?;
        let version = move_on(&mut tx).await?;
        if version.0 != editing.decided_on.0 + 1 {
            tx.rollback().await.doing(DOING)?;
            return Ok(None);
        }
        for edit in editing.edits {
            let Some(thing) = Thing::of(edit) else {
                write(&mut tx, edit, editing).await?;
                continue;
            };
            let before = text_of(&mut tx, &thing).await?;
            write(&mut tx, edit, editing).await?;
            let after = text_of(&mut tx, &thing).await?;
            let change = RowChange {
                version,
                at: editing.at,
                by: editing.by.to_owned(),
                before,
                after,
            };
            note(&mut tx, &thing, &change).await?;
        }
        let audited = Audited {
            at: editing.at,
            by: editing.by.to_owned(),
            about: editing.about.to_owned(),
            what: editing.audit.to_owned(),
        };
        audit::append(&mut tx, &audited).await.doing(DOING)?;
        tx.commit().await.doing(DOING)?;
        Ok(Some(version))
    }

    /// The latest change of a thing; nothing where it is as it was installed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn latest_change(&self, thing: &Thing) -> Result<Option<RowChange>, Error> {
        let doing = "read the latest change";
        let mut connection = self.db.read().await?;
        let row = sqlx::query(
            "
            select plan_version, changed_at, changed_by, before, after
            from plan_changes
            where thing = $1 and id = $2
            order by plan_version desc
            limit 1
            ",
        )
        .bind(thing.kind())
        .bind(thing.id())
        .fetch_optional(&mut *connection)
        .await
        .doing(doing)?;
        let Some(row) = row else {
            return Ok(None);
        };
        Ok(Some(RowChange {
            version: PlanVersion(number(&row, "plan_version")?),
            at: Moment(number(&row, "changed_at")?),
            by: text(&row, "changed_by")?.to_owned(),
            before: optional(&row, "before")?.map(str::to_owned),
            after: optional(&row, "after")?.map(str::to_owned),
        }))
    }

    /// When each line last changed, and who did it; those that never did are missing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn line_changes(&self) -> Result<BTreeMap<String, (Moment, String)>, Error> {
        let doing = "read when lines changed";
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(
            "
            select c.id, c.changed_at, c.changed_by
            from plan_changes c
            where c.thing = 'line' and c.plan_version = (
                select max(plan_version) from plan_changes where thing = c.thing and id = c.id
            )
            ",
        )
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?;
        rows.iter()
            .map(|row| {
                let id: String = row.try_get("id").doing(doing)?;
                let by: String = row.try_get("changed_by").doing(doing)?;
                Ok((id, (Moment(row.try_get("changed_at").doing(doing)?), by)))
            })
            .collect()
    }
}

async fn write(
    tx: &mut Write<'_>,
    edit: &PlanEdit,
    editing: &PlanEditing<'_>,
) -> Result<(), Error> {
    match edit {
        PlanEdit::PutLine { line } => lines::put(tx, line).await,
        PlanEdit::RemoveLine { line } => {
            lines::delete(tx, line).await?;
            menus::delete_prompts_of(tx, line).await
        }
        PlanEdit::PutPrompt { row } => {
            menus::delete_prompt(tx, row.line.as_ref(), row.language, &row.key).await?;
            menus::insert_prompts(tx, std::slice::from_ref(row)).await
        }
        PlanEdit::RemovePrompt {
            line,
            language,
            key,
        } => menus::delete_prompt(tx, line.as_ref(), *language, key).await,
        PlanEdit::PutMenu { menu, note } => {
            menu_versions::put(tx, menu, note, (editing.by, editing.at)).await
        }
        PlanEdit::RemoveMenu { menu } => menu_versions::remove(tx, menu, editing.at).await,
        PlanEdit::TryMenu { menu } => menu_versions::keep_trial(tx, menu, editing.at).await,
    }
}

/// A thing as the changes keep it.
async fn text_of(tx: &mut Write<'_>, thing: &Thing) -> Result<Option<String>, Error> {
    match thing {
        Thing::Line(id) => lines::one(tx, id)
            .await?
            .map(|line| to_json(&line, "a line"))
            .transpose(),
        Thing::Prompt(line, language, key) => {
            menus::one_prompt(tx, line.as_ref(), *language, key).await
        }
        Thing::Menu(id) => menus::one(tx, id)
            .await?
            .map(|menu| to_json(&menu, "a menu"))
            .transpose(),
    }
}

async fn note(tx: &mut Write<'_>, thing: &Thing, change: &RowChange) -> Result<(), Error> {
    sqlx::query(
        "
        insert into plan_changes (thing, id, plan_version, changed_at, changed_by, before, after)
        values ($1, $2, $3, $4, $5, $6, $7)
        ",
    )
    .bind(thing.kind())
    .bind(thing.id())
    .bind(change.version.0)
    .bind(change.at.0)
    .bind(change.by.as_str())
    .bind(change.before.as_deref())
    .bind(change.after.as_deref())
    .execute(&mut **tx)
    .await
    .doing(DOING)
    .map(|_| ())
}
