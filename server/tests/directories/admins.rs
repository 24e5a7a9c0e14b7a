//! What admins do at directories, as their browsers send it.

use axum::body::Body;
use axum::http::{Request, header};
use exchange::{DirectoryId, Office};
use serde_json::Value;

pub(crate) use crate::support::with;
use crate::support::{Answer, House, Persona};

pub(crate) const MURKOWSKI: &str = "M001153";

pub(crate) const MURKOWSKI_AS_SEEDED: [(&str, &str); 9] = [
    ("directory", "senators"),
    ("office", MURKOWSKI),
    ("version", "0"),
    ("region", "AK"),
    ("position", "1"),
    ("name", "Lisa Murkowski"),
    ("title", "Senator"),
    ("phone", "(202) 224-6665"),
    ("term_end", "2029-01-03"),
];

/// What a form sends for an office.
pub(crate) fn office<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(String, &'a str)> {
    let named = |name: &str| format!("form[{name}]");
    fields
        .iter()
        .map(|(name, value)| (named(name), *value))
        .collect()
}

impl House {
    pub(crate) async fn offices(&self, directory: &str) -> Vec<Office> {
        let id = DirectoryId::parse(directory).expect("an id");
        self.store().offices(&id).await.expect("offices are read")
    }

    pub(crate) async fn senators(&self) -> Vec<Office> {
        self.offices("senators").await
    }

    pub(crate) async fn senator(&self, id: &str) -> Office {
        let senators = self.senators().await;
        let found = senators.into_iter().find(|office| office.id.as_str() == id);
        found.expect("the senator")
    }
}

impl Persona {
    pub(crate) async fn posts_office(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = office(fields);
        let form: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
            .collect();
        self.posts(path, &form).await
    }

    pub(crate) async fn saves(&mut self, fields: &[(&str, &str)]) -> Answer {
        self.posts_office("/api/directories/save", fields).await
    }

    pub(crate) async fn undoes(&mut self, directory: &str, change: i64, office: &str) -> Answer {
        let change = change.to_string();
        self.posts_office(
            "/api/directories/undo",
            &[
                ("directory", directory),
                ("change", &change),
                ("office", office),
            ],
        )
        .await
    }

    pub(crate) async fn uploads(&mut self, directory: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let request = Request::post(format!("/directory/{directory}/import"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(body))
            .expect("a request");
        self.sends(request).await
    }

    /// Hands a file in and looks through it.
    pub(crate) async fn hands_in(&mut self, directory: &str, name: &str, bytes: &[u8]) -> Value {
        let answer = self.uploads(directory, name, bytes).await;
        let back = answer.location().expect("a way on").to_owned();
        let file = back.split_once("?file=").expect("a file").1;
        let file = file.split('&').next().unwrap_or_default();
        self.asks(&format!(
            "/api/directories/look-through?id={directory}&upload={file}"
        ))
        .await
    }

    pub(crate) async fn takes(&mut self, directory: &str, preview: &Value) -> Answer {
        let version = preview["version"].to_string();
        let upload = preview["upload"].as_str().unwrap_or_default();
        self.posts_office(
            "/api/directories/take",
            &[
                ("directory", directory),
                ("upload", upload),
                ("version", &version),
            ],
        )
        .await
    }
}

impl Answer {
    /// The change that was made.
    pub(crate) fn change(&self) -> i64 {
        let done = self.leads_to().split_once("done=").expect("a change").1;
        done.parse().expect("a version")
    }
}
