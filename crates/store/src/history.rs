//! Calls of a day, of the floor and of one caller: what the board counts and agents are shown.

use std::collections::BTreeMap;

use desk::StoryNote;
use exchange::{Call, CallSid, Moment, PhoneNumber};
use sqlx::Row;

use crate::error::{Doing, Error, from_json, unreadable};
use crate::{Store, Version};

/// How many calls are read at once.
const AT_ONCE: usize = 500;

impl Store {
    /// Hands over every call that began since a moment, latest first, but those that this release cannot read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn calls_since(
        &self,
        since: Moment,
        mut each: impl FnMut(&Call) + Send,
    ) -> Result<(), Error> {
        let doing = "read the calls of a day";
        let mut before = (i64::MAX, String::new());
        loop {
            let mut connection = self.db.read().await?;
            let rows = sqlx::query(
                "
                select sid, started_at, state
                from calls
                where started_at >= $1
                  and (started_at < $2 or (started_at = $2 and sid < $3))
                order by started_at desc, sid desc
                limit $4
                ",
            )
            .bind(since.0)
            .bind(before.0)
            .bind(before.1.as_str())
            .bind(i64::try_from(AT_ONCE).unwrap_or(i64::MAX))
            .fetch_all(&mut *connection)
            .await
            .doing(doing)?;
            drop(connection);
            for row in &rows {
                let state: &str = row.try_get("state").doing(doing)?;
                let sid: &str = row.try_get("sid").doing(doing)?;
                let call = from_json(state, "a call");
                if let Some(call) = self.left_out.unless_unreadable(sid, call).transpose()? {
                    each(&call);
                }
            }
            match rows.last() {
                Some(last) if rows.len() == AT_ONCE => {
                    let sid: String = last.try_get("sid").doing(doing)?;
                    before = (last.try_get("started_at").doing(doing)?, sid);
                }
                Some(_) | None => return Ok(()),
            }
        }
    }

    /// How often each call on the floor has changed.
    ///
    /// # Errors
    /// When the database fails or holds a call that this release cannot read.
    pub async fn versions_on_floor(&self) -> Result<BTreeMap<CallSid, Version>, Error> {
        let doing = "read how the floor's calls stand";
        let mut connection = self.db.read().await?;
        sqlx::query(
            "
            select calls.sid, calls.version
            from floor
            join calls on calls.sid = floor.call_sid
            ",
        )
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?
        .iter()
        .map(|row| {
            let sid: &str = row.try_get("sid").doing(doing)?;
            let sid = CallSid::parse(sid).map_err(|error| unreadable("a call", error))?;
            Ok((sid, Version(row.try_get("version").doing(doing)?)))
        })
        .collect()
    }

    /// The latest calls since a moment that came from a number, or went to it, but one; each with what
    /// agents noted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn calls_with(
        &self,
        number: &PhoneNumber,
        but: &CallSid,
        since: Moment,
        most: u32,
    ) -> Result<Vec<(Call, Vec<StoryNote>)>, Error> {
        let doing = "read a caller's earlier calls";
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(WITH_NUMBER)
            .bind(since.0)
            .bind(number.digits())
            .bind(format!("{} %", number.digits()))
            .bind(but.as_str())
            .bind(i64::from(most))
            .fetch_all(&mut *connection)
            .await
            .doing(doing)?;
        drop(connection);
        let mut calls = Vec::new();
        for row in &rows {
            let sid: &str = row.try_get("sid").doing(doing)?;
            let call = from_json(row.try_get("state").doing(doing)?, "a call");
            let call = self.left_out.unless_unreadable(sid, call).transpose()?;
            let Some(call): Option<Call> = call else {
                continue;
            };
            let notes = self.notes_of(&call.sid).await?;
            calls.push((call, notes));
        }
        Ok(calls)
    }
}

/// By the index `calls_by_number`, whose expression this repeats.
const WITH_NUMBER: &str = "
    select sid, state
    from calls
    where substr(caller, 1, length(caller) - length(ltrim(caller, '0123456789'))) = $2
      and started_at >= $1
      and (caller = $2 or caller like $3)
      and sid <> $4
    order by started_at desc, sid desc
    limit $5
";

#[cfg(test)]
mod tests {
    use sqlx::AnyConnection;

    use super::*;
    use crate::Scratch;

    #[tokio::test]
    async fn earlier_calls_are_found_by_their_number_and_not_by_looking_at_all() {
        let scratch = Scratch::new().await.unwrap();
        let store = scratch.store();
        let mut tx = store.db.begin().await.unwrap();
        let explain = if scratch.url().starts_with("postgres") {
            // An empty table is read whole unless that costs something.
            sqlx::query("set local enable_seqscan = off")
                .execute(&mut *tx)
                .await
                .unwrap();
            "explain"
        } else {
            "explain query plan"
        };

        let plan = plan(&mut tx, &format!("{explain} {WITH_NUMBER}")).await;

        assert!(plan.contains("calls_by_number"), "{plan}");
        assert!(!plan.to_lowercase().contains("sort"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
        drop(tx);
        scratch.drop_now().await.unwrap();
    }

    async fn plan(connection: &mut AnyConnection, sql: &str) -> String {
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()))
            .bind(0_i64)
            .bind("13125550123")
            .bind("13125550123 %")
            .bind("CA0")
            .bind(5_i64)
            .fetch_all(connection)
            .await
            .unwrap();
        let texts = rows.iter().map(|row| {
            let last = row.columns().len() - 1;
            row.try_get::<String, _>(last).unwrap()
        });
        texts.collect::<Vec<_>>().join("\n")
    }
}
