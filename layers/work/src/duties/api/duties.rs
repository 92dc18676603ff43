//! What an adopted plan asks, with how far each duty got: counts only, and those only where the
//! public reads the plan's progress, or by a token that sees the slots of the whole province.

use std::collections::HashMap;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};
use serde::Serialize;
use utoipa::ToSchema;

use crate::base::{App, time};
use crate::duties::duty::{Column, Entity};
use crate::duties::holder::{Holder, Part};
use crate::duties::progress::by_duty::by_duty;
use crate::duties::progress::{Scope, Tally};
use crate::duties::{Duty, view};
use crate::plans::Plan;
use crate::plans::api::named;
use crate::web::api::access::Reader;
use crate::web::api::{Asked, Cursor, Listing, Scope as Permitted, Usual, answer};
use crate::web::{Locale, Path, Result};

/// What a provision asks of agencies.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Duty)]
pub struct Shown {
    pub id: Uuid,
    /// Order in the plan.
    pub position: i32,
    /// The provision's place: `III.1.b.4`; empty for a request.
    pub path: String,
    /// The provision; null for a request.
    pub provision: Option<Uuid>,
    pub title: String,
    /// `work`, `report`, `request`
    pub kind: String,
    /// When it is due, in words; null until somebody says.
    pub rule: Option<String>,
    /// The days between which something is owed.
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub holders: Vec<Held>,
    /// Counts of its slots over all agencies and periods; null while the plan's progress is not public.
    pub progress: Option<Tally>,
}

/// Who holds a duty.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Holder)]
pub struct Held {
    /// `lead`, `support`
    pub part: String,
    /// As the document writes it.
    pub name: String,
    /// The agency meant; null for a class or a body outside.
    pub agency: Option<Uuid>,
    /// The class of agencies meant.
    pub class: Option<String>,
}

/// The duties of a plan, with their progress
///
/// In the order of the document. Requests outside the regular rates have counts of zero.
#[utoipa::path(
    get, path = "/api/v1/plans/{plan}/duties", operation_id = "duties", tag = "duties", security((), ("token" = ["duties:read"])),
    params(
        ("plan" = String, Path, description = "Slug or id."),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 500, description = "Things of a page; 100 unless said."),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next` of the page before."),
    ),
    responses((status = 200, body = Listing<Shown>), (status = 304, description = "As the tag sent says."), Usual),
)]
pub async fn list(
    reader: Reader,
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response> {
    asked.only(&["limit", "cursor"])?;
    let limit = asked.limit()?;
    let plan = named(&app, &reader, &name).await?;
    let wanted = Entity::find().filter(Column::Plan.eq(plan.id)).order_by_asc(Column::Position).order_by_asc(Column::Id);
    let mut wanted = wanted.limit(limit + 1);
    if let Some(Cursor(after)) = asked.cursor(2)? {
        let (position, id) = (after[0].parse::<i32>().unwrap_or_default(), after[1].parse::<Uuid>().unwrap_or_default());
        let same = Condition::all().add(Column::Position.eq(position)).add(Column::Id.gt(id));
        wanted = wanted.filter(Condition::any().add(Column::Position.gt(position)).add(same));
    }
    let rows = wanted.all(&app.db).await?;
    let ids: Vec<Uuid> = rows.iter().map(|duty| duty.id).collect();
    let holders = Holder::of(&app.db, &ids).await?;
    let counts = match counted(&reader, &plan) {
        true => Some(by_duty(&app.db, &whole(&app, plan.id)).await?),
        false => None,
    };
    let key = |duty: &Duty| Cursor(vec![duty.position.to_string(), duty.id.to_string()]);
    let page = Listing::of(rows, limit, key, |duty| shown(duty, &holders, counts.as_ref()));
    answer(&headers, &page, page.link(&format!("/api/v1/plans/{}/duties", plan.slug), &asked))
}

/// Whether the reader sees how far the plan got: whoever runs the plans may have taken it from the public.
fn counted(reader: &Reader, plan: &Plan) -> bool {
    plan.progress_public || reader.with(Permitted::DutiesRead).is_some_and(|access| access.reach.is_none())
}

/// All slots of a plan, whenever they are due.
fn whole(app: &App, plan: Uuid) -> Scope {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    Scope {
        body: None,
        plan,
        part: String::new(),
        agency: None,
        duty: None,
        kind: None,
        from: day(1945, 9, 2),
        until: day(9999, 12, 31),
        today: time::local_date(app.clock.now()),
    }
}

fn shown(duty: Duty, holders: &[Holder], counts: Option<&HashMap<Uuid, Tally>>) -> Shown {
    let held = |holder: &Holder| Held {
        part: part(holder.part).into(),
        name: holder.name.clone(),
        agency: holder.agency,
        class: holder.class.clone(),
    };
    Shown {
        rule: duty.rule().map(|rule| view::rule(Locale::default(), &rule)),
        holders: holders.iter().filter(|holder| holder.duty == duty.id).map(held).collect(),
        progress: counts.map(|counts| counts.get(&duty.id).copied().unwrap_or_default()),
        kind: duty.kind.to_value(),
        id: duty.id,
        position: duty.position,
        path: duty.path,
        provision: duty.provision,
        title: duty.title,
        starts_on: duty.starts_on,
        ends_on: duty.ends_on,
    }
}

/// The word of a part.
pub(super) const fn part(part: Part) -> &'static str {
    match part {
        Part::Lead => "lead",
        Part::Support => "support",
    }
}
