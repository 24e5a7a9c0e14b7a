//! Sessions, as the session layer expects of a store.

use std::collections::HashMap;

use store::{Audited, USER_NAME};
use time::{Duration, OffsetDateTime};
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};

use crate::given::{START, done, scratch};

#[tokio::test]
async fn a_session_is_loaded_as_it_was_created() {
    let scratch = scratch().await;
    let sessions = scratch.store().sessions();
    let mut record = record("ada", Duration::hours(1));

    sessions.create(&mut record).await.unwrap();

    assert_eq!(sessions.load(&record.id).await.unwrap(), Some(record));
    done(scratch).await;
}

#[tokio::test]
async fn a_session_whose_id_is_taken_gets_another() {
    let scratch = scratch().await;
    let sessions = scratch.store().sessions();
    let mut first = record("ada", Duration::hours(1));
    sessions.create(&mut first).await.unwrap();
    let mut second = Record {
        id: first.id,
        ..record("bob", Duration::hours(1))
    };

    sessions.create(&mut second).await.unwrap();

    assert_ne!(first.id, second.id);
    assert_eq!(sessions.load(&first.id).await.unwrap(), Some(first));
    assert_eq!(sessions.load(&second.id).await.unwrap(), Some(second));
    done(scratch).await;
}

#[tokio::test]
async fn a_saved_session_replaces_what_was_there() {
    let scratch = scratch().await;
    let sessions = scratch.store().sessions();
    let mut record = record("ada", Duration::hours(1));
    sessions.create(&mut record).await.unwrap();

    record.data.insert("page".to_owned(), 7.into());
    sessions.save(&record).await.unwrap();

    assert_eq!(sessions.load(&record.id).await.unwrap(), Some(record));
    done(scratch).await;
}

#[tokio::test]
async fn an_expired_session_is_not_found_and_goes_when_another_begins() {
    let scratch = scratch().await;
    let sessions = scratch.store().sessions();
    let mut expired = record("ada", Duration::seconds(-1));
    sessions.create(&mut expired).await.unwrap();
    assert_eq!(sessions.load(&expired.id).await.unwrap(), None);

    sessions
        .create(&mut record("bob", Duration::hours(1)))
        .await
        .unwrap();

    assert_eq!(db_sessions(scratch.url()).await, 1);
    done(scratch).await;
}

#[tokio::test]
async fn a_deleted_session_is_gone_and_an_unknown_one_is_nothing() {
    let scratch = scratch().await;
    let sessions = scratch.store().sessions();
    let mut record = record("ada", Duration::hours(1));
    sessions.create(&mut record).await.unwrap();

    sessions.delete(&record.id).await.unwrap();
    sessions.delete(&record.id).await.unwrap();

    assert_eq!(sessions.load(&record.id).await.unwrap(), None);
    done(scratch).await;
}

#[tokio::test]
async fn a_new_password_ends_the_sessions_of_that_person_only() {
    let scratch = scratch().await;
    let store = scratch.store();
    let sessions = store.sessions();
    let (mut ada, mut bob) = (
        record("ada", Duration::hours(1)),
        record("bob", Duration::hours(1)),
    );
    for (name, record) in [("ada", &mut ada), ("bob", &mut bob)] {
        let person = store::NewPerson {
            user_name: name.to_owned(),
            name: name.to_owned(),
            role: desk::Role::Agent,
            password_hash: "hash".to_owned(),
        };
        store.add_person(&person, START).await.unwrap();
        sessions.create(record).await.unwrap();
    }

    let line = Audited {
        at: START,
        by: "ada".to_owned(),
        about: "ada".to_owned(),
        what: "Another password.".to_owned(),
    };
    store.set_password("ada", "another", &line).await.unwrap();

    assert_eq!(sessions.load(&ada.id).await.unwrap(), None);
    assert_eq!(sessions.load(&bob.id).await.unwrap(), Some(bob));
    done(scratch).await;
}

fn record(user_name: &str, lasts: Duration) -> Record {
    Record {
        id: Id::default(),
        data: HashMap::from([(USER_NAME.to_owned(), user_name.into())]),
        expiry_date: soon() + lasts,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "sessions end by the session layer's own clock"
)]
fn soon() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

async fn db_sessions(url: &str) -> i64 {
    let pool = sqlx::AnyPool::connect(url)
        .await
        .expect("the scratch database");
    let count = sqlx::query_scalar("select count(*) from sessions")
        .fetch_one(&pool)
        .await;
    pool.close().await;
    count.expect("a count")
}
