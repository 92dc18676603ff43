//! Opening a show and keeping it.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::{ActiveModel, CATEGORIES, Column, Entity, Show, guid};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who};
use crate::channels::suggesting::tidy_line;
use crate::library::reach::Reach;
use crate::library::{Asset, Kind, Place, usage};
use crate::news::article::Language;
use crate::news::figures::asset_of;
use crate::news::section::Section;
use crate::people::agency::brief::Known;
use crate::syndication::rights;
use crate::web::{Error, Obstacle};

const NAME_LETTERS_MAX: usize = 120;
const DESCRIPTION_LETTERS_MAX: usize = 4_000;
const EMAIL_BYTES_MAX: usize = 254;
const SHOWS_MAX: u64 = 30;
/// What the library calls a show among the places that use its files.
pub const PLACE: &str = "podcast";

/// A show as it is wanted; fields as typed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Made by the form, the same for every press of the button.
    pub id: Uuid,
    pub section: String,
    pub name: String,
    pub description: String,
    pub owner_email: String,
    pub category: String,
    pub language: String,
    /// The address of an image of the library, or empty.
    pub cover: String,
    pub open: bool,
    pub version: i32,
}

struct Read {
    section: Option<Uuid>,
    name: String,
    description: String,
    owner_email: String,
    category: &'static str,
    language: Language,
    cover: Option<Uuid>,
}

impl Wanted {
    async fn read(&self, app: &App, who: &Who, agency: Uuid, before: Option<Uuid>) -> Result<Read, Error> {
        let (name, owner_email) = (tidy_line(&self.name), self.owner_email.trim().to_owned());
        let description = vietnamese::normalise(self.description.trim()).replace("\r\n", "\n").replace('\0', "");
        let mut wrong = Vec::new();
        if !name.chars().any(char::is_alphanumeric) {
            wrong.push(Obstacle::new("podcast-needs-name").at("name"));
        }
        if description.trim().is_empty() {
            wrong.push(Obstacle::new("podcast-needs-description").at("description"));
        }
        for (field, given, most) in [("name", &name, NAME_LETTERS_MAX), ("description", &description, DESCRIPTION_LETTERS_MAX)] {
            if given.chars().count() > most {
                wrong.push(Obstacle::new("article-too-long").with("n", most).at(field));
            }
        }
        if !owner_email.is_empty() && !is_email(&owner_email) {
            wrong.push(Obstacle::new("podcast-email-form").at("owner_email"));
        }
        let section: Option<Uuid> = self.section.parse().ok();
        if let Some(section) = section
            && !Section::of_agency(&app.db, agency).await?.iter().any(|one| one.id == section)
        {
            wrong.push(Obstacle::new("podcast-section-none").at("section"));
        }
        let cover = cover(app, who, self.cover.trim(), before).await?;
        if let Err(obstacle) = &cover {
            wrong.push(obstacle.clone());
        }
        let category = CATEGORIES.into_iter().find(|one| *one == self.category);
        if category.is_none() {
            wrong.push(Obstacle::new("podcast-category-none").at("category"));
        }
        let language = Language::from_tag(&self.language).unwrap_or_default();
        match (category, cover) {
            (Some(category), Ok(cover)) if wrong.is_empty() => {
                Ok(Read { section, name, description, owner_email, category, language, cover })
            }
            _ => Err(Error::Refused(wrong)),
        }
    }
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|letter: char| letter.is_whitespace() || "<>\"@".contains(letter));
    text.len() <= EMAIL_BYTES_MAX && plain(name) && plain(host) && host.contains('.')
}

/// The image that an address of ours leads to.
async fn cover(app: &App, who: &Who, typed: &str, before: Option<Uuid>) -> Result<Result<Option<Uuid>, Obstacle>, Error> {
    if typed.is_empty() {
        return Ok(Ok(None));
    }
    let wrong = || Obstacle::new("podcast-cover-none").at("cover");
    let Some(id) = asset_of(typed).or_else(|| typed.parse().ok()) else { return Ok(Err(wrong())) };
    if before == Some(id) {
        return Ok(Ok(Some(id)));
    }
    let reach = Reach::of(app, who, &*Known::now(app).await?);
    let seen = Asset::seen_among(&app.db, &reach, &[id]).await?;
    match seen.first() {
        Some(asset) if asset.kind == Kind::Image && asset.obstacles_to_use().is_empty() => Ok(Ok(Some(id))),
        Some(asset) if asset.kind == Kind::Image => Ok(Err(Obstacle::new("podcast-cover-undescribed").at("cover"))),
        _ => Ok(Err(wrong())),
    }
}

impl Show {
    /// Opens a show of the person's agency.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; or the database failed.
    pub async fn open(app: &App, who: &Who, wanted: &Wanted) -> Result<(), Error> {
        let agency = who.agency.ok_or(Error::Forbidden)?;
        rights::require(who, agency)?;
        let read = wanted.read(app, who, agency, None).await?;
        if Entity::find().filter(Column::Agency.eq(agency)).count(&app.db).await? >= SHOWS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("podcasts-many").with("n", SHOWS_MAX).at("name")]));
        }
        let transaction = app.begin().await?;
        let slug = fresh_slug(&transaction, &read.name).await?;
        let now = app.clock.now();
        let row = Show {
            id: wanted.id,
            agency,
            section: read.section,
            guid: guid(&format!("{}/podcast/{slug}/rss.xml", app.config.public_url())).to_string(),
            slug,
            name: read.name,
            description: read.description,
            owner_email: read.owner_email,
            category: read.category.to_owned(),
            language: read.language.tag().to_owned(),
            cover: read.cover,
            open: wanted.open,
            made_by: who.person,
            made_at: now,
            changed_at: now,
            version: 1,
        };
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        let made = Entity::insert(ActiveModel::from(row.clone())).on_conflict(once);
        if made.exec_without_returning(&transaction).await? == 0 {
            return Err(Error::refused("podcast-is-made"));
        }
        row.note_cover(app, &transaction, who).await?;
        app.record(&transaction, row.id, Fact::PodcastOpened { name: row.name.clone() }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Changes what is said of it. Its address and its id stay.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; stale when somebody was quicker; or the database failed.
    pub async fn change(app: &App, who: &Who, id: Uuid, wanted: &Wanted) -> Result<(), Error> {
        let before = Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
        rights::require(who, before.agency)?;
        let read = wanted.read(app, who, before.agency, before.cover).await?;
        let after = Show {
            section: read.section,
            name: read.name,
            description: read.description,
            owner_email: read.owner_email,
            category: read.category.to_owned(),
            language: read.language.tag().to_owned(),
            cover: read.cover,
            open: wanted.open,
            changed_at: app.clock.now(),
            version: before.version + 1,
            ..before.clone()
        };
        let changes = before.changes(&after);
        if changes.is_empty() {
            return Ok(());
        }
        let transaction = app.begin().await?;
        let row = ActiveModel {
            section: Set(after.section),
            name: Set(after.name.clone()),
            description: Set(after.description.clone()),
            owner_email: Set(after.owner_email.clone()),
            category: Set(after.category.clone()),
            language: Set(after.language.clone()),
            cover: Set(after.cover),
            open: Set(after.open),
            changed_at: Set(after.changed_at),
            version: Set(after.version),
            ..Default::default()
        };
        let update = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(wanted.version));
        if update.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        after.note_cover(app, &transaction, who).await?;
        app.record(&transaction, id, Fact::PodcastChanged { name: after.name.clone(), changes }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    fn changes(&self, after: &Self) -> Vec<Change> {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let open = |open: bool| if open { "on" } else { "off" };
        [
            Change::of("name", &self.name, &after.name),
            Change::of("description", &self.description, &after.description),
            Change::of("owner_email", &self.owner_email, &after.owner_email),
            Change::of("category", &self.category, &after.category),
            Change::of("language", &self.language, &after.language),
            Change::of("section", &id(self.section), &id(after.section)),
            Change::of("cover", &id(self.cover), &id(after.cover)),
            Change::of("open", open(self.open), open(after.open)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Nobody deletes the cover from under it.
    async fn note_cover(&self, app: &App, on: &impl ConnectionTrait, who: &Who) -> Result<(), Error> {
        let place =
            Place { kind: PLACE, about: self.id, title: self.name.clone(), href: Self::desk_path(self.id), public: self.open };
        let covers: Vec<Uuid> = self.cover.into_iter().collect();
        usage::settle(app, on, &place, &covers, &By::from(who)).await
    }
}

/// An address for that name that no show has.
async fn fresh_slug(on: &impl ConnectionTrait, name: &str) -> Result<String, DbErr> {
    let base = crate::news::article::slug_of(name).unwrap_or_else(|| "podcast".into());
    let mut slug = base.clone();
    for number in 2.. {
        if Entity::find().filter(Column::Slug.eq(&slug)).one(on).await?.is_none() {
            break;
        }
        slug = format!("{base}-{number}");
    }
    Ok(slug)
}

#[cfg(test)]
mod unit {
    use super::is_email;

    #[test]
    fn an_address_of_mail_is_told_from_other_words() {
        assert!(is_email("vanthu@soyte.dongthap.gov.vn"));
        for wrong in ["", "a", "a@b", "@b.vn", "a b@c.vn", "a@b@c.vn", "<a@b.vn>"] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }
}
