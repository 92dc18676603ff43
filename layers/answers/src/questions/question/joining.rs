//! Questions that ask the same: one is answered, all who asked are told. Each keeps its code, its words and who asked.

use sea_orm::DatabaseTransaction;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::{Column, Entity, Question, State, Whole};
use crate::base::{App, By, Fact};
use crate::cases::case::moving::Ground;
use crate::questions::entry::{self, Speaker};
use crate::questions::telling;
use crate::web::{Error, Obstacle};

/// Joins one to another that asks the same. Those that were joined to it follow.
///
/// # Errors
/// Refused where the other can not have it; stale when somebody was quicker; or the database failed.
pub async fn join(app: &App, on: &DatabaseTransaction, id: Uuid, to: Uuid, by: &By) -> Result<(), Error> {
    let refused = |key: &'static str| Error::Refused(vec![Obstacle::new(key).at("joining")]);
    let ground = Ground::of(app).await?;
    let whole = Whole::find(on, id).await?;
    let target = Entity::find_by_id(to).one(on).await?.ok_or_else(|| refused("question-join-unknown"))?;
    let target = match target.joined_to {
        Some(root) => Entity::find_by_id(root).one(on).await?.ok_or_else(|| refused("question-join-unknown"))?,
        None => target,
    };
    if target.id == id {
        return Err(refused("question-join-itself"));
    }
    if target.state.is_over() {
        return Err(refused("question-join-over"));
    }
    hold(on, &target).await?;
    whole.put(on, &ground, &whole.rests(&ground, State::Joined)?).await?;
    let follow = Column::Id.eq(id).or(Column::JoinedTo.eq(id));
    Entity::update_many().col_expr(Column::JoinedTo, Expr::value(target.id)).filter(follow).exec(on).await?;
    let speaker = Speaker { agency: by.agency, person: by.person };
    entry::write(on, id, (entry::Kind::Joined, target.title.clone(), Some(target.id)), speaker, ground.now).await?;
    app.record(on, id, Fact::QuestionJoined { to: target.id }, by).await?;
    if target.state == State::Answered {
        let main = Whole::of(on, target).await?;
        if let Some(answer) = main.given() {
            telling::answered_before(app, on, &whole.question, answer).await?;
        }
    }
    Ok(())
}

/// Whoever moves the other one in this moment comes after us, or was quicker: two that are joined to each other would be nobody's. What is
/// written is what stands there. // recorded by [`join`]
async fn hold(on: &DatabaseTransaction, target: &Question) -> Result<(), Error> {
    let held = Entity::update_many()
        .col_expr(Column::State, Expr::value(target.state.code()))
        .filter(Column::Id.eq(target.id))
        .filter(Column::Version.eq(target.version))
        .exec(on)
        .await?;
    if held.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// The one that they were joined to will not be answered: who asked the same still waits, so each stands with its body again.
///
/// # Errors
/// Stale when somebody was quicker, or the database failed.
pub async fn release(app: &App, on: &DatabaseTransaction, from: Uuid, ground: &Ground, by: &By) -> Result<(), Error> {
    for question in Question::joined(on, from).await? {
        let whole = Whole::of(on, question).await?;
        part(app, on, &whole, ground, by).await?;
    }
    Ok(())
}

/// It does not ask the same after all: it stands with its body again, with a clock of its own.
///
/// # Errors
/// Stale when somebody was quicker, or the database failed.
pub async fn part(app: &App, on: &DatabaseTransaction, whole: &Whole, ground: &Ground, by: &By) -> Result<(), Error> {
    let holder = whole.question.holder;
    let state = if holder == whole.setting.agency { State::New } else { State::Open };
    whole.put(on, ground, &whole.goes_to(ground, holder, state)?).await?;
    Entity::update_many()
        .col_expr(Column::JoinedTo, Expr::value(Option::<Uuid>::None))
        .filter(Column::Id.eq(whole.question.id))
        .exec(on)
        .await?;
    let speaker = Speaker { agency: by.agency, person: by.person };
    entry::write(on, whole.question.id, (entry::Kind::Parted, String::new(), None), speaker, ground.now).await?;
    app.record(on, whole.question.id, Fact::QuestionParted, by).await?;
    Ok(())
}
