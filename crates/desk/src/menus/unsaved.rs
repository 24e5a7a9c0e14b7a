//! What was typed into places of menus and is not saved yet, kept while somebody looks at other places.

use std::collections::BTreeMap;

use super::{KeyForm, MenuView, PlaceForm};

/// A menu and one of its places, by id.
type At = (String, String);

/// What was typed and is not saved, by menu and place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsaved {
    typed: BTreeMap<At, PlaceForm>,
    /// What was sent to be saved from what still stands there to be typed into.
    sent: BTreeMap<At, Sent>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Sent {
    form: PlaceForm,
    /// The draft's revision as it was saved; none while that is under way.
    revision: Option<i64>,
}

impl Unsaved {
    /// Somebody typed into a place that was shown as `shown`. What says the same as is saved is nothing to be saved; while
    /// something is on its way, nobody knows what will be.
    pub fn type_into(&mut self, shown: &PlaceForm, typed: PlaceForm) {
        let at = at(shown);
        let typed = typed.settled();
        let is_same = match self.sent.get(&at) {
            None => typed.says_the_same(shown),
            Some(sent) => sent.revision.is_some() && typed.says_the_same(&sent.form),
        };
        if is_same {
            self.typed.remove(&at);
        } else {
            self.typed.insert(at, typed);
        }
    }

    /// What was typed into a place.
    #[must_use]
    pub fn of(&self, menu: &str, place: &str) -> Option<&PlaceForm> {
        self.typed.get(&(menu.to_owned(), place.to_owned()))
    }

    /// A form is on its way to be saved.
    pub fn send(&mut self, form: PlaceForm) {
        let at = at(&form);
        let form = form.settled();
        let revision = None;
        self.sent.insert(at, Sent { form, revision });
    }

    /// What was sent of a place is saved. What was typed since is not.
    pub fn saved(&mut self, menu: &str, place: &str, revision: i64) {
        let at = (menu.to_owned(), place.to_owned());
        let Some(sent) = self.sent.get_mut(&at) else {
            return;
        };
        sent.revision = Some(revision);
        let typed = self.typed.get(&at);
        if typed.is_some_and(|typed| typed.says_the_same(&sent.form)) {
            self.typed.remove(&at);
        }
    }

    /// What was sent of a place is not saved.
    pub fn refused(&mut self, menu: &str, place: &str) {
        self.sent.remove(&(menu.to_owned(), place.to_owned()));
    }

    /// What was typed into a place is thrown away, or the place is gone.
    pub fn forget(&mut self, menu: &str, place: &str) {
        let at = (menu.to_owned(), place.to_owned());
        self.typed.remove(&at);
        self.sent.remove(&at);
    }

    /// A menu is deleted: another one of its name has nothing of it.
    pub fn forget_menu(&mut self, menu: &str) {
        self.typed.retain(|(of, _), _| of != menu);
        self.sent.retain(|(of, _), _| of != menu);
    }

    /// A draft is about to be shown: what was typed into places that it has no longer goes with them, and what was typed
    /// while its place was being saved now changes what was saved.
    pub fn show(&mut self, view: &MenuView) {
        let menu = &view.head.id;
        let is_there = |at: &At| {
            let mut rows = view.outline.iter();
            at.0 != *menu || rows.any(|row| row.is_place && row.place == at.1)
        };
        self.typed.retain(|at, _| is_there(at));
        self.sent.retain(|at, _| is_there(at));

        let at = at(&view.place);
        let sent = self.sent.remove(&at);
        let Some(typed) = self.typed.get_mut(&at) else {
            return;
        };
        if let Some(sent) = sent
            && let Some(revision) = sent.revision
            // Later than that, a colleague saved it too, and saving says so.
            && view.place.revision <= revision
        {
            typed.follow(&sent.form, &view.place);
        }
        if typed.says_the_same(&view.place) {
            self.typed.remove(&at);
        }
    }

    /// The list of all menus is about to be shown: what was typed into others goes with them.
    pub fn show_all(&mut self, menus: &[&str]) {
        self.typed.retain(|(menu, _), _| menus.contains(&&**menu));
        self.sent.retain(|(menu, _), _| menus.contains(&&**menu));
    }

    /// The places of a menu into which something was typed.
    #[must_use]
    pub fn places(&self, menu: &str) -> Vec<String> {
        let of_menu = self.typed.keys().filter(|(of, _)| of == menu);
        of_menu.map(|(_, place)| place.clone()).collect()
    }

    /// Whether nothing is kept at all.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.typed.is_empty() && self.sent.is_empty()
    }

    /// Whether nothing is left to be saved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }
}

fn at(form: &PlaceForm) -> At {
    (form.menu.clone(), form.place.clone())
}

impl PlaceForm {
    /// The same without what says nothing: blank rows at the end, and languages in which nothing stands. It is no answer to
    /// whether it is to take the place of another's.
    fn settled(mut self) -> Self {
        while self.keys.last().is_some_and(KeyForm::is_blank) {
            self.keys.pop();
        }
        let texts = self.keys.iter_mut().map(|key| &mut key.words);
        for texts in texts.chain([&mut self.prompt]) {
            texts.retain(|_, text| !text.is_empty());
        }
        self.over = String::new();
        self
    }

    /// Whether saving either would come to the same.
    fn says_the_same(&self, other: &Self) -> bool {
        let other = Self {
            revision: self.revision,
            ..other.clone()
        };
        self.clone().settled() == other.settled()
    }

    /// It goes on from what was saved of `sent`: places that were made for keys then are not made again.
    fn follow(&mut self, sent: &Self, saved: &Self) {
        self.revision = saved.revision;
        for key in self.keys.iter_mut().filter(|key| key.to == NEW) {
            let is_same = |other: &&KeyForm| other.key == key.key && other.label == key.label;
            let was_new = sent.keys.iter().find(is_same);
            if was_new.is_some_and(|sent| sent.to == NEW)
                && let Some(saved) = saved.keys.iter().find(is_same)
            {
                key.to = saved.to.clone();
            }
        }
    }
}

/// Where a key leads for which a place is to be made.
const NEW: &str = "new";

#[cfg(test)]
mod tests {
    use super::super::{MenuHead, OutlineRow, Texts};
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

    /// The draft of the menu with these places, the first of which is edited as it is given.
    fn draft(place: PlaceForm, others: &[&str]) -> MenuView {
        let places = std::iter::once(place.place.as_str()).chain(others.iter().copied());
        let outline = places.map(|place| OutlineRow {
            place: place.to_owned(),
            is_place: true,
            ..OutlineRow::default()
        });
        MenuView {
            head: MenuHead {
                id: place.menu.clone(),
                ..MenuHead::default()
            },
            outline: outline.collect(),
            place,
            ..MenuView::default()
        }
    }

    /// A place as it is shown after it was saved so.
    fn saved(form: PlaceForm, revision: i64) -> PlaceForm {
        PlaceForm { revision, ..form }.settled()
    }

    #[test]
    fn what_was_typed_goes_with_its_place_and_with_its_menu() {
        let mut unsaved = Unsaved::default();
        for place in ["start", "more", "hours"] {
            unsaved.type_into(&shown(place), typed(place, "Typed."));
        }
        let moons = PlaceForm {
            menu: "moons".to_owned(),
            ..shown("start")
        };
        unsaved.type_into(&moons, typed("start", "Typed."));

        unsaved.forget("planets", "more");
        assert_eq!(unsaved.places("planets"), ["hours", "start"]);
        unsaved.show(&draft(shown("start"), &["more"]));
        assert_eq!(unsaved.places("planets"), ["start"], "hours is removed");
        assert_eq!(unsaved.places("moons"), ["start"]);
        unsaved.show_all(&["moons", "stars"]);
        assert_eq!(unsaved.places("planets"), Vec::<String>::new());
        unsaved.forget_menu("stars");
        assert!(!unsaved.is_empty());
        unsaved.forget_menu("moons");
        assert!(unsaved.is_empty(), "{unsaved:?}");
    }

    #[test]
    fn what_is_typed_while_a_place_is_saved_is_kept_and_changes_what_was_saved() {
        let (before, text, more) = (shown("start"), typed("start", "A"), typed("start", "A, B"));
        let mut unsaved = Unsaved::default();
        unsaved.type_into(&before, text.clone());
        unsaved.send(text.clone());
        unsaved.saved("planets", "start", 7);
        assert!(unsaved.is_empty(), "nothing else was typed");
        unsaved.type_into(&before, more.clone());
        assert!(!unsaved.is_empty());
        unsaved.type_into(&before, text.clone());
        assert!(unsaved.is_empty(), "it is what was saved");
        unsaved.show(&draft(saved(text.clone(), 7), &[]));
        assert_eq!(unsaved, Unsaved::default());

        for back in [more.clone(), typed("start", "Hello.")] {
            unsaved.type_into(&before, text.clone());
            unsaved.send(text.clone());
            unsaved.type_into(&before, back.clone());
            unsaved.saved("planets", "start", 7);
            unsaved.show(&draft(saved(text.clone(), 7), &[]));
            let kept = unsaved.of("planets", "start").expect("it is not saved");
            assert_eq!((&kept.prompt["en"], kept.revision), (&back.prompt["en"], 7));
            unsaved.forget("planets", "start");
        }

        // It was answered, and is not shown yet.
        unsaved.send(text.clone());
        unsaved.saved("planets", "start", 7);
        unsaved.type_into(&before, more.clone());
        unsaved.show(&draft(saved(text.clone(), 7), &[]));
        let kept = unsaved.of("planets", "start").expect("it is not saved");
        assert_eq!(kept.revision, 7);
        unsaved.forget("planets", "start");

        // A colleague saved it after that.
        unsaved.type_into(&before, text.clone());
        unsaved.send(text.clone());
        unsaved.type_into(&before, more);
        unsaved.saved("planets", "start", 7);
        unsaved.show(&draft(saved(typed("start", "C"), 8), &[]));
        let kept = unsaved.of("planets", "start").expect("it is not saved");
        assert_eq!((kept.prompt["en"].as_str(), kept.revision), ("A, B", 3));
    }

    #[test]
    fn what_was_refused_is_kept_and_may_be_taken_back() {
        let mut unsaved = Unsaved::default();
        unsaved.type_into(&shown("start"), typed("start", "A"));
        unsaved.send(typed("start", "A"));
        unsaved.refused("planets", "start");
        assert_eq!(unsaved.places("planets"), ["start"]);

        unsaved.type_into(&shown("start"), typed("start", "Hello."));
        assert!(unsaved.is_empty(), "{unsaved:?}");
    }

    #[test]
    fn a_place_that_was_made_for_a_key_while_more_was_typed_is_not_made_again() {
        let key = |to: &str| KeyForm {
            key: "5".to_owned(),
            label: "Hours".to_owned(),
            to: to.to_owned(),
            ..KeyForm::default()
        };
        let with = |en: &str, to: &str| PlaceForm {
            keys: vec![key(to)],
            ..typed("start", en)
        };
        for (sent, kept) in [("new", "place:hours"), ("back", "new")] {
            let mut unsaved = Unsaved::default();
            unsaved.send(with("A", sent));
            unsaved.type_into(&shown("start"), with("A, B", "new"));
            unsaved.saved("planets", "start", 7);
            unsaved.show(&draft(saved(with("A", "place:hours"), 7), &["hours"]));
            let form = unsaved.of("planets", "start").expect("it is not saved");
            assert_eq!(form.keys, [key(kept)]);
        }
    }
}
