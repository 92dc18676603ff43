//! What went out by channels in a year, platform by platform, on the leader's page.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use futures_util::future::BoxFuture;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

use super::account::Account;
use super::delivery::{Column, Entity, State};
use super::platform::Platform;
use crate::base::{App, Drawing, Panel, Place, time};
use crate::web::chart::{Chart, Figure, Kind, Notes, Series, worded};
use crate::web::{Locale, Result};

pub const PANEL: Panel = Panel { draw };

/// What became of what was sent, in the order of the parts of a bar.
const PARTS: [(State, &str); 3] = [(State::Confirmed, "on-time"), (State::Unknown, "unknown"), (State::Failed, "late")];
/// So many platforms are drawn before the rest is folded away.
const SHOWN: usize = 10;
const PIECES: &str = "/desk/channels/pieces";

fn draw(app: &App, l: Locale, place: Place) -> BoxFuture<'_, Result<Option<Drawing>>> {
    Box::pin(drawn(app, l, place))
}

/// Two statements.
async fn drawn(app: &App, l: Locale, place: Place) -> Result<Option<Drawing>> {
    let Place::Leader { year, .. } = place else { return Ok(None) };
    let by_platform = by_platform(app, year).await?;
    if by_platform.is_empty() {
        return Ok(None);
    }
    let brand = |code: &String| Platform::of_code(code).map_or_else(|| code.clone(), |platform| platform.brand.to_owned());
    let count = |part: usize| by_platform.values().map(|counts| Some(counts[part])).collect();
    let series = |(part, (state, _)): (usize, &(State, _))| Series { name: l.t(&state.key()), points: count(part) };
    let out: f64 = by_platform.values().map(|counts| counts[0]).sum();
    let chart = Chart {
        title: l.t2("channels-glance-finding", "count", worded(out, ""), "year", year),
        labels: by_platform.keys().map(brand).collect(),
        series: PARTS.iter().enumerate().map(series).collect(),
        definition_href: "/huong-dan/kenh#trang-thai".into(),
        ..Chart::default()
    };
    let figure = Figure {
        id: "channels",
        chart: chart.sorted(),
        notes: Notes { tones: PARTS.map(|(_, tone)| tone).into(), ..Notes::default() },
        kind: Kind::Bars(SHOWN),
        source: l.t("channels-glance-source"),
        here: format!("/desk/leader?year={year}"),
        ..Figure::default()
    };
    let more = (PIECES.to_owned(), l.t("channels-glance-more"));
    Ok(Some(Drawing { id: "channels", title: l.t("nav-channels"), html: figure.drawn(l)?.0, more }))
}

/// For each platform that something was sent to in the year, how much of it stands where.
async fn by_platform(app: &App, year: i32) -> Result<BTreeMap<String, [f64; 3]>> {
    let begins = |year| NaiveDate::from_ymd_opt(year, 1, 1).map(time::begins).unwrap_or_default();
    let counts: Vec<(Uuid, State, i64)> = Entity::find()
        .select_only()
        .columns([Column::Account, Column::State])
        .column_as(Column::Id.count(), "count")
        .filter(Column::SentAt.gte(begins(year)))
        .filter(Column::SentAt.lt(begins(year + 1)))
        .filter(Column::State.is_in(PARTS.map(|(state, _)| state)))
        .group_by(Column::Account)
        .group_by(Column::State)
        .into_tuple()
        .all(&app.db)
        .await?;
    let accounts = Account::of(&app.db, None).await?;
    let platforms: HashMap<Uuid, &str> = accounts.iter().map(|account| (account.id, account.platform.as_str())).collect();
    let mut sums: BTreeMap<String, [f64; 3]> = BTreeMap::new();
    for (account, state, count) in counts {
        let Some(part) = PARTS.iter().position(|(part, _)| *part == state) else { continue };
        let platform = platforms.get(&account).copied().unwrap_or_default();
        sums.entry(platform.to_owned()).or_default()[part] += count as f64;
    }
    Ok(sums)
}
