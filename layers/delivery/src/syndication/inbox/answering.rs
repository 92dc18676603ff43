//! What a call that is believed sets in motion: who follows is welcome, who leaves is let go, a key that was renewed is asked for
//! again. Everything else is taken and does nothing.

use chrono::TimeDelta;
use platforms::activitypub::{Heard, accept, hear};
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::Refused;
use crate::base::App;
use crate::base::digest::sha256;
use crate::people::agency::brief::Known;
use crate::syndication::actor::{self, Actor};
use crate::syndication::block::Block;
use crate::syndication::delivery::{self, TRIED_D, To};
use crate::syndication::follower::{FOLLOWERS_MAX, Follower};
use crate::syndication::message::{Kind, Message};
use crate::syndication::rate::{self, What};
use crate::syndication::signer::Signer;
use crate::syndication::{address, heard};
use crate::web::{Error, Result};

/// Answers what the signer said; the same activity once.
///
/// # Errors
/// The database failed.
pub async fn answer(app: &App, activity: &Value, signer: &Signer) -> Result<std::result::Result<(), Refused>> {
    if !rate::spend(app, What::Activity, &signer.host) {
        return Ok(Err(Refused::Often));
    }
    // Nobody names an activity of another's server, and so has ours take it for said.
    let id = activity["id"].as_str().unwrap_or_default();
    if id.len() > address::BYTES_MAX || address::host_of(id) != signer.host {
        return Ok(Err(Refused::Nonsense));
    }
    let said = hear(activity, &signer.owner);
    if said == Heard::Nonsense {
        return Ok(Err(Refused::Nonsense));
    }
    let transaction = app.begin().await?;
    if !heard::is_new(&transaction, id, app.clock.now()).await? {
        return Ok(Ok(()));
    }
    let done = match &said {
        Heard::Follow { object, activity, .. } => follow(app, &transaction, object, activity, signer).await?,
        Heard::Unfollow { actor, object } => {
            if let Some(own) = own(app, &transaction, object).await? {
                Follower::let_go(&transaction, Some(own.id), actor).await?;
            }
            Ok(())
        }
        Heard::Leave { actor } => {
            Follower::let_go(&transaction, None, actor).await?;
            Signer::forget(&transaction, actor).await?;
            Ok(())
        }
        Heard::Other { kind, actor } if kind == "Update" && is_about(activity, actor) => {
            Signer::forget(&transaction, actor).await?;
            Ok(())
        }
        Heard::Other { .. } | Heard::Nonsense => Ok(()),
    };
    if done.is_ok() {
        app.commit(transaction).await?;
    }
    Ok(done)
}

fn is_about(activity: &Value, actor: &str) -> bool {
    let object = &activity["object"];
    object.as_str().or_else(|| object["id"].as_str()) == Some(actor)
}

/// The actor of ours at that address, when it is switched on.
async fn own(app: &App, on: &impl ConnectionTrait, iri: &str) -> Result<Option<Actor>> {
    let prefix = actor::iri(app, "");
    let Some(username) = iri.strip_prefix(&prefix) else { return Ok(None) };
    match Actor::named(on, username).await {
        Ok(actor) => Ok(Some(actor)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn follow(
    app: &App,
    on: &impl ConnectionTrait,
    object: &str,
    activity: &Value,
    signer: &Signer,
) -> Result<std::result::Result<(), Refused>> {
    let Some(own) = own(app, on, object).await? else { return Ok(Err(Refused::NoActor)) };
    if Block::hosts(on, own.id).await?.contains(&signer.host) {
        return Ok(Err(Refused::Blocked));
    }
    if Follower::count(on, own.id).await? >= FOLLOWERS_MAX {
        return Ok(Err(Refused::Full));
    }
    Follower::welcome(app, on, own.id, signer).await?;
    let id = activity["id"].as_str().unwrap_or_default();
    let iri = format!("{}#accepts/{}", own.iri(app), &sha256(id.as_bytes())[..32]);
    let described = own.described(app, &*Known::now(app).await?);
    let message = Message::activity(Kind::Accept, own.id, None, &accept(&described, &iri, activity), app.clock.now());
    message.keep(on).await?;
    let to = [To { address: signer.inbox.clone(), host: signer.host.clone(), subscription: None }];
    delivery::plan(app, on, &message, &to, TimeDelta::days(TRIED_D)).await?;
    Ok(Ok(()))
}
