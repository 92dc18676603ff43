//! An agency: any body that owes, publishes or reports. Dated, because communes merge, split and rename.

pub mod address;
pub mod asked;
pub mod boundary;
pub mod brief;
pub mod closing;
pub mod directory;
pub mod dividing;
pub mod draft;
pub mod editing;
pub mod importing;
pub mod merging;
pub mod name;
pub mod opening;
pub mod profile;
pub mod renaming;
pub mod searched;
pub mod table;
pub mod upload;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder};

use crate::web::Error;

/// What kind of body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(40))", rename_all = "snake_case")]
pub enum Kind {
    /// Ủy ban nhân dân tỉnh
    ProvincialCommittee,
    /// Hội đồng nhân dân
    Council,
    /// Sở
    Department,
    /// Cơ quan thuộc UBND tỉnh (văn phòng, thanh tra, ban quản lý)
    CommitteeBody,
    /// Cơ quan Đảng
    PartyBody,
    /// Ủy ban Mặt trận Tổ quốc
    FatherlandFront,
    /// Đoàn thể chính trị - xã hội
    Union,
    /// Hội, liên hiệp hội
    Association,
    /// Công an, quân đội
    ArmedForces,
    /// Báo, đài
    Press,
    /// Cổng thông tin điện tử
    Portal,
    /// Đơn vị sự nghiệp
    PublicServiceUnit,
    /// Trường đại học
    University,
    /// Trường cao đẳng
    College,
    /// UBND xã
    Commune,
    /// UBND phường
    Ward,
    /// Loại khác
    Other,
}

impl Kind {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("agency-kind-{}", self.to_value().replace('_', "-"))
    }

    /// A commune or ward: has a place on the map and a five-digit code (QĐ 19/2025/QĐ-TTg).
    #[must_use]
    pub const fn is_local(self) -> bool {
        matches!(self, Self::Commune | Self::Ward)
    }

    /// The word for the unit that a local agency governs: `xã`, `phường`.
    #[must_use]
    pub const fn unit(self) -> Option<&'static str> {
        match self {
            Self::Commune => Some("xã"),
            Self::Ward => Some("phường"),
            _ => None,
        }
    }
}

/// How sure the shipped facts are; the province checks the lower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Confidence {
    High,
    Medium,
    Low,
}

impl Confidence {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("agency-confidence-{}", self.to_value())
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub slug: String,
    /// Short code people know: `SKHCN`, or the commune's five digits.
    #[sea_orm(unique)]
    pub code: String,
    /// The full name today (`agency_name` has those of other days), e.g. `Ủy ban nhân dân xã Tân Phước 1`.
    pub name: String,
    /// E.g. `Sở KH&CN`, `xã Tân Phước 1`.
    pub short_name: String,
    pub kind: Kind,
    pub parent: Option<Uuid>,
    /// Electronic identifier (QCVN 102:2016/BTTTT), e.g. `H20.12`; free text, checked by form only.
    pub official_code: Option<String>,
    /// First day of its existence.
    pub open_from: Date,
    /// Last day of its existence.
    pub closed_on: Option<Date>,
    pub confidence: Confidence,
    /// WGS 84, degrees.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub area_km2: Option<f64>,
    /// GeoJSON geometry (RFC 7946), when imported.
    #[sea_orm(column_type = "Text", nullable)]
    pub boundary: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// Made up for the demo province.
    pub demo: bool,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Agency = Model;

impl Model {
    /// The agency with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// The agency at that public address.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find_by_slug(on: &impl ConnectionTrait, slug: &str) -> Result<Self, Error> {
        Entity::find().filter(Column::Slug.eq(slug)).one(on).await?.ok_or(Error::NotFound)
    }

    /// The agencies that exist on a day. Sort them with [`vietnamese::order`] where people read them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open_on(on: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<Self>, DbErr> {
        let still = Condition::any().add(Column::ClosedOn.is_null()).add(Column::ClosedOn.gte(day));
        Entity::find().filter(Column::OpenFrom.lte(day)).filter(still).order_by_asc(Column::Code).all(on).await
    }

    /// Where it stands in time on that day.
    #[must_use]
    pub fn standing(&self, day: NaiveDate) -> Standing {
        standing(self.open_from, self.closed_on, day)
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn desk_path(id: Uuid) -> String {
        format!("/desk/agencies/{id}")
    }

    /// Whether it exists on that day.
    #[must_use]
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        self.open_from <= day && self.closed_on.is_none_or(|last| day <= last)
    }

    /// Where the public reads about it.
    #[must_use]
    pub fn public_path(&self) -> String {
        format!("/co-quan/{}", self.slug)
    }
}

/// What a change will do, in words: shown before it is done.
pub type Effect = crate::web::Obstacle;

/// Where an agency stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Opens on a later day.
    NotYet,
    Open,
    Closed,
}

impl Standing {
    /// The word used in addresses and in Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotYet => "not-yet",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("agency-standing-{}", self.code())
    }
}

/// Where something that begins and ends stands on a day.
#[must_use]
pub fn standing(open_from: NaiveDate, closed_on: Option<NaiveDate>, day: NaiveDate) -> Standing {
    if closed_on.is_some_and(|last| last < day || last < open_from) {
        Standing::Closed
    } else if day < open_from {
        Standing::NotYet
    } else {
        Standing::Open
    }
}
