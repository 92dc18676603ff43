//! The targets of a plan with what there is of each, on the leader's page: value, target, the straight way to it, what is to be expected.

use std::collections::HashMap;

use chrono::Datelike;
use futures_util::future::BoxFuture;
use sea_orm::entity::prelude::*;

use ::measures::{Amount, Better};

use super::heading::Heading;
use super::kept::Row;
use super::measure::Measure;
use super::staff::list::rows;
use super::staff::targets::lacks;
use super::words;
use crate::base::{App, Drawing, Panel, Place, time};
use crate::plans::Provision;
use crate::web::chart::{Bullet, Chart, Figure, Kind};
use crate::web::{Locale, Result};

pub const PANEL: Panel = Panel { draw };

const TARGETS: &str = "/desk/measures/targets";

fn draw(app: &App, l: Locale, place: Place) -> BoxFuture<'_, Result<Option<Drawing>>> {
    Box::pin(drawn(app, l, place))
}

/// Three statements.
async fn drawn(app: &App, l: Locale, place: Place) -> Result<Option<Drawing>> {
    let Place::Leader { plan, year } = place else { return Ok(None) };
    let mut measures = Measure::all(&app.db).await?;
    measures.retain(|one| one.plan == Some(plan) && one.definition().target.is_some());
    if measures.is_empty() {
        return Ok(None);
    }
    let paths: HashMap<Uuid, String> = Provision::of(&app.db, plan).await?.into_iter().map(|one| (one.id, one.path)).collect();
    let rows = rows(app, &measures, year).await?;
    let own = |one: &Measure| rows.get(&one.id).map(Vec::as_slice).unwrap_or_default();
    let all: Vec<Bullet> = measures.iter().filter_map(|one| bullet(app, l, one, own(one), (&paths, year))).collect();
    let met = all.iter().filter(|one| one.is_met() == Some(true)).count();
    let chart = Chart {
        title: l.t2("measures-glance-finding", "met", met, "count", all.len()),
        definition_href: TARGETS.into(),
        ..Chart::default()
    };
    let figure = Figure {
        id: "targets",
        chart,
        kind: Kind::Bullets(all),
        about: l.t1("measures-glance-about", "year", year),
        here: format!("/desk/leader?year={year}"),
        ..Figure::default()
    };
    let more = (TARGETS.to_owned(), l.t("measures-targets"));
    Ok(Some(Drawing { id: "targets", title: l.t("measures-glance-title"), html: figure.drawn(l)?.0, more }))
}

fn bullet(app: &App, l: Locale, one: &Measure, rows: &[Row], (paths, year): (&HashMap<Uuid, String>, i32)) -> Option<Bullet> {
    let definition = one.definition();
    let target = definition.target?;
    let now = time::local_date(app.clock.now());
    let month = if year < now.year() { 12 } else { now.month() };
    let heading = Heading::of(&definition, rows, (year, month));
    let of_year = rows.iter().find(|row| row.year == year).and_then(|row| row.year_of(&definition));
    let value = of_year.and_then(|value| value.figure());
    let path = one.provision.and_then(|provision| paths.get(&provision)).cloned().unwrap_or_default();
    Some(Bullet {
        label: if path.is_empty() { one.title.clone() } else { format!("{path} · {}", one.title) },
        value: value.map(Amount::as_f64),
        target: target.value.as_f64(),
        unit: definition.unit.clone(),
        is_least: definition.better == Better::Lower,
        href: format!("{}?year={year}", one.desk_path()),
        year: target.year,
        way: heading.way.iter().find(|(one, _)| *one == year).map(|(_, value)| *value),
        band: heading.forecast.map(|seen| (seen.low, seen.high)),
        lacks: match lacks(app, l, one) {
            _ if value.is_some() => {
                of_year.filter(|value| value.gaps > 0).map_or_else(String::new, |value| l.t1("measure-gaps", "count", value.gaps))
            }
            lacks if !lacks.is_empty() => l.t1("measures-glance-lacks", "lacks", lacks),
            _ => of_year.map_or_else(|| l.t("measure-not-counted"), |value| words::standing(l, value.standing)),
        },
    })
}
