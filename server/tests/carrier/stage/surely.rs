//! The database as people in tests use it: where programs beside us write to the same file, it may be taken for a while.

use std::fmt::Debug;

/// How often something is tried.
const TRIES: usize = 6;

/// Does something until the database takes it.
///
/// # Panics
/// When it never does.
pub(crate) async fn surely<T, E: Debug>(act: impl AsyncFn() -> Result<T, E>) -> T {
    let mut left = TRIES;
    loop {
        left -= 1;
        match act().await {
            Ok(done) => return done,
            Err(error) => assert!(left > 0, "the database does not answer: {error:?}"),
        }
    }
}
