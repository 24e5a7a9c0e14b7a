//! Whether agents or their consoles are as they were: what a picture of many needs to know before it reads them all.

use sqlx::Row;

use crate::Store;
use crate::error::{Doing, Error};

/// Something that is another after any change of an agent or a console, and when somebody comes or goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgentsStamp {
    people: (i64, i64),
    agents: (i64, i64),
    consoles: (i64, i64, i64, i64),
}

impl Store {
    /// The stamp of everybody whom [`Store::agents`] gives. A person's version and an agent's grow with each
    /// change, and so does the moment at which a console answered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn agents_stamp(&self) -> Result<AgentsStamp, Error> {
        let doing = "see whether agents have changed";
        let mut connection = self.db.read().await?;
        let row = sqlx::query(
            "
            select
                p.rows as people, p.versions as people_versions, a.rows as agents, a.versions,
                c.rows as consoles, c.answers, c.registered, c.microphones
            from (
                select count(*) as rows, cast(coalesce(sum(version), 0) as bigint) as versions
                from agents
            ) a
            cross join (
                select count(*) as rows, cast(coalesce(sum(version), 0) as bigint) as versions
                from people
                where deactivated_at is null
            ) p
            cross join (
                select
                    count(*) as rows,
                    cast(coalesce(sum(answered_at), 0) as bigint) as answers,
                    cast(coalesce(sum(registered), 0) as bigint) as registered,
                    cast(coalesce(sum(microphone), 0) as bigint) as microphones
                from consoles
            ) c
            ",
        )
        .fetch_one(&mut *connection)
        .await
        .doing(doing)?;
        let number =
            |column: &'static str| -> Result<i64, Error> { row.try_get(column).doing(doing) };
        Ok(AgentsStamp {
            people: (number("people")?, number("people_versions")?),
            agents: (number("agents")?, number("versions")?),
            consoles: (
                number("consoles")?,
                number("answers")?,
                number("registered")?,
                number("microphones")?,
            ),
        })
    }
}
