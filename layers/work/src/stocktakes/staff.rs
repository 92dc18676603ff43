//! The page of a stocktake, and its file.

use askama::Template;
use axum::extract::{Query, State};
use chrono::Datelike;
use serde::Deserialize;

use super::pack::{self, Frame, Section};
use super::paper;
use crate::base::{App, time};
use crate::duties::progress::ALL_YEARS;
use crate::plans::Plan;
use crate::web::download::{DOCX, Download};
use crate::web::{Error, Locale, Page, Result, Shell, address, unread};

crate::admits! {
    /// Who takes stock: everything that it leads to opens to them.
    Reader: Coordinator Leader Auditor
}

/// What the address asks to see.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// Slug of a plan; the newest one in force when empty.
    plan: String,
    /// A year, or `all`; the present year when empty.
    year: String,
}

impl Ask {
    /// The year in the address, when it is one.
    fn year(&self) -> Option<i32> {
        self.year.parse().ok().filter(|year| (1900..3000).contains(year))
    }
}

/// A plan or a year to choose.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "stocktakes/staff.html")]
pub struct Stocktake {
    l: Locale,
    shell: Shell,
    title: String,
    about: String,
    docx: String,
    plans: Vec<Choice>,
    years: Vec<Choice>,
    sections: Vec<Section>,
    /// A year in the address that is none.
    unread: String,
    printed: String,
}

async fn read(app: &App, shell: Shell, ask: &Ask) -> Result<(Stocktake, String)> {
    let l = shell.l;
    let plans = Plan::adopted(&app.db).await?;
    let plan = match ask.plan.as_str() {
        "" => plans.first().cloned().ok_or_else(|| Error::refused("progress-without-plan"))?,
        slug => Plan::find_by_slug(&app.db, slug).await?,
    };
    let now = time::local_date(app.clock.now()).year();
    let year = if ask.year == ALL_YEARS { None } else { Some(ask.year().unwrap_or(now)) };
    let frame = Frame::of(app, l, plan, year).await?;
    let sections = pack::sections(app, &frame).await?;
    let value = year.map_or_else(|| ALL_YEARS.to_owned(), |year| year.to_string());
    let of_year = |year: i32| Choice {
        value: year.to_string(),
        label: l.t1("stocktake-year", "year", year),
        chosen: frame.year == Some(year),
    };
    let whole = Choice { value: ALL_YEARS.into(), label: l.t("stocktake-whole"), chosen: year.is_none() };
    let page = Stocktake {
        title: match year {
            Some(year) => l.t1("stocktake-title-year", "year", year),
            None => l.t2("stocktake-title-whole", "from", frame.first_year(), "until", frame.last_year()),
        },
        about: frame.plan.title(),
        docx: format!("/desk/stocktakes/docx{}", address::query(&[("plan", frame.plan.slug.as_str()), ("year", &value)])),
        plans: plans
            .iter()
            .map(|plan| Choice { value: plan.slug.clone(), label: plan.title(), chosen: plan.id == frame.plan.id })
            .collect(),
        years: frame.years.iter().copied().map(of_year).chain([whole]).collect(),
        sections,
        unread: unread(&[(ask.year == ALL_YEARS || ask.year().is_some(), &ask.year)]),
        printed: time::minute(app.clock.now()),
        l,
        shell,
    };
    Ok((page, format!("{}-{value}", frame.plan.slug)))
}

/// `GET /desk/stocktakes`
pub async fn show(_who: Reader, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<Stocktake>> {
    Ok(Page(read(&app, shell, &ask).await?.0))
}

/// `GET /desk/stocktakes/docx`
pub async fn docx(_who: Reader, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Download> {
    let (page, name) = read(&app, shell, &ask).await?;
    let about = format!("{} · {}", page.about, page.printed);
    let bytes = paper::write(&page.title, &about, &app.config.public_url(), &page.sections)?;
    Ok(Download { name: format!("so-ket-{name}.docx"), media_type: DOCX, bytes })
}
