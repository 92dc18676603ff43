//! Who is writing at an article, or at a section of a publication, now. A lock that gave no sign of life for a while is free;
//! before, a colleague may take it over, which is noted and told.

use chrono::TimeDelta;
use sea_orm::ActiveValue::Set;
use sea_orm::Condition;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, OnConflict};

use crate::base::{App, By, Fact, Who};
use crate::web::Error;

/// After so long without a sign of life it is free. The form gives one each time it saves by itself.
pub const FREE_AFTER: TimeDelta = TimeDelta::minutes(10);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "article_lock")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// The thing that is written.
    pub article: Uuid,
    pub person: Uuid,
    pub since: DateTimeUtc,
    pub seen_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The lock of somebody else that holds now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_another(app: &App, on: &impl ConnectionTrait, who: &Who, article: Uuid) -> Result<Option<Self>, DbErr> {
        let lock = Entity::find_by_id(article).one(on).await?;
        let now = app.clock.now();
        Ok(lock.filter(|lock| lock.person != who.person && lock.seen_at + FREE_AFTER > now))
    }

    /// Takes or keeps the lock where nobody else has it; false when somebody has. Working memory of who writes.
    // recorded by Article::save; taking it from somebody is a fact of its own
    ///
    /// # Errors
    /// The database failed.
    pub async fn hold(app: &App, on: &impl ConnectionTrait, who: &Who, article: Uuid) -> Result<bool, DbErr> {
        let now = app.clock.now();
        let row = ActiveModel { article: Set(article), person: Set(who.person), since: Set(now), seen_at: Set(now) };
        let once = OnConflict::column(Column::Article).do_nothing().to_owned();
        if Entity::insert(row).on_conflict(once).exec_without_returning(on).await? > 0 {
            return Ok(true);
        }
        let own = Column::Person.eq(who.person);
        let free = Condition::any().add(own).add(Column::SeenAt.lte(now - FREE_AFTER));
        let held = Entity::update_many()
            .col_expr(Column::Person, Expr::value(who.person))
            .col_expr(Column::SeenAt, Expr::value(now))
            .filter(Column::Article.eq(article))
            .filter(free);
        Ok(held.exec(on).await?.rows_affected > 0)
    }

    /// Takes the lock of `id` over from whoever has it; `told`: the fact about `about` that says from whom.
    ///
    /// # Errors
    /// The database failed.
    pub async fn take(
        app: &App,
        who: &Who,
        (id, about): (Uuid, Uuid),
        told: impl FnOnce(Uuid) -> Fact + Send,
    ) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let now = app.clock.now();
        if let Some(other) = Self::of_another(app, &transaction, who, id).await? {
            Entity::update_many()
                .col_expr(Column::Person, Expr::value(who.person))
                .col_expr(Column::Since, Expr::value(now))
                .col_expr(Column::SeenAt, Expr::value(now))
                .filter(Column::Article.eq(id))
                .exec(&transaction)
                .await?;
            app.record(&transaction, about, told(other.person), &By::from(who)).await?;
        } else {
            Self::hold(app, &transaction, who, id).await?;
        }
        app.commit(transaction).await?;
        Ok(())
    }

    /// Lets the lock go. // recorded by the verb that ends the writing
    ///
    /// # Errors
    /// The database failed.
    pub async fn release(on: &impl ConnectionTrait, article: Uuid) -> Result<(), DbErr> {
        Entity::delete_by_id(article).exec(on).await.map(|_| ())
    }
}
