//! What one number got of one delivery. // recorded by the delivery's steps; the rows are its journal

use platforms::{Outcome, Refusal};
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::outcome::is_of_the_account;
use super::recipient::{self, Recipient};
use crate::base::{App, new_id};

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Waiting,
    /// The request is on its way.
    Sending,
    Sent,
    /// Certainly not, and not to be tried again: the number, or the words for it.
    Refused,
    Unknown,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("channel-letter-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Waiting => "soon",
            Self::Sending => "waiting",
            Self::Sent => "issued",
            Self::Refused => "late",
            Self::Unknown => "unknown",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_letter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub delivery: Uuid,
    /// `84…`
    pub number: String,
    pub state: State,
    /// Why it was refused, as [`crate::channels::delivery::Why`] has it; empty otherwise.
    pub why: String,
    /// The gateway's words.
    #[sea_orm(column_type = "Text")]
    pub says: String,
    #[sea_orm(column_type = "Text")]
    pub external_id: String,
    pub at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Letter = Model;

impl Model {
    /// Those of a delivery, by their numbers.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, delivery: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Delivery.eq(delivery)).order_by_asc(Column::Number).all(on).await
    }

    /// One for each number that is on the account's list now, where none is there yet: the list of the first attempt counts.
    ///
    /// # Errors
    /// The database failed.
    pub async fn plan(app: &App, account: Uuid, delivery: Uuid) -> Result<(), DbErr> {
        if Entity::find().filter(Column::Delivery.eq(delivery)).count(&app.db).await? > 0 {
            return Ok(());
        }
        let numbers = Recipient::of(&app.db, account).await?;
        let row = |one: recipient::Model| ActiveModel {
            id: Set(new_id()),
            delivery: Set(delivery),
            number: Set(one.number),
            state: Set(State::Waiting),
            why: Set(String::new()),
            says: Set(String::new()),
            external_id: Set(String::new()),
            at: Set(None),
        };
        let rows: Vec<ActiveModel> = numbers.into_iter().map(row).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let once = OnConflict::columns([Column::Delivery, Column::Number]).do_nothing().to_owned();
        Entity::insert_many(rows).on_conflict(once).exec_without_returning(&app.db).await.map(|_| ())
    }

    /// Numbers that were taken off the list meanwhile get nothing any more.
    ///
    /// # Errors
    /// The database failed.
    pub async fn drop_removed(app: &App, account: Uuid, delivery: Uuid) -> Result<(), DbErr> {
        let listed: Vec<String> = Recipient::of(&app.db, account).await?.into_iter().map(|one| one.number).collect();
        Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Refused))
            .col_expr(Column::Why, Expr::value("dropped"))
            .filter(Column::Delivery.eq(delivery))
            .filter(Column::State.eq(State::Waiting))
            .filter(Column::Number.is_not_in(listed))
            .exec(&app.db)
            .await
            .map(|_| ())
    }

    /// Those to which nothing was sent yet.
    ///
    /// # Errors
    /// The database failed.
    pub async fn waiting(app: &App, delivery: Uuid) -> Result<Vec<Self>, DbErr> {
        let of = Entity::find().filter(Column::Delivery.eq(delivery)).filter(Column::State.eq(State::Waiting));
        of.order_by_asc(Column::Number).all(&app.db).await
    }

    /// On disk before the request leaves; false where it does not wait any more.
    ///
    /// # Errors
    /// The database failed: then nothing is sent.
    pub async fn begin(&self, app: &App) -> Result<bool, DbErr> {
        let row = Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Sending))
            .col_expr(Column::At, Expr::value(app.clock.now()))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Waiting));
        Ok(row.exec(&app.db).await?.rows_affected > 0)
    }

    /// Writes what came of it. A refusal that is none of this number leaves it waiting: it certainly got nothing.
    ///
    /// # Errors
    /// The database failed: the row stays `sending`, which nobody sends again.
    pub async fn settle(&self, app: &App, outcome: &Outcome) -> Result<(), DbErr> {
        let (state, why, says, id) = match outcome {
            Outcome::Published(copy) => (State::Sent, String::new(), String::new(), copy.id.clone()),
            Outcome::Accepted { handle } => (State::Sent, String::new(), String::new(), handle.clone()),
            Outcome::Refused(Refusal { why, says, .. }) if is_of_the_account(*why) => {
                (State::Waiting, String::new(), says.clone(), String::new())
            }
            Outcome::Refused(Refusal { why, says, .. }) => {
                let why = crate::channels::delivery::Why::from(*why);
                (State::Refused, sea_orm::ActiveEnum::to_value(&why), says.clone(), String::new())
            }
            Outcome::Unknown { says } => (State::Unknown, String::new(), says.clone(), String::new()),
        };
        Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::Why, Expr::value(why))
            .col_expr(Column::Says, Expr::value(says.replace('\0', "")))
            .col_expr(Column::ExternalId, Expr::value(id.replace('\0', "")))
            .col_expr(Column::At, Expr::value(app.clock.now()))
            .filter(Column::Id.eq(self.id))
            .filter(Column::State.eq(State::Sending))
            .exec(&app.db)
            .await
            .map(|_| ())
    }

    /// What a node left as `sending` when it died: nobody can tell.
    ///
    /// # Errors
    /// The database failed.
    pub async fn give_up(app: &App, delivery: Uuid) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(State::Unknown))
            .filter(Column::Delivery.eq(delivery))
            .filter(Column::State.eq(State::Sending))
            .exec(&app.db)
            .await
            .map(|_| ())
    }
}
