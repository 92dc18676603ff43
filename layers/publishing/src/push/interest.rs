//! What a subscription is about: a section, an agency, or everything. // recorded by subscription

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, Condition};

use crate::base::new_id;

/// The most of one subscription.
pub const INTERESTS_MAX: usize = 60;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "push_interest")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub subscription: Uuid,
    pub about: About,
    /// The section or the agency; nil for everything.
    pub target: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}

/// What it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum About {
    Section,
    Agency,
    All,
}

/// What a subscription is about, chosen.
pub type Chosen = (About, Uuid);

/// Those of a subscription.
///
/// # Errors
/// The database failed.
pub async fn of(on: &impl ConnectionTrait, subscription: Uuid) -> Result<Vec<Chosen>, DbErr> {
    let rows = Entity::find().filter(Column::Subscription.eq(subscription)).all(on).await?;
    Ok(rows.into_iter().map(|row| (row.about, row.target)).collect())
}

/// Sets them.
///
/// # Errors
/// The database failed.
pub async fn set(on: &impl ConnectionTrait, subscription: Uuid, chosen: &[Chosen]) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::Subscription.eq(subscription)).exec(on).await?;
    if chosen.is_empty() {
        return Ok(());
    }
    let row = |(about, target): &Chosen| ActiveModel {
        id: Set(new_id()),
        subscription: Set(subscription),
        about: Set(*about),
        target: Set(*target),
    };
    Entity::insert_many(chosen.iter().map(row)).exec_without_returning(on).await.map(|_| ())
}

/// Those that an article of that section and agency is for.
#[must_use]
pub fn matching(section: Uuid, agency: Uuid) -> Condition {
    let one = |about: About, target: Uuid| Condition::all().add(Column::About.eq(about)).add(Column::Target.eq(target));
    Condition::any().add(one(About::Section, section)).add(one(About::Agency, agency)).add(one(About::All, Uuid::nil()))
}
