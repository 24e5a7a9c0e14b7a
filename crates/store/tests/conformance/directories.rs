//! Directories as they change: what a change was decided on, what is kept of it, and files that wait for a yes.

use std::collections::BTreeMap;

use exchange::{Directory, DirectoryId, DirectoryShape, Moment, Office, OfficeId};
use store::{ChangeKind, DirectoryChange, PlanVersion, Store, Upload};

use crate::given::{START, done, number, scratch};

#[tokio::test]
async fn a_change_that_was_decided_on_an_older_plan_changes_nothing() {
    let scratch = scratch().await;
    let store = &scratch.store();
    let planets = directory();
    let first = store
        .change_directory(&change(&planets, &[mars()], 1))
        .await
        .unwrap();

    let stale = store
        .change_directory(&change(&planets, &[], 1))
        .await
        .unwrap();

    assert_eq!((first, stale), (Some(PlanVersion(2)), None));
    assert_eq!(store.offices(&planets.id).await.unwrap(), [mars()]);
    assert_eq!(store.plan_version().await.unwrap(), PlanVersion(2));
    assert_eq!(store.audited().await.unwrap().len(), 1);
    done(scratch).await;
}

#[tokio::test]
async fn what_was_changed_is_kept_with_who_did_it_when_and_what_was_before() {
    let scratch = scratch().await;
    let store = &scratch.store();
    let planets = directory();
    let renamed = Office {
        name: "Red".to_owned(),
        ..mars()
    };
    let header = ["key".to_owned(), "name".to_owned()];
    let made = DirectoryChange {
        shape: Some(DirectoryShape::List),
        header: Some(&header),
        kind: ChangeKind::Made,
        ..change(&planets, &[], 1)
    };
    store.change_directory(&made).await.unwrap();
    store
        .change_directory(&change(&planets, &[mars()], 2))
        .await
        .unwrap();
    let renewed = Directory {
        as_of: "2026-11-21".to_owned(),
        ..planets.clone()
    };
    store
        .change_directory(&change(&renewed, std::slice::from_ref(&renamed), 3))
        .await
        .unwrap();
    let offices = [mars()];
    let undo = DirectoryChange {
        kind: ChangeKind::Undo,
        undoes: Some(PlanVersion(4)),
        ..change(&planets, &offices, 4)
    };
    store.change_directory(&undo).await.unwrap();

    let (count, history) = store.directory_history(&planets.id, 0, 3).await.unwrap();
    let touched = store
        .office_changes(&planets.id, PlanVersion(4), 10)
        .await
        .unwrap();
    let kept = store.directory(&planets.id).await.unwrap().unwrap();

    assert_eq!(count, 4);
    let told: Vec<_> = history
        .iter()
        .map(|change| (change.version.0, change.kind, change.counts))
        .collect();
    assert_eq!(
        told,
        [
            (5, ChangeKind::Undo, [0, 1, 0]),
            (4, ChangeKind::Edited, [0, 1, 0]),
            (3, ChangeKind::Edited, [1, 0, 0]),
        ]
    );
    assert_eq!(history[1].undone_by, Some(PlanVersion(5)));
    assert_eq!(history[1].directory, (Some(planets.clone()), Some(renewed)));
    assert_eq!(history[2].directory, (None, None));
    assert_eq!((history[0].by.as_str(), history[0].at), ("ada", START));
    assert_eq!(touched.len(), 1);
    assert_eq!(
        (&touched[0].before, &touched[0].after),
        (&Some(mars()), &Some(renamed))
    );
    assert_eq!(kept.versions.get(&mars().id), Some(&PlanVersion(5)));
    assert_eq!(kept.shape, Some(DirectoryShape::List));
    assert_eq!(kept.header, header);
    let listed = store.directories().await.unwrap();
    assert_eq!((listed[0].offices, listed[0].is_by_region), (1, false));
    assert_eq!(listed[0].changed, Some((START, "ada".to_owned())));
    done(scratch).await;
}

#[tokio::test]
async fn a_file_waits_a_day_for_the_one_who_handed_it_in() {
    let scratch = scratch().await;
    let store = &scratch.store();
    let file = |id: &str, by: &str| Upload {
        id: id.to_owned(),
        directory: directory().id,
        name: "planets.csv".to_owned(),
        content: "id,name\n".to_owned(),
        by: by.to_owned(),
    };
    store.keep_upload(&file("one", "ada"), START).await.unwrap();
    store.keep_upload(&file("two", "bob"), START).await.unwrap();
    assert_eq!(kept(store, "one", "ada").await, Some(file("one", "ada")));
    assert_eq!(
        kept(store, "one", "bob").await,
        None,
        "it is somebody else's"
    );

    store
        .keep_upload(&file("three", "ada"), START)
        .await
        .unwrap();
    assert_eq!(
        kept(store, "one", "ada").await,
        None,
        "another took its place"
    );
    let tomorrow = Moment(START.0 + 25 * 60 * 60 * 1_000);
    store
        .keep_upload(&file("four", "amy"), tomorrow)
        .await
        .unwrap();

    assert_eq!(kept(store, "three", "ada").await, None, "a day has passed");
    assert_eq!(kept(store, "two", "bob").await, None, "a day has passed");
    store.drop_upload("four").await.unwrap();
    assert_eq!(kept(store, "four", "amy").await, None);
    done(scratch).await;
}

async fn kept(store: &Store, id: &str, by: &str) -> Option<Upload> {
    store
        .upload(id, &directory().id, by)
        .await
        .expect("files are read")
}

fn change<'a>(
    directory: &'a Directory,
    offices: &'a [Office],
    decided_on: i64,
) -> DirectoryChange<'a> {
    DirectoryChange {
        decided_on: PlanVersion(decided_on),
        directory,
        shape: None,
        header: None,
        offices,
        kind: ChangeKind::Edited,
        about: "Mars",
        undoes: None,
        by: "ada",
        at: START,
        audit: "Changed Mars.",
    }
}

fn directory() -> Directory {
    Directory {
        id: DirectoryId::parse("planets").expect("an id"),
        name: "Planets".to_owned(),
        source: "a test".to_owned(),
        as_of: "2026-11-20".to_owned(),
    }
}

fn mars() -> Office {
    Office {
        directory: directory().id,
        id: OfficeId::parse("mars").expect("an id"),
        region: None,
        position: 1,
        name: "Mars".to_owned(),
        title: "Planet".to_owned(),
        phone: number("+12025550199"),
        details: BTreeMap::new(),
    }
}
