//! What of agencies' plans can be counted: those that were issued in a month, and those that hold on its last day.

use std::collections::BTreeMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, CaseStatement, ExprTrait, JoinType, Query};
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect, QueryTrait};

use super::agency_plan::{AgencyPlan, Column, Entity, OVER_ALL, State};
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, Month, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Who, time};
use crate::web::Result;

pub const SOURCES: &[Source] = &[
    Source {
        code: "agency-plans-issued",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(issued(app, stretch)),
        records: |app, who, _, asked| Box::pin(issued_records(app, who, asked)),
    },
    Source {
        code: "agency-plans-in-force",
        counting: Counting::Stands,
        is_shared: false,
        tallies: |app, stretch| Box::pin(in_force(app, stretch)),
        records: |app, who, _, asked| Box::pin(in_force_records(app, who, asked)),
    },
];

const ISSUED: [State; 2] = [State::Issued, State::Replaced];

async fn issued(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let rows = Entity::find().filter(Column::State.is_in(ISSUED)).into_query();
    let when = When::Day(Expr::col((Entity, Column::IssuedOn)));
    happened(app, rows, (Expr::col((Entity, Column::Agency)), when), stretch).await
}

/// Another's plan is seen by who looks over everything, once it is issued; to others it is not there.
fn record(who: &Who, plan: &AgencyPlan) -> Option<Record> {
    let sees = who.agency == Some(plan.agency) || who.is_any(&OVER_ALL);
    sees.then(|| Record {
        id: plan.id,
        agency: plan.agency,
        title: if plan.number.is_empty() { plan.title.clone() } else { format!("{} · {}", plan.number, plan.title) },
        on: plan.issued_on.unwrap_or_default(),
        href: AgencyPlan::desk_path(plan.id),
        public_href: String::new(),
    })
}

async fn issued_records(app: &App, who: &Who, asked: Asked) -> Result<Vec<Record>> {
    let rows = Entity::find()
        .filter(Column::State.is_in(ISSUED))
        .filter(asked.of_agency(Column::Agency))
        .filter(asked.on(Column::IssuedOn))
        .order_by_desc(Column::IssuedOn)
        .limit(RECORDS_MAX);
    Ok(rows.all(&app.db).await?.iter().filter_map(|plan| record(who, plan)).collect())
}

/// Plans that share agency, years, the month of their issue and that of the one that replaced them.
#[derive(FromQueryResult)]
struct Held {
    agency: Uuid,
    from_year: i32,
    until_year: i32,
    of_month: i32,
    /// The number of months when none did.
    until_month: i32,
    counted: i64,
}

/// A plan holds from its issue, in the years it is for, until the one that replaced it was issued.
async fn in_force(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let today = time::local_date(app.clock.now());
    let months: Vec<Month> = stretch.months().take_while(|month| *month <= Month::of(today)).collect();
    let next = Alias::new("next");
    let of = |column| Expr::col((Entity, column));
    let its_next = Expr::col((next.clone(), Column::Id)).equals((Entity, Column::ReplacedBy));
    let issued = When::Day(of(Column::IssuedOn));
    let replaced_on = Expr::col((next.clone(), Column::IssuedOn));
    let count = i32::try_from(months.len()).unwrap_or(i32::MAX);
    let until =
        CaseStatement::new().case(replaced_on.clone().is_null(), count).finally(When::Day(replaced_on).of_months(&months));
    let last = Stretch { first: stretch.first, last: months.last().copied().unwrap_or(stretch.first) };
    let mut query = Query::select();
    query
        .from(Entity)
        .join_as(JoinType::LeftJoin, Entity, next, its_next)
        .columns([(Entity, Column::Agency), (Entity, Column::FromYear), (Entity, Column::UntilYear)])
        .expr_as(issued.of_months(&months), Alias::new("of_month"))
        .expr_as(until, Alias::new("until_month"))
        .expr_as(Expr::cust("COUNT(*)"), Alias::new("counted"))
        .and_where(Column::State.is_in(ISSUED))
        .and_where(of(Column::IssuedOn).lt(last.days().1))
        .add_group_by([of(Column::Agency), of(Column::FromYear), of(Column::UntilYear)])
        .add_group_by([Expr::col(Alias::new("of_month")), Expr::col(Alias::new("until_month"))]);
    if months.is_empty() {
        return Ok(Vec::new());
    }
    let held = Held::find_by_statement(app.db.get_database_backend().build(&query)).all(&app.db).await?;
    let mut sums: BTreeMap<(Uuid, Month), u64> = BTreeMap::new();
    for one in &held {
        for (at, month) in (0_i32..).zip(&months) {
            let holds = one.of_month <= at && at < one.until_month && (one.from_year..=one.until_year).contains(&month.year);
            if holds {
                *sums.entry((one.agency, *month)).or_default() += u64::try_from(one.counted).unwrap_or_default();
            }
        }
    }
    Ok(sums.into_iter().map(|((agency, month), count)| Tallied { agency: Some(agency), month, count }).collect())
}

async fn in_force_records(app: &App, who: &Who, asked: Asked) -> Result<Vec<Record>> {
    let on = asked.stretch.stands_on(time::local_date(app.clock.now()));
    let year = Month::of(on).year;
    let next = Entity::find().select_only().column(Column::Id).filter(Column::IssuedOn.lte(on)).into_query();
    let replaced = Column::ReplacedBy.is_not_null().and(Column::ReplacedBy.in_subquery(next));
    let rows = Entity::find()
        .filter(Column::State.is_in(ISSUED))
        .filter(asked.of_agency(Column::Agency))
        .filter(Column::IssuedOn.lte(on))
        .filter(Column::FromYear.lte(year))
        .filter(Column::UntilYear.gte(year))
        .filter(Column::ReplacedBy.is_null().or(replaced.not()))
        .order_by_desc(Column::IssuedOn)
        .limit(RECORDS_MAX);
    Ok(rows.all(&app.db).await?.iter().filter_map(|plan| record(who, plan)).collect())
}
