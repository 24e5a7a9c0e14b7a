//! Whose a leg is, judged by what is known and by what else is being made.

use exchange::conference::{By, Invite, InviteOutcome};
use exchange::{PhoneNumber, UserName};

use super::*;

const PHONE: &str = "+12145550137";
/// The number of ours that is shown, and that of another line of ours.
const OWN: &str = "+12025550101";
const OTHER: &str = "+12025550105";

fn leg(n: u32) -> CallSid {
    CallSid::parse(&format!("CA{n:032x}")).expect("a SID")
}

/// A leg to the telephone, made at a second.
fn made_at(n: u32, second: i64, from: &str) -> LegTo {
    LegTo {
        sid: leg(n),
        from: Party::parse(from),
        made: Moment(second * 1000),
    }
}

/// What is being made for an offer, asked for at a second: no leg of it is known.
fn being_made(call: u32, second: i64, from: &str) -> Made {
    Made {
        leg: None,
        made_for: MadeFor::Offer(leg(call), 1),
        to: PHONE.to_owned(),
        from: Some(Party::parse(from)),
        asked: Moment(second * 1000),
    }
}

fn wanted(made: &Made) -> Wanted {
    Wanted {
        made_for: made.made_for.clone(),
        to: made.to.clone(),
        from: made.from.clone().expect("a number"),
        asked: made.asked,
    }
}

/// Which leg each of two is found to have; an error where it is not known.
fn found(legs: &[LegTo], first: &Made, second: &Made) -> [Result<Option<CallSid>, ()>; 2] {
    let all = [vec![first.clone()], vec![second.clone()]];
    [first, second].map(|one| {
        // What the carrier is asked for.
        let own = legs.iter().filter(|leg| leg.may_be_since(one.asked));
        judge(own.cloned().collect(), &all, &wanted(one)).map_err(|_| ())
    })
}

#[test]
fn whoever_asked_first_goes_first() {
    let (first, second) = (being_made(100, 60, OWN), being_made(200, 70, OWN));
    let legs = [made_at(2, 71, OWN), made_at(1, 61, OWN)];

    assert_eq!(found(&legs, &first, &second), [Ok(Some(leg(1))), Err(())]);
    let is_known = Made {
        leg: Some(leg(1)),
        ..first
    };
    assert_eq!(
        found(&legs, &is_known, &second),
        [Ok(Some(leg(1))), Ok(Some(leg(2)))]
    );
}

#[test]
fn who_asked_later_does_not_wait_for_what_was_there_before() {
    let (first, second) = (being_made(100, 60, OWN), being_made(200, 70, OWN));

    assert_eq!(
        found(&[made_at(1, 61, OWN)], &first, &second),
        [Ok(Some(leg(1))), Ok(None)]
    );
}

#[test]
fn of_two_who_asked_at_once_neither_takes_what_may_be_the_others() {
    for apart in [0, 4] {
        let (first, second) = (being_made(100, 60, OWN), being_made(200, 60 + apart, OWN));
        let legs = [made_at(1, 61, OWN)];

        assert_eq!(found(&legs, &first, &second), [Err(()), Err(())], "{apart}");
    }
}

#[test]
fn a_leg_that_shows_another_line_is_that_lines() {
    let (first, second) = (being_made(100, 60, OWN), being_made(200, 60, OTHER));
    let legs = [made_at(2, 61, OTHER), made_at(1, 61, OWN)];

    assert_eq!(
        found(&legs, &first, &second),
        [Ok(Some(leg(1))), Ok(Some(leg(2)))]
    );
    assert_eq!(found(&legs[1..], &first, &second)[1], Ok(None));
}

#[test]
fn a_leg_of_which_the_carrier_does_not_say_what_it_shows_may_be_anybodys() {
    let (first, second) = (being_made(100, 60, OWN), being_made(200, 60, OTHER));
    let unknown = Made {
        from: None,
        ..second.clone()
    };

    assert_eq!(
        found(&[made_at(1, 61, "")], &first, &second),
        [Err(()), Err(())]
    );
    assert_eq!(
        found(&[made_at(1, 61, OWN)], &first, &second)[0],
        Ok(Some(leg(1)))
    );
    let all = [vec![unknown]];
    assert!(judge(vec![made_at(1, 61, OWN)], &all, &wanted(&first)).is_err());
}

#[test]
fn a_leg_of_something_else_is_struck_out_and_the_own_one_is_told() {
    let (call, other) = (leg(100), leg(200));
    let wanted = MadeFor::Offer(call.clone(), 2);
    let theirs = [
        Made::known(&leg(1), MadeFor::Offer(other, 2)),
        Made::known(&leg(2), MadeFor::Offer(call.clone(), 1)),
        Made::known(&leg(3), MadeFor::Other),
    ];
    let legs = |all: &[u32]| -> Vec<LegTo> { all.iter().map(|n| made_at(*n, 0, OWN)).collect() };

    let mut left = legs(&[3, 1, 2]);
    assert_eq!(keep(&mut left, &theirs, &wanted), None);
    assert_eq!(left, []);

    let mut left = legs(&[1, 4]);
    assert_eq!(keep(&mut left, &theirs, &wanted), None);
    assert_eq!(left, legs(&[4]));

    let mut left = legs(&[4, 5]);
    let own = [Made::known(&leg(5), wanted.clone())];
    assert_eq!(keep(&mut left, &own, &wanted), Some(leg(5)));

    let mut left = legs(&[4]);
    assert_eq!(keep(&mut left, &own, &wanted), None);
    assert_eq!(left, legs(&[4]));
}

#[test]
fn the_leg_of_an_invitation_that_was_given_up_is_nobody_elses_until_it_is_ended() {
    let mut room = Room::new(RoomId::parse("conference.main").expect("a room"));
    room.invites.push(Invite {
        id: 1,
        number: PhoneNumber::parse(PHONE).expect("a number"),
        by: By {
            user: UserName::parse("sue").expect("a user name"),
            name: "Sue".to_owned(),
        },
        began: Moment(60_000),
        via: leg(100),
        leg: None,
        outcome: Some(InviteOutcome::GivenUp),
    });
    let transfer = wanted(&being_made(200, 60, OWN));
    let judged = |made| judge(vec![made_at(1, 61, OWN)], &[made], &transfer);

    assert!(judged(of_room(&room, None, &|invite| invite == 1)).is_err());
    let ended = judged(of_room(&room, None, &|_| false));
    assert_eq!(ended.expect("it is ended"), Some(leg(1)));
}
