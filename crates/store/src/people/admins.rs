//! Admins: whether there is one who can sign in, and the link that makes the first.

use desk::Role;
use exchange::Moment;

use super::{NewPerson, OF_DEMONSTRATION, insert};
use crate::error::{Doing, Error};
use crate::{Audited, Store, plan};

impl Store {
    /// Whether anybody can sign in as an admin; the admin of a demonstration does not count.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_admin(&self, at: Moment) -> Result<bool, Error> {
        let mut connection = self.db.read().await?;
        count_admins(&mut connection, at)
            .await
            .map(|count| count > 0)
    }

    /// Notes the hash of a link that may make the first admin.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_setup(&self, hash: &str, at: Moment) -> Result<(), Error> {
        let doing = "open the set-up";
        let mut tx = self.db.begin().await?;
        sqlx::query("delete from setup_tokens where used_at is null")
            .execute(&mut *tx)
            .await
            .doing(doing)?;
        sqlx::query(
            "
            insert into setup_tokens (hash, created_at)
            values ($1, $2)
            on conflict (hash) do nothing
            ",
        )
        .bind(hash)
        .bind(at.0)
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)
    }

    /// Whether a set-up link may still be used: known, unused, and there is no admin yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn setup_is_open(&self, hash: &str, at: Moment) -> Result<bool, Error> {
        let mut connection = self.db.read().await?;
        let known: i64 = sqlx::query_scalar(
            "
            select count(*)
            from setup_tokens
            where hash = $1
              and used_at is null
            ",
        )
        .bind(hash)
        .fetch_one(&mut *connection)
        .await
        .doing("look at the set-up")?;
        Ok(known == 1 && count_admins(&mut connection, at).await? == 0)
    }

    /// Makes the first admin with a set-up link; false when the link is unknown or used, when there is an admin
    /// already, or when the user name is taken. Of two who try at once, one succeeds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_setup(
        &self,
        hash: &str,
        person: &NewPerson,
        at: Moment,
    ) -> Result<bool, Error> {
        let doing = "use the set-up";
        let mut tx = self.db.begin().await?;
        plan::pass_turnstile(&mut tx, "setup").await.doing(doing)?;
        if count_admins(&mut tx, at).await? > 0 {
            return Ok(false);
        }
        let used = sqlx::query(
            "
            update setup_tokens
            set used_at = $2
            where hash = $1
              and used_at is null
            ",
        )
        .bind(hash)
        .bind(at.0)
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        if used == 0 || !insert(&mut tx, person, at).await? {
            return Ok(false);
        }
        let audited = Audited {
            at,
            by: person.user_name.clone(),
            about: person.user_name.clone(),
            what: "Followed the set-up link and became the first admin.".to_owned(),
        };
        self.write_people(tx, &audited, doing).await?;
        Ok(true)
    }
}

/// How many can sign in as admins: they have a password, or a link by which they choose one. Those of a demonstration do
/// not count.
async fn count_admins(connection: &mut sqlx::AnyConnection, at: Moment) -> Result<i64, Error> {
    sqlx::query_scalar(
        "
        select count(*)
        from people
        where role = $1
          and deactivated_at is null
          and (
            password_hash not like '!%'
            or exists (
              select 1
              from links
              where links.user_name = people.user_name
                and links.used_at is null
                and links.expires_at > $2
            )
          )
        ",
    )
    .bind(Role::Admin.word())
    .bind(at.0)
    .fetch_one(connection)
    .await
    .doing("count the admins")
}

/// Whether anybody can act as an admin, those of a demonstration among them.
pub(super) async fn somebody_rules(
    connection: &mut sqlx::AnyConnection,
    at: Moment,
) -> Result<bool, Error> {
    if count_admins(connection, at).await? > 0 {
        return Ok(true);
    }
    let of_demonstration: i64 = sqlx::query_scalar(
        "
        select count(*)
        from people
        where role = $1
          and password_hash = $2
          and deactivated_at is null
        ",
    )
    .bind(Role::Admin.word())
    .bind(OF_DEMONSTRATION)
    .fetch_one(connection)
    .await
    .doing("count the admins of a demonstration")?;
    Ok(of_demonstration > 0)
}
