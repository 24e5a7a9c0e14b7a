//! What admins do at lines and prompts, as their browsers send it.

use axum::http::StatusCode;
use exchange::{Line, LineId};
use serde_json::Value;

use crate::support::{Answer, House, PUBLIC_URL, Persona};

/// What the browser sends for a form, by the names of its fields: `rooms-0-code` is `form[rooms][0][code]`.
fn named(field: &str) -> String {
    let steps: Vec<String> = field.split('-').map(|step| format!("[{step}]")).collect();
    format!("form{}", steps.concat())
}

/// The fields of a form as the page shows it, some of them with other values.
pub(crate) type Form = Vec<(String, String)>;

pub(crate) fn with(form: &Form, others: &[(&str, &str)]) -> Form {
    let mut form = form.clone();
    for (field, value) in others {
        form.retain(|(name, _)| name != field);
        form.push(((*field).to_owned(), (*value).to_owned()));
    }
    form
}

/// Every field of a form that the server shows.
fn fields(value: &Value, name: &str, form: &mut Form) {
    let below = |step: &str| {
        if name.is_empty() {
            step.to_owned()
        } else {
            format!("{name}-{step}")
        }
    };
    match value {
        Value::Object(map) => {
            for (step, value) in map {
                fields(value, &below(step), form);
            }
        }
        Value::Array(all) => {
            for (step, value) in all.iter().enumerate() {
                fields(value, &below(&step.to_string()), form);
            }
        }
        Value::String(text) => form.push((name.to_owned(), text.clone())),
        Value::Number(number) => form.push((name.to_owned(), number.to_string())),
        Value::Null | Value::Bool(_) => {}
    }
}

impl House {
    pub(crate) async fn line(&self, id: &str) -> Option<Line> {
        let (_, rows) = self.store().plan().await.expect("the plan is read");
        let id = LineId::parse(id).expect("an id");
        rows.lines.into_iter().find(|line| line.id == id)
    }

    /// The latest line of the audit: who, about what, and what.
    pub(crate) async fn audited(&self) -> (String, String, String) {
        let lines = self.store().audited().await.expect("the audit is read");
        let line = lines.into_iter().next().expect("a line");
        (line.by, line.about, line.what)
    }

    /// Somebody calls a line and hears this.
    pub(crate) async fn hears(&self, line: &str, call: u32) -> String {
        let sid = format!("CA{call:032x}");
        let path = format!("/line/{line}");
        self.carrier().rings(&path, &sid, "+14155550123").await.body
    }
}

impl Persona {
    /// The form of a line as the page shows it; of one that is to be made, with a kind.
    pub(crate) async fn opens(&mut self, id: &str, kind: &str) -> Form {
        let view = self
            .asks(&format!("/api/lines/show?id={id}&kind={kind}"))
            .await;
        let mut form = Form::new();
        fields(&view["form"], "", &mut form);
        form
    }

    pub(crate) async fn sends_form(&mut self, path: &str, form: &Form) -> Answer {
        let form: Vec<(String, &str)> = form
            .iter()
            .map(|(name, value)| (named(name), value.as_str()))
            .collect();
        let form: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
            .collect();
        self.posts(path, &form).await
    }

    /// Sends a form as a browser without script does, from a page.
    pub(crate) async fn sends_plainly(&mut self, path: &str, page: &str, form: &Form) -> Answer {
        let form: Vec<(String, &str)> = form
            .iter()
            .map(|(name, value)| (named(name), value.as_str()))
            .collect();
        let page = format!("{PUBLIC_URL}{page}");
        self.submits(path, &page, &form).await
    }

    pub(crate) async fn saves(&mut self, form: &Form) -> Answer {
        self.sends_form("/api/lines/save", form).await
    }

    /// Opens a line and saves it with these fields changed.
    pub(crate) async fn changes(&mut self, id: &str, others: &[(&str, &str)]) -> Answer {
        let form = self.opens(id, "").await;
        let saved = self.saves(&with(&form, others)).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
        saved
    }

    pub(crate) async fn removes(&mut self, id: &str, version: i64) -> Answer {
        let form = vec![
            ("line".to_owned(), id.to_owned()),
            ("version".to_owned(), version.to_string()),
        ];
        self.sends_form("/api/lines/remove", &form).await
    }
}

impl Answer {
    /// The fields that were refused, and why.
    pub(crate) fn problems(&self) -> Vec<(String, String)> {
        let answer: Value = serde_json::from_str(&self.body).expect("JSON");
        let about = answer["error"]["about"].as_array().cloned();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let problems = about.unwrap_or_default();
        problems
            .iter()
            .map(|problem| (text(&problem["field"]), text(&problem["message"])))
            .collect()
    }
}
