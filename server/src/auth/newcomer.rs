//! What somebody fills in who comes in by a link: their user name, their name and a password.

use axum::response::{IntoResponse, Redirect, Response};
use desk::Role;
use serde::Deserialize;
use store::NewPerson;

use super::failure::Failure;
use super::password::NewPassword;
use super::user_name::UserName;
use super::with_query;

#[derive(Default, Deserialize)]
pub(super) struct Newcomer {
    #[serde(default)]
    user_name: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    pub(super) password: String,
}

/// What was filled in, as it can be taken.
pub(super) struct Chosen {
    pub(super) user_name: UserName,
    password: NewPassword,
    name: String,
}

impl Newcomer {
    /// Leads back to the form at `path` with what was filled in, but for the password.
    pub(super) fn back(&self, path: &str, problem: &str) -> Response {
        let said = [
            ("problem", problem),
            ("user_name", self.user_name.trim()),
            ("name", self.name.trim()),
        ];
        Redirect::to(&with_query(path, &said)).into_response()
    }

    /// What was chosen, or the word for what is wrong with it.
    pub(super) fn chosen(&self) -> Result<Chosen, &'static str> {
        let fields = [&self.user_name, &self.name, &self.password];
        if fields.iter().any(|field| field.trim().is_empty()) {
            return Err("missing");
        }
        let user_name = UserName::parse(&self.user_name).map_err(|_| "letters")?;
        let password =
            NewPassword::parse(&self.password, user_name.as_str()).map_err(|_| "short")?;
        Ok(Chosen {
            name: called(&self.name, &user_name),
            user_name,
            password,
        })
    }
}

impl Chosen {
    /// Who they are from now on.
    pub(super) async fn person(self, role: Role) -> Result<NewPerson, Failure> {
        Ok(NewPerson {
            user_name: self.user_name.to_string(),
            name: self.name,
            role,
            password_hash: self.password.hash().await?,
        })
    }
}

/// What others call a person: the name given, or the user name.
pub fn called(name: &str, user_name: &UserName) -> String {
    let name: String = name
        .trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(100)
        .collect();
    if name.is_empty() {
        user_name.to_string()
    } else {
        name
    }
}
