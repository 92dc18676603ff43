//! `/ke-hoach/{slug}/tien-do/chi-tiet`: the way down from a public figure: which agencies, parts and periods it is made of. What an agency
//! wrote is not public; how many there are of each is, and is added up before the reader's eyes.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::Datelike;
use serde::Deserialize;

use super::published::{Piece, Published};
use crate::base::{App, time};
use crate::duties::progress::Which;
use crate::duties::view;
use crate::people::agency::brief::Known;
use crate::plans::Plan;
use crate::web::address;
use crate::web::paging::Paging;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

const ROWS: u64 = 100;

/// What the address asks to see; everything where it says nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    nam: Option<i32>,
    /// [`Which::code`].
    dem: String,
    /// `III`; `-` for what stands in no part.
    phan: String,
    ky: String,
    /// Slug of an agency.
    co_quan: String,
    trang: Option<u64>,
}

/// Of which part of a plan's progress a figure speaks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cut<'a> {
    pub year: i32,
    pub part: Option<&'a str>,
    pub period: &'a str,
    pub agency: &'a str,
}

impl Cut<'_> {
    /// Where a count of it is opened.
    #[must_use]
    pub fn href(&self, plan: &Plan, which: Which) -> String {
        let part = self.part.map(|part| if part.is_empty() { "-" } else { part }).unwrap_or_default();
        let year = self.year.to_string();
        let pairs =
            [("nam", year.as_str()), ("dem", which.code()), ("phan", part), ("ky", self.period), ("co_quan", self.agency)];
        format!("{}/chi-tiet{}", plan.progress_path(), address::query(&pairs))
    }
}

/// One agency in one part and one period.
pub struct Line {
    pub agency: String,
    pub href: String,
    pub part: String,
    pub period: String,
    pub due: String,
    pub count: String,
}

#[derive(Template)]
#[template(path = "duties/portal/pieces.html")]
pub struct Pieces {
    l: Locale,
    shell: Shell,
    plan: Plan,
    title: String,
    meaning: String,
    lines: Vec<Line>,
    total: String,
    paging: Paging,
    query: String,
    as_of: String,
}

impl Pieces {
    fn turn(&self, by: i64) -> String {
        let to = |page| format!("{}/chi-tiet{}&trang={page}", self.plan.progress_path(), self.query);
        self.paging.turn(by).map(to).unwrap_or_default()
    }
}

/// `GET /ke-hoach/{slug}/tien-do/chi-tiet`
pub async fn show(
    shell: Shell,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(ask): Query<Ask>,
    headers: HeaderMap,
) -> Result<Response> {
    let (l, plan) = (shell.l, Plan::with_public_progress(&app.db, &slug).await?);
    let year = ask.nam.filter(|year| (1900..3000).contains(year)).unwrap_or_else(|| time::local_date(app.clock.now()).year());
    let published = Published::of(&app, &plan, Some(year)).await?;
    let agencies = Known::now(&app).await?;
    let only = match ask.co_quan.as_str() {
        "" => None,
        slug => Some(agencies.values().find(|agency| agency.slug == slug).ok_or(Error::NotFound)?.id),
    };
    let (which, part) = (Which::from_code(&ask.dem), if ask.phan == "-" { "" } else { ask.phan.as_str() });
    let fits = |piece: &&Piece| {
        which.of(&piece.tally) > 0
            && only.is_none_or(|only| only == piece.agency)
            && (ask.phan.is_empty() || piece.section == part)
            && (ask.ky.is_empty() || piece.period == ask.ky)
    };
    let mut found: Vec<&Piece> = published.pieces.iter().filter(fits).collect();
    found.sort_by_key(|piece| (agencies.rank(piece.agency), piece.due_on));
    let paging = Paging::new(ask.trang, ROWS, u64::try_from(found.len()).unwrap_or_default());
    let from = usize::try_from(paging.offset()).unwrap_or_default();
    let line = |piece: &&Piece| {
        let agency = agencies.get(&piece.agency);
        Line {
            agency: agency.map(|agency| agency.name.clone()).unwrap_or_default(),
            href: agency.map(|agency| agency.progress_path()).unwrap_or_default(),
            part: piece.section.clone(),
            period: view::period(l, &piece.period),
            due: time::day(piece.due_on),
            count: vietnamese::number::format_integer(which.of(&piece.tally)),
        }
    };
    let (nonce, code) = (shell.nonce.clone(), which.code());
    let cut = Cut { year, part: Some(part).filter(|_| !ask.phan.is_empty()), period: &ask.ky, agency: &ask.co_quan };
    let page = Pieces {
        title: l.t2("public-pieces-title", "name", l.t(&format!("progress-{code}")), "year", year.to_string()),
        meaning: l.t(&format!("open-data-{code}")),
        total: vietnamese::number::format_integer(found.iter().map(|piece| which.of(&piece.tally)).sum::<i64>()),
        lines: found.iter().skip(from).take(usize::try_from(ROWS).unwrap_or(100)).map(line).collect(),
        query: cut.href(&plan, which).split_once('?').map(|(_, query)| format!("?{query}")).unwrap_or_default(),
        as_of: time::minute(published.at),
        paging,
        plan,
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}
