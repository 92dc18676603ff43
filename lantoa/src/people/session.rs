//! Being signed in: a row per browser, found by the hash of a random token in a cookie, revocable at once.

pub mod agent;
pub mod ending;
pub mod origin;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{JoinType, QuerySelect};
use sha2::{Digest, Sha256};

use super::agency::brief::Known;
use super::{Person, grant, person};
use crate::base::{App, Fact, Who, new_id};
use crate::web::{Result, cookie};

pub use origin::Origin;

pub const COOKIE: &str = "session";
/// Unused this long, a session ends.
const IDLE_H: i64 = 12;
/// However used, it ends after this.
const WHOLE_D: i64 = 14;
/// `seen_at` is written at most this often.
const SEEN_EVERY_S: i64 = 300;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// SHA-256 of the cookie's token: a stolen database signs nobody in.
    #[sea_orm(unique)]
    pub token_hash: String,
    pub person: Uuid,
    /// How they signed in: `password`, `password+totp`, `passkey`, `oidc:<provider>`, `invitation`, `demo`.
    pub means: String,
    /// The browser as it names itself, cut short.
    pub agent: String,
    pub address: String,
    pub created_at: DateTimeUtc,
    pub seen_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// A random token for cookies and one-time links: 256 bits, base64url.
#[must_use]
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// What is kept of a token.
#[must_use]
pub fn hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

impl Model {
    /// Signs a person in: makes the session and records it. Returns the `Set-Cookie` line.
    ///
    /// # Errors
    /// The database failed.
    pub async fn begin(app: &App, person: &Person, means: &str, origin: Origin) -> Result<String> {
        let token = token();
        let now = app.clock.now();
        let session = ActiveModel {
            id: Set(new_id()),
            token_hash: Set(hash(&token)),
            person: Set(person.id),
            means: Set(means.into()),
            agent: Set(origin.agent.chars().take(200).collect()),
            address: Set(origin.address),
            created_at: Set(now),
            seen_at: Set(now),
            expires_at: Set(now + TimeDelta::days(WHOLE_D)),
            revoked_at: Set(None),
        };
        let by = crate::base::By { person: Some(person.id), agency: person.agency, why: None };
        let transaction = app.begin().await?;
        Entity::insert(session).exec_without_returning(&transaction).await?;
        app.record(&transaction, person.id, Fact::SignedIn { means: means.into() }, &by).await?;
        app.commit(transaction).await?;
        Ok(cookie::write(COOKIE, &token, Some(WHOLE_D * 24 * 3600), app.config.is_https()))
    }

    /// The session and person behind the request's cookie, if both still hold.
    async fn of(app: &App, headers: &HeaderMap) -> Result<Option<Who>, DbErr> {
        let Some(token) = cookie::read(headers, COOKIE) else { return Ok(None) };
        let now = app.clock.now();
        let its_person = Entity::belongs_to(person::Entity).from(Column::Person).to(person::Column::Id);
        let found = Entity::find()
            .select_also(person::Entity)
            .join(JoinType::InnerJoin, its_person.into())
            .filter(Column::TokenHash.eq(hash(token)))
            .filter(Column::RevokedAt.is_null())
            .filter(Column::ExpiresAt.gt(now))
            .filter(Column::SeenAt.gt(now - TimeDelta::hours(IDLE_H)))
            .one(&app.db)
            .await?;
        let Some((session, Some(person))) = found else { return Ok(None) };
        if person.disabled_at.is_some() {
            return Ok(None);
        }
        if session.seen_at < now - TimeDelta::seconds(SEEN_EVERY_S) {
            Entity::update_many()
                .col_expr(Column::SeenAt, Expr::value(now))
                .filter(Column::Id.eq(session.id))
                .exec(&app.db)
                .await?;
        }
        who(app, &session, person).await.map(Some)
    }
}

async fn who(app: &App, session: &Model, person: Person) -> Result<Who, DbErr> {
    let agency = match person.agency {
        Some(id) => Known::now(app).await?.get(&id).cloned(),
        None => None,
    };
    Ok(Who {
        person: person.id,
        session: session.id,
        name: person.name,
        agency: person.agency,
        agency_name: agency.map(|agency| agency.short_name).unwrap_or_default(),
        grants: grant::Model::of(&app.db, person.id).await?,
    })
}

/// Middleware: puts [`Who`] into the request when somebody is signed in.
pub async fn recognise(State(app): State<App>, mut request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/assets/") {
        match Model::of(&app, request.headers()).await {
            Ok(Some(who)) => {
                request.extensions_mut().insert(who);
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "sessions can not be read; the request goes on unsigned"),
        }
    }
    next.run(request).await
}
