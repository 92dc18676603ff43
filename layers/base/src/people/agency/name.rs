//! Every name an agency has or had: official names with their dates, short forms, and the old units it
//! was made from. They are what names in documents are resolved with.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder};

use super::Kind;
use crate::base::new_id;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
pub enum NameKind {
    /// The full name; the one whose dates hold today is today's.
    Official,
    /// A short or other form of the official name of the same dates.
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
    /// [`vietnamese::name_key`] of the name: equal for all spellings of it.
    pub key: String,
    pub kind: NameKind,
    /// The short form that goes with an official name.
    pub short_name: Option<String>,
    /// First day, when known.
    pub since: Option<Date>,
    /// Last day; None while it is in use.
    pub until: Option<Date>,
    /// Of a former unit: only a part of it went into this agency.
    pub partial: bool,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// A name in use from a day on.
    #[must_use]
    pub fn new(agency: Uuid, kind: NameKind, name: &str, since: Option<NaiveDate>) -> Self {
        let name = vietnamese::normalise::squeeze_spaces(&vietnamese::normalise(name)).into_owned();
        let key = vietnamese::name_key(&name);
        Self { id: new_id(), agency, name, key, kind, short_name: None, since, until: None, partial: false }
    }

    /// Whether the name is in use on that day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// All names of one agency: official ones first, each kind by its dates.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, agency: Uuid) -> Result<Vec<Self>, DbErr> {
        let mut names = Entity::find().filter(Column::Agency.eq(agency)).order_by_asc(Column::Id).all(on).await?;
        names.sort_by_key(|name| (name.kind, name.since));
        Ok(names)
    }

    /// Writes names. // recorded by the verb that calls
    ///
    /// # Errors
    /// The database failed.
    pub async fn add(on: &impl ConnectionTrait, names: Vec<Self>) -> Result<(), DbErr> {
        for chunk in names.chunks(300) {
            let rows: Vec<ActiveModel> = chunk.iter().cloned().map(ActiveModel::from).collect();
            Entity::insert_many(rows).exec_without_returning(on).await?;
        }
        Ok(())
    }

    /// Ends every official name and alias that is in use, with `last` as its last day. // recorded by the verb that calls
    ///
    /// # Errors
    /// The database failed.
    pub async fn end(on: &impl ConnectionTrait, agency: Uuid, last: NaiveDate) -> Result<(), DbErr> {
        let ending = ActiveModel { until: Set(Some(last)), ..Default::default() };
        Entity::update_many()
            .set(ending)
            .filter(Column::Agency.eq(agency))
            .filter(Column::Kind.ne(NameKind::Former))
            .filter(Column::Until.is_null())
            .exec(on)
            .await
            .map(|_| ())
    }
}

/// The short forms that follow from the name of a commune or ward by themselves: `UBND xã X`, `xã X`, `X`.
/// Other kinds have none.
#[must_use]
pub fn short_forms(kind: Kind, name: &str) -> Vec<String> {
    let Some((unit, place)) = unit_and_place(kind, name) else { return Vec::new() };
    vec![format!("UBND {unit} {place}"), format!("{unit} {place}"), place.to_owned()]
}

/// `xã` and `Tân Phước 1` of `Ủy ban nhân dân xã Tân Phước 1`; None when the name has another form.
#[must_use]
pub fn unit_and_place(kind: Kind, name: &str) -> Option<(&'static str, &str)> {
    let unit = kind.unit()?;
    let key = format!(" {unit} ");
    let at = name.to_lowercase().find(&key)?;
    // Lower case keeps the length of every Vietnamese letter, so the place stands at the same byte.
    let place = name.get(at + key.len()..)?.trim();
    (!place.is_empty()).then_some((unit, place))
}
