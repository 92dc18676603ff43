//! What is owed, by whom, by when, and where it stands. A token of an agency sees that agency's slots alone.

use std::collections::HashMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query, SimpleExpr};
use sea_orm::{Condition, QueryOrder, QuerySelect};
use serde::Serialize;
use utoipa::ToSchema;

use super::duties::part;
use super::form_values;
use crate::base::{App, time};
use crate::duties::answer;
use crate::duties::duty;
use crate::duties::review::{self, Verdict};
use crate::duties::slot::{Column, Entity};
use crate::duties::standing::{self, Standing, Story};
use crate::duties::{Duty, Slot};
use crate::people;
use crate::people::agency::brief::Known;
use crate::plans;
use crate::web::api::access::{DutiesReader, Reader};
use crate::web::api::{AboutToken, Access, Asked, Cursor, Listing, private};
use crate::web::{Error, Obstacle, Path, Result};

const STANDINGS: [Standing; 6] =
    [Standing::Void, Standing::Open, Standing::Overdue, Standing::Submitted, Standing::Returned, Standing::Accepted];

/// One duty × one agency × one period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Slot)]
pub struct Shown {
    pub id: Uuid,
    pub plan: Uuid,
    pub duty: Uuid,
    /// What is asked.
    pub title: String,
    /// The provision's place: `III.1.b.4`; empty for a request.
    pub path: String,
    pub agency: Uuid,
    pub agency_slug: String,
    /// `lead`, `support`
    pub part: String,
    /// `2026`, `2026-H1`, `2026-Q3`, `2026-05`
    pub period: String,
    /// The stretch of time it is about, both days included.
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    /// The last day by the rule.
    pub due_on: NaiveDate,
    /// The last day that counts as in time: later than `due_on` for slots that were opened after it.
    pub in_time_until: NaiveDate,
    /// `open`, `overdue`, `submitted`, `returned`, `accepted`, `void`
    pub standing: String,
    /// Whether the first answer that was not sent back came in time; null while there is none.
    pub on_time: Option<bool>,
    /// Version of the last answer, to be sent as `seen_version`; 0 while there is none.
    pub version: i32,
    /// Why no answer is taken now: `accepted`, `expired`, `void`; null when one is.
    pub lock: Option<String>,
    /// What the duty's form asks of whoever answers now; only of a single slot, null in lists and where there is no form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Vec<form_values::Asked>>,
    /// Where its answers are.
    pub answers: String,
    /// Where people work on it.
    pub page: String,
    /// Where it is read as JSON.
    pub href: String,
}

/// Slots, the earliest due first
///
/// A token of an agency sees that agency's; a token of the province sees all.
#[utoipa::path(
    get, path = "/api/v1/slots", operation_id = "slots", tag = "slots", security(("token" = ["duties:read"])),
    params(
        ("plan" = Option<String>, Query, description = "Slug or id of a plan."),
        ("agency" = Option<String>, Query, description = "Slug, code or id of an agency."),
        ("due_from" = Option<NaiveDate>, Query, description = "Due on this day or later."),
        ("due_until" = Option<NaiveDate>, Query, description = "Due on this day or earlier."),
        ("standing" = Option<String>, Query, description = "`open`, `overdue`, `submitted`, `returned`, `accepted`, `void`."),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 500, description = "Things of a page; 100 unless said."),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next` of the page before."),
    ),
    responses((status = 200, body = Listing<Shown>), AboutToken),
)]
pub async fn list(access: DutiesReader, State(app): State<App>, asked: Asked) -> Result<Response> {
    asked.only(&["plan", "agency", "due_from", "due_until", "standing", "limit", "cursor"])?;
    let limit = asked.limit()?;
    let wanted = Entity::find().filter(wanted(&app, &access, &asked).await?);
    let mut wanted = wanted.order_by_asc(Column::DueOn).order_by_asc(Column::Id).limit(limit + 1);
    if let Some(cursor) = asked.cursor(2)? {
        wanted = wanted.filter(after(&cursor)?);
    }
    let rows = wanted.all(&app.db).await?;
    let made = Made::of(&app, &rows).await?;
    let key = |slot: &Slot| Cursor(vec![slot.due_on.to_string(), slot.id.to_string()]);
    let page = Listing::of(rows, limit, key, |slot| made.shown(&app, slot));
    let link = page.link("/api/v1/slots", &asked);
    Ok(private(StatusCode::OK, page, link))
}

/// One slot
#[utoipa::path(
    get, path = "/api/v1/slots/{id}", operation_id = "slot", tag = "slots", security(("token" = ["duties:read"])),
    params(("id" = Uuid, Path, description = "Id of the slot.")),
    responses((status = 200, body = Shown), AboutToken),
)]
pub async fn one(access: DutiesReader, State(app): State<App>, Path(id): Path<Uuid>, asked: Asked) -> Result<Response> {
    asked.only(&[])?;
    let slot = reached(&app, &access, id).await?;
    let made = Made::of(&app, std::slice::from_ref(&slot)).await?;
    let form = answers_form(&app, &slot).await?;
    Ok(private(StatusCode::OK, Shown { form, ..made.shown(&app, slot) }, None))
}

/// What the form asks that the next answer of a slot is made with.
async fn answers_form(app: &App, slot: &Slot) -> Result<Option<Vec<form_values::Asked>>> {
    let form = super::answers::asked_with(app, slot).await?;
    Ok((!form.fields.is_empty()).then(|| form_values::asked(&form)))
}

/// The slot, when it lies within the token's reach; else it is not there, and that it was asked for is noted.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Hidden`], or the database failed.
pub(super) async fn reached(app: &App, access: &Access, id: Uuid) -> Result<Slot> {
    let slot = Slot::find(&app.db, id).await?;
    let reached = access.reach.is_none() || slot.in_charge(app).await?.is_own(&access.who);
    if reached { Ok(slot) } else { Err(Error::Hidden(id)) }
}

async fn wanted(app: &App, access: &Access, asked: &Asked) -> Result<Condition> {
    let today = time::local_date(app.clock.now());
    // Whoever took over from a body that ended answers for it, and sees what it owed.
    let own = match access.reach {
        Some(agency) => Some(Known::now(app).await?.answers_for(agency, today)),
        None => None,
    };
    let mut all = Condition::all().add_option(own.clone().map(|agencies| Column::Agency.is_in(agencies)));
    if let Some(name) = asked.text("plan") {
        let reader = Reader(Some(access.clone()));
        let plan = plans::api::named(app, &reader, name).await;
        all = all.add(Column::Plan.eq(plan.map_err(|error| unknown("plan", name, error))?.id));
    }
    if let Some(name) = asked.text("agency") {
        let agency = people::api::named(app, name).await.map_err(|error| unknown("agency", name, error))?;
        if own.is_some_and(|own| !own.contains(&agency.id)) {
            return Err(Error::Hidden(agency.id));
        }
        all = all.add(Column::Agency.eq(agency.id));
    }
    all = all.add_option(asked.day("due_from")?.map(|day| Column::DueOn.gte(day)));
    all = all.add_option(asked.day("due_until")?.map(|day| Column::DueOn.lte(day)));
    let standing = asked.one_of("standing", &STANDINGS.map(|standing| (standing.code(), standing)))?;
    Ok(all.add_option(standing.map(|standing| stands(standing, today))))
}

/// What a filter names and nobody knows is a mistake in the filter, not a missing page.
fn unknown(field: &'static str, name: &str, error: Error) -> Error {
    match error {
        Error::NotFound => {
            let name: String = name.chars().take(40).collect();
            Error::Bad(Obstacle::new("api-parameter-nothing").at(field).with("value", name))
        }
        other => other,
    }
}

fn after(Cursor(values): &Cursor) -> Result<Condition> {
    let wrong = || Error::Bad(Obstacle::new("api-parameter-cursor").at("cursor"));
    let day: NaiveDate = values[0].parse().map_err(|_| wrong())?;
    let id: Uuid = values[1].parse().map_err(|_| wrong())?;
    let same = Condition::all().add(Column::DueOn.eq(day)).add(Column::Id.gt(id));
    Ok(Condition::any().add(Column::DueOn.gt(day)).add(same))
}

/// The same as [`Story::standing`], for the database.
fn stands(standing: Standing, today: NaiveDate) -> Condition {
    let owed = Condition::all().add(Column::VoidedOn.is_null());
    match standing {
        Standing::Void => Condition::all().add(Column::VoidedOn.is_not_null()),
        Standing::Open => owed.add(answered().not()).add(Column::InTimeUntil.gte(today)),
        Standing::Overdue => owed.add(answered().not()).add(Column::InTimeUntil.lt(today)),
        Standing::Submitted => owed.add(answered()).add(reviewed(None).not()),
        Standing::Returned => owed.add(reviewed(Some(Verdict::Return))),
        Standing::Accepted => owed.add(reviewed(Some(Verdict::Accept))),
    }
}

fn answered() -> SimpleExpr {
    let its = Expr::col((answer::Entity, answer::Column::Slot)).equals((Entity, Column::Id));
    Expr::exists(Query::select().expr(Expr::value(1)).from(answer::Entity).and_where(its).take())
}

/// Whether the last answer was reviewed, so or at all.
fn reviewed(verdict: Option<Verdict>) -> SimpleExpr {
    let its = || Expr::col((answer::Entity, answer::Column::Slot)).equals((Entity, Column::Id));
    let last = Query::select()
        .expr(Expr::col((answer::Entity, answer::Column::Version)).max())
        .from(answer::Entity)
        .and_where(its())
        .take();
    let of = Expr::col((review::Entity, review::Column::Answer)).equals((answer::Entity, answer::Column::Id));
    let mut query = Query::select();
    query.expr(Expr::value(1)).from(review::Entity).inner_join(answer::Entity, of).and_where(its());
    query.and_where(Expr::col((answer::Entity, answer::Column::Version)).in_subquery(last));
    if let Some(verdict) = verdict {
        query.and_where(Expr::col((review::Entity, review::Column::Verdict)).eq(verdict.to_value()));
    }
    Expr::exists(query)
}

/// What slots are shown with: five statements, however many.
struct Made {
    today: NaiveDate,
    duties: HashMap<Uuid, Duty>,
    stories: HashMap<Uuid, Story>,
    agencies: std::sync::Arc<Known>,
}

impl Made {
    async fn of(app: &App, slots: &[Slot]) -> Result<Self> {
        let mut duties: Vec<Uuid> = slots.iter().map(|slot| slot.duty).collect();
        duties.sort_unstable();
        duties.dedup();
        let duties = duty::Entity::find().filter(duty::Column::Id.is_in(duties)).all(&app.db).await?;
        Ok(Self {
            today: time::local_date(app.clock.now()),
            duties: duties.into_iter().map(|duty| (duty.id, duty)).collect(),
            stories: standing::brief(&app.db, slots).await?,
            agencies: Known::now(app).await?,
        })
    }

    fn shown(&self, app: &App, slot: Slot) -> Shown {
        let none = Story::default();
        let story = self.stories.get(&slot.id).unwrap_or(&none);
        let duty = self.duties.get(&slot.duty);
        let origin = app.config.public_url();
        let href = format!("{origin}/api/v1/slots/{}", slot.id);
        let lock = story.lock(&slot, self.today).map(|lock| lock.key().trim_start_matches("slot-locked-").to_owned());
        Shown {
            title: duty.map(|duty| duty.title.clone()).unwrap_or_default(),
            path: duty.map(|duty| duty.path.clone()).unwrap_or_default(),
            agency_slug: self.agencies.get(&slot.agency).map(|agency| agency.slug.clone()).unwrap_or_default(),
            part: part(slot.part).into(),
            standing: story.standing(&slot, self.today).code().into(),
            on_time: story.is_on_time(&slot),
            version: story.last().map_or(0, |last| last.version),
            lock,
            answers: format!("{href}/answers"),
            page: format!("{origin}{}", Slot::desk_path(slot.id)),
            form: None,
            href,
            id: slot.id,
            plan: slot.plan,
            duty: slot.duty,
            agency: slot.agency,
            period: slot.period,
            start_on: slot.start_on,
            end_on: slot.end_on,
            due_on: slot.due_on,
            in_time_until: slot.in_time_until,
        }
    }
}
