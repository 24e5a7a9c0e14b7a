//! The parties of a call: removed, held, muted, one by one; and somebody who comes by the tutorial's route.

use desk::{Desk, DeskError, PartyAct, PartyIs};
use exchange::TransferKind::{Cold, Consult, Warm};

use super::cells::At::{Answered, Joined, Ringing, Swapped};
use super::cells::{reach, row};
use super::world::To::{Ben, Phone, Team};
use super::world::World;

/// The leg of a party, as Ada's console has it.
async fn leg_of(world: &World, who: PartyIs) -> String {
    let parties = world.call_of("ada").await.parties;
    let found = parties.iter().find(|party| party.who == who);
    found.unwrap_or_else(|| panic!("{parties:?}")).leg.clone()
}

#[tokio::test]
async fn a_target_who_is_removed_leaves_the_caller_with_the_agent() {
    let kept = "ida:ada ada:ida ben(available) | - | Ada removed Ben.";
    row(
        &[
            (Answered, Ben, Warm, kept),
            (Answered, Ben, Consult, kept),
            (Swapped, Ben, Consult, kept),
            (Joined, Ben, Consult, kept),
        ],
        async |world| {
            let (desk, call) = (world.desk("ada"), world.ida.to_string());
            let leg = leg_of(world, PartyIs::Agent).await;
            let dropped = desk.drop_party(call.clone(), leg.clone()).await;
            dropped.expect("she may");
            let again = desk.drop_party(call, leg).await;
            again.expect("twice is as good");
        },
    )
    .await;
}

#[tokio::test]
async fn ones_own_leg_is_removed_by_handing_over_and_the_callers_not_at_all() {
    let mut world = reach(Joined, Ben, Consult).await;
    let (desk, call) = (world.desk("ada"), world.ida.to_string());
    let ida = leg_of(&world, PartyIs::Caller).await;
    let own = leg_of(&world, PartyIs::Me).await;

    let refused = desk.drop_party(call.clone(), ida).await;
    let done = desk.drop_party(call, own).await;
    world.passes(2_000).await;

    let words = "To end the call with the caller, hang up.".to_owned();
    assert_eq!(refused, Err(DeskError::Refused(words)));
    assert_eq!(done, Ok(()));
    assert_eq!(world.picture().await, "ida:ben ada(wrap-up) ben:ida | -");
    world.ends_well().await;
}

#[tokio::test]
async fn in_a_call_of_three_each_is_held_and_muted_and_in_a_consult_muted_only() {
    let mut world = reach(Answered, Ben, Consult).await;
    let (desk, call) = (world.desk("ada"), world.ida.to_string());
    let ben = leg_of(&world, PartyIs::Agent).await;
    let refused = desk.hold_party(call.clone(), ben.clone(), true).await;
    let muted = desk.mute_party(call.clone(), ben.clone(), true).await;
    world.passes(1_500).await;
    let in_consult = world.picture().await;
    let unmuted = desk.mute_party(call.clone(), ben.clone(), false).await;
    desk.join_all(call.clone()).await.expect("she may");
    world.passes(1_500).await;

    let held = desk.hold_party(call.clone(), ben.clone(), true).await;
    let again = desk.hold_party(call.clone(), ben.clone(), true).await;
    world.passes(1_500).await;
    let with_ben_held = world.picture().await;
    let freed = desk.hold_party(call.clone(), ben, false).await;
    let ida = leg_of(&world, PartyIs::Caller).await;
    let ida_held = desk.hold_party(call, ida, true).await;
    world.passes(1_500).await;

    let words = "Ben is asked first: cancel, swap or join all.".to_owned();
    assert_eq!(refused, Err(DeskError::Refused(words)));
    assert_eq!(
        [muted, unmuted, held, again, freed, ida_held],
        [const { Ok(()) }; 6]
    );
    assert_eq!(in_consult, "ida:hold ada:silence ben:ada | briefing");
    assert_eq!(with_ben_held, "ida:ada ada:ida ben:hold | three_way");
    assert_eq!(
        world.picture().await,
        "ida:hold ada:ben ben:ada | three_way"
    );
    world.ends_well().await;
}

#[tokio::test]
async fn a_target_who_was_muted_is_heard_by_the_caller_whom_they_get() {
    for (to, kind, is_lost) in [
        (Ben, Warm, false),
        (Ben, Consult, false),
        (Ben, Warm, true),
        (Phone, Warm, false),
    ] {
        let mut world = reach(Answered, to, kind).await;
        let (desk, call) = (world.desk("ada"), world.ida.to_string());
        let is_target = |who: &PartyIs| matches!(who, PartyIs::Agent | PartyIs::Telephone);
        let parties = world.call_of("ada").await.parties.into_iter();
        let others = parties.filter(|party| is_target(&party.who) || party.who == PartyIs::Caller);
        for party in others {
            let muted = desk.mute_party(call.clone(), party.leg, true).await;
            muted.expect("she may");
        }
        world.passes(1_500).await;

        if is_lost {
            world.loses_ada().await;
        } else {
            desk.complete(call).await.expect("they answered");
        }
        world.passes(3_000).await;

        let (target, address) = match to {
            Ben => ("ben", "ben:ida"),
            Team | Phone => ("phone", "phone:ida"),
        };
        let picture = world.picture().await;
        let heard = format!("ida:{target}");
        assert!(
            picture.contains(&heard) && picture.contains(address),
            "{kind:?} {is_lost}: {picture}"
        );
        world.ends_well().await;
    }
}

#[tokio::test]
async fn a_caller_who_was_muted_is_heard_once_nobody_else_is_there() {
    let mut world = reach(Answered, Ben, Warm).await;
    let (desk, call) = (world.desk("ada"), world.ida.to_string());
    let ida = leg_of(&world, PartyIs::Caller).await;
    desk.mute_party(call, ida, true).await.expect("she may");
    world.passes(1_500).await;
    let aside = world.picture().await;

    world.hangs_up_leg("ben");
    world.passes(3_000).await;

    assert!(aside.contains("ada:ben ben:ada"), "{aside}");
    let alone = world.picture().await;
    assert!(alone.contains("ida:ada ada:ida"), "{alone}");
    world.ends_well().await;
}

#[tokio::test]
async fn the_console_offers_what_may_be_done_to_each() {
    let world = reach(Answered, Phone, Warm).await;

    let seen: Vec<(PartyIs, String, Vec<PartyAct>)> = world
        .call_of("ada")
        .await
        .parties
        .into_iter()
        .map(|party| (party.who, party.label, party.acts))
        .collect();

    let ida = "+1 (312) 555-0123".to_owned();
    let phone = "+1 (202) 555-0177".to_owned();
    assert_eq!(
        seen,
        [
            (PartyIs::Caller, ida, vec![PartyAct::Hold, PartyAct::Mute]),
            (PartyIs::Me, "Ada".to_owned(), vec![]),
            (
                PartyIs::Telephone,
                phone,
                vec![PartyAct::Hold, PartyAct::Mute, PartyAct::Drop]
            ),
        ]
    );
    world.ends_well().await;
}

#[tokio::test]
async fn nobody_else_touches_a_party() {
    let world = reach(Answered, Ben, Warm).await;
    let ida = leg_of(&world, PartyIs::Caller).await;
    let call = world.ida.to_string();

    let by_ben = world
        .desk("ben")
        .hold_party(call.clone(), ida.clone(), true)
        .await;
    let by_cleo = world.desk("cleo").hold_party(call.clone(), ida, true).await;
    let nobody = world
        .desk("ada")
        .mute_party(call, "CA99999999999999999999999999999999".to_owned(), true)
        .await;

    let words = "Ada is talking with this caller.".to_owned();
    assert_eq!(by_ben, Err(DeskError::Refused(words)));
    assert_eq!(by_cleo, Err(DeskError::Forbidden));
    let words = "They are not in this call any more.".to_owned();
    assert_eq!(nobody, Err(DeskError::Refused(words)));
    world.ends_well().await;
}

#[tokio::test]
async fn somebody_who_comes_by_the_tutorials_route_is_in_the_call() {
    for (at, then) in [
        (
            Ringing,
            "ida:ada+agent1 ada:agent1+ida ben(ringing) | ringing",
        ),
        (
            Answered,
            "ida:ada+agent1+ben ada:agent1+ben+ida ben:ada+agent1+ida | three_way",
        ),
    ] {
        let mut world = reach(at, Ben, Warm).await;

        world.agent1_comes().await;
        world.passes(2_000).await;

        assert_eq!(world.picture().await, then);
        world.ends_well().await;
    }
}

#[tokio::test]
async fn somebody_who_comes_by_the_tutorials_route_has_the_caller_with_whom_nobody_talks() {
    row(
        &[(
            Ringing,
            Ben,
            Cold,
            "ida:agent1 ada(wrap-up) ben(available) | -",
        )],
        World::agent1_comes,
    )
    .await;
    row(
        &[
            (
                Ringing,
                Ben,
                Warm,
                "ida:agent1 ada(wrap-up) ben(available) | -",
            ),
            (
                Ringing,
                Ben,
                Consult,
                "ida:agent1 ada(wrap-up) ben(available) | -",
            ),
        ],
        async |world| {
            world.loses_ada().await;
            world.agent1_comes().await;
        },
    )
    .await;
}

#[tokio::test]
async fn while_a_consult_rings_nobody_is_held_or_taken_off_it_and_anybody_is_muted() {
    let mut world = reach(Ringing, Ben, Consult).await;
    let (desk, call) = (world.desk("ada"), world.ida.to_string());
    let ida = leg_of(&world, PartyIs::Caller).await;

    let freed = desk.hold_party(call.clone(), ida.clone(), false).await;
    let by_the_phones_button = desk.hold(call.clone(), false).await;
    let muted = desk.mute_party(call.clone(), ida.clone(), true).await;
    world.passes(1_500).await;
    let party = world.call_of("ada").await.parties.remove(0);
    let rings = world.picture().await;
    world.answers("ben").await;
    world.passes(1_500).await;
    desk.join_all(call.clone()).await.expect("she may");
    world.passes(1_500).await;
    let joined = world.picture().await;
    let unmuted = desk.mute_party(call, ida, false).await;
    world.passes(1_500).await;

    let words = "Ben is asked first: cancel, swap or join all.".to_owned();
    let refused = Err(DeskError::Refused(words));
    assert_eq!((freed, by_the_phones_button), (refused.clone(), refused));
    assert_eq!((muted, unmuted), (Ok(()), Ok(())));
    assert_eq!(party.acts, [PartyAct::Mute]);
    assert_eq!(rings, "ida:hold ada:silence ben(ringing) | ringing");
    assert_eq!(joined, "ida:ada+ben ada:ben ben:ada | three_way");
    assert_eq!(
        world.picture().await,
        "ida:ada+ben ada:ben+ida ben:ada+ida | three_way"
    );
    world.ends_well().await;
}

#[tokio::test]
async fn while_all_are_to_be_joined_the_caller_is_held_and_muted() {
    let mut world = reach(Ringing, Ben, Warm).await;
    let (desk, call) = (world.desk("ada"), world.ida.to_string());
    let ida = leg_of(&world, PartyIs::Caller).await;

    let held = desk.hold_party(call.clone(), ida.clone(), true).await;
    let muted = desk.mute_party(call, ida, true).await;
    world.passes(1_500).await;

    assert_eq!((held, muted), (Ok(()), Ok(())));
    assert_eq!(
        world.picture().await,
        "ida:hold ada:silence ben(ringing) | ringing"
    );
    world.ends_well().await;
}

#[tokio::test]
async fn before_an_answer_there_is_nobody_to_drop() {
    for kind in [Warm, Consult] {
        let mut world = reach(Ringing, Ben, kind).await;
        let (desk, call) = (world.desk("ada"), world.ida.to_string());
        let before = world.picture().await;
        let ben = world.leg_of("client:ben").expect("he is rung").sid;
        let own = leg_of(&world, PartyIs::Me).await;
        let ida = leg_of(&world, PartyIs::Caller).await;

        let target = desk.drop_party(call.clone(), ben.to_string()).await;
        let own = desk.drop_party(call.clone(), own).await;
        let caller = desk.drop_party(call, ida).await;
        world.passes(1_500).await;

        let refused = [
            (target, "They are not in this call any more."),
            (
                own,
                "Ben has not answered yet. Hang up, and the caller hears music until they do.",
            ),
            (caller, "To end the call with the caller, hang up."),
        ];
        for (got, words) in refused {
            assert_eq!(got, Err(DeskError::Refused(words.to_owned())));
        }
        assert_eq!(world.picture().await, before);
        world.ends_well().await;
    }
}
