//! Agents and their consoles: loading them, and writing what becomes of them.

use std::collections::BTreeMap;

use exchange::{ANSWERED_WITHIN_MS, Agent, Language, Moment, Presence, TeamId, UserName};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::change::{AgentChange, Commit, Version};
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json, to_json, unreadable};
use crate::people::{languages, teams};
use crate::{Audited, Store, audit};

/// An agent as the database has them, and what their consoles tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAgent {
    /// How often they have changed.
    pub version: Version,
    /// The agent, by the name and with the teams and languages that admins have said.
    pub agent: Agent,
    /// Nobody has said which teams' calls they take: it is every team's.
    pub is_of_every_team: bool,
    /// What their consoles tell.
    pub presence: Presence,
}

/// Somebody who takes calls once they say so, and has not yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// Who.
    pub user: UserName,
    /// What others call them.
    pub name: String,
    /// The teams whose calls they are to take; every team's where nobody has said.
    pub teams: Option<Vec<TeamId>>,
    /// The languages they speak with callers; all where none is named.
    pub languages: Vec<Language>,
    /// Since when they may sign in.
    pub since: Moment,
    /// What their consoles tell.
    pub presence: Presence,
}

/// What an open console tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Console {
    /// Names the console's live feed.
    pub connection: String,
    /// Whose it is.
    pub user: UserName,
    /// When it answered.
    pub answered: Moment,
    /// Whether it owns the phone and the phone is registered with the carrier.
    pub registered: bool,
    /// Whether that phone may use the microphone.
    pub microphone: bool,
}

impl Store {
    /// Somebody as an agent; nothing for who was never one, or may no longer sign in.
    ///
    /// # Errors
    /// When the database fails or holds an agent that this release cannot read.
    pub async fn agent(&self, user: &UserName) -> Result<Option<KnownAgent>, Error> {
        let doing = "load an agent";
        let mut connection = self.db.read().await?;
        let row = sqlx::query(
            "
            select agents.version, agents.state, people.name, people.teams, people.languages
            from agents
            left join people on people.user_name = agents.user_name
            where agents.user_name = $1
              and people.deactivated_at is null
            ",
        )
        .bind(user.as_str())
        .fetch_optional(&mut *connection)
        .await
        .doing(doing)?;
        let Some(row) = row else { return Ok(None) };
        let presence = presences(&mut connection).await?.remove(user.as_str());
        read(&row, presence.unwrap_or_default()).map(Some)
    }

    /// Every agent who may sign in, by user name; but those whom this release cannot read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn agents(&self) -> Result<Vec<KnownAgent>, Error> {
        let doing = "load the agents";
        let mut connection = self.db.read().await?;
        let mut presences = presences(&mut connection).await?;
        sqlx::query(
            "
            select agents.user_name, agents.version, agents.state, people.name, people.teams, people.languages
            from agents
            left join people on people.user_name = agents.user_name
            where people.deactivated_at is null
            order by agents.user_name
            ",
        )
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?
        .iter()
        .filter_map(|row| {
            let user: &str = match row.try_get("user_name").doing(doing) {
                Ok(user) => user,
                Err(error) => return Some(Err(error)),
            };
            let known = read(row, presences.remove(user).unwrap_or_default());
            self.left_out.unless_unreadable(user, known)
        })
        .collect()
    }

    /// Everybody who may sign in and was never an agent, by user name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn newcomers(&self) -> Result<Vec<Newcomer>, Error> {
        let doing = "list people who were never agents";
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(
            "
            select people.user_name, people.name, people.teams, people.languages, people.created_at
            from people
            left join agents on agents.user_name = people.user_name
            where agents.user_name is null
              and people.deactivated_at is null
            order by people.user_name
            ",
        )
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut presences = presences(&mut connection).await?;
        rows.iter()
            .map(|row| {
                let user: &str = row.try_get("user_name").doing(doing)?;
                Ok(Newcomer {
                    user: UserName::parse(user).map_err(|error| unreadable("a person", error))?,
                    name: row.try_get("name").doing(doing)?,
                    teams: teams(row)?,
                    languages: languages(row)?,
                    since: Moment(row.try_get("created_at").doing(doing)?),
                    presence: presences.remove(user).unwrap_or_default(),
                })
            })
            .collect()
    }

    /// Writes what became of an agent in something that concerns no call, with a line of the audit
    /// where somebody else did it.
    ///
    /// # Errors
    /// When the database fails; then nothing is written.
    pub async fn commit_agent(
        &self,
        change: &AgentChange,
        audited: Option<&Audited>,
    ) -> Result<Commit, Error> {
        let doing = "write an agent";
        let mut tx = self.db.begin().await?;
        if !update(&mut tx, change).await? {
            return Ok(Commit::Conflict);
        }
        if let Some(audited) = audited {
            audit::append(&mut tx, audited).await.doing(doing)?;
        }
        tx.tell_of_floor().await.doing(doing)?;
        tx.commit().await.doing(doing)?;
        self.wakes.floor();
        Ok(Commit::Committed(Version(change.was.0 + 1)))
    }

    /// Notes that a console answered. Others are told only of what they can see: a console that came,
    /// was thought gone, or whose phone changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn console_answered(&self, console: &Console) -> Result<(), Error> {
        self.consoles_answered(std::slice::from_ref(console)).await
    }

    /// A console was closed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn console_gone(&self, connection: &str) -> Result<(), Error> {
        let doing = "note that a console was closed";
        let mut tx = self.db.begin().await?;
        let gone = sqlx::query(
            "
            delete from consoles
            where connection = $1
            ",
        )
        .bind(connection)
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        if gone == 0 {
            return Ok(());
        }
        tx.tell_of_floor().await.doing(doing)?;
        tx.commit().await.doing(doing)?;
        self.wakes.floor();
        Ok(())
    }

    /// Forgets consoles that have been silent since a moment; gives how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_consoles(&self, silent_since: Moment) -> Result<u64, Error> {
        let doing = "forget silent consoles";
        let mut tx = self.db.begin().await?;
        let gone = sqlx::query(
            "
            delete from consoles
            where answered_at < $1
            ",
        )
        .bind(silent_since.0)
        .execute(&mut *tx)
        .await
        .doing(doing)?
        .rows_affected();
        if gone == 0 {
            return Ok(0);
        }
        tx.tell_of_floor().await.doing(doing)?;
        tx.commit().await.doing(doing)?;
        self.wakes.floor();
        Ok(gone)
    }
}

/// What is said of somebody in `people` holds, whatever was written with their last step.
fn read(row: &AnyRow, presence: Presence) -> Result<KnownAgent, Error> {
    let doing = "load an agent";
    let state: &str = row.try_get("state").doing(doing)?;
    let mut agent: Agent = from_json(state, "an agent")?;
    let name: Option<String> = row.try_get("name").doing(doing)?;
    let mut is_of_every_team = false;
    // An agent who is nobody's person is as they were written.
    if let Some(name) = name {
        agent.name = name;
        agent.languages = languages(row)?;
        match teams(row)? {
            Some(teams) => agent.teams = teams,
            None => is_of_every_team = true,
        }
    }
    Ok(KnownAgent {
        version: Version(row.try_get("version").doing(doing)?),
        agent,
        is_of_every_team,
        presence,
    })
}

/// Writes an agent whose version is the one that the change was made from; false when it is not.
pub(crate) async fn update(tx: &mut Write<'_>, change: &AgentChange) -> Result<bool, Error> {
    let doing = "write an agent";
    let state = to_json(&change.agent, "an agent")?;
    let written = sqlx::query(
        "
        insert into agents (user_name, version, state)
        values ($1, $2, $3)
        on conflict (user_name) do update
        set version = excluded.version,
            state = excluded.state
        where agents.version = excluded.version - 1
        ",
    )
    .bind(change.agent.user.as_str())
    .bind(change.was.0 + 1)
    .bind(state)
    .execute(&mut **tx)
    .await
    .doing(doing)?
    .rows_affected();
    Ok(written == 1)
}

/// What the consoles of each person tell. The phone is the one of whichever console says that its
/// phone is registered, unless that console is silent while another answers.
async fn presences(connection: &mut AnyConnection) -> Result<BTreeMap<String, Presence>, Error> {
    let doing = "load the consoles";
    let mut presences: BTreeMap<String, Presence> = BTreeMap::new();
    for row in sqlx::query(
        "
        select user_name, answered_at, registered, microphone
        from consoles
        order by answered_at desc
        ",
    )
    .fetch_all(connection)
    .await
    .doing(doing)?
    {
        let user: String = row.try_get("user_name").doing(doing)?;
        let user = UserName::parse(&user).map_err(|error| unreadable("a console", error))?;
        let answered = Moment(row.try_get("answered_at").doing(doing)?);
        let registered: i64 = row.try_get("registered").doing(doing)?;
        let microphone: i64 = row.try_get("microphone").doing(doing)?;
        let presence = presences.entry(user.as_str().to_owned()).or_default();
        let latest = *presence.answered.get_or_insert(answered);
        if registered != 0 && !presence.registered && latest.0 - answered.0 < ANSWERED_WITHIN_MS {
            presence.registered = true;
            presence.microphone = microphone != 0;
        }
    }
    Ok(presences)
}
