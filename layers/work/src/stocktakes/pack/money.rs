//! What was asked for, granted and spent, by funding source. What nobody entered is a dash and no zero.

use super::{Cell, Frame, Section};
use crate::base::App;
use crate::estimates::rollup::{self, Sums};
use crate::estimates::source::{self, Source};
use crate::estimates::{Estimate, estimate};
use crate::web::{Result, address};

pub(super) async fn section(app: &App, frame: &Frame) -> Result<Section> {
    let l = frame.l;
    let mut estimates = Estimate::under(&app.db, frame.plan.id).await?;
    estimates.retain(|one| frame.year.is_none_or(|year| one.year == year));
    let lines = estimate::counted(&app.db, &estimates).await?;
    let sources = Source::all(&app.db).await?;
    let row = |name: String, source: &str, sums: &Sums| {
        let pairs = [("plan", frame.plan.slug.as_str()), ("year", &frame.asked_year()), ("source", source)];
        let href = format!("/desk/estimates/lines{}", address::query(&pairs));
        let figures = sums.four().map(|sum| Cell::sum(sum, &href));
        std::iter::once(Cell::words(name)).chain(figures).collect::<Vec<_>>()
    };
    let name = |code: &String| source::of_code(&sources, code).map_or_else(|| code.clone(), |source| source.name.clone());
    let by_source = rollup::by(&lines, |line| line.source.clone());
    let mut rows: Vec<Vec<Cell>> = by_source.iter().map(|(code, sums)| row(name(code), code, sums)).collect();
    if rows.len() > 1 {
        rows.push(row(l.t("stocktake-total"), "", &rollup::total(&lines)));
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
