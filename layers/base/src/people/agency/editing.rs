//! Correcting what is written about an agency. A name that changes on a day is no correction: see `renaming`.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;

use super::draft::{Contacts, Draft};
use super::name::{self, NameKind, short_forms};
use super::opening::{Failure, parent_of};
use super::{ActiveModel, Agency, Column, Confidence, Entity};
use crate::base::fact::Change;
use crate::base::{App, By, Fact};
use crate::web::{Error, Obstacle};

impl Agency {
    /// Writes the draft over version `version` of the agency. What stays the same is not recorded.
    /// Returns whether anything changed.
    ///
    /// # Errors
    /// Someone was quicker, the parent does not exist, or the database failed.
    pub async fn edit(app: &App, id: Uuid, draft: &Draft, version: i32, by: &By) -> Result<bool, Failure> {
        let transaction = app.begin().await?;
        let before = Self::find(&transaction, id).await?;
        if before.version != version {
            return Err(Error::Stale.into());
        }
        let changed = before.edit_in(app, &transaction, draft, by).await?;
        if changed {
            app.commit(transaction).await?;
        }
        Ok(changed)
    }

    /// The same within a larger change, over the row as it was just read.
    ///
    /// # Errors
    /// Someone was quicker, the parent does not exist, or the database failed.
    pub async fn edit_in(&self, app: &App, on: &impl ConnectionTrait, draft: &Draft, by: &By) -> Result<bool, Failure> {
        if draft.code != self.code
            && let Some(there) = Self::find_by_code(on, &draft.code).await?
        {
            return Err(Failure::field("code", Obstacle::new("agency-wrong-code-taken").with("name", there.name)));
        }
        let parent = parent_of(on, draft).await?;
        self.refuse_below(on, parent, draft.parent.as_deref()).await?;
        if self.closed_on.is_some_and(|last| last < draft.open_from) {
            return Err(Failure::field("open_from", Obstacle::new("agency-wrong-opens-after-closing")));
        }
        let names = name::Model::of(on, self.id).await?;
        let mut after = draft.clone().into_agency(self.id, self.slug.clone(), parent);
        after.closed_on = self.closed_on;
        after.boundary.clone_from(&self.boundary);
        (after.demo, after.version) = (self.demo, self.version);
        let said = carry_short_forms(self, &after, &draft.aliases);
        let mut changes = changes(self, &after);
        changes.extend(Change::of("aliases", &aliases(&names).join("; "), &said.join("; ")));
        if changes.is_empty() {
            return Ok(false);
        }
        self.replace(on, after.clone()).await?;
        correct_names(on, self, &after, &names).await?;
        keep_aliases(on, &after, &names, &said).await?;
        app.record(on, self.id, Fact::AgencyEdited { changes }, by).await?;
        Ok(true)
    }

    /// The agency above may not be this one, nor one that is itself below it.
    async fn refuse_below(&self, on: &impl ConnectionTrait, parent: Option<Uuid>, code: Option<&str>) -> Result<(), Failure> {
        let mut above = parent;
        // A province has three or four levels; the bound only guards against a circle that is there already.
        for _ in 0..20 {
            let Some(id) = above else { return Ok(()) };
            if id == self.id {
                let wrong = Obstacle::new("agency-wrong-parent-below").with("value", code.unwrap_or_default());
                return Err(Failure::field("parent", wrong));
            }
            above = Self::find(on, id).await?.parent;
        }
        Ok(())
    }

    /// Writes the contacts over version `version`. Returns whether anything changed.
    ///
    /// # Errors
    /// Someone was quicker, or the database failed.
    pub async fn edit_contacts(app: &App, id: Uuid, contacts: Contacts, version: i32, by: &By) -> Result<bool, Failure> {
        let transaction = app.begin().await?;
        let before = Self::find(&transaction, id).await?;
        if before.version != version {
            return Err(Error::Stale.into());
        }
        let Contacts { email, phone, address } = contacts;
        let after = Self { email, phone, address, ..before.clone() };
        let changes = changes(&before, &after);
        if changes.is_empty() {
            return Ok(false);
        }
        before.replace(&transaction, after).await?;
        app.record(&transaction, id, Fact::AgencyEdited { changes }, by).await?;
        app.commit(transaction).await?;
        Ok(true)
    }

    /// Someone who knows says that the shipped facts are right.
    ///
    /// # Errors
    /// Someone was quicker, or the database failed.
    pub async fn confirm(app: &App, id: Uuid, version: i32, by: &By) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let before = Self::find(&transaction, id).await?;
        if before.confidence == Confidence::High {
            return Ok(());
        }
        if before.version != version {
            return Err(Error::Stale);
        }
        before.replace(&transaction, Self { confidence: Confidence::High, ..before.clone() }).await?;
        app.record(&transaction, id, Fact::AgencyConfirmed, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Puts another row in this one's place, when it is still the version that was read.
    ///
    /// # Errors
    /// [`Error::Stale`], or the database failed.
    pub(super) async fn replace(&self, on: &impl ConnectionTrait, after: Self) -> Result<(), Error> {
        let mut row = ActiveModel::from(Self { version: self.version + 1, ..after }).reset_all();
        row.id = sea_orm::ActiveValue::NotSet;
        let done = Entity::update_many()
            .set(row)
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(self.version))
            .exec(on)
            .await?;
        if done.rows_affected == 0 { Err(Error::Stale) } else { Ok(()) }
    }
}

/// Field by field, what differs.
#[must_use]
pub fn changes(before: &Agency, after: &Agency) -> Vec<Change> {
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let of = |agency: &Agency| {
        [
            ("code", agency.code.clone()),
            ("name", agency.name.clone()),
            ("short_name", agency.short_name.clone()),
            ("kind", agency.kind.to_value()),
            ("parent", id(agency.parent)),
            ("official_code", text(&agency.official_code)),
            ("open_from", agency.open_from.to_string()),
            ("closed_on", agency.closed_on.map(|day| day.to_string()).unwrap_or_default()),
            ("confidence", agency.confidence.to_value()),
            ("latitude", number(agency.latitude)),
            ("longitude", number(agency.longitude)),
            ("area_km2", number(agency.area_km2)),
            ("email", text(&agency.email)),
            ("phone", text(&agency.phone)),
            ("address", text(&agency.address)),
            ("note", agency.note.clone()),
        ]
    };
    of(before).iter().zip(of(after)).filter_map(|((field, from), (_, to))| Change::of(field, from, &to)).collect()
}

/// The aliases that have not ended.
#[must_use]
pub fn aliases(names: &[name::Model]) -> Vec<String> {
    names.iter().filter(|name| name.kind == NameKind::Alias && name.until.is_none()).map(|name| name.name.clone()).collect()
}

/// The short forms of a corrected commune's name change with it.
fn carry_short_forms(before: &Agency, after: &Agency, said: &[String]) -> Vec<String> {
    let (old, new) = (short_forms(before.kind, &before.name), short_forms(after.kind, &after.name));
    if old == new {
        return said.to_vec();
    }
    let others = said.iter().filter(|alias| !old.contains(alias) && !new.contains(alias));
    new.iter().chain(others).cloned().collect()
}

/// A corrected name is corrected in the dated names too, as is the first day.
async fn correct_names(on: &impl ConnectionTrait, before: &Agency, after: &Agency, names: &[name::Model]) -> Result<(), DbErr> {
    for name in names.iter().filter(|name| name.kind != NameKind::Former) {
        let current = name.kind == NameKind::Official && name.name == before.name;
        let first = name.since == Some(before.open_from) && before.open_from != after.open_from;
        let mut row = name::ActiveModel { ..Default::default() };
        if current {
            row.name = Set(after.name.clone());
            row.key = Set(vietnamese::name_key(&after.name));
            row.short_name = Set(Some(after.short_name.clone()));
        }
        if first {
            row.since = Set(Some(after.open_from));
        }
        if current || first {
            name::Entity::update_many().set(row).filter(name::Column::Id.eq(name.id)).exec(on).await?;
        }
    }
    Ok(())
}

/// Takes away the aliases that are no longer said, and adds those that are new.
async fn keep_aliases(on: &impl ConnectionTrait, agency: &Agency, names: &[name::Model], said: &[String]) -> Result<(), DbErr> {
    let in_use: Vec<&name::Model> = names.iter().filter(|name| name.kind == NameKind::Alias && name.until.is_none()).collect();
    let gone: Vec<Uuid> = in_use.iter().filter(|name| !said.contains(&name.name)).map(|name| name.id).collect();
    if !gone.is_empty() {
        name::Entity::delete_many().filter(name::Column::Id.is_in(gone)).exec(on).await?;
    }
    let since = in_use.iter().filter_map(|name| name.since).max().unwrap_or(agency.open_from);
    let new = said.iter().filter(|alias| in_use.iter().all(|name| name.name != **alias));
    let new: Vec<name::Model> = new.map(|alias| name::Model::new(agency.id, NameKind::Alias, alias, Some(since))).collect();
    if new.is_empty() { Ok(()) } else { name::Model::add(on, new).await }
}
