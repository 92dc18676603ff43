//! A provision: one thing a plan says, with who, by when and how much.

use sea_orm::entity::prelude::*;

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
    /// `recognise::Deadline` as JSON.
    #[sea_orm(column_type = "Text")]
    pub deadline: String,
    pub deadline_kind: String,
    /// The last day, where the deadline says one; for sorting and calendars.
    pub due_on: Option<Date>,
    /// `recognise::Target` as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub target: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub result: Option<String>,
    /// `recognise::Doubt`s as a JSON list.
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
