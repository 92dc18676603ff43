//! A publication: what was counted, frozen. Nothing updates the table; a correction is the next number. The body says everything that the
//! figures come from, so that they can be counted again from it alone, byte for byte (scenario C3).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ::scoring::{Difference, Given, Published, Set, Source, canonical};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use crate::base::App;
use crate::web::Error;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "criteria_publication")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub criteria_set: Uuid,
    pub year: i32,
    /// From 1; the next is a correction of the one before.
    pub number: i32,
    /// [`Body`] as canonical JSON.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// Of the body.
    pub sha256: String,
    /// Why it was corrected; empty of the first.
    #[sea_orm(column_type = "Text")]
    pub why: String,
    pub person: Uuid,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Publication = Model;

/// What is behind a criterion: its name, and where everybody can see it; empty when nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    pub name: String,
    pub href: String,
    /// Of a measure's definition. Publications from before it was said have none, and stay the bytes that they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
}

/// A survey behind a criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    pub sample: i32,
    pub until: String,
}

/// What is beside the figures of one agency; nothing is counted from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    pub slug: String,
    /// What it said of itself, by code.
    pub own: BTreeMap<String, Given>,
    /// How it explained that, by code.
    #[serde(default)]
    pub explained: BTreeMap<String, String>,
    /// Why something else was appraised, by code.
    pub notes: BTreeMap<String, String>,
    pub ways: BTreeMap<String, Vec<Way>>,
    pub surveys: BTreeMap<String, Survey>,
}

/// Everything that a publication says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub title: String,
    pub year: i32,
    pub class: String,
    /// RFC 3339.
    pub at: String,
    pub number: i32,
    pub demo: bool,
    /// The edition that held, and the digest of each that is used.
    pub edition: i32,
    pub editions: BTreeMap<i32, String>,
    pub counted: Published,
    /// By id of the agency.
    pub beside: BTreeMap<String, Beside>,
    /// What is another than in the publication before.
    pub differences: Vec<Difference>,
}

/// A body of which only its title is wanted.
#[derive(Deserialize)]
struct Titled {
    title: String,
}

impl Body {
    /// Of how many answers of an agency, and surveys about it, how many are counted: of a publication all, of what stands on the desk those
    /// that were appraised.
    #[must_use]
    pub fn progress(&self, sheet: &::scoring::Sheet) -> (usize, usize) {
        let own = self.beside.get(&sheet.agency).into_iter().flat_map(|beside| beside.own.keys());
        let set = self.counted.round.editions.get(&sheet.edition).filter(|_| !sheet.absent);
        let surveys = set.into_iter().flat_map(Set::criteria).filter(|(_, one)| one.source == Source::Survey);
        let codes: BTreeSet<&str> = own.map(String::as_str).chain(surveys.map(|(node, _)| node.code.as_str())).collect();
        let is_counted = |code: &&&str| sheet.inputs.given.contains_key(**code) || sheet.inputs.times.contains_key(**code);
        (codes.iter().filter(is_counted).count(), codes.len())
    }
}

impl Model {
    /// The publication of that id in that year.
    ///
    /// # Errors
    /// Not found, or the database failed.
    pub async fn find(on: &impl ConnectionTrait, year: i32, id: Uuid) -> Result<Self, Error> {
        Entity::find_by_id(id).filter(Column::Year.eq(year)).one(on).await?.ok_or(Error::NotFound)
    }

    /// Those of a set, the first first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, set: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::CriteriaSet.eq(set)).order_by_asc(Column::Number).all(on).await
    }

    /// The newest of each set, the latest year first, so many at most: two statements, for a text is long and those before are not read.
    ///
    /// # Errors
    /// The database failed.
    pub async fn newest(on: &impl ConnectionTrait, year: Option<i32>, most: usize) -> Result<Vec<Self>, DbErr> {
        let mut all = Self::addresses(on).await?;
        all.retain(|(of, ..)| year.is_none_or(|year| year == *of));
        let ids: Vec<Uuid> = all.into_iter().map(|(_, id, _)| id).take(most).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(on).await?;
        rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
        Ok(rows)
    }

    /// Year, id and moment of the newest of each set, without their texts; the latest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn addresses(on: &impl ConnectionTrait) -> Result<Vec<(i32, Uuid, DateTimeUtc)>, DbErr> {
        let columns = [Column::CriteriaSet, Column::Year, Column::Id, Column::At];
        let all = Entity::find().select_only().columns(columns);
        let all = all.order_by_desc(Column::Year).order_by_desc(Column::Number).order_by_asc(Column::Id);
        let rows: Vec<(Uuid, i32, Uuid, DateTimeUtc)> = all.into_tuple().all(on).await?;
        let mut seen = std::collections::HashSet::new();
        Ok(rows.into_iter().filter(|row| seen.insert(row.0)).map(|(_, year, id, at)| (year, id, at)).collect())
    }

    /// The titles of these by their ids. The texts that they stand in are long and never change: a node reads each once.
    ///
    /// # Errors
    /// One can not be read any more, or the database failed.
    pub async fn titles(app: &App, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Error> {
        let key = |id: Uuid| format!("criteria-title.{id}");
        let known = ids.iter().filter_map(|id| Some((*id, app.memory.recall::<String>(&key(*id))?.as_ref().clone())));
        let mut titles: HashMap<Uuid, String> = known.collect();
        let unknown: Vec<Uuid> = ids.iter().copied().filter(|id| !titles.contains_key(id)).collect();
        if unknown.is_empty() {
            return Ok(titles);
        }
        for row in Entity::find().filter(Column::Id.is_in(unknown)).all(&app.db).await? {
            let Titled { title } = serde_json::from_str(&row.body)?;
            app.memory.keep(&key(row.id), title.clone());
            titles.insert(row.id, title);
        }
        Ok(titles)
    }

    /// Where the public reads it, for ever.
    #[must_use]
    pub fn path(&self) -> String {
        Self::path_of(self.year, self.id)
    }

    /// Where the public reads the publication of that year and id.
    #[must_use]
    pub fn path_of(year: i32, id: Uuid) -> String {
        format!("/bo-tieu-chi/{year}/{id}")
    }

    /// What it says.
    ///
    /// # Errors
    /// It can not be read any more.
    pub fn read(&self) -> Result<Body, Error> {
        Ok(serde_json::from_str(&self.body)?)
    }

    /// Counts it again from what it says itself: whether the same comes out, byte for byte, and the digest is that of the body.
    #[must_use]
    pub fn recounts(&self) -> bool {
        let Ok(body) = serde_json::from_str::<Body>(&self.body) else { return false };
        let counted = body.counted.round.clone().published();
        let again = canonical::text(&Body { counted, ..body });
        canonical::sha256(&self.body) == self.sha256 && again.is_ok_and(|again| again == self.body)
    }
}
