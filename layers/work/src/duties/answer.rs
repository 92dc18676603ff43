//! An answer to a slot: versioned and immutable. A correction is the next version.

pub mod draft;
pub mod figures;
pub mod submitting;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, Query, SelectStatement};
use sea_orm::{QueryOrder, QuerySelect};

pub use figures::Figure;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slot: Uuid,
    /// From 1.
    pub version: i32,
    /// Made by the form: a second press, or a retry after the line broke, brings the same key.
    #[sea_orm(unique)]
    pub key: String,
    pub outcome: Outcome,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// [`Figure`]s as a JSON list.
    #[sea_orm(column_type = "Text")]
    pub figures: String,
    /// Why there is nothing to report; empty otherwise.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Why it came after the last day; empty otherwise.
    #[sea_orm(column_type = "Text")]
    pub late_reason: String,
    /// Whether whoever answered holds the lateness for excusable ("khách quan").
    pub excusable: Option<bool>,
    /// The body that answered.
    pub agency: Uuid,
    pub person: Uuid,
    pub at: DateTimeUtc,
    /// The day in Vietnam: in time or late.
    pub on_day: Date,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Answer = Model;

/// What an answer says. Zero is a value; no answer is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Outcome {
    /// Text, figures or proofs.
    #[default]
    Reported,
    /// "Không phát sinh", with a reason.
    Nothing,
}

impl Outcome {
    /// Reads the form's value; anything else is a report.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        if code == "nothing" { Self::Nothing } else { Self::Reported }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("answer-outcome-{}", self.to_value())
    }
}

impl Model {
    /// The answers of these slots, the earliest version first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, slots: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Slot.is_in(slots.iter().copied())).order_by_asc(Column::Version).all(on).await
    }

    /// The same without their words and figures, for lists.
    ///
    /// # Errors
    /// The database failed.
    pub async fn in_brief(on: &impl ConnectionTrait, slots: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        use Column::{Agency, At, Excusable, Figures, Id, Key, LateReason, OnDay, Outcome, Person, Reason, Slot, Text, Version};
        let mut brief =
            Entity::find().select_only().columns([Id, Slot, Version, Key, Outcome, Excusable, Agency, Person, At, OnDay]);
        for left_out in [Text, Figures, Reason, LateReason] {
            brief = brief.expr_as(Expr::value(""), left_out.to_string());
        }
        brief.filter(Slot.is_in(slots.iter().copied())).order_by_asc(Version).all(on).await
    }

    /// The figures.
    #[must_use]
    pub fn figures(&self) -> Vec<Figure> {
        serde_json::from_str(&self.figures).unwrap_or_default()
    }
}

/// The slots that were answered, to be asked within another question.
#[must_use]
pub fn slots() -> SelectStatement {
    Query::select().column(Column::Slot).from(Entity).take()
}

/// Whether an answer is the newest of its slot, within a question about answers. Asked row by row: a list of all newest answers
/// is made anew for every question (SQLite), and grows with the nation.
#[must_use]
pub fn is_newest() -> Expr {
    Expr::exists(later_than(Expr::col((Entity, Column::Slot)), Expr::col((Entity, Column::Version)))).not()
}

/// The answer with that id, if it is the newest of its slot: to be asked within another question.
#[must_use]
pub fn newest_with(id: Expr) -> SelectStatement {
    let its = Expr::col((Entity, Column::Id)).eq(id);
    Query::select().expr(Expr::value(1)).from(Entity).and_where(its).and_where(is_newest()).take()
}

/// Answers of that slot with a higher version.
fn later_than(slot: Expr, version: Expr) -> SelectStatement {
    let later = Alias::new("later");
    Query::select()
        .expr(Expr::value(1))
        .from_as(Entity, later.clone())
        .and_where(Expr::col((later.clone(), Column::Slot)).eq(slot))
        .and_where(Expr::col((later, Column::Version)).gt(version))
        .take()
}

/// Which of these slots have a newest answer that was not sent back.
///
/// # Errors
/// The database failed.
pub async fn done_of(on: &impl ConnectionTrait, slots: &[Uuid]) -> Result<Vec<Uuid>, DbErr> {
    use super::review;
    let its_review = Expr::col((review::Entity, review::Column::Answer)).equals((Entity, Column::Id));
    let sent_back = Query::select()
        .expr(Expr::value(1))
        .from(review::Entity)
        .and_where(its_review)
        .and_where(review::Column::Verdict.eq(review::Verdict::Return))
        .take();
    let of = Entity::find().select_only().column(Column::Slot).filter(Column::Slot.is_in(slots.iter().copied()));
    of.filter(is_newest()).filter(Expr::exists(sent_back).not()).into_tuple().all(on).await
}

/// Which of these slots were answered.
///
/// # Errors
/// The database failed.
pub async fn answered_of(on: &impl ConnectionTrait, slots: &[Uuid]) -> Result<Vec<Uuid>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Slot)
        .distinct()
        .filter(Column::Slot.is_in(slots.iter().copied()))
        .into_tuple()
        .all(on)
        .await
}
