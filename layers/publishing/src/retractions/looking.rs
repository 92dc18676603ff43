//! Looking: every capability is asked where its copies of the article stand; what moved is written down with its proof. A chore looks
//! at open cases each minute, and at closed ones for a month: a copy that was thought lost may turn up.

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect, SqlErr};

use super::case::{Aim, Column, Entity, Retraction, State};
use super::deciding::{self, ARTICLE};
use super::entry::{Entry, Kind};
use super::found::{self, Found, Wanted};
use super::term::Term;
use crate::base::copies::{Copy, Stand, copies};
use crate::base::{App, By, Chore, Fact, new_id};
use crate::channels::Piece;
use crate::news::Article;
use crate::news::article::State as ArticleState;
use crate::web::Error;

/// How long after its end a case is still looked at.
pub const WATCHED_DAYS: i64 = 30;
const OPEN_EVERY_S: i64 = 45;
const CLOSED_EVERY_S: i64 = 600;
/// As many at a turn.
const TURN: u64 = 50;

/// Looks at what was not looked at lately.
#[must_use]
pub fn chore() -> Chore {
    Chore { name: "look-after-copies", every_s: 60, work: |app| Box::pin(turn(app)) }
}

/// A copy as it is now, beside what the case knows of it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub now: Found,
    pub before: Option<Found>,
}

impl Seen {
    /// Whether the case has to write something down.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.before.as_ref() != Some(&self.now)
    }

    /// Whether it stands elsewhere than it did.
    #[must_use]
    pub fn has_moved(&self) -> bool {
        let same = |before: &Found| before.stand == self.now.stand && before.is_gone == self.now.is_gone;
        !self.before.as_ref().is_some_and(same)
    }
}

/// The copies of a case as they are this moment, the article's own page among them.
///
/// # Errors
/// The article is not there, or the database failed.
pub async fn live(app: &App, case: &Retraction, known: &[Found]) -> Result<Vec<Seen>, Error> {
    let article = Article::find(&app.db, case.article).await?;
    let mut now = vec![own_page(app, &article)];
    now.extend(copies(app, case.article).await?);
    Ok(merged(case, known, now, app.clock.now()))
}

/// The article's own page as a copy.
fn own_page(app: &App, article: &Article) -> Copy {
    let stand = match article.state {
        ArticleState::Corrected => Stand::Edited,
        ArticleState::Withdrawn | ArticleState::TakenDown => Stand::Retracted,
        ArticleState::Published => Stand::Out,
        _ => Stand::Stopped,
    };
    let changed = article.noticed_at.filter(|_| article.state != ArticleState::Published);
    Copy {
        id: article.id,
        channel: ARTICLE,
        agency: article.agency,
        place: article.title.clone(),
        href: Article::desk_path(article.id),
        address: Some(format!("{}{}", app.config.public_url(), article.public_path())),
        recipients: None,
        stand,
        since: changed.or(article.published_at).unwrap_or(article.created_at),
        proof: article.notice.clone(),
    }
}

fn merged(case: &Retraction, known: &[Found], live: Vec<Copy>, now: DateTimeUtc) -> Vec<Seen> {
    let mut seen = Vec::new();
    let is_first = known.is_empty();
    for copy in live {
        let before = known.iter().find(|one| one.channel == copy.channel && one.copy == copy.id).cloned();
        let fresh = before.is_none() && !is_first && deciding::is_fresh(case.aim, copy.stand, copy.since, case.since);
        let row = before.clone().unwrap_or_else(|| blank(case.id, &copy, fresh, now));
        seen.push(Seen { now: decided(case, as_now(row, copy)), before });
    }
    let named: Vec<Uuid> = seen.iter().map(|one| one.now.id).collect();
    for before in known.iter().filter(|one| !named.contains(&one.id)) {
        let gone = Found { is_gone: true, ..before.clone() };
        seen.push(Seen { now: decided(case, gone), before: Some(before.clone()) });
    }
    seen
}

fn blank(retraction: Uuid, copy: &Copy, is_fresh: bool, now: DateTimeUtc) -> Found {
    Found {
        id: new_id(),
        retraction,
        channel: copy.channel.into(),
        copy: copy.id,
        agency: copy.agency,
        place: String::new(),
        href: String::new(),
        address: String::new(),
        recipients: None,
        wanted: Wanted::Nothing,
        stand: String::new(),
        since: copy.since,
        proof: String::new(),
        is_gone: false,
        is_fresh,
        is_settled: false,
        left_stand: String::new(),
        left_why: String::new(),
        left_by: None,
        left_at: None,
        first_seen_at: now,
        changed_at: now,
        version: 1,
    }
}

fn as_now(row: Found, copy: Copy) -> Found {
    Found {
        agency: copy.agency,
        place: copy.place,
        href: copy.href,
        address: copy.address.unwrap_or_default(),
        recipients: copy.recipients.and_then(|count| i64::try_from(count).ok()),
        stand: found::code(copy.stand).into(),
        since: copy.since,
        proof: copy.proof,
        is_gone: false,
        ..row
    }
}

/// With what is wanted of it, and whether that was reached.
fn decided(case: &Retraction, row: Found) -> Found {
    let fresh = row.is_fresh && case.aim == Aim::Edit;
    let wanted = if fresh { Wanted::Nothing } else { deciding::wanted(case.aim, &row.channel, row.stand()) };
    let row = Found { is_fresh: fresh, wanted, ..row };
    Found { is_settled: deciding::is_settled(case.aim, case.since, &row), ..row }
}

/// Looks at a case and writes down what moved; opens it again where that wants somebody. Returns whether anything did.
///
/// # Errors
/// Not found, or the database failed.
pub async fn look(app: &App, id: Uuid) -> Result<bool, Error> {
    let case = Retraction::find(&app.db, id).await?;
    let known = Found::of(&app.db, id).await?;
    let seen = live(app, &case, &known).await?;
    let now = app.clock.now();
    let unsettled = seen.iter().filter(|one| !one.now.is_settled).count();
    let counts = (number(seen.len()), number(unsettled));
    if !seen.iter().any(Seen::is_changed) && counts == (case.copies, case.unsettled) {
        looked(app, id).await?;
        return Ok(false);
    }
    let reopens = !case.is_open() && unsettled > 0;
    if reopens && is_followed(app, &case).await? {
        return Ok(false);
    }
    let due_at = if reopens { Term::due(app, case.cause, now).await? } else { case.due_at };
    let transaction = app.begin().await?;
    match written(app, &transaction, &case, &seen, (counts, reopens, due_at)).await {
        Ok(()) => app.commit(transaction).await.map(|()| true).map_err(Into::into),
        Err(Error::Stale) => Ok(false), // somebody was quicker; the next look sees what is left
        Err(error) => Err(error),
    }
}

/// That it was looked at is no change of the case.
async fn looked(app: &App, id: Uuid) -> Result<(), DbErr> {
    let looked = Entity::update_many().col_expr(Column::LookedAt, Expr::value(app.clock.now()));
    looked.filter(Column::Id.eq(id)).exec(&app.db).await.map(|_| ())
}

async fn written(
    app: &App,
    on: &impl ConnectionTrait,
    case: &Retraction,
    seen: &[Seen],
    ((copies, unsettled), reopens, due_at): ((i32, i32), bool, DateTimeUtc),
) -> Result<(), Error> {
    let now = app.clock.now();
    let row = Retraction { copies, unsettled, looked_at: now, ..case.clone() };
    let row = if reopens {
        Retraction { state: State::Open, open_for: Some(case.article), closed_at: None, due_at, ..row }
    } else {
        row
    };
    row.put(on, case.version).await?;
    let (new, moved) = keep(on, case.id, seen, now).await?;
    if new + moved > 0 {
        let title = case.title.clone();
        app.record(on, case.id, Fact::RetractionLooked { title, new, moved, unsettled: count(unsettled) }, &By::system()).await?;
    }
    if reopens {
        let place = seen.iter().find(|one| !one.now.is_settled).map(|one| one.now.place.clone()).unwrap_or_default();
        Entry { text: place.clone(), ..Entry::new(case.id, Kind::Reopened, now) }.write(on).await?;
        let fact = Fact::RetractionReopened { title: case.title.clone(), place };
        app.record(on, case.id, fact, &By::system()).await?;
    }
    Ok(())
}

/// Writes the rows, and a line of history for each that is new or moved; returns how many of each.
///
/// # Errors
/// Stale when another node wrote them; or the database failed.
pub(super) async fn keep(on: &impl ConnectionTrait, case: Uuid, seen: &[Seen], now: DateTimeUtc) -> Result<(u32, u32), Error> {
    let (mut new, mut moved) = (0, 0);
    for one in seen.iter().filter(|one| one.is_changed()) {
        if one.has_moved() {
            *if one.before.is_some() { &mut moved } else { &mut new } += 1;
            line(case, one, now).write(on).await?;
        }
        let row = Found { changed_at: if one.has_moved() { now } else { one.now.changed_at }, ..one.now.clone() };
        match &one.before {
            Some(before) => row.put(on, before.version).await?,
            None => insert(on, row).await?,
        }
    }
    Ok((new, moved))
}

async fn insert(on: &impl ConnectionTrait, row: Found) -> Result<(), Error> {
    match found::Entity::insert(found::ActiveModel::from(row)).exec_without_returning(on).await {
        Ok(_) => Ok(()),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Err(Error::Stale),
        Err(error) => Err(error.into()),
    }
}

fn line(case: Uuid, one: &Seen, now: DateTimeUtc) -> Entry {
    let kind = match &one.before {
        None => Kind::Seen,
        Some(_) if one.now.is_gone => Kind::Gone,
        Some(_) => Kind::Moved,
    };
    Entry {
        found: Some(one.now.id),
        was: one.before.as_ref().map(|before| before.stand.clone()).unwrap_or_default(),
        became: one.now.stand.clone(),
        text: one.now.proof.clone(),
        ..Entry::new(case, kind, now)
    }
}

/// Whether another case of the article came after this one: that one looks.
async fn is_followed(app: &App, case: &Retraction) -> Result<bool, DbErr> {
    let later = Entity::find().filter(Column::Article.eq(case.article)).filter(Column::Id.ne(case.id));
    Ok(later.filter(Column::OpenedAt.gte(case.opened_at)).one(&app.db).await?.is_some())
}

/// A turn of the chore. One case that can not be looked at holds no other.
///
/// # Errors
/// The database failed.
pub async fn turn(app: &App) -> anyhow::Result<()> {
    let now = app.clock.now();
    let open =
        Entity::find().filter(Column::State.eq(State::Open)).filter(Column::LookedAt.lte(now - TimeDelta::seconds(OPEN_EVERY_S)));
    let closed = Entity::find()
        .filter(Column::State.eq(State::Closed))
        .filter(Column::ClosedAt.gte(now - TimeDelta::days(WATCHED_DAYS)))
        .filter(Column::LookedAt.lte(now - TimeDelta::seconds(CLOSED_EVERY_S)));
    for waiting in [open, closed] {
        let ids = waiting.select_only().column(Column::Id).order_by_asc(Column::LookedAt).limit(TURN);
        let ids: Vec<Uuid> = ids.into_tuple().all(&app.db).await?;
        for id in ids {
            if let Err(error) = look(app, id).await {
                tracing::warn!(case = %id, ?error, "the copies of a case can not be looked at; a later turn looks again");
                // To the end of the queue: one that always fails keeps no other waiting.
                looked(app, id).await?;
            }
        }
    }
    Ok(())
}

/// Something became of a piece on its channels: the case of its article looks at once.
///
/// # Errors
/// The database failed.
pub async fn piece_changed(app: &App, piece: Uuid) -> anyhow::Result<()> {
    let Ok(piece) = Piece::find(&app.db, piece).await else { return Ok(()) };
    let Some(article) = piece.article else { return Ok(()) };
    let latest = Entity::find().filter(Column::Article.eq(article)).order_by_desc(Column::OpenedAt);
    let Some(case) = latest.one(&app.db).await? else { return Ok(()) };
    let watched = case.closed_at.is_none_or(|at| at >= app.clock.now() - TimeDelta::days(WATCHED_DAYS));
    if watched {
        look(app, case.id).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    }
    Ok(())
}

/// A count as the database has it.
#[must_use]
pub fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A count as facts have it.
#[must_use]
pub fn count(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}
