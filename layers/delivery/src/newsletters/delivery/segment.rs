//! Whom an issue goes to: one statement, however many they are. A second time adds nobody who is there. // recorded by `IssueBegan`

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{OnConflict, Query, SelectStatement};
use sea_orm::{DatabaseBackend, QuerySelect, QueryTrait};

use super::{Bounce, Column, Entity, State};
use crate::base::App;
use crate::newsletters::issue::{self, Issue, carried};
use crate::newsletters::{subscriber, suppression};

/// Queues a letter for each active subscriber who is written to. Of an issue that corrects an article, only for those who got the
/// article, or may have.
///
/// # Errors
/// The database failed.
pub async fn build(app: &App, on: &impl ConnectionTrait, issue: &Issue) -> Result<u64, DbErr> {
    let mut insert = Query::insert();
    insert.into_table(Entity).columns([
        Column::Issue,
        Column::Subscriber,
        Column::State,
        Column::Attempts,
        Column::RunAt,
        Column::Says,
        Column::Bounce,
    ]);
    let chosen = chosen(app, issue);
    insert.select_from(chosen).map_err(|error| DbErr::Custom(error.to_string()))?;
    insert.on_conflict(OnConflict::columns([Column::Issue, Column::Subscriber]).do_nothing().to_owned());
    Ok(on.execute(&insert).await?.rows_affected())
}

fn chosen(app: &App, issue: &Issue) -> SelectStatement {
    use subscriber::Column as Of;
    let suppressed = suppression::Entity::find().select_only().column(suppression::Column::AddressKey);
    let mut rows = Query::select();
    rows.expr(Expr::value(issue.id))
        .expr(Expr::col((subscriber::Entity, Of::Id)))
        .expr(Expr::value(State::Queued))
        .expr(Expr::value(0))
        .expr(Expr::value(app.clock.now()))
        .expr(Expr::value(""))
        .expr(Expr::value(Bounce::None))
        .from(subscriber::Entity)
        .and_where(Of::Newsletter.eq(issue.newsletter))
        .and_where(Of::State.eq(subscriber::State::Active))
        .and_where(Of::AddressKey.not_in_subquery(suppressed.into_query()));
    if let Some(article) = issue.corrects {
        rows.and_where(Of::Id.in_subquery(who_got(issue.newsletter, article)));
    }
    rows.take()
}

/// The subscribers whose letter with that article went, or may have.
fn who_got(newsletter: Uuid, article: Uuid) -> SelectStatement {
    let with_it =
        carried::Entity::find().select_only().column(carried::Column::Issue).filter(carried::Column::Article.eq(article));
    let issues = issue::Entity::find()
        .select_only()
        .column(issue::Column::Id)
        .filter(issue::Column::Newsletter.eq(newsletter))
        .filter(issue::Column::Corrects.is_null())
        .filter(issue::Column::Id.in_subquery(with_it.into_query()));
    let got = Entity::find()
        .select_only()
        .column(Column::Subscriber)
        .filter(Column::Issue.in_subquery(issues.into_query()))
        .filter(Column::State.is_in([State::Sent, State::Unknown, State::Stays]))
        .filter(Column::Bounce.ne(Bounce::Hard));
    got.into_query()
}

/// Tells PostgreSQL how the table looks now: a million rows more than it knew of lead it to read all of them for each batch.
///
/// # Errors
/// The database failed.
pub async fn look_over(app: &App) -> Result<(), DbErr> {
    if app.db.get_database_backend() == DatabaseBackend::Postgres {
        app.db.execute_unprepared("ANALYZE newsletter_delivery").await?;
    }
    Ok(())
}
