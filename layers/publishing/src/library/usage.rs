//! Where assets are used. A place that is saved says, in the same transaction, all that it uses now; what it needs not be asked
//! is whether the asset may be used: that is checked here.

use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::asset::{self, Asset};
use crate::base::{App, By, Fact, new_id};
use crate::web::{Error, Obstacle};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "library_use")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub asset: Uuid,
    /// What kind of place, e.g. `article`.
    pub kind: String,
    /// The id of the place.
    pub about: Uuid,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Where the desk works on the place.
    #[sea_orm(column_type = "Text")]
    pub href: String,
    /// Anybody sees the place, so anybody may fetch the asset.
    pub public: bool,
    pub at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Use = Model;

/// A place that uses assets, e.g. an article.
#[derive(Clone, Debug)]
pub struct Place {
    pub kind: &'static str,
    pub about: Uuid,
    pub title: String,
    pub href: String,
    pub public: bool,
}

impl Model {
    /// Where an asset is used, the newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, asset: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Asset.eq(asset)).order_by_desc(Column::At).order_by_desc(Column::Id).all(on).await
    }

    /// What a place uses.
    ///
    /// # Errors
    /// The database failed.
    pub async fn at(on: &impl ConnectionTrait, kind: &str, about: Uuid) -> Result<Vec<Self>, DbErr> {
        Entity::find().filter(Column::Kind.eq(kind)).filter(Column::About.eq(about)).all(on).await
    }
}

/// Says what a place uses now, as a whole: what is new is noted, what is used no more is let go. Call it in the transaction that
/// saves the place; with nothing when the place goes.
///
/// # Errors
/// [`Error::Refused`] with each asset that may not be used and why, or the database failed; do not commit then.
pub async fn settle(app: &App, on: &impl ConnectionTrait, place: &Place, assets: &[Uuid], by: &By) -> Result<(), Error> {
    let there = Use::at(on, place.kind, place.about).await?;
    let fresh: Vec<Uuid> = assets.iter().copied().filter(|id| !there.iter().any(|one| one.asset == *id)).collect();
    let gone: Vec<&Use> = there.iter().filter(|one| !assets.contains(&one.asset)).collect();
    if there.iter().any(|one| one.title != place.title || one.href != place.href || one.public != place.public) {
        let named = ActiveModel {
            title: Set(place.title.clone()),
            href: Set(place.href.clone()),
            public: Set(place.public),
            ..Default::default()
        };
        let same = Entity::update_many().set(named).filter(Column::Kind.eq(place.kind)).filter(Column::About.eq(place.about));
        same.exec(on).await?;
    }
    begin(app, on, place, &fresh, by).await?;
    end(app, on, place, &gone, by).await
}

/// Holds the assets, so that nobody deletes them meanwhile, and notes the uses.
async fn begin(app: &App, on: &impl ConnectionTrait, place: &Place, fresh: &[Uuid], by: &By) -> Result<(), Error> {
    if fresh.is_empty() {
        return Ok(());
    }
    let hold = asset::Entity::update_many().col_expr(asset::Column::Version, Expr::col(asset::Column::Version));
    hold.filter(asset::Column::Id.is_in(fresh.iter().copied())).exec(on).await?;
    let found = asset::Entity::find().filter(asset::Column::Id.is_in(fresh.iter().copied())).all(on).await?;
    let mut obstacles: Vec<Obstacle> = found.iter().flat_map(named_obstacles).collect();
    if found.len() < fresh.len() {
        obstacles.push(Obstacle::new("asset-obstacle-none"));
    }
    if !obstacles.is_empty() {
        return Err(Error::Refused(obstacles));
    }
    let now = app.clock.now();
    let rows = found.iter().map(|asset| {
        ActiveModel::from(Model {
            id: new_id(),
            asset: asset.id,
            kind: place.kind.into(),
            about: place.about,
            title: place.title.clone(),
            href: place.href.clone(),
            public: place.public,
            at: now,
        })
    });
    Entity::insert_many(rows).exec_without_returning(on).await?;
    for asset in &found {
        let fact = Fact::AssetUsed { name: asset.label().to_owned(), place: place.title.clone() };
        app.record(on, asset.id, fact, by).await?;
    }
    Ok(())
}

/// Each obstacle with the name of the asset: a text may use many.
fn named_obstacles(asset: &Asset) -> Vec<Obstacle> {
    asset.obstacles_to_use().into_iter().map(|one| one.with("name", asset.label()).at("")).collect()
}

async fn end(app: &App, on: &impl ConnectionTrait, place: &Place, gone: &[&Use], by: &By) -> Result<(), Error> {
    if gone.is_empty() {
        return Ok(());
    }
    Entity::delete_many().filter(Column::Id.is_in(gone.iter().map(|one| one.id))).exec(on).await?;
    let names = asset::Entity::find().filter(asset::Column::Id.is_in(gone.iter().map(|one| one.asset))).all(on).await?;
    for asset in names {
        let fact = Fact::AssetReleased { name: asset.label().to_owned(), place: place.title.clone() };
        app.record(on, asset.id, fact, by).await?;
    }
    Ok(())
}
