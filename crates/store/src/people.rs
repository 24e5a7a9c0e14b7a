//! The people who may sign in, and the link that makes the first of them.

mod changes;
mod links;

pub use changes::{Kept, PersonChange};
pub use links::{Link, UsedLink};

use desk::Role;
use exchange::{Language, Moment, TeamId};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::Store;
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, unreadable};

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

    /// Gives somebody another password and ends their sessions; false when there is nobody of that name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_password(&self, user_name: &str, password_hash: &str) -> Result<bool, Error> {
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
        crate::sessions::end_sessions_of(&mut tx, user_name).await?;
        tx.tell_of_people().await.doing(doing)?;
        tx.commit().await.doing(doing)?;
        self.wakes.people();
        Ok(found == 1)
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

    /// Whether anybody may sign in as an admin; the admin of a demonstration does not count.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_admin(&self) -> Result<bool, Error> {
        let mut connection = self.db.read().await?;
        count_admins(&mut connection).await.map(|count| count > 0)
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
    pub async fn setup_is_open(&self, hash: &str) -> Result<bool, Error> {
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
        Ok(known == 1 && count_admins(&mut connection).await? == 0)
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
        crate::plan::pass_turnstile(&mut tx, "setup")
            .await
            .doing(doing)?;
        if count_admins(&mut tx).await? > 0 {
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
        tx.commit().await.doing(doing)?;
        Ok(true)
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

async fn count_admins(connection: &mut sqlx::AnyConnection) -> Result<i64, Error> {
    sqlx::query_scalar(
        "
        select count(*)
        from people
        where role = $1
          and password_hash <> $2
          and deactivated_at is null
        ",
    )
    .bind(Role::Admin.word())
    .bind(OF_DEMONSTRATION)
    .fetch_one(connection)
    .await
    .doing("count the admins")
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
