//! Finding one caller, wherever their number stands: read without the pen, since no index helps.

use std::collections::{BTreeMap, BTreeSet};

use exchange::conference::{Room, Stay};
use exchange::{Mask, PhoneNumber};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::texts::Kept;
use crate::error::{Doing, Error, from_json};

/// A column beside calls: its table, the column by which a row is found, and its own name.
pub(super) type Beside = (&'static str, &'static str, &'static str);

/// Calls that came from a number or went to it, by the index `calls_by_number`.
const OWN: &str = "
    select sid, version, started_at, ended_at, state
    from calls
    where substr(caller, 1, length(caller) - length(ltrim(caller, '0123456789'))) = $1
      and (caller = $1 or caller like $2)
    order by started_at, sid
";

/// The columns of a call and of what is written again with it.
const OF_A_CALL: [Beside; 6] = [
    ("calls", "sid", "state"),
    ("journal", "call_sid", "lines"),
    ("journal", "call_sid", "request"),
    ("journal", "call_sid", "document"),
    ("inbox", "call_sid", "caller"),
    ("inbox", "call_sid", "number"),
];

/// Columns in which a number may stand without a call that has it.
const BESIDE: [Beside; 6] = [
    ("rooms", "id", "state"),
    ("room_log", "room_id", "line"),
    ("attendance", "room_id", "state"),
    ("wrap_ups", "call_sid", "notes"),
    ("outbox", "call_sid", "payload"),
    ("audit", "about", "what"),
];

/// Where a number stands.
pub(super) struct Found {
    /// Calls that came from it or went to it.
    pub(super) own: Vec<Kept>,
    /// Other calls that have it in them.
    pub(super) mentions: BTreeSet<String>,
    /// What else has it.
    pub(super) beside: BTreeSet<(Beside, String)>,
    /// Stays in rooms that are nobody's call of theirs.
    pub(super) stays: usize,
    /// Somebody with it is in a call or a room, or is being called.
    pub(super) is_live: bool,
}

impl Found {
    pub(super) fn is_nothing(&self) -> bool {
        self.own.is_empty() && self.mentions.is_empty() && self.beside.is_empty()
    }

    /// How many other calls, rooms and the like have it.
    pub(super) fn mentioned(&self) -> usize {
        let own: BTreeSet<&str> = self.own.iter().map(|call| call.sid.as_str()).collect();
        let beside = self.beside.iter().map(|(_, of)| of);
        let all: BTreeSet<&str> = beside.chain(&self.mentions).map(String::as_str).collect();
        all.difference(&own).count()
    }
}

/// Looks for a number everywhere.
pub(super) async fn find(
    connection: &mut AnyConnection,
    number: &PhoneNumber,
) -> Result<Found, Error> {
    let doing = "look for a caller's calls";
    let digits = number.digits();
    let own: Vec<Kept> = sqlx::query(OWN)
        .bind(digits)
        .bind(format!("{digits} %"))
        .fetch_all(&mut *connection)
        .await
        .doing(doing)?
        .iter()
        .map(Kept::read)
        .collect::<Result<_, _>>()?;
    let mut found = Found {
        is_live: own.iter().any(|call| !call.is_over),
        own,
        mentions: BTreeSet::new(),
        beside: BTreeSet::new(),
        stays: 0,
    };
    let own: BTreeSet<String> = found.own.iter().map(|call| call.sid.clone()).collect();
    for column in OF_A_CALL {
        let texts = holding(connection, column, number).await?;
        found.mentions.extend(texts.into_keys());
    }
    found.mentions.retain(|sid| !own.contains(sid));
    for sid in &found.mentions {
        let call = Kept::find(connection, sid).await?;
        found.is_live |= call.is_some_and(|call| !call.is_over);
    }
    for column in BESIDE {
        for (of, texts) in holding(connection, column, number).await? {
            match column.0 {
                "rooms" => found.is_live |= texts.iter().any(|text| is_in(text, number)),
                "attendance" => found.stays += others(&texts, &own),
                _ => {}
            }
            found.beside.insert((column, of));
        }
    }
    Ok(found)
}

/// The texts of a column that have the number in them, by whose they are.
async fn holding(
    connection: &mut AnyConnection,
    (table, owner, column): Beside,
    number: &PhoneNumber,
) -> Result<BTreeMap<String, Vec<String>>, Error> {
    let doing = "look for a number";
    let sql = format!(
        "
        select {owner} as owner, {column} as text
        from {table}
        where {column} like $1
           or {column} like $2
           or {column} like $3
           or {column} like $4
        "
    );
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for form in forms(number) {
        query = query.bind(format!("%{form}%"));
    }
    let rows = query.fetch_all(&mut *connection).await.doing(doing)?;
    let mask = Mask::whole(number);
    let read = |row: &AnyRow| -> Result<(String, String), Error> {
        Ok((
            row.try_get("owner").doing(doing)?,
            row.try_get("text").doing(doing)?,
        ))
    };
    let mut held: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in &rows {
        let (of, text) = read(row)?;
        // A longer row of digits is another number.
        if mask.over(&text) != text {
            held.entry(of).or_default().push(text);
        }
    }
    Ok(held)
}

/// The forms in which numbers are written: in a row, as pages show them, with hyphens, digit by digit.
fn forms(number: &PhoneNumber) -> [String; 4] {
    let digits = number.digits();
    let national = number
        .north_american()
        .unwrap_or_else(|| &digits[digits.len() - (digits.len() - 2).min(10)..]);
    let by_one: Vec<String> = national.chars().map(String::from).collect();
    let formatted = number.formatted();
    let shown = match number.north_american() {
        Some(_) => formatted.trim_start_matches("+1 ").to_owned(),
        None => formatted.clone(),
    };
    let hyphens = match number.north_american() {
        Some(n) => format!("{}-{}-{}", &n[..3], &n[3..6], &n[6..]),
        None => formatted.replace(' ', "-"),
    };
    [national.to_owned(), shown, hyphens, by_one.join(" ")]
}

/// Whether somebody with the number is in a room, or is being called into it. A room that this release cannot read is not.
fn is_in(state: &str, number: &PhoneNumber) -> bool {
    let Ok(room) = from_json::<Room>(state, "a room") else {
        return false;
    };
    let mut members = room.members.iter();
    let mut invites = room.invites.iter();
    members.any(|member| member.number.as_ref() == Some(number))
        || invites.any(|invite| invite.outcome.is_none() && invite.number == *number)
}

/// How many stays are of other calls.
fn others(texts: &[String], own: &BTreeSet<String>) -> usize {
    let stays = texts
        .iter()
        .filter_map(|text| from_json::<Stay>(text, "a stay").ok());
    stays
        .filter(|stay| !own.contains(stay.leg.as_str()))
        .count()
}
