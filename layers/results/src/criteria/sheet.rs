//! An agency's sheet in a round: the edition by which it is scored, what is being typed, and what was handed in.

use std::collections::BTreeMap;

use ::scoring::Given;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::rights;
use super::set::{self, CriteriaSet};
use crate::base::{App, Who};
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "criteria_sheet")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub criteria_set: Uuid,
    pub agency: Uuid,
    /// What it was called when scoring was opened.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The number of the edition by which it is scored.
    pub edition: i32,
    /// [`Typed`] as JSON: working memory.
    #[sea_orm(column_type = "Text")]
    pub draft: String,
    /// 0: nothing was typed yet.
    pub draft_version: i32,
    pub drafted_by: Option<Uuid>,
    pub drafted_at: Option<DateTimeUtc>,
    /// How often it was handed in.
    pub submission: i32,
    pub made_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Sheet = Model;

/// As typed, right or wrong: `tc1`, `tc1.na`, `tc1.note`. Nothing typed is not there.
pub type Typed = BTreeMap<String, String>;

/// What an agency says of a criterion, bonus or penalty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    pub given: Given,
    /// The explanation; empty where evidence speaks.
    pub note: String,
}

/// By code.
pub type Said = BTreeMap<String, Own>;

/// What was handed in: it never changes.
pub mod submission {
    use sea_orm::QueryOrder;
    use sea_orm::entity::prelude::*;

    use super::Said;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "criteria_submission")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub sheet: Uuid,
        /// From 1.
        pub number: i32,
        /// [`Said`] as canonical JSON.
        #[sea_orm(column_type = "Text")]
        pub body: String,
        pub sha256: String,
        pub person: Uuid,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// What it says.
        #[must_use]
        pub fn said(&self) -> Said {
            serde_json::from_str(&self.body).unwrap_or_default()
        }
    }

    /// Those of these sheets, the first first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, sheets: &[Uuid]) -> Result<Vec<Model>, DbErr> {
        if sheets.is_empty() {
            return Ok(Vec::new());
        }
        let all = Entity::find().filter(Column::Sheet.is_in(sheets.iter().copied()));
        all.order_by_asc(Column::Number).all(on).await
    }
}

impl Model {
    /// Those of a set, by name as they were made.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, set: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::CriteriaSet.eq(set)).order_by_asc(Column::Id).all(on).await
    }

    /// The sheet with its set, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<(Self, CriteriaSet), Error> {
        let sheet = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        let set = set::Entity::find_by_id(sheet.criteria_set).one(&app.db).await?.ok_or(Error::NotFound)?;
        if rights::sees_sheet(who, &set, &sheet) { Ok((sheet, set)) } else { Err(Error::Hidden(id)) }
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/criteria/sheets/{id}")
    }

    /// Where the desk works on one criterion of it.
    #[must_use]
    pub fn path_of(id: Uuid, code: &str) -> String {
        format!("/desk/criteria/sheets/{id}/of/{code}")
    }

    /// What is being typed.
    #[must_use]
    pub fn typed(&self) -> Typed {
        serde_json::from_str(&self.draft).unwrap_or_default()
    }
}
