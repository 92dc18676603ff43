//! A provision: one thing a plan says, with who, by when and how much.

pub mod adding;
pub mod carrying;
pub mod correction;
pub mod keeping;

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QuerySelect};

use super::recognise::{Deadline, Doubt, Kind, Role, Target};
use crate::web::Error;

pub use carrying::carry;
pub use keeping::keep_all;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub plan: Uuid,
    /// Order in the document, from 1.
    pub position: i32,
    /// `III.1.b.4`
    pub path: String,
    /// `viewpoint`, `target`, `task`, `funding`, `responsibility`
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// Bytes in the document's text.
    pub span_start: i64,
    pub span_end: i64,
    pub marker: String,
    /// The headings above it, as a JSON list.
    #[sea_orm(column_type = "Text")]
    pub headings: String,
    /// `lead` or `support`: what the bodies named as leads do here.
    pub role: String,
    pub lead_source: Option<String>,
    /// [`Deadline`] as JSON.
    #[sea_orm(column_type = "Text")]
    pub deadline: String,
    pub deadline_kind: String,
    /// The last day, where the deadline says one; for sorting and calendars.
    pub due_on: Option<Date>,
    /// [`Target`] as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub target: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub result: Option<String>,
    /// [`Doubt`]s as a JSON list; emptied when a person confirms or corrects.
    #[sea_orm(column_type = "Text")]
    pub doubts: String,
    /// A person changed what was recognised.
    pub edited: bool,
    pub confirmed_at: Option<DateTimeUtc>,
    pub confirmed_by: Option<Uuid>,
    /// The provision of the amended plan that this one goes on from.
    pub carried_from: Option<Uuid>,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Provision = Model;

impl Model {
    /// The provision, when it is one of that plan.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, plan: Uuid, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).filter(Column::Plan.eq(plan)).one(on).await?.ok_or(Error::NotFound)
    }

    /// All provisions of a plan in the order of the document.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, plan: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Plan.eq(plan)).order_by_asc(Column::Position).all(on).await
    }

    /// When it is due.
    #[must_use]
    pub fn deadline(&self) -> Deadline {
        serde_json::from_str(&self.deadline).unwrap_or_default()
    }

    /// What is to be reached.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        serde_json::from_str(self.target.as_deref()?).ok()
    }

    /// What a person should check.
    #[must_use]
    pub fn doubts(&self) -> Vec<Doubt> {
        serde_json::from_str(&self.doubts).unwrap_or_default()
    }

    /// The headings above it, outermost first.
    #[must_use]
    pub fn headings(&self) -> Vec<String> {
        serde_json::from_str(&self.headings).unwrap_or_default()
    }

    /// Whether a person should still look at it before the plan is adopted.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.confirmed_at.is_none() && self.doubts != NO_DOUBTS
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        Kind::of_code(&self.kind).unwrap_or(Kind::Task)
    }

    /// Whether the bodies named lead or support.
    #[must_use]
    pub fn role(&self) -> Role {
        if self.role == "support" { Role::Support } else { Role::Lead }
    }

    /// The outermost label: `III` of `III.1.b.4`.
    #[must_use]
    pub fn part(&self) -> &str {
        self.path.split('.').next().unwrap_or_default()
    }
}

/// What an empty list of doubts is stored as.
pub const NO_DOUBTS: &str = "[]";

/// How many provisions the plan has.
///
/// # Errors
/// The database failed.
pub async fn count(on: &impl ConnectionTrait, plan: Uuid) -> Result<u64, DbErr> {
    Entity::find().filter(Column::Plan.eq(plan)).count(on).await
}

/// How many provisions of each kind these plans have: one statement.
///
/// # Errors
/// The database failed.
pub async fn counts(on: &impl ConnectionTrait, plans: &[Uuid]) -> Result<HashMap<(Uuid, Kind), usize>, DbErr> {
    let rows: Vec<(Uuid, String, i64)> = Entity::find()
        .select_only()
        .columns([Column::Plan, Column::Kind])
        .column_as(Column::Id.count(), "n")
        .filter(Column::Plan.is_in(plans.to_vec()))
        .group_by(Column::Plan)
        .group_by(Column::Kind)
        .into_tuple()
        .all(on)
        .await?;
    let known = rows.into_iter().filter_map(|(plan, kind, n)| Some(((plan, Kind::of_code(&kind)?), usize::try_from(n).ok()?)));
    Ok(known.collect())
}

/// The duties of these plans that are due next, from a day on.
///
/// # Errors
/// The database failed.
pub async fn next_due(on: &impl ConnectionTrait, plans: &[Uuid], from: Date, most: u64) -> Result<Vec<Model>, DbErr> {
    Entity::find()
        .filter(Column::Plan.is_in(plans.to_vec()))
        .filter(Column::Kind.is_in(["task", "responsibility"]))
        .filter(Column::DueOn.gte(from))
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Position)
        .limit(most)
        .all(on)
        .await
}

/// Takes every provision as it was read. Recorded by `Plan::seed`. // recorded by Plan::seed
///
/// # Errors
/// The database failed.
pub(super) async fn settle_all(on: &impl ConnectionTrait, plan: Uuid, at: DateTimeUtc) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Doubts, Expr::value(NO_DOUBTS))
        .col_expr(Column::ConfirmedAt, Expr::value(at))
        .filter(Column::Plan.eq(plan))
        .exec(on)
        .await
        .map(|_| ())
}

/// Those that a person should still look at.
fn doubtful(plan: Uuid) -> Condition {
    Condition::all().add(Column::Plan.eq(plan)).add(Column::ConfirmedAt.is_null()).add(Column::Doubts.ne(NO_DOUBTS))
}

/// How many a person should still look at.
///
/// # Errors
/// The database failed.
pub async fn count_doubtful(on: &impl ConnectionTrait, plan: Uuid) -> Result<u64, DbErr> {
    Entity::find().filter(doubtful(plan)).count(on).await
}

/// Their paths, in the order of the document.
async fn paths_doubtful(on: &impl ConnectionTrait, plan: Uuid) -> Result<Vec<String>, DbErr> {
    let rows = Entity::find().select_only().column(Column::Path).filter(doubtful(plan)).order_by_asc(Column::Position);
    rows.into_tuple().all(on).await
}
