//! A measure: what is counted, by which definition, for which provision of a plan.

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use ::measures::Definition;

use super::suggesting;
use crate::base::App;
use crate::web::{Error, Locale};

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    /// Made by the rules over a target's words; counted, and marked as such until somebody confirms it.
    Suggested,
    Confirmed,
    /// Put away: counted no more, and its figures stay.
    Retired,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("measure-state-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Suggested => "draft",
            Self::Confirmed => "issued",
            Self::Retired => "superseded",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "measure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its address: small letters, digits and hyphens; never changed.
    #[sea_orm(unique)]
    pub code: String,
    /// The plan of its target, and the provision; None where it serves none.
    pub plan: Option<Uuid>,
    pub provision: Option<Uuid>,
    /// The rule that suggested it; empty when a person defined it.
    pub rule: String,
    /// That of the provision in the plan.
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// What exactly counts, in words.
    #[sea_orm(column_type = "Text")]
    pub meaning: String,
    /// The newest [`Definition`] as JSON.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    pub state: State,
    /// Anybody may read it, once it is confirmed.
    pub public: bool,
    pub made_by: Option<Uuid>,
    pub made_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    /// That of the definition, from 1.
    pub version: i32,
    /// Who wrote that version; None: the rules.
    pub written_by: Option<Uuid>,
    /// Who agreed that the public reads what a colleague wrote.
    pub agreed_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Measure = Model;

impl Model {
    /// All that are counted, in the order of their plans and provisions.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        let counted = Entity::find().filter(Column::State.ne(State::Retired));
        counted.order_by_asc(Column::Plan).order_by_asc(Column::Position).order_by_asc(Column::Code).all(on).await
    }

    /// Those of these codes.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_codes(on: &impl ConnectionTrait, codes: &[&str]) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Code.is_in(codes.iter().copied())).all(on).await
    }

    /// Those that anybody may read.
    ///
    /// # Errors
    /// The database failed.
    pub async fn public(on: &impl ConnectionTrait) -> Result<Vec<Self>, DbErr> {
        let mut all = Self::all(on).await?;
        all.retain(Self::is_public);
        Ok(all)
    }

    /// The measure of that code.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn of_code(on: &impl ConnectionTrait, code: &str) -> Result<Self, Error> {
        Entity::find().filter(Column::Code.eq(code)).one(on).await?.ok_or(Error::NotFound)
    }

    /// The measure of that code or id: entries of the ledger know the id.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn named(app: &App, name: &str) -> Result<Self, Error> {
        match name.parse::<Uuid>() {
            Ok(id) => Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound),
            Err(_) => Self::of_code(&app.db, name).await,
        }
    }

    /// What it counts. What can not be read any more counts nothing.
    #[must_use]
    pub fn definition(&self) -> Definition {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// Whether anybody may read it: what a person wrote, only when another agreed.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.public && self.state == State::Confirmed && (self.written_by.is_none() || self.agreed_by.is_some())
    }

    /// Whether it is to be public and nobody else agreed yet.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.public && self.state == State::Confirmed && !self.is_public()
    }

    /// What evidence is missing, in words, where the rule that suggested it knows.
    #[must_use]
    pub fn missing(&self, l: Locale) -> String {
        suggesting::Rule::of_code(&self.rule).map(|rule| rule.missing(l)).unwrap_or_default()
    }

    /// Where the desk looks at it.
    #[must_use]
    pub fn desk_path(&self) -> String {
        format!("/desk/measures/{}", self.code)
    }

    /// Where the public reads it.
    #[must_use]
    pub fn public_path(&self) -> String {
        format!("/chi-so/{}", self.code)
    }
}
