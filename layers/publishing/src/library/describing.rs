//! What is said about a file: alt text, credit, who may see it. One guarded update and one fact.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::asset::{self, Asset, Kind, Sharing};
use super::usage::Use;
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who};
use crate::web::{Error, Obstacle};

pub const LINE_LETTERS_MAX: usize = 300;
pub const TEXT_LETTERS_MAX: usize = 4_000;

/// The codes of the IPTC vocabulary Digital Source Type that are offered.
pub const SOURCES: [&str; 5] =
    ["digitalCapture", "digitalCreation", "compositeCapture", "compositeWithTrainedAlgorithmicMedia", "trainedAlgorithmicMedia"];

/// What the form brings.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Described {
    pub version: i32,
    pub title: String,
    pub caption: String,
    pub alt: String,
    pub decorative: String,
    pub creator: String,
    pub credit: String,
    pub copyright: String,
    pub source: String,
    pub sharing: String,
    pub public: String,
}

impl Described {
    /// What stands there now; before anybody described it, what the file says of itself.
    #[must_use]
    pub fn of(asset: &Asset) -> Self {
        let found = if asset.version == 1 { asset.found() } else { super::looking::Found::default() };
        let or = |own: &str, offered: String| if own.is_empty() { offered } else { own.to_owned() };
        let on = |is: bool| if is { "on".to_owned() } else { String::new() };
        Self {
            version: asset.version,
            title: or(&asset.title, found.title),
            caption: or(&asset.caption, found.caption),
            alt: or(&asset.alt, found.alt),
            decorative: on(asset.decorative),
            creator: or(&asset.creator, found.creator),
            credit: or(&asset.credit, found.credit),
            copyright: or(&asset.copyright, found.copyright),
            source: or(&asset.source, found.source),
            sharing: asset.sharing.to_value(),
            public: on(asset.public),
        }
    }

    fn obstacles(&self, kind: Kind) -> Vec<Obstacle> {
        let lines =
            [("title", &self.title), ("creator", &self.creator), ("credit", &self.credit), ("copyright", &self.copyright)];
        let texts = [("caption", &self.caption), ("alt", &self.alt)];
        let long = |most: usize| {
            move |(field, text): &(&'static str, &String)| {
                let count = text.chars().count();
                (count > most).then(|| Obstacle::new("asset-refused-long").at(field).with("count", count).with("n", most))
            }
        };
        let mut obstacles: Vec<Obstacle> = lines.iter().filter_map(long(LINE_LETTERS_MAX)).collect();
        obstacles.extend(texts.iter().filter_map(long(TEXT_LETTERS_MAX)));
        let contradicts = kind == Kind::Image && !self.decorative.is_empty() && !self.alt.trim().is_empty();
        if contradicts {
            obstacles.push(Obstacle::new("asset-refused-both").at("alt"));
        }
        obstacles
    }

    fn applied(&self, asset: &Asset) -> Asset {
        let line = |text: &str| vietnamese::normalise(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let text = |text: &str| vietnamese::normalise(text).replace("\r\n", "\n").trim().to_owned();
        let changed = Asset {
            title: line(&self.title),
            caption: text(&self.caption),
            alt: text(&self.alt),
            decorative: asset.kind == Kind::Image && !self.decorative.is_empty(),
            creator: line(&self.creator),
            credit: line(&self.credit),
            copyright: line(&self.copyright),
            source: SOURCES.into_iter().find(|code| *code == self.source).unwrap_or_default().to_owned(),
            sharing: if self.sharing == "province" { Sharing::Province } else { Sharing::Own },
            public: !self.public.is_empty(),
            version: asset.version + 1,
            ..asset.clone()
        };
        Asset { words: changed.folded(), ..changed }
    }
}

fn changes(from: &Asset, to: &Asset) -> Vec<Change> {
    let yes = |is: bool| if is { "yes" } else { "no" };
    let sharing = |asset: &Asset| asset.sharing.to_value();
    let fields = [
        Change::of("title", &from.title, &to.title),
        Change::of("caption", &from.caption, &to.caption),
        Change::of("alt", &from.alt, &to.alt),
        Change::of("decorative", yes(from.decorative), yes(to.decorative)),
        Change::of("creator", &from.creator, &to.creator),
        Change::of("credit", &from.credit, &to.credit),
        Change::of("copyright", &from.copyright, &to.copyright),
        Change::of("source", &from.source, &to.source),
        Change::of("sharing", &sharing(from), &sharing(to)),
        Change::of("public", yes(from.public), yes(to.public)),
    ];
    fields.into_iter().flatten().collect()
}

impl Asset {
    /// Saves what is said about it.
    ///
    /// # Errors
    /// [`Error::Refused`] with the fields (what is in use keeps what its use needs), [`Error::Stale`] when somebody else was
    /// quicker, or the database failed.
    pub async fn describe(&self, app: &App, who: &Who, given: &Described) -> Result<(), Error> {
        let mut obstacles = given.obstacles(self.kind);
        let changed = given.applied(self);
        let transaction = app.begin().await?;
        let missing = changed.obstacles_to_use();
        if !missing.is_empty() && !Use::of(&transaction, self.id).await?.is_empty() {
            obstacles.extend(missing);
        }
        if changed.public {
            obstacles.extend(changed.obstacles_to_use());
        }
        obstacles.dedup();
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        let row = asset::ActiveModel { id: sea_orm::NotSet, ..asset::ActiveModel::from(changed.clone()).reset_all() };
        let saved = asset::Entity::update_many()
            .set(row)
            .filter(asset::Column::Id.eq(self.id))
            .filter(asset::Column::Version.eq(given.version))
            .filter(asset::Column::DeletedAt.is_null())
            .exec(&transaction)
            .await?;
        if saved.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let fact = Fact::AssetDescribed { name: changed.label().to_owned(), changes: changes(self, &changed) };
        app.record(&transaction, self.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// Describes a seeded entry without a person. // recorded by seeding
pub(super) fn described(asset: &Asset, given: &Described) -> asset::ActiveModel {
    let changed = given.applied(asset);
    asset::ActiveModel { id: Set(asset.id), ..asset::ActiveModel::from(changed).reset_all() }
}
