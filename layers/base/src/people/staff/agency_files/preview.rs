//! What a file would change, shown before it does; and the confirmation.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::Keeper;
use crate::base::fact::Change;
use crate::base::{App, By, time};
use crate::people::agency::boundary::importing as boundaries;
use crate::people::agency::boundary::matching::{Communes, Fate, Match, Matches};
use crate::people::agency::importing::comparison::{Comparison, Line, Outcome};
use crate::people::agency::importing::{self, Done};
use crate::people::agency::table::known::Known;
use crate::people::agency::table::writing::shown;
use crate::people::agency::table::{Sheet, key_of};
use crate::people::agency::upload::{Kind, Model as Upload};
use crate::web::{Locale, Obstacle, Page, Path, Result, Said, Shell};

/// Rows of one kind that are shown; the sums count all.
const SHOWN_MAX: usize = 200;

/// A row of the file on the page.
pub struct Row {
    pub number: u32,
    pub code: String,
    pub name: String,
    /// Field, and what is wrong with it or how it changes.
    pub details: Vec<Detail>,
    pub notes: Vec<String>,
}

/// One field of it.
pub struct Detail {
    pub field: String,
    pub from: String,
    pub to: String,
    /// What is wrong; empty for a change.
    pub wrong: String,
}

/// What both previews have.
pub struct Frame {
    pub id: Uuid,
    pub file: String,
    /// The mark of what is shown.
    pub seen: String,
    pub obstacles: Vec<String>,
    /// The agencies changed between preview and confirmation.
    pub differs: bool,
}

#[derive(Template)]
#[template(path = "people/staff/agency_files/table.html")]
pub struct TablePreview {
    l: Locale,
    shell: Shell,
    frame: Frame,
    unknown: Vec<String>,
    total: usize,
    same: usize,
    wrong: (usize, Vec<Row>),
    changed: (usize, Vec<Row>),
    new: (usize, Vec<Row>),
}

impl TablePreview {
    /// Those with rows in them, wrong ones first: the mark and title of each.
    fn sections(&self) -> Vec<(&'static str, &'static str, &(usize, Vec<Row>))> {
        let all = [
            ("wrong", "agency-file-wrong", &self.wrong),
            ("changed", "agency-file-changed", &self.changed),
            ("new", "agency-file-new", &self.new),
        ];
        all.into_iter().filter(|(_, _, (count, _))| *count > 0).collect()
    }

    /// Count, title, and the section that shows them.
    fn sums(&self) -> [(usize, &'static str, &'static str); 4] {
        [
            (self.new.0, "agency-file-new", "#new"),
            (self.changed.0, "agency-file-changed", "#changed"),
            (self.same, "agency-file-same", ""),
            (self.wrong.0, "agency-file-wrong", "#wrong"),
        ]
    }
}

/// `GET /desk/agencies/import/{id}`
pub async fn show(who: Keeper, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let upload = Upload::find_for(&app.db, who.person, id).await?;
    if upload.done_at.is_some() {
        return Ok(Said::to("/desk/agencies", "agency-file-done-before").into_response());
    }
    preview(&app, shell, &upload, false).await
}

async fn preview(app: &App, shell: Shell, upload: &Upload, differs: bool) -> Result<Response> {
    let frame = Frame { id: upload.id, file: upload.file.clone(), seen: String::new(), obstacles: Vec::new(), differs };
    let status = if differs { StatusCode::CONFLICT } else { StatusCode::OK };
    match upload.kind {
        Kind::Table => {
            let sheet: Sheet = serde_json::from_str(&upload.body)?;
            let comparison = Comparison::of(&Known::load(&app.db).await?, &sheet);
            Ok(Page(table(shell, frame, sheet.unknown, &comparison)).status(status))
        }
        Kind::Boundaries => {
            let communes = Communes::load(&app.db, time::local_date(app.clock.now())).await?;
            let matches = Matches::of(&communes, &serde_json::from_str(&upload.body)?);
            Ok(Page(shapes(shell, frame, &matches)).status(status))
        }
    }
}

fn table(shell: Shell, frame: Frame, unknown: Vec<String>, comparison: &Comparison) -> TablePreview {
    let l = shell.l;
    let some = |fits: fn(&Outcome) -> bool| {
        let lines = || comparison.lines.iter().filter(move |line| fits(&line.outcome));
        (lines().count(), lines().take(SHOWN_MAX).map(|line| row(l, line)).collect())
    };
    let obstacles = importing::obstacles(comparison).iter().map(|obstacle| obstacle.text(l)).collect();
    TablePreview {
        l,
        shell,
        frame: Frame { seen: comparison.mark(), obstacles, ..frame },
        unknown,
        total: comparison.lines.len(),
        same: comparison.count_same(),
        wrong: some(|outcome| matches!(outcome, Outcome::Wrong(_))),
        changed: some(|outcome| matches!(outcome, Outcome::Changed(_))),
        new: some(|outcome| matches!(outcome, Outcome::New)),
    }
}

fn row(l: Locale, line: &Line) -> Row {
    let wrong = |(field, obstacle): &(&'static str, Obstacle)| Detail {
        field: l.t(key_of(field)),
        from: String::new(),
        to: String::new(),
        wrong: obstacle.text(l),
    };
    let changed = |change: &Change| Detail {
        field: l.t(key_of(&change.field)),
        from: shown(l, &change.field, &change.from),
        to: shown(l, &change.field, &change.to),
        wrong: String::new(),
    };
    let told = |(field, value): (&'static str, String)| Detail {
        field: l.t(key_of(field)),
        from: String::new(),
        to: shown(l, field, &value),
        wrong: String::new(),
    };
    let details = match &line.outcome {
        Outcome::Wrong(mistakes) => mistakes.iter().map(wrong).collect(),
        Outcome::Changed(changes) => changes.iter().map(changed).collect(),
        Outcome::New => line.facts().into_iter().map(told).collect(),
        Outcome::Same => Vec::new(),
    };
    let notes = line.notes.iter().map(|note| note.text(l)).collect();
    Row { number: line.number, code: line.code.clone(), name: line.name.clone(), details, notes }
}

#[derive(Template)]
#[template(path = "people/staff/agency_files/boundaries.html")]
pub struct BoundariesPreview {
    l: Locale,
    shell: Shell,
    frame: Frame,
    total: usize,
    sums: Vec<(usize, &'static str)>,
    /// Number, what the file calls it, and what is wrong.
    wrong: Vec<(usize, String, String)>,
    unmatched: Vec<String>,
    /// What will be written: name and points, under the key of a title.
    written: Vec<(&'static str, Vec<(String, usize)>)>,
    without: Vec<String>,
    /// How many unmatched and wrong shapes are not listed.
    more: (usize, usize),
}

fn shapes(shell: Shell, frame: Frame, matches: &Matches) -> BoundariesPreview {
    let l = shell.l;
    let obstacles = boundaries::obstacle(matches).iter().map(|obstacle| obstacle.text(l)).collect();
    let sum = |fate: Fate, key| (matches.count(&fate), key);
    BoundariesPreview {
        l,
        shell,
        frame: Frame { seen: matches.mark(), obstacles, ..frame },
        total: matches.matches.len(),
        sums: vec![
            sum(Fate::New, "agency-boundary-new"),
            sum(Fate::Changed, "agency-boundary-changed"),
            sum(Fate::Same, "agency-boundary-same"),
            sum(Fate::Unmatched, "agency-boundary-unmatched"),
            (matches.wrong().count(), "agency-boundary-wrong"),
        ],
        wrong: matches.wrong().take(SHOWN_MAX).map(|one| (one.number, one.called.clone(), cause(l, one))).collect(),
        unmatched: with(matches, &Fate::Unmatched).map(|one| called(l, one)).collect(),
        written: [(Fate::New, "agency-boundary-new"), (Fate::Changed, "agency-boundary-changed")]
            .into_iter()
            .map(|(fate, key)| (key, with(matches, &fate).filter_map(named).collect()))
            .collect(),
        without: matches.without.clone(),
        more: (more(matches.count(&Fate::Unmatched)), more(matches.wrong().count())),
    }
}

fn with<'a>(matches: &'a Matches, fate: &'a Fate) -> impl Iterator<Item = &'a Match> {
    matches.matches.iter().filter(move |one| one.fate == *fate).take(SHOWN_MAX)
}

fn more(count: usize) -> usize {
    count.saturating_sub(SHOWN_MAX)
}

fn cause(l: Locale, one: &Match) -> String {
    match &one.fate {
        Fate::Wrong(obstacle) => obstacle.text(l),
        _ => String::new(),
    }
}

fn called(l: Locale, one: &Match) -> String {
    if one.called.is_empty() { l.t1("agency-boundary-nameless", "n", one.number) } else { one.called.clone() }
}

fn named(one: &Match) -> Option<(String, usize)> {
    Some((one.agency.as_ref()?.2.clone(), one.area.as_ref()?.points))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Confirmation {
    seen: String,
    why: String,
}

/// `POST /desk/agencies/import/{id}/confirmation`
pub async fn confirm(
    who: Keeper,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(form): Form<Confirmation>,
) -> Result<Response> {
    let upload = Upload::find_for(&app.db, who.person, id).await?;
    let why: String = if form.why.trim().is_empty() { upload.file.clone() } else { form.why.chars().take(500).collect() };
    let by = By::from(&who.0).because(why);
    let said = match upload.kind {
        Kind::Table => match importing::confirm(&app, &upload, &form.seen, &by).await? {
            importing::Confirmed::Done(Done { created, changed }) => {
                Said::to("/desk/agencies", "agency-file-done").with("created", created).with("changed", changed)
            }
            importing::Confirmed::Already => Said::to("/desk/agencies", "agency-file-done-before"),
            importing::Confirmed::Differs => return preview(&app, shell, &upload, true).await,
        },
        Kind::Boundaries => match boundaries::confirm(&app, &upload, &form.seen, &by).await? {
            boundaries::Confirmed::Done(written) => Said::to("/co-quan", "agency-boundary-done").with("n", written),
            boundaries::Confirmed::Already => Said::to("/desk/agencies", "agency-file-done-before"),
            boundaries::Confirmed::Differs => return preview(&app, shell, &upload, true).await,
        },
    };
    Ok(said.into_response())
}
