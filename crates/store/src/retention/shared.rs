//! Recordings of rooms in which a caller was with others: each is known by its conference, through whosever call it came.

use std::collections::{BTreeMap, BTreeSet};

use exchange::conference::{Room, RoomId};
use exchange::{ConferenceSid, Moment};
use sqlx::{AnyConnection, Row};

use super::texts::Kept;
use super::{removals, rooms};
use crate::Store;
use crate::batch::Begun;
use crate::dialect::Write;
use crate::error::{Doing, Error, from_json};

/// The conferences of rooms in which a caller was, in the order in which they are found.
#[derive(Debug, Default)]
pub(super) struct Shared(BTreeMap<RoomId, Vec<ConferenceSid>>);

impl Shared {
    /// Adds those that a call was in: the carrier told it that the call came in, or what became of it there.
    pub(super) async fn add(
        &mut self,
        connection: &mut AnyConnection,
        call: &Kept,
    ) -> Result<(), Error> {
        let doing = "look for the conferences of a call";
        let rows = sqlx::query(
            "
            select request
            from journal
            where call_started_at = $1
              and call_sid = $2
              and request like '%\"participant-%'
            order by seq
            ",
        )
        .bind(call.started)
        .bind(call.sid.as_str())
        .fetch_all(connection)
        .await
        .doing(doing)?;
        for row in &rows {
            let sent = Sent::read(row.try_get("request").doing(doing)?)?;
            if sent.field("CallSid") != Some(call.sid.as_str()) {
                continue;
            }
            let room = sent.field("FriendlyName").map(RoomId::parse);
            let conference = sent.field("ConferenceSid").map(ConferenceSid::parse);
            if let (Some(Ok(room)), Some(Ok(conference))) = (room, conference) {
                let known = self.0.entry(room).or_default();
                if !known.contains(&conference) {
                    known.push(conference);
                }
            }
        }
        Ok(())
    }

    /// The recordings of them that are ready.
    pub(super) async fn recordings(
        &self,
        connection: &mut AnyConnection,
    ) -> Result<BTreeSet<String>, Error> {
        let doing = "look for recordings of rooms";
        let mut found = BTreeSet::new();
        for (room, conferences) in &self.0 {
            let rows = sqlx::query(
                "
                select request
                from journal
                where identity like $1
                ",
            )
            .bind(format!("{room} room recording RE%"))
            .fetch_all(&mut *connection)
            .await
            .doing(doing)?;
            for row in &rows {
                let sent = Sent::read(row.try_get("request").doing(doing)?)?;
                let conference = sent.field("ConferenceSid");
                let is_of_them = conferences
                    .iter()
                    .any(|one| conference == Some(one.as_str()));
                let recording = sent.field("RecordingSid").filter(|_| is_of_them);
                found.extend(recording.map(str::to_owned));
            }
        }
        Ok(found)
    }
}

/// The fields of a webhook.
struct Sent(Vec<(String, String)>);

impl Sent {
    fn read(text: &str) -> Result<Self, Error> {
        from_json(text, "a request").map(Self)
    }

    fn field(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Store {
    /// Recordings of those conferences are to be removed, and those that are ready only later are not kept.
    pub(super) async fn unwant(&self, shared: &Shared, at: Moment) -> Result<(), Error> {
        let recordings = {
            let mut connection = self.db.read().await?;
            shared.recordings(&mut connection).await?
        };
        let mut begun = Begun::default();
        loop {
            match self.unwant_at_once(shared, &recordings, at).await {
                Err(error) if begun.again_after(&error) => {}
                done => return done,
            }
        }
    }

    async fn unwant_at_once(
        &self,
        shared: &Shared,
        recordings: &BTreeSet<String>,
        at: Moment,
    ) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        for (room, conferences) in &shared.0 {
            unwant_later(&mut tx, room, conferences).await?;
        }
        removals::ask(&mut tx, recordings.iter().cloned(), at).await?;
        self.write_old(tx, "ask for recordings of rooms to be removed")
            .await
    }
}

/// The room remembers of which conferences recordings are not kept.
async fn unwant_later(
    tx: &mut Write<'_>,
    id: &RoomId,
    conferences: &[ConferenceSid],
) -> Result<(), Error> {
    let doing = "write which recordings a room does not keep";
    loop {
        let row = sqlx::query("select version, state from rooms where id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut **tx)
            .await
            .doing(doing)?;
        let Some(row) = row else {
            return Ok(());
        };
        let version: i64 = row.try_get("version").doing(doing)?;
        let Ok(was) = from_json::<Room>(row.try_get("state").doing(doing)?, "a room") else {
            // One that a later release wrote: what is in it is not known.
            return Ok(());
        };
        let mut room = was.clone();
        for conference in conferences {
            room.unwant(conference.clone());
        }
        if room == was {
            return Ok(());
        }
        if rooms::put(tx, (&id.to_string(), version), &room).await? {
            return Ok(());
        }
    }
}
