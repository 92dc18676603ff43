//! What of inspections can be counted: inspections by who leads them, conclusions about who was inspected, what was found there, and
//! what of it was seen to be remedied. Before a conclusion is published nothing of a visit counts.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{FromQueryResult, Order};

use super::inspection::{self, Inspection};
use super::{finding, reply, visit};
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Who, time};
use crate::cases::case::OVERSEERS;
use crate::people::agency::brief::Known;
use crate::web::{Result, cut};

const TITLE_LETTERS: usize = 160;

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Done,
    Concluded,
    Found,
    Remedied,
}

pub const SOURCES: &[Source] = &[
    Source {
        code: "inspections-done",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(tallies(app, Which::Done, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Done, asked)),
    },
    Source {
        code: "visits-concluded",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(tallies(app, Which::Concluded, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Concluded, asked)),
    },
    Source {
        code: "findings-made",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(tallies(app, Which::Found, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Found, asked)),
    },
    Source {
        code: "findings-remedied",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(tallies(app, Which::Remedied, stretch)),
        records: |app, who, _, asked| Box::pin(records(app, who, Which::Remedied, asked)),
    },
];

const OUT: &str = "out";

/// One of what is counted, as the database has it.
#[derive(FromQueryResult)]
struct Counted {
    id: Uuid,
    agency: Uuid,
    inspection: Uuid,
    visited: Uuid,
    title: String,
    at: DateTimeUtc,
}

/// Visits of inspections that stand, with a published conclusion; findings and replies beside them where they are asked for.
fn visits(which: Which) -> SelectStatement {
    let of_visit = |column| Expr::col((visit::Entity, column));
    let its = Expr::col((inspection::Entity, inspection::Column::Id)).equals((visit::Entity, visit::Column::Inspection));
    let mut query = Query::select();
    query
        .from(visit::Entity)
        .join(JoinType::InnerJoin, inspection::Entity, its)
        .and_where(inspection::Column::WithdrawnAt.is_null())
        .and_where(visit::Column::PublishedAt.is_not_null());
    if matches!(which, Which::Found | Which::Remedied) {
        let its_finding = Expr::col((finding::Entity, finding::Column::Visit)).equals((visit::Entity, visit::Column::Id));
        query.join(JoinType::InnerJoin, finding::Entity, its_finding);
    }
    if which == Which::Remedied {
        let its_reply = Expr::col((reply::Entity, reply::Column::Finding)).equals((finding::Entity, finding::Column::Id));
        query.join(JoinType::InnerJoin, reply::Entity, its_reply).and_where(reply::Column::Kind.eq(reply::Kind::Remedied));
    }
    let leader = Expr::col((inspection::Entity, inspection::Column::Leader));
    let titled = Expr::col((inspection::Entity, inspection::Column::Title));
    let (id, agency, title, at) = match which {
        Which::Done => {
            let id = of_visit(visit::Column::Inspection);
            // An inspection is one, at its first conclusion; any of its visits leads to it.
            query.add_group_by([id.clone(), leader.clone(), titled.clone()]);
            (id, leader.clone(), titled, of_visit(visit::Column::PublishedAt).min())
        }
        Which::Concluded => {
            (of_visit(visit::Column::Id), of_visit(visit::Column::Agency), titled, of_visit(visit::Column::PublishedAt))
        }
        Which::Found => {
            let text = Expr::col((finding::Entity, finding::Column::Text));
            let id = Expr::col((finding::Entity, finding::Column::Id));
            (id, of_visit(visit::Column::Agency), text, of_visit(visit::Column::PublishedAt))
        }
        Which::Remedied => {
            let text = Expr::col((finding::Entity, finding::Column::Text));
            let id = Expr::col((finding::Entity, finding::Column::Id));
            (id, of_visit(visit::Column::Agency), text, Expr::col((reply::Entity, reply::Column::At)))
        }
    };
    let visited = if which == Which::Done { leader.clone() } else { of_visit(visit::Column::Agency) };
    query
        .expr_as(id, Alias::new("id"))
        .expr_as(agency, Alias::new("agency"))
        .expr_as(of_visit(visit::Column::Inspection), Alias::new("inspection"))
        .expr_as(leader, Alias::new("leader"))
        .expr_as(visited, Alias::new("visited"))
        .expr_as(title, Alias::new("title"))
        .expr_as(at, Alias::new("at"));
    query
}

fn of_out(name: &'static str) -> Expr {
    Expr::col((Alias::new(OUT), Alias::new(name)))
}

async fn tallies(app: &App, which: Which, stretch: Stretch) -> Result<Vec<Tallied>> {
    let rows = Query::select().from_subquery(visits(which), Alias::new(OUT)).take();
    happened(app, rows, (of_out("agency"), When::Moment(of_out("at"))), stretch).await
}

/// Those that the person may see: of inspections that their body leads, of visits to it, all of them for who oversees.
async fn records(app: &App, who: &Who, which: Which, asked: Asked) -> Result<Vec<Record>> {
    let (from, until) = asked.stretch.moments();
    let mut query = Query::select();
    query
        .columns(["id", "agency", "inspection", "visited", "title", "at"].map(|name| (Alias::new(OUT), Alias::new(name))))
        .from_subquery(visits(which), Alias::new(OUT))
        .and_where(of_out("at").gte(from))
        .and_where(of_out("at").lt(until))
        .order_by((Alias::new(OUT), Alias::new("at")), Order::Desc)
        .limit(RECORDS_MAX);
    if let Some(agency) = asked.agency {
        query.and_where(of_out("agency").eq(agency));
    }
    if !who.is_any(OVERSEERS) {
        let Some(own) = who.agency else { return Ok(Vec::new()) };
        query.and_where(of_out("leader").eq(own).or(of_out("visited").eq(own)));
    }
    let found = Counted::find_by_statement(app.db.get_database_backend().build(&query)).all(&app.db).await?;
    let known = Known::now(app).await?;
    let record = |one: &Counted| {
        let slug = known.get(&one.visited).map(|body| body.slug.as_str()).unwrap_or_default();
        let whole = Inspection::desk_path(one.inspection);
        Record {
            id: one.id,
            agency: one.agency,
            title: cut(&one.title, TITLE_LETTERS),
            on: time::local_date(one.at),
            href: if which == Which::Done { whole } else { Inspection::visit_path(one.inspection, slug) },
            public_href: String::new(),
        }
    };
    Ok(found.iter().map(record).collect())
}
