//! What stands against coming out, each with its place and what to do. The page shows the same list before anyone presses.

use std::collections::{BTreeSet, HashMap, HashSet};

use sea_orm::entity::prelude::*;
use typesetting::html::Read;
use typesetting::model::plain;
use typesetting::{Block, Part};

use super::edition::{Edition, Frozen, Pictures, Shot};
use super::publication::Publication;
use super::section::{self, Section};
use super::{links, picturing};
use crate::base::App;
use crate::library::asset::{Asset, Kind};
use crate::library::rendition::Rendition;
use crate::web::{Obstacle, cut};

/// An obstacle, and where it is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub obstacle: Obstacle,
    pub href: String,
}

/// What is written, made ready to come out, with what stands against it.
pub struct Ready {
    pub sections: Vec<Section>,
    /// Sections of the last edition; none before the first.
    pub last: Vec<Frozen>,
    pub pictures: Pictures,
    pub obstacles: Vec<Found>,
}

/// One section as it is looked at.
struct Look<'a> {
    section: &'a Section,
    read: Read,
    part: Part,
}

impl Ready {
    /// Looks at what is written.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, publication: &Publication) -> Result<Self, DbErr> {
        let sections = Section::all(&app.db, publication.id).await?;
        let before = match publication.edition {
            0 => None,
            number => Edition::all(&app.db, publication.id).await?.into_iter().find(|one| one.number == number),
        };
        let last = match &before {
            Some(edition) => Frozen::all(&app.db, edition.id).await?,
            None => Vec::new(),
        };
        let wanted = picturing::written(publication, &sections);
        let images = picturing::images(&app.db, &wanted).await?;
        let hashes: Vec<String> = images.iter().map(|one| one.sha256.clone()).collect();
        let drawn: HashSet<String> = Rendition::of(&app.db, &hashes).await?.into_iter().map(|one| one.sha256).collect();
        let looks: Vec<Look<'_>> = sections.iter().map(Look::of).collect();
        let mut obstacles = of_whole(app, publication, &sections);
        obstacles.extend(anchors(&sections));
        for look in &looks {
            obstacles.extend(look.text());
            obstacles.extend(look.pictures(&images));
        }
        obstacles.extend(broken(app, &looks).await?);
        obstacles.extend(of_images(publication, &wanted, &images, &drawn));
        obstacles.extend(changes(publication, before.as_ref(), &sections, &last));
        let pictures = images.iter().filter(|one| one.kind == Kind::Image).map(|one| (one.id, shot(one))).collect();
        drop(looks);
        Ok(Self { sections, last, pictures, obstacles })
    }
}

fn shot(asset: &Asset) -> Shot {
    let alt = if asset.decorative { String::new() } else { asset.alt.clone() };
    Shot { sha256: asset.sha256.clone(), alt, credit: asset.credit.clone() }
}

fn of_whole(app: &App, publication: &Publication, sections: &[Section]) -> Vec<Found> {
    let facts = format!("{}/facts", Publication::desk_path(publication.id));
    let mut found = Vec::new();
    let mut say = |so: bool, key: &'static str, href: String| {
        if so {
            found.push(Found { obstacle: Obstacle::new(key), href });
        }
    };
    say(publication.summary.is_empty(), "publication-needs-summary", format!("{facts}#summary"));
    let new = format!("{}/sections/new", Publication::desk_path(publication.id));
    say(sections.is_empty(), "publication-needs-section", new);
    let missing = app.site().missing();
    if !missing.is_empty() {
        let obstacle = Obstacle::new("article-site-lacks").with("n", missing.len());
        found.push(Found { obstacle, href: String::new() });
    }
    found
}

/// Two sections with one anchor: a citation would lead to either. And one with an anchor that something else of the page has.
fn anchors(sections: &[Section]) -> Vec<Found> {
    let mut seen: HashMap<&str, &Section> = HashMap::new();
    let mut found = Vec::new();
    for section in sections {
        if section::is_reserved(&section.anchor) {
            let obstacle = Obstacle::new("publication-anchor-taken").with("anchor", &section.anchor).with("name", &section.title);
            found.push(Found { obstacle, href: format!("{}#anchor", section.desk_path()) });
        }
        if let Some(other) = seen.insert(&section.anchor, section) {
            let obstacle = Obstacle::new("publication-anchor-twice")
                .with("anchor", &section.anchor)
                .with("name", &other.title)
                .with("other", &section.title);
            found.push(Found { obstacle, href: format!("{}#anchor", section.desk_path()) });
        }
    }
    found
}

impl<'a> Look<'a> {
    fn of(section: &'a Section) -> Self {
        let read = section.read();
        let part = Part {
            anchor: section.anchor.clone(),
            title: section.title.clone(),
            blocks: read.blocks.clone(),
            notes: read.notes.clone(),
        };
        Self { section, read, part }
    }

    fn found(&self, obstacle: Obstacle) -> Found {
        let obstacle = obstacle.with("name", &self.section.title);
        Found { obstacle, href: format!("{}#text", self.section.desk_path()) }
    }

    fn text(&self) -> Vec<Found> {
        let mut found = Vec::new();
        if self.part.blocks.is_empty() {
            found.push(self.found(Obstacle::new("publication-section-empty")));
        }
        let mut last = 0;
        for block in &self.part.blocks {
            let Block::Heading { rank, content } = block else { continue };
            if *rank > last + 1 {
                found.push(self.found(Obstacle::new("publication-heading-jumps").with("what", cut(&plain(content), 60))));
            }
            last = *rank;
        }
        for label in &self.read.wordless {
            found.push(self.found(Obstacle::new("publication-note-wordless").with("what", label)));
        }
        for label in &self.read.unreached {
            found.push(self.found(Obstacle::new("publication-note-unreached").with("what", label)));
        }
        let letters: String = self.part.unprintable().into_iter().take(10).collect();
        if !letters.is_empty() {
            found.push(self.found(Obstacle::new("publication-letters-unprintable").with("what", letters)));
        }
        found
    }

    /// Pictures whose image is there no more, and those of the text that nobody described (Circular 32/2017/TT-BTTTT).
    fn pictures(&self, images: &[Asset]) -> Vec<Found> {
        let mut found = Vec::new();
        for figure in self.part.figures() {
            let image = picturing::asset_of(&figure.picture).and_then(|id| images.iter().find(|one| one.id == id));
            let Some(image) = image.filter(|one| one.kind == Kind::Image && one.deleted_at.is_none()) else {
                found.push(self.found(Obstacle::new("publication-picture-gone").with("what", &figure.picture)));
                continue;
            };
            if figure.alt.is_empty() && image.alt.trim().is_empty() && !image.decorative {
                found.push(self.found(Obstacle::new("publication-picture-alt").with("what", image.label())));
            }
        }
        found
    }
}

async fn broken(app: &App, looks: &[Look<'_>]) -> Result<Vec<Found>, DbErr> {
    let anchors: HashSet<&str> = looks.iter().map(|look| look.section.anchor.as_str()).collect();
    let all: Vec<String> = looks.iter().flat_map(|look| look.part.links()).map(str::to_owned).collect();
    let broken = links::broken(app, &all, &anchors).await?;
    let mut found = Vec::new();
    for look in looks {
        let own: BTreeSet<&str> = look.part.links().into_iter().filter(|link| broken.contains(*link)).collect();
        found.extend(own.into_iter().map(|link| look.found(Obstacle::new("publication-link-broken").with("what", link))));
    }
    Ok(found)
}

/// What the library asks of every picture and recording that is used, and that the smaller pictures were made.
fn of_images(publication: &Publication, wanted: &BTreeSet<Uuid>, images: &[Asset], drawn: &HashSet<String>) -> Vec<Found> {
    let mut found = Vec::new();
    for image in images {
        let href = Asset::desk_path(image.id);
        let missing = image.obstacles_to_use().into_iter().map(|one| one.with("name", image.label()).at(""));
        found.extend(missing.map(|obstacle| Found { obstacle, href: href.clone() }));
        if image.kind == Kind::Image && !drawn.contains(&image.sha256) {
            found.push(Found { obstacle: Obstacle::new("publication-picture-drawing").with("name", image.label()), href });
        }
    }
    let gone = publication.cover.filter(|cover| wanted.contains(cover) && !images.iter().any(|one| one.id == *cover));
    if gone.is_some() {
        let href = format!("{}/facts#cover", Publication::desk_path(publication.id));
        found.push(Found { obstacle: Obstacle::new("publication-cover-gone"), href });
    }
    found
}

/// A changed section says what was changed; an edition that says nothing new is none.
fn changes(publication: &Publication, before: Option<&Edition>, sections: &[Section], last: &[Frozen]) -> Vec<Found> {
    let Some(before) = before else { return Vec::new() };
    let known: HashMap<Uuid, &Frozen> = last.iter().map(|one| (one.section, one)).collect();
    let is_changed = |one: &&Section| known.get(&one.id).is_some_and(|before| before.hash != one.hash());
    let silent = sections.iter().filter(is_changed).filter(|one| one.note.trim().is_empty());
    let mut found: Vec<Found> = silent
        .map(|one| Found {
            obstacle: Obstacle::new("publication-needs-note").with("name", &one.title).with("n", before.number),
            href: format!("{}#note", one.desk_path()),
        })
        .collect();
    let order: Vec<_> = sections.iter().map(|one| (one.id, one.anchor.as_str(), one.audio)).collect();
    let order_before: Vec<_> = last.iter().map(|one| (one.section, one.anchor.as_str(), one.audio)).collect();
    let same = !sections.iter().any(|one| is_changed(&one))
        && order == order_before
        && before.title == publication.title
        && before.summary == publication.summary
        && before.cover == publication.cover;
    if same {
        let obstacle = Obstacle::new("publication-nothing-new").with("n", before.number);
        found.push(Found { obstacle, href: String::new() });
    }
    found
}
