//! How the latest attempts to reach offices went.

use exchange::Visit;
use serde::Deserialize;
use sqlx::Row;

use crate::Store;
use crate::error::{Doing, Error, from_json};

/// What of a call is read here.
#[derive(Deserialize)]
struct Visited {
    #[serde(default)]
    visits: Vec<Visit>,
}

impl Store {
    /// The attempts to reach somebody in the latest calls, the latest call first, in each call in their order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn latest_visits(&self, calls: u32) -> Result<Vec<Visit>, Error> {
        let doing = "read the latest attempts to reach offices";
        let mut connection = self.db.read().await?;
        let rows = sqlx::query(
            "
            select state
            from calls
            order by started_at desc, sid desc
            limit $1
            ",
        )
        .bind(i64::from(calls))
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?;
        let mut visits = Vec::new();
        for row in rows {
            let state: &str = row.try_get("state").doing(doing)?;
            // What this release cannot read is left out: the directory can be shown without it.
            let visited = from_json::<Visited>(state, "a call");
            visits.extend(visited.into_iter().flat_map(|call| call.visits));
        }
        Ok(visits)
    }
}
