//! The editor of a definition. It works without script; with it, what would be counted is said while it is typed.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::Datelike;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use ::measures::{Better, Every, Missing, Op, RollUp, Shape};

use super::form::{Given, Row};
use super::preview::{self, Preview};
use crate::base::{App, sources, time};
use crate::measures::defining::{MEANING_LETTERS_MAX, TITLE_LETTERS_MAX};
use crate::measures::measure::Measure;
use crate::measures::recomputing::{recompute, redefined};
use crate::measures::rights::Definer;
use crate::measures::surroundings::{There, class_codes};
use crate::measures::{suggesting, words};
use crate::people::class;
use crate::plans::{Plan, Provision, target};
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell, cut};

const LETTERS: usize = 110;
/// Lines that are offered to be filled in.
const LINES: usize = 3;

type Pairs = Vec<(String, String)>;

/// Something to choose.
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// A line of a numerator or denominator with its number.
pub struct Line {
    pub at: usize,
    pub row: Row,
}

#[derive(Template)]
#[template(path = "measures/staff/edit.html")]
pub struct Editor {
    l: Locale,
    shell: Shell,
    measure: Option<Measure>,
    version: i32,
    given: Given,
    above: Vec<Line>,
    below: Vec<Line>,
    sources: Vec<Choice>,
    fields: Vec<Choice>,
    measures: Vec<Choice>,
    classes: Vec<Choice>,
    targets: Vec<Choice>,
    errors: Mistakes,
    conflict: bool,
    preview: Preview,
}

impl Editor {
    fn heading(&self) -> String {
        self.l.t(if self.measure.is_some() { "measure-edit" } else { "measure-new" })
    }

    fn action(&self) -> String {
        self.measure.as_ref().map_or_else(|| "/desk/measures".into(), Measure::desk_path)
    }

    fn choices(&self, prefix: &str, codes: &[&'static str]) -> Vec<(String, String)> {
        codes.iter().map(|code| ((*code).to_owned(), self.l.t(&format!("measure-{prefix}-{code}")))).collect()
    }

    fn shapes(&self) -> Vec<(String, String)> {
        self.choices("shape", &Shape::ALL.iter().map(|one| one.code()).collect::<Vec<_>>())
    }

    fn everies(&self) -> Vec<(String, String)> {
        self.choices("every", &Every::ALL.iter().map(|one| one.code()).collect::<Vec<_>>())
    }

    fn roll_ups(&self) -> Vec<(String, String)> {
        self.choices("roll-up", &RollUp::ALL.iter().map(|one| one.code()).collect::<Vec<_>>())
    }

    fn missings(&self) -> Vec<(String, String)> {
        self.choices("missing", &Missing::ALL.iter().map(|one| one.code()).collect::<Vec<_>>())
    }

    fn betters(&self) -> Vec<(String, String)> {
        self.choices("better", &Better::ALL.iter().map(|one| one.code()).collect::<Vec<_>>())
    }

    fn ops(&self) -> Vec<(String, String)> {
        self.choices("op", &Op::ALL.iter().map(|one| one.code()).collect::<Vec<_>>())
    }

    fn title_max(&self) -> usize {
        TITLE_LETTERS_MAX
    }

    fn meaning_max(&self) -> usize {
        MEANING_LETTERS_MAX
    }
}

/// What was typed, what of it was refused, and whether somebody was quicker.
#[derive(Default)]
struct Sent {
    given: Given,
    errors: Vec<Obstacle>,
    conflict: bool,
    /// The version over which it was typed, which stays that of the form until somebody was told of a newer one.
    seen: Option<i32>,
}

fn lines(rows: &[Row]) -> Vec<Line> {
    let empty = std::iter::repeat_n(Row::default(), LINES.saturating_sub(rows.len()).max(1));
    rows.iter().cloned().chain(empty).enumerate().map(|(at, row)| Line { at: at + 1, row }).collect()
}

async fn page(app: &App, shell: Shell, measure: Option<Measure>, sent: Sent) -> Result<Editor> {
    let l = shell.l;
    let there = There::read(app).await?;
    let mut sources: Vec<Choice> = sources::all(app).map(|one| source(l, one.code)).collect();
    // What the rules suggested stays a choice, though nothing keeps it yet.
    let kept = measure.as_ref().map(Measure::definition).unwrap_or_default();
    sources.extend(kept.sources().filter(|code| !there.known.sources.contains(*code)).map(|code| source(l, code)));
    let field = |one: &crate::measures::answers::Countable| Choice {
        value: format!("field:{}:{}", one.duty, one.field),
        label: format!("{} · {}", one.label, cut(&one.duty_title, LETTERS)),
    };
    let others = there.measures.iter().filter(|one| measure.as_ref().is_none_or(|own| own.id != one.id));
    Ok(Editor {
        version: sent.seen.or(measure.as_ref().map(|one| one.version)).unwrap_or_default(),
        above: lines(&sent.given.above),
        below: lines(&sent.given.below),
        sources,
        fields: there.fields.iter().map(field).collect(),
        measures: others.map(|one| Choice { value: format!("measure:{}", one.code), label: one.title.clone() }).collect(),
        classes: class_codes().into_iter().map(|code| Choice { label: class::label(&code, l.0), value: code }).collect(),
        targets: targets(app).await?,
        errors: Mistakes::told(&sent.errors, l),
        conflict: sent.conflict,
        preview: preview::of(app, l, &there, measure.as_ref(), &sent.given).await?,
        given: sent.given,
        measure,
        l,
        shell,
    })
}

fn source(l: Locale, code: &str) -> Choice {
    Choice { value: format!("source:{code}"), label: words::source(l, code) }
}

async fn targets(app: &App) -> Result<Vec<Choice>> {
    let mut found = Vec::new();
    for plan in Plan::adopted(&app.db).await? {
        let provisions = Provision::of(&app.db, plan.id).await?;
        let choice =
            |one: &Provision| Choice { value: one.id.to_string(), label: format!("{} · {}", one.path, cut(&one.text, LETTERS)) };
        found.extend(provisions.iter().filter(|one| suggesting::is_target(one)).map(choice));
    }
    Ok(found)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    provision: String,
}

/// The form as a target asks for it.
async fn begun(app: &App, ask: &Ask) -> Result<Given> {
    let blank = Given {
        provision: ask.provision.clone(),
        public: true,
        every: Every::Year.code().into(),
        target_year: time::local_date(app.clock.now()).year().to_string(),
        ..Given::default()
    };
    let Ok(id) = ask.provision.parse::<Uuid>() else { return Ok(blank) };
    for plan in Plan::adopted(&app.db).await? {
        let Ok(provision) = Provision::find(&app.db, plan.id, id).await else { continue };
        let wanted = provision.target();
        let percent = wanted.as_ref().is_some_and(|wanted| wanted.unit.as_deref() == Some("%"));
        let value = wanted.as_ref().and_then(|wanted| wanted.value).and_then(::measures::Amount::near);
        return Ok(Given {
            title: cut(&provision.text, TITLE_LETTERS_MAX / 2),
            shape: if percent { Shape::Ratio.code().into() } else { Shape::Count.code().into() },
            unit: wanted.as_ref().and_then(|wanted| wanted.unit.clone()).unwrap_or_default(),
            meaning: wanted.as_ref().map(target::words).unwrap_or_default(),
            target_value: value.map(::measures::Amount::shown).unwrap_or_default(),
            target_year: suggesting::year_of(&provision, &plan).to_string(),
            ..blank
        });
    }
    Ok(blank)
}

/// `GET /desk/measures/new`
pub async fn new(_who: Definer, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Editor>> {
    let given = begun(&app, &ask).await?;
    Ok(Page(page(&app, shell, None, Sent { given, ..Sent::default() }).await?))
}

/// `POST /desk/measures`
pub async fn define(who: Definer, shell: Shell, Shared(app): Shared<App>, Form(fields): Form<Pairs>) -> Result<Response> {
    let given = Given::of(&fields);
    let (typed, mut errors) = given.read();
    if errors.is_empty() {
        match Measure::define(&app, shell.l, &who, &typed).await {
            Ok(measure) => {
                recompute(&app, time::local_date(app.clock.now()).year(), Some(&[measure.id])).await?;
                return Ok(Said::to(measure.desk_path(), "measure-was-defined").into_response());
            }
            Err(Error::Refused(found)) => errors = found,
            Err(error) => return Err(error),
        }
    }
    let page = page(&app, shell, None, Sent { given, errors, ..Sent::default() }).await?;
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// `GET /desk/measures/{code}/edit`
pub async fn edit(_who: Definer, shell: Shell, Shared(app): Shared<App>, Path(code): Path<String>) -> Result<Page<Editor>> {
    let measure = Measure::named(&app, &code).await?;
    let given = Given::kept(&measure);
    Ok(Page(page(&app, shell, Some(measure), Sent { given, ..Sent::default() }).await?))
}

/// `POST /desk/measures/{code}`
pub async fn change(
    who: Definer,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(code): Path<String>,
    Form(fields): Form<Pairs>,
) -> Result<Response> {
    let measure = Measure::named(&app, &code).await?;
    let given = Given { code: measure.code.clone(), ..Given::of(&fields) };
    let seen = fields.iter().find(|(name, _)| name == "version").and_then(|(_, value)| value.parse().ok()).unwrap_or_default();
    let (typed, mut errors) = given.read();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if errors.is_empty() {
        match measure.redefine(&app, shell.l, &who, &typed, seen).await {
            Ok(()) => {
                redefined(&app, &measure).await?;
                return Ok(Said::to(measure.desk_path(), "measure-was-changed").into_response());
            }
            Err(error) => (status, errors) = error.handed_back()?,
        }
    }
    let conflict = status == StatusCode::CONFLICT;
    let sent = Sent { given, errors, conflict, seen: Some(seen).filter(|_| !conflict) };
    Ok(Page(page(&app, shell, Some(measure), sent).await?).status(status))
}
