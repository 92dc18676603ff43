//! One piece on the desk: its variants as the platforms will show them, what stands against them, where each delivery stands, and what
//! the reader may do now.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;

use super::filling;
use super::pieces::{state_mark, state_word};
use crate::base::{App, Who, fact, time};
use crate::channels::clashing::{self, Warning};
use crate::channels::delivery::{self, Delivery, Errand, Origin, heard};
use crate::channels::piece::{Piece, State};
use crate::channels::platform::Link;
use crate::channels::rights::{Verb, may};
use crate::channels::{Account, account, preflight, preview};
use crate::library::asset::{Asset, Kind};
use crate::library::{Picture, asset};
use crate::news::Article;
use crate::news::staff::show::Refusal;
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Obstacle, Page, Path, Result, Shell};

const HISTORY_MAX: u64 = 60;

/// A delivery as a card: its words as people will see them, and where it stands.
pub struct Card {
    pub id: Uuid,
    pub href: String,
    pub channel: String,
    pub mark: &'static str,
    pub word: String,
    /// Where the words come from; empty when a person wrote them.
    pub origin: String,
    pub title: String,
    pub text: String,
    pub link: String,
    pub pictures: Vec<Picture>,
    pub films: Vec<Film>,
    /// The platform's word, by which the preview takes its shape.
    pub platform: &'static str,
    /// What is good to know and hinders nothing.
    pub notes: Vec<String>,
    pub count: u32,
    pub max: u32,
    pub obstacles: Vec<String>,
    /// Why it stands there and what to do; what the platform, or we, said.
    pub reason: String,
    pub says: String,
    /// Where people see it.
    pub address: String,
    /// Out, and the platform does not say where.
    pub is_without_address: bool,
    /// When it goes, or went.
    pub when: String,
    /// Whether only a person can move it.
    pub is_stuck: bool,
    /// A broadcast of another one.
    pub is_broadcast: bool,
}

impl Card {
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.count > self.max
    }
}

/// A film as the desk shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Film {
    pub src: String,
    pub name: String,
}

/// Pictures, films and notes of some deliveries.
#[derive(Debug, Default)]
pub struct Shown {
    pictures: HashMap<Uuid, Picture>,
    films: HashMap<Uuid, Film>,
    notes: HashMap<Uuid, Vec<String>>,
}

/// What the reader may do now.
#[derive(Clone, Copy, Debug)]
pub struct May {
    pub writes: bool,
    pub submits: bool,
    pub takes_back: bool,
    pub approves: bool,
    pub withdraws: bool,
}

#[derive(Template)]
#[template(path = "channels/staff/piece.html")]
pub struct PiecePage {
    pub l: Locale,
    pub shell: Shell,
    pub piece: Piece,
    pub agency: String,
    pub article: Option<Article>,
    pub cards: Vec<Card>,
    /// The same words, or the same hour, elsewhere.
    pub warnings: Vec<Warning>,
    /// Whether they wrote some of it, and so do not approve it.
    pub own: bool,
    pub obstacles: Vec<Obstacle>,
    pub may: May,
    pub refusal: Refusal,
    pub events: Events,
}

impl PiecePage {
    fn here(&self) -> String {
        Piece::path(self.piece.id)
    }

    fn act(&self, code: &str) -> String {
        format!("{}/acts/{code}", self.here())
    }

    fn due(&self) -> String {
        match (self.piece.due_at, self.piece.approved_at) {
            (Some(due), _) => time::minute(due),
            (None, Some(at)) => self.l.t1("channel-went-at-approval", "at", time::minute(at)),
            (None, None) => String::new(),
        }
    }

    fn words(&self, one: &Obstacle) -> String {
        one.text(self.l)
    }

    fn typed(&self, act: &str) -> &str {
        self.refusal.typed(act)
    }

    fn is_refused(&self, act: &str) -> bool {
        self.refusal.act == act
    }

    /// Refusals that stand at no field of this page.
    fn problems(&self) -> Vec<&str> {
        self.refusal.errors.besides(&["why"])
    }

    fn is_hindered(&self) -> bool {
        !self.obstacles.is_empty() || self.cards.iter().any(|card| !card.obstacles.is_empty())
    }

    fn is_open(&self) -> bool {
        matches!(self.piece.state, State::Draft | State::Submitted)
    }

    /// How many accounts it goes to.
    fn channels(&self) -> usize {
        self.cards.iter().filter(|card| !card.is_broadcast).count()
    }

    fn is_withdrawn(&self) -> bool {
        self.piece.state == State::Withdrawn
    }
}

/// `GET /desk/channels/pieces/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<PiecePage>> {
    let piece = Piece::find_for(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, piece).await?))
}

/// The page of a piece that the person may see.
///
/// # Errors
/// The database or the library's store failed.
pub async fn page(app: &App, who: &Who, shell: Shell, piece: Piece) -> Result<PiecePage> {
    let l = shell.l;
    let known = Known::now(app).await?;
    let deliveries = side_by_side(Delivery::of(&app.db, piece.id).await?);
    let accounts = Account::of(&app.db, Some(piece.agency)).await?;
    let mut facts = fact::Model::history(&app.db, piece.id, HISTORY_MAX).await?;
    // Who tried to look in from elsewhere is for the auditor's page alone.
    facts.retain(|fact| fact.kind != "AccessRefused");
    let is_open = matches!(piece.state, State::Draft | State::Submitted);
    // What is approved was looked at; it is looked at once more before it is sent.
    let found = if is_open { preflight::all(app, &deliveries, &accounts).await? } else { Vec::new() };
    let shown = shown(app, l, &deliveries, (&accounts, is_open)).await?;
    let cards = deliveries.iter().map(|row| card(l, row, &accounts, preflight::at(&found, row.id), &shown)).collect();
    let warnings = if is_open { clashing::warnings(app, l, &piece, &deliveries, &accounts).await? } else { Vec::new() };
    let article = match piece.article {
        Some(article) => match Article::find(&app.db, article).await {
            Ok(article) => Some(article),
            Err(Error::NotFound) => None,
            Err(error) => return Err(error),
        },
        None => None,
    };
    Ok(PiecePage {
        agency: known.get(&piece.agency).map(|body| body.name.clone()).unwrap_or_default(),
        article,
        cards,
        warnings,
        own: piece.is_own_of(who.person),
        obstacles: if is_open { piece.obstacles(app).await? } else { Vec::new() },
        may: may_of(who, &piece),
        refusal: Refusal::default(),
        events: Events::of(&app.db, l, &facts, &known).await?,
        piece,
        l,
        shell,
    })
}

fn may_of(who: &Who, piece: &Piece) -> May {
    let can = |verb: Verb| may(who, verb, piece.agency);
    May {
        writes: piece.state == State::Draft && can(Verb::Write),
        submits: piece.state == State::Draft && can(Verb::Write),
        takes_back: piece.state == State::Submitted && can(Verb::Write),
        approves: piece.state == State::Submitted && can(Verb::Approve),
        withdraws: piece.state == State::Approved && can(Verb::Retract),
    }
}

/// The pictures and films of these deliveries, where the desk serves them: two statements. The notes where they are `open`.
///
/// # Errors
/// The database or the library's store failed.
pub async fn shown(app: &App, l: Locale, deliveries: &[Delivery], (accounts, open): (&[Account], bool)) -> anyhow::Result<Shown> {
    let ids: Vec<Uuid> = deliveries.iter().flat_map(Delivery::media).collect();
    let notes = if open { preview::notes(app, l, deliveries, accounts).await? } else { HashMap::new() };
    if ids.is_empty() {
        return Ok(Shown { notes, ..Shown::default() });
    }
    let assets = asset::Entity::find().filter(asset::Column::Id.is_in(ids)).all(&app.db).await?;
    let films = assets.iter().filter(|one| one.kind == Kind::Video);
    let film = |one: &Asset| (one.id, Film { src: format!("{}/file", Asset::desk_path(one.id)), name: one.label().to_owned() });
    Ok(Shown { films: films.map(film).collect(), pictures: Picture::at_desk(&app.db, &assets).await?, notes })
}

/// As they were added, but a broadcast after its article.
fn side_by_side(mut deliveries: Vec<Delivery>) -> Vec<Delivery> {
    let accounts: Vec<Uuid> = deliveries.iter().map(|row| row.account).collect();
    deliveries.sort_by_key(|row| accounts.iter().position(|account| *account == row.account));
    deliveries
}

/// A delivery as a card.
#[must_use]
pub fn card(l: Locale, row: &Delivery, accounts: &[Account], obstacles: &[Obstacle], shown: &Shown) -> Card {
    let account = accounts.iter().find(|one| one.id == row.account);
    let platform = account.and_then(Account::platform);
    let media = row.media();
    let settings = account.map(Account::settings).unwrap_or_default();
    let counted = |platform| preflight::counted_for(platform, &settings, &row.text, &row.link, !media.is_empty());
    let (count, max) = platform.map_or((0, 0), counted);
    let films: Vec<Film> = media.iter().filter_map(|id| shown.films.get(id).cloned()).collect();
    // A film on TikTok has a caption and no title.
    let untitled = !films.is_empty() && platform.is_some_and(|platform| platform.is == platforms::Platform::TikTok);
    Card {
        id: row.id,
        href: format!("{}/variants/{}", Piece::path(row.piece), row.id),
        channel: account.map(|account| row.channel(account)).unwrap_or_default(),
        mark: state_mark(row),
        word: state_word(l, row),
        origin: if row.origin == Origin::Person || row.text.is_empty() { String::new() } else { l.t(&row.origin.key()) },
        title: if untitled { String::new() } else { row.title.clone() },
        text: filling::shown(account, &row.text),
        link: if platform.is_some_and(|platform| platform.link == Link::Nowhere) { String::new() } else { row.link.clone() },
        pictures: media.iter().filter_map(|id| shown.pictures.get(id).cloned()).collect(),
        films,
        platform: platform.map_or("", |platform| platform.code()),
        notes: shown.notes.get(&row.id).cloned().unwrap_or_default(),
        count,
        max,
        obstacles: obstacles.iter().map(|one| one.text(l)).collect(),
        reason: match account.filter(|one| row.errand != Errand::None && one.state != account::State::Active) {
            Some(_) => l.t("channel-errand-waits"),
            None => row.reason(l),
        },
        says: heard::shown(l, row.why, &row.says),
        address: row.address.clone(),
        // A message to numbers has none, and nobody looks for it.
        is_without_address: row.state == delivery::State::Confirmed
            && row.address.is_empty()
            && platform.is_none_or(|one| !one.is_mailing()),
        when: when(l, row),
        is_stuck: matches!(row.state, delivery::State::Unknown | delivery::State::Held)
            || (row.state == delivery::State::Confirmed && row.wanted != delivery::Errand::None),
        is_broadcast: row.is_broadcast(),
    }
}

/// When it goes out, is asked for next, or came to its end.
fn when(l: Locale, row: &Delivery) -> String {
    use delivery::State as Way;
    match (row.state, row.run_at, row.settled_at) {
        (Way::Queued, Some(at), _) => l.t1("channel-goes-out-at", "at", time::minute(at)),
        (Way::Queued, None, _) if row.is_broadcast() => l.t("channel-broadcast-waits"),
        (Way::Accepted | Way::Unknown, Some(at), _) => l.t1("channel-asked-next-at", "at", time::minute(at)),
        (_, _, Some(at)) => time::minute(at),
        _ => String::new(),
    }
}
