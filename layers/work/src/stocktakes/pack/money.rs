//! What was asked for, granted and spent, by funding source. What nobody entered is a dash and no zero.

use std::collections::HashMap;

use sea_orm::prelude::Uuid;

use super::{Cell, Frame, Section};
use crate::base::App;
use crate::estimates::Estimate;
use crate::estimates::estimate::Line;
use crate::estimates::rollup::{self, Sums};
use crate::estimates::source::{self, Source};
use crate::web::{Result, address};

pub(super) async fn section(app: &App, frame: &Frame) -> Result<Section> {
    let l = frame.l;
    let mut estimates = Estimate::under(&app.db, frame.plan.id).await?;
    estimates.retain(|one| frame.year.is_none_or(|year| one.year == year));
    let of: HashMap<Uuid, (Uuid, i32)> = estimates.iter().map(|one| (one.id, (one.agency, one.year))).collect();
    let ids: Vec<Uuid> = of.keys().copied().collect();
    let counted = |line: &Line| of.get(&line.estimate).map(|(agency, year)| line.counted(*agency, *year));
    let lines: Vec<rollup::Line> = Line::of(&app.db, &ids).await?.iter().filter_map(counted).collect();
    let sources = Source::all(&app.db).await?;
    let href = frame.year.map(|year| {
        let year = year.to_string();
        format!("/desk/estimates/summary{}", address::query(&[("plan", frame.plan.slug.as_str()), ("year", &year)]))
    });
    let href = href.unwrap_or_default();
    let row = |name: String, sums: &Sums| {
        let figures = sums.four().map(|sum| Cell::sum(sum, &href));
        std::iter::once(Cell::words(name)).chain(figures).collect::<Vec<_>>()
    };
    let name = |code: &String| source::of_code(&sources, code).map_or_else(|| code.clone(), |source| source.name.clone());
    let by_source = rollup::by(&lines, |line| line.source.clone());
    let mut rows: Vec<Vec<Cell>> = by_source.iter().map(|(code, sums)| row(name(code), sums)).collect();
    if rows.len() > 1 {
        rows.push(row(l.t("stocktake-total"), &rollup::total(&lines)));
    }
    let head = ["stocktake-head-source", "estimate-asked", "estimate-appraised", "estimate-approved", "estimate-spent"];
    Ok(Section {
        id: "money",
        title: l.t("stocktake-money"),
        note: if rows.is_empty() { String::new() } else { l.t("stocktake-money-note") },
        head: head.map(|key| l.t(key)).into(),
        rows,
        empty: l.t("stocktake-money-none"),
    })
}
