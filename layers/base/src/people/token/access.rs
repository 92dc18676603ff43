//! Who is behind a token, for each request of the API. Notes when it was last used; the use itself is in the ledger where it
//! changes something. // recorded by the verbs that are called

use axum::extract::{FromRequestParts, Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::{FromQueryResult, JoinType, QuerySelect};

use super::{Column, Entity, Model, OVER_ALL, PREFIX};
use crate::base::{App, Grant, Role, Who};
use crate::people::attempts::Attempt;
use crate::people::session::{self, Origin};
use crate::people::{agency, grant, person};
use crate::web::api::{self, Access, Scope, rate};
use crate::web::{Error, Result};

/// `last_used_at` is written at most this often.
const USED_EVERY_S: i64 = 300;

/// Middleware of the API: puts the [`Access`] of the request's token into it. A token that does not hold is refused whatever
/// is asked for, so that nobody takes the public view for the whole.
pub async fn recognise(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !api::is_at(path) || api::is_of_devices(path) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Some(given) = bearer(&parts.headers).map(str::to_owned) else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    let Ok(origin) = Origin::from_request_parts(&mut parts, &app).await;
    let access = match access(&app, &given, &origin).await {
        Ok(access) => access,
        Err(error) => return error.into_response(),
    };
    let who = access.who.clone();
    parts.extensions.insert(access);
    let mut answer = next.run(Request::from_parts(parts, body)).await;
    answer.extensions_mut().insert(who);
    answer
}

/// What comes after `Bearer`, or whatever else stands in `Authorization`: a mistaken scheme is a token that does not hold, told
/// apart from other mistakes. Nothing after the scheme is no token: whoever asks so asks as anybody.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().unwrap_or("?").trim();
    if value.is_empty() || value.eq_ignore_ascii_case("bearer") {
        return None;
    }
    let (scheme, token) = value.split_once(' ').unwrap_or(("", value));
    Some(if scheme.eq_ignore_ascii_case("bearer") { token.trim() } else { value })
}

async fn access(app: &App, given: &str, origin: &Origin) -> Result<Access> {
    if let Some(access) = Model::held(app, given).await? {
        rate::spend(app, access.token)?;
        return Ok(access);
    }
    // Counted apart from signing in: a program with an old token must not shut the door on the people of its office.
    let attempt = Attempt::begin(app, &format!("token:{given}"), &format!("api:{}", origin.address)).await?;
    attempt.failed(app, None, "token").await?;
    Err(Error::SignInFirst)
}

/// A token with its person and one of their roles.
#[derive(Clone, Debug, FromQueryResult)]
struct Behind {
    id: Uuid,
    label: String,
    scopes: String,
    reach: Option<Uuid>,
    expires_at: DateTimeUtc,
    last_used_at: Option<DateTimeUtc>,
    person: Uuid,
    name: String,
    agency: Option<Uuid>,
    agency_name: Option<String>,
    role: Option<String>,
    role_agency: Option<Uuid>,
}

impl Model {
    /// The access of a token, if it and its person still hold: one statement, a row for each of the person's roles.
    async fn held(app: &App, given: &str) -> Result<Option<Access>> {
        if !given.starts_with(PREFIX) {
            return Ok(None);
        }
        let now = app.clock.now();
        let rows = Self::behind(now).filter(Column::TokenHash.eq(session::hash(given)));
        let rows = rows.into_model::<Behind>().all(&app.db).await?;
        let Some(first) = rows.first().cloned() else { return Ok(None) };
        let role = |row: &Behind| Some(Grant { role: Role::from_code(row.role.as_deref()?)?, agency: row.role_agency });
        let grants: Vec<Grant> = rows.iter().filter_map(role).collect();
        // Who went to another agency, or looks over the province no more, takes the token's reach along with them.
        let reaches = match first.reach {
            Some(agency) => first.agency == Some(agency),
            None => grants.iter().any(|grant| OVER_ALL.contains(&grant.role)),
        };
        if !reaches {
            return Ok(None);
        }
        if first.last_used_at.is_none_or(|used| used < now - TimeDelta::seconds(USED_EVERY_S)) {
            let used = Entity::update_many().col_expr(Column::LastUsedAt, Expr::value(now));
            used.filter(Column::Id.eq(first.id)).exec(&app.db).await?;
        }
        let agency_name = first.agency_name.unwrap_or_default();
        let who = Who { person: first.person, session: first.id, name: first.name, agency: first.agency, agency_name, grants };
        Ok(Some(Access {
            who,
            token: first.id,
            label: first.label,
            reach: first.reach,
            scopes: first.scopes.split(' ').filter_map(Scope::of_code).collect(),
            expires_at: first.expires_at,
        }))
    }

    fn behind(now: DateTimeUtc) -> sea_orm::Select<Entity> {
        let its_person = Entity::belongs_to(person::Entity).from(Column::Person).to(person::Column::Id);
        let their_agency = person::Entity::belongs_to(agency::Entity).from(person::Column::Agency).to(agency::Column::Id);
        let their_roles = person::Entity::belongs_to(grant::Entity).from(person::Column::Id).to(grant::Column::Person);
        Entity::find()
            .select_only()
            .columns([Column::Id, Column::Label, Column::Scopes, Column::ExpiresAt, Column::LastUsedAt])
            .column_as(Column::Agency, "reach")
            .column(Column::Person)
            .columns([person::Column::Name, person::Column::Agency])
            .column_as(agency::Column::ShortName, "agency_name")
            .column(grant::Column::Role)
            .column_as(grant::Column::Agency, "role_agency")
            .join(JoinType::InnerJoin, its_person.into())
            .join(JoinType::LeftJoin, their_agency.into())
            .join(JoinType::LeftJoin, their_roles.into())
            .filter(Column::RevokedAt.is_null())
            .filter(Column::ExpiresAt.gt(now))
            .filter(person::Column::DisabledAt.is_null())
    }
}
