//! One case: where each copy stands this moment, what is wanted of it, and what the reader may do.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Shared;
use uuid::Uuid;

use crate::base::{App, Who, time};
use crate::news::{Article, view as news_view};
use crate::people::agency::brief::Known;
use crate::people::person;
use crate::retractions::case::closing;
use crate::retractions::entry::Kind;
use crate::retractions::found::stand_of;
use crate::retractions::looking::{Seen, live};
use crate::retractions::{Entry, Found, Retraction, export, rights, view};
use crate::web::download::{CSV, Download};
use crate::web::who::Signed;
use crate::web::{Locale, Mistakes, Page, Path, Result, Shell, grouped};

/// A copy as a row.
pub struct Row {
    pub id: Uuid,
    pub version: i32,
    pub channel: String,
    pub place: String,
    pub href: String,
    pub agency: String,
    pub address: String,
    pub recipients: String,
    pub wanted: String,
    pub mark: &'static str,
    pub stand: String,
    pub since: String,
    pub proof: String,
    /// Why it was left.
    pub left: String,
    pub is_settled: bool,
    /// It moved since it was last written down: decisions wait for the next look.
    pub is_moving: bool,
    pub may_leave: bool,
    pub may_take_up: bool,
}

/// A line of the history.
pub struct Line {
    pub what: String,
    pub who: String,
    pub machine: String,
    pub when: String,
    pub text: String,
    pub icon: &'static str,
}

/// What a refused press brought, and why it was refused.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    /// The act, or the id of the copy.
    pub act: String,
    pub text: String,
    pub due: String,
    pub errors: Mistakes,
}

#[derive(Template)]
#[template(path = "retractions/staff/show.html")]
pub struct CasePage {
    pub l: Locale,
    pub shell: Shell,
    pub case: Retraction,
    pub agency: String,
    pub mark: &'static str,
    pub word: String,
    pub left: String,
    pub rows: Vec<Row>,
    pub lines: Vec<Line>,
    pub responsible: String,
    pub choices: Vec<(Uuid, String)>,
    pub may_work: bool,
    /// Why it can not be closed now.
    pub obstacles: Vec<String>,
    pub refusal: Refusal,
}

impl CasePage {
    fn path(&self) -> String {
        Retraction::desk_path(self.case.id)
    }

    fn cause(&self) -> String {
        self.l.t(&self.case.cause.key())
    }

    fn aim(&self) -> String {
        self.l.t(&self.case.aim.key())
    }

    fn article_path(&self) -> String {
        Article::desk_path(self.case.article)
    }

    fn error(&self, act: &str, field: &str) -> String {
        if self.refusal.act == act { self.refusal.errors.of(field) } else { String::new() }
    }

    /// What was typed into the form of that act, or of that copy.
    fn typed(&self, act: &str) -> String {
        if self.refusal.act == act { self.refusal.text.clone() } else { String::new() }
    }

    fn typed_due(&self) -> String {
        if self.refusal.due.is_empty() { news_view::typed_minute(Some(self.case.due_at)) } else { self.refusal.due.clone() }
    }

    fn is_refused(&self, act: &str) -> bool {
        self.refusal.act == act
    }

    fn minute(&self, at: &chrono::DateTime<chrono::Utc>) -> String {
        time::minute(*at)
    }

    fn is_responsible(&self, id: &Uuid) -> bool {
        self.case.responsible == Some(*id)
    }

    fn settled(&self) -> usize {
        self.rows.iter().filter(|row| row.is_settled).count()
    }
}

/// `GET /desk/retractions/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<CasePage>> {
    Ok(Page(page(&app, &who, shell, id).await?))
}

/// The page of a case that the person may see.
///
/// # Errors
/// Not found, hidden, or the database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, id: Uuid) -> Result<CasePage> {
    let (l, now) = (shell.l, app.clock.now());
    let (case, known_copies) = Retraction::find_for(app, who, id).await?;
    let seen = live(app, &case, &known_copies).await?;
    let entries = Entry::of(&app.db, id).await?;
    let people: Vec<Uuid> = entries.iter().filter_map(|entry| entry.person).chain(case.responsible).collect();
    let names = person::names(&app.db, &people).await?;
    let known = Known::now(app).await?;
    let may_work = rights::may_work(who, case.agency) && case.is_open();
    let choices = if may_work { Retraction::choices(app, &case, &known_copies).await? } else { Vec::new() };
    let found: Vec<Found> = seen.iter().map(|one| one.now.clone()).collect();
    let places: HashMap<Uuid, String> = found.iter().map(|one| (one.id, place(l, one))).collect();
    let mut rows: Vec<Row> = seen.iter().map(|one| row(l, who, &case, &known, one)).collect();
    rows.sort_by_key(|row| row.is_settled); // what waits comes first
    Ok(CasePage {
        agency: known.get(&case.agency).map(|body| body.name.clone()).unwrap_or_default(),
        mark: view::mark(&case, now),
        word: view::word(l, &case, now),
        left: view::left(l, &case, now),
        responsible: case.responsible.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
        obstacles: closing::obstacles(&found).iter().map(|one| one.text(l)).collect(),
        lines: entries.iter().rev().map(|entry| line(l, entry, &names, &places)).collect(),
        rows,
        choices,
        may_work,
        refusal: Refusal::default(),
        case,
        l,
        shell,
    })
}

fn place(l: Locale, one: &Found) -> String {
    format!("{}: {}", view::channel(l, &one.channel), one.place)
}

fn row(l: Locale, who: &Who, case: &Retraction, known: &Known, one: &Seen) -> Row {
    let found = &one.now;
    let is_moving = one.is_changed() || one.before.is_none();
    let may_decide = case.is_open() && !is_moving && rights::may_leave(who, case.agency, found.agency);
    Row {
        id: found.id,
        version: found.version,
        channel: view::channel(l, &found.channel),
        place: found.place.clone(),
        href: found.href.clone(),
        agency: known.get(&found.agency).map(|body| body.label()).unwrap_or_default(),
        address: found.address.clone(),
        recipients: found
            .recipients
            .map(|count| l.t1("retraction-recipients-count", "count", grouped(count)))
            .unwrap_or_default(),
        wanted: l.t(&found.wanted.key()),
        mark: view::copy_mark(found),
        stand: view::stand(l, found),
        since: time::minute(found.since),
        proof: found.proof.clone(),
        left: if found.is_left() { found.left_why.clone() } else { String::new() },
        is_settled: found.is_settled,
        is_moving,
        may_leave: may_decide && !found.is_settled,
        may_take_up: may_decide && found.is_left(),
    }
}

/// A line of the history in words; `places` are the copies by id.
#[must_use]
pub fn line(l: Locale, entry: &Entry, names: &HashMap<Uuid, String>, places: &HashMap<Uuid, String>) -> Line {
    let stand = |code: &str| if code.is_empty() { String::new() } else { l.t(stand_of(code).key()) };
    let moment =
        |text: &str| chrono::DateTime::parse_from_rfc3339(text).map_or_else(|_| text.into(), |at| time::minute(at.to_utc()));
    let (was, became) = match entry.kind {
        Kind::Seen | Kind::Moved | Kind::Gone | Kind::Left => (stand(&entry.was), stand(&entry.became)),
        Kind::Due => (moment(&entry.was), moment(&entry.became)),
        Kind::Opened | Kind::Joined => (String::new(), l.t(&format!("retraction-cause-{}", entry.became.replace('_', "-")))),
        Kind::Assigned if entry.became.is_empty() => (String::new(), l.t("retraction-nobody")),
        _ => (entry.was.clone(), entry.became.clone()),
    };
    let place = entry.found.and_then(|id| places.get(&id).cloned()).unwrap_or_default();
    let words = [("was", was), ("became", became), ("place", place)];
    Line {
        what: l.with(&entry.kind.key(), &words),
        who: entry.person.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| l.t("retraction-by-system")),
        machine: time::machine(entry.at),
        when: time::minute(entry.at),
        text: entry.text.clone(),
        icon: icon(entry.kind),
    }
}

const fn icon(kind: Kind) -> &'static str {
    match kind {
        Kind::Opened | Kind::Reopened => "circle-dot",
        Kind::Joined => "arrow-right",
        Kind::Seen | Kind::Moved => "search",
        Kind::Gone => "circle-dashed",
        Kind::Left => "lock",
        Kind::TakenUp => "undo-2",
        Kind::Assigned => "user",
        Kind::Due => "clock",
        Kind::Closed => "circle-check",
    }
}

/// `GET /desk/retractions/{id}/csv`: the copies, as last written down.
pub async fn csv(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let (_, found) = Retraction::find_for(&app, &who, id).await?;
    let bytes = export::copies(shell.l, &found, &*Known::now(&app).await?)?;
    Ok(Download { name: format!("ban-sao-{id}.csv"), media_type: CSV, bytes })
}
