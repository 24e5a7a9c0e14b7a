//! Links by which somebody chooses a password: invitations, and another password for whoever lost theirs.

use desk::Role;
use exchange::{Language, Moment, TeamId};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::changes::send_out;
use super::{NewPerson, TO_BE_CHOSEN, insert, languages, read_role, teams};
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

/// What became of a link that somebody used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UsedLink {
    /// They may sign in by this user name.
    Done(String),
    /// It was used, taken back or has run out.
    Spent,
    /// Somebody has the user name.
    Taken,
}

impl Store {
    /// Keeps a link by its hash. One for another password ends the old password and the sessions of whom it is for, and
    /// takes the place of an earlier one. False when there is nobody of that user name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make_link(
        &self,
        link: &Link,
        hash: &str,
        audited: &Audited,
    ) -> Result<bool, Error> {
        let doing = "make a link";
        let mut tx = self.one_at_a_time(doing).await?;
        if let Some(user_name) = &link.user_name
            && !end_password(&mut tx, user_name).await?
        {
            return Ok(false);
        }
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
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        self.write_people(tx, audited, doing).await?;
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
        let gone = sqlx::query(
            "
            delete from links
            where id = $1
              and user_name is null
              and used_at is null
            ",
        )
        .bind(id)
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        if gone == 0 {
            return Ok(false);
        }
        self.write_people(tx, audited, doing).await?;
        Ok(true)
    }

    /// Makes an invited person with the link of a hash. Of two who use one link, one succeeds.
    ///
    /// # Errors
    /// As for [`Store::link`].
    pub async fn use_invitation(
        &self,
        hash: &str,
        person: &NewPerson,
        at: Moment,
    ) -> Result<UsedLink, Error> {
        let doing = "use an invitation";
        let mut tx = self.one_at_a_time(doing).await?;
        let Some(link) = spend(&mut tx, hash, at).await? else {
            return Ok(UsedLink::Spent);
        };
        if link.user_name.is_some() {
            return Ok(UsedLink::Spent);
        }
        let person = NewPerson {
            role: link.role,
            ..person.clone()
        };
        if !insert(&mut tx, &person, at).await? {
            return Ok(UsedLink::Taken);
        }
        let teams = link
            .teams
            .as_ref()
            .map(|teams| to_json(teams, "teams"))
            .transpose()?;
        sqlx::query(
            "
            update people
            set teams = $2,
                languages = $3
            where user_name = $1
            ",
        )
        .bind(person.user_name.as_str())
        .bind(teams)
        .bind(to_json(&link.languages, "languages")?)
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        let audited = Audited {
            at,
            by: person.user_name.clone(),
            about: person.user_name.clone(),
            what: format!(
                "Followed the invitation of {} and became {}.",
                link.by, link.role
            ),
        };
        self.write_people(tx, &audited, doing).await?;
        Ok(UsedLink::Done(person.user_name))
    }

    /// Gives whom the link of a hash is for another password, and ends their sessions.
    ///
    /// # Errors
    /// As for [`Store::link`].
    pub async fn use_password_link(
        &self,
        hash: &str,
        password_hash: &str,
        at: Moment,
    ) -> Result<UsedLink, Error> {
        let doing = "choose another password";
        let mut tx = self.one_at_a_time(doing).await?;
        let link = spend(&mut tx, hash, at).await?;
        let Some(user_name) = link.and_then(|link| link.user_name) else {
            return Ok(UsedLink::Spent);
        };
        let changed = sqlx::query(
            "
            update people
            set password_hash = $2
            where user_name = $1
              and deactivated_at is null
            ",
        )
        .bind(user_name.as_str())
        .bind(password_hash)
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        if changed == 0 {
            return Ok(UsedLink::Spent);
        }
        send_out(&mut tx, &user_name).await?;
        let audited = Audited {
            at,
            by: user_name.clone(),
            about: user_name.clone(),
            what: "Chose another password by the link.".to_owned(),
        };
        self.write_people(tx, &audited, doing).await?;
        Ok(UsedLink::Done(user_name))
    }
}

/// From now on no password lets them in, and no session; false when there is nobody.
async fn end_password(tx: &mut Write<'_>, user_name: &str) -> Result<bool, Error> {
    let doing = "end a password";
    let found = sqlx::query(
        "
        update people
        set password_hash = $2
        where user_name = $1
        ",
    )
    .bind(user_name)
    .bind(TO_BE_CHOSEN)
    .execute(&mut **tx)
    .await
    .doing(doing)?
    .rows_affected();
    send_out(tx, user_name).await?;
    sqlx::query(
        "
        delete from links
        where user_name = $1
        ",
    )
    .bind(user_name)
    .execute(&mut **tx)
    .await
    .doing(doing)?;
    Ok(found == 1)
}

/// The link of a hash, which from now on was used; nothing when it may not be.
async fn spend(tx: &mut Write<'_>, hash: &str, at: Moment) -> Result<Option<Link>, Error> {
    sqlx::query(
        "
        update links
        set used_at = $2
        where hash = $1
          and used_at is null
          and expires_at > $2
        returning id, user_name, name, role, teams, languages, made_at, made_by, expires_at, used_at
        ",
    )
    .bind(hash)
    .bind(at.0)
    .fetch_optional(&mut **tx)
    .await
    .doing("use a link")?
    .as_ref()
    .map(read)
    .transpose()
}

fn read(row: &AnyRow) -> Result<Link, Error> {
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
