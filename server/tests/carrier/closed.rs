//! Lines that admins change between calls, told from both ends of the wire.

use exchange::{Hours, Line, PlanEdit, Prompt, PromptRow, Span};
use store::PlanEditing;

use crate::person::{outcomes, stage};
use crate::stage::Stage;

impl Stage {
    /// An admin has changed the plan.
    async fn db_edits(&self, edit: PlanEdit) {
        let store = &self.state.store;
        let decided_on = store.plan_version().await.expect("the plan's version");
        let editing = PlanEditing {
            decided_on,
            edits: &[edit],
            by: "ada",
            at: self.state.clock.now(),
            about: "planets",
            audit: "Changed it.",
        };
        let made = store.edit_plan(&editing).await;
        assert!(made.expect("the plan is changed").is_some());
    }

    async fn db_line(&self, id: &str) -> Line {
        let (_, rows) = self.state.store.plan().await.expect("the plan");
        let line = rows.lines.into_iter().find(|line| line.id.as_str() == id);
        line.expect("a line of the seeds")
    }
}

/// Open on Fridays in New York. The stage begins there on Thursday evening, five hours before.
fn fridays() -> Hours {
    let mut week: [Vec<Span>; 7] = Default::default();
    week[4].push(Span {
        from_minute: 0,
        to_minute: 1_440,
    });
    Hours {
        zone: "America/New_York".to_owned(),
        week,
        ..Hours::default()
    }
}

#[tokio::test]
async fn a_closed_line_says_so_until_its_own_day_begins() {
    let mut stage = stage().await;
    let line = Line {
        hours: Some(fridays()),
        ..stage.db_line("planets").await
    };
    let line = Box::new(line);
    stage.db_edits(PlanEdit::PutLine { line }).await;

    let early = stage.ida_calls("planets").await;
    stage.is_over(&early).await;
    stage.passes(5 * 3_600_000).await;
    let late = stage.ida_calls("planets").await;
    stage.presses(&late, "1").await;
    stage.is_over(&late).await;

    let heard = stage.said_to(&early).concat();
    assert!(
        heard.contains("This line is closed right now. It opens again tomorrow at 12 AM."),
        "{heard}"
    );
    let page = stage.page_of(&early, true).await;
    assert_eq!(outcomes(&page), (Some("closed"), vec![]));
    let page = stage.page_of(&late, true).await;
    assert_eq!(outcomes(&page), (Some("informed"), vec![]));
    stage.end().await;
}

#[tokio::test]
async fn whoever_is_on_a_line_that_closes_goes_on() {
    let mut stage = stage().await;
    let eli = stage.ida_calls("planets").await;
    let line = Line {
        hours: Some(fridays()),
        ..stage.db_line("planets").await
    };
    let line = Box::new(line);
    stage.db_edits(PlanEdit::PutLine { line }).await;

    stage.presses(&eli, "1").await;
    stage.is_over(&eli).await;

    let page = stage.page_of(&eli, true).await;
    assert_eq!(outcomes(&page), (Some("informed"), vec![]));
    stage.end().await;
}

#[tokio::test]
async fn a_changed_prompt_is_heard_on_the_next_call() {
    let mut stage = stage().await;
    let line = stage.db_line("planets").await;
    let row = PromptRow {
        line: Some(line.id),
        language: line.language,
        key: Prompt::Goodbye.key().to_owned(),
        text: "So long, traveler.".to_owned(),
    };
    stage.db_edits(PlanEdit::PutPrompt { row }).await;

    let eli = stage.ida_calls("planets").await;
    stage.presses(&eli, "1").await;
    stage.is_over(&eli).await;

    let heard = stage.said_to(&eli).concat();
    assert!(heard.contains("So long, traveler."), "{heard}");
    stage.end().await;
}
