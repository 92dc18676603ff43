//! A programme for everyone: what was promised, by whom, by when; and the data to take away.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;

use crate::base::{App, time};
use crate::plans::plan::State as PlanState;
use crate::plans::programme::{Filter, Programme};
use crate::plans::staff::board::{Chip, Choices, Filtered, Group};
use crate::plans::staff::export::file;
use crate::plans::view;
use crate::plans::{Plan, export::Export};
use crate::web::download::Download;
use crate::web::{Locale, Page, Path, Result, Shell, address};

/// A plan in a list.
pub struct Line {
    pub href: String,
    pub title: String,
    pub subject: String,
    pub issuer: String,
    pub issued: String,
}

/// A plan as a line.
#[must_use]
pub fn line(plan: &Plan) -> Line {
    Line {
        href: plan.public_path(),
        title: plan.title(),
        subject: plan.subject.clone(),
        issuer: plan.issuer.clone(),
        issued: plan.issued_on.map(time::day).unwrap_or_default(),
    }
}

/// One bar of the picture of deadlines.
pub struct Bar {
    pub label: String,
    pub count: usize,
    /// Percent of the longest bar.
    pub share: usize,
    pub href: String,
}

/// How many provisions are due when.
#[must_use]
pub fn bars(l: Locale, programme: &Programme, at: &str) -> Vec<Bar> {
    let groups = programme.due_groups();
    let longest = groups.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let bar = |(group, count): (String, usize)| Bar {
        label: view::due_label(l, &group),
        share: count * 100 / longest,
        href: format!("{at}{}#all", address::query(&[("due", &group)])),
        count,
    };
    groups.into_iter().map(bar).collect()
}

#[derive(Template)]
#[template(path = "plans/portal/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    lines: Vec<Line>,
}

/// `GET /ke-hoach`
pub async fn list(shell: Shell, State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let lines = Plan::adopted(&app.db).await?.iter().map(line).collect();
    let nonce = shell.nonce.clone();
    Page(List { l: shell.l, shell, lines }).public(&headers, &nonce)
}

#[derive(Template)]
#[template(path = "plans/portal/plan.html")]
pub struct Public {
    l: Locale,
    shell: Shell,
    plan: Plan,
    line: Line,
    filter: Filter,
    query: String,
    choices: Choices,
    chips: Vec<Chip>,
    bars: Vec<Bar>,
    groups: Vec<Group>,
    shown: usize,
    total: usize,
    by_kind: Vec<(String, String, usize)>,
    /// The plan that took this one's place.
    successor: Option<Line>,
    json_ld: String,
    printed: String,
}

impl Public {
    /// Where the filter is taken off; empty when there is none.
    fn clear(&self) -> &str {
        if self.filter.is_empty() { "" } else { &self.line.href }
    }
}

/// `GET /ke-hoach/{slug}`
pub async fn show(
    shell: Shell,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(filter): Query<Filter>,
    headers: HeaderMap,
) -> Result<Response> {
    let plan = Plan::find_by_slug(&app.db, &slug).await?;
    let successor = if plan.state == PlanState::Replaced { Plan::successor(&app.db, plan.id).await? } else { None };
    let filtered = Filtered::load(&app, shell.l, plan, filter).await?;
    let l = shell.l;
    let at = filtered.programme.plan.public_path();
    let (choices, groups) = (filtered.choices(l), filtered.groups());
    let (chips, bars) = (filtered.chips(&choices, &at), bars(l, &filtered.programme, &at));
    let by_kind = filtered.programme.counts(|entry| entry.provision.kind.clone());
    let Filtered { programme: Programme { plan, entries }, filter, .. } = filtered;
    let nonce = shell.nonce.clone();
    let page = Public {
        json_ld: json_ld(&app, &plan),
        line: line(&plan),
        query: filter.query(),
        shown: groups.iter().map(|group| group.rows.len()).sum(),
        total: entries.len(),
        by_kind: by_kind
            .into_iter()
            .map(|(kind, count)| (l.t(&format!("provision-kind-{kind}")), kind, count))
            .map(|(label, kind, count)| (kind, label, count))
            .collect(),
        successor: successor.as_ref().map(line),
        printed: time::minute(app.clock.now()),
        l,
        shell,
        plan,
        filter,
        choices,
        chips,
        bars,
        groups,
    };
    Page(page).public(&headers, &nonce)
}

/// schema.org `Legislation`: number, date and issuer for search engines. `<` can not end the script element.
fn json_ld(app: &App, plan: &Plan) -> String {
    let value = json!({
        "@context": "https://schema.org", "@type": "Legislation", "inLanguage": "vi",
        "name": plan.subject, "legislationIdentifier": plan.number, "legislationType": plan.type_name,
        "legislationDate": plan.issued_on, "legislationPassedBy": { "@type": "GovernmentOrganization", "name": plan.issuer },
        "url": format!("{}{}", app.config.public_url(), plan.public_path()),
        "legislationLegalForce": if plan.state == PlanState::Adopted { "InForce" } else { "NotInForce" },
    });
    value.to_string().replace('<', "\\u003c")
}

/// `GET /ke-hoach/{slug}/du-lieu/{format}`: CSV, XLSX, JSON or iCalendar, filtered as the page is.
pub async fn data(
    shell: Shell,
    State(app): State<App>,
    Path((slug, format)): Path<(String, String)>,
    Query(filter): Query<Filter>,
) -> Result<Download> {
    let plan = Plan::find_by_slug(&app.db, &slug).await?;
    let filtered = Filtered::load(&app, shell.l, plan, filter).await?;
    let export = Export { l: shell.l, plan: &filtered.programme.plan, entries: filtered.entries(), agencies: &filtered.agencies };
    export.file(&app, &format)
}

/// `GET /ke-hoach/{slug}/van-ban`: the document itself.
pub async fn source(State(app): State<App>, Path(slug): Path<String>) -> Result<Download> {
    let plan = Plan::find_by_slug(&app.db, &slug).await?;
    file(&app, &plan).await
}
