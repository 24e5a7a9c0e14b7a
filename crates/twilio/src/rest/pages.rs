//! Lists, page by page (reference E.1, pagination).

use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Error as _};
use serde_json::{Map, Value};

use super::Client;
use super::error::Error;
use super::parameters::Parameters;

/// A list that is fetched page by page, as long as there are any. Twilio's own pages name the next one.
///
/// ```no_run
/// # async fn example(client: twilio::rest::Client) -> Result<(), twilio::rest::Error> {
/// let mut pages = client.list_queues(&twilio::rest::QueueFilter::new());
/// while let Some(queues) = pages.next().await? {
///     for queue in queues {
///         println!("{}", queue.sid);
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Pages<R> {
    client: Client,
    /// Under which name the items stand in a page.
    key: &'static str,
    /// Where the next page is, behind the base address; `None` behind the last page.
    next: Option<String>,
    of: PhantomData<fn() -> R>,
}

impl<R: DeserializeOwned> Pages<R> {
    /// Fetches the next page; `None` behind the last one. A page may be empty.
    ///
    /// # Errors
    /// As [`Error`] says. The same page is asked for again by the next call, which is always safe.
    pub async fn next(&mut self) -> Result<Option<Vec<R>>, Error> {
        let Some(target) = self.next.clone() else {
            return Ok(None);
        };
        let mut page: Map<String, Value> = self.client.get_target(&target).await?;
        let next = next_of(&page, &target).map_err(unreadable)?;
        let items = page.remove(self.key).unwrap_or_default();
        let items = serde_json::from_value(items).map_err(unreadable)?;
        self.next = next;
        Ok(Some(items))
    }

    /// Fetches the items of all further pages, until there are at least `enough`.
    ///
    /// # Errors
    /// As [`next`](Self::next); what was fetched before is lost.
    pub async fn collect(mut self, enough: usize) -> Result<Vec<R>, Error> {
        let mut all = Vec::new();
        while all.len() < enough {
            let Some(mut page) = self.next().await? else {
                break;
            };
            all.append(&mut page);
        }
        Ok(all)
    }
}

impl Client {
    pub(super) fn pages<R>(&self, path: &str, query: &Parameters, key: &'static str) -> Pages<R> {
        Pages {
            client: self.clone(),
            key,
            next: Some(self.target(path, query)),
            of: PhantomData,
        }
    }
}

/// An address of another host is not followed, since it would be sent the credentials; nor is a page that follows
/// itself, since it would never end.
fn next_of(page: &Map<String, Value>, this: &str) -> Result<Option<String>, serde_json::Error> {
    match page.get("next_page_uri") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(uri)) if uri.is_empty() => Ok(None),
        Some(Value::String(uri)) if uri.starts_with('/') && uri != this => Ok(Some(uri.clone())),
        Some(_) => Err(serde_json::Error::custom(
            "next_page_uri is not the path of another page",
        )),
    }
}

fn unreadable(source: serde_json::Error) -> Error {
    Error::unreadable(&http::Method::GET, http::StatusCode::OK, source)
}
