//! What the store promises of menus: drafts that follow each other, versions that stay, and trials.

use std::collections::BTreeMap;

use exchange::menu::{Draft, DraftPlace};
use exchange::{Language, Menu, MenuId, Moment, NodeId, PlanEdit, PlanRows};
use store::{Audited, Mark, MenuDraft, PlanEditing, Store, Thing};

use crate::given::{done, scratch};

/// 2026-11-20 00:00 UTC.
const START: i64 = 1_795_132_800_000;
const HOUR: i64 = 3_600_000;

fn id() -> MenuId {
    MenuId::parse("hall").expect("an id")
}

fn draft(words: &str) -> Draft {
    let start = NodeId::parse("start").expect("an id");
    let mut place = DraftPlace::new(start, "Start");
    place.prompt.insert(Language::English, words.to_owned());
    Draft {
        name: "City hall".to_owned(),
        places: vec![place],
    }
}

fn menu(words: &str, version: u32) -> Menu {
    draft(words).menu(&id(), version).expect("it has a place")
}

fn saved(revision: i64, words: &str) -> MenuDraft {
    let mark = Mark {
        revision,
        at: Moment(START),
        by: "ada".to_owned(),
    };
    MenuDraft {
        revision,
        draft: draft(words),
        marks: BTreeMap::from([("start".to_owned(), mark)]),
        at: Moment(START),
        by: "ada".to_owned(),
    }
}

fn line() -> Audited {
    Audited {
        at: Moment(START),
        by: "ada".to_owned(),
        about: "hall".to_owned(),
        what: "Saved it.".to_owned(),
    }
}

async fn changes(store: &Store, edit: PlanEdit, hours: i64) {
    let editing = PlanEditing {
        decided_on: store.plan_version().await.expect("a version"),
        edits: &[edit],
        by: "ada",
        at: Moment(START + hours * HOUR),
        about: "hall",
        audit: "Changed it.",
    };
    let written = store
        .edit_plan(&editing)
        .await
        .expect("the database answers");
    assert!(written.is_some());
}

async fn goes_live(store: &Store, version: u32, hours: i64) {
    let edit = PlanEdit::PutMenu {
        menu: Box::new(menu(&format!("Version {version}."), version)),
        note: format!("The {version}"),
    };
    changes(store, edit, hours).await;
}

async fn past(store: &Store) -> Vec<u32> {
    let (_, rows) = store.plan().await.expect("the plan");
    rows.past_menus.iter().map(|menu| menu.version).collect()
}

#[tokio::test]
async fn a_draft_follows_the_revision_before_it_and_no_other() {
    let scratch = scratch().await;
    let store = scratch.store();
    assert_eq!(store.menu_draft(&id()).await.unwrap(), None);

    assert!(
        store
            .save_menu_draft(&id(), &saved(1, "One."), &line())
            .await
            .unwrap()
    );
    assert!(
        !store
            .save_menu_draft(&id(), &saved(1, "Another one."), &line())
            .await
            .unwrap()
    );
    assert!(
        store
            .save_menu_draft(&id(), &saved(2, "Two."), &line())
            .await
            .unwrap()
    );
    assert!(
        !store
            .save_menu_draft(&id(), &saved(4, "Four."), &line())
            .await
            .unwrap()
    );

    let stands = Some(saved(2, "Two."));
    assert_eq!(store.menu_draft(&id()).await.unwrap(), stands);
    assert_eq!(
        store.menu_drafts().await.unwrap().into_values().next(),
        stands
    );
    assert!(!store.drop_menu_draft(&id(), 1, &line()).await.unwrap());
    assert!(store.drop_menu_draft(&id(), 2, &line()).await.unwrap());
    assert!(!store.drop_menu_draft(&id(), 2, &line()).await.unwrap());
    let said = store.audited().await.unwrap().len();
    assert_eq!(said, 3, "what was not done is not written");
    assert_eq!(store.menu_draft(&id()).await.unwrap(), None);
    done(scratch).await;
}

#[tokio::test]
async fn every_version_is_kept_and_a_day_of_them_belongs_to_the_plan() {
    let scratch = scratch().await;
    let store = scratch.store();

    goes_live(&store, 1, 0).await;
    goes_live(&store, 2, 20).await;
    assert_eq!(past(&store).await, [1]);
    goes_live(&store, 3, 30).await;
    assert_eq!(past(&store).await, [1, 2]);
    goes_live(&store, 4, 50).await;

    assert_eq!(past(&store).await, [2, 3]);
    let (_, rows) = store.plan().await.unwrap();
    assert_eq!(rows.menus, [menu("Version 4.", 4)]);
    let versions = store.menu_versions(&id()).await.unwrap();
    let told: Vec<_> = versions
        .iter()
        .map(|version| {
            (
                version.menu.version,
                version.note.as_str(),
                version.gone.is_none(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (4, "The 4", true),
            (3, "The 3", false),
            (2, "The 2", false),
            (1, "The 1", false)
        ]
    );
    let change = store
        .latest_change(&Thing::Menu(id()))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (change.by.as_str(), change.at),
        ("ada", Moment(START + 50 * HOUR))
    );
    done(scratch).await;
}

#[tokio::test]
async fn a_menu_that_is_removed_stays_for_the_calls_in_it_and_its_numbers_go_on() {
    let scratch = scratch().await;
    let store = scratch.store();
    goes_live(&store, 1, 0).await;

    changes(&store, PlanEdit::RemoveMenu { menu: id() }, 1).await;

    let (_, rows) = store.plan().await.unwrap();
    assert_eq!((rows.menus.len(), rows.past_menus.len()), (0, 1));
    goes_live(&store, 2, 2).await;
    assert_eq!(store.menu_versions(&id()).await.unwrap().len(), 2);
    done(scratch).await;
}

#[tokio::test]
async fn what_a_plan_begins_with_is_the_first_version_of_each_menu() {
    let scratch = scratch().await;
    let store = scratch.store();
    let rows = PlanRows {
        menus: vec![menu("Installed.", 1)],
        ..PlanRows::default()
    };
    store.seed(&rows).await.unwrap();

    let versions = store.menu_versions(&id()).await.unwrap();

    assert_eq!(versions.len(), 1);
    assert_eq!((versions[0].live, versions[0].by.as_str()), (None, ""));
    done(scratch).await;
}

#[tokio::test]
async fn trials_have_numbers_of_their_own_and_go_after_a_day() {
    let scratch = scratch().await;
    let store = scratch.store();
    let tries = |number| PlanEdit::TryMenu {
        menu: Box::new(menu("Tried.", number)),
    };
    assert_eq!(store.next_menu_trial(&id()).await.unwrap(), 1);

    changes(&store, tries(1), 0).await;
    changes(&store, tries(2), 10).await;
    let (_, rows) = store.plan().await.unwrap();
    assert_eq!(rows.trials.len(), 2);
    assert_eq!(store.latest_change(&Thing::Menu(id())).await.unwrap(), None);
    changes(&store, tries(3), 30).await;

    let (_, rows) = store.plan().await.unwrap();
    let numbers: Vec<_> = rows.trials.iter().map(|menu| menu.version).collect();
    assert_eq!(numbers, [2, 3]);
    assert_eq!(store.next_menu_trial(&id()).await.unwrap(), 4);
    done(scratch).await;
}
