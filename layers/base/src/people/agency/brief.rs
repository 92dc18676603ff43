//! An agency in brief: what lists and links need, without boundary and notes.

use std::collections::{HashMap, HashSet};
use std::ops::Deref;
use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{DerivePartialModel, QuerySelect};

use super::{Column, Entity, Kind};
use crate::base::App;
use crate::people::succession;

/// How long a node may not know what another did to an agency.
const SEEN_AGAIN_S: i64 = 2;

/// Id, address, names and dates of an agency.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct Brief {
    pub id: Uuid,
    pub slug: String,
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub kind: Kind,
    pub open_from: Date,
    pub closed_on: Option<Date>,
}

/// All agencies there ever were, by id, where each stands in Vietnamese order, and who took over from whom.
#[derive(Debug, Default)]
pub struct Known {
    /// Differs whenever an agency does.
    pub stamp: String,
    agencies: HashMap<Uuid, Brief>,
    ranks: HashMap<Uuid, usize>,
    /// Those that took over from an agency, with the first day of it.
    heirs: HashMap<Uuid, Vec<(Uuid, NaiveDate)>>,
}

impl Known {
    /// The agencies as they are now: no statement while this node knows of no change, one small one every few seconds.
    ///
    /// # Errors
    /// The database failed.
    pub async fn now(app: &App) -> Result<Arc<Self>, DbErr> {
        Ok(app.lately("agencies", SEEN_AGAIN_S, Self::read(app)).await?.as_ref().clone())
    }

    async fn read(app: &App) -> Result<Arc<Self>, DbErr> {
        // Every change of an agency counts its version up, and none is ever deleted: the sum does not come back.
        let counted: Option<(i64, Option<i64>)> = Entity::find()
            .select_only()
            .expr(Expr::col(Column::Id).count())
            .expr(Expr::col(Column::Version).sum().cast_as("bigint"))
            .into_tuple()
            .one(&app.db)
            .await?;
        let (count, versions) = counted.unwrap_or_default();
        let stamp = format!("{count}.{}", versions.unwrap_or_default());
        if let Some(known) = app.memory.recall::<Self>(&stamp) {
            return Ok(known);
        }
        let agencies = Brief::all(&app.db).await?;
        let mut ordered: Vec<(&str, Uuid)> = agencies.values().map(|agency| (agency.name.as_str(), agency.id)).collect();
        ordered.sort_by(|one, other| vietnamese::order::compare_natural(one.0, other.0).then(one.1.cmp(&other.1)));
        let ranks = ordered.iter().enumerate().map(|(rank, (_, id))| (*id, rank)).collect();
        let mut heirs: HashMap<Uuid, Vec<(Uuid, NaiveDate)>> = HashMap::new();
        for one in succession::Entity::find().all(&app.db).await? {
            heirs.entry(one.predecessor).or_default().push((one.successor, one.on));
        }
        Ok(app.memory.keep(&stamp, Self { stamp: stamp.clone(), agencies, ranks, heirs }))
    }

    /// Who answers for an agency on a day: itself while it exists, then whoever took over; itself again when nobody did.
    #[must_use]
    pub fn in_charge(&self, agency: Uuid, day: NaiveDate) -> Vec<Uuid> {
        let (mut found, mut seen, mut next) = (Vec::new(), HashSet::new(), vec![agency]);
        while let Some(one) = next.pop() {
            if !seen.insert(one) {
                continue;
            }
            if self.get(&one).is_some_and(|agency| agency.is_open_on(day)) {
                found.push(one);
                continue;
            }
            let heirs = self.heirs.get(&one).into_iter().flatten();
            next.extend(heirs.filter(|(_, from)| *from <= day).map(|(heir, _)| *heir));
        }
        if found.is_empty() { vec![agency] } else { found }
    }

    /// The agencies that an agency answers for on a day: itself, and those that ended and that it took over.
    #[must_use]
    pub fn answers_for(&self, agency: Uuid, day: NaiveDate) -> Vec<Uuid> {
        let ended = self.heirs.keys().filter(|one| **one != agency && self.in_charge(**one, day).contains(&agency));
        std::iter::once(agency).chain(ended.copied()).collect()
    }

    /// The agency that goes by that code, address, name or short name, however its marks stand. Names are had by several, by one that
    /// ended and by its heir: then it is the one that did not end, and none where that leaves several.
    #[must_use]
    pub fn called(&self, name: &str) -> Option<Uuid> {
        let asked = vietnamese::fold(name.trim());
        let is = |text: &str| !asked.is_empty() && vietnamese::fold(text) == asked;
        if let Some(one) = self.agencies.values().find(|one| is(&one.code) || is(&one.slug)) {
            return Some(one.id);
        }
        let mut named: Vec<&Brief> = self.agencies.values().filter(|one| is(&one.name) || is(&one.short_name)).collect();
        if named.len() > 1 {
            named.retain(|one| one.closed_on.is_none());
        }
        if named.len() > 1 {
            named.retain(|one| is(&one.name));
        }
        if let [one] = named.as_slice() { Some(one.id) } else { None }
    }

    /// Where an agency stands when all are sorted by name.
    #[must_use]
    pub fn rank(&self, id: Uuid) -> usize {
        self.ranks.get(&id).copied().unwrap_or(usize::MAX)
    }
}

impl Deref for Known {
    type Target = HashMap<Uuid, Brief>;
    fn deref(&self) -> &Self::Target {
        &self.agencies
    }
}

impl Brief {
    /// All agencies there ever were, by id: one statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(on: &impl ConnectionTrait) -> Result<HashMap<Uuid, Self>, DbErr> {
        let rows = Entity::find().into_partial_model::<Self>().all(on).await?;
        Ok(rows.into_iter().map(|agency| (agency.id, agency)).collect())
    }

    /// The agency at a public address.
    ///
    /// # Errors
    /// The database failed.
    pub async fn at(on: &impl ConnectionTrait, slug: &str) -> Result<Option<Self>, DbErr> {
        Entity::find().filter(super::Column::Slug.eq(slug)).into_partial_model::<Self>().one(on).await
    }

    /// Its short name where it stands by itself, in a list or a heading.
    #[must_use]
    pub fn label(&self) -> String {
        vietnamese::capitalised(&self.short_name)
    }

    /// Whether it exists on that day.
    #[must_use]
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        self.open_from <= day && self.closed_on.is_none_or(|last| day <= last)
    }

    /// Where the public reads about it.
    #[must_use]
    pub fn public_path(&self) -> String {
        format!("/co-quan/{}", self.slug)
    }

    /// Where the public reads how far it got.
    #[must_use]
    pub fn progress_path(&self) -> String {
        format!("{}/tien-do", self.public_path())
    }

    /// Where the public reads what adopted plans ask of it.
    #[must_use]
    pub fn duties_path(&self) -> String {
        format!("{}/nhiem-vu", self.public_path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(number: u128, code: &str, closed_on: Option<NaiveDate>) -> Brief {
        let open_from = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day");
        let (slug, name, short_name) = (code.to_lowercase(), "Sở Nội vụ".to_owned(), "Sở Nội vụ".to_owned());
        let id = Uuid::from_u128(number);
        Brief { id, slug, code: code.to_owned(), name, short_name, kind: Kind::Council, open_from, closed_on }
    }

    fn known(bodies: Vec<Brief>) -> Known {
        Known { agencies: bodies.into_iter().map(|one| (one.id, one)).collect(), ..Known::default() }
    }

    #[test]
    fn a_name_that_several_had_is_that_of_the_one_that_is_there() {
        let ended = NaiveDate::from_ymd_opt(2025, 6, 30);
        let heir = known(vec![body(1, "A1", ended), body(2, "A2", None)]);
        assert_eq!(heir.called(" so noi vu"), Some(Uuid::from_u128(2)));
        assert_eq!(heir.called("a1"), Some(Uuid::from_u128(1)));
        assert_eq!((heir.called(""), heir.called("Sở Y tế")), (None, None));
        assert_eq!(known(vec![body(1, "A1", None), body(2, "A2", None)]).called("Sở Nội vụ"), None);
    }
}
