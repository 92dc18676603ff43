//! Who holds a duty: an agency, or a class whose members do, each as of the period's day.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use crate::people::Agency;
use crate::people::class;

/// What the body does in the duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Part {
    /// Chủ trì
    Lead,
    /// Phối hợp
    Support,
}

impl Part {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("duty-part-{}", self.to_value())
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "duty_holder")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub duty: Uuid,
    pub part: Part,
    pub position: i32,
    /// As the document names it.
    pub name: String,
    pub agency: Option<Uuid>,
    /// Code of a class, see `people::class`.
    pub class: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Holder = Model;

impl Model {
    /// The holders of these duties, leads first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, duties: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Duty.is_in(duties.iter().copied())).order_by_asc(Column::Position).all(on).await
    }

    /// Whether it means that agency. "Các cơ quan có liên quan" means nobody until a person says whom.
    #[must_use]
    pub fn means(&self, agency: &Agency) -> bool {
        match (&self.agency, &self.class) {
            (Some(id), _) => *id == agency.id,
            (None, Some(code)) if !class::is_for_those_concerned(code) => {
                class::parts(code).iter().any(|class| class.admits(agency.kind, &agency.code))
            }
            _ => false,
        }
    }
}
