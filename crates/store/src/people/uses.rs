//! Using a link: an invited person comes in, or somebody chooses another password.

use exchange::Moment;

use super::changes::send_out;
use super::links::read;
use super::{Link, NewPerson, insert};
use crate::dialect::Write;
use crate::error::{Doing, Error, to_json};
use crate::{Audited, Store};

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
