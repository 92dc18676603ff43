//! What agencies were writing when a plan was amended goes on with the amended one: drafts and proofs not yet handed in move
//! to the slot of the provision that was carried over, for the same agency and period. So do the forms of its duties.
//! // recorded by opening::settle

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};

use super::answer::{self, draft};
use super::duty::{self, Duty};
use super::form::{self, Form};
use super::{Slot, proof, slot};
use crate::base::new_id;
use crate::plans::provision;

/// Moves what was being written for `old` to `new`. May run again: what was moved is not there any more.
///
/// # Errors
/// The database failed.
pub async fn carry(on: &impl ConnectionTrait, old: Uuid, new: Uuid) -> Result<(), DbErr> {
    carry_forms(on, old, new).await?;
    let left: Vec<Slot> = slot::Entity::find()
        .filter(slot::Column::Plan.eq(old))
        .filter(Condition::any().add(slot::Column::Id.in_subquery(written())).add(slot::Column::Id.in_subquery(attached())))
        .all(on)
        .await?;
    if left.is_empty() {
        return Ok(());
    }
    let goes_on = duties_carried(on, old, new).await?;
    let wanted: HashMap<(Uuid, Uuid, &str), Uuid> =
        left.iter().filter_map(|slot| Some(((*goes_on.get(&slot.duty)?, slot.agency, slot.period.as_str()), slot.id))).collect();
    let agencies = left.iter().map(|slot| slot.agency);
    let there = slot::Entity::find()
        .filter(slot::Column::Plan.eq(new))
        .filter(slot::Column::VoidedOn.is_null())
        .filter(slot::Column::Agency.is_in(agencies))
        .filter(slot::Column::Id.not_in_subquery(answer::slots()))
        .filter(slot::Column::Id.not_in_subquery(written()));
    for slot in there.all(on).await? {
        if let Some(from) = wanted.get(&(slot.duty, slot.agency, slot.period.as_str())) {
            move_over(on, *from, slot.id).await?;
        }
    }
    Ok(())
}

/// The newest form of a duty is the first of the one that goes on from it, unless that has one already.
async fn carry_forms(on: &impl ConnectionTrait, old: Uuid, new: Uuid) -> Result<(), DbErr> {
    let forms = Form::of_plan(on, old).await?;
    if forms.is_empty() {
        return Ok(());
    }
    let goes_on = duties_carried(on, old, new).await?;
    let there = goes_on.values().copied();
    let there = form::Entity::find().filter(form::Column::Duty.is_in(there)).order_by_asc(form::Column::Version).all(on).await?;
    let carried = forms.into_iter().filter_map(|(duty, form)| Some(Form { duty: *goes_on.get(&duty.id)?, ..form }));
    let missing = carried.filter(|form| there.iter().all(|known| known.duty != form.duty));
    let rows: Vec<form::ActiveModel> = missing.map(|form| Form { id: new_id(), version: 1, ..form }.into()).collect();
    if rows.is_empty() {
        return Ok(());
    }
    form::Entity::insert_many(rows).exec_without_returning(on).await.map(|_| ())
}

async fn move_over(on: &impl ConnectionTrait, from: Uuid, to: Uuid) -> Result<(), DbErr> {
    draft::Entity::update_many()
        .col_expr(draft::Column::Slot, Expr::value(to))
        .filter(draft::Column::Slot.eq(from))
        .exec(on)
        .await?;
    proof::Entity::update_many()
        .col_expr(proof::Column::Slot, Expr::value(to))
        .filter(proof::Column::Slot.eq(from))
        .filter(proof::Column::Answer.is_null())
        .exec(on)
        .await
        .map(|_| ())
}

/// Duties of the old plan → those of the new one whose provisions go on from theirs.
async fn duties_carried(on: &impl ConnectionTrait, old: Uuid, new: Uuid) -> Result<HashMap<Uuid, Uuid>, DbErr> {
    let before: HashMap<Uuid, Uuid> =
        Duty::of_plan(on, old).await?.into_iter().filter_map(|duty| Some((duty.provision?, duty.id))).collect();
    let carried: Vec<(Uuid, Option<Uuid>)> = provision::Entity::find()
        .select_only()
        .columns([provision::Column::Id, provision::Column::CarriedFrom])
        .filter(provision::Column::Plan.eq(new))
        .filter(provision::Column::CarriedFrom.is_not_null())
        .into_tuple()
        .all(on)
        .await?;
    let from: HashMap<Uuid, Uuid> = carried.into_iter().filter_map(|(new, old)| Some((new, old?))).collect();
    let after = duty::Entity::find().filter(duty::Column::Plan.eq(new)).all(on).await?;
    Ok(after.into_iter().filter_map(|duty| Some((*before.get(from.get(&duty.provision?)?)?, duty.id))).collect())
}

/// The slots that somebody is writing for.
fn written() -> sea_orm::sea_query::SelectStatement {
    draft::Entity::find().select_only().column(draft::Column::Slot).into_query()
}

/// The slots that have proofs which were not handed in yet.
fn attached() -> sea_orm::sea_query::SelectStatement {
    let waiting = proof::Entity::find().select_only().column(proof::Column::Slot).filter(proof::Column::Answer.is_null());
    waiting.into_query()
}
