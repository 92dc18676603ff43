//! Writing a piece: beginning it, mostly from an article; its title, time and channels; the words of each variant.

use chrono::{DateTime, Utc};
use sea_orm::QueryOrder;
use sea_orm::entity::prelude::*;

use super::{Entity, Piece, State};
use crate::base::{App, By, Fact, Who};
use crate::channels::account::{self, Account};
use crate::channels::broadcasting;
use crate::channels::delivery::{self, Delivery, Origin};
use crate::channels::platform::zns;
use crate::channels::rights::{self, Verb};
use crate::channels::speaking;
use crate::channels::suggesting::{self, Source};
use crate::library::asset::{self, Kind};
use crate::library::reach::Reach;
use crate::news::{Article, view};
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle};

pub const TITLE_LETTERS_MAX: usize = 300;
/// Longer than any platform takes; what each takes is looked at by [`crate::channels::preflight`].
pub const TEXT_LETTERS_MAX: usize = 70_000;
const LINK_LETTERS_MAX: usize = 2_000;

/// A piece as it is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub article: Option<Uuid>,
    pub title: String,
    /// As typed: a minute of Vietnam, or empty for at once.
    pub due: String,
    pub accounts: Vec<Uuid>,
}

/// A variant as it is typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub title: String,
    pub text: String,
    pub link: String,
    pub media: Vec<Uuid>,
    /// Whether the article is sent to those who follow the account, once it is out.
    pub broadcast: bool,
}

impl Piece {
    /// Begins a piece with a suggested variant for each account.
    ///
    /// # Errors
    /// Forbidden to who writes for no agency; refused with each obstacle at its field; or the database failed.
    pub async fn begin(app: &App, who: &Who, wanted: &Wanted) -> Result<Uuid, Error> {
        let agency = rights::own_agency(who)?;
        rights::require(who, Verb::Write, agency)?;
        let article = match wanted.article {
            Some(id) => Some(Article::find_for(app, who, id).await?),
            None => None,
        };
        let known = Account::of(&app.db, Some(agency)).await?;
        let now = app.clock.now();
        let (title, due_at, accounts) = read(wanted, &known, now)?;
        let piece = Self {
            title,
            due_at,
            article: article.as_ref().map(|one| one.id),
            revision: article.as_ref().map(|one| one.published_revision.unwrap_or(one.revision)),
            ..Self::blank(agency, who.person, now)
        };
        let source = source(app, article.as_ref()).await?;
        let rows = accounts.iter().map(|account| suggested(&piece, account, &source).into());
        let rows: Vec<delivery::ActiveModel> = rows.collect();
        let transaction = app.begin().await?;
        Entity::insert(super::ActiveModel::from(piece.clone())).exec_without_returning(&transaction).await?;
        delivery::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
        app.record(&transaction, piece.id, Fact::PieceDrafted { title: piece.title }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(piece.id)
    }

    /// Changes title, time and channels of a draft. A channel that is new gets a suggestion; one that is left out loses its words.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; stale when it is no draft or somebody was quicker; or the
    /// database failed.
    pub async fn change(app: &App, who: &Who, id: Uuid, wanted: &Wanted, seen: i32) -> Result<(), Error> {
        let before = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Write, before.agency)?;
        if before.version != seen || before.state != State::Draft {
            return Err(Error::Stale);
        }
        let now = app.clock.now();
        let known = Account::of(&app.db, Some(before.agency)).await?;
        let (title, due_at, accounts) = read(wanted, &known, now)?;
        let article = match before.article {
            Some(article) => Article::find(&app.db, article).await.ok(),
            None => None,
        };
        let source = source(app, article.as_ref()).await?;
        let there = Delivery::of(&app.db, id).await?;
        let fresh = accounts.iter().filter(|account| !there.iter().any(|one| one.account == account.id));
        let fresh: Vec<delivery::ActiveModel> = fresh.map(|account| suggested(&before, account, &source).into()).collect();
        let gone = there.iter().filter(|one| !accounts.iter().any(|account| account.id == one.account)).map(|one| one.id);
        let gone: Vec<Uuid> = gone.collect();
        let row = Self { title: title.clone(), due_at, changed_at: now, ..before.written_at_by(who.person) };
        let transaction = app.begin().await?;
        row.put(&transaction, seen).await?;
        if !gone.is_empty() {
            let planned = delivery::Entity::delete_many().filter(delivery::Column::Id.is_in(gone));
            planned.filter(delivery::Column::State.eq(delivery::State::Planned)).exec(&transaction).await?;
        }
        if !fresh.is_empty() {
            delivery::Entity::insert_many(fresh).exec_without_returning(&transaction).await?;
        }
        app.record(&transaction, id, Fact::PieceEdited { title, channel: String::new() }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Writes the variant of one account. Saving a suggestion as it stands takes it over: it is confirmed by the person.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; stale when it is no draft or somebody was quicker; or the
    /// database failed.
    pub async fn write(app: &App, who: &Who, (id, variant): (Uuid, Uuid), typed: &Typed, seen: i32) -> Result<(), Error> {
        let piece = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Write, piece.agency)?;
        let row = delivery::Entity::find_by_id(variant).one(&app.db).await?.filter(|row| row.piece == id);
        // A broadcast has no words of its own.
        let row = row.filter(|row| !row.is_broadcast()).ok_or(Error::NotFound)?;
        if row.version != seen || piece.state != State::Draft {
            return Err(Error::Stale);
        }
        let written = written(app, who, &row, typed).await?;
        let (now, version, title) = (app.clock.now(), piece.version, piece.title.clone());
        let account = account::Entity::find_by_id(row.account).one(&app.db).await?.ok_or(Error::NotFound)?;
        let transaction = app.begin().await?;
        Self { changed_at: now, ..piece.written_at_by(who.person) }.put(&transaction, version).await?;
        let written = Delivery { version: seen + 1, ..written };
        let model = delivery::ActiveModel::from(written.clone()).reset_all();
        let same = delivery::Entity::update_many().set(model).filter(delivery::Column::Id.eq(variant));
        let same = same.filter(delivery::Column::Version.eq(seen)).filter(delivery::Column::State.eq(delivery::State::Planned));
        if same.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        broadcasting::choose(&transaction, &written, typed.broadcast && broadcasting::is_allowed(&account)).await?;
        app.record(&transaction, id, Fact::PieceEdited { title, channel: account.label() }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}

/// The row with what was typed.
async fn written(app: &App, who: &Who, row: &Delivery, typed: &Typed) -> Result<Delivery, Error> {
    let (title, text) = (suggesting::tidy_line(&typed.title), suggesting::tidy(&typed.text));
    let link = typed.link.trim().to_owned();
    let mut wrong = Vec::new();
    for (field, value, most) in
        [("title", &title, TITLE_LETTERS_MAX), ("text", &text, TEXT_LETTERS_MAX), ("link", &link, LINK_LETTERS_MAX)]
    {
        if value.chars().count() > most {
            wrong.push(Obstacle::new("article-too-long").with("n", most).at(field));
        }
    }
    let is_link = |url: reqwest::Url| matches!(url.scheme(), "https" | "http") && url.host_str().is_some();
    if !link.is_empty() && !reqwest::Url::parse(&link).is_ok_and(is_link) {
        wrong.push(Obstacle::new("channel-link-malformed").at("link"));
    }
    let reach = Reach::of(app, who, &*Known::now(app).await?);
    let fresh: Vec<Uuid> = typed.media.iter().copied().filter(|id| !row.media().contains(id)).collect();
    let seen = asset::Model::seen_among(&app.db, &reach, &fresh).await?;
    if fresh.iter().any(|id| !seen.iter().any(|one| one.id == *id && one.kind != Kind::Document)) {
        wrong.push(Obstacle::new("channel-media-none").at("media"));
    }
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong));
    }
    let same = title == row.title && text == row.text;
    Ok(Delivery {
        origin: if same { row.origin } else { Origin::Person },
        confirmed_by: Some(who.person),
        title,
        text,
        link,
        media: serde_json::to_string(&typed.media)?,
        ..row.clone()
    })
}

/// Title, time and accounts as they are meant.
fn read(wanted: &Wanted, known: &[Account], now: DateTime<Utc>) -> Result<(String, Option<DateTime<Utc>>, Vec<Account>), Error> {
    let title = suggesting::tidy_line(&wanted.title);
    let mut wrong = Vec::new();
    if !title.chars().any(char::is_alphanumeric) {
        wrong.push(Obstacle::new("channel-needs-title").at("title"));
    }
    if title.chars().count() > TITLE_LETTERS_MAX {
        wrong.push(Obstacle::new("article-too-long").with("n", TITLE_LETTERS_MAX).at("title"));
    }
    let due = view::minute(&wanted.due);
    match due {
        Err(()) => wrong.push(Obstacle::new("channel-due-malformed").at("due")),
        Ok(Some(at)) if at <= now => {
            wrong.push(Obstacle::new("channel-due-past").with("now", crate::base::time::minute(now)).at("due"));
        }
        Ok(_) => {}
    }
    let accounts: Vec<Account> = known.iter().filter(|one| wanted.accounts.contains(&one.id)).cloned().collect();
    if accounts.is_empty() {
        wrong.push(Obstacle::new("channel-needs-account").at("accounts"));
    }
    match due {
        Ok(due) if wrong.is_empty() => Ok((title, due, accounts)),
        _ => Err(Error::Refused(wrong)),
    }
}

/// What suggestions are made from.
///
/// # Errors
/// The database failed.
pub(in crate::channels) async fn source(app: &App, article: Option<&Article>) -> Result<Source, Error> {
    let Some(article) = article else { return Ok(Source::default()) };
    let of = asset::Entity::find().filter(asset::Column::Id.is_in(article.assets())).filter(asset::Column::Kind.eq(Kind::Image));
    let there = of.order_by_asc(asset::Column::Id).all(&app.db).await?;
    let images = article.assets().into_iter().filter(|id| there.iter().any(|one| one.id == *id)).collect();
    Ok(Source {
        title: article.title.clone(),
        summary: article.summary.clone(),
        body: article.body.clone(),
        link: format!("{}{}", app.config.public_url(), article.public_path()),
        images,
    })
}

fn suggested(piece: &Piece, account: &Account, source: &Source) -> Delivery {
    let planned = Delivery::planned(piece, account.id);
    // The words of a template are Zalo's; what is filled in nobody can guess.
    if zns::is_of_template(account) {
        return planned;
    }
    let Some(limits) = limits(account) else { return planned };
    let variant = suggesting::variant(source, &limits);
    Delivery {
        title: variant.title,
        text: variant.text,
        link: variant.link,
        media: serde_json::json!(variant.images).to_string(),
        ..planned
    }
}

/// What a message may be on an account; None where its platform ships no more.
pub(in crate::channels) fn limits(account: &Account) -> Option<platforms::Limits> {
    speaking::blank(account).map(|platform| platform.limits())
}
