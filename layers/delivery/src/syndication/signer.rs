//! Who signs calls to us: an account elsewhere and its key, as its server shows it. Kept for a while; asked for again when a
//! signature does not fit, since keys are renewed. // recorded by nobody: a copy of what others show

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use platforms::activitypub::{MEDIA_TYPE, sign};
use platforms::{Line, LineError};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use serde_json::Value;

use super::actor::Actor;
use super::address::{self, BYTES_MAX, Wrong};
use crate::base::App;
use crate::channels::speaking::Http;

/// Whoever asks waits for this at most.
const FETCH_S: u64 = 8;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "syndication_signer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_id: String,
    /// The account.
    pub owner: String,
    pub host: String,
    #[sea_orm(column_type = "Text")]
    pub pem: String,
    #[sea_orm(column_type = "Text")]
    pub inbox: String,
    /// Empty where its server has none.
    #[sea_orm(column_type = "Text")]
    pub shared_inbox: String,
    pub fetched_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Signer = Model;

/// Why a key is not known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfetched {
    #[error("the key's address: {0}")]
    Address(#[from] Wrong),
    #[error("the key's server was not reached: {0}")]
    Unreached(String),
    #[error("the key's server answered {0}")]
    Status(u16),
    #[error("what the key's server shows is no account: {0}")]
    Nonsense(&'static str),
}

impl Model {
    /// What is kept of a key.
    ///
    /// # Errors
    /// The database failed.
    pub async fn kept(on: &impl ConnectionTrait, key_id: &str) -> Result<Option<Self>, DbErr> {
        Entity::find_by_id(key_id).one(on).await
    }

    /// Asks the key's server, in the name of one of our actors: some servers answer signed questions only.
    ///
    /// # Errors
    /// [`Unfetched`].
    pub async fn fetched(app: &App, own: &Actor, key_id: &str) -> Result<Self, Unfetched> {
        let shown = document(app, own, key_id).await?;
        let is_account = shown["publicKey"]["publicKeyPem"].is_string();
        // Some show the key by itself. Whosever it is, they have to name it as theirs, at their own address: whoever can put a file on
        // a server could name anybody of it otherwise.
        let named = if is_account { &shown["id"] } else { &shown["owner"] };
        let owner = named.as_str().ok_or(Unfetched::Nonsense("no id"))?.to_owned();
        let document = if is_account && owner == place(key_id) { shown } else { self::document(app, own, &owner).await? };
        if document["id"].as_str() != Some(owner.as_str()) {
            return Err(Unfetched::Nonsense("another account"));
        }
        Self::read(&document, key_id, app.config.syndication_private, app.clock.now())
    }

    /// Reads the document of an account: it has this very key, and all of it is of one host.
    fn read(document: &Value, key_id: &str, private: bool, now: DateTime<Utc>) -> Result<Self, Unfetched> {
        let text = |value: &Value| value.as_str().filter(|text| text.len() <= BYTES_MAX).map(str::to_owned);
        let owner = text(&document["id"]).ok_or(Unfetched::Nonsense("no id"))?;
        let key = &document["publicKey"];
        if key["id"].as_str() != Some(key_id) || key["owner"].as_str().is_some_and(|named| named != owner) {
            return Err(Unfetched::Nonsense("another key"));
        }
        let inbox = text(&document["inbox"]).ok_or(Unfetched::Nonsense("no inbox"))?;
        let shared_inbox = text(&document["endpoints"]["sharedInbox"]).unwrap_or_default();
        let (_, host) = address::read(&owner, private, false)?;
        // Nobody has what is meant for them brought to others.
        for one in [key_id, inbox.as_str(), shared_inbox.as_str()].into_iter().filter(|one| !one.is_empty()) {
            if address::read(one, private, false)?.1 != host {
                return Err(Unfetched::Nonsense("inbox or key of another host"));
            }
        }
        let pem = key["publicKeyPem"].as_str().filter(|pem| pem.len() <= 8_192).ok_or(Unfetched::Nonsense("no key"))?;
        Ok(Self { key_id: key_id.to_owned(), owner, host, pem: pem.to_owned(), inbox, shared_inbox, fetched_at: now })
    }

    /// Keeps it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep(&self, on: &impl ConnectionTrait) -> Result<(), DbErr> {
        let again = OnConflict::column(Column::KeyId)
            .update_columns([Column::Owner, Column::Host, Column::Pem, Column::Inbox, Column::SharedInbox, Column::FetchedAt])
            .to_owned();
        let row = ActiveModel {
            key_id: Set(self.key_id.clone()),
            owner: Set(self.owner.clone()),
            host: Set(self.host.clone()),
            pem: Set(self.pem.clone()),
            inbox: Set(self.inbox.clone()),
            shared_inbox: Set(self.shared_inbox.clone()),
            fetched_at: Set(self.fetched_at),
        };
        Entity::insert(row).on_conflict(again).exec_without_returning(on).await.map(|_| ())
    }

    /// Forgets the keys of an account: the next call asks for them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget(on: &impl ConnectionTrait, owner: &str) -> Result<(), DbErr> {
        Entity::delete_many().filter(Column::Owner.eq(owner)).exec(on).await.map(|_| ())
    }
}

/// An address without what stands behind its `#`.
fn place(iri: &str) -> &str {
    iri.split_once('#').map_or(iri, |(place, _)| place)
}

/// Forgets what was asked for before a moment.
///
/// # Errors
/// The database failed.
pub async fn forget_old(on: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::FetchedAt.lt(before)).exec(on).await.map(|_| ())
}

async fn document(app: &App, own: &Actor, iri: &str) -> Result<Value, Unfetched> {
    let private = app.config.syndication_private;
    let (mut url, _) = address::read(iri, private, false)?;
    url.set_fragment(None);
    let unreached = |error: String| Unfetched::Unreached(error);
    let asking = http_get(url.as_str()).map_err(|error| unreached(error.to_string()))?;
    let mut asking = asking.map(|()| Bytes::new());
    let key = own.key(app).map_err(|error| unreached(error.to_string()))?;
    let key_id = format!("{}#main-key", own.iri(app));
    sign(&key, &key_id, &mut asking, app.clock.now().timestamp()).map_err(|error| unreached(error.to_string()))?;
    let line = Http { private };
    let talk = line.exchange(asking);
    let answer = match tokio::time::timeout(Duration::from_secs(FETCH_S), talk).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(LineError::NotSent(why))) if why.contains("private network") => return Err(Wrong::Private.into()),
        Ok(Err(error)) => return Err(unreached(error.to_string())),
        Err(_) => return Err(unreached(format!("no answer within {FETCH_S} s"))),
    };
    if !answer.status().is_success() {
        return Err(Unfetched::Status(answer.status().as_u16()));
    }
    serde_json::from_slice(answer.body()).map_err(|_| Unfetched::Nonsense("no JSON"))
}

fn http_get(address: &str) -> Result<axum::http::Request<()>, axum::http::Error> {
    axum::http::Request::get(address).header("accept", MEDIA_TYPE).body(())
}

#[cfg(test)]
mod unit {
    use serde_json::json;

    use super::*;

    fn account(host: &str) -> Value {
        json!({
            "id": "https://a.example/u",
            "inbox": format!("https://{host}/u/inbox"),
            "publicKey": {"id": "https://a.example/u#k", "owner": "https://a.example/u", "publicKeyPem": "PEM"},
        })
    }

    #[test]
    fn an_account_is_of_one_host_and_has_the_key_that_was_named() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        assert!(Signer::read(&account("a.example"), "https://a.example/u#k", false, now).is_ok());
        let inbox = Signer::read(&account("victim.example"), "https://a.example/u#k", false, now);
        assert_eq!(inbox, Err(Unfetched::Nonsense("inbox or key of another host")));
        let key = Signer::read(&account("a.example"), "https://a.example/u#other", false, now);
        assert_eq!(key, Err(Unfetched::Nonsense("another key")));
        let inside = json!({"id": "https://10.0.0.1/u", "inbox": "https://10.0.0.1/i", "publicKey": {"id": "https://10.0.0.1/u#k", "publicKeyPem": "PEM"}});
        assert_eq!(Signer::read(&inside, "https://10.0.0.1/u#k", false, now), Err(Unfetched::Address(Wrong::Private)));
    }
}
