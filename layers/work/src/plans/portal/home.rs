//! `/`: what the province has promised, in one honest picture.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::plan::{Bar, Line, bars, line};
use crate::base::capability::panels;
use crate::base::{App, Drawing, Place};
use crate::plans::Plan;
use crate::plans::programme::Programme;
use crate::web::{Locale, Page, Result, Shell};

/// The newest programme in figures.
pub struct Picture {
    pub line: Line,
    pub total: usize,
    pub bars: Vec<Bar>,
    /// The sentence under the title.
    pub lead: String,
}

#[derive(Template)]
#[template(path = "plans/portal/home.html")]
pub struct Home {
    l: Locale,
    shell: Shell,
    picture: Option<Picture>,
    others: Vec<Line>,
    panels: Vec<Drawing>,
}

/// `GET /`
pub async fn show(shell: Shell, State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let mut plans = Plan::adopted(&app.db).await?.into_iter();
    let picture = match plans.next() {
        Some(plan) => Some(picture(&app, shell.l, plan).await?),
        None => None,
    };
    let others = plans.map(|plan| line(&plan)).collect();
    let panels = panels(&app, shell.l, Place::Home).await?;
    let nonce = shell.nonce.clone();
    Page(Home { l: shell.l, shell, picture, others, panels }).public(&headers, &nonce)
}

async fn picture(app: &App, l: Locale, plan: Plan) -> Result<Picture> {
    let programme = Programme::load(app, plan).await?;
    let of = |kind: &str| programme.entries.iter().filter(|entry| entry.provision.kind == kind).count();
    let href = programme.plan.public_path();
    let (targets, duties) = (of("target"), of("task") + of("responsibility"));
    let figures = [("issuer", programme.plan.issuer.clone()), ("duties", duties.to_string()), ("targets", targets.to_string())];
    Ok(Picture {
        lead: l.with("portal-home-lead", &figures),
        line: line(&programme.plan),
        total: programme.entries.len(),
        bars: bars(l, &programme, &href),
    })
}
