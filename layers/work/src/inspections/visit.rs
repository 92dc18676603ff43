//! A visit: one agency of an inspection, with its copy of the checklist and, in the end, the conclusion.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::finding::{Finding, Followed};
use super::inspection::Inspection;
use super::item::Item;
use super::reply::Reply;
use super::withdrawing;
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection_visit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub inspection: Uuid,
    /// Unique within the inspection.
    pub agency: Uuid,
    pub visited_on: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub conclusion: String,
    /// From then on the agency sees it, and it does not change.
    pub published_at: Option<DateTimeUtc>,
    /// Counts every change of the visit, its items and findings.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Visit = Model;

/// A visit with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Whole {
    pub visit: Visit,
    pub items: Vec<Item>,
    pub findings: Vec<Followed>,
}

impl Whole {
    /// What belongs to a visit: three statements.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, visit: Visit) -> Result<Self, DbErr> {
        let items = Item::of(on, &[visit.id]).await?;
        let findings = Finding::of(on, &[visit.id]).await?;
        Ok(Self { items, findings: followed(on, findings).await?, visit })
    }

    /// As it stands within its inspection: of one that was withdrawn the findings are dropped.
    #[must_use]
    pub fn within(mut self, inspection: &Inspection) -> Self {
        self.findings.iter_mut().for_each(|one| one.dropped = inspection.is_withdrawn());
        self
    }
}

/// Findings with what was said to each: one statement. Whether they were dropped is their inspection's to say.
///
/// # Errors
/// The database failed.
pub async fn followed(on: &impl ConnectionTrait, findings: Vec<Finding>) -> Result<Vec<Followed>, DbErr> {
    let ids: Vec<Uuid> = findings.iter().map(|finding| finding.id).collect();
    let mut replies: HashMap<Uuid, Vec<Reply>> = HashMap::new();
    for reply in Reply::of(on, &ids).await? {
        replies.entry(reply.finding).or_default().push(reply);
    }
    let follow =
        |finding: Finding| Followed { replies: replies.remove(&finding.id).unwrap_or_default(), dropped: false, finding };
    Ok(findings.into_iter().map(follow).collect())
}

impl Model {
    /// The visit of an inspection to an agency.
    ///
    /// # Errors
    /// The database failed.
    pub async fn at(on: &impl ConnectionTrait, inspection: Uuid, agency: Uuid) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(Column::Inspection.eq(inspection)).filter(Column::Agency.eq(agency)).one(on).await
    }

    /// Counts its version up, if it is still unpublished and as it was seen, and its inspection stands: whoever else changes
    /// it waits, and is told.
    ///
    /// # Errors
    /// Stale when somebody was quicker or the inspection was withdrawn, or the database failed.
    pub async fn claim(&self, on: &impl ConnectionTrait, seen: i32) -> Result<(), Error> {
        // recorded by the verb that changes the visit, in the same transaction
        let claimed = Entity::update_many()
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(seen))
            .filter(Column::PublishedAt.is_null())
            .filter(Column::Inspection.in_subquery(withdrawing::standing()))
            .exec(on)
            .await?;
        if claimed.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }
}
