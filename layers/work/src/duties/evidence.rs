//! Proofs as evidence: counted once for the province however many agencies hand the same one in, and once for each of them.
//! The same is the same bytes, or the same address.

use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, JoinType, Order, Query, SelectStatement};

use super::progress::Scope;
use super::review::{self, Verdict};
use super::{answer, proof, slot};

/// One piece of evidence.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Evidence {
    pub sha256: String,
    pub name: String,
    /// Of a link; empty for a file.
    pub address: String,
    /// How many agencies handed it in.
    pub agencies: i64,
}

/// One slot that a piece of evidence hangs on.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Claim {
    pub sha256: String,
    pub slot: Uuid,
    pub agency: Uuid,
}

/// How many pieces there are, and how many of them several agencies share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub pieces: i64,
    pub shared: i64,
}

/// Counts the evidence of the newest answers that were not sent back: one statement.
///
/// # Errors
/// The database failed.
pub async fn count(on: &impl ConnectionTrait, scope: &Scope) -> Result<Count, DbErr> {
    let pieces = Alias::new("pieces");
    let shared = Expr::col((pieces.clone(), Alias::new("agencies"))).gt(1);
    let query = Query::select()
        .expr_as(Expr::col((pieces.clone(), proof::Column::Sha256)).count(), Alias::new("pieces"))
        .expr_as(super::progress::count_if(shared), Alias::new("shared"))
        .from_subquery(pieces_of(scope), pieces)
        .take();
    let Some(row) = on.query_one(&query).await? else { return Ok(Count::default()) };
    // The sum of nothing is none.
    let shared: Option<i64> = row.try_get("", "shared")?;
    Ok(Count { pieces: row.try_get("", "pieces")?, shared: shared.unwrap_or_default() })
}

/// A page of the evidence, what most agencies share first.
///
/// # Errors
/// The database failed.
pub async fn list(on: &impl ConnectionTrait, scope: &Scope, (offset, most): (u64, u64)) -> Result<Vec<Evidence>, DbErr> {
    let mut query = pieces_of(scope);
    query.order_by(Alias::new("agencies"), Order::Desc).order_by((proof::Entity, proof::Column::Sha256), Order::Asc);
    query.offset(offset).limit(most);
    Evidence::find_by_statement(on.get_database_backend().build(&query)).all(on).await
}

/// Who claims these pieces, by which slot: one statement.
///
/// # Errors
/// The database failed.
pub async fn claims(on: &impl ConnectionTrait, scope: &Scope, pieces: &[Evidence]) -> Result<Vec<Claim>, DbErr> {
    let hashes: Vec<&str> = pieces.iter().map(|piece| piece.sha256.as_str()).collect();
    let mut query = within(scope);
    query
        .column((proof::Entity, proof::Column::Sha256))
        .column((proof::Entity, proof::Column::Slot))
        .column((slot::Entity, slot::Column::Agency))
        .and_where(Expr::col((proof::Entity, proof::Column::Sha256)).is_in(hashes))
        .order_by((slot::Entity, slot::Column::DueOn), Order::Asc);
    Claim::find_by_statement(on.get_database_backend().build(&query)).all(on).await
}

fn pieces_of(scope: &Scope) -> SelectStatement {
    let proofs = |column| Expr::col((proof::Entity, column));
    let mut query = within(scope);
    query
        .column((proof::Entity, proof::Column::Sha256))
        .expr_as(proofs(proof::Column::Name).min(), Alias::new("name"))
        .expr_as(proofs(proof::Column::Address).min(), Alias::new("address"))
        .expr_as(Expr::col((slot::Entity, slot::Column::Agency)).count_distinct(), Alias::new("agencies"))
        .group_by_col((proof::Entity, proof::Column::Sha256));
    query
}

/// The proofs of the newest answers in scope that were not sent back.
fn within(scope: &Scope) -> SelectStatement {
    let of = |column| Expr::col((slot::Entity, column));
    let its_answer = Expr::col((answer::Entity, answer::Column::Id)).equals((proof::Entity, proof::Column::Answer));
    let its_slot = of(slot::Column::Id).equals((proof::Entity, proof::Column::Slot));
    let its_review = Expr::col((review::Entity, review::Column::Answer)).equals((answer::Entity, answer::Column::Id));
    let verdict = || Expr::col((review::Entity, review::Column::Verdict));
    let mut query = Query::select();
    query
        .from(proof::Entity)
        .join(JoinType::InnerJoin, answer::Entity, its_answer)
        .join(JoinType::InnerJoin, slot::Entity, its_slot)
        .join(JoinType::LeftJoin, review::Entity, its_review)
        .and_where(answer::is_newest())
        .and_where(verdict().is_null().or(verdict().ne(Verdict::Return.to_value())))
        .and_where(of(slot::Column::Plan).eq(scope.plan))
        .and_where(of(slot::Column::VoidedOn).is_null())
        .and_where(of(slot::Column::DueOn).between(scope.from, scope.until));
    if let Some(agency) = scope.agency {
        query.and_where(of(slot::Column::Agency).eq(agency));
    }
    query
}
