//! How often one address may ask. An address is kept as a number that only this installation makes, in memory, for a minute.

use uuid::Uuid;

use crate::base::App;
use crate::base::installation_key::InstallationKey;
use crate::web::Error;
use crate::web::api::rate;

/// Lets one question through, or says how many seconds to wait.
///
/// # Errors
/// [`Error::TooMany`], or the installation's key can not be read.
pub fn pass(app: &App, address: &str) -> Result<(), Error> {
    rate::spend_of(app, bucket(app, "assistant-address", address)?, app.config.assistant.per_minute)
}

/// Whether a model may write the answer of this one: it costs more than a quote.
#[must_use]
pub fn may_write(app: &App, address: &str) -> bool {
    if app.config.assistant.model.is_none() {
        return false;
    }
    let bucket = bucket(app, "assistant-written", address);
    bucket.and_then(|bucket| rate::spend_of(app, bucket, app.config.assistant.written_per_minute)).is_ok()
}

fn bucket(app: &App, purpose: &str, address: &str) -> Result<Uuid, Error> {
    let number = InstallationKey::of(app)?.derive(purpose, address);
    Ok(Uuid::from_slice(&number[..16])?)
}
