//! `/ke-hoach/{slug}/tien-do`: what a plan asked, of whom, by when, and whether it was done, for everyone.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::Datelike;
use serde::Deserialize;
use serde_json::json;

use super::data::{ABOUT, COUNTS, column};
use super::pieces::Cut;
use super::published::Published;
use crate::base::{App, time};
use crate::duties::progress::{Tally, Which};
use crate::duties::staff::board::body::{Share, bar, shares, state};
use crate::duties::view;
use crate::people::agency::Standing;
use crate::people::agency::brief::Known;
use crate::people::agency::directory;
use crate::people::map::Map;
use crate::plans::Plan;
use crate::plans::plan::State as PlanState;
use crate::web::chart::Fill;
use crate::web::{Locale, Markup, Page, Path, Result, Shell};

/// The counts that stand in a table of the public's pages.
pub const SHOWN: [Which; 5] = [Which::Expected, Which::Submitted, Which::OnTime, Which::Returned, Which::Overdue];

/// What the address asks to see.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// What is due in that year; the present one when empty.
    nam: String,
}

/// A figure, and where it is opened.
pub struct Figure {
    pub label: String,
    pub value: String,
    pub note: String,
    pub href: String,
    pub state: &'static str,
}

/// A part, a period or an agency.
pub struct Line {
    pub label: String,
    pub href: String,
    pub share: String,
    pub state: &'static str,
    /// Each with where it is opened.
    pub counts: Vec<(String, String)>,
}

impl Line {
    /// The Fluent key of what its mark says.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self.state {
            "late" => "public-map-late",
            "returned" => "public-map-returned",
            "waiting" => "public-map-waiting",
            "open" => "public-map-open",
            _ => "public-map-on-time",
        }
    }
}

/// A table of lines.
pub struct Lines {
    pub id: &'static str,
    pub title: String,
    pub head: String,
    pub lines: Vec<Line>,
}

/// A word and what it means.
pub struct Meaning {
    pub id: String,
    pub name: String,
    pub words: String,
}

#[derive(Template)]
#[template(path = "duties/portal/plan.html")]
pub struct Progress {
    l: Locale,
    shell: Shell,
    plan: Plan,
    finding: String,
    as_of: String,
    year: i32,
    years: Vec<i32>,
    figures: Vec<Figure>,
    shares: Vec<Share>,
    tables: Vec<Lines>,
    heads: Vec<String>,
    map: Map,
    states: HashMap<String, &'static str>,
    meanings: Vec<Meaning>,
    columns: Vec<Meaning>,
    /// The progress of the plan that took this one's place.
    successor: Option<(String, String)>,
    json_ld: String,
}

impl Progress {
    fn bar(&self) -> Markup {
        bar(&self.shares)
    }

    fn drawn_map(&self) -> Markup {
        let state = |href: &str| Fill::State(self.states.get(href).copied().unwrap_or("unknown"));
        self.map.drawn(&self.l.t("progress-map"), |place| (format!("{}/tien-do", place.href), state(&place.href)))
    }
}

/// `GET /ke-hoach/{slug}/tien-do`
pub async fn show(
    shell: Shell,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Response> {
    let plan = Plan::with_public_progress(&app.db, &slug).await?;
    let today = time::local_date(app.clock.now());
    let year = ask.nam.parse().ok().filter(|year| (1900..3000).contains(year)).unwrap_or(today.year());
    let published = Published::of(&app, &plan, Some(year)).await?;
    let agencies = Known::now(&app).await?;
    let communes: Vec<directory::Line> = directory::all(&app.db)
        .await?
        .into_iter()
        .filter(|line| line.kind.is_local() && line.standing(today) == Standing::Open)
        .collect();
    let (l, total) = (shell.l, published.total(|_| true));
    let nonce = shell.nonce.clone();
    let sums = published.by(|piece| piece.agency);
    let of = |(agency, tally): &(_, Tally)| Some((agencies.get(agency)?.public_path(), state(tally)));
    let page = Progress {
        finding: finding(l, &total, year),
        as_of: time::minute(published.at),
        year,
        years: published.years.clone(),
        figures: figures(l, &plan, &Cut { year, ..Cut::default() }, &total),
        shares: shares(l, &total, |which| Cut { year, ..Cut::default() }.href(&plan, which)),
        tables: tables(l, (&plan, year), &published, &agencies),
        heads: heads(l),
        map: Map::of(&app.db, &communes, None).await?,
        states: sums.iter().filter_map(of).collect(),
        meanings: meanings(l),
        columns: columns(l),
        successor: successor(&app, &plan).await?,
        json_ld: json_ld(&app, l, &plan, &published),
        l,
        shell,
        plan,
    };
    Page(page).public(&headers, &nonce)
}

async fn successor(app: &App, plan: &Plan) -> Result<Option<(String, String)>> {
    if plan.state != PlanState::Replaced {
        return Ok(None);
    }
    let next = Plan::successor(&app.db, plan.id).await?;
    Ok(next.map(|next| (if next.progress_public { next.progress_path() } else { next.public_path() }, next.title())))
}

/// The finding in one sentence.
fn finding(l: Locale, total: &Tally, year: i32) -> String {
    let Some(share) = view::share(l, total, total.done()) else {
        return l.t1("public-progress-nothing", "year", year);
    };
    let late = vietnamese::number::format_integer(total.overdue);
    l.with("public-progress-finding", &[("share", share), ("year", year.to_string()), ("late", late)])
}

/// The figures at the head of a page.
#[must_use]
pub fn figures(l: Locale, plan: &Plan, cut: &Cut<'_>, total: &Tally) -> Vec<Figure> {
    let shown = [(Which::Expected, ""), (Which::Submitted, "waiting"), (Which::OnTime, "on-time"), (Which::Overdue, "late")];
    let figure = |(which, state): (Which, &'static str)| {
        let count = which.of(total);
        let share = view::share(l, total, count).filter(|_| which != Which::Expected);
        Figure {
            label: l.t(&format!("progress-{}", which.code())),
            value: vietnamese::number::format_integer(count),
            note: share.map(|share| l.t1("progress-percent", "share", share)).unwrap_or_default(),
            href: cut.href(plan, which),
            state: if count == 0 { "" } else { state },
        }
    };
    shown.into_iter().map(figure).collect()
}

/// The heads of the counts.
#[must_use]
pub fn heads(l: Locale) -> Vec<String> {
    SHOWN.iter().map(|which| l.t(&format!("progress-{}", which.code()))).collect()
}

/// A line of a table: what it is called, where that leads, and the part of the plan's progress that it counts.
#[must_use]
pub fn line(l: Locale, (label, href): (String, String), plan: &Plan, cut: &Cut<'_>, tally: &Tally) -> Line {
    let count = |which: &Which| (vietnamese::number::format_integer(which.of(tally)), cut.href(plan, *which));
    Line {
        label,
        href,
        share: view::share(l, tally, tally.done()).unwrap_or_default(),
        state: state(tally),
        counts: SHOWN.iter().map(count).collect(),
    }
}

/// By part in the order of the document, by period in the order of the last days, by agency in the order of the names.
fn tables(l: Locale, (plan, year): (&Plan, i32), published: &Published, agencies: &Arc<Known>) -> Vec<Lines> {
    let of = |cut: Cut<'_>, label: String, tally: &Tally| {
        let cut = Cut { year, ..cut };
        line(l, (label, cut.href(plan, Which::Expected)), plan, &cut, tally)
    };
    let mut parts = published.by(|piece| piece.section.clone());
    parts.sort_by_key(|(part, _)| published.parts.iter().position(|known| known == part));
    let part = |(part, tally): &(String, Tally)| {
        let label = if part.is_empty() { l.t("progress-no-part") } else { l.t1("progress-part", "part", part) };
        of(Cut { part: Some(part), ..Cut::default() }, label, tally)
    };
    let period = |(period, tally): &(String, Tally)| of(Cut { period, ..Cut::default() }, view::period(l, period), tally);
    let mut bodies = published.by(|piece| piece.agency);
    bodies.sort_by_key(|(agency, _)| agencies.rank(*agency));
    let body = |(agency, tally): &(_, Tally)| {
        let agency = agencies.get(agency)?;
        let cut = Cut { year, agency: &agency.slug, ..Cut::default() };
        Some(line(l, (agency.name.clone(), agency.progress_path()), plan, &cut, tally))
    };
    let periods = published.by(|piece| piece.period.clone());
    let table = |id, title: &str, head: &str, lines| Lines { id, title: l.t(title), head: l.t(head), lines };
    vec![
        table("phan", "progress-by-part", "filter-part", parts.iter().map(part).collect()),
        table("ky", "progress-by-period", "slot-period", periods.iter().map(period).collect()),
        table("co-quan", "progress-by-body", "agencies-head-name", bodies.iter().filter_map(body).collect()),
    ]
}

/// What each figure counts, in words.
#[must_use]
pub fn meanings(l: Locale) -> Vec<Meaning> {
    COUNTS
        .iter()
        .map(|which| Meaning {
            id: format!("nghia-{}", which.code()),
            name: l.t(&format!("progress-{}", which.code())),
            words: l.t(&format!("open-data-{}", which.code())),
        })
        .collect()
}

/// The columns of the open data that are no counts.
fn columns(l: Locale) -> Vec<Meaning> {
    let about = ABOUT.iter().map(|name| ((*name).to_owned(), l.t(&format!("open-data-{}", name.replace('_', "-")))));
    let counts = COUNTS.iter().map(|which| (column(*which), l.t(&format!("progress-{}", which.code()))));
    about.chain(counts).map(|(name, words)| Meaning { id: String::new(), name, words }).collect()
}

/// schema.org `Dataset` with where its files are. `<` can not end the script element.
fn json_ld(app: &App, l: Locale, plan: &Plan, published: &Published) -> String {
    let here = format!("{}{}", app.config.public_url(), plan.progress_path());
    let file = |ending: &str, media_type: &str| json!({ "@type": "DataDownload", "encodingFormat": media_type, "contentUrl": format!("{here}.{ending}") });
    let value = json!({
        "@context": "https://schema.org", "@type": "Dataset", "inLanguage": "vi", "url": here,
        "name": l.t1("public-progress-title", "plan", plan.title()), "description": l.t1("open-data-about", "plan", plan.title()),
        "creator": { "@type": "GovernmentOrganization", "name": plan.issuer },
        "dateModified": time::machine(published.at), "isAccessibleForFree": true, "license": format!("{here}#du-lieu"),
        "distribution": [file("csv", "text/csv"), file("json", "application/json")],
    });
    value.to_string().replace('<', "\\u003c")
}
