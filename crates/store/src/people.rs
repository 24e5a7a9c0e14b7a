//! The people who may sign in.

mod admins;
mod changes;
mod links;
mod uses;

pub use changes::{Kept, PersonChange};
pub use links::{Link, Linked};
pub use uses::UsedLink;

use desk::Role;
use exchange::{Language, Moment, TeamId};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, unreadable};
use crate::{Audited, Store, audit};

/// What people of a demonstration have in the place of a password's hash: no password fits it.
const OF_DEMONSTRATION: &str = "!demonstration";

/// What stands there while somebody is to choose another password.
const TO_BE_CHOSEN: &str = "!to be chosen";

/// Somebody to be added.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// What they sign in with; unique, compared as it is written.
    pub user_name: String,
    /// What others call them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their password as a PHC string, never as they type it.
    pub password_hash: String,
}

impl NewPerson {
    /// Somebody whom a demonstration brings along: no password lets them in, and they go when the database becomes a
    /// real account's.
    #[must_use]
    pub fn of_demonstration(user_name: &str, name: &str, role: Role) -> Self {
        Self {
            user_name: user_name.to_owned(),
            name: name.to_owned(),
            role,
            password_hash: OF_DEMONSTRATION.to_owned(),
        }
    }
}

/// Somebody who may sign in, or might once.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// What they sign in with.
    pub user_name: String,
    /// What others call them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The teams whose calls they take; every team's where nobody has said.
    pub teams: Option<Vec<TeamId>>,
    /// The languages they speak with callers; all where none is named.
    pub languages: Vec<Language>,
    /// Their password as a PHC string.
    pub password_hash: String,
    /// Since when they may sign in.
    pub created: Moment,
    /// When they last opened a page, within a quarter of an hour.
    pub seen: Option<Moment>,
    /// Since when they may no longer sign in.
    pub deactivated: Option<Moment>,
    /// How often what admins know of them was changed.
    pub version: i64,
}

impl Person {
    /// Whether a demonstration brought them along. Who is given a password becomes a person like others.
    #[must_use]
    pub fn is_of_demonstration(&self) -> bool {
        self.password_hash == OF_DEMONSTRATION
    }

    /// Whether there is a password that lets them in.
    #[must_use]
    pub fn has_password(&self) -> bool {
        !self.password_hash.starts_with('!')
    }
}

impl Store {
    /// Adds somebody; false when the user name is taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_person(&self, person: &NewPerson, at: Moment) -> Result<bool, Error> {
        let mut tx = self.db.begin().await?;
        let added = insert(&mut tx, person, at).await?;
        tx.commit().await.doing("add a person")?;
        Ok(added)
    }

    /// Adds somebody as [`Store::add_person`] does, with a line of the audit.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enlist(&self, person: &NewPerson, audited: &Audited) -> Result<bool, Error> {
        let doing = "enlist a person";
        let mut tx = self.db.begin().await?;
        if !insert(&mut tx, person, audited.at).await? {
            return Ok(false);
        }
        self.write_people(tx, audited, doing).await?;
        Ok(true)
    }

    /// Finds somebody by user name, deactivated or not.
    ///
    /// # Errors
    /// When the database fails or holds a role that this release does not know.
    pub async fn person(&self, user_name: &str) -> Result<Option<Person>, Error> {
        let mut connection = self.db.read().await?;
        let row = sqlx::query(
            "
            select user_name, name, role, teams, languages, password_hash, created_at, seen_at, deactivated_at, version
            from people
            where user_name = $1
            ",
        )
        .bind(user_name)
        .fetch_optional(&mut *connection)
        .await
        .doing("find a person")?;
        row.as_ref().map(read_person).transpose()
    }

    /// Everybody, by user name.
    ///
    /// # Errors
    /// When the database fails or holds a role that this release does not know.
    pub async fn people(&self) -> Result<Vec<Person>, Error> {
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(
            "
            select user_name, name, role, teams, languages, password_hash, created_at, seen_at, deactivated_at, version
            from people
            order by user_name
            ",
        )
        .fetch_all(&mut *connection)
        .await
        .doing("list people")?;
        rows.iter().map(read_person).collect()
    }

    /// Gives somebody another password and ends their sessions, and a link by which they were to choose one; false when
    /// there is nobody of that name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_password(
        &self,
        user_name: &str,
        password_hash: &str,
        audited: &Audited,
    ) -> Result<bool, Error> {
        let doing = "set a password";
        let mut tx = self.db.begin().await?;
        let found = sqlx::query(
            "
            update people
            set password_hash = $2
            where user_name = $1
            ",
        )
        .bind(user_name)
        .bind(password_hash)
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        if found == 0 {
            return Ok(false);
        }
        crate::sessions::end_sessions_of(&mut tx, user_name).await?;
        links::end_links_for(&mut tx, user_name).await?;
        audit::append(&mut tx, audited).await.doing(doing)?;
        tx.tell_of_people().await.doing(doing)?;
        tx.commit().await.doing(doing)?;
        self.wakes.people();
        Ok(true)
    }

    /// Gives somebody another role; false when there is nobody of that name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_role(&self, user_name: &str, role: Role) -> Result<bool, Error> {
        let doing = "set a role";
        let mut tx = self.db.begin().await?;
        let found = sqlx::query(
            "
            update people
            set role = $2,
                version = version + 1
            where user_name = $1
            ",
        )
        .bind(user_name)
        .bind(role.word())
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        tx.tell_of_people().await.doing(doing)?;
        tx.commit().await.doing(doing)?;
        self.wakes.people();
        Ok(found == 1)
    }

    /// Notes that somebody opened a page.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seen(&self, user_name: &str, at: Moment) -> Result<(), Error> {
        let doing = "note that somebody was seen";
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "
            update people
            set seen_at = $2
            where user_name = $1
            ",
        )
        .bind(user_name)
        .bind(at.0)
        .execute(&mut *tx)
        .await
        .doing(doing)?;
        tx.commit().await.doing(doing)
    }
}

async fn insert(tx: &mut Write<'_>, person: &NewPerson, at: Moment) -> Result<bool, Error> {
    let added = sqlx::query(
        "
        insert into people (user_name, name, role, password_hash, created_at)
        values ($1, $2, $3, $4, $5)
        on conflict (user_name) do nothing
        ",
    )
    .bind(person.user_name.as_str())
    .bind(person.name.as_str())
    .bind(person.role.word())
    .bind(person.password_hash.as_str())
    .bind(at.0)
    .execute(&mut **tx)
    .await
    .doing("add a person")?
    .rows_affected();
    Ok(added == 1)
}

/// Takes the people of a demonstration away, with their sessions and what they are as agents.
pub(crate) async fn remove_people_of_demonstration(tx: &mut Write<'_>) -> Result<(), sqlx::Error> {
    for statement in [
        "
        delete from sessions
        where user_name in (select user_name from people where password_hash = $1)
        ",
        "
        delete from consoles
        where user_name in (select user_name from people where password_hash = $1)
        ",
        "
        delete from agents
        where user_name in (select user_name from people where password_hash = $1)
        ",
        "
        delete from people
        where password_hash = $1
        ",
    ] {
        sqlx::query(statement)
            .bind(OF_DEMONSTRATION)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// The teams of a row; nothing where nobody has said.
pub(crate) fn teams(row: &AnyRow) -> Result<Option<Vec<TeamId>>, Error> {
    let text: Option<&str> = row.try_get("teams").doing("read a person's teams")?;
    text.map(|text| from_json(text, "a person's teams"))
        .transpose()
}

/// The languages of a row.
pub(crate) fn languages(row: &AnyRow) -> Result<Vec<Language>, Error> {
    let text: &str = row
        .try_get("languages")
        .doing("read a person's languages")?;
    from_json(text, "a person's languages")
}

fn read_role(row: &AnyRow) -> Result<Role, Error> {
    let role: &str = row.try_get("role").doing("read a role")?;
    role.parse().map_err(|error| unreadable("a role", error))
}

fn read_person(row: &AnyRow) -> Result<Person, Error> {
    let doing = "read a person";
    let seen: Option<i64> = row.try_get("seen_at").doing(doing)?;
    let deactivated: Option<i64> = row.try_get("deactivated_at").doing(doing)?;
    Ok(Person {
        user_name: row.try_get("user_name").doing(doing)?,
        name: row.try_get("name").doing(doing)?,
        role: read_role(row)?,
        teams: teams(row)?,
        languages: languages(row)?,
        password_hash: row.try_get("password_hash").doing(doing)?,
        created: Moment(row.try_get("created_at").doing(doing)?),
        seen: seen.map(Moment),
        deactivated: deactivated.map(Moment),
        version: row.try_get("version").doing(doing)?,
    })
}
