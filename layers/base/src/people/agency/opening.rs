//! Opening an agency.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::draft::{Draft, Mistakes};
use super::name::{self, NameKind, short_forms};
use super::{Agency, address};
use crate::base::{App, By, Fact, new_id};
use crate::web::{Error, Obstacle};

/// Why a verb on an agency was not done.
#[derive(Debug)]
pub enum Failure {
    /// The form can be mended.
    Mistakes(Mistakes),
    Error(Error),
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

impl Failure {
    /// One mistake in one field.
    #[must_use]
    pub fn field(field: &'static str, obstacle: Obstacle) -> Self {
        Self::Mistakes(Mistakes(vec![(field, obstacle)]))
    }
}

/// What came of opening.
#[derive(Debug)]
pub enum Opened {
    New(Agency),
    /// It was there already, the same: someone pressed twice.
    Already(Agency),
}

impl Agency {
    /// Opens an agency. The code says which one it is: opening the same one again does nothing.
    ///
    /// # Errors
    /// The code is another agency's, the parent does not exist, or the database failed.
    pub async fn open(app: &App, draft: &Draft, by: &By) -> Result<Opened, Failure> {
        let transaction = app.begin().await?;
        if let Some(there) = Self::find_by_code(&transaction, &draft.code).await? {
            return already(there, draft);
        }
        match Self::open_in(app, &transaction, draft, by).await? {
            Some(agency) => {
                app.commit(transaction).await?;
                Ok(Opened::New(agency))
            }
            // Another node was quicker by the length of this transaction.
            None => {
                drop(transaction);
                let there = Self::find_by_code(&app.db, &draft.code).await?.ok_or(Error::Stale)?;
                already(there, draft)
            }
        }
    }

    /// Opens an agency within a larger change; None when its code was just taken.
    ///
    /// # Errors
    /// The parent does not exist, or the database failed.
    pub async fn open_in(app: &App, on: &impl ConnectionTrait, draft: &Draft, by: &By) -> Result<Option<Self>, Failure> {
        let parent = parent_of(on, draft).await?;
        let slug = address::fresh(on, draft.kind, &draft.name, &draft.short_name, None).await?;
        let agency = draft.clone().into_agency(new_id(), slug, parent);
        let alone = OnConflict::column(super::Column::Code).do_nothing().to_owned();
        let row = super::ActiveModel::from(agency.clone());
        if super::Entity::insert(row).on_conflict(alone).exec_without_returning(on).await? == 0 {
            return Ok(None);
        }
        name::Model::add(on, names(&agency, &draft.aliases)).await?;
        app.record(on, agency.id, Fact::AgencyOpened { name: agency.name.clone() }, by).await?;
        Ok(Some(agency))
    }

    /// The agency with that code.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find_by_code(on: &impl ConnectionTrait, code: &str) -> Result<Option<Self>, DbErr> {
        super::Entity::find().filter(super::Column::Code.eq(code)).one(on).await
    }
}

fn already(there: Agency, draft: &Draft) -> Result<Opened, Failure> {
    if there.kind == draft.kind && vietnamese::same_name(&there.name, &draft.name) {
        return Ok(Opened::Already(there));
    }
    Err(Failure::field("code", Obstacle::new("agency-wrong-code-taken").with("name", there.name)))
}

/// The id of the agency above, by its code.
///
/// # Errors
/// There is none with that code, or the database failed.
pub async fn parent_of(on: &impl ConnectionTrait, draft: &Draft) -> Result<Option<Uuid>, Failure> {
    let Some(code) = &draft.parent else { return Ok(None) };
    let parent = Agency::find_by_code(on, code).await?;
    let wrong = || Failure::field("parent", Obstacle::new("agency-wrong-parent").with("value", code));
    parent.filter(|parent| parent.code != draft.code).map(|parent| Some(parent.id)).ok_or_else(wrong)
}

/// The official name and the aliases of an agency from its first day on.
fn names(agency: &Agency, aliases: &[String]) -> Vec<name::Model> {
    let official = name::Model::new(agency.id, NameKind::Official, &agency.name, Some(agency.open_from));
    let official = name::Model { short_name: Some(agency.short_name.clone()), ..official };
    let mut forms = short_forms(agency.kind, &agency.name);
    forms.extend(aliases.iter().filter(|alias| !forms.contains(alias)).cloned().collect::<Vec<_>>());
    let aliases = forms.iter().map(|alias| name::Model::new(agency.id, NameKind::Alias, alias, Some(agency.open_from)));
    std::iter::once(official).chain(aliases).collect()
}

impl Draft {
    /// The row of a new agency.
    #[must_use]
    pub fn into_agency(self, id: Uuid, slug: String, parent: Option<Uuid>) -> Agency {
        Agency {
            id,
            slug,
            code: self.code,
            name: self.name,
            short_name: self.short_name,
            kind: self.kind,
            parent,
            official_code: self.official_code,
            open_from: self.open_from,
            closed_on: None,
            confidence: self.confidence,
            latitude: self.latitude,
            longitude: self.longitude,
            area_km2: self.area_km2,
            boundary: None,
            email: self.contacts.email,
            phone: self.contacts.phone,
            address: self.contacts.address,
            note: self.note,
            demo: false,
            version: 1,
        }
    }
}
