//! A form that was refused, given back with what was entered: without script it stands in the page again.

use std::fmt::Debug;

use desk::DeskError;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::ApiError;

/// Why a form was refused, and what was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned<F> {
    /// Why.
    pub error: DeskError,
    /// What was entered; boxed, since it is far larger than what an answer is otherwise.
    pub form: Option<Box<F>>,
}

impl<F> Returned<F> {
    /// With what was entered.
    #[cfg(feature = "ssr")]
    pub(super) fn with(error: DeskError, form: F) -> Self {
        let ApiError(error) = error.into();
        Self {
            error,
            form: Some(Box::new(form)),
        }
    }
}

impl<F> From<ApiError> for Returned<F> {
    fn from(ApiError(error): ApiError) -> Self {
        Self { error, form: None }
    }
}

impl<F> FromServerFnError for Returned<F>
where
    F: Debug + Serialize + DeserializeOwned + 'static,
{
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        ApiError::from_server_fn_error(error).into()
    }
}

/// What a server function refused something with.
pub(crate) trait Refusing {
    /// Why.
    fn error(&self) -> &DeskError;
}

impl Refusing for ApiError {
    fn error(&self) -> &DeskError {
        &self.0
    }
}

impl<F> Refusing for Returned<F> {
    fn error(&self) -> &DeskError {
        &self.error
    }
}
