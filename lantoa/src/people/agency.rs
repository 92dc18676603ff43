//! An agency: any body that owes, publishes or reports. Dated, because communes merge, split and rename.

pub mod name;

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
}

/// How sure the shipped facts are; the province checks the lower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Confidence {
    High,
    Medium,
    Low,
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
    /// The full name today, e.g. `Ủy ban nhân dân xã Tân Phước 1`.
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
