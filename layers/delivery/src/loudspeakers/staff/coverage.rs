//! Coverage by commune within a stretch of time, with the rule beside the figures; as a page or a file.

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::response::{IntoResponse, Response};
use chrono::{NaiveDate, NaiveTime, TimeDelta, TimeZone};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::csv;
use crate::base::App;
use crate::base::time::{self, VIETNAM};
use crate::loudspeakers::covering::{self, Line};
use crate::loudspeakers::rights;
use crate::news::view;
use crate::web::download::{CSV, Download};
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell, address};

/// The longest stretch at once.
const DAYS_MAX: i64 = 92;
/// Of the hamlets: the target of the programme that loudspeakers serve (plan 118/KH-UBND, II.2.d).
pub const TARGET_PERCENT: u64 = 80;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    from: String,
    to: String,
    format: String,
}

#[derive(Template)]
#[template(path = "loudspeakers/staff/coverage.html")]
pub struct CoveragePage {
    l: Locale,
    shell: Shell,
    from: NaiveDate,
    to: NaiveDate,
    lines: Vec<Line>,
    whole: Line,
    rule: String,
}

impl CoveragePage {
    fn percent(&self, value: Option<u64>) -> String {
        value.map_or_else(|| "–".into(), |value| format!("{value} %"))
    }

    fn mark(&self, line: &Line) -> &'static str {
        match line.hamlet_percent() {
            // Where nothing was aired, nobody is behind.
            _ if line.expected == 0 => "unknown",
            Some(percent) if percent >= TARGET_PERCENT => "on-time",
            Some(_) => "late",
            None => "unknown",
        }
    }

    fn file(&self) -> String {
        let pairs = [("from", self.from.to_string()), ("to", self.to.to_string())];
        format!(
            "/desk/loudspeakers/coverage{}&format=csv",
            address::query(&pairs.each_ref().map(|(name, value)| (*name, value.as_str())))
        )
    }

    fn span(&self) -> String {
        format!("{} – {}", time::day(self.from), time::day(self.to))
    }

    fn target(&self) -> u64 {
        TARGET_PERCENT
    }
}

/// The days as asked, or the last thirty; and the times they are.
#[must_use]
pub fn days(app: &App, from: &str, to: &str) -> ((NaiveDate, NaiveDate), (DateTimeUtc, DateTimeUtc)) {
    let today = time::local_date(app.clock.now());
    let to = view::day(to).ok().flatten().unwrap_or(today);
    let from = view::day(from).ok().flatten().filter(|from| *from <= to).unwrap_or(to - TimeDelta::days(29));
    let from = from.max(to - TimeDelta::days(DAYS_MAX - 1));
    let midnight = |day: NaiveDate| {
        let at = VIETNAM.from_local_datetime(&day.and_time(NaiveTime::MIN)).single();
        at.map_or(app.clock.now(), |at| at.to_utc())
    };
    ((from, to), (midnight(from), midnight(to + TimeDelta::days(1))))
}

/// `GET /desk/loudspeakers/coverage`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Response> {
    let l = shell.l;
    let scope = rights::scope(&app, &who).await?;
    let ((from, to), span) = days(&app, &ask.from, &ask.to);
    let lines = covering::of_time(&app, scope, span).await?;
    if ask.format == "csv" {
        let bytes = file(l, &lines)?;
        return Ok(Download { name: format!("do-phu-truyen-thanh-{from}-{to}.csv"), media_type: CSV, bytes }.into_response());
    }
    let whole = covering::whole(&lines);
    Ok(Page(CoveragePage { rule: covering::rule_words(l), whole, lines, from, to, l, shell }).into_response())
}

fn file(l: Locale, lines: &[Line]) -> Result<Vec<u8>> {
    let heads = ["commune", "airings", "clusters", "expected", "played", "hamlets", "reached", "unserved", "rule"];
    let heads = heads.map(|name| l.t(&format!("loud-column-{name}")));
    let rule = covering::rule_words(l);
    let rows = lines.iter().map(|one| {
        [
            one.name.clone(),
            one.airings.to_string(),
            one.clusters.to_string(),
            one.expected.to_string(),
            one.played.to_string(),
            one.hamlets.to_string(),
            one.hamlets_reached.to_string(),
            one.hamlets_unserved.to_string(),
            rule.clone(),
        ]
    });
    csv(heads, rows)
}
