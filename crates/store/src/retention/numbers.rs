//! The numbers that stand in a call: its caller's, and those of whoever was called into it.

use exchange::conference::Room;
use exchange::{Call, Mask, PhoneNumber, Progress, Stage, Support, Target};
use sqlx::{AnyConnection, Row};

use crate::error::{Doing, Error, from_json};

/// The masks of every number in a call that is not masked yet: of its caller, of telephones that it was handed over to,
/// and of those that were called into a room through it.
pub(super) async fn masks(connection: &mut AnyConnection, call: &Call) -> Result<Vec<Mask>, Error> {
    let mut numbers = of_the_caller(connection, call).await?;
    match &call.progress {
        Progress::Support(support) => numbers.extend(telephones(support).cloned()),
        Progress::Conference(_) => numbers.extend(invited(connection, call).await?),
        Progress::Forward(_) | Progress::Menu(_) | Progress::CallingOut(_) => {}
    }
    numbers.sort();
    numbers.dedup();
    let mask = Mask::of;
    let is_there = |number: &&PhoneNumber| mask(number).over(number.as_str()) != number.as_str();
    Ok(numbers.iter().filter(is_there).map(mask).collect())
}

/// Every number that a call's caller is known by.
pub(super) async fn of_the_caller(
    connection: &mut AnyConnection,
    call: &Call,
) -> Result<Vec<PhoneNumber>, Error> {
    let doing = "find the numbers of a caller";
    let mut numbers: Vec<PhoneNumber> = call.caller.number().cloned().into_iter().collect();
    if call.calling_out().is_some() {
        numbers.extend(call.dialled.clone());
    }
    let rows = sqlx::query(
        "
        select number
        from inbox
        where call_sid = $1
          and number is not null
        ",
    )
    .bind(call.sid.as_str())
    .fetch_all(connection)
    .await
    .doing(doing)?;
    for row in &rows {
        let number: &str = row.try_get("number").doing(doing)?;
        numbers.extend(PhoneNumber::parse(number));
    }
    Ok(numbers)
}

/// Telephones to which the caller was handed over, or was to be.
fn telephones(support: &Support) -> impl Iterator<Item = &PhoneNumber> {
    let outside = match &support.stage {
        Stage::Outside { number, .. } => Some(number),
        Stage::Arrived
        | Stage::Waiting(_)
        | Stage::Offered { .. }
        | Stage::Talking { .. }
        | Stage::TurnedAway(_)
        | Stage::Asked(_)
        | Stage::Recording
        | Stage::Ending(_)
        | Stage::Survey { .. } => None,
    };
    let offered = support.offers.iter().filter_map(|one| one.number.as_ref());
    let seated = support.seats.iter().filter_map(|one| one.number.as_ref());
    let under_way = support.transfer.iter().map(|one| &one.target);
    let past = support.past_transfers.iter().map(|one| &one.target);
    let targets = under_way.chain(past).filter_map(|target| match target {
        Target::Number { number } => Some(number),
        Target::Agent { .. } | Target::Queue { .. } => None,
    });
    outside
        .into_iter()
        .chain(offered)
        .chain(seated)
        .chain(targets)
}

/// Who was called into rooms through the call.
async fn invited(connection: &mut AnyConnection, call: &Call) -> Result<Vec<PhoneNumber>, Error> {
    let doing = "find who was called into a room";
    let rows = sqlx::query(
        "
        select state
        from rooms
        where id in (select room_id from attendance where call_sid = $1)
        ",
    )
    .bind(call.sid.as_str())
    .fetch_all(connection)
    .await
    .doing(doing)?;
    let mut numbers = Vec::new();
    for row in &rows {
        let room: Room = from_json(row.try_get("state").doing(doing)?, "a room")?;
        let through = |invite: &&exchange::conference::Invite| {
            invite.via == call.sid && invite.outcome.is_some()
        };
        let found = room.invites.iter().filter(through);
        numbers.extend(found.map(|invite| invite.number.clone()));
    }
    Ok(numbers)
}
