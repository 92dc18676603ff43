//! A document on one page: where it stands, what is in its way, its form at the left, how it will be printed at the right.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;

use super::{editing, paper};
use crate::base::{App, Who, fact};
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::reports::number::Number;
use crate::reports::report::arranging::Counted;
use crate::reports::report::composed::{Composed, Shown as Figure};
use crate::reports::report::composing::compose;
use crate::reports::report::{Head, Report, State, typing};
use crate::reports::rights;
use crate::reports::template::outline::{Asked, Outline};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Markup, Mistakes, Obstacle, Page, Path, Result, Shell};

const HISTORY_MAX: u64 = 50;

/// What the person may do here.
#[derive(Clone, Copy, Debug, Default)]
pub struct May {
    pub writes: bool,
    pub submits: bool,
    pub recalls: bool,
    pub signs: bool,
    pub issues: bool,
    pub drops: bool,
    pub succeeds: bool,
    pub shows: bool,
}

/// Another version of it.
pub struct Version {
    pub href: String,
    pub title: String,
    pub mark: &'static str,
    pub word: String,
    pub current: bool,
}

/// Something that is filled in.
pub struct Answered {
    pub name: String,
    pub label: String,
    pub value: String,
    /// Beside a figure, what the ledger has.
    pub help: String,
    pub error: String,
    /// It can be read in two ways, and was shown to the person.
    pub asked_back: bool,
}

#[derive(Template)]
#[template(path = "reports/staff/show.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    report: Report,
    agency: String,
    title: String,
    head: Head,
    authority: String,
    outline: Markup,
    fields: Vec<Answered>,
    figures: Vec<Answered>,
    paper: Markup,
    margin: Vec<(String, String)>,
    obstacles: Vec<Obstacle>,
    differences: Vec<String>,
    versions: Vec<Version>,
    counted: Counted,
    /// A closing that is newer than the one that it stands on; 0 when there is none.
    newer: i32,
    cancelled: String,
    events: Events,
    may: May,
    errors: Mistakes,
    conflict: bool,
    /// The reason that was typed and refused.
    why: String,
}

impl Shown {
    /// The same with the reason that was typed.
    #[must_use]
    pub fn because(self, why: String) -> Self {
        Self { why, ..self }
    }

    fn here(&self) -> String {
        Report::path(self.report.id)
    }

    fn words(&self, obstacle: &Obstacle) -> String {
        obstacle.text(self.l)
    }

    fn regime(&self) -> String {
        let duty = self.report.duty.map(|duty| format!("/desk/reports/regimes/{duty}?period={}", self.report.period));
        duty.unwrap_or_default()
    }

    fn is_submitted(&self) -> bool {
        self.report.state == State::Submitted
    }
}

fn may(who: &Who, report: &Report) -> May {
    let (writes, signs) = (rights::writes(who, report.agency), rights::signs(who, report.agency));
    let state = report.state;
    May {
        writes: writes && state.is_open(),
        submits: writes && state.is_open(),
        recalls: writes && matches!(state, State::Submitted | State::Signed),
        signs: signs && state == State::Submitted,
        issues: writes && state == State::Signed,
        drops: writes && state.is_open(),
        succeeds: writes && state == State::Issued,
        shows: signs && state.is_issued(),
    }
}

fn figure(l: Locale, one: &Figure, typed: Option<&String>, errors: &Mistakes) -> Answered {
    let value = typed.cloned().unwrap_or_default();
    let label = if one.label.is_empty() { one.code.clone() } else { one.label.clone() };
    let wrong = typing::read((&one.code, &label), &value, &[]).err().map(|wrong| wrong.text(l));
    let recorded = if one.recorded.is_empty() { l.t("report-figure-none") } else { format!("{} {}", one.recorded, one.unit) };
    Answered {
        name: format!("{}{}", editing::TYPED, one.code),
        help: l.t1("report-figure-recorded", "recorded", recorded.trim()),
        error: wrong.filter(|wrong| errors.iter().any(|(_, said)| said == wrong.as_str())).unwrap_or_default(),
        asked_back: typing::is_ambiguous(&value),
        label,
        value,
    }
}

/// The figures that are printed, each with what is typed over it. What is added up stands in its table alone: nobody types over that.
fn figures(
    l: Locale,
    composed: &Composed,
    outline: &Outline,
    typed: &BTreeMap<String, String>,
    errors: &Mistakes,
) -> Vec<Answered> {
    let lines = outline.figures();
    let printed = composed.figures.iter().filter(|one| lines.iter().any(|(code, _)| *code == one.code));
    printed.map(|one| figure(l, one, typed.get(&one.code), errors)).collect()
}

fn filled(asked: &Asked, value: Option<&String>) -> Answered {
    Answered {
        name: format!("{}{}", editing::FIELD, asked.code),
        label: asked.label.clone(),
        value: value.cloned().unwrap_or_default(),
        help: String::new(),
        error: String::new(),
        asked_back: false,
    }
}

async fn versions(app: &App, l: Locale, who: &Who, report: &Report) -> Result<Vec<Version>> {
    let all = Report::versions(&app.db, report.work).await?;
    let version = |one: &Report| Version {
        href: Report::path(one.id),
        title: format!("{} {}", l.t1("report-edition", "n", one.edition), one.number_shown()),
        mark: one.state.mark(),
        word: l.t(&one.state.key()),
        current: one.id == report.id,
    };
    Ok(all.iter().filter(|one| rights::sees(who, one)).map(version).collect())
}

/// What it says: as it was frozen, or as it would be now.
async fn made(app: &App, report: &Report) -> Result<(Composed, Vec<Obstacle>, Vec<String>)> {
    let l = Locale::default();
    if let Some(frozen) = report.frozen()? {
        return Ok((frozen, Vec::new(), report.differences().iter().map(|one| one.text(l)).collect()));
    }
    let made = compose(app, report).await?;
    let differences = made.differences.iter().map(|one| one.text(l)).collect();
    Ok((made.composed, made.obstacles, differences))
}

/// The page; `errors` with whether somebody was quicker.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, report: Report, (errors, conflict): (Mistakes, bool)) -> Result<Shown> {
    let l = shell.l;
    let (composed, obstacles, differences) = made(app, &report).await?;
    let known = Known::now(app).await?;
    let mut facts = fact::Model::history(&app.db, report.id, HISTORY_MAX).await?;
    facts.retain(|fact| fact.kind != "AccessRefused");
    let (arrangement, head, outline) = (report.arrangement(), report.head(), report.outline());
    let form = editing::outline(l, &shell, &outline, (false, format!("{}/preview", Report::path(report.id))), &errors)?;
    let number = Number::of_report(&app.db, report.id).await?;
    Ok(Shown {
        agency: known.get(&report.agency).map(|body| body.name.clone()).unwrap_or_default(),
        title: report.called(),
        authority: head.authority.join("\n"),
        outline: form,
        fields: outline.fields.iter().map(|one| filled(one, arrangement.fields.get(&one.code))).collect(),
        figures: figures(l, &composed, &outline, &arrangement.typed, &errors),
        paper: paper::shown(&composed, true)?,
        margin: paper::margin(l, &composed),
        counted: composed.counted,
        newer: report.newer_closing(app).await?.unwrap_or_default(),
        cancelled: number.and_then(|number| number.struck(l)).unwrap_or_default(),
        versions: versions(app, l, who, &report).await?,
        events: Events::of(&app.db, l, &facts, &known).await?,
        may: may(who, &report),
        obstacles,
        differences,
        errors,
        conflict,
        why: String::new(),
        head,
        report,
        l,
        shell,
    })
}

/// `GET /desk/reports/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Shown>> {
    let report = Report::find_for(&app, &who, id).await?;
    if report.state == State::Dropped {
        return Err(Error::NotFound);
    }
    Ok(Page(page(&app, &who, shell, report, (Mistakes::default(), false)).await?))
}
