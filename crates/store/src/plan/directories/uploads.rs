//! Files that somebody looks through before they count.

use exchange::{DirectoryId, Moment};

use crate::Store;
use crate::error::{Doing, Error};
use crate::plan::text;

/// How long a file waits for somebody to say yes: a day, in milliseconds.
const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;

/// A file that was handed in for a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its id.
    pub id: String,
    /// The directory it is for.
    pub directory: DirectoryId,
    /// The file's name.
    pub name: String,
    /// What stands in it.
    pub content: String,
    /// Who handed it in, by user name.
    pub by: String,
}

impl Store {
    /// Keeps a file for a day, in the place of an earlier one of the same person for the same directory.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_upload(&self, upload: &Upload, at: Moment) -> Result<(), Error> {
        let doing = "keep a file";
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "
            delete from directory_uploads
            where uploaded_at < $1 or (directory_id = $2 and uploaded_by = $3)
            ",
        )
        .bind(at.0 - KEPT_MS)
        .bind(upload.directory.as_str())
        .bind(upload.by.as_str())
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        sqlx::query(
            "
            insert into directory_uploads (id, directory_id, name, content, uploaded_at, uploaded_by)
            values ($1, $2, $3, $4, $5, $6)
            ",
        )
        .bind(upload.id.as_str())
        .bind(upload.directory.as_str())
        .bind(upload.name.as_str())
        .bind(upload.content.as_str())
        .bind(at.0)
        .bind(upload.by.as_str())
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// A file that somebody handed in for a directory; nothing when it is gone or somebody else's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn upload(
        &self,
        id: &str,
        directory: &DirectoryId,
        by: &str,
    ) -> Result<Option<Upload>, Error> {
        let mut connection = self.db.read().await?;
        let row = sqlx::query(
            "
            select name, content
            from directory_uploads
            where id = $1 and directory_id = $2 and uploaded_by = $3
            ",
        )
        .bind(id)
        .bind(directory.as_str())
        .bind(by)
        .fetch_optional(&mut *connection)
        .await
        .doing("read a file")?;
        row.map(|row| {
            Ok(Upload {
                id: id.to_owned(),
                directory: directory.clone(),
                name: text(&row, "name")?.to_owned(),
                content: text(&row, "content")?.to_owned(),
                by: by.to_owned(),
            })
        })
        .transpose()
    }

    /// Puts a file away.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_upload(&self, id: &str) -> Result<(), Error> {
        let doing = "put a file away";
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "
            delete from directory_uploads
            where id = $1
            ",
        )
        .bind(id)
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)
    }
}
