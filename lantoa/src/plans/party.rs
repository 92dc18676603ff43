//! A body that a provision names, as written and as resolved.

use sea_orm::entity::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Part {
    Lead,
    Support,
    Recipient,
}

/// How the name was matched with an agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Resolution {
    /// One agency has this name.
    Agency,
    /// A class of agencies, e.g. "các sở, ban, ngành, địa phương".
    Class,
    /// Several agencies could be meant: a person decides.
    Ambiguous,
    /// No agency has this name; it may well be outside the province.
    Unknown,
    /// A person chose.
    Chosen,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provision_party")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub plan: Uuid,
    pub provision: Uuid,
    pub part: Part,
    pub position: i32,
    /// As written in the document.
    pub name: String,
    pub resolution: Resolution,
    pub agency: Option<Uuid>,
    /// Code of the class, see `data/classes.json`.
    pub class: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
