//! Plans and provisions as JSON. What is adopted is everyone's; drafts are for tokens with `plans:read` within their reach.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::party::{self, Part, Party};
use super::plan::{Column, Entity, State as Standing};
use super::{Plan, Provision, provision};
use crate::base::App;
use crate::web::api::access::Reader;
use crate::web::api::{Asked, Cursor, Listing, Scope, Usual, answer};
use crate::web::{Error, Path, Result};

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(plans)).routes(routes!(plan)).routes(routes!(provisions))
}

/// An official document that gives duties.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Plan)]
pub struct Shown {
    pub id: Uuid,
    /// In addresses.
    pub slug: String,
    /// `adopted`, `replaced`, or for some tokens `draft`.
    pub state: String,
    /// As the document calls itself: `Kế hoạch`.
    pub type_name: String,
    /// `118/KH-UBND`; empty while the document has none.
    pub number: String,
    pub issuer: String,
    pub issued_on: Option<NaiveDate>,
    pub subject: String,
    /// The agency whose plan it is.
    pub agency: Uuid,
    /// The plan that this one changes.
    pub amends: Option<Uuid>,
    pub adopted_at: Option<DateTime<Utc>>,
    /// Made up to try with.
    pub demo: bool,
    /// Where people read it.
    pub page: String,
    /// Where it is read as JSON.
    pub href: String,
}

/// One thing that a plan says.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Provision)]
pub struct Said {
    pub id: Uuid,
    /// Order in the document, from 1.
    pub position: i32,
    /// `III.1.b.4`
    pub path: String,
    /// `viewpoint`, `target`, `task`, `funding`, `responsibility`
    pub kind: String,
    pub text: String,
    /// The headings above it, outermost first.
    pub headings: Vec<String>,
    /// The last day, where the deadline says one.
    pub due_on: Option<NaiveDate>,
    /// What kind of deadline it is: `date`, `year`, `recurring`, `none` …
    pub deadline_kind: String,
    /// What is to come of it.
    pub result: Option<String>,
    /// The bodies named, in the order of the text.
    pub parties: Vec<Body>,
}

/// A body that a provision names.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Party)]
pub struct Body {
    /// `lead`, `support`, `recipient`
    pub part: String,
    /// As the document writes it.
    pub name: String,
    /// The agency meant; null for a class or a body outside.
    pub agency: Option<Uuid>,
    /// The class of agencies meant.
    pub class: Option<String>,
}

/// A plan as the API shows it.
fn shown(app: &App, plan: Plan) -> Shown {
    let origin = app.config.public_url();
    Shown {
        page: format!("{origin}{}", plan.public_path()),
        href: format!("{origin}/api/v1/plans/{}", plan.slug),
        id: plan.id,
        slug: plan.slug,
        state: plan.state.to_value(),
        type_name: plan.type_name,
        number: plan.number,
        issuer: plan.issuer,
        issued_on: plan.issued_on,
        subject: plan.subject,
        agency: plan.agency,
        amends: plan.amends,
        adopted_at: plan.adopted_at,
        demo: plan.demo,
    }
}

/// What of the plans is seen: adopted and replaced ones, and the drafts within the reach of a token with `plans:read`.
fn seen(reader: &Reader) -> Condition {
    let public = Condition::any().add(Column::State.is_in([Standing::Adopted, Standing::Replaced]));
    let Some(access) = reader.with(Scope::PlansRead) else { return public };
    let drafts = Condition::all().add(Column::State.eq(Standing::Draft));
    public.add(drafts.add_option(access.reach.map(|agency| Column::Agency.eq(agency))))
}

/// The plan that is meant by its slug or id, as far as the reader sees it.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Hidden`] when it is a draft out of the token's reach; or the database failed.
pub async fn named(app: &App, reader: &Reader, name: &str) -> Result<Plan> {
    let mut any = Condition::any().add(Column::Slug.eq(name));
    if let Ok(id) = name.parse::<Uuid>() {
        any = any.add(Column::Id.eq(id));
    }
    let there = Entity::find().filter(any).order_by_asc(Column::Id);
    if let Some(plan) = there.clone().filter(seen(reader)).one(&app.db).await? {
        return Ok(plan);
    }
    Err(match there.one(&app.db).await? {
        Some(plan) if reader.0.is_some() => Error::Hidden(plan.id),
        _ => Error::NotFound,
    })
}

/// Plans, in the order in which they came in
#[utoipa::path(
    get, path = "/api/v1/plans", operation_id = "plans", tag = "plans", security((), ("token" = ["plans:read"])),
    params(
        ("state" = Option<String>, Query, description = "`adopted`, `replaced`, `draft`; all that are seen unless said."),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 500, description = "Things of a page; 100 unless said."),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next` of the page before."),
    ),
    responses((status = 200, body = Listing<Shown>), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn plans(reader: Reader, State(app): State<App>, headers: HeaderMap, asked: Asked) -> Result<Response> {
    asked.only(&["state", "limit", "cursor"])?;
    let limit = asked.limit()?;
    let states = [("adopted", Standing::Adopted), ("replaced", Standing::Replaced), ("draft", Standing::Draft)];
    let mut wanted = Entity::find().filter(seen(&reader)).order_by_asc(Column::Id).limit(limit + 1);
    if let Some(state) = asked.one_of("state", &states)? {
        wanted = wanted.filter(Column::State.eq(state));
    }
    if let Some(Cursor(after)) = asked.cursor(1)? {
        wanted = wanted.filter(Column::Id.gt(after[0].parse::<Uuid>().unwrap_or_default()));
    }
    let rows = wanted.all(&app.db).await?;
    let page = Listing::of(rows, limit, |plan| Cursor(vec![plan.id.to_string()]), |plan| shown(&app, plan));
    answer(&headers, &page, page.link("/api/v1/plans", &asked))
}

/// One plan
#[utoipa::path(
    get, path = "/api/v1/plans/{plan}", operation_id = "plan", tag = "plans", security((), ("token" = ["plans:read"])),
    params(("plan" = String, Path, description = "Slug or id.")),
    responses((status = 200, body = Shown), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn plan(
    reader: Reader,
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response> {
    asked.only(&[])?;
    answer(&headers, &shown(&app, named(&app, &reader, &name).await?), None)
}

/// What a plan says, provision by provision
///
/// In the order of the document.
#[utoipa::path(
    get, path = "/api/v1/plans/{plan}/provisions", operation_id = "provisions", tag = "plans",
    security((), ("token" = ["plans:read"])),
    params(
        ("plan" = String, Path, description = "Slug or id."),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 500, description = "Things of a page; 100 unless said."),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next` of the page before."),
    ),
    responses((status = 200, body = Listing<Said>), (status = 304, description = "As the tag sent says."), Usual),
)]
async fn provisions(
    reader: Reader,
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response> {
    asked.only(&["limit", "cursor"])?;
    let limit = asked.limit()?;
    let plan = named(&app, &reader, &name).await?;
    let wanted = provision::Entity::find().filter(provision::Column::Plan.eq(plan.id));
    let mut wanted = wanted.order_by_asc(provision::Column::Position).order_by_asc(provision::Column::Id).limit(limit + 1);
    if let Some(Cursor(after)) = asked.cursor(2)? {
        let (position, id) = (after[0].parse::<i32>().unwrap_or_default(), after[1].parse::<Uuid>().unwrap_or_default());
        let same = Condition::all().add(provision::Column::Position.eq(position)).add(provision::Column::Id.gt(id));
        wanted = wanted.filter(Condition::any().add(provision::Column::Position.gt(position)).add(same));
    }
    let rows = wanted.all(&app.db).await?;
    let parties = party::Entity::find().filter(party::Column::Plan.eq(plan.id)).order_by_asc(party::Column::Position);
    let parties = parties.all(&app.db).await?;
    let key = |row: &Provision| Cursor(vec![row.position.to_string(), row.id.to_string()]);
    let page = Listing::of(rows, limit, key, |row| said(row, &parties));
    answer(&headers, &page, page.link(&format!("/api/v1/plans/{}/provisions", plan.slug), &asked))
}

fn said(row: Provision, parties: &[Party]) -> Said {
    let body = |party: &Party| Body {
        part: match party.part {
            Part::Lead => "lead",
            Part::Support => "support",
            Part::Recipient => "recipient",
        }
        .into(),
        name: party.name.clone(),
        agency: party.agency,
        class: party.class.clone(),
    };
    Said {
        headings: row.headings(),
        parties: parties.iter().filter(|party| party.provision == row.id).map(body).collect(),
        id: row.id,
        position: row.position,
        path: row.path,
        kind: row.kind,
        text: row.text,
        due_on: row.due_on,
        deadline_kind: row.deadline_kind,
        result: row.result,
    }
}
