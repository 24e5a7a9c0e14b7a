//! What admins do to people: another name, role, teams or languages; signing them out; taking them off, and back.

use desk::Role;
use exchange::{Language, Moment, TeamId};

use super::admins::somebody_rules;
use super::links::{end_links_by, end_links_for};
use crate::change::AgentChange;
use crate::dialect::Write;
use crate::error::{Doing, Error, to_json};
use crate::{Audited, Store, agents, audit, plan, sessions};

/// What somebody is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonChange<'a> {
    /// Who.
    pub user_name: &'a str,
    /// The version of them that it was decided on.
    pub decided_on: i64,
    /// What others are to call them.
    pub name: &'a str,
    /// What they may do.
    pub role: Role,
    /// The teams whose calls they take; every team's where nobody has said.
    pub teams: Option<&'a [TeamId]>,
    /// The languages they speak with callers; all where none is named.
    pub languages: &'a [Language],
}

/// What became of a change of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is written.
    Changed,
    /// They, or what they do as an agent, have moved on since it was decided.
    MovedOn,
    /// There would be no admin any more.
    LastAdmin,
    /// There is nobody of that name, or they are so already.
    Nobody,
}

impl Store {
    /// Writes what somebody is to be. The links that they made as an admin end when they are one no more.
    ///
    /// # Errors
    /// When the database fails; nothing is written then, nor is anything unless the answer is [`Kept::Changed`].
    pub async fn change_person(
        &self,
        change: &PersonChange<'_>,
        audited: &Audited,
    ) -> Result<Kept, Error> {
        let doing = "change a person";
        let teams = change
            .teams
            .map(|teams| to_json(&teams, "teams"))
            .transpose()?;
        let mut tx = self.one_at_a_time(doing).await?;
        let was_ruled = somebody_rules(&mut tx, audited.at).await?;
        let changed = sqlx::query(
            "
            update people
            set name = $3,
                role = $4,
                teams = $5,
                languages = $6,
                version = version + 1
            where user_name = $1
              and version = $2
            ",
        )
        .bind(change.user_name)
        .bind(change.decided_on)
        .bind(change.name)
        .bind(change.role.word())
        .bind(teams)
        .bind(to_json(&change.languages, "languages")?)
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        if changed == 0 {
            return Ok(Kept::MovedOn);
        }
        if !change.role.administers() {
            end_links_by(&mut tx, change.user_name).await?;
        }
        self.unless_nobody_rules(tx, was_ruled, audited, doing)
            .await
    }

    /// Lets somebody in no longer: their sessions and consoles end with it, and the links that are for them or were
    /// made by them. `agent` is what they are from then on, where they have been one; if they were given something to do
    /// meanwhile, nothing is written.
    ///
    /// # Errors
    /// As for [`Store::change_person`].
    pub async fn deactivate(
        &self,
        user_name: &str,
        agent: &AgentChange,
        at: Moment,
        audited: &Audited,
    ) -> Result<Kept, Error> {
        let doing = "deactivate a person";
        let mut tx = self.one_at_a_time(doing).await?;
        let was_ruled = somebody_rules(&mut tx, audited.at).await?;
        let changed = sqlx::query(
            "
            update people
            set deactivated_at = $2,
                version = version + 1
            where user_name = $1
              and deactivated_at is null
            ",
        )
        .bind(user_name)
        .bind(at.0)
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        if changed == 0 {
            return Ok(Kept::Nobody);
        }
        if !agents::update(&mut tx, agent).await? {
            return Ok(Kept::MovedOn);
        }
        send_out(&mut tx, user_name).await?;
        end_links_for(&mut tx, user_name).await?;
        end_links_by(&mut tx, user_name).await?;
        self.unless_nobody_rules(tx, was_ruled, audited, doing)
            .await
    }

    /// Lets somebody in again.
    ///
    /// # Errors
    /// As for [`Store::change_person`].
    pub async fn reactivate(&self, user_name: &str, audited: &Audited) -> Result<Kept, Error> {
        let doing = "reactivate a person";
        let mut tx = self.one_at_a_time(doing).await?;
        let changed = sqlx::query(
            "
            update people
            set deactivated_at = null,
                version = version + 1
            where user_name = $1
              and deactivated_at is not null
            ",
        )
        .bind(user_name)
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        if changed == 0 {
            return Ok(Kept::Nobody);
        }
        self.write_people(tx, audited, doing).await?;
        Ok(Kept::Changed)
    }

    /// Ends all sessions of somebody, and their consoles with them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_out(&self, user_name: &str, audited: &Audited) -> Result<(), Error> {
        let doing = "sign somebody out";
        let mut tx = self.db.begin().await?;
        send_out(&mut tx, user_name).await?;
        self.write_people(tx, audited, doing).await
    }

    /// A session was ended by whoever had it: what they follow elsewhere ends too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn signed_out(&self, audited: &Audited) -> Result<(), Error> {
        let tx = self.db.begin().await?;
        self.write_people(tx, audited, "note that somebody signed out")
            .await
    }

    /// What somebody may do in a session; nothing when it is over, or they may no longer sign in.
    ///
    /// # Errors
    /// When the database fails or holds a role that this release does not know.
    pub async fn role_in_session(
        &self,
        session: &str,
        user_name: &str,
    ) -> Result<Option<Role>, Error> {
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select people.role
            from sessions
            join people on people.user_name = sessions.user_name
            where sessions.id = $1
              and people.user_name = $2
              and people.deactivated_at is null
            ",
        )
        .bind(session)
        .bind(user_name)
        .fetch_optional(&mut *connection)
        .await
        .doing("look at a session")?
        .as_ref()
        .map(super::read_role)
        .transpose()
    }

    pub(super) async fn one_at_a_time(&self, doing: &'static str) -> Result<Write<'static>, Error> {
        let mut tx = self.db.begin().await?;
        plan::pass_turnstile(&mut tx, "people").await.doing(doing)?;
        Ok(tx)
    }

    /// Writes what was done, unless the last admin went by it.
    async fn unless_nobody_rules(
        &self,
        mut tx: Write<'_>,
        was_ruled: bool,
        audited: &Audited,
        doing: &'static str,
    ) -> Result<Kept, Error> {
        if was_ruled && !somebody_rules(&mut tx, audited.at).await? {
            tx.rollback().await.doing(doing)?;
            return Ok(Kept::LastAdmin);
        }
        self.write_people(tx, audited, doing).await?;
        Ok(Kept::Changed)
    }

    pub(super) async fn write_people(
        &self,
        mut tx: Write<'_>,
        audited: &Audited,
        doing: &'static str,
    ) -> Result<(), Error> {
        audit::append(&mut tx, audited).await.doing(doing)?;
        tx.tell_of_people().await.doing(doing)?;
        tx.tell_of_floor().await.doing(doing)?;
        tx.commit().await.doing(doing)?;
        self.wakes.people();
        self.wakes.floor();
        Ok(())
    }
}

/// Ends somebody's sessions and consoles.
pub(super) async fn send_out(tx: &mut Write<'_>, user_name: &str) -> Result<(), Error> {
    sessions::end_sessions_of(tx, user_name).await?;
    sqlx::query(
        "
        delete from consoles
        where user_name = $1
        ",
    )
    .bind(user_name)
    .execute(&mut **tx)
    .await
    .doing("end consoles")
    .map(|_| ())
}
