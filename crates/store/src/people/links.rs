//! Links by which somebody chooses a password: invitations, and another password for whoever lost theirs.

use desk::Role;
use exchange::{Language, Moment, TeamId};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::changes::send_out;
use super::{TO_BE_CHOSEN, languages, read_role, teams};
use crate::dialect::Write;
use crate::error::{Doing, Error, to_json};
use crate::{Audited, Store};

/// A link that was made, without what makes it one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Names it.
    pub id: String,
    /// Whose other password it is for; nobody's for an invitation.
    pub user_name: Option<String>,
    /// What others are to call whoever is invited.
    pub name: String,
    /// What they will be able to do.
    pub role: Role,
    /// The teams whose calls they will take; every team's where nobody has said.
    pub teams: Option<Vec<TeamId>>,
    /// The languages they speak with callers; all where none is named.
    pub languages: Vec<Language>,
    /// When it was made.
    pub made: Moment,
    /// By whom, by user name.
    pub by: String,
    /// Until when it is good.
    pub until: Moment,
    /// When it was used.
    pub used: Option<Moment>,
}

impl Link {
    /// Whether it may be used.
    #[must_use]
    pub fn is_open(&self, now: Moment) -> bool {
        self.used.is_none() && now < self.until
    }
}

/// What became of a link that was to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linked {
    /// It is good from now on.
    Made,
    /// Nobody of the user name that it is for may sign in.
    ForNobody,
    /// Whoever was to make it is an admin no more.
    ByNobody,
}

impl Store {
    /// Keeps a link by its hash. One for another password ends the old password and the sessions of whom it is for, and
    /// takes the place of an earlier one.
    ///
    /// # Errors
    /// When the database fails; nothing is written then, nor is anything unless the answer is [`Linked::Made`].
    pub async fn make_link(
        &self,
        link: &Link,
        hash: &str,
        audited: &Audited,
    ) -> Result<Linked, Error> {
        let doing = "make a link";
        let mut tx = self.one_at_a_time(doing).await?;
        if has_gone(&mut tx, &link.by).await? {
            return Ok(Linked::ByNobody);
        }
        if let Some(user_name) = &link.user_name
            && !end_password(&mut tx, user_name).await?
        {
            return Ok(Linked::ForNobody);
        }
        insert(&mut tx, link, hash).await?;
        self.write_people(tx, audited, doing).await?;
        Ok(Linked::Made)
    }

    /// Keeps an invitation by its hash in the place of another one; false when that is used or gone, or whoever makes it
    /// is an admin no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invite_anew(
        &self,
        old: &str,
        link: &Link,
        hash: &str,
        audited: &Audited,
    ) -> Result<bool, Error> {
        let mut tx = self.one_at_a_time("make an invitation anew").await?;
        if has_gone(&mut tx, &link.by).await? || !take_back(&mut tx, old).await? {
            return Ok(false);
        }
        insert(&mut tx, link, hash).await?;
        self.write_people(tx, audited, "make an invitation anew")
            .await?;
        Ok(true)
    }

    /// The link of a hash, used or not.
    ///
    /// # Errors
    /// When the database fails or holds a link that this release cannot read.
    pub async fn link(&self, hash: &str) -> Result<Option<Link>, Error> {
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select id, user_name, name, role, teams, languages, made_at, made_by, expires_at, used_at
            from links
            where hash = $1
            ",
        )
        .bind(hash)
        .fetch_optional(&mut *connection)
        .await
        .doing("find a link")?
        .as_ref()
        .map(read)
        .transpose()
    }

    /// The invitations that nobody has used, the latest first.
    ///
    /// # Errors
    /// As for [`Store::link`].
    pub async fn invitations(&self) -> Result<Vec<Link>, Error> {
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select id, user_name, name, role, teams, languages, made_at, made_by, expires_at, used_at
            from links
            where user_name is null
              and used_at is null
            order by made_at desc, id
            ",
        )
        .fetch_all(&mut *connection)
        .await
        .doing("list the invitations")?
        .iter()
        .map(read)
        .collect()
    }

    /// The link that somebody made and has not been shown yet. From then on it has been.
    ///
    /// # Errors
    /// As for [`Store::link`].
    pub async fn show_link(&self, id: &str, by: &str, at: Moment) -> Result<Option<Link>, Error> {
        let doing = "show a link";
        let mut tx = self.db.begin().await?;
        let row = sqlx::query(
            "
            update links
            set shown_at = $3
            where id = $1
              and made_by = $2
              and shown_at is null
              and used_at is null
            returning id, user_name, name, role, teams, languages, made_at, made_by, expires_at, used_at
            ",
        )
        .bind(id)
        .bind(by)
        .bind(at.0)
        .fetch_optional(&mut *tx)
        .await
        .doing(doing)?;
        let link = row.as_ref().map(read).transpose()?;
        tx.commit().await.doing(doing)?;
        Ok(link)
    }

    /// Takes an invitation back; false when it is used or gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn withdraw_invitation(&self, id: &str, audited: &Audited) -> Result<bool, Error> {
        let doing = "take an invitation back";
        let mut tx = self.one_at_a_time(doing).await?;
        if !take_back(&mut tx, id).await? {
            return Ok(false);
        }
        self.write_people(tx, audited, doing).await?;
        Ok(true)
    }
}

/// Whether somebody may no longer sign in as an admin, though they may have begun something as one. The command line is
/// nobody, and goes on.
async fn has_gone(tx: &mut Write<'_>, user_name: &str) -> Result<bool, Error> {
    let gone: i64 = sqlx::query_scalar(
        "
        select count(*)
        from people
        where user_name = $1
          and (deactivated_at is not null or role <> $2)
        ",
    )
    .bind(user_name)
    .bind(Role::Admin.word())
    .fetch_one(&mut **tx)
    .await
    .doing("look who makes a link")?;
    Ok(gone > 0)
}

/// From now on no password lets them in, and no session; false when there is nobody who may sign in.
async fn end_password(tx: &mut Write<'_>, user_name: &str) -> Result<bool, Error> {
    let doing = "end a password";
    let found = sqlx::query(
        "
        update people
        set password_hash = $2
        where user_name = $1
          and deactivated_at is null
        ",
    )
    .bind(user_name)
    .bind(TO_BE_CHOSEN)
    .execute(&mut **tx)
    .await
    .doing(doing)?
    .rows_affected();
    send_out(tx, user_name).await?;
    end_links_for(tx, user_name).await?;
    Ok(found == 1)
}

/// The links by which somebody was to choose another password lead nowhere from now on.
pub(super) async fn end_links_for(tx: &mut Write<'_>, user_name: &str) -> Result<(), Error> {
    sqlx::query(
        "
        delete from links
        where user_name = $1
        ",
    )
    .bind(user_name)
    .execute(&mut **tx)
    .await
    .doing("end the links for a person")
    .map(|_| ())
}

/// What somebody made as an admin and nobody has used leads nowhere from now on.
pub(super) async fn end_links_by(tx: &mut Write<'_>, user_name: &str) -> Result<(), Error> {
    sqlx::query(
        "
        delete from links
        where made_by = $1
          and used_at is null
        ",
    )
    .bind(user_name)
    .execute(&mut **tx)
    .await
    .doing("end the links that a person made")
    .map(|_| ())
}

async fn take_back(tx: &mut Write<'_>, id: &str) -> Result<bool, Error> {
    let gone = sqlx::query(
        "
        delete from links
        where id = $1
          and user_name is null
          and used_at is null
        ",
    )
    .bind(id)
    .execute(&mut **tx)
    .await
    .doing("take an invitation back")?
    .rows_affected();
    Ok(gone > 0)
}

async fn insert(tx: &mut Write<'_>, link: &Link, hash: &str) -> Result<(), Error> {
    let teams = link
        .teams
        .as_ref()
        .map(|teams| to_json(teams, "teams"))
        .transpose()?;
    sqlx::query(
        "
        insert into links (id, hash, user_name, name, role, teams, languages, made_at, made_by, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ",
    )
    .bind(link.id.as_str())
    .bind(hash)
    .bind(link.user_name.as_deref())
    .bind(link.name.as_str())
    .bind(link.role.word())
    .bind(teams)
    .bind(to_json(&link.languages, "languages")?)
    .bind(link.made.0)
    .bind(link.by.as_str())
    .bind(link.until.0)
    .execute(&mut **tx)
    .await
    .doing("make a link")
    .map(|_| ())
}

pub(super) fn read(row: &AnyRow) -> Result<Link, Error> {
    let doing = "read a link";
    let used: Option<i64> = row.try_get("used_at").doing(doing)?;
    Ok(Link {
        id: row.try_get("id").doing(doing)?,
        user_name: row.try_get("user_name").doing(doing)?,
        name: row.try_get("name").doing(doing)?,
        role: read_role(row)?,
        teams: teams(row)?,
        languages: languages(row)?,
        made: Moment(row.try_get("made_at").doing(doing)?),
        by: row.try_get("made_by").doing(doing)?,
        until: Moment(row.try_get("expires_at").doing(doing)?),
        used: used.map(Moment),
    })
}
