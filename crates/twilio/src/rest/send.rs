//! How the client asks: GET with a query, POST with a form, DELETE.

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request, Response};
use serde::de::DeserializeOwned;

use super::Client;
use super::answer::{check, read};
use super::error::Error;
use super::parameters::Parameters;
use super::transport::TransportError;

impl Client {
    /// Fetches `path`, which begins behind the account and its slash.
    pub(super) async fn get<R: DeserializeOwned>(
        &self,
        path: &str,
        query: &Parameters,
    ) -> Result<R, Error> {
        self.get_target(&self.target(path, query)).await
    }

    /// Fetches what the base address has at `target`, which begins with a slash.
    pub(super) async fn get_target<R: DeserializeOwned>(&self, target: &str) -> Result<R, Error> {
        let response = self.send(&Method::GET, target, None).await?;
        read(&Method::GET, &response)
    }

    pub(super) async fn post<R: DeserializeOwned>(
        &self,
        path: &str,
        form: &Parameters,
    ) -> Result<R, Error> {
        let target = self.target(path, &Parameters::default());
        let response = self.send(&Method::POST, &target, Some(form)).await?;
        read(&Method::POST, &response)
    }

    pub(super) async fn delete(&self, path: &str) -> Result<(), Error> {
        let target = self.target(path, &Parameters::default());
        let response = self.send(&Method::DELETE, &target, None).await?;
        check(&Method::DELETE, &response).map(|_| ())
    }

    pub(super) fn target(&self, path: &str, query: &Parameters) -> String {
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}/{path}{mark}{}", self.account, query.write())
    }

    pub(super) async fn send(
        &self,
        method: &Method,
        target: &str,
        form: Option<&Parameters>,
    ) -> Result<Response<Vec<u8>>, Error> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{target}", self.base))
            .header(AUTHORIZATION, self.authorization.clone())
            .header(ACCEPT, "application/json");
        if form.is_some() {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let body = form.map(Parameters::write).unwrap_or_default();
        let request = request.body(body.into_bytes()).map_err(|source| {
            Error::transport(method, TransportError::NotSent(Box::new(source)))
        })?;
        self.transport
            .send(request)
            .await
            .map_err(|source| Error::transport(method, source))
    }
}
