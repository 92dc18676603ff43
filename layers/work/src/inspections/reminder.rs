//! Calling to mind the findings whose day comes near or has passed, each once for each day set, in working time only: one
//! word a visit. A remedy stops it, and so does taking the inspection back.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{Days, NaiveDate};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::finding::{self, Followed, SOON_DAYS, Standing};
use super::visit::{self, Visit, followed};
use super::withdrawing;
use crate::base::{App, By, Chore, Fact, new_id, time};
use crate::duties::day_off;
use crate::duties::working_time::WorkingTime;

/// That a finding was called to mind, so that it is not again.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection_reminder")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub finding: Uuid,
    /// The day that held then; a new one is called to mind anew.
    pub due_on: Date,
    pub point: Point,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// How far the day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Point {
    Near,
    Overdue,
}

/// Looks every ten minutes; at night, at noon and on days off it does nothing.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "remind-of-findings", every_s: 600, work: |app| Box::pin(remind(app)) }
}

/// Reminds the agencies of findings that reached a point they were not reminded of.
///
/// # Errors
/// The database failed.
pub async fn remind(app: &App) -> anyhow::Result<()> {
    let now = app.clock.now();
    let calendar = day_off::calendar(&app.db).await?;
    if !WorkingTime::of(&calendar).is_working(now) {
        return Ok(());
    }
    let today = time::local_date(now);
    let owed = owed(app, today).await?;
    let ids: Vec<Uuid> = owed.keys().copied().collect();
    let visits = visit::Entity::find()
        .filter(visit::Column::Id.is_in(ids))
        .filter(visit::Column::PublishedAt.is_not_null())
        .filter(visit::Column::Inspection.in_subquery(withdrawing::standing()));
    for visit in visits.all(&app.db).await? {
        if let Some(findings) = owed.get(&visit.id) {
            remind_one(app, &visit, findings, today).await?;
        }
    }
    Ok(())
}

/// The findings that are to be remedied soon, or should have been, by visit.
async fn owed(app: &App, today: NaiveDate) -> Result<BTreeMap<Uuid, Vec<Followed>>, DbErr> {
    let until = today.checked_add_days(Days::new(SOON_DAYS.unsigned_abs())).unwrap_or(today);
    // A re-check moves the day on only, so what was first due later is due later still.
    let findings = finding::Entity::find().filter(finding::Column::DueOn.lte(until)).all(&app.db).await?;
    let mut owed: BTreeMap<Uuid, Vec<Followed>> = BTreeMap::new();
    for findings in findings.chunks(5_000) {
        for one in followed(&app.db, findings.to_vec()).await? {
            if one.standing(today).is_owed() && one.due_on() <= until {
                owed.entry(one.finding.visit).or_default().push(one);
            }
        }
    }
    Ok(owed)
}

/// One word, when at least one finding reached a new point: all or nothing, and by one node only.
async fn remind_one(app: &App, visit: &Visit, findings: &[Followed], today: NaiveDate) -> anyhow::Result<()> {
    let ids = findings.iter().map(|one| one.finding.id);
    let told = Entity::find().filter(Column::Finding.is_in(ids)).all(&app.db).await?;
    let told: HashSet<(Uuid, NaiveDate, Point)> = told.into_iter().map(|row| (row.finding, row.due_on, row.point)).collect();
    let point = |one: &Followed| if one.standing(today) == Standing::Overdue { Point::Overdue } else { Point::Near };
    let new: HashMap<Uuid, (NaiveDate, Point)> = findings
        .iter()
        .map(|one| (one.finding.id, (one.due_on(), point(one))))
        .filter(|(id, (due, point))| !told.contains(&(*id, *due, *point)))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let overdue = new.values().filter(|(_, point)| *point == Point::Overdue).count();
    let row = |(finding, (due_on, point)): (Uuid, (NaiveDate, Point))| ActiveModel {
        id: Set(new_id()),
        finding: Set(finding),
        due_on: Set(due_on),
        point: Set(point),
        at: Set(app.clock.now()),
    };
    let count = u32::try_from(new.len()).unwrap_or(u32::MAX);
    let transaction = app.begin().await?;
    let once = OnConflict::columns([Column::Finding, Column::DueOn, Column::Point]).do_nothing().to_owned();
    let written = Entity::insert_many(new.into_iter().map(row)).on_conflict(once).exec_without_returning(&transaction).await?;
    if written == 0 {
        return Ok(()); // another node was quicker
    }
    let fact = Fact::FindingsReminded { agency: visit.agency, count, overdue: u32::try_from(overdue).unwrap_or(u32::MAX) };
    app.record(&transaction, visit.inspection, fact, &By::system()).await?;
    app.commit(transaction).await?;
    Ok(())
}
