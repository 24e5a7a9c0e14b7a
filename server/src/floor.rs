//! The floor as screens follow it.

mod draw;
mod free;
mod handing;
mod history;
mod inboxes;
mod mine;
mod people;
mod picture;
pub(crate) mod watchers;

use crate::pictures;
use crate::state::AppState;

pub use draw::Drawing;
pub use picture::{Picture, Sent};

/// The pictures of one server's floor.
pub type Pictures = pictures::Pictures<Drawing>;

/// Draws the picture again whenever something may have changed, while anybody follows, until the server stops.
pub async fn run(state: AppState) {
    pictures::run::<Drawing>(state).await;
}
