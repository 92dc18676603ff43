//! A report, or another official document: what it is made of while it is written, and what it says once it is frozen.

pub mod arranging;
pub mod checking;
pub mod composed;
pub mod composing;
pub mod differing;
pub mod drafting;
pub mod figures;
pub mod issuing;
pub mod kept;
pub mod machine;
pub mod mapping;
pub mod material;
pub mod moving;
pub mod narrative;
pub mod numbers;
pub mod picturing;
pub mod placing;
pub mod replacing;
pub mod results;
pub mod showing;
pub mod tables;
pub mod typing;
pub mod writing;

use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use self::arranging::Arrangement;
use self::composed::Composed;
use self::differing::Difference;
use super::kind::Kind;
use super::rights;
use super::template::outline::Outline;
use crate::base::{App, Who};
use crate::web::Error;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Draft,
    /// Sent back by whoever should sign.
    Returned,
    /// Handed in: frozen, waits for a signature.
    Submitted,
    /// Signed off by another person; has no number yet.
    Signed,
    Issued,
    /// A later version took its place. It stays as it was.
    Replaced,
    Dropped,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("report-state-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Returned => "returned",
            Self::Submitted => "waiting",
            Self::Signed => "soon",
            Self::Issued => "issued",
            Self::Replaced | Self::Dropped => "superseded",
        }
    }

    /// Whether somebody may write on it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// Whether it is out, and will never change.
    #[must_use]
    pub const fn is_issued(self) -> bool {
        matches!(self, Self::Issued | Self::Replaced)
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The same for all its versions.
    pub work: Uuid,
    /// From 1.
    pub edition: i32,
    /// The version before.
    pub replaces: Option<Uuid>,
    /// Duty, period, agency and edition in one word, unique; None for what belongs to no period, and once it is dropped.
    #[sea_orm(unique)]
    pub place: Option<String>,
    pub kind: Kind,
    /// Code and version of the template that it was begun from.
    pub template: String,
    pub template_version: i32,
    /// Whoever issues it.
    pub agency: Uuid,
    /// An agency's own report, made of its answer; otherwise of the answers of all.
    pub own: bool,
    pub plan: Option<Uuid>,
    /// The regime: a duty of kind report.
    pub duty: Option<Uuid>,
    pub period: String,
    /// The version of the closing that it stands on; 0 while none does.
    pub closing: i32,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    pub state: State,
    /// [`Head`] as JSON.
    #[sea_orm(column_type = "Text")]
    pub head: String,
    /// [`Outline`] as JSON: its own copy, changed in this document alone.
    #[sea_orm(column_type = "Text")]
    pub outline: String,
    /// [`Arrangement`] as JSON.
    #[sea_orm(column_type = "Text")]
    pub arrangement: String,
    /// Who wrote on it, as a JSON list: none of them signs.
    #[sea_orm(column_type = "Text")]
    pub writers: String,
    /// None: a chore began it.
    pub made_by: Option<Uuid>,
    pub made_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    pub submitted_by: Option<Uuid>,
    pub signed_by: Option<Uuid>,
    pub signed_at: Option<DateTimeUtc>,
    pub number: Option<i32>,
    pub year: Option<i32>,
    pub issued_on: Option<Date>,
    /// [`Composed`] as JSON since it was handed in; byte for byte what the digest is of.
    #[sea_orm(column_type = "Text")]
    pub frozen: String,
    pub frozen_sha256: String,
    /// [`Difference`]s to the version before, as a JSON list.
    #[sea_orm(column_type = "Text")]
    pub differences: String,
    /// Why it was sent back.
    #[sea_orm(column_type = "Text")]
    pub notice: String,
    pub public: bool,
    #[sea_orm(unique)]
    pub slug: Option<String>,
    pub demo: bool,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Report = Model;

/// What stands around the text, as the office wants it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Head {
    pub superior: String,
    pub issuer: String,
    /// `SKHCN`
    pub symbol: String,
    pub place: String,
    /// `KT. GIÁM ĐỐC`, each on a line of its own.
    pub authority: Vec<String>,
    pub position: String,
    pub signer: String,
}

impl Model {
    /// The report, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let report = Self::find(&app.db, id).await?;
        if rights::sees(who, &report) { Ok(report) } else { Err(Error::Hidden(id)) }
    }

    /// The report with that id.
    ///
    /// # Errors
    /// [`Error::NotFound`], or the database failed.
    pub async fn find(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).one(on).await?.ok_or(Error::NotFound)
    }

    /// Its versions, the earliest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn versions(on: &impl ConnectionTrait, work: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Work.eq(work)).order_by_asc(Column::Edition).all(on).await
    }

    /// What was made for a period, the latest version first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_period(on: &impl ConnectionTrait, duty: Uuid, period: &str) -> Result<Vec<Self>, DbErr> {
        let of = Entity::find().filter(Column::Duty.eq(duty)).filter(Column::Period.eq(period));
        of.filter(Column::State.ne(State::Dropped)).order_by_desc(Column::Edition).all(on).await
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/reports/{id}")
    }

    /// The word that keeps its place.
    #[must_use]
    pub fn place_of(duty: Uuid, period: &str, agency: Uuid, edition: i32) -> String {
        format!("{}/{period}/{}/{edition}", duty.simple(), agency.simple())
    }

    #[must_use]
    pub fn head(&self) -> Head {
        serde_json::from_str(&self.head).unwrap_or_default()
    }

    #[must_use]
    pub fn outline(&self) -> Outline {
        serde_json::from_str(&self.outline).unwrap_or_default()
    }

    #[must_use]
    pub fn arrangement(&self) -> Arrangement {
        serde_json::from_str(&self.arrangement).unwrap_or_default()
    }

    #[must_use]
    pub fn writers(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.writers).unwrap_or_default()
    }

    #[must_use]
    pub fn differences(&self) -> Vec<Difference> {
        serde_json::from_str(&self.differences).unwrap_or_default()
    }

    /// Whether the person wrote on it.
    #[must_use]
    pub fn is_own_of(&self, person: Uuid) -> bool {
        self.submitted_by == Some(person) || self.made_by == Some(person) || self.writers().contains(&person)
    }

    /// What it says, once it is frozen.
    ///
    /// # Errors
    /// It can not be read any more.
    pub fn frozen(&self) -> Result<Option<Composed>, Error> {
        if self.frozen.is_empty() { Ok(None) } else { Ok(Some(serde_json::from_str(&self.frozen)?)) }
    }

    /// `05/BC-SKHCN`; empty before it has a number.
    #[must_use]
    pub fn number_shown(&self) -> String {
        self.number.map(|number| format!("{number:02}/{}", self.kind.symbol(&self.head().symbol))).unwrap_or_default()
    }

    /// The same with somebody who wrote on it.
    ///
    /// # Errors
    /// Never, in memory.
    pub fn written_by(mut self, person: Uuid) -> Result<Self, Error> {
        let mut writers = self.writers();
        if !writers.contains(&person) {
            writers.push(person);
        }
        self.writers = serde_json::to_string(&writers)?;
        Ok(self)
    }

    /// Writes all of it where nobody was quicker. // recorded by the verb that calls
    ///
    /// # Errors
    /// Stale when somebody was quicker; or the database failed.
    pub async fn put(self, on: &impl ConnectionTrait, seen: i32) -> Result<(), Error> {
        let id = self.id;
        let row = ActiveModel::from(Self { version: seen + 1, ..self }).reset_all();
        let same = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(seen));
        if same.exec(on).await?.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }
}
