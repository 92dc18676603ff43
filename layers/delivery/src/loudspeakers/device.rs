//! A device at the door: its log-in, and the token by which it is known afterwards.
//!
//! A cluster's device logs in with its id (IMEI) and the key that the desk showed once; only the key's hash is kept. The token says
//! cluster, end and a MAC over both and the hash, so nothing of it is stored, any node knows it, and a new key ends all tokens.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::entity::prelude::*;

use super::cluster::{self, Cluster};
use crate::base::App;
use crate::base::digest::sha256;
use crate::base::installation_key::InstallationKey;
use crate::web::Error;

/// How long a token is good for; a device logs in again when it is refused.
pub const TOKEN_HOURS: i64 = 24;
const PURPOSE: &str = "loudspeaker-token";

/// A device that was let in.
#[derive(Clone, Debug)]
pub struct Entry {
    pub cluster: Cluster,
    /// To be sent as `Authorization: Bearer`.
    pub token: String,
    pub until: DateTime<Utc>,
}

/// Lets a device in by its id and key; None when they do not fit, or the cluster is out of service. That it was refused is for the
/// caller to answer; guessing is slowed by the size of the key (192 bits).
///
/// # Errors
/// The database failed or the installation's key can not be read.
pub async fn log_in(app: &App, username: &str, password: &str) -> Result<Option<Entry>, Error> {
    let Some(cluster) = find(app, username).await? else { return Ok(None) };
    // Hashes are compared: how far two of them agree says nothing of the key.
    if hash(password) != cluster.credentials || cluster.state != cluster::State::Active {
        return Ok(None);
    }
    let until = app.clock.now() + TimeDelta::hours(TOKEN_HOURS);
    let token = token_of(app, &cluster, until)?;
    Ok(Some(Entry { cluster, token, until }))
}

/// The cluster that a token was given to; None when it is over, was changed, or the cluster has a new key or is out of service.
///
/// # Errors
/// The database failed or the installation's key can not be read.
pub async fn of_token(app: &App, token: &str) -> Result<Option<Cluster>, Error> {
    let mut parts = token.splitn(3, '.');
    let (Some(id), Some(until), Some(_)) = (parts.next(), parts.next(), parts.next()) else { return Ok(None) };
    let (Ok(id), Ok(until)) = (id.parse::<Uuid>(), until.parse::<i64>()) else { return Ok(None) };
    let Some(until) = DateTime::from_timestamp(until, 0).filter(|until| *until > app.clock.now()) else { return Ok(None) };
    let Some(cluster) = cluster::Entity::find_by_id(id).one(&app.db).await? else { return Ok(None) };
    let same = hash(&token_of(app, &cluster, until)?) == hash(token);
    Ok((same && cluster.state == cluster::State::Active).then_some(cluster))
}

/// The cluster with that device id, in service or not.
///
/// # Errors
/// The database failed.
pub async fn find(app: &App, device: &str) -> Result<Option<Cluster>, DbErr> {
    cluster::Entity::find().filter(cluster::Column::Device.eq(device.trim())).one(&app.db).await
}

/// A fresh key, to be shown once, and what is kept of it.
#[must_use]
pub fn new_key() -> (String, String) {
    use base64::Engine;
    // It begins with a letter: a file of keys puts a quote before what a spreadsheet would take for a formula.
    let key = format!("k{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>()));
    let kept = hash(&key);
    (key, kept)
}

/// What is kept of a key. It is random and long: a slow hash would protect nothing more.
#[must_use]
pub fn hash(key: &str) -> String {
    sha256(key.as_bytes())
}

fn token_of(app: &App, cluster: &Cluster, until: DateTime<Utc>) -> anyhow::Result<String> {
    let said = format!("{}.{}", cluster.id, until.timestamp());
    let mac = InstallationKey::of(app)?.derive(PURPOSE, &format!("{said}.{}", cluster.credentials));
    Ok(format!("{said}.{}", mac.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
}
