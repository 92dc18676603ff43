//! A watch: one copy whose figures are asked for, or one article of which the product counts something itself. Its id is the
//! delivery's, or the article's, so it is begun once however often it is told.

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{Condition, QueryOrder, QuerySelect, QueryTrait};

use super::schedule;
use crate::base::{App, Chore};
use crate::channels::delivery::{self, Delivery};
use crate::channels::{Account, Piece, account, piece};
use crate::news::article::{self, Article};
use crate::web::Error;

const SWEEP_EVERY_S: i64 = 3_600;
/// Rows that one sweep begins.
const SWEEP: u64 = 500;

/// What is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))", rename_all = "snake_case")]
pub enum Kind {
    /// A copy on a platform.
    Delivery,
    /// What the product counts itself of an article.
    Article,
}

/// Why nothing is asked any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))", rename_all = "snake_case")]
pub enum Ended {
    #[default]
    #[sea_orm(string_value = "")]
    No,
    /// Half a year is over.
    Over,
    /// It is out no more.
    NotOut,
    /// The platform gives no figures.
    None,
    /// The platform's id of it is not known.
    NoId,
}

impl Ended {
    /// The Fluent key of its words.
    #[must_use]
    pub fn key(self) -> String {
        format!("reach-ended-{}", self.to_value().replace('_', "-"))
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reach_watch")]
pub struct Model {
    /// The delivery's, or the article's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: Kind,
    /// The article, or the piece where it was written for channels alone.
    pub subject: Uuid,
    pub agency: Uuid,
    pub account: Option<Uuid>,
    /// As in [`crate::base::copies::Copy::channel`]; of an article empty, its counts name theirs.
    pub channel: String,
    /// How the place is called, as it was then.
    #[sea_orm(column_type = "Text")]
    pub place: String,
    pub out_at: DateTimeUtc,
    /// None when it is over.
    pub next_at: Option<DateTimeUtc>,
    pub leased_until: Option<DateTimeUtc>,
    /// When somebody was last asked.
    pub asked_at: Option<DateTimeUtc>,
    /// When that last brought figures.
    pub read_at: Option<DateTimeUtc>,
    /// In a row.
    pub failures: i32,
    pub ended: Ended,
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The noun itself.
pub type Watch = Model;

impl Model {
    /// Whether it is of what the product counts itself.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.kind == Kind::Article
    }

    /// Those of a subject, the oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(on: &impl ConnectionTrait, subject: Uuid) -> Result<Vec<Self>, DbErr> {
        let of = Entity::find().filter(Column::Subject.eq(subject));
        of.order_by_asc(Column::OutAt).order_by_asc(Column::Id).all(on).await
    }

    /// Takes it for so long, so that nobody else asks the same; None when somebody was quicker. // recorded by nobody: a lease
    ///
    /// # Errors
    /// The database failed.
    pub async fn taken(self, app: &App, for_s: i64) -> Result<Option<Self>, DbErr> {
        let now = app.clock.now();
        let until = now + TimeDelta::seconds(for_s);
        let done = Entity::update_many()
            .col_expr(Column::LeasedUntil, Expr::value(until))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(self.version))
            .filter(unleased(now))
            .exec(&app.db)
            .await?;
        Ok((done.rows_affected > 0).then_some(Self { leased_until: Some(until), version: self.version + 1, ..self }))
    }

    /// Gives it back, to be asked for at that time. // recorded by nobody: a lease
    ///
    /// # Errors
    /// The database failed.
    pub async fn postponed(&self, app: &App, to: DateTimeUtc) -> Result<(), DbErr> {
        Entity::update_many()
            .col_expr(Column::LeasedUntil, Expr::value(Option::<DateTimeUtc>::None))
            .col_expr(Column::NextAt, Expr::value(to))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.eq(self.id))
            .filter(Column::Version.eq(self.version))
            .exec(&app.db)
            .await
            .map(|_| ())
    }
}

/// Due by then, and nobody's.
#[must_use]
pub fn due(now: DateTimeUtc) -> Condition {
    Condition::all().add(Column::NextAt.lte(now)).add(unleased(now))
}

fn unleased(now: DateTimeUtc) -> Condition {
    Condition::any().add(Column::LeasedUntil.is_null()).add(Column::LeasedUntil.lt(now))
}

/// A copy of this piece was confirmed: all that are not watched yet are from now on.
///
/// # Errors
/// The database failed.
pub async fn piece_confirmed(app: &App, piece: Uuid) -> anyhow::Result<()> {
    let rows = delivery::Entity::find().filter(delivery::Column::Piece.eq(piece)).filter(confirmed()).all(&app.db).await?;
    begin(app, rows).await.map_err(whole)
}

/// An article is out: what is counted of it is read from now on.
///
/// # Errors
/// The database failed.
pub async fn article_published(app: &App, article: Uuid) -> anyhow::Result<()> {
    match Article::find(&app.db, article).await {
        Ok(article) => put(app, of_article(app, &article).into_iter().collect()).await.map_err(Into::into),
        Err(Error::NotFound) => Ok(()),
        Err(error) => Err(whole(error)),
    }
}

/// Copies that are out. A broadcast leads to one, and has no figures of its own.
fn confirmed() -> Condition {
    let out = Condition::all().add(delivery::Column::State.eq(delivery::State::Confirmed));
    out.add(delivery::Column::Part.eq(delivery::Part::Whole))
}

async fn begin(app: &App, rows: Vec<Delivery>) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let pieces = piece::Entity::find().filter(piece::Column::Id.is_in(rows.iter().map(|row| row.piece))).all(&app.db).await?;
    let accounts = account::Entity::find().filter(account::Column::Id.is_in(rows.iter().map(|row| row.account)));
    let accounts = accounts.all(&app.db).await?;
    let watch = |row: &Delivery| {
        let piece: &Piece = pieces.iter().find(|one| one.id == row.piece)?;
        let account: &Account = accounts.iter().find(|one| one.id == row.account)?;
        let out_at = row.settled_at.or(row.sent_at)?;
        Some(Watch {
            id: row.id,
            kind: Kind::Delivery,
            subject: piece.article.unwrap_or(piece.id),
            agency: row.agency,
            account: Some(row.account),
            channel: account.platform.clone(),
            place: account.name.clone(),
            ..blank(app, out_at, false)
        })
    };
    put(app, rows.iter().filter_map(watch).collect()).await.map_err(Into::into)
}

fn of_article(app: &App, article: &Article) -> Option<Watch> {
    let out_at = article.published_at?;
    Some(Watch { id: article.id, kind: Kind::Article, subject: article.id, agency: article.agency, ..blank(app, out_at, true) })
}

fn blank(app: &App, out_at: DateTimeUtc, own: bool) -> Watch {
    Watch {
        id: Uuid::nil(),
        kind: Kind::Article,
        subject: Uuid::nil(),
        agency: Uuid::nil(),
        account: None,
        channel: String::new(),
        place: String::new(),
        out_at,
        next_at: schedule::next(out_at, app.clock.now(), own),
        leased_until: None,
        asked_at: None,
        read_at: None,
        failures: 0,
        ended: Ended::No,
        version: 1,
    }
}

/// Writes those that are not there. // recorded by the fact that it answers
async fn put(app: &App, watches: Vec<Watch>) -> Result<(), DbErr> {
    if watches.is_empty() {
        return Ok(());
    }
    let once = OnConflict::column(Column::Id).do_nothing().to_owned();
    let rows = watches.into_iter().map(ActiveModel::from);
    Entity::insert_many(rows).on_conflict(once).exec_without_returning(&app.db).await.map(|_| ())
}

/// Watches what no fact told of: copies from before there were watches, articles that were imported.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "reach-watches", every_s: SWEEP_EVERY_S, work: |app| Box::pin(async move { sweep(app).await.map_err(whole) }) }
}

/// What went wrong, for the chore's row.
pub(super) fn whole(error: Error) -> anyhow::Error {
    match error {
        Error::Internal(error) => error,
        other => anyhow::anyhow!("{other:?}"),
    }
}

/// # Errors
/// The database failed.
pub async fn sweep(app: &App) -> Result<(), Error> {
    let since = app.clock.now() - TimeDelta::days(schedule::DAYS);
    let watched = || Entity::find().select_only().column(Column::Id).into_query();
    let rows = delivery::Entity::find()
        .filter(confirmed())
        .filter(delivery::Column::SettledAt.gte(since))
        .filter(delivery::Column::Id.not_in_subquery(watched()))
        .limit(SWEEP);
    begin(app, rows.all(&app.db).await?).await?;
    let out = [article::State::Published, article::State::Corrected];
    let articles = article::Entity::find()
        .filter(article::Column::State.is_in(out))
        .filter(article::Column::PublishedAt.gte(since))
        .filter(article::Column::Id.not_in_subquery(watched()))
        .limit(SWEEP);
    let articles = articles.all(&app.db).await?;
    put(app, articles.iter().filter_map(|one| of_article(app, one)).collect()).await?;
    Ok(())
}

/// The name of a channel: as [`crate::base::copies::Copy::channel`] has it where there is a word, else the platform's brand.
#[must_use]
pub fn channel_name(l: crate::web::Locale, channel: &str) -> String {
    let key = format!("copy-channel-{channel}");
    if l.has(&key) {
        return l.t(&key);
    }
    let brand = crate::channels::platform::Platform::of_code(channel).map(|platform| platform.brand.to_owned());
    brand.unwrap_or_else(|| channel.to_owned())
}
