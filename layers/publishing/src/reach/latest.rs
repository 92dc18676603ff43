//! The last reading of each figure of each copy, with the last value that was given: what pages of many articles read, and what the next
//! reading is held against. It follows from the readings, and is written with them in one transaction.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::extent::{self, Extent, Known};
use super::reading::Reading;
use crate::base::new_id;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reach_latest")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub watch: Uuid,
    pub subject: Uuid,
    pub agency: Uuid,
    pub channel: String,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    pub figure: String,
    pub metric: String,
    pub definition: String,
    pub people: bool,
    /// The last that was given; None while none was.
    pub value: Option<i64>,
    /// Of `value`.
    pub reading: Uuid,
    pub value_at: Option<DateTimeUtc>,
    /// When it was last asked for.
    pub asked_at: DateTimeUtc,
    /// Why it was not given then; empty when it was.
    #[sea_orm(column_type = "Text")]
    pub says: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Latest = Model;

impl Model {
    /// Those of these subjects.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, subjects: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Subject.is_in(subjects.iter().copied())).all(on).await
    }

    /// Whether the figure was not given when it was last asked for.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.value_at != Some(self.asked_at)
    }

    /// What it is after this reading.
    #[must_use]
    pub fn after(before: Option<&Self>, reading: &Reading) -> Self {
        let given = reading.value.is_some();
        Self {
            id: before.map_or_else(new_id, |before| before.id),
            watch: reading.watch,
            subject: reading.subject,
            agency: reading.agency,
            channel: reading.channel.clone(),
            place: reading.place.clone(),
            figure: reading.figure.clone(),
            // A gap defines nothing: what is given next is held against what was given last.
            metric: before.filter(|_| !given).map_or_else(|| reading.metric.clone(), |before| before.metric.clone()),
            definition: before.filter(|_| !given).map_or_else(|| reading.definition.clone(), |before| before.definition.clone()),
            people: before.filter(|_| !given).map_or(reading.people, |before| before.people),
            value: if given { reading.value } else { before.and_then(|before| before.value) },
            reading: before.filter(|_| !given).map_or(reading.id, |before| before.reading),
            value_at: if given { Some(reading.at) } else { before.and_then(|before| before.value_at) },
            asked_at: reading.at,
            says: reading.says.clone(),
        }
    }
}

/// Writes these, each in place of the one before. // recorded by the readings they follow from
///
/// # Errors
/// The database failed.
pub async fn put(on: &impl ConnectionTrait, rows: Vec<Latest>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let newer = OnConflict::columns([Column::Watch, Column::Channel, Column::Place, Column::Figure])
        .update_columns([
            Column::Metric,
            Column::Definition,
            Column::People,
            Column::Value,
            Column::Reading,
            Column::ValueAt,
            Column::AskedAt,
            Column::Says,
        ])
        .to_owned();
    let rows = rows.into_iter().map(ActiveModel::from);
    Entity::insert_many(rows).on_conflict(newer).exec_without_returning(on).await.map(|_| ())
}

/// The range over these copies, and over those of `watched` that said nothing yet. Readings of one copy have one watch, channel and place.
#[must_use]
pub fn extent<'a>(rows: impl IntoIterator<Item = &'a Latest>, watched: impl IntoIterator<Item = Uuid>) -> Extent {
    let mut copies: Vec<((Uuid, &str, &str), Known)> = Vec::new();
    for row in rows {
        let of = (row.watch, row.channel.as_str(), row.place.as_str());
        match copies.iter_mut().find(|(copy, _)| *copy == of) {
            Some((_, known)) => *known = known.and(&row.figure, row.people, row.value),
            None => copies.push((of, Known::default().and(&row.figure, row.people, row.value))),
        }
    }
    let silent: Vec<Uuid> = watched.into_iter().filter(|id| copies.iter().all(|((watch, ..), _)| watch != id)).collect();
    extent::of(copies.into_iter().map(|(_, known)| known).chain(silent.into_iter().map(|_| Known::default())))
}
