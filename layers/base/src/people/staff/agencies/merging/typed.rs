//! The form of a merger as it was typed, and what is meant by it.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::base::App;
use crate::people::Agency;
use crate::people::agency::draft::{Fields, Mistakes, value};
use crate::people::agency::merging::{Heir, Merger};
use crate::people::agency::{Column, Entity};
use crate::web::{Obstacle, Result};

/// Agencies merged at once at most.
const FROM_MAX: usize = 100;

/// What was typed and ticked.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The agencies that end, each once, in the order they were chosen.
    pub from: Vec<Uuid>,
    /// `new` or `existing`.
    pub heir: String,
    /// The one that is there and takes over.
    pub into: String,
    pub name: String,
    pub short_name: String,
    pub code: String,
    pub kind: String,
    pub on: String,
    pub why: String,
    /// Id and version of each of `from` when the preview was made.
    pub seen: Vec<String>,
    pub step: String,
}

impl Typed {
    /// Reads the pairs of a form or an address; what is none of them is left out.
    #[must_use]
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut typed = Self { heir: "new".into(), ..Self::default() };
        for (name, value) in pairs {
            match name.as_str() {
                "from" => {
                    let new = value.parse().ok().filter(|id| !typed.from.contains(id) && typed.from.len() < FROM_MAX);
                    typed.from.extend(new);
                }
                "seen" => typed.seen.push(value),
                "heir" => typed.heir = value,
                "into" => typed.into = value,
                "name" => typed.name = value,
                "short_name" => typed.short_name = value,
                "code" => typed.code = value,
                "kind" => typed.kind = value,
                "on" => typed.on = value,
                "why" => typed.why = value,
                "step" => typed.step = value,
                _ => {}
            }
        }
        typed
    }

    /// The same as fields of a form, without what only one step needs.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields: Vec<_> = self.from.iter().map(|id| ("from", id.to_string())).collect();
        let texts = [
            ("heir", &self.heir),
            ("into", &self.into),
            ("name", &self.name),
            ("short_name", &self.short_name),
            ("code", &self.code),
            ("kind", &self.kind),
            ("on", &self.on),
            ("why", &self.why),
        ];
        fields.extend(texts.into_iter().map(|(name, text)| (name, text.clone())));
        fields
    }

    /// What is meant; None when that can not be said, with the mistakes noted.
    ///
    /// # Errors
    /// The database failed.
    pub async fn read(&self, app: &App, mistakes: &mut Mistakes) -> Result<Option<Merger>> {
        let found = Entity::find().filter(Column::Id.is_in(self.from.clone())).all(&app.db).await?;
        let in_order = self.from.iter().filter_map(|id| found.iter().find(|agency| agency.id == *id));
        let predecessors: Vec<Agency> = in_order.cloned().collect();
        if predecessors.is_empty() {
            mistakes.add("predecessors", Obstacle::new("agency-wrong-choice"));
        }
        let heir = match self.heir.as_str() {
            "existing" => self.existing(app, mistakes).await?,
            _ => self.new_one(app, &predecessors, mistakes).await?,
        };
        let on = mistakes.take("on", value::day(&self.on));
        Ok(heir.map(|heir| Merger { predecessors, heir, on }))
    }

    async fn existing(&self, app: &App, mistakes: &mut Mistakes) -> Result<Option<Heir>> {
        let there = match self.into.parse::<Uuid>() {
            Ok(id) => Entity::find_by_id(id).one(&app.db).await?,
            Err(_) => None,
        };
        if there.is_none() {
            mistakes.add("into", Obstacle::new("agency-wrong-choice"));
        }
        Ok(there.map(|agency| Heir::Existing(agency.id)))
    }

    /// A new agency has the same one above as those that go into it, when they all have the same.
    async fn new_one(&self, app: &App, predecessors: &[Agency], mistakes: &mut Mistakes) -> Result<Option<Heir>> {
        let parent = predecessors.first().and_then(|first| first.parent);
        let shared = parent.filter(|parent| predecessors.iter().all(|agency| agency.parent == Some(*parent)));
        let parent = match shared {
            Some(parent) => Agency::find(&app.db, parent).await?.code,
            None => String::new(),
        };
        let fields = Fields {
            name: self.name.clone(),
            short_name: self.short_name.clone(),
            code: self.code.clone(),
            kind: self.kind.clone(),
            parent,
            // Its first day is the day of the merger; this only lets the other fields be read.
            open_from: "2000-01-01".into(),
            ..Fields::default()
        };
        match fields.read() {
            Ok(draft) => Ok(Some(Heir::New(Box::new(draft)))),
            Err(Mistakes(found)) => {
                mistakes.0.extend(found);
                Ok(None)
            }
        }
    }
}
