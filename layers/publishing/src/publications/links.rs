//! Whether the links of a text lead somewhere: anchors of its own book, pages of our own site. Other sites are not asked.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::{picturing, publication};
use crate::base::App;
use crate::library::asset;
use crate::news::{article, section};
use crate::people::agency;

/// Pages of the ground, which is no capability.
const GROUND: [&str; 3] = ["/", "/tim-kiem", "/huong-dan"];

/// The public addresses of every capability, as their routers know them: looked up once.
static PATTERNS: OnceLock<Vec<String>> = OnceLock::new();

fn patterns(app: &App) -> &'static [String] {
    PATTERNS.get_or_init(|| {
        let all = app.capabilities.iter().flat_map(|capability| (capability.routes)().patterns);
        all.filter(|pattern| !pattern.starts_with("/desk") && !pattern.starts_with("/api")).collect()
    })
}

/// A page that is a thing of ours.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Thing {
    Article(String),
    Publication(String),
    Agency(String),
    Section(String),
    Asset(uuid::Uuid),
}

fn thing(path: &str) -> Option<Thing> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    Some(match parts[..] {
        ["tin-tuc", slug] if !slug.contains('.') => Thing::Article(slug.into()),
        ["an-pham", slug, ..] => Thing::Publication(slug.into()),
        ["co-quan", slug, ..] => Thing::Agency(slug.into()),
        ["chuyen-muc", slug, ..] => Thing::Section(slug.into()),
        ["tu-lieu", ..] => Thing::Asset(picturing::asset_of(path)?),
        _ => return None,
    })
}

/// Which of these links lead nowhere. At most one statement a kind of page.
///
/// # Errors
/// The database failed.
pub async fn broken(app: &App, links: &[String], anchors: &HashSet<&str>) -> Result<HashSet<String>, DbErr> {
    let mut broken = HashSet::new();
    let mut asked: HashMap<Thing, Vec<String>> = HashMap::new();
    for link in links {
        if let Some(anchor) = link.strip_prefix('#') {
            if !anchors.contains(anchor) {
                broken.insert(link.clone());
            }
            continue;
        }
        if !link.starts_with('/') || link.starts_with("//") {
            continue;
        }
        let path = link.split(['?', '#']).next().unwrap_or_default();
        match thing(path) {
            Some(thing) => asked.entry(thing).or_default().push(link.clone()),
            None if is_a_page(app, path) => {}
            None => {
                broken.insert(link.clone());
            }
        }
    }
    let there = there(app, asked.keys()).await?;
    broken.extend(asked.into_iter().filter(|(thing, _)| !there.contains(thing)).flat_map(|(_, links)| links));
    Ok(broken)
}

fn is_a_page(app: &App, path: &str) -> bool {
    let answers = |pattern: &String| {
        let (mut asked, mut has) = (path.trim_matches('/').split('/'), pattern.trim_matches('/').split('/'));
        loop {
            match (asked.next(), has.next()) {
                (None, None) => return true,
                (Some(part), Some(shape)) if shape.starts_with('{') || part == shape => {}
                _ => return false,
            }
        }
    };
    GROUND.contains(&path) || path.starts_with("/huong-dan/") || patterns(app).iter().any(answers)
}

async fn there(app: &App, things: impl Iterator<Item = &Thing>) -> Result<HashSet<Thing>, DbErr> {
    let (mut articles, mut books, mut bodies, mut sections, mut files) = (vec![], vec![], vec![], vec![], vec![]);
    for thing in things {
        match thing {
            Thing::Article(slug) => articles.push(slug.clone()),
            Thing::Publication(slug) => books.push(slug.clone()),
            Thing::Agency(slug) => bodies.push(slug.clone()),
            Thing::Section(slug) => sections.push(slug.clone()),
            Thing::Asset(id) => files.push(*id),
        }
    }
    let db = &app.db;
    let mut found = HashSet::new();
    if !articles.is_empty() {
        use article::{Column, Entity, State};
        let out =
            Entity::find().filter(Column::Slug.is_in(articles)).filter(Column::State.is_in([State::Published, State::Corrected]));
        found.extend(slugs(out.select_only().column(Column::Slug), db).await?.into_iter().map(Thing::Article));
    }
    if !books.is_empty() {
        use publication::{Column, Entity};
        let out = Entity::find().filter(Column::Slug.is_in(books)).filter(Column::PublishedAt.is_not_null());
        found.extend(slugs(out.select_only().column(Column::Slug), db).await?.into_iter().map(Thing::Publication));
    }
    if !bodies.is_empty() {
        use agency::{Column, Entity};
        let known = Entity::find().filter(Column::Slug.is_in(bodies));
        found.extend(slugs(known.select_only().column(Column::Slug), db).await?.into_iter().map(Thing::Agency));
    }
    if !sections.is_empty() {
        use section::{Column, Entity};
        let known = Entity::find().filter(Column::Slug.is_in(sections));
        found.extend(slugs(known.select_only().column(Column::Slug), db).await?.into_iter().map(Thing::Section));
    }
    if !files.is_empty() {
        use asset::{Column, Entity};
        let known = Entity::find().filter(Column::Id.is_in(files)).filter(Column::DeletedAt.is_null());
        let ids: Vec<uuid::Uuid> = known.select_only().column(Column::Id).into_tuple().all(db).await?;
        found.extend(ids.into_iter().map(Thing::Asset));
    }
    Ok(found)
}

async fn slugs<E: EntityTrait>(rows: Select<E>, on: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    rows.into_tuple().all(on).await
}
