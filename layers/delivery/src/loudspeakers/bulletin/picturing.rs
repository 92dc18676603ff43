//! The picture that boards show beside or instead of words: an image of the library. A board is told an address of its own, with its
//! screen in it, and gets the whole picture as large as fits, so that nothing is cut off or drawn out on any of them.

use sea_orm::entity::prelude::Uuid;

use super::Bulletin;
use crate::base::{App, By, Fact, Who};
use crate::library::reach::Reach;
use crate::library::rendering::{self, alone};
use crate::library::rendition::Rendition;
use crate::library::spool::Spool;
use crate::library::storage::Store;
use crate::library::{Asset, Kind};
use crate::loudspeakers::cluster::screen::Screen;
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle};

/// So much of the hash stands in an address: another picture has another one.
const MARK_LETTERS: usize = 12;

impl Bulletin {
    /// Takes an image of the library for boards; None: they show none any more.
    ///
    /// # Errors
    /// Forbidden to others; refused when it is no image or may not be used, each reason by itself; stale when somebody was quicker or it
    /// was handed in; or the database failed.
    pub async fn take_picture(app: &App, who: &Who, id: Uuid, asset: Option<Uuid>, seen: i32) -> Result<(), Error> {
        let bulletin = Self::find_to_write(app, who, id, seen).await?;
        let (picture, picture_sha256) = match asset {
            None => (None, String::new()),
            Some(id) => {
                let asset = Asset::find_for(app, &Reach::of(app, who, &*Known::now(app).await?), id).await?;
                if asset.kind != Kind::Image {
                    return Err(Error::Refused(vec![Obstacle::new("loud-picture-not-image").at("picture")]));
                }
                (Some(asset.id), asset.sha256)
            }
        };
        if picture == bulletin.picture {
            return Ok(());
        }
        let changed = Self { picture, picture_sha256, ..bulletin };
        let transaction = app.begin().await?;
        changed.note_use(app, &transaction, false, &By::from(who)).await?;
        let fact = Fact::BulletinEdited { title: changed.title.clone(), what: "picture".into() };
        changed.change_in(app, &transaction, who, seen, fact).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Where a board with that screen fetches the picture; None when there is none.
    #[must_use]
    pub fn picture_path(&self, screen: Screen) -> Option<String> {
        self.picture.map(|_| format!("/api/devices/pictures/{}/{screen}-{}.jpg", self.id, self.picture_mark()))
    }

    fn picture_mark(&self) -> &str {
        self.picture_sha256.get(..MARK_LETTERS).unwrap_or(&self.picture_sha256)
    }
}

/// The picture of an approved bulletin by the name that a board was told, as JPEG.
///
/// # Errors
/// Not found when there is no such picture, it was replaced, or the bulletin may not be shown; or store or database failed.
pub async fn drawn(app: &App, bulletin: Uuid, name: &str) -> Result<Vec<u8>, Error> {
    let (screen, mark) = name.strip_suffix(".jpg").and_then(|name| name.split_once('-')).ok_or(Error::NotFound)?;
    let screen = Screen::read(screen).ok_or(Error::NotFound)?;
    let bulletin = Bulletin::find(&app.db, bulletin).await?;
    if !bulletin.is_ready() || bulletin.picture.is_none() || mark != bulletin.picture_mark() {
        return Err(Error::NotFound);
    }
    // From the smallest that is wide enough: an image as it came may have fifty megapixels.
    let made = Rendition::of(&app.db, std::slice::from_ref(&bulletin.picture_sha256)).await?;
    let wide = i32::try_from(screen.width)?;
    let from = made.iter().find(|one| one.width >= wide).or(made.last()).ok_or(Error::NotFound)?;
    let store = Store::of(app)?;
    let spool = Spool::of_object(app, &store, Rendition::object(&from.sha256, from.width)).await?;
    Ok(alone(move || rendering::fit(spool.path(), (screen.width, screen.height))).await??)
}
