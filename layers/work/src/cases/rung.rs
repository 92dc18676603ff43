//! The ladder of competence: which body a case of a kind comes to first, which next, and how many working hours each has.
//! Data: the province sets it.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, SqlErr};

use super::case::{Kind, is_open};
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::people::Agency;
use crate::people::agency::{self, brief::Known};
use crate::web::{Error, Obstacle};

/// The most rungs of a ladder.
pub const RUNGS_MAX: usize = 5;
/// The most working hours of a rung: half a year of eight-hour days.
pub const HOURS_MAX: i32 = 1_000;
/// Working hours that a ladder settled by itself gives: three days and five days.
const FIRST_HOURS: i32 = 24;
const NEXT_HOURS: i32 = 40;
/// The code of the standing body of the programme, while no plan says which it is.
pub const STANDING: &str = "SKHCN";

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_rung")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: Kind,
    /// From 0, lowest first; unique within the kind.
    pub position: i32,
    pub agency: Uuid,
    /// Working hours.
    pub hours: i32,
    /// Of the whole ladder: each change of it counts up.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Rung = Model;

impl Model {
    /// The ladder of a kind, lowest rung first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn ladder(on: &impl ConnectionTrait, kind: Kind) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Kind.eq(kind)).order_by_asc(Column::Position).all(on).await
    }

    /// Puts another ladder in the place of the one that was seen (its version; 0 when there was none).
    ///
    /// # Errors
    /// Refused when it has no rung, one body twice, a body that is closed, or hours out of bounds; stale when somebody
    /// changed it since; or the database failed.
    pub async fn replace(app: &App, who: &Who, kind: Kind, seen: i32, rungs: &[(Uuid, i32)]) -> Result<(), Error> {
        let today = time::local_date(app.clock.now());
        let wrong = obstacles(&*Known::now(app).await?, today, rungs);
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let transaction = app.begin().await?;
        let gone =
            Entity::delete_many().filter(Column::Kind.eq(kind)).filter(Column::Version.eq(seen)).exec(&transaction).await?;
        if (gone.rows_affected == 0) != (seen == 0) {
            return Err(Error::Stale);
        }
        write(app, &transaction, kind, seen + 1, rungs, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

fn obstacles(agencies: &Known, today: NaiveDate, rungs: &[(Uuid, i32)]) -> Vec<Obstacle> {
    let mut wrong = Vec::new();
    if rungs.is_empty() || rungs.len() > RUNGS_MAX {
        wrong.push(Obstacle::new("case-ladder-rungs-wrong").with("most", RUNGS_MAX));
    }
    for (place, (agency, hours)) in rungs.iter().enumerate() {
        let name = agencies.get(agency).map(|agency| agency.label()).unwrap_or_default();
        if !is_open(agencies, *agency, today) {
            wrong.push(Obstacle::new("case-ladder-body-closed").with("name", &name));
        }
        if rungs[..place].iter().any(|(other, _)| other == agency) {
            wrong.push(Obstacle::new("case-ladder-body-twice").with("name", &name));
        }
        if !(1..=HOURS_MAX).contains(hours) {
            wrong.push(Obstacle::new("case-ladder-hours-wrong").with("most", HOURS_MAX));
        }
    }
    wrong
}

async fn write(
    app: &App,
    on: &impl ConnectionTrait,
    kind: Kind,
    version: i32,
    rungs: &[(Uuid, i32)],
    by: &By,
) -> Result<(), Error> {
    let row = |(position, (agency, hours)): (i32, &(Uuid, i32))| {
        ActiveModel::from(Model { id: new_id(), kind, position, agency: *agency, hours: *hours, version })
    };
    let rows = (0..).zip(rungs).map(row);
    if let Err(error) = Entity::insert_many(rows).exec_without_returning(on).await {
        return Err(match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
            _ => error.into(),
        });
    }
    let fact = Fact::CaseLadderSettled { ladder: kind.to_value(), agencies: rungs.iter().map(|(agency, _)| *agency).collect() };
    app.record(on, new_id(), fact, by).await?;
    Ok(())
}

/// Gives difficulties their first ladder where the province has none yet: the standing body, then the province's People's
/// Committee. What the province set stays.
///
/// # Errors
/// The database failed.
pub async fn settle(app: &App) -> Result<(), Error> {
    if !Rung::ladder(&app.db, Kind::Difficulty).await?.is_empty() {
        return Ok(());
    }
    let open = Agency::open_on(&app.db, time::local_date(app.clock.now())).await?;
    let standing = open.iter().find(|agency| agency.code == STANDING);
    let committee = open.iter().find(|agency| agency.kind == agency::Kind::ProvincialCommittee);
    let rungs: Vec<(Uuid, i32)> =
        standing.map(|body| (body.id, FIRST_HOURS)).into_iter().chain(committee.map(|body| (body.id, NEXT_HOURS))).collect();
    if rungs.is_empty() {
        return Ok(());
    }
    let transaction = app.begin().await?;
    match write(app, &transaction, Kind::Difficulty, 1, &rungs, &By::system()).await {
        Ok(()) => Ok(app.commit(transaction).await?),
        Err(Error::Stale) => Ok(()), // another request was quicker
        Err(error) => Err(error),
    }
}

/// The lowest open rung above a position that is not this body's own.
#[must_use]
pub fn above<'a>(ladder: &'a [Rung], position: i32, not: &[Uuid], agencies: &Known, today: NaiveDate) -> Option<&'a Rung> {
    ladder.iter().find(|rung| rung.position > position && !not.contains(&rung.agency) && is_open(agencies, rung.agency, today))
}
