//! What of duties can be counted: slots whose last day has come, those of them that were done, and those done in time. The same rows
//! stand behind all three, so that a share of them never exceeds the whole. Requests, and slots that are void, are left out. And what
//! proves answers: the same bytes, or the same address, once in the province however many agencies handed it in.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{FromQueryResult, Order, QueryOrder, QuerySelect};

use super::progress::{self, Which};
use super::slot::{self, Slot};
use super::{answer, duty, proof, view};
use crate::base::sources::tallying::{When, first_happened, happened_each};
use crate::base::sources::together::once;
use crate::base::sources::{Asked, Counting, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Role, Who, time};
use crate::people::agency::brief::Known;
use crate::web::{Locale, Result, cut};

const TITLE_LETTERS: usize = 160;
/// Who looks at every agency's slots.
const OVERSEERS: &[Role] = &[Role::Coordinator, Role::Leader, Role::Auditor];
/// Which slots the sources count.
const COUNTED: [Which; 3] = [Which::Expected, Which::Submitted, Which::OnTime];

pub const SOURCES: &[Source] = &[
    Source {
        code: "slots-due",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(tallies(app, Which::Expected, stretch)),
        records: |app, who, l, asked| Box::pin(records(app, (who, l), Which::Expected, asked)),
    },
    Source {
        code: "slots-done",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(tallies(app, Which::Submitted, stretch)),
        records: |app, who, l, asked| Box::pin(records(app, (who, l), Which::Submitted, asked)),
    },
    Source {
        code: "slots-on-time",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(tallies(app, Which::OnTime, stretch)),
        records: |app, who, l, asked| Box::pin(records(app, (who, l), Which::OnTime, asked)),
    },
    Source {
        code: "proof-pieces",
        counting: Counting::Happened,
        is_shared: true,
        tallies: |app, stretch| Box::pin(pieces(app, stretch)),
        records: |app, who, _, asked| Box::pin(piece_records(app, who, asked)),
    },
];

/// Slots due in the stretch whose last day has come.
fn rows(which: Which, stretch: Stretch, today: NaiveDate) -> SelectStatement {
    let until = stretch.stands_on(today);
    let mut query = progress::beside_answers(progress::due_between(stretch.first.first_day(), until));
    query.and_where(progress::condition(which, today));
    query
}

async fn tallies(app: &App, which: Which, stretch: Stretch) -> Result<Vec<Tallied>> {
    let all = once(&format!("slots {stretch:?}"), counted(app, stretch)).await?;
    let found = COUNTED.iter().zip(all.iter()).find(|(one, _)| **one == which);
    Ok(found.map(|(_, tallied)| tallied.clone()).unwrap_or_default())
}

/// Slots of each of [`COUNTED`]. Finding what became of their answers is most of the work, and the same for all.
async fn counted(app: &App, stretch: Stretch) -> Result<Vec<Vec<Tallied>>> {
    let today = time::local_date(app.clock.now());
    let when = When::Day(progress::of(slot::Column::DueOn));
    let kinds = COUNTED.map(|which| progress::condition(which, today)).to_vec();
    let all = rows(Which::Expected, stretch, today);
    happened_each(app, all, (progress::of(slot::Column::Agency), when), stretch, kinds).await
}

async fn records(app: &App, (who, l): (&Who, Locale), which: Which, asked: Asked) -> Result<Vec<Record>> {
    let today = time::local_date(app.clock.now());
    let mut query = rows(which, asked.stretch, today);
    query.column((slot::Entity, slot::Column::Id)).order_by((slot::Entity, slot::Column::DueOn), Order::Desc).limit(RECORDS_MAX);
    if let Some(agency) = asked.agency {
        query.and_where(progress::of(slot::Column::Agency).eq(agency));
    }
    let slots = slot::Entity::find().filter(slot::Column::Id.in_subquery(query)).order_by_desc(slot::Column::DueOn);
    let slots = slots.all(&app.db).await?;
    let titles: Vec<(Uuid, String)> = duty::Entity::find()
        .select_only()
        .columns([duty::Column::Id, duty::Column::Title])
        .filter(duty::Column::Id.is_in(slots.iter().map(|slot| slot.duty)))
        .into_tuple()
        .all(&app.db)
        .await?;
    let titles: HashMap<Uuid, String> = titles.into_iter().collect();
    let agencies = Known::now(app).await?;
    let record = |slot: Slot| {
        let sees = slot::InCharge::of(&slot, &agencies, app).is_own(who) || who.is_any(OVERSEERS);
        let title = titles.get(&slot.duty).map(|title| cut(title, TITLE_LETTERS)).unwrap_or_default();
        Record {
            id: slot.id,
            agency: slot.agency,
            title: format!("{title} ({})", view::period(l, &slot.period)),
            on: slot.due_on,
            href: if sees { Slot::desk_path(slot.id) } else { String::new() },
            public_href: String::new(),
        }
    };
    Ok(slots.into_iter().map(record).collect())
}

/// What went with the newest answers to slots that are owed.
fn proofs() -> SelectStatement {
    let its_slot = progress::of(slot::Column::Id).equals((proof::Entity, proof::Column::Slot));
    Query::select()
        .from(proof::Entity)
        .join(JoinType::InnerJoin, slot::Entity, its_slot)
        .and_where(progress::of(slot::Column::VoidedOn).is_null())
        .and_where(Expr::exists(answer::newest_with(Expr::col((proof::Entity, proof::Column::Answer)))))
        .take()
}

async fn pieces(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let of = |column| Expr::col((proof::Entity, column));
    let thing = (of(proof::Column::Sha256), of(proof::Column::At));
    first_happened(app, proofs(), progress::of(slot::Column::Agency), thing, stretch).await
}

#[derive(FromQueryResult)]
struct Piece {
    id: Uuid,
    slot: Uuid,
    agency: Uuid,
    name: String,
    address: String,
    at: DateTimeUtc,
}

/// Those of the person's own agency; all of them for who oversees.
async fn piece_records(app: &App, who: &Who, asked: Asked) -> Result<Vec<Record>> {
    let mut query = proofs();
    let shown = [proof::Column::Id, proof::Column::Slot, proof::Column::Name, proof::Column::Address, proof::Column::At];
    query
        .columns(shown.map(|column| (proof::Entity, column)))
        .column((slot::Entity, slot::Column::Agency))
        .cond_where(asked.at(proof::Column::At))
        .cond_where(asked.of_agency(slot::Column::Agency))
        .order_by((proof::Entity, proof::Column::At), Order::Desc)
        .limit(RECORDS_MAX);
    if !who.is_any(OVERSEERS) {
        let Some(own) = who.agency else { return Ok(Vec::new()) };
        query.and_where(progress::of(slot::Column::Agency).eq(own));
    }
    let found = Piece::find_by_statement(app.db.get_database_backend().build(&query)).all(&app.db).await?;
    let record = |one: Piece| Record {
        id: one.id,
        agency: one.agency,
        title: one.name,
        on: time::local_date(one.at),
        href: Slot::desk_path(one.slot),
        public_href: one.address,
    };
    Ok(found.into_iter().map(record).collect())
}
