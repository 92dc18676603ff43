//! Every reading of one article, as files: a table, and JSON with the range and its rule.

use axum::extract::State as Shared;
use sea_orm::entity::prelude::*;

use super::item::Whole;
use crate::base::{App, time};
use crate::reach::fetch::Fetch;
use crate::reach::subject::Subject;
use crate::reach::trend;
use crate::web::download::{CSV, Download, harmless};
use crate::web::who::Signed;
use crate::web::{Locale, Path, Result, Shell};

const JSON: &str = "application/json";
const HEADS: [&str; 11] = [
    "reach-at",
    "reach-channel",
    "reach-place",
    "reach-figure",
    "reach-metric",
    "reach-definition",
    "reach-value",
    "reach-missing",
    "reach-lower",
    "reach-redefined",
    "reach-fetch",
];

/// `GET /desk/reach/items/{id}/csv`: a line for each reading, and one for each question that brought nothing. What was not given is an
/// empty cell with its reason beside it.
pub async fn csv(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let subject = Subject::find_for(&app, &who, id).await?;
    let bytes = table(shell.l, &Whole::of(&app, &subject).await?)?;
    let slug = vietnamese::slug(&subject.title).unwrap_or_default();
    Ok(Download { name: format!("luot-tiep-can-{slug}.csv"), media_type: CSV, bytes })
}

fn table(l: Locale, whole: &Whole) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(HEADS.map(|key| l.t(key)))?;
    let yes = |is: bool| if is { "1".to_owned() } else { String::new() };
    let mut lines: Vec<(DateTimeUtc, [String; 11])> = Vec::new();
    for row in &whole.readings {
        let value = row.value.map(|value| value.to_string()).unwrap_or_default();
        let cells = [
            time::machine(row.at),
            row.channel.clone(),
            harmless(&row.place),
            row.figure.clone(),
            harmless(&row.metric),
            harmless(&row.definition),
            value,
            harmless(&row.says),
            yes(row.is_lower),
            yes(row.is_redefined),
            row.fetch.to_string(),
        ];
        lines.push((row.at, cells));
    }
    for fetch in whole.fetches.iter().filter(|fetch| !fetch.outcome.is_read()) {
        lines.push((fetch.at, nothing(l, whole, fetch)));
    }
    lines.sort_by_key(|(at, _)| *at);
    for (_, cells) in lines {
        writer.write_record(cells)?;
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?)
}

fn nothing(l: Locale, whole: &Whole, fetch: &Fetch) -> [String; 11] {
    let watch = whole.watches.iter().find(|watch| watch.id == fetch.watch);
    let (channel, place) = watch.map(|watch| (watch.channel.clone(), watch.place.clone())).unwrap_or_default();
    let why = format!("{} {}", l.t1(&fetch.outcome.key(), "at", time::minute(fetch.at)), fetch.says);
    let mut cells: [String; 11] = std::array::from_fn(|_| String::new());
    (cells[0], cells[1], cells[2]) = (time::machine(fetch.at), channel, harmless(&place));
    (cells[7], cells[10]) = (harmless(why.trim()), fetch.id.to_string());
    cells
}

/// `GET /desk/reach/items/{id}/json`: the range with its rule, the latest of each figure, every reading. `null` is not known.
pub async fn json(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let l = shell.l;
    let subject = Subject::find_for(&app, &who, id).await?;
    let whole = Whole::of(&app, &subject).await?;
    let (range, now) = (whole.extent(), app.clock.now());
    let figures: Vec<_> = whole
        .latest
        .iter()
        .map(|row| {
            let week = trend::of(&whole.points(row), now).ok();
            serde_json::json!({
                "channel": row.channel, "place": row.place, "figure": row.figure, "metric": row.metric, "definition": row.definition,
                "counts_people": row.people, "value": row.value, "value_at": row.value_at.map(time::machine),
                "asked_at": time::machine(row.asked_at), "missing": row.says, "added_in_7_days": week,
            })
        })
        .collect();
    let readings: Vec<_> = whole
        .readings
        .iter()
        .map(|row| {
            serde_json::json!({
                "at": time::machine(row.at), "channel": row.channel, "place": row.place, "figure": row.figure,
                "metric": row.metric, "definition": row.definition, "value": row.value, "missing": row.says,
                "lower_than_before": row.is_lower, "defined_anew": row.is_redefined, "fetch": row.fetch,
            })
        })
        .collect();
    let body = serde_json::json!({
        "id": subject.id, "title": subject.title, "as_of": time::machine(now),
        "range": { "low": range.low, "high": range.high, "copies_without_figures": range.silent, "rule": l.t("reach-rule") },
        "figures": figures, "readings": readings,
    });
    let slug = vietnamese::slug(&subject.title).unwrap_or_default();
    Ok(Download { name: format!("luot-tiep-can-{slug}.json"), media_type: JSON, bytes: serde_json::to_vec_pretty(&body)? })
}
