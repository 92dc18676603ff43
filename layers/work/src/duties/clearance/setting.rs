//! Whether answers of an agency need its approver, and what that means for the person who answers.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::base::{App, By, Fact, Role, Who};
use crate::duties::oversight;
use crate::people::person;
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "clearance_setting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub agency: Uuid,
    pub mode: Mode,
    pub person: Uuid,
    pub at: DateTimeUtc,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// What an agency wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum Mode {
    /// Needed as soon as somebody besides the writer decides for the agency.
    #[default]
    Automatic,
    Always,
    Never,
}

impl Mode {
    pub const ALL: [Self; 3] = [Self::Automatic, Self::Always, Self::Never];

    /// The word in forms, facts and Fluent keys.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Always => "always",
            Self::Never => "never",
        }
    }

    /// Reads what [`Mode::code`] wrote.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

/// What a person does with an answer that is ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Hands it in: no approver is asked.
    Free,
    /// Presents it to somebody who decides.
    Present,
    /// Decides alone, since nobody else may: that is noted.
    Alone,
    /// It needs an approver and the agency has none.
    Nobody,
}

/// How answers leave an agency.
#[derive(Clone, Debug, Default)]
pub struct Way {
    pub mode: Mode,
    /// The duty asks for it, whatever the agency wants.
    pub by_duty: bool,
    /// Who decides for the agency.
    pub approvers: Vec<(Uuid, String)>,
}

impl Way {
    /// Reads it: three statements, two when no duty is given.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, agency: Uuid, duty: Option<Uuid>) -> Result<Self, DbErr> {
        Ok(Self {
            mode: Entity::find_by_id(agency).one(on).await?.map(|setting| setting.mode).unwrap_or_default(),
            by_duty: match duty {
                Some(duty) => oversight::clears(on, duty).await?,
                None => false,
            },
            approvers: person::approving_for(on, agency).await?,
        })
    }

    /// Whether this person, and nobody else, decides for the agency: what they write goes out unseen by another, which is to be noted.
    #[must_use]
    pub fn is_alone(&self, who: &Who) -> bool {
        !self.approvers.is_empty() && self.approvers.iter().all(|(person, _)| *person == who.person)
    }

    /// What this person does with a ready answer of their agency.
    #[must_use]
    pub fn step(&self, who: &Who) -> Step {
        let others = self.approvers.iter().any(|(person, _)| *person != who.person);
        let needed = self.by_duty
            || match self.mode {
                Mode::Automatic => others,
                Mode::Always => true,
                Mode::Never => false,
            };
        let decides = self.approvers.iter().any(|(person, _)| *person == who.person);
        match (needed, others, decides) {
            (false, ..) => Step::Free,
            (true, true, _) => Step::Present,
            (true, false, true) => Step::Alone,
            (true, false, false) => Step::Nobody,
        }
    }
}

impl Model {
    /// Sets what an agency wants. The same again does nothing.
    ///
    /// # Errors
    /// Forbidden to others than the agency's administrator; or the database failed.
    pub async fn set(app: &App, who: &Who, agency: Uuid, mode: Mode) -> Result<(), Error> {
        if who.agency != Some(agency) || !who.is_in(Role::AgencyAdministrator, agency) {
            return Err(Error::Forbidden);
        }
        let transaction = app.begin().await?;
        let before = Entity::find_by_id(agency).one(&transaction).await?;
        let from = before.as_ref().map(|setting| setting.mode).unwrap_or_default();
        if from == mode {
            return Ok(());
        }
        let row = ActiveModel {
            agency: Set(agency),
            mode: Set(mode),
            person: Set(who.person),
            at: Set(app.clock.now()),
            version: Set(before.map_or(1, |setting| setting.version + 1)),
        };
        let columns = [Column::Mode, Column::Person, Column::At, Column::Version];
        let anew = OnConflict::column(Column::Agency).update_columns(columns).to_owned();
        Entity::insert(row).on_conflict(anew).exec_without_returning(&transaction).await?;
        let fact = Fact::ClearanceSet { from: from.code().into(), to: mode.code().into() };
        app.record(&transaction, agency, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
