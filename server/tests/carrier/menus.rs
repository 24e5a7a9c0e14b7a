//! A menu that changes while callers are in it, told from both ends of the wire.

use exchange::menu::Draft;
use exchange::{Language, MenuId, PlanEdit};
use store::PlanEditing;

use crate::person::stage;
use crate::stage::Stage;

impl Stage {
    /// Another version of the menu goes live, which begins with these words.
    async fn menu_begins_with(&self, words: &str) {
        let id = MenuId::parse("planets").expect("an id");
        let (decided_on, rows) = self.state.store.plan().await.expect("the plan is read");
        let live = rows
            .menus
            .iter()
            .find(|menu| menu.id == id)
            .expect("the menu");
        let mut draft = Draft::of(live);
        draft.places[0]
            .prompt
            .insert(Language::English, words.to_owned());
        let menu = draft.menu(&id, live.version + 1).expect("it has places");
        let edit = PlanEdit::PutMenu {
            menu: Box::new(menu),
            note: String::new(),
        };
        let editing = PlanEditing {
            decided_on,
            edits: &[edit],
            by: "ada",
            at: exchange::Moment(self.now().0),
            about: "planets",
            audit: "Went live.",
        };
        let written = self.state.store.edit_plan(&editing).await;
        assert!(written.expect("the plan is written").is_some());
    }
}

#[tokio::test]
async fn a_call_hears_the_tree_that_it_began_with_and_the_next_the_one_that_went_live() {
    let mut stage = stage().await;
    let eli = stage.ida_calls("planets").await;
    stage.passes(1_000).await;

    stage.menu_begins_with("Here is another menu.").await;
    stage.presses(&eli, "2").await;
    stage.presses(&eli, "*").await;
    let mia = stage.ida_calls("planets").await;
    stage.passes(1_000).await;

    let old = stage.said_to(&eli).concat();
    assert_eq!(
        old.matches("welcome to the phone-home line").count(),
        2,
        "{old}"
    );
    assert!(!old.contains("another menu"), "{old}");
    let new = stage.said_to(&mia).concat();
    assert!(
        new.contains("Here is another menu.") && !new.contains("welcome"),
        "{new}"
    );
    stage.hangs_up(&eli).await;
    stage.hangs_up(&mia).await;
    stage.page_of(&eli, false).await;
    stage.end().await;
}
