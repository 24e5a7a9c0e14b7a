//! What admins do to people, and links by which somebody chooses a password.

use desk::Role;
use exchange::{Agent, Language, Moment, TeamId, UserName};
use futures::future::join;
use store::{
    AgentChange, Audited, Kept, Link, Linked, NewPerson, PersonChange, Store, UsedLink, Version,
};

use crate::given::{START, done, scratch};

const LATER: Moment = Moment(START.0 + 60_000);

fn line(what: &str) -> Audited {
    Audited {
        at: START,
        by: "ada".to_owned(),
        about: "people".to_owned(),
        what: what.to_owned(),
    }
}

fn person(user_name: &str, role: Role) -> NewPerson {
    NewPerson {
        user_name: user_name.to_owned(),
        name: format!("Name of {user_name}"),
        role,
        password_hash: format!("hash of {user_name}"),
    }
}

async fn has(store: &Store, user_name: &str, role: Role) {
    assert!(
        store
            .add_person(&person(user_name, role), START)
            .await
            .expect("it is what it says")
    );
}

fn change<'a>(user_name: &'a str, role: Role, decided_on: i64) -> PersonChange<'a> {
    PersonChange {
        user_name,
        decided_on,
        name: "Another name",
        role,
        teams: None,
        languages: &[Language::Spanish],
    }
}

fn agent(user_name: &str) -> Agent {
    let user = UserName::parse(user_name).expect("it is what it says");
    let team = TeamId::parse("support").expect("it is what it says");
    Agent::new(user, user_name.to_owned(), vec![team], START)
}

fn link(id: &str, user_name: Option<&str>) -> Link {
    Link {
        id: id.to_owned(),
        user_name: user_name.map(str::to_owned),
        name: "Bea".to_owned(),
        role: Role::Supervisor,
        teams: Some(vec![TeamId::parse("sales").expect("it is what it says")]),
        languages: vec![Language::Japanese],
        made: START,
        by: "ada".to_owned(),
        until: LATER,
        used: None,
    }
}

/// Somebody who has never been an agent is deactivated.
async fn goes(store: &Store, user_name: &str) -> Kept {
    let off = AgentChange {
        agent: agent(user_name),
        was: Version(0),
    };
    let words = line("Deactivated.");
    let kept = store.deactivate(user_name, &off, LATER, &words).await;
    kept.expect("it is what it says")
}

#[tokio::test]
async fn what_is_said_of_somebody_holds_for_the_agent_they_are() {
    let scratch = scratch().await;
    let store = scratch.store();
    has(&store, "ada", Role::Admin).await;
    has(&store, "ana", Role::Agent).await;
    let first = AgentChange {
        agent: agent("ana"),
        was: Version(0),
    };
    store.commit_agent(&first, None).await.unwrap();

    let kept = store
        .change_person(&change("ana", Role::Agent, 0), &line("Changed."))
        .await;
    let second = store
        .change_person(&change("ana", Role::Agent, 0), &line("Changed."))
        .await;

    assert_eq!(
        (kept.unwrap(), second.unwrap()),
        (Kept::Changed, Kept::MovedOn)
    );
    let known = store.agents().await.unwrap().remove(0);
    assert_eq!(
        (known.agent.name.as_str(), known.is_of_every_team),
        ("Another name", true)
    );
    assert_eq!(known.agent.languages, [Language::Spanish]);
    assert_eq!(
        store.audited().await.unwrap().len(),
        1,
        "what came too late is not written"
    );
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_admins_who_demote_each_other_at_once_one_stays() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    has(&here, "ada", Role::Admin).await;
    has(&here, "bob", Role::Admin).await;

    let (ada, bob) = (change("ada", Role::Agent, 0), change("bob", Role::Agent, 0));
    let words = line("Changed.");
    let (one, other) = join(
        here.change_person(&ada, &words),
        there.change_person(&bob, &words),
    )
    .await;

    let mut kept = [one.unwrap(), other.unwrap()];
    kept.sort_by_key(|kept| *kept == Kept::LastAdmin);
    assert_eq!(kept, [Kept::Changed, Kept::LastAdmin]);
    assert!(here.has_admin(START).await.unwrap());
    there.close().await;
    done(scratch).await;
}

#[tokio::test]
async fn who_was_given_a_call_meanwhile_is_not_deactivated() {
    let scratch = scratch().await;
    let store = scratch.store();
    has(&store, "ada", Role::Admin).await;
    has(&store, "ana", Role::Agent).await;
    let off = AgentChange {
        agent: agent("ana"),
        was: Version(0),
    };
    store.commit_agent(&off, None).await.unwrap();

    let late = store
        .deactivate("ana", &off, LATER, &line("Deactivated."))
        .await
        .unwrap();
    let still = store.person("ana").await.unwrap().unwrap().deactivated;
    let off = AgentChange {
        agent: agent("ana"),
        was: Version(1),
    };
    let now = store
        .deactivate("ana", &off, LATER, &line("Deactivated."))
        .await
        .unwrap();

    assert_eq!((late, still, now), (Kept::MovedOn, None, Kept::Changed));
    let user = UserName::parse("ana").unwrap();
    assert_eq!(store.agent(&user).await.unwrap(), None);
    assert!(store.agents().await.unwrap().is_empty());
    assert_eq!(
        store
            .deactivate("ana", &off, LATER, &line("Again."))
            .await
            .unwrap(),
        Kept::Nobody
    );
    assert_eq!(
        store.reactivate("ana", &line("Back.")).await.unwrap(),
        Kept::Changed
    );
    assert!(store.agent(&user).await.unwrap().is_some());
    done(scratch).await;
}

#[tokio::test]
async fn an_invitation_makes_one_person_until_it_runs_out() {
    let scratch = scratch().await;
    let store = scratch.store();
    store
        .make_link(&link("one", None), "hash one", &line("Invited."))
        .await
        .unwrap();
    store
        .make_link(&link("two", None), "hash two", &line("Invited."))
        .await
        .unwrap();
    let bea = person("bea", Role::Agent);

    let late = store.use_invitation("hash one", &bea, LATER).await.unwrap();
    let unknown = store
        .use_invitation("hash three", &bea, START)
        .await
        .unwrap();
    let first = store.use_invitation("hash one", &bea, START).await.unwrap();
    let again = store
        .use_invitation("hash one", &person("cal", Role::Agent), START)
        .await
        .unwrap();
    let taken = store.use_invitation("hash two", &bea, START).await.unwrap();

    assert_eq!(
        (late, unknown, again),
        (UsedLink::Spent, UsedLink::Spent, UsedLink::Spent)
    );
    assert_eq!(
        (first, taken),
        (UsedLink::Done("bea".to_owned()), UsedLink::Taken)
    );
    let bea = store.person("bea").await.unwrap().unwrap();
    assert_eq!(
        (bea.role, bea.languages.clone()),
        (Role::Supervisor, vec![Language::Japanese])
    );
    assert!(bea.has_password());
    let open: Vec<String> = store
        .invitations()
        .await
        .unwrap()
        .into_iter()
        .map(|link| link.id)
        .collect();
    assert_eq!(open, ["two"], "a taken name leaves the link open");
    assert!(
        store
            .withdraw_invitation("two", &line("Back."))
            .await
            .unwrap()
    );
    assert!(
        !store
            .withdraw_invitation("one", &line("Back."))
            .await
            .unwrap()
    );
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_use_one_link_at_once_one_comes_in() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    here.make_link(&link("one", None), "hash", &line("Invited."))
        .await
        .unwrap();

    let (bea, cal) = (person("bea", Role::Agent), person("cal", Role::Agent));
    let (this, that) = join(
        here.use_invitation("hash", &bea, START),
        there.use_invitation("hash", &cal, START),
    )
    .await;

    let is_in = |used: UsedLink| matches!(used, UsedLink::Done(_));
    assert!(is_in(this.unwrap()) ^ is_in(that.unwrap()));
    assert_eq!(here.people().await.unwrap().len(), 1);
    there.close().await;
    done(scratch).await;
}

#[tokio::test]
async fn a_link_for_another_password_stops_the_old_one_and_the_link_before() {
    let scratch = scratch().await;
    let store = scratch.store();
    has(&store, "ana", Role::Agent).await;

    let made = store
        .make_link(&link("one", Some("ana")), "hash one", &line("Reset."))
        .await
        .unwrap();
    let nobody = store
        .make_link(&link("x", Some("eve")), "hash x", &line("Reset."))
        .await
        .unwrap();
    let stopped = store.person("ana").await.unwrap().unwrap();
    store
        .make_link(&link("two", Some("ana")), "hash two", &line("Reset."))
        .await
        .unwrap();
    let old = store
        .use_password_link("hash one", "another", START)
        .await
        .unwrap();
    let new = store
        .use_password_link("hash two", "another", START)
        .await
        .unwrap();

    assert_eq!((made, nobody), (Linked::Made, Linked::ForNobody));
    assert!(!stopped.has_password());
    assert_eq!(
        (old, new),
        (UsedLink::Spent, UsedLink::Done("ana".to_owned()))
    );
    assert_eq!(
        store.person("ana").await.unwrap().unwrap().password_hash,
        "another"
    );
    assert!(store.invitations().await.unwrap().is_empty());
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_link_for_somebody_or_by_somebody_outlives_their_deactivation_at_the_same_time() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    has(&here, "eve", Role::Admin).await;
    for n in 0..8 {
        let (bob, ada) = (format!("bob{n}"), format!("ada{n}"));
        has(&here, &bob, Role::Agent).await;
        has(&here, &ada, Role::Admin).await;
        let reset = link(&format!("reset{n}"), Some(&bob));
        let invitation = Link {
            by: ada.clone(),
            ..link(&format!("invitation{n}"), None)
        };
        let (reset_hash, words) = (format!("hash {n}"), line("Done."));
        let invitation_hash = format!("another hash {n}");

        let (of_bob, made) = join(
            goes(&there, &bob),
            here.make_link(&reset, &reset_hash, &words),
        )
        .await;
        let (of_ada, invited) = join(
            goes(&there, &ada),
            here.make_link(&invitation, &invitation_hash, &words),
        )
        .await;

        assert_eq!((of_bob, of_ada), (Kept::Changed, Kept::Changed));
        assert!([Linked::Made, Linked::ForNobody].contains(&made.unwrap()));
        assert!([Linked::Made, Linked::ByNobody].contains(&invited.unwrap()));
        for hash in [&reset_hash, &invitation_hash] {
            assert_eq!(here.link(hash).await.unwrap(), None, "{n}: {hash}");
        }
    }
    there.close().await;
    done(scratch).await;
}

#[tokio::test]
async fn who_is_gone_gets_no_link_and_makes_none() {
    let scratch = scratch().await;
    let store = scratch.store();
    has(&store, "eve", Role::Admin).await;
    has(&store, "ada", Role::Admin).await;
    has(&store, "bob", Role::Agent).await;
    store
        .make_link(&link("old", None), "hash old", &line("Invited."))
        .await
        .unwrap();
    goes(&store, "bob").await;

    let late = store
        .make_link(&link("bobs", Some("bob")), "hash bobs", &line("Reset."))
        .await
        .unwrap();
    store.reactivate("bob", &line("Back.")).await.unwrap();
    goes(&store, "ada").await;
    let by_ada = store
        .make_link(&link("adas", None), "hash adas", &line("Invited."))
        .await
        .unwrap();

    assert_eq!((late, by_ada), (Linked::ForNobody, Linked::ByNobody));
    let bob = store.person("bob").await.unwrap().unwrap();
    assert!(bob.has_password(), "nothing was done to it");
    assert_eq!(store.invitations().await.unwrap(), []);
    done(scratch).await;
}

#[tokio::test]
async fn a_link_is_shown_once_and_to_whom_made_it() {
    let scratch = scratch().await;
    let store = scratch.store();
    store
        .make_link(&link("one", None), "hash", &line("Invited."))
        .await
        .unwrap();

    let others = store.show_link("one", "eve", START).await.unwrap();
    let first = store.show_link("one", "ada", START).await.unwrap();
    let second = store.show_link("one", "ada", START).await.unwrap();

    assert_eq!((others, second), (None, None));
    assert_eq!(first.map(|link| link.name).as_deref(), Some("Bea"));
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_processes_hear_that_somebody_was_signed_out() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    has(&here, "ana", Role::Agent).await;
    let mut wakes = here.people_wakes();
    wakes.mark_unchanged();

    here.sign_out("ana", &line("Signed out.")).await.unwrap();

    wakes.changed().await.unwrap();
    if there.is_shared() {
        let mut wakes = there.people_wakes();
        wakes.mark_unchanged();
        // Until the other listens, nothing is heard; what was told before is looked for when it does.
        while !wakes.has_changed().unwrap() {
            here.sign_out("ana", &line("Signed out.")).await.unwrap();
            tokio::task::yield_now().await;
        }
    }
    there.close().await;
    done(scratch).await;
}
