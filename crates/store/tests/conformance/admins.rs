//! Who counts as an admin: whoever can sign in as one, by a password or by a link to choose one.

use desk::Role;
use exchange::{Agent, Moment, UserName};
use store::{AgentChange, Audited, Kept, Link, Linked, NewPerson, PersonChange, Store, Version};

use crate::given::{START, done, scratch};

const LATER: Moment = Moment(START.0 + 60_000);

fn line(at: Moment) -> Audited {
    Audited {
        at,
        by: "ada".to_owned(),
        about: "people".to_owned(),
        what: "Did it.".to_owned(),
    }
}

async fn has(store: &Store, user_name: &str) {
    let person = NewPerson {
        user_name: user_name.to_owned(),
        name: user_name.to_owned(),
        role: Role::Admin,
        password_hash: "a hash".to_owned(),
    };
    assert!(store.add_person(&person, START).await.expect("it is added"));
}

/// A link until [`LATER`]: an invitation, or another password for somebody.
async fn links(store: &Store, id: &str, by: &str, user_name: Option<&str>) {
    let link = Link {
        id: id.to_owned(),
        user_name: user_name.map(str::to_owned),
        name: "Somebody".to_owned(),
        role: Role::Admin,
        teams: None,
        languages: Vec::new(),
        made: START,
        by: by.to_owned(),
        until: LATER,
        used: None,
    };
    let (hash, line) = (format!("hash {id}"), line(START));
    let made = store.make_link(&link, &hash, &line).await;
    assert_eq!(made.expect("the database answers"), Linked::Made);
}

async fn takes_off(store: &Store, user_name: &str, at: Moment) -> Kept {
    let user = UserName::parse(user_name).expect("a user name");
    let off = AgentChange {
        agent: Agent::new(user, user_name.to_owned(), Vec::new(), START),
        was: Version(0),
    };
    let kept = store.deactivate(user_name, &off, at, &line(at)).await;
    kept.expect("the database answers")
}

#[tokio::test]
async fn who_has_no_password_and_no_open_link_is_no_admin() {
    let scratch = scratch().await;
    let store = scratch.store();
    has(&store, "zed").await;

    links(&store, "one", "command-line", Some("zed")).await;

    assert!(store.has_admin(START).await.unwrap());
    assert!(!store.has_admin(LATER).await.unwrap());
    store.open_setup("hash", LATER).await.unwrap();
    assert!(store.setup_is_open("hash", LATER).await.unwrap());
    has(&store, "ada").await;
    assert!(!store.setup_is_open("hash", LATER).await.unwrap());
    assert_eq!(takes_off(&store, "ada", LATER).await, Kept::LastAdmin);
    assert_eq!(takes_off(&store, "ada", START).await, Kept::Changed);
    done(scratch).await;
}

#[tokio::test]
async fn an_admin_whose_only_way_in_was_made_by_whoever_goes_is_the_last_no_less() {
    let scratch = scratch().await;
    let store = scratch.store();
    has(&store, "ada").await;
    has(&store, "bea").await;
    links(&store, "one", "bea", Some("ada")).await;

    assert_eq!(takes_off(&store, "bea", START).await, Kept::LastAdmin);

    assert!(store.link("hash one").await.unwrap().is_some());
    done(scratch).await;
}

#[tokio::test]
async fn the_links_of_who_is_an_admin_no_more_end_and_those_of_others_stay() {
    let scratch = scratch().await;
    let store = scratch.store();
    for user_name in ["ada", "bea", "cal"] {
        has(&store, user_name).await;
        links(&store, user_name, user_name, None).await;
    }
    let down = PersonChange {
        user_name: "cal",
        decided_on: 0,
        name: "cal",
        role: Role::Supervisor,
        teams: None,
        languages: &[],
    };

    let off = takes_off(&store, "bea", START).await;
    let lower = store.change_person(&down, &line(START)).await.unwrap();

    assert_eq!((off, lower), (Kept::Changed, Kept::Changed));
    let left: Vec<String> = store
        .invitations()
        .await
        .unwrap()
        .into_iter()
        .map(|link| link.by)
        .collect();
    assert_eq!(left, ["ada"]);
    done(scratch).await;
}

#[tokio::test]
async fn an_invitation_is_made_anew_whole_or_not_at_all() {
    let scratch = scratch().await;
    let store = scratch.store();
    links(&store, "one", "ada", None).await;
    let old = store.invitations().await.unwrap().remove(0);
    let anew = Link {
        id: "two".to_owned(),
        ..old.clone()
    };

    let clash = store
        .invite_anew("one", &old, "hash one", &line(START))
        .await;
    let taken = Link {
        id: "three".to_owned(),
        ..old
    };
    links(&store, "three", "ada", None).await;
    let failed = store
        .invite_anew("one", &taken, "hash x", &line(START))
        .await;
    let done_anew = store
        .invite_anew("one", &anew, "hash two", &line(START))
        .await;
    let gone = store
        .invite_anew("one", &anew, "hash four", &line(START))
        .await;

    assert!(clash.unwrap(), "its own id is free by then");
    assert!(failed.is_err(), "another link has the id");
    assert!(done_anew.unwrap(), "the first was not lost");
    assert!(!gone.unwrap());
    assert!(store.link("hash one").await.unwrap().is_none());
    assert!(store.link("hash two").await.unwrap().is_some());
    done(scratch).await;
}
