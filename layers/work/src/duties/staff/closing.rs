//! Closing a period: how it stands now, the versions written down, and one of them to be read, printed and taken away.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::requests::Watcher;
use crate::base::{App, Who, time};
use crate::duties::answer;
use crate::duties::closing::line::{self, Difference};
use crate::duties::closing::{self, Closing, Line, Outcome, Wanted};
use crate::duties::duty::Duty;
use crate::duties::request::may_run;
use crate::duties::{Slot, view};
use crate::people::agency::brief::Known;
use crate::people::person;
use crate::plans::Plan;
use crate::web::download::{CSV, Download, harmless};
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell, cut};

const TITLE_LETTERS: usize = 240;

/// An agency in a list.
pub struct Row {
    pub name: String,
    pub href: String,
    pub outcome: String,
    pub mark: &'static str,
    pub version: String,
    pub on: String,
    /// Late, or nobody ever signed in; empty otherwise.
    pub note: String,
}

/// What became different for an agency.
pub struct Changed {
    pub name: String,
    pub words: String,
}

/// A version in the list of versions.
pub struct Version {
    pub number: i32,
    pub href: String,
    pub who: String,
    pub at: String,
    pub note: String,
}

/// The agencies that are not in, or those that are.
pub struct List {
    pub title: String,
    pub empty: String,
    pub rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "duties/staff/closing.html")]
pub struct ClosingPage {
    l: Locale,
    shell: Shell,
    here: String,
    heading: String,
    title: String,
    about: String,
    lists: Vec<List>,
    versions: Vec<Version>,
    /// What is different from the last version.
    changed: Vec<Changed>,
    /// Why it can not be closed now; empty when it can.
    obstacle: String,
    may_close: bool,
    note: String,
    errors: Mistakes,
    conflict: String,
    printed: String,
}

impl ClosingPage {
    fn seen(&self) -> i32 {
        self.versions.first().map_or(0, |last| last.number)
    }

    fn absent(&self) -> usize {
        self.lists.first().map_or(0, |list| list.rows.len())
    }
}

#[derive(Template)]
#[template(path = "duties/staff/closed.html")]
pub struct Closed {
    l: Locale,
    shell: Shell,
    back: String,
    heading: String,
    title: String,
    about: String,
    version: Version,
    newest: bool,
    lists: Vec<List>,
    changed: Vec<Changed>,
    printed: String,
}

/// `GET /desk/closings/{duty}/{period}`
pub async fn show(
    who: Watcher,
    shell: Shell,
    State(app): State<App>,
    Path(at): Path<(Uuid, String)>,
) -> Result<Page<ClosingPage>> {
    Ok(Page(page(&app, &who, shell, &at).await?))
}

async fn page(app: &App, who: &Who, shell: Shell, (duty, period): &(Uuid, String)) -> Result<ClosingPage> {
    let l = shell.l;
    let (duty, plan) = closing::find_for(app, who, *duty).await?;
    let today = time::local_date(app.clock.now());
    let lines = line::now(app, &app.db, duty.id, period, today).await?;
    let made = Closing::of(&app.db, duty.id, period).await?;
    if lines.list.is_empty() && made.is_empty() {
        return Err(Error::NotFound);
    }
    let before = match made.last() {
        Some(last) => Line::of(&app.db, last.id).await?,
        None => Vec::new(),
    };
    let changed = if made.is_empty() { Vec::new() } else { changed(l, &before, &lines.list) };
    let obstacle = match (lines.with_time.is_empty(), made.is_empty(), changed.is_empty()) {
        (true, false, true) => l.t("closing-nothing-new"),
        (true, ..) => String::new(),
        _ => closing::too_early(&lines).text(l),
    };
    let absent = closing::count(&lines.list, false);
    Ok(ClosingPage {
        here: Closing::desk_path(duty.id, period),
        heading: heading(l, absent, lines.list.len()),
        title: cut(&duty.title, TITLE_LETTERS),
        about: about(l, &duty, &plan, period),
        lists: lists(l, &lines.list, &lines.with_time),
        versions: versions(app, l, &made).await?,
        changed,
        obstacle,
        may_close: may_run(who, &plan),
        note: String::new(),
        errors: Mistakes::default(),
        conflict: String::new(),
        printed: time::minute(app.clock.now()),
        l,
        shell,
    })
}

/// The finding in one line.
fn heading(l: Locale, absent: u32, all: usize) -> String {
    match absent {
        0 => l.t1("closing-heading-whole", "all", all),
        absent => l.t2("closing-heading", "absent", absent, "all", all),
    }
}

fn about(l: Locale, duty: &Duty, plan: &Plan, period: &str) -> String {
    let path = if duty.path.is_empty() { l.t(&duty.kind.key()) } else { duty.path.clone() };
    format!("{} · {}, {}", view::period(l, period), plan.title(), path)
}

/// `with_time`: the slots that are not in and need not be yet.
fn lists(l: Locale, lines: &[Line], with_time: &HashSet<Uuid>) -> Vec<List> {
    let row = |line: &Line| {
        let row = row(l, line);
        if with_time.contains(&line.slot) { Row { mark: "open", ..row } } else { row }
    };
    let list = |(is_in, title): (bool, &str)| List {
        title: l.t(title),
        empty: l.t(&format!("{title}-none")),
        rows: lines.iter().filter(|line| line.outcome.is_in() == is_in).map(row).collect(),
    };
    [(false, "closing-absent"), (true, "closing-present")].map(list).into()
}

fn row(l: Locale, line: &Line) -> Row {
    let note = match (line.outcome, line.on_time, line.never_came()) {
        (Outcome::Absent, _, true) => l.t("closing-never-signed-in"),
        (_, Some(false), _) => l.t("answer-was-late"),
        _ => String::new(),
    };
    Row {
        name: line.name.clone(),
        href: Slot::desk_path(line.slot),
        outcome: l.t(&line.outcome.key()),
        mark: line.outcome.mark(),
        version: if line.answer_version > 0 { line.answer_version.to_string() } else { String::new() },
        on: line.answered_on.map(time::day).unwrap_or_default(),
        note,
    }
}

fn changed(l: Locale, before: &[Line], after: &[Line]) -> Vec<Changed> {
    let words = |difference: Difference, line: &Line| match difference {
        Difference::Newer { from, to } => l.t2(difference.key(), "from", from, "to", to),
        Difference::Added => format!("{}: {}", l.t(difference.key()), l.t(&line.outcome.key())),
        _ => l.t(difference.key()),
    };
    let found = line::differences(before, after);
    found.into_iter().map(|(line, difference)| Changed { name: line.name.clone(), words: words(difference, line) }).collect()
}

/// Newest first.
async fn versions(app: &App, l: Locale, made: &[Closing]) -> Result<Vec<Version>> {
    let people: Vec<Uuid> = made.iter().map(|one| one.person).collect();
    let names = person::names(&app.db, &people).await?;
    let known = Known::now(app).await?;
    Ok(made.iter().rev().map(|one| version_of(l, one, &names, &known)).collect())
}

fn version_of(l: Locale, one: &Closing, names: &HashMap<Uuid, String>, known: &Known) -> Version {
    let name = names.get(&one.person).cloned().unwrap_or_else(|| l.t("ledger-somebody"));
    let agency = one.agency.and_then(|id| known.get(&id)).map(|agency| agency.short_name.as_str());
    Version {
        number: one.version,
        href: format!("{}/{}", Closing::desk_path(one.duty, &one.period), one.version),
        who: agency.map_or_else(|| name.clone(), |agency| format!("{name}, {agency}")),
        at: time::minute(one.at),
        note: one.note.clone(),
    }
}

/// The form of a closing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    seen: i32,
    note: String,
}

/// `POST /desk/closings/{duty}/{period}`: writes the next version down.
pub async fn close(
    who: Watcher,
    shell: Shell,
    State(app): State<App>,
    Path(at): Path<(Uuid, String)>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let (duty, plan) = closing::find_for(&app, &who, at.0).await?;
    let note = vietnamese::normalise(&given.note).replace("\r\n", "\n").replace('\0', "");
    let wanted = Wanted { seen: given.seen, note: note.clone() };
    let (status, obstacles) = match Closing::make(&app, &who, &plan, &duty, &at.1, &wanted).await {
        Ok(version) => {
            let to = format!("{}/{version}", Closing::desk_path(duty.id, &at.1));
            return Ok(Said::to(to, "closing-done").with("version", version).into_response());
        }
        Err(Error::Refused(obstacles)) => (StatusCode::UNPROCESSABLE_ENTITY, obstacles),
        Err(Error::Stale) => (StatusCode::CONFLICT, vec![Obstacle::new("closing-conflict")]),
        Err(error) => return Err(error),
    };
    let mut page = page(&app, &who, shell, &at).await?;
    page.note = note;
    let words = obstacles.iter().map(|obstacle| obstacle.text(page.l));
    if status == StatusCode::CONFLICT {
        page.conflict = words.collect()
    } else {
        page.errors = words.map(|text| ("note", text)).collect()
    }
    Ok(Page(page).status(status))
}

/// One version with the one before it.
async fn find(app: &App, who: &Who, at: &(Uuid, String, i32)) -> Result<(Duty, Plan, Vec<Closing>, usize)> {
    let (duty, plan) = closing::find_for(app, who, at.0).await?;
    let made = Closing::of(&app.db, duty.id, &at.1).await?;
    let place = made.iter().position(|one| one.version == at.2).ok_or(Error::NotFound)?;
    Ok((duty, plan, made, place))
}

/// `GET /desk/closings/{duty}/{period}/{version}`
pub async fn show_version(
    who: Watcher,
    shell: Shell,
    State(app): State<App>,
    Path(at): Path<(Uuid, String, i32)>,
) -> Result<Page<Closed>> {
    let (duty, plan, made, place) = find(&app, &who, &at).await?;
    let l = shell.l;
    let this = &made[place];
    let lines = Line::of(&app.db, this.id).await?;
    let before = match place.checked_sub(1).map(|before| &made[before]) {
        Some(before) => Some(Line::of(&app.db, before.id).await?),
        None => None,
    };
    let names = person::names(&app.db, &[this.person]).await?;
    Ok(Page(Closed {
        back: Closing::desk_path(duty.id, &at.1),
        heading: heading(l, closing::count(&lines, false), lines.len()),
        title: cut(&duty.title, TITLE_LETTERS),
        about: about(l, &duty, &plan, &at.1),
        version: version_of(l, this, &names, &*Known::now(&app).await?),
        newest: place + 1 == made.len(),
        lists: lists(l, &lines, &HashSet::new()),
        changed: before.map(|before| changed(l, &before, &lines)).unwrap_or_default(),
        printed: time::minute(app.clock.now()),
        l,
        shell,
    }))
}

/// `GET /desk/closings/{duty}/{period}/{version}/csv`
pub async fn csv(who: Watcher, shell: Shell, State(app): State<App>, Path(at): Path<(Uuid, String, i32)>) -> Result<Download> {
    let (_, plan, made, place) = find(&app, &who, &at).await?;
    let lines = Line::of(&app.db, made[place].id).await?;
    let bytes = table(shell.l, &lines, &nothing(&app, &lines).await?)?;
    Ok(Download { name: format!("chot-{}-{}-ban-{}.csv", plan.slug, at.1, at.2), media_type: CSV, bytes })
}

/// Which of these answers say that there is nothing to report.
async fn nothing(app: &App, lines: &[Line]) -> Result<HashSet<Uuid>> {
    let ids: Vec<Uuid> = lines.iter().filter_map(|line| line.answer).collect();
    let said: Vec<Uuid> = answer::Entity::find()
        .select_only()
        .column(answer::Column::Id)
        .filter(answer::Column::Id.is_in(ids))
        .filter(answer::Column::Outcome.eq(answer::Outcome::Nothing))
        .into_tuple()
        .all(&app.db)
        .await?;
    Ok(said.into_iter().collect())
}

/// A closing as CSV (RFC 4180) with a byte order mark, so that spreadsheets see UTF-8.
fn table(l: Locale, lines: &[Line], nothing: &HashSet<Uuid>) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let head = ["agencies-head-name", "closing-head-outcome", "closing-head-version", "closing-head-on", "closing-head-note"];
    writer.write_record(head.map(|key| l.t(key)))?;
    for line in lines {
        let row = row(l, line);
        let on = line.answered_on.map(|day| day.to_string()).unwrap_or_default();
        let none = line.answer.filter(|answer| nothing.contains(answer)).map(|_| l.t("answer-outcome-nothing"));
        let notes = none.into_iter().chain([row.note].into_iter().filter(|note| !note.is_empty()));
        let note = notes.collect::<Vec<_>>().join(", ");
        writer.write_record([harmless(&row.name), row.outcome, row.version, on, note])?;
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
}
