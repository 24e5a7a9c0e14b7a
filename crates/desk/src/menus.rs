//! Menus as admins look at them: the list of all, one place by place, and what it was before.

mod form;
mod history;
mod trial;
mod unsaved;

use std::collections::BTreeMap;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::DeskError;

pub use form::{
    AddPlaceForm, DeleteMenuForm, GoLiveForm, KeyForm, NewMenuForm, PhoneTrialForm, PlaceForm,
    RemovePlaceForm, RenameMenuForm, RestoreForm,
};
pub use history::{Difference, MenuHistory, VersionView};
pub use trial::{Awaits, SceneView, TrialView, presses_of};
pub use unsaved::Unsaved;

/// What admins may ask about menus.
#[async_trait]
pub trait Menus: Send + Sync {
    /// Every menu, by name; for admins.
    ///
    /// # Errors
    /// `SignedOut`, `Forbidden`, `Internal`.
    async fn menus(&self) -> Result<Vec<MenuRow>, DeskError>;

    /// Begins a menu, and gives its id; for admins. It is a draft until it goes live.
    ///
    /// # Errors
    /// As for `menus`, `Invalid` for fields that make no sense.
    async fn make_menu(&self, form: NewMenuForm) -> Result<String, DeskError>;

    /// Deletes a menu that no line uses; for admins.
    ///
    /// # Errors
    /// As for `menu`, `Refused` while a line uses it, or when somebody saved its draft since it was looked at.
    async fn delete_menu(&self, form: DeleteMenuForm) -> Result<(), DeskError>;

    /// The draft of a menu, with one of its places to be edited; for admins.
    ///
    /// # Errors
    /// As for `menus`, `NotFound`.
    async fn menu(&self, id: String, place: String) -> Result<MenuView, DeskError>;

    /// Gives a menu another name in its draft; for admins. Gives the draft's revision.
    ///
    /// # Errors
    /// As for `save_place`.
    async fn rename_menu(&self, form: RenameMenuForm) -> Result<i64, DeskError>;

    /// Saves a place of the draft, whatever is still wrong with it, and gives the draft's revision; for admins.
    ///
    /// # Errors
    /// As for `menu`, `Invalid` for what is too long, `Refused` when somebody else saved the place meanwhile.
    async fn save_place(&self, form: PlaceForm) -> Result<i64, DeskError>;

    /// Adds a place to the draft, and gives its id; for admins.
    ///
    /// # Errors
    /// As for `save_place`.
    async fn add_place(&self, form: AddPlaceForm) -> Result<String, DeskError>;

    /// Removes a place of the draft, and gives the draft's revision; for admins.
    ///
    /// # Errors
    /// As for `save_place`, `Refused` for the place where callers begin.
    async fn remove_place(&self, form: RemovePlaceForm) -> Result<i64, DeskError>;

    /// Tries the draft by its keys, with what was done so far, each by its word; for admins.
    ///
    /// # Errors
    /// As for `menu`.
    async fn try_menu(
        &self,
        id: String,
        line: String,
        done: Vec<String>,
    ) -> Result<TrialView, DeskError>;

    /// Calls a line from a pretend telephone that is led through the draft, and gives the telephone's id; for admins on
    /// this machine.
    ///
    /// # Errors
    /// As for `menu` and `place_call`, `Refused` while the draft has faults.
    async fn try_on_phone(&self, form: PhoneTrialForm) -> Result<String, DeskError>;

    /// The draft goes live, and gives its version; for admins.
    ///
    /// # Errors
    /// As for `menu`, `Refused` while it has faults, or when somebody saved it since it was looked at.
    async fn go_live(&self, form: GoLiveForm) -> Result<u32, DeskError>;

    /// Every version that was live, and what differs between two of them; for admins.
    ///
    /// # Errors
    /// As for `menu`.
    async fn menu_history(&self, id: String, from: u32, to: u32) -> Result<MenuHistory, DeskError>;

    /// An earlier version goes live again, as a new one, whose number it gives; for admins.
    ///
    /// # Errors
    /// As for `go_live`.
    async fn restore_menu(&self, form: RestoreForm) -> Result<u32, DeskError>;
}

/// A menu in the list of all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuRow {
    /// What it is.
    pub head: MenuHead,
    /// How many faults its draft has.
    pub faults: usize,
    /// No line uses it.
    pub can_be_deleted: bool,
}

/// What a menu is, whatever stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuHead {
    /// Its id.
    pub id: String,
    /// Its name, as the draft has it.
    pub name: String,
    /// The version that is live.
    pub live: Option<VersionView>,
    /// The lines that use it.
    pub lines: Vec<MenuLine>,
    /// How often the draft has been saved.
    pub revision: i64,
    /// What was last saved and is not live: when, in milliseconds since 1970 UTC, and by whom.
    pub saved: Option<(i64, String)>,
}

/// A line that uses a menu.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The code of its language.
    pub language: String,
    /// It has a number that can be called.
    pub has_number: bool,
}

/// The draft of a menu, with one of its places to be edited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuView {
    /// What it is.
    pub head: MenuHead,
    /// The tree at a glance.
    pub outline: Vec<OutlineRow>,
    /// What is wrong, place by place, then what is worth a look.
    pub faults: Vec<FaultView>,
    /// The place that is edited.
    pub place: PlaceForm,
    /// The place is the one where callers begin.
    pub is_start: bool,
    /// Where keys may lead: places, lists and lines, each with its value in the form and its name.
    pub ways: Vec<WayGroup>,
    /// The languages: those that the menu must speak first.
    pub languages: Vec<MenuLanguage>,
    /// What going live would change.
    pub changes: Vec<Difference>,
    /// The draft can be called from a pretend telephone.
    pub has_phones: bool,
}

impl MenuView {
    /// What keeps the draft from going live.
    #[must_use]
    pub fn stops(&self) -> usize {
        self.faults.iter().filter(|fault| !fault.is_warning).count()
    }

    /// What is wrong with a row of the place that is edited; with the place itself where no row is named.
    #[must_use]
    pub fn faults_at(&self, row: Option<usize>) -> Vec<FaultView> {
        let here = self
            .faults
            .iter()
            .filter(|fault| fault.place == self.place.place);
        here.filter(|fault| fault.row == row).cloned().collect()
    }
}

/// Destinations of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayGroup {
    /// What they are.
    pub name: String,
    /// Each one's value in the form, and its name.
    pub ways: Vec<(String, String)>,
}

/// A language that menus can speak.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuLanguage {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The menu must speak it.
    pub is_needed: bool,
}

/// A key of the tree, or its beginning, as the outline shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineRow {
    /// The keys that lead here, from the beginning.
    pub path: Vec<String>,
    /// What it is called.
    pub label: String,
    /// Where it leads, in words; empty for a place whose keys follow.
    pub leads: String,
    /// The place that it leads to, by id; for other destinations the place that the key belongs to.
    pub place: String,
    /// It leads to a place.
    pub is_place: bool,
    /// The place stands further up already.
    pub is_again: bool,
    /// How many things are wrong here.
    pub faults: usize,
}

/// Something that is wrong with a draft, or worth a look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultView {
    /// The place, by id; empty for the menu as a whole.
    pub place: String,
    /// What people call the place.
    pub title: String,
    /// Which of the place's keys, by its row from 0.
    pub row: Option<usize>,
    /// What stands in that row's key.
    pub key: String,
    /// What it is and what to do, as a sentence.
    pub words: String,
    /// The draft may go live with it.
    pub is_warning: bool,
}

impl FaultView {
    /// Where it is, in words.
    #[must_use]
    pub fn at(&self) -> String {
        match (self.title.as_str(), self.row, self.key.as_str()) {
            ("", _, _) => "The menu".to_owned(),
            (title, None, _) => title.to_owned(),
            (title, Some(row), "") => format!("{title}, row {}", row + 1),
            (title, Some(_), key) => format!("{title}, key {key}"),
        }
    }
}

/// What is said, by the codes of languages.
pub type Texts = BTreeMap<String, String>;
