//! Lines and prompts changed by hand: with who did it, what was before, and only on the plan that they were decided on.

use exchange::{Hours, Language, LineId, LineKind, PlanEdit, PlanRows, PromptRow, Span};
use store::{PlanEditing, PlanVersion, Store, Thing};

use crate::given::{START, done, line, scratch};

fn says(line: Option<&str>, text: &str) -> PromptRow {
    PromptRow {
        line: line.map(|id| LineId::parse(id).expect("an id")),
        language: Language::English,
        key: "goodbye".to_owned(),
        text: text.to_owned(),
    }
}

fn hours() -> Hours {
    let mut week: [Vec<Span>; 7] = Default::default();
    week[0].push(Span {
        from_minute: 540,
        to_minute: 1_020,
    });
    Hours {
        zone: "UTC".to_owned(),
        week,
        ..Hours::default()
    }
}

async fn edits(store: &Store, on: PlanVersion, edits: &[PlanEdit]) -> Option<PlanVersion> {
    let editing = PlanEditing {
        decided_on: on,
        edits,
        by: "ada",
        at: START,
        about: "help",
        audit: "Changed help.",
    };
    let made = store.edit_plan(&editing).await;
    made.expect("the plan is changed")
}

async fn planted(store: &Store) -> PlanVersion {
    let rows = PlanRows {
        lines: vec![line("help")],
        prompts: vec![says(None, "Bye."), says(Some("help"), "So long.")],
        ..PlanRows::default()
    };
    store.seed(&rows).await.expect("an empty database");
    store.plan_version().await.expect("a version")
}

#[tokio::test]
async fn a_line_is_changed_with_its_hours_and_what_it_was_is_kept() {
    let scratch = scratch().await;
    let store = scratch.store();
    let version = planted(&store).await;
    let mut changed = line("help");
    changed.hours = Some(hours());
    changed.name = "Help desk".to_owned();
    let edit = PlanEdit::PutLine {
        line: Box::new(changed.clone()),
    };

    let made = edits(&store, version, std::slice::from_ref(&edit)).await;
    let late = edits(&store, version, &[edit]).await;

    let made = made.expect("the plan has not moved on");
    assert_eq!(late, None, "it was decided on a plan that is past");
    let (_, rows) = store.plan().await.expect("the plan");
    assert_eq!(rows.lines, [changed.clone()]);
    let thing = Thing::Line(changed.id.clone());
    let change = store.latest_change(&thing).await.expect("the changes");
    let change = change.expect("a change");
    assert_eq!((change.version, change.by.as_str()), (made, "ada"));
    assert_eq!(change.before, serde_json::to_string(&line("help")).ok());
    assert_eq!(change.after, serde_json::to_string(&changed).ok());
    let audited = store.audited().await.expect("the audit");
    assert_eq!(audited.len(), 1);
    assert_eq!(audited[0].what, "Changed help.");
    let changes = store.line_changes().await.expect("the changes");
    assert_eq!(changes["help"], (START, "ada".to_owned()));
    done(scratch).await;
}

#[tokio::test]
async fn prompts_are_put_and_taken_away_and_go_with_their_line() {
    let scratch = scratch().await;
    let store = scratch.store();
    let version = planted(&store).await;
    let prompts = || async {
        let (_, rows) = store.plan().await.expect("the plan");
        rows.prompts
    };

    let row = says(Some("help"), "Farewell.");
    let version = edits(&store, version, &[PlanEdit::PutPrompt { row: row.clone() }]).await;
    assert_eq!(prompts().await, [says(None, "Bye."), row.clone()]);
    let remove = PlanEdit::RemovePrompt {
        line: row.line.clone(),
        language: row.language,
        key: row.key.clone(),
    };
    let version = edits(&store, version.expect("it is made"), &[remove]).await;
    assert_eq!(prompts().await, [says(None, "Bye.")]);

    let help = LineId::parse("help").expect("an id");
    let both = [
        PlanEdit::PutPrompt { row },
        PlanEdit::RemoveLine { line: help.clone() },
    ];
    edits(&store, version.expect("it is made"), &both).await;

    assert_eq!(prompts().await, [says(None, "Bye.")]);
    let (_, rows) = store.plan().await.expect("the plan");
    assert_eq!(rows.lines, []);
    let change = store.latest_change(&Thing::Line(help)).await;
    assert_eq!(change.expect("the changes").expect("a change").after, None);
    done(scratch).await;
}

#[tokio::test]
async fn a_row_from_before_keeps_its_hours_in_its_settings_and_is_read() {
    let scratch = scratch().await;
    let store = scratch.store();
    planted(&store).await;
    let hours = hours();
    db_write_as_before(scratch.url(), &hours).await;

    let (_, rows) = store.plan().await.expect("the plan");

    assert_eq!(rows.lines[0].hours, Some(hours));
    assert!(matches!(rows.lines[0].kind, LineKind::Support(_)));
    done(scratch).await;
}

/// The line as releases wrote it that knew hours of support lines alone.
async fn db_write_as_before(url: &str, hours: &Hours) {
    let pool = sqlx::AnyPool::connect(url)
        .await
        .expect("the scratch database");
    let kind = serde_json::json!({"kind": "support", "team": "night", "hours": hours});
    let changed = sqlx::query("update lines set kind = $1, hours = null where id = 'help'")
        .bind(kind.to_string())
        .execute(&pool)
        .await
        .expect("the row is written");
    assert_eq!(changed.rows_affected(), 1);
    pool.close().await;
}
