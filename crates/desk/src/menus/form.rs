//! What admins send about menus: places with their keys, names, and what is to go live.

use serde::{Deserialize, Serialize};

use super::Texts;

/// A menu that is to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewMenuForm {
    /// Its name.
    pub name: String,
    /// Its id; empty for one made from the name.
    pub id: String,
    /// The menu that it begins as a copy of, by id; empty for none.
    pub like: String,
}

/// A menu that is to go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeleteMenuForm {
    /// Its id.
    pub menu: String,
    /// The draft's revision that was shown.
    pub revision: i64,
}

/// A menu that gets another name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RenameMenuForm {
    /// Its id.
    pub menu: String,
    /// The draft's revision that was shown.
    pub revision: i64,
    /// Its name.
    pub name: String,
}

/// A place of a draft as the form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceForm {
    /// The menu's id.
    pub menu: String,
    /// The place's id.
    pub place: String,
    /// The draft's revision that last changed the place, as it was shown.
    pub revision: i64,
    /// Its name; empty where its id says it.
    pub name: String,
    /// What is said there.
    pub prompt: Texts,
    /// What the keys do.
    pub keys: Vec<KeyForm>,
    /// Not empty when it is to take the place of what somebody else saved meanwhile.
    pub over: String,
}

/// A key of a place as the form holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyForm {
    /// The key.
    pub key: String,
    /// What it is.
    pub label: String,
    /// Where it leads: `place:…`, `list:…` or `line:…` with an id, `announce`, `number`, `person`, `back`, `new` for a
    /// place that is made for it, or nothing yet.
    pub to: String,
    /// What is said: the announcement, or what comes before a list.
    pub words: Texts,
    /// Who answers at the number.
    pub name: String,
    /// The number.
    pub number: String,
    /// Not empty when the key is to go.
    pub remove: String,
}

impl KeyForm {
    /// Nobody has written anything in the row.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.key, &self.label, &self.to, &self.name, &self.number]
            .into_iter()
            .chain(self.words.values())
            .all(|text| text.trim().is_empty())
    }
}

/// A place that is to be added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddPlaceForm {
    /// The menu's id.
    pub menu: String,
    /// The place's name.
    pub name: String,
}

/// A place that is to go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemovePlaceForm {
    /// The menu's id.
    pub menu: String,
    /// The place's id.
    pub place: String,
    /// The draft's revision that last changed the place, as it was shown.
    pub revision: i64,
}

/// A draft that is to be called from a pretend telephone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PhoneTrialForm {
    /// The menu's id.
    pub menu: String,
    /// The line to call, by id.
    pub line: String,
}

/// A draft that is to go live.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GoLiveForm {
    /// The menu's id.
    pub menu: String,
    /// The draft's revision as it was shown.
    pub revision: i64,
    /// What is to be said of the version.
    pub note: String,
}

/// An earlier version that is to go live again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RestoreForm {
    /// The menu's id.
    pub menu: String,
    /// The version.
    pub version: u32,
    /// The version that was live as this was asked for.
    pub live: u32,
}
