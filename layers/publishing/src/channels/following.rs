//! What becomes of an article's pieces when the article is corrected or goes: what has not gone out is stopped, and each copy that is
//! out stands on somebody's list until it was edited or retracted, or a person says that it may stay.

use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::delivery::{self, Delivery, Errand, State as Way, Why, moving, step};
use super::piece::{Column, Entity, Piece, State};
use crate::base::{App, By, Fact, fact};
use crate::web::Error;

/// Follows what happened to an article. The second time does nothing.
///
/// # Errors
/// The database failed.
pub async fn article_changed(app: &App, recorded: &fact::Model, fact: &Fact) -> anyhow::Result<()> {
    let (wanted, revision) = match fact {
        Fact::ArticleCorrected { revision, .. } => (Errand::Edit, *revision),
        Fact::ArticleWithdrawn { .. } | Fact::ArticleTakenDown { .. } => (Errand::Retract, 0),
        _ => return Ok(()),
    };
    let by = By { person: recorded.person, agency: recorded.agency, why: recorded.why.clone() };
    let of = Entity::find().filter(Column::Article.eq(recorded.about)).filter(Column::State.ne(State::Withdrawn));
    for piece in of.all(&app.db).await? {
        let done = match wanted {
            Errand::Retract => withdrawn(app, piece, &by).await,
            _ => corrected(app, piece, revision, &by).await,
        };
        match done {
            Ok(()) => {}
            // Somebody was quicker, such as an approver: what there is now is looked at when the fact is answered again.
            Err(error) => return Err(anyhow::anyhow!("{error:?}")),
        }
    }
    Ok(())
}

/// The article is gone: the piece goes, and its copies should.
async fn withdrawn(app: &App, piece: Piece, by: &By) -> Result<(), Error> {
    let transaction = app.begin().await?;
    want(app, &transaction, piece.id, Errand::Retract, by).await?;
    piece.stop(app, transaction, by).await
}

/// The article says something else than what was approved. A draft is left alone: its page says so. What is handed in goes back, for
/// it can not be approved any more; so whoever is just approving it is told that it changed.
async fn corrected(app: &App, piece: Piece, revision: i32, by: &By) -> Result<(), Error> {
    // Made from the corrected text already. Revisions count; clocks of several nodes differ.
    if piece.revision.is_some_and(|made_from| made_from >= revision) {
        return Ok(());
    }
    match piece.state {
        State::Submitted => return piece.outdated(app, by).await,
        State::Approved => {}
        State::Draft | State::Withdrawn => return Ok(()),
    }
    let transaction = app.begin().await?;
    let its = || Condition::all().add(delivery::Column::Piece.eq(piece.id)).add(delivery::Column::Why.ne(Why::Corrected));
    // Those that wait for their account, too: they must not go on with it. // recorded by the article's fact
    moving::all(app, &transaction, its(), (Way::Held, Way::Held), Why::Corrected, by).await?;
    moving::all(app, &transaction, its(), (Way::Queued, Way::Held), Why::Corrected, by).await?;
    want(app, &transaction, piece.id, Errand::Edit, by).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// What may be out of a piece is to be edited, or retracted. What was to be retracted stays so.
async fn want(app: &App, on: &impl ConnectionTrait, piece: Uuid, wanted: Errand, by: &By) -> Result<(), Error> {
    use delivery::Column as Of;
    let out = [Way::Sending, Way::Accepted, Way::Unknown, Way::Confirmed];
    let other = if wanted == Errand::Edit { vec![Errand::Edit, Errand::Retract] } else { vec![Errand::Retract] };
    let changed: Vec<Delivery> = delivery::Entity::update_many()
        .col_expr(Of::Wanted, Expr::value(wanted))
        .col_expr(Of::StandsAt, Expr::value(Option::<DateTimeUtc>::None))
        .col_expr(Of::Version, Expr::col(Of::Version).add(1))
        .filter(Of::Piece.eq(piece))
        .filter(Of::State.is_in(out))
        .filter(Of::Wanted.is_not_in(other))
        .exec_with_returning(on)
        .await?;
    for row in &changed {
        step::add(app, on, row.state, row, by).await?;
    }
    Ok(())
}
