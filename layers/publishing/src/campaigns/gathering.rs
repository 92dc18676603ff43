//! Reading what a campaign's count is made of: nine statements, however much was claimed.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::campaign::{Campaign, PORTAL};
use super::counting::{Counts, Item, Standing};
use super::item::{self, Kind};
use super::member::{self, Member};
use crate::base::{App, time};
use crate::channels::delivery::{self, Delivery};
use crate::channels::{Account, Piece, account, piece};
use crate::news::{Article, article};
use crate::people::agency::brief::Known;
use crate::reach::latest::{self, Latest};
use crate::reach::watch::{self, Watch};
use crate::web::Result;

/// Everything that was claimed, as it stands.
struct Ground {
    articles: Vec<Article>,
    pieces: Vec<Piece>,
    deliveries: Vec<Delivery>,
    accounts: HashMap<Uuid, Account>,
    latest: Vec<Latest>,
    watches: Vec<Watch>,
}

impl Ground {
    async fn of(app: &App, items: &[item::Item]) -> Result<Self> {
        let ids = |kind: Kind| items.iter().filter(move |one| one.kind == kind).map(|one| one.item);
        let articles = article::Entity::find().filter(article::Column::Work.is_in(ids(Kind::Article))).all(&app.db).await?;
        let of_articles = piece::Column::Article.is_in(articles.iter().map(|article| article.id));
        let either = sea_orm::Condition::any().add(of_articles).add(piece::Column::Id.is_in(ids(Kind::Piece)));
        let pieces = piece::Entity::find().filter(either).all(&app.db).await?;
        let deliveries = delivery::Entity::find()
            .filter(delivery::Column::Piece.is_in(pieces.iter().map(|piece| piece.id)))
            .filter(delivery::Column::State.eq(delivery::State::Confirmed))
            .filter(delivery::Column::Part.eq(delivery::Part::Whole))
            .all(&app.db)
            .await?;
        let accounts = account::Entity::find().filter(account::Column::Id.is_in(deliveries.iter().map(|one| one.account)));
        let subjects: Vec<Uuid> = articles.iter().map(|one| one.id).chain(ids(Kind::Piece)).collect();
        let watches = watch::Entity::find().filter(watch::Column::Subject.is_in(subjects.iter().copied()));
        Ok(Self {
            accounts: accounts.all(&app.db).await?.into_iter().map(|account| (account.id, account)).collect(),
            latest: Latest::of(&app.db, &subjects).await?,
            watches: watches.all(&app.db).await?,
            articles,
            pieces,
            deliveries,
        })
    }

    /// The subjects of figures that belong to an item.
    fn subjects(&self, row: &item::Item) -> Vec<Uuid> {
        match row.kind {
            Kind::Article => self.articles.iter().filter(|one| one.work == row.item).map(|one| one.id).collect(),
            Kind::Piece => vec![row.item],
        }
    }

    /// Copies that came out in time, each with its channel.
    fn copies(&self, campaign: &Campaign, subjects: &[Uuid]) -> Vec<(NaiveDate, &str)> {
        let of = |piece: &Piece| subjects.contains(&piece.article.unwrap_or(piece.id));
        let pieces: Vec<Uuid> = self.pieces.iter().filter(|piece| of(piece)).map(|piece| piece.id).collect();
        let out = self.deliveries.iter().filter(|row| pieces.contains(&row.piece)).filter_map(|row| {
            let day = time::local_date(row.settled_at?);
            Some((day, self.accounts.get(&row.account)?.platform.as_str()))
        });
        out.filter(|(day, _)| campaign.holds(*day)).collect()
    }
}

/// Counts a campaign as it stands now.
///
/// # Errors
/// The database failed.
pub async fn counts(app: &App, campaign: &Campaign, members: &[Member], known: &Known) -> Result<Counts> {
    let rows = item::Item::of(&app.db, campaign.id).await?;
    let ground = Ground::of(app, &rows).await?;
    let mut items: Vec<Item> = rows.iter().map(|row| counted(campaign, row, &ground, members, known)).collect();
    items.sort_by_key(|item| item.id);
    Ok(Counts { audiences: campaign.audiences(), messages: campaign.messages(), channels: campaign.channels(), items })
}

fn list(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_default()
}

/// The tags of a work: those of the article and its translation, or those that a piece was claimed with.
fn tags(siblings: &[&Article], of: fn(&Article) -> Vec<String>, own: &str) -> Vec<String> {
    let mut all: Vec<String> = siblings.iter().flat_map(|one| of(one)).chain(list(own)).collect();
    all.sort();
    all.dedup();
    all
}

fn counted(campaign: &Campaign, row: &item::Item, ground: &Ground, members: &[Member], known: &Known) -> Item {
    let subjects = ground.subjects(row);
    let siblings: Vec<&Article> = ground.articles.iter().filter(|one| one.work == row.item).collect();
    let public: Vec<&&Article> = siblings.iter().filter(|one| one.state.is_public()).collect();
    let copies = ground.copies(campaign, &subjects);
    let published = public.iter().filter_map(|one| one.published_at).map(time::local_date).min();
    let out_on = match row.kind {
        Kind::Article => published,
        // Confirmed copies outside the days are no copies of the campaign.
        Kind::Piece => ground.first_copy(row.item),
    };
    let standing = match out_on {
        None => Standing::NotOut,
        Some(day) if campaign.holds(day) => Standing::Counted,
        Some(_) => Standing::Outside,
    };
    let on_portal = (row.kind == Kind::Article && !public.is_empty()).then_some(PORTAL);
    let mut channels: Vec<String> = copies.iter().map(|(_, channel)| *channel).chain(on_portal).map(str::to_owned).collect();
    let number = channels.len();
    channels.sort();
    channels.dedup();
    let figures = ground.latest.iter().filter(|one| subjects.contains(&one.subject));
    let watched = ground.watches.iter().filter(|one| subjects.contains(&one.subject) && !one.is_own()).map(|one| one.id);
    let range = latest::extent(figures, watched);
    let shown = public.first().copied().or(siblings.first());
    let piece = ground.pieces.iter().find(|piece| piece.id == row.item);
    let title = shown.map(|one| one.title.clone()).or_else(|| piece.map(|one| one.title.clone())).unwrap_or_default();
    let day = out_on.unwrap_or_else(|| time::local_date(row.claimed_at));
    Item {
        id: row.item,
        title,
        href: shown.map_or_else(|| Piece::path(row.item), |one| Article::desk_path(one.id)),
        article: shown.map(|one| one.id),
        agency: row.agency,
        agency_name: row.agency_name.clone(),
        member: member::counts_for(members, known, row.agency, day),
        out_on,
        standing,
        audiences: tags(&siblings, Article::audiences, &row.audiences),
        messages: tags(&siblings, Article::messages, &row.messages),
        channels,
        copies: number,
        low: range.low,
        high: range.high,
        silent: range.silent,
    }
}

impl Ground {
    fn first_copy(&self, piece: Uuid) -> Option<NaiveDate> {
        let of = self.deliveries.iter().filter(|row| row.piece == piece);
        of.filter_map(|row| row.settled_at).map(time::local_date).min()
    }
}
