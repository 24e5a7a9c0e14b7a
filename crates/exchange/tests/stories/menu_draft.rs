//! Drafts of menus for stories: places, keys, and where they lead.

use exchange::menu::{Draft, DraftKey, DraftPlace, DraftTo, Words};
use exchange::{Language, MenuId, NodeId};

pub(crate) fn earth() -> MenuId {
    MenuId::parse("earth").expect("a menu of the story")
}

pub(crate) fn words(text: &str) -> Words {
    Words::from([(Language::English, text.to_owned())])
}

pub(crate) fn place(id: &str, keys: Vec<DraftKey>) -> DraftPlace {
    DraftPlace {
        id: NodeId::parse(id).expect("a place of the story"),
        name: String::new(),
        prompt: words(&format!("You are at {id}.")),
        keys,
    }
}

pub(crate) fn key(key: &str, to: DraftTo) -> DraftKey {
    DraftKey {
        key: key.to_owned(),
        label: String::new(),
        to,
    }
}

pub(crate) fn to_place(id: &str) -> DraftTo {
    DraftTo::Menu {
        node: id.to_owned(),
    }
}

pub(crate) fn announce() -> DraftTo {
    DraftTo::Announce {
        text: words("All is well."),
    }
}

pub(crate) fn list(directory: &str) -> DraftTo {
    DraftTo::List {
        directory: directory.to_owned(),
        intro: words("Choose one."),
    }
}

pub(crate) fn call(number: &str) -> DraftTo {
    DraftTo::Number {
        name: "Headquarters".to_owned(),
        number: number.to_owned(),
    }
}

pub(crate) fn line(id: &str) -> DraftTo {
    DraftTo::Line {
        line: id.to_owned(),
    }
}

pub(crate) fn draft(places: Vec<DraftPlace>) -> Draft {
    Draft {
        name: "Earth".to_owned(),
        places,
    }
}
