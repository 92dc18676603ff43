//! Every name an agency has or had: official names with their dates, short forms, and the old units it
//! was made from. They are what names in documents are resolved with.

use sea_orm::entity::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
pub enum NameKind {
    /// The full name; the one without `until` is today's.
    Official,
    /// A short or other form of today's name.
    Alias,
    /// A unit that went into this agency, e.g. `Phường 4 (thành phố Mỹ Tho)`; one old name may have gone into several.
    Former,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_name")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency: Uuid,
    pub name: String,
    /// `vietnamese::name_key` of the name: equal for all spellings of it.
    pub key: String,
    pub kind: NameKind,
    pub since: Option<Date>,
    pub until: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
