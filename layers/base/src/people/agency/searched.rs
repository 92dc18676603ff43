//! What the public finds of agencies: each by all the names it has or had.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::{Column, Entity, Model, name};
use crate::base::{App, Fact, fact};
use crate::search::feed::{Feed, PAGE, Public, Touch, passage};

/// Who is looked for by name is meant before what they wrote.
const STANDING: u32 = 1_000;

/// Agencies.
pub const FEED: Feed = Feed {
    touches,
    public: |app, agencies| Box::pin(public(app, agencies)),
    subjects: |app, after| Box::pin(subjects(app, after)),
    through: None,
};

fn touches(recorded: &fact::Model, fact: &Fact) -> Touch {
    match fact {
        Fact::AgencyOpened { .. }
        | Fact::AgencyEdited { .. }
        | Fact::AgencyRenamed { .. }
        | Fact::AgencyClosed { .. }
        | Fact::AgencySucceeded { .. } => Touch::Subject(recorded.about),
        Fact::AgenciesImported { .. } => Touch::All,
        _ => Touch::Nothing,
    }
}

async fn subjects(app: &App, after: Option<Uuid>) -> anyhow::Result<Vec<Uuid>> {
    let mut rows = Entity::find().select_only().column(Column::Id).order_by_asc(Column::Id).limit(PAGE);
    if let Some(after) = after {
        rows = rows.filter(Column::Id.gt(after));
    }
    Ok(rows.into_tuple().all(&app.db).await?)
}

async fn public(app: &App, agencies: Vec<Uuid>) -> anyhow::Result<Vec<Public>> {
    let names = name::Entity::find().filter(name::Column::Agency.is_in(agencies.clone())).order_by_asc(name::Column::Id);
    let mut by_agency: HashMap<Uuid, Vec<String>> = HashMap::new();
    for one in names.all(&app.db).await? {
        by_agency.entry(one.agency).or_default().push(one.name);
    }
    let rows = Entity::find().filter(Column::Id.is_in(agencies)).all(&app.db).await?;
    Ok(rows.iter().map(|agency| of_agency(agency, by_agency.remove(&agency.id).unwrap_or_default())).collect())
}

fn of_agency(agency: &Model, mut names: Vec<String>) -> Public {
    names.extend([agency.short_name.clone(), agency.code.clone()]);
    names.retain(|name| *name != agency.name && !name.is_empty());
    let mut known = std::collections::HashSet::new();
    names.retain(|name| known.insert(name.clone()));
    Public {
        subject: agency.id,
        id: format!("agency:{}", agency.id),
        kind: "agency",
        url: format!("/co-quan/{}", agency.slug),
        title: agency.name.clone(),
        passages: vec![passage(names.join("; "))],
        agency: Some(agency.id),
        language: "vi".into(),
        standing: if agency.closed_on.is_none() { STANDING } else { 1 },
        ..Public::default()
    }
}
