//! A record of a register: something that an agency keeps about what the platform does not produce itself, with the days between which
//! it stands. What is confirmed is what counts; a change waits beside it until another person confirms it.

pub mod confirming;
pub mod secret;
pub mod writing;

use chrono::NaiveDate;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::kind::{self, Kind};
use super::rights;
use crate::base::{App, Who};
use crate::web::Error;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
pub enum State {
    Drafted,
    Confirmed,
    /// Taken out, with a reason; it counts nowhere.
    Withdrawn,
}

impl State {
    /// The Fluent key of its name.
    #[must_use]
    pub fn key(self) -> String {
        format!("register-state-{}", self.to_value())
    }

    /// The mark of the interface.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Drafted => "draft",
            Self::Confirmed => "issued",
            Self::Withdrawn => "superseded",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "register_record")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency: Uuid,
    /// [`Kind::code`]
    pub register: String,
    #[sea_orm(column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Code and title folded, to be searched.
    #[sea_orm(column_type = "Text")]
    pub words: String,
    pub from_on: Date,
    /// The last day; None while it lasts.
    pub until_on: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub lead: String,
    pub category: String,
    pub listed: bool,
    pub trained_on: Option<Date>,
    /// So many of `whole`, all in all until that day.
    pub part: Option<i64>,
    pub whole: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    pub state: State,
    /// [`Content`] as JSON that waits to be confirmed in the place of what stands; empty when nothing does.
    #[sea_orm(column_type = "Text")]
    pub pending: String,
    /// Who wrote since the last confirmation, as a JSON list: nobody of them confirms.
    #[sea_orm(column_type = "Text")]
    pub writers: String,
    pub confirmed_by: Option<Uuid>,
    pub confirmed_at: Option<DateTimeUtc>,
    /// Why it was sent back or withdrawn.
    #[sea_orm(column_type = "Text")]
    pub notice: String,
    /// How often it was confirmed: the number of its last version.
    pub edition: i32,
    /// Made up for the demo province.
    pub demo: bool,
    pub made_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    pub version: i32,
    /// Agency, register and code; None where it has none, and once it is withdrawn.
    #[sea_orm(unique)]
    pub code_key: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Record = Model;

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub title: String,
    pub code: String,
    pub from_on: NaiveDate,
    pub until_on: Option<NaiveDate>,
    pub lead: String,
    pub category: String,
    pub listed: bool,
    pub trained_on: Option<NaiveDate>,
    pub part: Option<i64>,
    pub whole: Option<i64>,
    pub note: String,
}

impl Content {
    /// The names of the fields in which two differ, as facts keep them.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<String> {
        let pairs = [
            ("title", self.title == other.title),
            ("code", self.code == other.code),
            ("from_on", self.from_on == other.from_on),
            ("until_on", self.until_on == other.until_on),
            ("lead", self.lead == other.lead),
            ("category", self.category == other.category),
            ("listed", self.listed == other.listed),
            ("trained_on", self.trained_on == other.trained_on),
            ("part", self.part == other.part),
            ("whole", self.whole == other.whole),
            ("note", self.note == other.note),
        ];
        pairs.iter().filter(|(_, same)| !same).map(|(name, _)| (*name).to_owned()).collect()
    }
}

/// By which a code is found again; None for no code.
#[must_use]
pub fn code_key(agency: Uuid, register: &str, code: &str) -> Option<String> {
    let folded = vietnamese::fold(code.trim());
    (!folded.is_empty()).then(|| format!("{agency}/{register}/{folded}"))
}

impl Model {
    /// The record, when the person may see it; to others it is not there, and that they asked is noted.
    ///
    /// # Errors
    /// Not found, hidden, or the database failed.
    pub async fn find_for(app: &App, who: &Who, id: Uuid) -> Result<Self, Error> {
        let record = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        if rights::sees(who, record.agency) { Ok(record) } else { Err(Error::Hidden(id)) }
    }

    /// The record, kept to this transaction until it ends: who adds or takes away evidence and who confirms come one after another.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub(in crate::registers) async fn locked(on: &impl ConnectionTrait, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).lock_exclusive().one(on).await?.ok_or(Error::NotFound)
    }

    /// What sort; None where its kind ships no more.
    #[must_use]
    pub fn kind(&self) -> Option<&'static Kind> {
        kind::of(&self.register)
    }

    /// What stands.
    #[must_use]
    pub fn content(&self) -> Content {
        Content {
            title: self.title.clone(),
            code: self.code.clone(),
            from_on: self.from_on,
            until_on: self.until_on,
            lead: self.lead.clone(),
            category: self.category.clone(),
            listed: self.listed,
            trained_on: self.trained_on,
            part: self.part,
            whole: self.whole,
            note: self.note.clone(),
        }
    }

    /// What waits to take its place.
    #[must_use]
    pub fn pending(&self) -> Option<Content> {
        serde_json::from_str(&self.pending).ok()
    }

    /// What was written last: what waits, or what stands.
    #[must_use]
    pub fn latest(&self) -> Content {
        self.pending().unwrap_or_else(|| self.content())
    }

    /// What a file means that says this of it: one that says what stands knows nothing of the change that waits, and leaves it.
    #[must_use]
    pub fn brought(&self, said: Content) -> Content {
        if said == self.content() { self.latest() } else { said }
    }

    /// Whether somebody has to look at it.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.state == State::Drafted || (self.state == State::Confirmed && !self.pending.is_empty())
    }

    /// Who wrote since the last confirmation.
    #[must_use]
    pub fn writers(&self) -> Vec<Uuid> {
        serde_json::from_str(&self.writers).unwrap_or_default()
    }

    /// It with that content.
    #[must_use]
    pub fn saying(self, content: Content) -> Self {
        let code_key = code_key(self.agency, &self.register, &content.code);
        let Content { title, code, from_on, until_on, lead, category, listed, trained_on, part, whole, note } = content;
        let words = vietnamese::fold(&format!("{code} {title}")).into_owned();
        Self { title, code, words, from_on, until_on, lead, category, listed, trained_on, part, whole, note, code_key, ..self }
    }

    /// Writes the row where nobody did since `seen`. // recorded by the verb that changed it, in the same transaction
    ///
    /// # Errors
    /// Refused when another record has the code; stale when somebody was quicker; or the database failed.
    pub(in crate::registers) async fn put(self, on: &impl ConnectionTrait, seen: i32) -> Result<(), Error> {
        let id = self.id;
        let row = ActiveModel::from(Self { version: seen + 1, ..self }).reset_all();
        let same = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(seen));
        if same.exec(on).await.map_err(writing::taken)?.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }

    /// Where the desk works on it.
    #[must_use]
    pub fn path(id: Uuid) -> String {
        format!("/desk/registers/{id}")
    }

    /// Where the public reads about it, once it is confirmed and publicised.
    #[must_use]
    pub fn public_path(id: Uuid) -> String {
        format!("/nhiem-vu-khcn/{id}")
    }
}
