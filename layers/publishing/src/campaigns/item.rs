//! What a campaign claims: an article with its translation, or a piece that was written for channels alone. A work counts for one
//! campaign in the province; who claims it second is told for which it counts already.

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, SqlErr};

use super::campaign::{self, Campaign, State};
use super::{member, rights};
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::channels::{Piece, piece};
use crate::news::kind::Tag;
use crate::news::{Article, article};
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle};

/// So many of one campaign.
const ITEMS_MAX: u64 = 2_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))", rename_all = "snake_case")]
pub enum Kind {
    /// `item` is the work: the same for an article and its translation.
    Article,
    Piece,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub item: Uuid,
    pub kind: Kind,
    pub campaign: Uuid,
    pub agency: Uuid,
    /// Its name on the day of the claim.
    #[sea_orm(column_type = "Text")]
    pub agency_name: String,
    /// Of a piece, which has no tags of its own; an article's are news'.
    #[sea_orm(column_type = "Text")]
    pub audiences: String,
    #[sea_orm(column_type = "Text")]
    pub messages: String,
    pub claimed_by: Uuid,
    pub claimed_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Item = Model;

/// What somebody wants to claim.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// An id, or an address of the desk or the portal that ends with one or with a slug.
    pub what: String,
    /// For a piece: to whom it says what.
    pub audiences: Vec<String>,
    pub messages: Vec<String>,
}

/// What was meant.
enum Found {
    Article(Box<Article>),
    Piece(Box<Piece>),
}

impl Model {
    /// Those of a campaign, as they were claimed.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, campaign: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Campaign.eq(campaign)).order_by_asc(Column::Id).all(on).await
    }
}

fn refused(key: &'static str) -> Error {
    Error::Refused(vec![Obstacle::new(key).at("what")])
}

/// Reads what was typed or picked.
async fn found(app: &App, what: &str) -> Result<Found, Error> {
    let last = what.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let last = last.split(['?', '#']).next().unwrap_or_default();
    let article = match last.parse::<Uuid>() {
        Ok(id) => {
            if let Some(piece) = piece::Entity::find_by_id(id).one(&app.db).await? {
                // A piece of an article is a copy of it: the article counts.
                let Some(article) = piece.article else { return Ok(Found::Piece(Box::new(piece))) };
                article::Entity::find_by_id(article).one(&app.db).await?
            } else {
                article::Entity::find_by_id(id).one(&app.db).await?
            }
        }
        Err(_) => article::Entity::find().filter(article::Column::Slug.eq(last)).one(&app.db).await?,
    };
    article.map(|article| Found::Article(Box::new(article))).ok_or_else(|| refused("campaign-item-unknown"))
}

/// Claims one thing for a campaign.
///
/// # Errors
/// Forbidden; refused with the reason, which names the campaign that has it; or the database failed.
pub async fn claim(app: &App, who: &Who, campaign: &Campaign, wanted: &Wanted) -> Result<(), Error> {
    if campaign.state != State::Running {
        return Err(refused("campaign-not-running"));
    }
    let found = found(app, &wanted.what).await?;
    let (item, kind, agency, title) = match &found {
        Found::Article(article) => (article.work, Kind::Article, article.agency, article.title.clone()),
        Found::Piece(piece) => (piece.id, Kind::Piece, piece.agency, piece.title.clone()),
    };
    // What is another's draft does not exist.
    let seen = match &found {
        Found::Article(article) => crate::news::rights::sees(who, article),
        Found::Piece(piece) => crate::channels::rights::sees(who, piece.agency),
    };
    if !seen {
        return Err(refused("campaign-item-unknown"));
    }
    rights::require(rights::writes_for(who, agency) || rights::writes(who, campaign.agency))?;
    let (known, today) = (Known::now(app).await?, time::local_date(app.clock.now()));
    let mut members = member::Model::of(&app.db, campaign.id).await?;
    members.retain(|member| member.left_on.is_none());
    if agency != campaign.agency && member::counts_for(&members, &known, agency, today).is_none() {
        return Err(refused("campaign-item-outsider"));
    }
    let (audiences, messages) = match &found {
        Found::Article(_) => (Vec::new(), Vec::new()),
        Found::Piece(_) => (Tag::known(Tag::audiences(), &wanted.audiences), Tag::known(Tag::messages(), &wanted.messages)),
    };
    if kind == Kind::Piece && (audiences.is_empty() || messages.is_empty()) {
        return Err(refused("campaign-piece-needs-tags"));
    }
    let row = Model {
        id: new_id(),
        item,
        kind,
        campaign: campaign.id,
        agency,
        agency_name: known.get(&agency).map(|body| body.name.clone()).unwrap_or_default(),
        audiences: serde_json::to_string(&audiences)?,
        messages: serde_json::to_string(&messages)?,
        claimed_by: who.person,
        claimed_at: app.clock.now(),
    };
    put(app, who, campaign, row, title).await
}

async fn put(app: &App, who: &Who, campaign: &Campaign, row: Model, title: String) -> Result<(), Error> {
    let item = row.item;
    taken(app, campaign, item).await?;
    let transaction = app.begin().await?;
    // Closing reads and writes the same row: nothing is claimed behind a frozen count.
    super::moving::touch(app, &transaction, campaign).await?;
    if Entity::find().filter(Column::Campaign.eq(campaign.id)).count(&transaction).await? >= ITEMS_MAX {
        return Err(refused("campaign-items-many"));
    }
    if let Err(error) = Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await {
        if !matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) {
            return Err(error.into());
        }
        drop(transaction);
        taken(app, campaign, item).await?;
        return Err(Error::Stale);
    }
    let fact = Fact::CampaignItemClaimed { title: campaign.title.clone(), item: title };
    app.record(&transaction, campaign.id, fact, &By::from(who)).await?;
    app.commit(transaction).await?;
    Ok(())
}

/// Refuses what counts for another already, and says for which; what this one has is no mistake to claim again.
async fn taken(app: &App, campaign: &Campaign, item: Uuid) -> Result<(), Error> {
    let Some(there) = Entity::find().filter(Column::Item.eq(item)).one(&app.db).await? else { return Ok(()) };
    if there.campaign == campaign.id {
        return Err(refused("campaign-item-there"));
    }
    let other = campaign::Entity::find_by_id(there.campaign).one(&app.db).await?;
    let name = other.map(|other| other.title).unwrap_or_default();
    let obstacle = Obstacle::new("campaign-item-claimed").with("name", name).with("path", Campaign::path(there.campaign));
    Err(Error::Refused(vec![obstacle.at("what")]))
}

/// Lets one go, so that it may count elsewhere.
///
/// # Errors
/// Forbidden; refused when the count is frozen; or the database failed.
pub async fn release(app: &App, who: &Who, campaign: &Campaign, id: Uuid) -> Result<(), Error> {
    let of = Entity::find_by_id(id).filter(Column::Campaign.eq(campaign.id));
    let there = of.one(&app.db).await?.ok_or(Error::NotFound)?;
    rights::require(rights::writes_for(who, there.agency) || rights::writes(who, campaign.agency))?;
    if campaign.state != State::Running {
        return Err(refused("campaign-not-running"));
    }
    let transaction = app.begin().await?;
    super::moving::touch(app, &transaction, campaign).await?;
    let done = Entity::delete_by_id(id).exec(&transaction).await?;
    if done.rows_affected == 0 {
        return Err(Error::Stale);
    }
    let item = match there.kind {
        Kind::Article => {
            let of = article::Entity::find().filter(article::Column::Work.eq(there.item));
            of.one(&transaction).await?.map(|article| article.title)
        }
        Kind::Piece => piece::Entity::find_by_id(there.item).one(&transaction).await?.map(|piece| piece.title),
    };
    let fact = Fact::CampaignItemReleased { title: campaign.title.clone(), item: item.unwrap_or_default() };
    app.record(&transaction, campaign.id, fact, &By::from(who)).await?;
    app.commit(transaction).await?;
    Ok(())
}
