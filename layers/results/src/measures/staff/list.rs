//! The measures, by the targets of plans that they serve.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State as Shared;
use chrono::Datelike;
use sea_orm::entity::prelude::*;

use ::measures::{Amount, Definition, Shape};

use super::drawing;
use crate::base::{App, time};
use crate::measures::heading::Heading;
use crate::measures::kept::{self, Row};
use crate::measures::measure::{Measure, State};
use crate::measures::{rights, words};
use crate::plans::{Plan, provision};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Markup, Page, Result, Shell, cut};

/// How long a node may not know what another counted or defined.
pub const SEEN_AGAIN_S: i64 = 2;
const TARGET_LETTERS: usize = 180;

/// A measure as a line.
pub struct Line {
    pub href: String,
    pub title: String,
    pub value: String,
    pub is_figure: bool,
    /// Agencies of which there is no figure.
    pub gaps: u32,
    pub target: String,
    pub sparks: Vec<String>,
    pub goal: String,
    pub mark: &'static str,
    pub word: String,
    pub is_suggested: bool,
    /// Another person has to agree that it is public.
    pub waits: bool,
}

/// What serves a target, or none.
pub struct Group {
    /// The place of the target; empty for measures that serve none.
    pub path: String,
    pub text: String,
    pub href: String,
    pub lines: Vec<Line>,
}

/// The drawn list, the same for everybody who may see it.
#[derive(Debug)]
pub struct Listed {
    html: Markup,
    is_empty: bool,
    suggested: usize,
}

#[derive(Template)]
#[template(path = "measures/staff/groups.html")]
struct Drawn<'a> {
    l: Locale,
    /// For its icons; what is drawn here is nobody's own.
    shell: &'a Shell,
    groups: Vec<Group>,
    year: i32,
}

#[derive(Template)]
#[template(path = "measures/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    listed: Arc<Listed>,
    may_define: bool,
    printed: String,
}

/// The rows of the province of these measures, by measure, earliest first.
///
/// # Errors
/// The database failed.
pub async fn rows(app: &App, measures: &[Measure], year: i32) -> Result<HashMap<Uuid, Vec<Row>>> {
    let ids: Vec<Uuid> = measures.iter().map(|one| one.id).collect();
    // All of them: the way to a target begins in the first, on every page the same.
    let mut found: HashMap<Uuid, Vec<Row>> = HashMap::new();
    for row in kept::until(&app.db, &ids, year).await? {
        found.entry(row.measure).or_default().push(row);
    }
    found.values_mut().for_each(|rows| rows.sort_by_key(|row| row.year));
    Ok(found)
}

/// A measure as a line: what this year came to, with what its months did.
#[must_use]
pub fn line(l: Locale, measure: &Measure, rows: &[Row], today: (i32, u32)) -> Line {
    let definition = measure.definition();
    let heading = Heading::of(&definition, rows, today);
    // Of this year alone, as the head of the column says.
    let value = rows.iter().find(|row| row.year == today.0).and_then(|row| row.year_of(&definition));
    let stand = heading.stand_in(today.0, &definition, today.0);
    let values = monthly(rows);
    let most = most(&definition);
    Line {
        href: measure.desk_path(),
        title: measure.title.clone(),
        is_figure: value.is_some_and(|value| value.figure().is_some()),
        value: words::value(l, value.as_ref(), &definition.unit),
        gaps: value.filter(|value| value.figure().is_some()).map(|value| value.gaps).unwrap_or_default(),
        target: definition.target.map(|target| words::target(l, &target, &definition.unit)).unwrap_or_default(),
        sparks: drawing::spark(&values, most),
        goal: definition.target.map(|target| drawing::level(target.value.as_f64(), &values, most)).unwrap_or_default(),
        mark: stand.mark(),
        word: l.t(stand.key()),
        is_suggested: measure.state == State::Suggested,
        waits: measure.waits(),
    }
}

/// The months of the last two years.
fn monthly(rows: &[Row]) -> Vec<Option<f64>> {
    let last = rows.iter().rev().take(2).rev();
    last.flat_map(|row| row.months().0).map(|value| value.and_then(|value| value.figure()).map(Amount::as_f64)).collect()
}

/// The most there can be.
#[must_use]
pub fn most(definition: &Definition) -> Option<f64> {
    (definition.shape == Shape::Ratio).then_some(100.0)
}

/// `GET /desk/measures`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<List>> {
    if !rights::sees(&who) {
        return Err(Error::Forbidden);
    }
    let listed = app.lately(&format!("measures.list.{}", shell.lang), SEEN_AGAIN_S, Listed::of(&app, &shell)).await?;
    let (may_define, printed) = (rights::defines(&who), time::minute(app.clock.now()));
    Ok(Page(List { listed, may_define, printed, l: shell.l, shell }))
}

impl Listed {
    /// Reads all measures and draws them.
    async fn of(app: &App, shell: &Shell) -> Result<Self> {
        let now = time::local_date(app.clock.now());
        let measures = Measure::all(&app.db).await?;
        let groups = grouped(app, shell.l, &measures, (now.year(), now.month())).await?;
        let suggested = measures.iter().filter(|one| one.state == State::Suggested).count();
        let (is_empty, year) = (groups.is_empty(), now.year());
        let html = Markup(Drawn { l: shell.l, shell, groups, year }.render()?);
        Ok(Self { html, is_empty, suggested })
    }
}

/// The measures under the targets that they serve; those that serve none come last.
async fn grouped(app: &App, l: Locale, measures: &[Measure], today: (i32, u32)) -> Result<Vec<Group>> {
    let rows = rows(app, measures, today.0).await?;
    let wanted: Vec<Uuid> = measures.iter().filter_map(|one| one.provision).collect();
    let provisions = provision::Entity::find().filter(provision::Column::Id.is_in(wanted)).all(&app.db).await?;
    let provisions: HashMap<Uuid, &provision::Model> = provisions.iter().map(|one| (one.id, one)).collect();
    let mut groups: Vec<(Option<Uuid>, Group)> = Vec::new();
    for measure in measures {
        let line = line(l, measure, rows.get(&measure.id).map(Vec::as_slice).unwrap_or_default(), today);
        if let Some((_, group)) = groups.iter_mut().find(|(of, _)| *of == measure.provision) {
            group.lines.push(line);
            continue;
        }
        let of = measure.provision.and_then(|id| provisions.get(&id));
        let group = Group {
            path: of.map(|one| one.path.clone()).unwrap_or_default(),
            text: of.map_or_else(|| l.t("measures-without-target"), |one| cut(&one.text, TARGET_LETTERS)),
            href: of.map(|one| Plan::desk_path(one.plan)).unwrap_or_default(),
            lines: vec![line],
        };
        groups.push((measure.provision, group));
    }
    groups.sort_by_key(|(of, _)| of.is_none());
    Ok(groups.into_iter().map(|(_, group)| group).collect())
}
