//! How long the last talks of a line took: what callers are told of their wait goes by it.

use exchange::{Call, LineId, Moment};
use sqlx::Row;

use crate::Store;
use crate::error::{Doing, Error, from_json};

/// How many talks make a measure.
const TALKS: i64 = 10;

/// Among how many of the latest calls they are looked for.
const CALLS: i64 = 500;

impl Store {
    /// How many seconds each of the last talks of a support line took, among the latest calls since a
    /// moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn last_talks(&self, line: &LineId, since: Moment) -> Result<Vec<i64>, Error> {
        let doing = "read how long the last talks took";
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(
            "
            select sid, state
            from calls
            where sid in (
                select sid
                from (
                    select sid, line_id, outcome
                    from calls
                    where started_at > $1
                    order by started_at desc, sid desc
                    limit $2
                ) latest
                where line_id = $3
                  and outcome = 'connected'
                limit $4
            )
            ",
        )
        .bind(since.0)
        .bind(CALLS)
        .bind(line.as_str())
        .bind(TALKS)
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?;
        let mut talks = Vec::new();
        for row in &rows {
            let sid: &str = row.try_get("sid").doing(doing)?;
            let call = from_json(row.try_get("state").doing(doing)?, "a call");
            let call = self.left_out.unless_unreadable(sid, call).transpose()?;
            let Some(call): Option<Call> = call else {
                continue;
            };
            let talked = call.support().and_then(|support| support.talked);
            if let (Some(talked), Some(ended)) = (talked, &call.ended) {
                talks.push(ended.at.seconds_since(talked));
            }
        }
        Ok(talks)
    }
}
