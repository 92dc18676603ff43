//! Passwords: what is accepted, and how they are kept (argon2id with the parameters of OWASP's Password
//! Storage Cheat Sheet: 19 MiB, two passes, one lane; NIST SP 800-63B-4 for what is asked of them).

mod policy;

use std::sync::LazyLock;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::web::{Error, Result};

pub use policy::{LETTERS_MAX, LETTERS_MIN, obstacle};

/// Hashing takes a core and 19 MiB; two at a time leave the rest of the machine to the others.
static PLACES: Semaphore = Semaphore::const_new(2);
/// Waiting for a place longer than this means that somebody floods the sign-in.
const QUEUE_S: u64 = 15;
const RETRY_S: u64 = 30;

/// Compared with when there is no such account, so that its absence does not show in the time taken.
static NOBODYS: LazyLock<String> = LazyLock::new(|| phc(&crate::people::session::token()).unwrap_or_default());

/// The hash to keep, in PHC form.
///
/// # Errors
/// [`Error::TooMany`] when too many are waiting, or hashing failed.
pub async fn hash(password: &str) -> Result<String> {
    let password = password.to_owned();
    worked(move || phc(&password)).await?
}

/// Whether the password is the one whose hash is kept. Takes as long when nothing is kept.
///
/// # Errors
/// [`Error::TooMany`] when too many are waiting.
pub async fn is_right(password: &str, kept: Option<String>) -> Result<bool> {
    let password = password.to_owned();
    worked(move || {
        let known = kept.is_some();
        let nobodys: &String = &NOBODYS;
        let kept = kept.unwrap_or_else(|| nobodys.clone());
        let fits = PasswordHash::new(&kept)
            .is_ok_and(|kept| Argon2::default().verify_password(normal(&password).as_bytes(), &kept).is_ok());
        fits && known
    })
    .await
}

async fn worked<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let place = tokio::time::timeout(Duration::from_secs(QUEUE_S), PLACES.acquire()).await;
    let _place = place.map_err(|_| Error::TooMany(RETRY_S))??;
    Ok(tokio::task::spawn_blocking(work).await?)
}

fn phc(password: &str) -> Result<String> {
    let failed = |error| anyhow::anyhow!("hashing a password: {error}");
    let parameters = Params::new(19 * 1024, 2, 1, None).map_err(failed)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters);
    let hash: PasswordHash =
        argon2.hash_password(normal(password).as_bytes()).map_err(|error| anyhow::anyhow!("hashing a password: {error}"))?;
    Ok(hash.to_string())
}

/// Keyboards write the same Vietnamese letter in different ways; NFC makes them one (NIST SP 800-63B-4, 3.1.1.2).
fn normal(password: &str) -> String {
    password.nfc().collect()
}
