//! A campaign that the demo province starts with, marked as made up: it claims the demo's articles, and shows the holes that are left.
//! // recorded by the verbs that make it

use chrono::TimeDelta;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::campaign::{self, Campaign, Column, Entity, PORTAL};
use super::item::{self, Wanted};
use super::writing::{Typed, TypedKpi};
use crate::base::{App, new_id, time};
use crate::news::article::{self, Article, Language, State};
use crate::people::{Agency, demo_people};
use crate::web::Error;

const BEFORE_D: i64 = 14;
const AFTER_D: i64 = 30;

/// Fills an empty table; later starts find nothing to do.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> anyhow::Result<()> {
    fill(app).await.map_err(|error| anyhow::anyhow!("the demo's campaign: {error:?}"))
}

async fn fill(app: &App) -> Result<(), Error> {
    if Entity::find().one(&app.db).await?.is_some() {
        return Ok(());
    }
    let Some(who) = demo_people::at_work(app, "coordinator").await? else { return Ok(()) };
    let articles = article::Entity::find()
        .filter(article::Column::Demo.eq(true))
        .filter(article::Column::Language.eq(Language::Vi))
        .filter(article::Column::State.eq(State::Published))
        .order_by_asc(article::Column::PublishedAt)
        .all(&app.db)
        .await?;
    if articles.is_empty() {
        return Ok(());
    }
    let id = new_id();
    Campaign::begin(app, &who, id, &typed(app, &articles).await?).await?;
    Entity::update_many().col_expr(Column::Demo, Expr::value(true)).filter(Column::Id.eq(id)).exec(&app.db).await?;
    let draft = found(app, id).await?;
    draft.start(app, &who, draft.version).await?;
    let running = found(app, id).await?;
    for article in &articles {
        let wanted = Wanted { what: article.id.to_string(), ..Wanted::default() };
        item::claim(app, &who, &running, &wanted).await?;
    }
    running.show_public(app, &who, true, running.version).await
}

async fn found(app: &App, id: Uuid) -> Result<Campaign, Error> {
    campaign::Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)
}

/// Those who wrote, and one that has nothing yet.
async fn typed(app: &App, articles: &[Article]) -> Result<Typed, Error> {
    let today = time::local_date(app.clock.now());
    let mut agencies: Vec<Uuid> = articles.iter().map(|article| article.agency).collect();
    agencies.sort_unstable();
    agencies.dedup();
    let open = Agency::open_on(&app.db, today).await?;
    let silent = open.iter().find(|body| body.kind.is_local() && !agencies.contains(&body.id)).map(|body| body.id);
    agencies.extend(silent);
    let (starts_on, ends_on) = (today - TimeDelta::days(BEFORE_D), today + TimeDelta::days(AFTER_D));
    let items = TypedKpi { name: "Tin đã ra".into(), measure: "items".into(), unit: "tin".into(), target: "8".into() };
    let bodies =
        TypedKpi { name: "Cơ quan có tin".into(), measure: "agencies".into(), unit: "cơ quan".into(), target: "3".into() };
    Ok(Typed {
        title: "Đưa dịch vụ số về từng ấp (minh họa)".into(),
        objective:
            "Người dân ở ấp biết dùng dịch vụ công trực tuyến và biết hỏi ai khi vướng.\n\nChiến dịch minh họa của hệ thống."
                .into(),
        starts_on: starts_on.to_string(),
        ends_on: ends_on.to_string(),
        audiences: vec!["public".into(), "farmers".into()],
        messages: ["policy", "services", "model", "innovation"].map(String::from).into(),
        channels: vec![PORTAL.into()],
        budget: String::new(),
        kpis: vec![items, bodies],
        duties: Vec::new(),
        agencies,
    })
}
