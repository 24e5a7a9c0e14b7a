//! What admins do at menus, as their browsers send it, and what callers hear.

use axum::http::StatusCode;
use serde_json::Value;

pub(crate) use crate::support::with;
use crate::support::{Answer, Carrier, PUBLIC_URL, Persona};

/// The number of the line that reads the menu.
const LINE: &str = "+12025550101";

/// The beginning of the seeded menu, as the form holds it: its two keys say their own things in English.
pub(crate) const START: [(&str, &str); 10] = [
    ("[menu]", "planets"),
    ("[place]", "start"),
    ("[revision]", "0"),
    ("[prompt][en]", "Hello, traveler."),
    ("[keys][0][key]", "1"),
    ("[keys][0][label]", "Directions"),
    ("[keys][0][to]", "announce"),
    ("[keys][0][words][en]", "Past the moon."),
    ("[keys][1][key]", "2"),
    ("[keys][1][to]", "back"),
];

/// A form's field: its name and its value.
pub(crate) type Field<'a> = (&'a str, &'a str);

impl Persona {
    pub(crate) async fn does(&mut self, what: &str, fields: &[(&str, &str)]) -> Answer {
        let form: Vec<(String, &str)> = fields
            .iter()
            .map(|(name, value)| match name.strip_prefix('[') {
                Some(_) => (format!("form{name}"), *value),
                None => (format!("form[{name}]"), *value),
            })
            .collect();
        let form: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
            .collect();
        self.posts(&format!("/api/menus/{what}"), &form).await
    }

    pub(crate) async fn saves(&mut self, fields: &[(&str, &str)]) -> Answer {
        self.does("save-place", fields).await
    }

    /// Saves the beginning as a browser without script does, and gives where it is led.
    pub(crate) async fn saves_plainly(&mut self, fields: &[Field<'_>]) -> String {
        let form: Vec<(String, &str)> = fields
            .iter()
            .map(|(name, value)| (format!("form{name}"), *value))
            .collect();
        let page = format!("{PUBLIC_URL}/menus/planets?place=start");
        let back = self.submits("/api/menus/save-place", &page, &form).await;
        assert_eq!(back.status, StatusCode::FOUND, "{}", back.body);
        let location = back.location().expect("a way back");
        location.replace(PUBLIC_URL, "")
    }

    /// What stands in the draft goes live.
    pub(crate) async fn goes_live(&mut self, menu: &str, note: &str) -> Answer {
        let view = self.looks_at(menu, "").await;
        let revision = view["head"]["revision"].to_string();
        let form = [("menu", menu), ("revision", &revision), ("note", note)];
        self.does("go-live", &form).await
    }

    pub(crate) async fn looks_at(&mut self, menu: &str, place: &str) -> Value {
        self.asks(&format!("/api/menus/show?id={menu}&place={place}"))
            .await
    }
}

impl Carrier {
    /// Somebody calls the line and hears its first words.
    pub(crate) async fn hears(&self, sid: &str) -> String {
        self.rings_at("/line/planets", sid).await
    }

    pub(crate) async fn rings_at(&self, path: &str, sid: &str) -> String {
        let form = [("CallSid", sid), ("From", "+13125550123"), ("To", LINE)];
        self.posts(path, &form).await.body
    }

    pub(crate) async fn presses(&self, sid: &str, keys: &str) -> String {
        let form = [
            ("CallSid", sid),
            ("From", "+13125550123"),
            ("To", LINE),
            ("Digits", keys),
        ];
        self.posts("/ivr/menu", &form).await.body
    }
}

impl Answer {
    /// The refusal says these words.
    #[track_caller]
    pub(crate) fn refuses(&self, words: &[&str]) {
        assert_eq!(self.status, StatusCode::CONFLICT, "{}", self.body);
        for word in words {
            assert!(self.body.contains(word), "{word}: {}", self.body);
        }
    }
}
