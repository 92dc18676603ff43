//! Being signed in: a row per browser, found by the hash of a random token in a cookie, revocable at once.

pub mod agent;
pub mod ending;
pub mod origin;
pub mod presence;

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

use super::{Person, agency, grant, person};
use crate::base::{App, Fact, Grant, Role, Who, new_id};
use crate::web::{Result, api, cookie};

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

    /// Who is behind the request's cookie, if session and person still hold: one statement, a row for each of their roles.
    async fn of(app: &App, headers: &HeaderMap) -> Result<Option<Who>, DbErr> {
        let Some(token) = cookie::read(headers, COOKIE) else { return Ok(None) };
        let now = app.clock.now();
        let mut rows = Self::holding(now)
            .filter(Column::TokenHash.eq(hash(token)))
            .into_tuple::<(Uuid, DateTimeUtc, Uuid, String, Option<Uuid>, Option<String>, Option<String>, Option<Uuid>)>()
            .all(&app.db)
            .await?
            .into_iter()
            .peekable();
        let Some((session, seen_at, person, name, agency, agency_name, ..)) = rows.peek().cloned() else { return Ok(None) };
        if seen_at < now - TimeDelta::seconds(SEEN_EVERY_S) {
            Entity::update_many().col_expr(Column::SeenAt, Expr::value(now)).filter(Column::Id.eq(session)).exec(&app.db).await?;
        }
        let grants = rows.filter_map(|(.., role, agency)| Some(Grant { role: Role::from_code(&role?)?, agency })).collect();
        Ok(Some(Who { person, session, name, agency, agency_name: agency_name.unwrap_or_default(), grants }))
    }

    /// Sessions that hold now, each with its person, the agency they work at and their roles (none is a row too).
    fn holding(now: DateTimeUtc) -> sea_orm::Select<Entity> {
        let its_person = Entity::belongs_to(person::Entity).from(Column::Person).to(person::Column::Id);
        let their_agency = person::Entity::belongs_to(agency::Entity).from(person::Column::Agency).to(agency::Column::Id);
        let their_roles = person::Entity::belongs_to(grant::Entity).from(person::Column::Id).to(grant::Column::Person);
        Entity::find()
            .select_only()
            .columns([Column::Id, Column::SeenAt])
            .columns([person::Column::Id, person::Column::Name, person::Column::Agency])
            .column(agency::Column::ShortName)
            .columns([grant::Column::Role, grant::Column::Agency])
            .join(JoinType::InnerJoin, its_person.into())
            .join(JoinType::LeftJoin, their_agency.into())
            .join(JoinType::LeftJoin, their_roles.into())
            .filter(Column::RevokedAt.is_null())
            .filter(Column::ExpiresAt.gt(now))
            .filter(Column::SeenAt.gt(now - TimeDelta::hours(IDLE_H)))
            .filter(person::Column::DisabledAt.is_null())
    }
}

/// Middleware: puts [`Who`] into the request when somebody is signed in.
pub async fn recognise(State(app): State<App>, mut request: Request, next: Next) -> Response {
    // The API takes tokens only: what a browser sends along by itself opens nothing there.
    let path = request.uri().path();
    if !path.starts_with("/assets/") && !api::is_at(path) {
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
