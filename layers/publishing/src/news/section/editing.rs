//! Making and changing sections.

use sea_orm::entity::prelude::*;

use super::{ActiveModel, Column, Entity, Kind, Model, fresh_slug, may_keep};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who, new_id};
use crate::news::step::{Act, HOURS_MAX, STEPS_MAX, Step};
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle};

pub const NAME_LETTERS_MAX: usize = 100;

/// A section as it is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub name: String,
    pub name_en: String,
    pub kind: Kind,
    pub parent: Option<Uuid>,
    pub agency: Option<Uuid>,
    pub topic: String,
    pub steps: Vec<Step>,
    pub position: i32,
}

impl Wanted {
    fn obstacles(&self, all: &[Model], own: Option<Uuid>, agencies: &Known) -> Vec<Obstacle> {
        let mut wrong = Vec::new();
        let mut say = |so: bool, key: &'static str, field: &'static str| {
            if so {
                wrong.push(Obstacle::new(key).with("n", NAME_LETTERS_MAX).at(field));
            }
        };
        say(super::super::article::slug_of(&self.name).is_none(), "section-needs-name", "name");
        for (field, text) in [("name", &self.name), ("name_en", &self.name_en), ("topic", &self.topic)] {
            say(text.chars().count() > NAME_LETTERS_MAX, "section-too-long", field);
        }
        let key = vietnamese::key(&self.name);
        let twin = |one: &&Model| Some(one.id) != own && one.agency == self.agency && vietnamese::key(&one.name) == key;
        say(all.iter().find(twin).is_some(), "section-is-there", "name");
        let parent = self.parent.map(|id| all.iter().find(|one| one.id == id && one.agency == self.agency));
        say(
            parent.is_some_and(|parent| parent.is_none_or(|one| Some(one.id) == own || one.parent.is_some())),
            "section-no-parent",
            "parent",
        );
        let has_children = own.is_some_and(|own| all.iter().any(|one| one.parent == Some(own)));
        say(self.parent.is_some() && has_children, "section-no-parent", "parent");
        let known =
            |step: &Step| step.agency.is_none_or(|agency| agencies.contains_key(&agency)) && Step::ROLES.contains(&step.role);
        say(self.steps.is_empty() || self.steps.len() > STEPS_MAX, "section-needs-steps", "steps");
        say(self.steps.last().is_some_and(|step| step.act != Act::Approve), "section-ends-with-approval", "steps");
        say(!self.steps.iter().all(known), "section-no-body", "steps");
        say(self.steps.iter().any(|step| !(1..=HOURS_MAX).contains(&step.hours)), "section-no-hours", "steps");
        wrong
    }
}

impl Model {
    /// Makes a section; returns its id.
    ///
    /// # Errors
    /// Forbidden to who does not keep sections there; refused with what is wrong; or the database failed.
    pub async fn make(app: &App, who: &Who, wanted: &Wanted) -> Result<Uuid, Error> {
        if !may_keep(who, wanted.agency) {
            return Err(Error::Forbidden);
        }
        let agencies = Known::now(app).await?;
        let transaction = app.begin().await?;
        let wrong = wanted.obstacles(&Self::all(&transaction).await?, None, &agencies);
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let id = Self::put(app, &transaction, wanted, false, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(id)
    }

    /// Writes a section that was found right. The caller commits.
    ///
    /// # Errors
    /// The database failed.
    pub async fn put(app: &App, on: &impl ConnectionTrait, wanted: &Wanted, demo: bool, by: &By) -> Result<Uuid, Error> {
        let row = Self {
            id: new_id(),
            slug: fresh_slug(on, &wanted.name).await?,
            name: wanted.name.clone(),
            name_en: wanted.name_en.clone(),
            kind: wanted.kind,
            parent: wanted.parent,
            agency: wanted.agency,
            topic: wanted.topic.clone(),
            steps: serde_json::to_string(&wanted.steps)?,
            position: wanted.position,
            demo,
            version: 1,
        };
        let id = row.id;
        Entity::insert(ActiveModel::from(row)).exec_without_returning(on).await?;
        app.record(on, id, Fact::SectionMade { name: wanted.name.clone() }, by).await?;
        Ok(id)
    }

    /// Changes a section; its address stays.
    ///
    /// # Errors
    /// Forbidden to who does not keep it; refused with what is wrong; stale when somebody was quicker; or the database failed.
    pub async fn change(app: &App, who: &Who, id: Uuid, wanted: &Wanted, version: i32) -> Result<(), Error> {
        let agencies = Known::now(app).await?;
        let transaction = app.begin().await?;
        let all = Self::all(&transaction).await?;
        let before = all.iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
        if !before.is_kept_by(who) {
            return Err(Error::Forbidden);
        }
        // Whose it is stays: its articles are that agency's.
        let wanted = Wanted { agency: before.agency, ..wanted.clone() };
        let wrong = wanted.obstacles(&all, Some(id), &agencies);
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let after = Self {
            name: wanted.name.clone(),
            name_en: wanted.name_en.clone(),
            kind: wanted.kind,
            parent: wanted.parent,
            topic: wanted.topic.clone(),
            steps: serde_json::to_string(&wanted.steps)?,
            position: wanted.position,
            version: version + 1,
            ..before.clone()
        };
        let row = ActiveModel::from(after.clone()).reset_all();
        let same = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(version));
        if same.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let changes = [
            Change::of("name", &before.name, &after.name),
            Change::of("name_en", &before.name_en, &after.name_en),
            Change::of("topic", &before.topic, &after.topic),
            Change::of("steps", &before.steps, &after.steps),
        ];
        let fact = Fact::SectionChanged { name: after.name, changes: changes.into_iter().flatten().collect() };
        app.record(&transaction, id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
