//! An agency's own plan under the province's plan: its document, its years, and the duties it covers.

pub mod draft;
pub mod issuing;
pub mod keeping;
pub mod proposing;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use crate::base::{Role, Who};
use crate::web::Error;

/// A plan with its appendices; larger ones are printed for reading, not for keeping.
pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;

/// Where it is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Draft,
    Issued,
    /// A later one of the same agency, over some of the same years, was issued.
    Replaced,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("agency-plan-state-{}", self.to_value())
    }

    /// The mark of the design system's set of states.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Issued => "issued",
            Self::Replaced => "superseded",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_plan")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency: Uuid,
    /// The province's plan it is a child of.
    pub plan: Uuid,
    pub state: State,
    /// Number and sign, `12/KH-SXD`; may be empty in a draft.
    pub number: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub issued_on: Option<Date>,
    /// The years it is for, both included.
    pub from_year: i32,
    pub until_year: i32,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    pub file_sha256: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub file_name: String,
    pub file_type: String,
    pub file_size_bytes: i64,
    pub replaced_by: Option<Uuid>,
    pub created_by: Uuid,
    pub created_at: DateTimeUtc,
    pub issued_at: Option<DateTimeUtc>,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type AgencyPlan = Model;

/// The bytes of documents, each kept once.
pub mod file {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "agency_plan_file")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub sha256: String,
        pub bytes: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// That a plan covers a duty.
pub mod covered {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "agency_plan_duty")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub agency_plan: Uuid,
        pub duty: Uuid,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who reads the plans of every agency.
pub const OVER_ALL: [Role; 4] = [Role::Coordinator, Role::Leader, Role::Auditor, Role::Finance];

impl Model {
    /// The plan, when the person may see it: their own agency's, or an issued one for who looks over everything.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(on: &impl ConnectionTrait, who: &Who, id: Uuid) -> Result<Self, Error> {
        let plan = Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)?;
        let overseen = plan.state != State::Draft && who.is_any(&OVER_ALL);
        if who.agency == Some(plan.agency) || overseen { Ok(plan) } else { Err(Error::Hidden(id)) }
    }

    /// Whether the person writes the plans of that agency.
    #[must_use]
    pub fn may_write(who: &Who, agency: Uuid) -> bool {
        crate::duties::held::may_write(who, agency)
    }

    /// Those of an agency, the latest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, agency: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Agency.eq(agency)).order_by_desc(Column::CreatedAt).all(on).await
    }

    /// Those under a plan of the province that were issued and not replaced, or are being drafted.
    ///
    /// # Errors
    /// The database failed.
    pub async fn under(on: &impl ConnectionTrait, plan: Uuid) -> Result<Vec<Self>, DbErr> {
        let alive = Column::State.is_in([State::Draft, State::Issued]);
        Entity::find().filter(Column::Plan.eq(plan)).filter(alive).order_by_desc(Column::IssuedOn).all(on).await
    }

    /// The duties it covers.
    ///
    /// # Errors
    /// The database failed.
    pub async fn duties(on: &impl ConnectionTrait, plans: &[Uuid]) -> Result<Vec<covered::Model>, DbErr> {
        covered::Entity::find().filter(covered::Column::AgencyPlan.is_in(plans.iter().copied())).all(on).await
    }

    /// The bytes of its document.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn bytes(&self, on: &impl ConnectionTrait) -> Result<Vec<u8>, Error> {
        let sha256 = self.file_sha256.clone().ok_or(Error::NotFound)?;
        file::Entity::find_by_id(sha256).one(on).await?.map(|file| file.bytes).ok_or(Error::NotFound)
    }

    /// `12/KH-SXD`, or its title while it has no number.
    #[must_use]
    pub fn name(&self) -> String {
        if self.number.is_empty() { self.title.clone() } else { self.number.clone() }
    }

    /// `2026`, or `2026–2030`.
    #[must_use]
    pub fn years(&self) -> String {
        if self.from_year == self.until_year {
            self.from_year.to_string()
        } else {
            format!("{}–{}", self.from_year, self.until_year)
        }
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/agency-plans/{id}")
    }
}
