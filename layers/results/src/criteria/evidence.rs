//! Evidence of what an agency says of itself: a file of the library, an article, an address elsewhere. It is what the house has already;
//! addresses are asked again like those of answers, and one that opens no more is shown so (scenario C2).

use std::collections::{BTreeSet, HashSet};

use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::edition::Edition;
use super::rights;
use super::set::CriteriaSet;
use super::sheet::Sheet;
use crate::base::{App, By, Fact, Who, new_id};
use crate::duties::{link_check, proof};
use crate::library::reach::Reach;
use crate::library::{Asset, Place, usage};
use crate::news::{Article, article};
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle};

/// Of one criterion.
pub const EVIDENCE_MAX: usize = 12;
const NAME_LETTERS_MAX: usize = 200;

/// What sort of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))", rename_all = "snake_case")]
pub enum Kind {
    Asset,
    Article,
    Link,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "criteria_evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sheet: Uuid,
    /// Of the criterion, bonus or penalty.
    pub code: String,
    pub kind: Kind,
    /// The asset or the article.
    pub target: Option<Uuid>,
    /// What it was called when it was added.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Where the public sees it; empty when nowhere.
    #[sea_orm(column_type = "Text")]
    pub address: String,
    /// Of the asset's bytes, or what the checks of addresses know a link by.
    pub sha256: String,
    pub person: Uuid,
    pub at: DateTimeUtc,
    /// Taken back before it was handed in, or after.
    pub gone_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Evidence = Model;

/// What was meant.
struct Found {
    kind: Kind,
    target: Option<Uuid>,
    name: String,
    address: String,
    sha256: String,
}

fn refused(key: &'static str) -> Error {
    Error::Refused(vec![Obstacle::new(key).at("what")])
}

/// The last part of an address, or what was typed.
fn last(what: &str) -> &str {
    let path = what.trim().split(['?', '#']).next().unwrap_or_default();
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// Reads what was typed: an id or address of the library or the news of this house, or an address elsewhere.
async fn found(app: &App, who: &Who, what: &str) -> Result<Found, Error> {
    let end = last(what);
    if let Ok(id) = end.parse::<Uuid>() {
        let known = Known::now(app).await?;
        let reach = Reach::of(app, who, &known);
        match Asset::find_for(app, &reach, id).await {
            Ok(asset) => {
                return Ok(Found {
                    kind: Kind::Asset,
                    target: Some(id),
                    name: asset.label().to_owned(),
                    address: String::new(),
                    sha256: asset.sha256,
                });
            }
            Err(Error::NotFound | Error::Hidden(_)) => {}
            Err(error) => return Err(error),
        }
    }
    let ours = what.trim().starts_with('/') || what.trim().starts_with(&format!("{}/", app.config.public_url()));
    if let Some(article) = named_article(app, end, ours).await? {
        if !crate::news::rights::sees(who, &article) {
            return Err(refused("criteria-evidence-unknown"));
        }
        let address = if article.state.is_readable() { article.public_path() } else { String::new() };
        return Ok(Found { kind: Kind::Article, target: Some(article.id), name: article.title, address, sha256: String::new() });
    }
    let (address, sha256) = proof::taken(app, what)
        .map_err(|wrong| refused(if wrong.key == proof::INSIDE { proof::INSIDE } else { "criteria-evidence-unknown" }))?;
    let name = address.chars().take(NAME_LETTERS_MAX).collect();
    Ok(Found { kind: Kind::Link, target: None, name, address, sha256 })
}

async fn named_article(app: &App, end: &str, ours: bool) -> Result<Option<Article>, DbErr> {
    match end.parse::<Uuid>() {
        Ok(id) => article::Entity::find_by_id(id).one(&app.db).await,
        Err(_) if ours => article::Entity::find().filter(article::Column::Slug.eq(end)).one(&app.db).await,
        Err(_) => Ok(None),
    }
}

impl Model {
    /// Those of a sheet that hold, the first first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, sheets: &[Uuid]) -> Result<Vec<Self>, DbErr> {
        if sheets.is_empty() {
            return Ok(Vec::new());
        }
        let holding = Entity::find().filter(Column::Sheet.is_in(sheets.iter().copied())).filter(Column::GoneAt.is_null());
        holding.order_by_asc(Column::At).order_by_asc(Column::Id).all(on).await
    }

    /// The codes that have some.
    ///
    /// # Errors
    /// The database failed.
    pub async fn proved(on: &impl ConnectionTrait, sheet: Uuid) -> Result<HashSet<String>, DbErr> {
        Ok(Self::of(on, &[sheet]).await?.into_iter().map(|one| one.code).collect())
    }

    /// Where the desk opens it.
    #[must_use]
    pub fn href(&self) -> String {
        match (self.kind, self.target) {
            (Kind::Asset, Some(id)) => Asset::desk_path(id),
            (Kind::Article, Some(id)) => Article::desk_path(id),
            _ => self.address.clone(),
        }
    }

    /// Adds evidence to a criterion. The same twice is kept once.
    ///
    /// # Errors
    /// Hidden from others; refused with the reason; or the database failed.
    pub async fn add(app: &App, who: &Who, of: (&CriteriaSet, &Sheet), code: &str, what: &str) -> Result<(), Error> {
        let (set, sheet) = of;
        writable(app, who, set, sheet)?;
        let tree = Edition::numbered(&app.db, set.id, sheet.edition).await?.set()?;
        if tree.criterion(code).is_none() && tree.extra_of(code).is_none() {
            return Err(Error::NotFound);
        }
        let found = found(app, who, what).await?;
        let transaction = app.begin().await?;
        one_at_a_time(&transaction, sheet).await?;
        let there = Self::of(&transaction, &[sheet.id]).await?;
        let here: Vec<&Self> = there.iter().filter(|one| one.code == code).collect();
        if here.iter().any(|one| one.target == found.target && one.address == found.address) {
            return Ok(());
        }
        if here.len() >= EVIDENCE_MAX {
            return Err(Error::Refused(vec![Obstacle::new("criteria-evidence-many").with("n", EVIDENCE_MAX).at("what")]));
        }
        let name = found.name.clone();
        if found.kind == Kind::Link {
            link_check::watch(app, &transaction, &found.sha256, &found.address).await?;
        }
        let row = row(app, who, sheet, code, found);
        let assets: Vec<Uuid> =
            there.iter().chain([&row]).filter(|one| one.kind == Kind::Asset).filter_map(|one| one.target).collect();
        Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        used(app, &transaction, who, of, assets).await?;
        let fact = Fact::CriteriaEvidenceAdded { name: sheet.name.clone(), code: code.to_owned(), what: name };
        app.record(&transaction, sheet.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes evidence back.
    ///
    /// # Errors
    /// Hidden from others; not found; refused when the time is over; or the database failed.
    pub async fn take_back(app: &App, who: &Who, of: (&CriteriaSet, &Sheet), id: Uuid) -> Result<(), Error> {
        let (set, sheet) = of;
        writable(app, who, set, sheet)?;
        let transaction = app.begin().await?;
        one_at_a_time(&transaction, sheet).await?;
        let there = Self::of(&transaction, &[sheet.id]).await?;
        let gone = there.iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
        let done = Entity::update_many()
            .col_expr(Column::GoneAt, Expr::value(app.clock.now()))
            .filter(Column::Id.eq(id))
            .filter(Column::GoneAt.is_null())
            .exec(&transaction)
            .await?;
        if done.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let left = there.iter().filter(|one| one.id != id && one.kind == Kind::Asset);
        used(app, &transaction, who, of, left.filter_map(|one| one.target).collect()).await?;
        let fact = Fact::CriteriaEvidenceRemoved { name: sheet.name.clone(), code: gone.code.clone(), what: gone.name.clone() };
        app.record(&transaction, sheet.id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// Of two presses in the same instant the second sees the first.
async fn one_at_a_time(on: &impl ConnectionTrait, sheet: &Sheet) -> Result<(), DbErr> {
    super::sheet::Entity::find_by_id(sheet.id).lock_exclusive().one(on).await.map(|_| ())
}

fn row(app: &App, who: &Who, sheet: &Sheet, code: &str, found: Found) -> Evidence {
    Evidence {
        id: new_id(),
        sheet: sheet.id,
        code: code.to_owned(),
        kind: found.kind,
        target: found.target,
        name: found.name,
        address: found.address,
        sha256: found.sha256,
        person: who.person,
        at: app.clock.now(),
        gone_at: None,
    }
}

fn writable(app: &App, who: &Who, set: &CriteriaSet, sheet: &Sheet) -> Result<(), Error> {
    if !rights::scores(who, sheet.agency) {
        return Err(Error::Hidden(sheet.id));
    }
    if set.takes_scores(app) { Ok(()) } else { Err(Error::refused("criteria-not-scoring")) }
}

/// Says what of the library the sheet uses now, so that nobody deletes it.
async fn used(
    app: &App,
    on: &impl ConnectionTrait,
    who: &Who,
    (set, sheet): (&CriteriaSet, &Sheet),
    assets: Vec<Uuid>,
) -> Result<(), Error> {
    let assets: Vec<Uuid> = assets.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    let place = Place {
        kind: "criteria",
        about: sheet.id,
        title: format!("{} · {}", set.title, sheet.name),
        href: Sheet::path(sheet.id),
        public: false,
    };
    usage::settle(app, on, &place, &assets, &By::from(who)).await
}
