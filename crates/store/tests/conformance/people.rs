//! People, and the link that makes the first of them.

use desk::Role;
use futures::future::join;
use store::{Audited, NewPerson, Person};

use crate::given::{START, done, scratch};

#[tokio::test]
async fn somebody_added_is_found_by_user_name() {
    let scratch = scratch().await;
    let store = scratch.store();

    let added = store
        .add_person(&person("ada", Role::Supervisor), START)
        .await
        .unwrap();

    assert!(added);
    let found = store.person("ada").await.unwrap();
    let expected = Person {
        user_name: "ada".to_owned(),
        name: "Name of ada".to_owned(),
        role: Role::Supervisor,
        teams: None,
        languages: Vec::new(),
        password_hash: "hash of ada".to_owned(),
        created: START,
        seen: None,
        deactivated: None,
        version: 0,
    };
    assert!(found == Some(expected));
    assert!(store.person("bob").await.unwrap().is_none());
    done(scratch).await;
}

#[tokio::test]
async fn a_user_name_is_given_once() {
    let scratch = scratch().await;
    let store = scratch.store();
    store
        .add_person(&person("ada", Role::Admin), START)
        .await
        .unwrap();

    let added = store
        .add_person(&person("ada", Role::Agent), START)
        .await
        .unwrap();

    assert!(!added);
    assert_eq!(
        store.person("ada").await.unwrap().unwrap().role,
        Role::Admin
    );
    done(scratch).await;
}

#[tokio::test]
async fn people_are_listed_by_user_name() {
    let scratch = scratch().await;
    let store = scratch.store();
    for name in ["cleo", "ada", "bob"] {
        store
            .add_person(&person(name, Role::Agent), START)
            .await
            .unwrap();
    }

    let people = store.people().await.unwrap();

    let names: Vec<String> = people.into_iter().map(|person| person.user_name).collect();
    assert_eq!(names, ["ada", "bob", "cleo"]);
    done(scratch).await;
}

#[tokio::test]
async fn roles_and_passwords_can_be_changed() {
    let scratch = scratch().await;
    let store = scratch.store();
    store
        .add_person(&person("ada", Role::Agent), START)
        .await
        .unwrap();
    assert!(!store.has_admin(START).await.unwrap());

    assert!(store.set_role("ada", Role::Admin).await.unwrap());
    assert!(store.set_password("ada", "another", &line()).await.unwrap());

    assert!(store.has_admin(START).await.unwrap());
    assert_eq!(
        store.person("ada").await.unwrap().unwrap().password_hash,
        "another"
    );
    assert!(!store.set_role("nobody", Role::Admin).await.unwrap());
    assert!(!store.set_password("nobody", "x", &line()).await.unwrap());
    done(scratch).await;
}

#[tokio::test]
async fn a_set_up_link_makes_one_admin() {
    let scratch = scratch().await;
    let store = scratch.store();
    store.open_setup("hash", START).await.unwrap();

    assert!(store.setup_is_open("hash", START).await.unwrap());
    assert!(
        !store
            .use_setup("other", &person("eve", Role::Admin), START)
            .await
            .unwrap()
    );
    assert!(
        store
            .use_setup("hash", &person("ada", Role::Admin), START)
            .await
            .unwrap()
    );
    assert!(!store.setup_is_open("hash", START).await.unwrap());
    assert!(
        !store
            .use_setup("hash", &person("eve", Role::Admin), START)
            .await
            .unwrap()
    );

    assert_eq!(store.people().await.unwrap().len(), 1);
    let said = store.audited().await.unwrap();
    assert_eq!(said.len(), 1, "what was refused is not written");
    assert_eq!(
        (said[0].by.as_str(), said[0].about.as_str()),
        ("ada", "ada")
    );
    assert!(said[0].what.contains("became the first admin"), "{said:?}");
    done(scratch).await;
}

#[tokio::test]
async fn who_is_enlisted_or_given_a_password_is_written_down_and_nobody_who_is_not() {
    let scratch = scratch().await;
    let store = scratch.store();
    let ada = person("ada", Role::Admin);

    assert!(store.enlist(&ada, &line()).await.unwrap());
    assert!(!store.enlist(&ada, &line()).await.unwrap());
    assert!(store.set_password("ada", "another", &line()).await.unwrap());
    assert!(!store.set_password("eve", "another", &line()).await.unwrap());

    assert_eq!(store.audited().await.unwrap(), [line(), line()]);
    done(scratch).await;
}

#[tokio::test]
async fn no_link_makes_an_admin_where_there_is_one() {
    let scratch = scratch().await;
    let store = scratch.store();
    store.open_setup("hash", START).await.unwrap();
    store
        .add_person(&person("ada", Role::Admin), START)
        .await
        .unwrap();

    assert!(!store.setup_is_open("hash", START).await.unwrap());
    assert!(
        !store
            .use_setup("hash", &person("eve", Role::Admin), START)
            .await
            .unwrap()
    );
    done(scratch).await;
}

#[tokio::test]
async fn a_link_outlives_a_user_name_that_is_taken() {
    let scratch = scratch().await;
    let store = scratch.store();
    store.open_setup("hash", START).await.unwrap();
    store
        .add_person(&person("ada", Role::Agent), START)
        .await
        .unwrap();

    assert!(
        !store
            .use_setup("hash", &person("ada", Role::Admin), START)
            .await
            .unwrap()
    );
    assert!(
        store
            .use_setup("hash", &person("bob", Role::Admin), START)
            .await
            .unwrap()
    );
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_use_links_at_once_one_becomes_admin() {
    for (one, other) in [("hash", "hash"), ("hash", "another hash")] {
        let scratch = scratch().await;
        let (here, there) = (scratch.store(), scratch.another().await.unwrap());
        here.open_setup(one, START).await.unwrap();
        here.open_setup(other, START).await.unwrap();

        let (ada, bob) = (person("ada", Role::Admin), person("bob", Role::Admin));
        let (this, that) = join(
            here.use_setup(one, &ada, START),
            there.use_setup(other, &bob, START),
        )
        .await;

        assert!(this.unwrap() ^ that.unwrap());
        assert_eq!(here.people().await.unwrap().len(), 1);
        there.close().await;
        done(scratch).await;
    }
}

fn line() -> Audited {
    Audited {
        at: START,
        by: "command-line".to_owned(),
        about: "ada".to_owned(),
        what: "Did it.".to_owned(),
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
