//! Whether articles of an agency in a section are announced: not at all, when an approver says so for one, or each by itself.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;

use crate::base::{App, By, Fact, Who, new_id};
use crate::news::Section;
use crate::push::rights;
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "push_setting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency: Uuid,
    pub section: Uuid,
    pub mode: Mode,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Setting = Model;

/// When an article is announced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Mode {
    #[default]
    Off,
    /// An approver chooses it for an article.
    Chosen,
    /// Each goes by itself when it is published.
    Every,
}

impl Mode {
    /// The word in forms and facts.
    #[must_use]
    pub fn code(self) -> String {
        self.to_value()
    }

    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("push-mode-{}", self.to_value())
    }
}

impl Model {
    /// When articles of that agency in that section are announced.
    ///
    /// # Errors
    /// The database failed.
    pub async fn mode(on: &impl ConnectionTrait, agency: Uuid, section: Uuid) -> Result<Mode, DbErr> {
        let row = Entity::find().filter(Column::Agency.eq(agency)).filter(Column::Section.eq(section)).one(on).await?;
        Ok(row.map(|row| row.mode).unwrap_or_default())
    }

    /// Those of an agency, by section.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_agency(on: &impl ConnectionTrait, agency: Uuid) -> Result<HashMap<Uuid, Self>, DbErr> {
        let rows = Entity::find().filter(Column::Agency.eq(agency)).all(on).await?;
        Ok(rows.into_iter().map(|row| (row.section, row)).collect())
    }

    /// Where something is announced: pairs of agency and section.
    ///
    /// # Errors
    /// The database failed.
    pub async fn on(on: &impl ConnectionTrait) -> Result<Vec<(Uuid, Uuid)>, DbErr> {
        let rows = Entity::find().filter(Column::Mode.ne(Mode::Off)).all(on).await?;
        Ok(rows.into_iter().map(|row| (row.agency, row.section)).collect())
    }

    /// Switches a section for an agency's articles.
    ///
    /// # Errors
    /// Forbidden to others; not found where the agency's articles can not stand in the section; stale when somebody was quicker; or the
    /// database failed.
    pub async fn switch(app: &App, who: &Who, (agency, section): (Uuid, Uuid), mode: Mode, seen: i32) -> Result<(), Error> {
        if !rights::may_switch(who, agency) {
            return Err(Error::Forbidden);
        }
        let of = Section::find(&app.db, section).await?;
        if !of.takes(agency) {
            return Err(Error::NotFound);
        }
        let before = Self::of_agency(&app.db, agency).await?.remove(&section);
        if before.as_ref().map_or(0, |row| row.version) != seen {
            return Err(Error::Stale);
        }
        if before.as_ref().map(|row| row.mode).unwrap_or_default() == mode {
            return Ok(());
        }
        let transaction = app.begin().await?;
        match before {
            None => {
                let row = Self { id: new_id(), agency, section, mode, version: 1 };
                if let Err(error) = Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await {
                    let twice = matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)));
                    return Err(if twice { Error::Stale } else { error.into() });
                }
            }
            Some(row) => {
                let done = Entity::update_many()
                    .col_expr(Column::Mode, Expr::value(mode))
                    .col_expr(Column::Version, Expr::value(seen + 1))
                    .filter(Column::Id.eq(row.id))
                    .filter(Column::Version.eq(seen));
                if done.exec(&transaction).await?.rows_affected == 0 {
                    return Err(Error::Stale);
                }
            }
        }
        app.record(&transaction, agency, Fact::PushSwitched { section: of.name, mode: mode.code() }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
