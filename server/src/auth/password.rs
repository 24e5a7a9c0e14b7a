//! Passwords: what is accepted, how they are kept, and that checking one costs the same for everybody.

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::chance;
use crate::config::Secret;

/// Each hash takes 19 MiB for some 20 ms, so only a few are made at a time; the others wait.
static AT_A_TIME: Semaphore = Semaphore::const_new(2);

/// What is checked where there is no such person, so that the answer takes as long.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash_now("nobody", &"0".repeat(SALT)).unwrap_or_default());

/// Hexadecimal digits of a secret that make a salt; they are taken as the base64 that they also are.
const SALT: usize = 32;

const SHORTEST: usize = 10;
const LONGEST: usize = 256;

/// A password that may be set.
#[derive(Clone, Debug)]
pub struct NewPassword(Secret<String>);

/// Why a password may not be set, as a sentence for the person who chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPassword {
    /// Fewer than ten characters.
    #[error("Choose a password of at least {SHORTEST} characters.")]
    TooShort,
    /// More than any person types.
    #[error("Choose a password of at most {LONGEST} characters.")]
    TooLong,
    /// It repeats the user name.
    #[error("Choose a password that is not the user name.")]
    IsTheUserName,
}

/// The hash could not be made or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// argon2 refused its parameters or the stored text.
    #[error("hashing a password: {0}")]
    Hash(argon2::password_hash::Error),
    /// The process is stopping.
    #[error("hashing a password: the process is stopping")]
    Stopping,
}

impl NewPassword {
    /// Accepts a password for `user_name`.
    ///
    /// # Errors
    /// When it is too short, too long, or the user name again.
    pub fn parse(text: &str, user_name: &str) -> Result<Self, BadPassword> {
        let characters = text.chars().count();
        if characters < SHORTEST {
            return Err(BadPassword::TooShort);
        }
        if characters > LONGEST {
            return Err(BadPassword::TooLong);
        }
        if text.eq_ignore_ascii_case(user_name) {
            return Err(BadPassword::IsTheUserName);
        }
        Ok(Self(Secret::new(text.to_owned())))
    }

    /// The text that is stored: argon2id with its parameters and a salt of 128 bits from `chance`.
    ///
    /// # Errors
    /// When the hash cannot be made.
    pub async fn hash(self) -> Result<String, PasswordError> {
        let salt = chance::secret();
        aside(move || hash_now(self.0.reveal(), &salt)).await?
    }
}

/// Whether `attempt` is the password that `stored` was made from. Without a stored one it is not, after the same work.
///
/// # Errors
/// When the stored text cannot be read.
pub async fn is_right(
    attempt: Secret<String>,
    stored: Option<String>,
) -> Result<bool, PasswordError> {
    aside(move || {
        let nobody: &str = &NOBODY;
        let known = stored.is_some();
        let hash =
            PasswordHash::new(stored.as_deref().unwrap_or(nobody)).map_err(PasswordError::Hash)?;
        let attempt: String = attempt.reveal().chars().take(LONGEST + 1).collect();
        match argon2id()?.verify_password(attempt.as_bytes(), &hash) {
            Ok(()) => Ok(known),
            Err(argon2::password_hash::Error::Password) => Ok(false),
            Err(error) => Err(PasswordError::Hash(error)),
        }
    })
    .await?
}

async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, PasswordError> {
    let permit = AT_A_TIME
        .acquire()
        .await
        .map_err(|_| PasswordError::Stopping)?;
    let done = tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| PasswordError::Stopping);
    drop(permit);
    done
}

fn hash_now(text: &str, salt: &str) -> Result<String, PasswordError> {
    let salt = SaltString::from_b64(&salt[..SALT]).map_err(PasswordError::Hash)?;
    let hash = argon2id()?
        .hash_password(text.as_bytes(), &salt)
        .map_err(PasswordError::Hash)?;
    Ok(hash.to_string())
}

/// 19 MiB, two passes, one lane: the first of OWASP's recommended settings for argon2id.
fn argon2id() -> Result<Argon2<'static>, PasswordError> {
    let params =
        Params::new(19 * 1024, 2, 1, None).map_err(|error| PasswordError::Hash(error.into()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other_is() {
        let password = NewPassword::parse("correct horse", "ada").unwrap();
        let stored = password.hash().await.unwrap();

        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        assert!(attempt("correct horse", Some(&stored)).await);
        assert!(!attempt("correct Horse", Some(&stored)).await);
    }

    #[tokio::test]
    async fn nobody_has_no_password() {
        assert!(!attempt("nobody", None).await);
    }

    #[test]
    fn a_password_has_a_length_and_is_not_the_user_name() {
        for (text, bad) in [
            ("123456789", BadPassword::TooShort),
            ("äöüäöüäöü", BadPassword::TooShort),
            (&*"x".repeat(257), BadPassword::TooLong),
            ("ADA_LOVELACE", BadPassword::IsTheUserName),
        ] {
            assert_eq!(NewPassword::parse(text, "ada_lovelace").unwrap_err(), bad);
        }
    }

    async fn attempt(text: &str, stored: Option<&str>) -> bool {
        is_right(Secret::new(text.to_owned()), stored.map(str::to_owned))
            .await
            .unwrap()
    }
}
