//! A regime: the eleven things that it says, and who has, who is late, who never signed in.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::{App, time};
use crate::duties::closing::Closing;
use crate::duties::request::may_see;
use crate::duties::view;
use crate::reports::board::{Board, Row, Which};
use crate::reports::regime::{self, Regime, Said as Item};
use crate::reports::report::Report;
use crate::reports::rights;
use crate::reports::template::{Template as Pattern, reading};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    period: String,
    show: String,
}

/// A period, or what is shown of it.
pub struct Tab {
    pub href: String,
    pub label: String,
    pub count: usize,
    pub current: bool,
}

/// A document of the period.
pub struct Document {
    pub href: String,
    pub title: String,
    pub mark: &'static str,
    pub word: String,
    pub number: String,
}

#[derive(Template)]
#[template(path = "reports/staff/regime.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    regime: Regime,
    plan: String,
    items: Vec<Item>,
    periods: Vec<Tab>,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    period_name: String,
    documents: Vec<Document>,
    templates: Vec<(String, String)>,
    closing: String,
    keeps: bool,
    begins: String,
    /// What stands in the form: as it is kept, or as it was typed and refused.
    typed: Regime,
    errors: Mistakes,
    /// Somebody was quicker.
    conflict: bool,
}

impl Shown {
    fn is(&self, code: &str, other: &str) -> bool {
        code == other
    }
}

async fn documents(app: &App, l: Locale, who: &Signed, duty: Uuid, period: &str) -> Result<Vec<Document>> {
    let all = Report::of_period(&app.db, duty, period).await?;
    let document = |one: &Report| Document {
        href: Report::path(one.id),
        title: one.called(),
        mark: one.state.mark(),
        word: l.t(&one.state.key()),
        number: one.number_shown(),
    };
    Ok(all.iter().filter(|one| rights::sees(who, one)).map(document).collect())
}

/// Where a document of a period is begun.
fn begun(template: &str, duty: Uuid, period: &str) -> String {
    format!("/desk/reports/new?template={template}&of={duty}/{period}/false")
}

async fn page(app: &App, who: &Signed, shell: Shell, id: Uuid, ask: Ask) -> Result<Shown> {
    let l = shell.l;
    let (duty, plan) = regime::find(app, id).await?;
    if !may_see(who, &plan) {
        return Err(Error::Hidden(id));
    }
    let kept = Regime::of(app, &duty).await?;
    let all = regime::periods(app, &[plan.id], regime::today(app)).await?;
    let own: Vec<_> = all.iter().filter(|one| one.duty == id).collect();
    let period = if ask.period.is_empty() { own.first().map(|one| one.period.clone()).unwrap_or_default() } else { ask.period };
    let here = format!("/desk/reports/regimes/{id}");
    let tab = |one: &&crate::duties::closing::Standing| Tab {
        href: format!("{here}?period={}", one.period),
        label: format!("{} ({})", view::period(l, &one.period), time::day(one.due_on)),
        count: 0,
        current: one.period == period,
    };
    let which = Which::of_code(&ask.show);
    let board = Board::of(app, id, &period).await?;
    let part = |one: Which| Tab {
        href: format!("{here}?period={period}&show={}#board", one.code()),
        label: l.t(&one.key()),
        count: board.count(one),
        current: one == which,
    };
    let templates = if rights::keeps(who) { Pattern::all(&app.db).await? } else { Vec::new() };
    let begins = who.agency == Some(plan.agency) && rights::writes(who, plan.agency);
    Ok(Shown {
        plan: plan.title(),
        items: kept.items(app, l, &duty, &plan).await?,
        periods: own.iter().map(tab).collect(),
        tabs: Which::ALL.map(part).into(),
        rows: board.rows(l, which),
        documents: documents(app, l, who, id, &period).await?,
        templates: templates.into_iter().map(|one| (one.code, one.name)).collect(),
        closing: if board.lines.list.is_empty() { String::new() } else { Closing::desk_path(id, &period) },
        keeps: rights::keeps(who),
        begins: if begins { begun(&kept.template, id, &period) } else { String::new() },
        period_name: view::period(l, &period),
        typed: kept.clone(),
        regime: kept,
        errors: Mistakes::default(),
        conflict: false,
        l,
        shell,
    })
}

/// `GET /desk/reports/regimes/{duty}`
pub async fn show(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Query(ask): Query<Ask>,
) -> Result<Page<Shown>> {
    Ok(Page(page(&app, &who, shell, id, ask).await?))
}

/// `POST /desk/reports/regimes/{duty}`
pub async fn set(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let (duty, _) = regime::find(&app, id).await?;
    let text = |name: &str| reading::one(&fields, name).trim().to_owned();
    let wanted = Regime {
        duty: id,
        name: text("name"),
        content: text("content"),
        receiver: text("receiver"),
        method: text("method"),
        process: text("process"),
        template: text("template"),
        own_template: text("own_template"),
        changed_at: app.clock.now(),
        version: 0,
    };
    let seen = text("version").parse().unwrap_or_default();
    let (status, found) = match Regime::set(&app, &who, &duty, wanted.clone(), seen).await {
        Ok(()) => return Ok(Said::to(format!("/desk/reports/regimes/{id}"), "report-regime-was-set").into_response()),
        Err(error) => error.handed_back()?,
    };
    let errors = Mistakes::told(&found, shell.l);
    let page = page(&app, &who, shell, id, Ask::default()).await?;
    Ok(Page(Shown { typed: wanted, errors, conflict: status == StatusCode::CONFLICT, ..page }).status(status))
}
