//! What the public can open of a campaign: articles that are out now, and copies on channels that are confirmed. What was counted and
//! is gone since is in the count of a closed campaign, and nowhere to be read.

use std::cmp::Reverse;
use std::collections::HashMap;

use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use crate::base::{App, time};
use crate::campaigns::counting::{Counts, Item};
use crate::channels::{account, delivery};
use crate::news::article::{self, Language, State};
use crate::reach::watch::channel_name;
use crate::web::Locale;

/// A page shows so many.
pub const ITEMS_MAX: usize = 200;

/// A work that can be opened.
pub struct Out {
    pub title: String,
    pub href: String,
    pub agency: String,
    pub day: String,
    pub machine: String,
    pub channels: String,
}

/// What there is to open of what was counted, the newest first: three statements.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, l: Locale, counts: &Counts) -> Result<Vec<Out>, DbErr> {
    let ids: Vec<Uuid> = counts.counted().map(|item| item.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (articles, copies) = (articles(app, l, &ids).await?, copies(app, l, &ids).await?);
    let mut found: Vec<(&Item, Out)> = Vec::new();
    for item in counts.counted() {
        let Some((title, href)) = articles.get(&item.id).or_else(|| copies.get(&item.id)) else { continue };
        let channels: Vec<String> = item.channels.iter().map(|channel| channel_name(l, channel)).collect();
        let out = Out {
            title: title.clone(),
            href: href.clone(),
            agency: item.agency_name.clone(),
            day: item.out_on.map(time::day).unwrap_or_default(),
            machine: item.out_on.map(|day| day.to_string()).unwrap_or_default(),
            channels: channels.join(", "),
        };
        found.push((item, out));
    }
    found.sort_by_key(|(item, _)| (Reverse(item.out_on), item.id));
    Ok(found.into_iter().map(|(_, out)| out).collect())
}

/// Title and address of each work that is out, in the reader's language where it is.
async fn articles(app: &App, l: Locale, works: &[Uuid]) -> Result<HashMap<Uuid, (String, String)>, DbErr> {
    let rows: Vec<(Uuid, Language, String, String)> = article::Entity::find()
        .select_only()
        .column(article::Column::Work)
        .column(article::Column::Language)
        .column(article::Column::Title)
        .column(article::Column::Slug)
        .filter(article::Column::Work.is_in(works.iter().copied()))
        .filter(article::Column::State.is_in([State::Published, State::Corrected]))
        .into_tuple()
        .all(&app.db)
        .await?;
    let mut found = HashMap::new();
    for (work, language, title, slug) in rows {
        if language == Language::from(l.0) || !found.contains_key(&work) {
            found.insert(work, (title, format!("/tin-tuc/{slug}")));
        }
    }
    Ok(found)
}

/// The first copy of each piece that was written for channels alone: where it is, and its address there. What the desk calls a piece
/// is its own.
async fn copies(app: &App, l: Locale, pieces: &[Uuid]) -> Result<HashMap<Uuid, (String, String)>, DbErr> {
    let rows: Vec<(Uuid, Uuid, String)> = delivery::Entity::find()
        .select_only()
        .column(delivery::Column::Piece)
        .column(delivery::Column::Account)
        .column(delivery::Column::Address)
        .filter(delivery::Column::Piece.is_in(pieces.iter().copied()))
        .filter(delivery::Column::State.eq(delivery::State::Confirmed))
        .into_tuple()
        .all(&app.db)
        .await?;
    let rows: Vec<_> = rows.into_iter().filter(|(_, _, address)| address.starts_with("https://")).collect();
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let accounts: Vec<(Uuid, String)> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .column(account::Column::Platform)
        .filter(account::Column::Id.is_in(rows.iter().map(|(_, account, _)| *account)))
        .into_tuple()
        .all(&app.db)
        .await?;
    let platforms: HashMap<Uuid, String> = accounts.into_iter().collect();
    let mut found = HashMap::new();
    for (piece, account, address) in rows {
        let channel = platforms.get(&account).map(|platform| channel_name(l, platform)).unwrap_or_default();
        found.entry(piece).or_insert_with(|| (l.t1("campaign-public-on", "name", channel), address));
    }
    Ok(found)
}
