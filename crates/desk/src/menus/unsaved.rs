//! What was typed into places of menus and is not saved yet, kept while somebody looks at other places.

use std::collections::BTreeMap;

use super::PlaceForm;

/// What was typed and is not saved, by menu and place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsaved(BTreeMap<(String, String), PlaceForm>);

impl Unsaved {
    /// Somebody typed into a place that was shown as `shown`. What says the same as that is nothing to be saved.
    pub fn type_into(&mut self, shown: &PlaceForm, typed: PlaceForm) {
        let place = (shown.menu.clone(), shown.place.clone());
        let typed = typed.settled();
        let is_same = PlaceForm {
            revision: shown.revision,
            ..typed.clone()
        } == shown.clone().settled();
        if is_same {
            self.0.remove(&place);
        } else {
            self.0.insert(place, typed);
        }
    }

    /// What was typed into a place.
    #[must_use]
    pub fn of(&self, menu: &str, place: &str) -> Option<&PlaceForm> {
        self.0.get(&(menu.to_owned(), place.to_owned()))
    }

    /// A place was saved, or what was typed there is thrown away.
    pub fn forget(&mut self, menu: &str, place: &str) {
        self.0.remove(&(menu.to_owned(), place.to_owned()));
    }

    /// The places of a menu into which something was typed.
    #[must_use]
    pub fn places(&self, menu: &str) -> Vec<String> {
        let of_menu = self.0.keys().filter(|(of, _)| of == menu);
        of_menu.map(|(_, place)| place.clone()).collect()
    }

    /// Whether nothing is left to be saved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl PlaceForm {
    /// The same without what says nothing: blank rows at the end, and languages in which nothing stands. It is no answer to
    /// whether it is to take the place of another's.
    fn settled(mut self) -> Self {
        while self.keys.last().is_some_and(super::KeyForm::is_blank) {
            self.keys.pop();
        }
        let texts = self.keys.iter_mut().map(|key| &mut key.words);
        for texts in texts.chain([&mut self.prompt]) {
            texts.retain(|_, text| !text.is_empty());
        }
        self.over = String::new();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::{KeyForm, Texts};
    use super::*;

    fn text(en: &str, es: &str) -> Texts {
        let texts = [("en", en), ("es", es)];
        texts
            .map(|(code, text)| (code.to_owned(), text.to_owned()))
            .into()
    }

    /// A place as it is shown.
    fn shown(place: &str) -> PlaceForm {
        PlaceForm {
            menu: "planets".to_owned(),
            place: place.to_owned(),
            revision: 3,
            prompt: [("en".to_owned(), "Hello.".to_owned())].into(),
            ..PlaceForm::default()
        }
    }

    /// The same as its form holds it, with every language and a row for another key.
    fn typed(place: &str, en: &str) -> PlaceForm {
        PlaceForm {
            prompt: text(en, ""),
            keys: vec![KeyForm {
                words: text("", ""),
                ..KeyForm::default()
            }],
            ..shown(place)
        }
    }

    #[test]
    fn what_is_typed_is_kept_for_its_place_until_it_is_saved_or_taken_back() {
        let mut unsaved = Unsaved::default();

        unsaved.type_into(&shown("start"), typed("start", "Hello."));
        assert!(unsaved.is_empty(), "nothing was changed");
        unsaved.type_into(&shown("start"), typed("start", "Welcome."));
        unsaved.type_into(&shown("more"), typed("more", "More."));
        assert_eq!(unsaved.places("planets"), ["more", "start"]);
        assert_eq!(unsaved.places("moons"), Vec::<String>::new());
        let kept = unsaved.of("planets", "start").expect("it is kept");
        assert_eq!((kept.prompt["en"].as_str(), kept.revision), ("Welcome.", 3));
        assert!(kept.keys.is_empty(), "{kept:?}");

        unsaved.type_into(&shown("start"), typed("start", "Hello."));
        unsaved.forget("planets", "more");
        assert!(unsaved.is_empty(), "{unsaved:?}");
    }

    #[test]
    fn a_key_that_is_begun_or_is_to_go_is_something_to_be_saved() {
        for change in [
            KeyForm {
                label: "Hours".to_owned(),
                ..KeyForm::default()
            },
            KeyForm {
                key: "1".to_owned(),
                remove: "yes".to_owned(),
                ..KeyForm::default()
            },
        ] {
            let mut unsaved = Unsaved::default();
            let mut form = typed("start", "Hello.");
            form.keys.insert(0, change.clone());

            unsaved.type_into(&shown("start"), form);

            let kept = unsaved.of("planets", "start").map(|form| form.keys.clone());
            assert_eq!(kept, Some(vec![change]));
        }
    }
}
