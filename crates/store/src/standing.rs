//! Whether the database is a demonstration's or a real account's.

use crate::Store;
use crate::error::{Doing, Error};

impl Store {
    /// Marks the database as a demonstration's. False when it holds calls and no such mark: then it is
    /// a real account's, and stays so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_demonstration(&self) -> Result<bool, Error> {
        let doing = "mark the database as a demonstration's";
        let mut tx = self.db.begin().await?;
        let marks: i64 =
            sqlx::query_scalar("select count(*) from facts where name = 'demonstration'")
                .fetch_one(&mut *tx)
                .await
                .doing(doing)?;
        if marks > 0 {
            return Ok(true);
        }
        let calls: Option<String> = sqlx::query_scalar("select sid from calls limit 1")
            .fetch_optional(&mut *tx)
            .await
            .doing(doing)?;
        if calls.is_some() {
            return Ok(false);
        }
        sqlx::query(
            "
            insert into facts (name, value)
            values ('demonstration', 1)
            on conflict (name) do nothing
            ",
        )
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)?;
        Ok(true)
    }

    /// Takes the mark away, and the people of the demonstration with it: from now on the database is a real account's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unmark_demonstration(&self) -> Result<(), Error> {
        let doing = "mark the database as a real account's";
        let mut tx = self.db.begin().await?;
        sqlx::query("delete from facts where name = 'demonstration'")
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        crate::people::remove_people_of_demonstration(&mut tx)
            .await
            .doing(doing)?;
        tx.commit().await.doing(doing)
    }
}
