//! Answers: drafted by one person, approved by another where the agency wants that, given once. A given answer is never written again; a
//! better one is the next version.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub question: Uuid,
    /// From 1; unique within the question.
    pub number: i32,
    /// As it was written.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// As the public reads it: personal data masked.
    #[sea_orm(column_type = "Text")]
    pub shown_text: String,
    pub agency: Uuid,
    pub state: State,
    pub written_by: Uuid,
    pub written_at: DateTimeUtc,
    pub approved_by: Option<Uuid>,
    pub approved_at: Option<DateTimeUtc>,
    /// Why it was sent back; empty otherwise.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Whether question and answer are to be published with it.
    pub shows: bool,
    /// Title and question as they are to stand in public, when they were edited by hand; empty otherwise.
    #[sea_orm(column_type = "Text")]
    pub public_title: String,
    #[sea_orm(column_type = "Text")]
    pub public_body: String,
    /// Why it takes the place of the answer before, for who asked; empty when it corrects none.
    #[sea_orm(column_type = "Text")]
    pub correction: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Answer = Model;

/// Where an answer is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Draft,
    /// Put before the agency's approver.
    Waiting,
    /// Sent back with a reason.
    Returned,
    Given,
}

impl Model {
    /// Those of a question, first one first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, question: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Question.eq(question)).order_by_asc(Column::Number).all(on).await
    }
}
