//! `/co-quan/{slug}/tien-do`: how far one agency got with each plan whose progress is public.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::Datelike;

use super::pieces::Cut;
use super::plan::{Figure, Line, Meaning, figures, heads, line, meanings};
use super::published::Published;
use crate::base::{App, time};
use crate::duties::progress::{Tally, Which};
use crate::duties::view;
use crate::people::agency::address::{self, At};
use crate::people::agency::brief::{Brief, Known};
use crate::people::portal::profile::moved;
use crate::plans::Plan;
use crate::web::{Error, Locale, Page, Path, Result, Shell};

/// One plan.
pub struct Done {
    pub title: String,
    pub subject: String,
    pub href: String,
    pub data: String,
    pub figures: Vec<Figure>,
    pub lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "duties/portal/agency.html")]
pub struct Progress {
    l: Locale,
    shell: Shell,
    agency: Brief,
    year: i32,
    as_of: String,
    done: Vec<Done>,
    heads: Vec<String>,
    meanings: Vec<Meaning>,
}

/// `GET /co-quan/{slug}/tien-do`; an address that was left leads on (301).
pub async fn show(shell: Shell, State(app): State<App>, Path(slug): Path<String>, headers: HeaderMap) -> Result<Response> {
    let agencies = Known::now(&app).await?;
    let Some(agency) = agencies.values().find(|agency| agency.slug == slug).cloned() else {
        return match address::at(&app.db, &slug).await? {
            At::Moved(agency) => Ok(moved(&format!("{}/tien-do", agency.public_path()))),
            At::Here(_) => Err(Error::NotFound),
        };
    };
    let (l, now) = (shell.l, app.clock.now());
    let year = time::local_date(now).year();
    let (mut done, mut as_of) = (Vec::new(), now);
    for plan in Plan::adopted(&app.db).await?.into_iter().filter(|plan| plan.progress_public) {
        let published = Published::of(&app, &plan, Some(year)).await?;
        as_of = published.at;
        done.extend(one(l, (&plan, year), &published, &agency));
    }
    let nonce = shell.nonce.clone();
    let page = Progress { year, as_of: time::minute(as_of), done, heads: heads(l), meanings: meanings(l), l, shell, agency };
    Page(page).public(&headers, &nonce)
}

/// The agency's part of a plan; None when nothing is due of it in the year.
fn one(l: Locale, (plan, year): (&Plan, i32), published: &Published, agency: &Brief) -> Option<Done> {
    let total = published.total(|piece| piece.agency == agency.id);
    if total.expected == 0 {
        return None;
    }
    let periods = published.by(|piece| (piece.agency == agency.id).then(|| piece.period.clone()));
    let whole = Cut { year, agency: &agency.slug, ..Cut::default() };
    let row = |(period, tally): &(Option<String>, Tally)| {
        let cut = Cut { period: period.as_ref()?, ..whole };
        Some(line(l, (view::period(l, cut.period), cut.href(plan, Which::Expected)), plan, &cut, tally))
    };
    Some(Done {
        title: plan.title(),
        subject: plan.subject.clone(),
        href: plan.progress_path(),
        data: format!("{}.csv?agency={}", plan.progress_path(), agency.slug),
        figures: figures(l, plan, &whole, &total),
        lines: periods.iter().filter_map(row).collect(),
    })
}
