//! Difficulties that agencies raised, and what inspections found; those that were withdrawn found nothing.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};

use super::{Cell, Frame, Section};
use crate::base::{App, time};
use crate::cases::case::{self, Case};
use crate::duties::slot;
use crate::inspections::finding::{Followed, Standing};
use crate::inspections::inspection::{self, Inspection};
use crate::inspections::listing;
use crate::web::{Result, cut};

/// More are counted, not named.
const CASES_MAX: u64 = 300;
const TITLE_LETTERS: usize = 120;

pub(super) async fn sections(app: &App, frame: &Frame) -> Result<Vec<Section>> {
    Ok(vec![cases(app, frame).await?, inspections(app, frame).await?])
}

/// The first moment of a day in Vietnam.
fn begin(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_local_timezone(time::VIETNAM).single().map(|at| at.to_utc()).unwrap_or_default()
}

async fn cases(app: &App, frame: &Frame) -> Result<Section> {
    let l = frame.l;
    let ours = slot::Entity::find().select_only().column(slot::Column::Id).filter(slot::Column::Plan.eq(frame.plan.id));
    let about = Condition::any().add(case::Column::Slot.is_null()).add(case::Column::Slot.in_subquery(ours.into_query()));
    let raised = case::Entity::find()
        .filter(about)
        .filter(case::Column::RaisedAt.gte(begin(frame.from)))
        .filter(case::Column::RaisedAt.lt(begin(frame.until.succ_opt().unwrap_or(frame.until))));
    let count = raised.clone().count(&app.db).await?;
    let list = raised.order_by_asc(case::Column::RaisedAt).order_by_asc(case::Column::Id).limit(CASES_MAX).all(&app.db).await?;
    let closed = list.iter().filter(|case| case.closed_at.is_some()).count();
    let row = |case: &Case| {
        vec![
            Cell::link(cut(&case.title, TITLE_LETTERS), Case::desk_path(case.id)),
            Cell::words(frame.agency(&case.agency)),
            Cell::words(time::day(time::local_date(case.raised_at))),
            Cell::words(l.t(&case.state.key())),
            Cell::words(frame.agency(&case.holder)),
        ]
    };
    let head = ["stocktake-head-case", "stocktake-head-agency", "stocktake-raised", "stocktake-state", "stocktake-holder"];
    Ok(Section {
        id: "cases",
        title: l.t("stocktake-cases"),
        note: if count == 0 { String::new() } else { l.t2("stocktake-cases-note", "count", count, "closed", closed) },
        head: head.map(|key| l.t(key)).into(),
        rows: list.iter().map(row).collect(),
        empty: l.t("stocktake-cases-none"),
    })
}

async fn inspections(app: &App, frame: &Frame) -> Result<Section> {
    let l = frame.l;
    let within = inspection::Entity::find()
        .filter(inspection::Column::FromOn.lte(frame.until))
        .filter(inspection::Column::UntilOn.gte(frame.from))
        .filter(inspection::Column::WithdrawnAt.is_null())
        .order_by_asc(inspection::Column::FromOn)
        .order_by_asc(inspection::Column::Id);
    let all = within.all(&app.db).await?;
    let visits = listing::visits(&app.db, &all, None).await?;
    let row = |one: &Inspection| {
        let own = visits.get(&one.id).map(Vec::as_slice).unwrap_or_default();
        let published = own.iter().filter(|(visit, _)| visit.published_at.is_some()).count();
        let findings: Vec<&Followed> = own.iter().flat_map(|(_, findings)| findings).collect();
        let those = |wanted: Standing| findings.iter().filter(|one| one.standing(frame.today) == wanted).count();
        let href = Inspection::desk_path(one.id);
        let count = |count: usize| Cell::count(i64::try_from(count).unwrap_or(i64::MAX), href.clone());
        vec![
            Cell::link(cut(&one.title, TITLE_LETTERS), href.clone()),
            Cell::words(format!("{} – {}", time::day(one.from_on), time::day(one.until_on))),
            count(own.len()),
            count(published),
            count(findings.len()),
            count(those(Standing::Remedied)),
            count(those(Standing::Overdue)),
        ]
    };
    let head = [
        "stocktake-head-inspection",
        "stocktake-when",
        "stocktake-visits",
        "stocktake-concluded",
        "stocktake-findings",
        "stocktake-remedied",
        "stocktake-overdue",
    ];
    Ok(Section {
        id: "inspections",
        title: l.t("stocktake-inspections"),
        head: head.map(|key| l.t(key)).into(),
        rows: all.iter().map(row).collect(),
        empty: l.t("stocktake-inspections-none"),
        ..Section::default()
    })
}
