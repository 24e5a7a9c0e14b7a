//! What everybody sees of a transfer, and what bad input gets.

use desk::{Desk, DeskError, Doing, FieldError, HandOverForm, TransferAct, TransferPart};
use exchange::TransferKind::{Consult, Warm};

use super::cells::At::{Answered, Joined, Ringing, Swapped};
use super::cells::reach;
use super::world::To::Ben;
use super::world::World;

#[tokio::test]
async fn the_target_sees_who_why_and_the_note_before_answering() {
    let mut world = reach(Ringing, Ben, Consult).await;

    let Doing::Rung(rung) = world.console("ben").await.mine.doing else {
        panic!("nothing rings")
    };
    world.answers("ben").await;
    world.passes(1_500).await;
    let answered = world.call_of("ben").await;

    let handed = rung.handed.expect("it is a transfer");
    assert_eq!(
        (
            handed.by.as_str(),
            handed.text.as_str(),
            handed.note.as_str()
        ),
        (
            "Ada",
            "Ada hands the caller over, and speaks with you first.",
            "She lost her keys."
        )
    );
    assert_eq!(answered.handed, Some(handed));
    let transfer = answered.transfer.expect("it is under way");
    assert_eq!((transfer.mine, transfer.acts), (TransferPart::To, vec![]));
    world.ends_well().await;
}

#[tokio::test]
async fn the_buttons_follow_the_transfer() {
    use TransferAct::{Cancel, Complete, JoinAll, Swap};
    for (at, acts, swap) in [
        (Ringing, vec![Cancel], None),
        (
            Answered,
            vec![Swap, JoinAll, Complete, Cancel],
            Some("the caller"),
        ),
        (Swapped, vec![Swap, JoinAll, Complete, Cancel], Some("Ben")),
        (Joined, vec![Complete, Cancel], None),
    ] {
        let world = reach(at, Ben, Consult).await;

        let call = world.call_of("ada").await;

        let transfer = call.transfer.expect("it is under way");
        assert_eq!(
            (transfer.acts, transfer.swap_to.as_deref()),
            (acts, swap),
            "{at:?}"
        );
        assert_eq!(transfer.mine, TransferPart::By);
        assert!(!call.may_hand_over);
        world.ends_well().await;
    }
}

#[tokio::test]
async fn whom_to_hand_over_to_is_shown_with_the_reason_where_they_cannot_be_rung() {
    let mut world = World::new().await;

    let console = world.console("ada").await;
    let colleagues: Vec<(String, Option<String>)> = console
        .floor
        .colleagues("ada")
        .into_iter()
        .map(|one| (one.name, one.cannot))
        .collect();
    let queues = console.floor.queues("Support");
    let call = world.call_of("ada").await;
    world.rests().await;

    assert!(call.may_hand_over);
    assert_eq!(call.dials, ["+1"]);
    assert_eq!(colleagues[0], ("Ben".to_owned(), None));
    assert_eq!(colleagues[1].0, "Cleo");
    assert!(colleagues[1].1.is_some());
    assert_eq!((queues[0].team.as_str(), queues[0].free), ("support", 1));
    world.ends_well().await;
}

/// Changes a form that makes sense.
type Change = fn(&mut HandOverForm);

#[tokio::test]
async fn what_cannot_be_a_target_is_refused_in_words_before_anybody_is_rung() {
    let mut world = World::new().await;
    let number: Change = |form| {
        form.target = "number".to_owned();
        form.agent.clear();
    };
    let cases: [(&str, &str, Change, &str); 8] = [
        (
            "agent",
            "",
            |form| form.agent = "ada".to_owned(),
            "You have this caller already.",
        ),
        (
            "agent",
            "",
            |form| form.agent = "nobody".to_owned(),
            "There is nobody of that name who takes calls.",
        ),
        (
            "agent",
            "",
            |form| form.agent = "cleo".to_owned(),
            "Cleo cannot be rung: offline.",
        ),
        (
            "team",
            "",
            |form| {
                form.target = "queue".to_owned();
                form.team = "nobody".to_owned();
            },
            "There is no team of that name.",
        ),
        (
            "number",
            "+19005550123",
            number,
            "This number is not dialled: premium numbers are never dialled for a caller.",
        ),
        (
            "number",
            "911",
            number,
            "This number is not dialled: emergency and service numbers are never dialled for a caller.",
        ),
        (
            "number",
            "(312) 555-0123",
            number,
            "+1 (312) 555-0123 is a number of this very call.",
        ),
        (
            "number",
            "call me",
            number,
            "Write the number with its country code, like +1 312 555 0123.",
        ),
    ];

    for (field, typed, change, words) in cases {
        let mut form = world.form(Ben, Warm);
        change(&mut form);
        form.number = typed.to_owned();
        let refused = world.desk("ada").hand_over(form).await;
        let expected = DeskError::Invalid(vec![FieldError::new(field, words)]);
        assert_eq!(refused, Err(expected));
    }
    // Somebody who left while the panel was open.
    world.goes("ben").await;
    world.rests().await;
    let left = world.hands_over(Ben, Warm).await;
    world.passes(2_000).await;

    let Err(DeskError::Invalid(fields)) = left else {
        panic!("{left:?}")
    };
    assert!(
        fields[0].message.starts_with("Ben cannot be rung: "),
        "{fields:?}"
    );
    let by_ben = world.desk("ben").hand_over(world.form(Ben, Warm)).await;
    assert_eq!(by_ben, Err(DeskError::Forbidden));
    assert_eq!(world.support().await.offers.len(), 1, "nobody was rung");
    world.ends_well().await;
}

#[tokio::test]
async fn every_leg_counts_that_the_account_bears_and_the_last_one_is_one_hand_overs() {
    let mut world = World::new().await;
    let visitors = world.visitors_meet().await;
    let with_visitors = world.legs().await;
    world.invites_phone().await;
    let with_the_telephone = world.legs().await;
    world.bears_legs(6);

    let bears = world.hands_over(Ben, Warm).await;
    world.passes(1_500).await;
    let cancelled = world
        .desk("ada")
        .cancel_transfer(world.ida.to_string())
        .await;
    world.passes(1_500).await;
    world.bears_legs(5);
    let full = world.hands_over(Ben, Warm).await;

    assert_eq!((with_visitors, with_the_telephone), (4, 5));
    assert_eq!((bears, cancelled), (Ok(()), Ok(())));
    let words = "The account bears 5 calls at once, and as many go on: nobody more can be rung until one ends.";
    assert_eq!(full, Err(DeskError::Refused(words.to_owned())));
    assert_eq!(
        world.console("ada").await.floor.full.as_deref(),
        Some(words)
    );
    for visitor in visitors {
        world.stage.hangs_up(&visitor).await;
    }
    world.ends_well().await;
}
