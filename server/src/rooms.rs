//! Rooms as monitors follow them.

mod acts;
mod attendance;
mod conference;
mod draw;
mod picture;
mod story;
mod support;

use crate::pictures;
use crate::state::AppState;

pub(crate) use acts::act;
pub use attendance::{ATTENDANCE, router};
pub use draw::Drawing;
pub use picture::Picture;
pub(crate) use story::{page, story};

/// The pictures of one server's rooms.
pub type Monitor = pictures::Pictures<Drawing>;

/// Draws the picture again whenever something may have changed, while anybody follows, until the server stops.
pub async fn run(state: AppState) {
    pictures::run::<Drawing>(state).await;
}
