//! Whether a database is a demonstration's or a real account's.

use desk::Role;
use exchange::{Agent, UserName};
use store::{AgentChange, Audited, NewPerson, Version};
use time::OffsetDateTime;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};

use crate::given::{START, call, change, committed, done, scratch};

#[tokio::test]
async fn a_database_with_calls_and_no_mark_is_a_real_accounts() {
    let scratch = scratch().await;
    let store = scratch.store();
    committed(&store, change(call(1), 0)).await;

    assert!(!store.mark_demonstration().await.unwrap());
    done(scratch).await;
}

#[tokio::test]
async fn a_demonstration_stays_one_with_its_calls_until_a_real_account_takes_over() {
    let scratch = scratch().await;
    let store = scratch.store();

    assert!(store.mark_demonstration().await.unwrap());
    committed(&store, change(call(1), 0)).await;
    assert!(store.mark_demonstration().await.unwrap());
    store.unmark_demonstration().await.unwrap();

    assert!(!store.mark_demonstration().await.unwrap());
    done(scratch).await;
}

#[tokio::test]
async fn the_people_of_a_demonstration_go_when_a_real_account_takes_over() {
    let scratch = scratch().await;
    let store = scratch.store();
    store.mark_demonstration().await.unwrap();
    let theirs = NewPerson::of_demonstration("admin", "Admin", Role::Admin);
    let own = NewPerson {
        user_name: "ada".to_owned(),
        name: "Ada".to_owned(),
        role: Role::Supervisor,
        password_hash: "hash of ada".to_owned(),
    };
    for person in [theirs, own] {
        assert!(store.add_person(&person, START).await.unwrap());
    }
    let mut session = Record {
        id: Id::default(),
        data: [(store::USER_NAME.to_owned(), "admin".into())].into(),
        expiry_date: OffsetDateTime::from_unix_timestamp(4_102_444_800).unwrap(),
    };
    store.sessions().create(&mut session).await.unwrap();
    let user = UserName::parse("admin").unwrap();
    let agent = AgentChange {
        agent: Agent::new(user.clone(), "Admin".to_owned(), Vec::new(), START),
        was: Version(0),
    };
    store.commit_agent(&agent, None).await.unwrap();

    let before = (
        store.has_admin(START).await.unwrap(),
        store.person("admin").await.unwrap().unwrap(),
    );
    store.unmark_demonstration().await.unwrap();

    assert!(!before.0, "an admin without a password is none");
    assert!(before.1.is_of_demonstration());
    let left: Vec<String> = store
        .people()
        .await
        .unwrap()
        .into_iter()
        .map(|person| person.user_name)
        .collect();
    assert_eq!(left, ["ada"]);
    assert_eq!(store.sessions().load(&session.id).await.unwrap(), None);
    assert_eq!(store.agent(&user).await.unwrap(), None);
    done(scratch).await;
}

#[tokio::test]
async fn who_was_given_a_password_in_a_demonstration_stays() {
    let scratch = scratch().await;
    let store = scratch.store();
    store.mark_demonstration().await.unwrap();
    let person = NewPerson::of_demonstration("agent1", "Agent 1", Role::Agent);
    store.add_person(&person, START).await.unwrap();

    let line = Audited {
        at: START,
        by: "agent1".to_owned(),
        about: "agent1".to_owned(),
        what: "Another password.".to_owned(),
    };
    store.set_password("agent1", "a hash", &line).await.unwrap();
    store.unmark_demonstration().await.unwrap();

    let agent1 = store.person("agent1").await.unwrap().unwrap();
    assert!(!agent1.is_of_demonstration());
    done(scratch).await;
}
