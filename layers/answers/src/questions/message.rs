//! Messages to who asked by Zalo or Telegram: rows with a state, sent once. Letters are the ground's own (`base/mail.rs`).

use sea_orm::ActiveValue::Set;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::base::installation_key::InstallationKey;
use crate::base::{App, new_id};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question_message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Nil for what answers no question: a greeting, why something was not taken.
    pub question: Uuid,
    pub account: Uuid,
    /// [`Content`] as JSON, encrypted; empty once it went.
    #[sea_orm(column_type = "Text")]
    pub sealed: String,
    pub state: State,
    pub attempts: i32,
    pub run_at: DateTimeUtc,
    /// What the platform said last.
    #[sea_orm(column_type = "Text")]
    pub says: String,
    pub planned_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Message = Model;

/// Where a message is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Planned,
    Sending,
    Sent,
    Failed,
    /// It may be there: it is not sent again.
    Unknown,
}

/// What is sealed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Content {
    pub to: String,
    pub text: String,
}

/// Plans one, in the caller's transaction. // recorded by the verb that it tells of
///
/// # Errors
/// The installation's key or the database failed.
pub async fn plan(app: &App, on: &impl ConnectionTrait, question: Uuid, account: Uuid, content: &Content) -> anyhow::Result<()> {
    let (id, now) = (new_id(), app.clock.now());
    let row = ActiveModel {
        id: Set(id),
        question: Set(question),
        account: Set(account),
        sealed: Set(InstallationKey::of(app)?.encrypt(id, &serde_json::to_string(content)?)?),
        state: Set(State::Planned),
        attempts: Set(0),
        run_at: Set(now),
        says: Set(String::new()),
        planned_at: Set(now),
    };
    Entity::insert(row).exec_without_returning(on).await?;
    Ok(())
}

/// Those that are due, longest first.
///
/// # Errors
/// The database failed.
pub async fn due(app: &App, most: u64) -> Result<Vec<Message>, DbErr> {
    use sea_orm::QueryOrder;
    let due = Entity::find().filter(Column::State.eq(State::Planned)).filter(Column::RunAt.lte(app.clock.now()));
    due.order_by_asc(Column::RunAt).order_by_asc(Column::Id).limit(most).all(&app.db).await
}

/// After a restore nothing that was planned goes: it may have gone already. Who asked reads the same by their code.
///
/// # Errors
/// The database failed.
pub async fn drop_all(app: &App) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Failed.to_value()))
        .col_expr(Column::Sealed, Expr::value(""))
        .col_expr(Column::Says, Expr::value("restored"))
        .filter(Column::State.is_in([State::Planned, State::Sending]))
        .exec(&app.db)
        .await
        .map(|_| ())
}
