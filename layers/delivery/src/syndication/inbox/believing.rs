//! Whose call it is.

use platforms::activitypub::{Call, Unbelieved, believe, key_id};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::Value;
use tokio::sync::Semaphore;

use super::Refused;
use crate::base::App;
use crate::syndication::actor::Actor;
use crate::syndication::address;
use crate::syndication::follower::Follower;
use crate::syndication::rate::{self, What};
use crate::syndication::signer::Signer;
use crate::web::Result;

/// Keys that this node asks for at once. Whoever invents hosts, each with a name of its own, makes us call no more of them than that.
const ASKING_MAX: usize = 32;
static ASKING: Semaphore = Semaphore::const_new(ASKING_MAX);

/// The account whose key signed the call. A key that is kept and does not fit is asked for once more: keys are renewed.
///
/// # Errors
/// The database failed.
pub async fn signer(app: &App, own: &Actor, call: &Call<'_>) -> Result<std::result::Result<Signer, Refused>> {
    let id = match key_id(call.headers) {
        Ok(id) if id.len() <= address::BYTES_MAX => id,
        Ok(_) => return Ok(Err(Unbelieved::Form("keyId").into())),
        Err(unbelieved) => return Ok(Err(unbelieved.into())),
    };
    let now_s = app.clock.now().timestamp();
    let kept = Signer::kept(&app.db, &id).await?;
    if let Some(kept) = kept {
        match believe(call, &kept.pem, now_s) {
            Ok(()) => return Ok(Ok(kept)),
            // Only another key can mend these.
            Err(Unbelieved::Signature | Unbelieved::Key(_)) => {}
            Err(unbelieved) => return Ok(Err(unbelieved.into())),
        }
    }
    // What only names a host is counted against it here, where somebody would be asked: with calls in its name nobody shuts out those
    // of its people whose keys are known.
    if !rate::spend(app, What::Claim, &address::host_of(&id)) {
        return Ok(Err(Refused::Often));
    }
    let Ok(_asking) = ASKING.try_acquire() else { return Ok(Err(Refused::Often)) };
    let fetched = match Signer::fetched(app, own, &id).await {
        Ok(fetched) => fetched,
        Err(unfetched) => return Ok(Err(unfetched.into())),
    };
    if let Err(unbelieved) = believe(call, &fetched.pem, now_s) {
        return Ok(Err(unbelieved.into()));
    }
    fetched.keep(&app.db).await?;
    Ok(Ok(fetched))
}

/// Whether somebody deletes themselves who follows nobody here.
///
/// # Errors
/// The database failed.
pub async fn is_strangers_end(on: &impl ConnectionTrait, activity: &Value) -> Result<bool, DbErr> {
    if activity["type"] != "Delete" {
        return Ok(false);
    }
    let (Some(actor), object) = (activity["actor"].as_str(), &activity["object"]) else { return Ok(false) };
    let named = object.as_str().or_else(|| object["id"].as_str());
    Ok(named == Some(actor) && !Follower::is_known(on, actor).await?)
}
