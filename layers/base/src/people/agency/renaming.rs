//! An agency gets another name from a day on. The old name stays as a dated name, the old address leads on.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::name::{self, NameKind, short_forms};
use super::{Agency, Effect, address};
use crate::base::fact::Change;
use crate::base::{App, By, Chore, Fact, time};
use crate::web::{Error, Obstacle};

/// Another name, from a day on.
#[derive(Clone, Debug)]
pub struct Renaming {
    pub name: String,
    pub short_name: String,
    pub from: NaiveDate,
}

impl Renaming {
    /// Why it can not be done; empty when it can.
    #[must_use]
    pub fn obstacles(&self, agency: &Agency, names: &[name::Model]) -> Vec<Obstacle> {
        let mut obstacles = Vec::new();
        let last = names.iter().filter(|name| name.kind == NameKind::Official).filter_map(|name| name.since).max();
        let since = last.unwrap_or(agency.open_from);
        if self.from <= since {
            obstacles.push(Obstacle::new("agency-rename-too-early").with("day", time::day(since)));
        }
        if let Some(closed_on) = agency.closed_on.filter(|last| *last < self.from) {
            obstacles.push(Obstacle::new("agency-rename-closed").with("day", time::day(closed_on)));
        }
        let current = names.iter().filter(|name| name.kind == NameKind::Official).max_by_key(|name| name.since);
        if current.is_some_and(|current| current.name == self.name && current.short_name.as_deref() == Some(&self.short_name)) {
            obstacles.push(Obstacle::new("agency-rename-same"));
        }
        obstacles
    }

    /// What will happen.
    ///
    /// # Errors
    /// The database failed.
    pub async fn effects(&self, on: &impl ConnectionTrait, agency: &Agency, today: NaiveDate) -> Result<Vec<Effect>, DbErr> {
        let slug = address::fresh(on, agency.kind, &self.name, &self.short_name, Some(agency.id)).await?;
        let from = time::day(self.from);
        let until = self.from.pred_opt().map(time::day).unwrap_or_default();
        let mut effects = vec![
            Effect::new("agency-rename-effect-new").with("day", &from).with("name", &self.name),
            Effect::new("agency-rename-effect-old").with("day", until).with("name", &agency.name),
        ];
        if slug != agency.slug {
            effects.push(Effect::new("agency-rename-effect-address").with("from", agency.public_path()).with("to", slug));
        }
        effects.push(Effect::new("agency-rename-effect-aliases"));
        if self.from > today {
            effects.push(Effect::new("agency-rename-effect-later").with("day", from));
        }
        Ok(effects)
    }

    /// Names of the new name's time: the official one and its short forms.
    fn names(&self, agency: &Agency) -> Vec<name::Model> {
        let official = name::Model::new(agency.id, NameKind::Official, &self.name, Some(self.from));
        let official = name::Model { short_name: Some(self.short_name.clone()), ..official };
        let forms = short_forms(agency.kind, &self.name);
        let aliases = forms.iter().map(|alias| name::Model::new(agency.id, NameKind::Alias, alias, Some(self.from)));
        std::iter::once(official).chain(aliases).collect()
    }
}

impl Agency {
    /// Gives the agency its other name. When the day is still to come, the names are kept and taken up that day.
    ///
    /// # Errors
    /// Refused, someone was quicker, or the database failed.
    pub async fn rename(app: &App, id: Uuid, renaming: &Renaming, version: i32, by: &By) -> Result<(), Error> {
        let transaction = app.begin().await?;
        let agency = Self::find(&transaction, id).await?;
        if agency.version != version {
            return Err(Error::Stale);
        }
        let known = name::Model::of(&transaction, id).await?;
        let obstacles = renaming.obstacles(&agency, &known);
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        if !known.iter().any(|name| name.kind == NameKind::Official) {
            // It came without dated names; the one it leaves behind gets its row now.
            let old = name::Model::new(id, NameKind::Official, &agency.name, Some(agency.open_from));
            name::Model::add(&transaction, vec![name::Model { short_name: Some(agency.short_name.clone()), ..old }]).await?;
        }
        name::Model::end(&transaction, id, renaming.from.pred_opt().unwrap_or(renaming.from)).await?;
        name::Model::add(&transaction, renaming.names(&agency)).await?;
        if renaming.from <= time::local_date(app.clock.now()) {
            agency.be_called(&transaction, &renaming.name, &renaming.short_name).await?;
        } else {
            agency.replace(&transaction, agency.clone()).await?; // whoever has a form open shall see it again
        }
        let fact = Fact::AgencyRenamed { from: agency.name, to: renaming.name.clone(), on: renaming.from.to_string() };
        app.record(&transaction, id, fact, by).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    async fn be_called(&self, on: &impl ConnectionTrait, name: &str, short_name: &str) -> Result<(), Error> {
        let slug = address::fresh(on, self.kind, name, short_name, Some(self.id)).await?;
        if slug != self.slug {
            address::leave(on, self.id, &self.slug, &slug).await?;
        }
        self.replace(on, Self { name: name.into(), short_name: short_name.into(), slug, ..self.clone() }).await
    }
}

/// Takes up the names whose day has come.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "take-up-names", every_s: 600, work: |app| Box::pin(take_up(app)) }
}

async fn take_up(app: &App) -> anyhow::Result<()> {
    let today = time::local_date(app.clock.now());
    let official = name::Entity::find()
        .filter(name::Column::Kind.eq(NameKind::Official))
        .filter(name::Column::Since.lte(today))
        .filter(sea_orm::Condition::any().add(name::Column::Until.is_null()).add(name::Column::Until.gte(today)))
        .all(&app.db)
        .await?;
    for due in official {
        let called = super::Entity::find_by_id(due.agency).filter(super::Column::Name.ne(&due.name)).one(&app.db).await?;
        if let Some(agency) = called {
            one(app, &agency, &due).await.map_err(|error| anyhow::anyhow!("{}: {error:?}", agency.code))?;
        }
    }
    Ok(())
}

async fn one(app: &App, agency: &Agency, due: &name::Model) -> Result<(), Error> {
    let short_name = due.short_name.as_deref().unwrap_or(&due.name);
    let transaction = app.begin().await?;
    agency.be_called(&transaction, &due.name, short_name).await?;
    let changes = Change::of("name", &agency.name, &due.name).into_iter().collect();
    app.record(&transaction, agency.id, Fact::AgencyEdited { changes }, &By::system().because("đến ngày đổi tên")).await?;
    app.commit(transaction).await?;
    Ok(())
}
