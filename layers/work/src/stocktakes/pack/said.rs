//! What was asked and closed: the periods with who was absent by name, and the requests on demand.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;

use super::{Cell, Frame, Section};
use crate::base::{App, time};
use crate::duties::closing::{self, Closing, Line, Outcome, Standing, line};
use crate::duties::duty::Kind;
use crate::duties::{Duty, Request, view};
use crate::web::{Result, cut};

const TITLE_LETTERS: usize = 120;

pub(super) async fn sections(app: &App, frame: &Frame) -> Result<Vec<Section>> {
    let mut periods = closing::periods(&app.db, &[frame.plan.id], frame.until).await?;
    periods.retain(|period| frame.has(period.due_on));
    let asked = Request::of_plans(&app.db, &[frame.plan.id]).await?;
    Ok(vec![closings(app, frame, &periods).await?, requests(frame, &periods, &asked)])
}

/// The last closing of each of these duties and periods.
async fn last_of(app: &App, duties: &[Uuid]) -> Result<HashMap<(Uuid, String), Closing>> {
    let all = Closing::of_duties(&app.db, duties).await?;
    Ok(all.into_iter().map(|one| ((one.duty, one.period.clone()), one)).collect()) // the latest version comes last
}

async fn closings(app: &App, frame: &Frame, periods: &[Standing]) -> Result<Section> {
    let l = frame.l;
    let reports: Vec<&Duty> = frame.duties.iter().filter(|duty| duty.kind == Kind::Report).collect();
    let ids: Vec<Uuid> = reports.iter().map(|duty| duty.id).collect();
    let made = last_of(app, &ids).await?;
    let of: Vec<Uuid> = made.values().map(|closing| closing.id).collect();
    let absent = line::Entity::find()
        .filter(line::Column::Closing.is_in(of))
        .filter(line::Column::Outcome.is_in([Outcome::Absent, Outcome::Returned]))
        .all(&app.db)
        .await?;
    let row = |period: &Standing| {
        let duty = reports.iter().find(|duty| duty.id == period.duty)?;
        let href = Closing::desk_path(duty.id, &period.period);
        let closed = made.get(&(duty.id, period.period.clone()));
        let mut names: Vec<&Line> = absent.iter().filter(|line| closed.is_some_and(|one| one.id == line.closing)).collect();
        names.sort_by_key(|line| line.position);
        let names: Vec<&str> = names.into_iter().map(|line| line.name.as_str()).collect();
        let state = match closed {
            Some(one) => Cell::link(l.t1("stocktake-closed", "version", one.version), format!("{href}/{}", one.version)),
            None => Cell::words(l.t("stocktake-not-closed")),
        };
        let who = match (closed, names.is_empty()) {
            (None, _) => "–".to_owned(),
            (Some(_), true) => l.t("stocktake-nobody-absent"),
            (Some(_), false) => format!("{}: {}", names.len(), names.join("; ")),
        };
        Some(vec![
            Cell::link(format!("{} · {}", view::period(l, &period.period), duty.path), href.clone()),
            Cell::words(time::day(period.due_on)),
            Cell::count(period.expected, href.clone()),
            Cell::count(period.answered, href),
            state,
            Cell::words(who),
        ])
    };
    let head = ["stocktake-head-period", "stocktake-due", "stocktake-expected", "stocktake-in", "stocktake-closing"];
    Ok(Section {
        id: "closings",
        title: l.t("stocktake-closings"),
        head: head.into_iter().chain(["stocktake-absent"]).map(|key| l.t(key)).collect(),
        rows: periods.iter().rev().filter_map(row).collect(),
        empty: l.t("stocktake-closings-none"),
        ..Section::default()
    })
}

fn requests(frame: &Frame, periods: &[Standing], asked: &[(Request, Duty)]) -> Section {
    let l = frame.l;
    let row = |(request, duty): &(Request, Duty)| {
        let period = periods.iter().find(|period| period.duty == duty.id);
        let href = Request::desk_path(request.duty);
        let state = if request.withdrawn_at.is_some() { "stocktake-request-withdrawn" } else { "stocktake-request-holds" };
        vec![
            Cell::link(cut(&duty.title, TITLE_LETTERS), href.clone()),
            Cell::words(time::day(request.due_on)),
            Cell::count(period.map_or(0, |period| period.expected), href.clone()),
            Cell::count(period.map_or(0, |period| period.answered), href),
            Cell::words(l.t(state)),
        ]
    };
    let head = ["stocktake-head-request", "stocktake-due", "stocktake-expected", "stocktake-in", "stocktake-state"];
    Section {
        id: "requests",
        title: l.t("stocktake-requests"),
        head: head.map(|key| l.t(key)).into(),
        rows: asked.iter().filter(|(request, _)| frame.has(request.due_on)).map(row).collect(),
        empty: l.t("stocktake-requests-none"),
        ..Section::default()
    }
}
