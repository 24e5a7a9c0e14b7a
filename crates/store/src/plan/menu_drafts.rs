//! What is written of menus and has not gone live.

use std::collections::BTreeMap;

use exchange::menu::Draft;
use exchange::{MenuId, Moment};
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;

use super::{number, text};
use crate::error::{Doing, Error, from_json, to_json, unreadable};
use crate::{Audited, Store, audit};

const WHAT: &str = "the draft of a menu";

/// A draft as it was last saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuDraft {
    /// How often it has been saved.
    pub revision: i64,
    /// What stands in it.
    pub draft: Draft,
    /// Who last saved which place, by the place's id; a place that is gone is among them.
    pub marks: BTreeMap<String, Mark>,
    /// When it was saved.
    pub at: Moment,
    /// Who did it, by user name.
    pub by: String,
}

/// The last change of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The draft's revision that it made.
    pub revision: i64,
    /// When.
    pub at: Moment,
    /// Who did it, by user name.
    pub by: String,
}

impl Store {
    /// The draft of a menu.
    ///
    /// # Errors
    /// When the database fails or holds a draft that this release cannot read.
    pub async fn menu_draft(&self, id: &MenuId) -> Result<Option<MenuDraft>, Error> {
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select menu_id, revision, body, marks, saved_at, saved_by
            from menu_drafts
            where menu_id = $1
            ",
        )
        .bind(id.as_str())
        .fetch_optional(&mut *connection)
        .await
        .doing("read the draft of a menu")?
        .map(|row| read(&row))
        .transpose()
    }

    /// Every draft, by its menu's id.
    ///
    /// # Errors
    /// When the database fails or holds a draft that this release cannot read.
    pub async fn menu_drafts(&self) -> Result<BTreeMap<MenuId, MenuDraft>, Error> {
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select menu_id, revision, body, marks, saved_at, saved_by
            from menu_drafts
            ",
        )
        .fetch_all(&mut *connection)
        .await
        .doing("read the drafts of menus")?
        .iter()
        .map(|row| {
            let id = MenuId::parse(text(row, "menu_id")?);
            Ok((id.map_err(|error| unreadable(WHAT, error))?, read(row)?))
        })
        .collect()
    }

    /// Saves a draft that follows the revision before its own. False when somebody else has saved one meanwhile: nothing
    /// is written then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save_menu_draft(
        &self,
        id: &MenuId,
        draft: &MenuDraft,
        audited: &Audited,
    ) -> Result<bool, Error> {
        let doing = "save the draft of a menu";
        let mut tx = self.db.begin().await?;
        let written = sqlx::query(
            "
            insert into menu_drafts (menu_id, revision, body, marks, saved_at, saved_by)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (menu_id) do update
            set revision = excluded.revision, body = excluded.body, marks = excluded.marks,
                saved_at = excluded.saved_at, saved_by = excluded.saved_by
            where menu_drafts.revision = excluded.revision - 1
            ",
        )
        .bind(id.as_str())
        .bind(draft.revision)
        .bind(to_json(&draft.draft, WHAT)?)
        .bind(to_json(&draft.marks, WHAT)?)
        .bind(draft.at.0)
        .bind(draft.by.as_str())
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        if written == 0 {
            return Ok(false);
        }
        audit::append(&mut tx, audited).await.doing(doing)?;
        tx.commit().await.doing(doing)?;
        Ok(true)
    }

    /// Removes the draft of a menu as it was at a revision. False when somebody has saved it since, or it is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_menu_draft(
        &self,
        id: &MenuId,
        revision: i64,
        audited: &Audited,
    ) -> Result<bool, Error> {
        let doing = "remove the draft of a menu";
        let mut tx = self.db.begin().await?;
        let gone = sqlx::query(
            "
            delete from menu_drafts
            where menu_id = $1
              and revision = $2
            ",
        )
        .bind(id.as_str())
        .bind(revision)
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        if gone == 0 {
            return Ok(false);
        }
        audit::append(&mut tx, audited).await.doing(doing)?;
        tx.commit().await.doing(doing)?;
        Ok(true)
    }
}

fn read(row: &AnyRow) -> Result<MenuDraft, Error> {
    Ok(MenuDraft {
        revision: number(row, "revision")?,
        draft: from_json(text(row, "body")?, WHAT)?,
        marks: from_json(text(row, "marks")?, WHAT)?,
        at: Moment(number(row, "saved_at")?),
        by: text(row, "saved_by")?.to_owned(),
    })
}
