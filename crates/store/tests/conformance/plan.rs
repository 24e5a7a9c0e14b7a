//! The plan, as rows in and out.

use std::collections::BTreeMap;

use exchange::{
    AreaCode, Directory, DirectoryId, Language, LineKind, Menu, MenuId, Node, NodeId, Office,
    OfficeId, PlanRows, PromptRow, Region, RegionAction, RegionCode, Zip, ZipRange, ZipSpan,
};
use futures::future::join;
use store::{PlanVersion, Seeded};

use crate::given::{START, done, line, number, scratch};

#[tokio::test]
async fn a_plan_is_read_as_it_was_seeded() {
    let scratch = scratch().await;
    let store = scratch.store();

    let seeded = store.seed(&rows()).await.unwrap();

    assert_eq!(seeded, Seeded::Planted);
    let (version, read) = store.plan().await.unwrap();
    assert_eq!(version, PlanVersion(2));
    assert_eq!(store.plan_version().await.unwrap(), version);
    assert_eq!(read, rows());
    done(scratch).await;
}

#[tokio::test]
async fn an_empty_database_has_an_empty_plan() {
    let scratch = scratch().await;

    let (version, read) = scratch.store().plan().await.unwrap();

    assert_eq!((version, read), (PlanVersion(1), PlanRows::default()));
    done(scratch).await;
}

#[tokio::test]
async fn a_plan_is_seeded_once() {
    let scratch = scratch().await;
    let store = scratch.store();
    store.seed(&rows()).await.unwrap();
    let more = PlanRows {
        lines: vec![line("another")],
        ..PlanRows::default()
    };

    let again = store.seed(&more).await.unwrap();

    assert_eq!(again, Seeded::AlreadyThere);
    assert_eq!(store.plan().await.unwrap(), (PlanVersion(2), rows()));
    done(scratch).await;
}

#[tokio::test]
async fn a_prompt_that_an_older_plan_lacks_is_added_and_no_other_is_touched() {
    let scratch = scratch().await;
    let store = scratch.store();
    store.seed(&rows()).await.unwrap();
    let kept = rows().prompts[0].clone();
    let text = |key: &str, language, text: &str| PromptRow {
        line: None,
        language,
        key: key.to_owned(),
        text: text.to_owned(),
    };
    let offered = [
        text(&kept.key, kept.language, "Other words."),
        text("brand_new", kept.language, "New words."),
        text(
            "brand_new",
            Language::Japanese,
            "A language that is not spoken here.",
        ),
    ];

    let added = store.add_missing_prompts(&offered).await.unwrap();
    let again = store.add_missing_prompts(&offered).await.unwrap();

    assert_eq!((added, again), (1, 0));
    let (version, read) = store.plan().await.unwrap();
    assert_eq!(version, PlanVersion(3));
    assert!(read.prompts.contains(&kept) && read.prompts.contains(&offered[1]));
    assert_eq!(read.prompts.len(), rows().prompts.len() + 1);
    done(scratch).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_seed_at_once_one_plants() {
    let scratch = scratch().await;
    let (here, there) = (scratch.store(), scratch.another().await.unwrap());
    let rows = rows();

    let (this, that) = join(here.seed(&rows), there.seed(&rows)).await;

    let outcomes = [this.unwrap(), that.unwrap()];
    assert!(outcomes.contains(&Seeded::Planted) && outcomes.contains(&Seeded::AlreadyThere));
    there.close().await;
    done(scratch).await;
}

#[tokio::test]
async fn offices_are_replaced_together_and_the_plan_moves_on() {
    let scratch = scratch().await;
    let store = scratch.store();
    store.seed(&rows()).await.unwrap();
    let renewed = Directory {
        as_of: "2026-11-20".to_owned(),
        ..directory("senators")
    };
    let offices = [office("senators", "b", 1), office("senators", "c", 2)];

    store
        .replace_offices(&renewed, &offices, "ada", START)
        .await
        .unwrap();

    assert_eq!(store.offices(&renewed.id).await.unwrap(), offices);
    let (version, read) = store.plan().await.unwrap();
    assert_eq!(version, PlanVersion(3));
    assert!(read.directories.contains(&renewed));
    assert!(read.offices.contains(&office("planets", "mars", 1)));
    done(scratch).await;
}

#[tokio::test]
async fn what_a_replacement_changed_is_noted_and_nothing_else() {
    let scratch = scratch().await;
    let store = scratch.store();
    store.seed(&rows()).await.unwrap();
    let renamed = Office {
        name: "Renamed".to_owned(),
        ..office("senators", "a", 1)
    };
    let offices = [renamed, office("senators", "c", 3)];

    store
        .replace_offices(&directory("senators"), &offices, "ada", START)
        .await
        .unwrap();
    store
        .replace_offices(&directory("senators"), &offices, "bob", START)
        .await
        .unwrap();

    let noted: Vec<_> = db_changes(scratch.url()).await;
    assert_eq!(
        noted,
        [
            ("a".to_owned(), true, true, "ada".to_owned()),
            ("b".to_owned(), true, false, "ada".to_owned()),
            ("c".to_owned(), false, true, "ada".to_owned()),
        ]
    );
    done(scratch).await;
}

#[tokio::test]
async fn offices_that_cannot_all_be_written_are_none_of_them() {
    let scratch = scratch().await;
    let store = scratch.store();
    store.seed(&rows()).await.unwrap();
    let twice = [office("senators", "x", 1), office("senators", "x", 2)];

    let refused = store
        .replace_offices(&directory("senators"), &twice, "ada", START)
        .await;

    assert!(refused.is_err());
    assert_eq!(store.plan().await.unwrap(), (PlanVersion(2), rows()));
    done(scratch).await;
}

#[tokio::test]
async fn a_directory_that_is_not_there_is_made() {
    let scratch = scratch().await;
    let store = scratch.store();
    let offices = [office("branches", "oslo", 1)];

    store
        .replace_offices(&directory("branches"), &offices, "ada", START)
        .await
        .unwrap();

    let (_, read) = store.plan().await.unwrap();
    assert_eq!(read.directories, [directory("branches")]);
    assert_eq!(read.offices, offices);
    done(scratch).await;
}

fn rows() -> PlanRows {
    let menu = MenuId::parse("planets").expect("an id");
    let mut tree = line("tree");
    tree.kind = LineKind::Menu { menu: menu.clone() };
    tree.number = Some(number("+12025550100"));
    tree.person = Some(number("+12025550101"));
    tree.voice = Some("Polly.Joanna-Neural".to_owned());
    tree.language = Language::Japanese;
    PlanRows {
        lines: vec![line("senators"), tree],
        directories: vec![directory("planets"), directory("senators")],
        offices: vec![
            office("planets", "mars", 1),
            office("senators", "a", 1),
            office("senators", "b", 2),
        ],
        regions: vec![Region {
            code: region("CA"),
            name: "California".to_owned(),
            kind: "state".to_owned(),
            country: "US".to_owned(),
            action: RegionAction::AskHomeZip,
            time_zone: Some("America/Los_Angeles".to_owned()),
        }],
        zip_ranges: vec![ZipRange {
            first: zip("90001"),
            last: zip("96199"),
            region: region("CA"),
        }],
        zip_spans: vec![ZipSpan {
            zip: zip("89439"),
            region: region("CA"),
            others: vec![region("NV")],
            other_share: 0.1,
        }],
        area_codes: vec![AreaCode {
            code: "213".to_owned(),
            region: region("CA"),
            country: "US".to_owned(),
        }],
        menus: vec![Menu {
            id: menu,
            name: "Planets".to_owned(),
            root: NodeId::parse("main").expect("an id"),
            nodes: BTreeMap::from([(
                NodeId::parse("main").expect("an id"),
                Node {
                    name: String::new(),
                    prompt: BTreeMap::from([(Language::English, "Press 1.".to_owned())]),
                    choices: BTreeMap::new(),
                },
            )]),
            version: 1,
        }],
        past_menus: Vec::new(),
        trials: Vec::new(),
        prompts: vec![PromptRow {
            line: None,
            language: Language::Spanish,
            key: "goodbye".to_owned(),
            text: "Adi\u{f3}s.".to_owned(),
        }],
    }
}

fn directory(id: &str) -> Directory {
    Directory {
        id: DirectoryId::parse(id).expect("a directory id"),
        name: format!("The {id}"),
        source: "a test".to_owned(),
        as_of: "2026-01-01".to_owned(),
    }
}

fn office(directory: &str, id: &str, position: u16) -> Office {
    Office {
        directory: DirectoryId::parse(directory).expect("a directory id"),
        id: OfficeId::parse(id).expect("an office id"),
        region: (directory == "senators").then(|| region("CA")),
        position,
        name: format!("Office {id}"),
        title: "Senator".to_owned(),
        phone: number("+12025550199"),
        details: BTreeMap::from([("party".to_owned(), "independent".to_owned())]),
    }
}

fn region(code: &str) -> RegionCode {
    RegionCode::parse(code).expect("a region code")
}

fn zip(code: &str) -> Zip {
    Zip::parse(code).expect("a ZIP code")
}

/// Office, whether it was there before and after, and who changed it.
async fn db_changes(url: &str) -> Vec<(String, bool, bool, String)> {
    let pool = sqlx::AnyPool::connect(url)
        .await
        .expect("the scratch database");
    let rows: Vec<(String, Option<String>, Option<String>, String)> = sqlx::query_as(
        "select office_id, before, after, changed_by from office_changes order by plan_version, office_id",
    )
    .fetch_all(&pool)
    .await
    .expect("the changes");
    pool.close().await;
    rows.into_iter()
        .map(|(id, before, after, by)| (id, before.is_some(), after.is_some(), by))
        .collect()
}
