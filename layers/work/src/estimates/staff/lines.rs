//! The lines behind a sum of the roll-up.

use askama::Template;
use axum::extract::{Query, State};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use super::board::{Overseer, read_year, year};
use super::summary::part_of;
use super::view::{Named, Row, totals};
use crate::agency_plans::staff::form::province_plan;
use crate::base::App;
use crate::duties::progress::ALL_YEARS;
use crate::estimates::estimate::{Line, State as Stands};
use crate::estimates::{Estimate, source};
use crate::people::agency::brief::Known;
use crate::web::paging::Paging;
use crate::web::unread::UNREAD_LETTERS;
use crate::web::{Locale, Page, Result, Shell, address, cut};

const ROWS: u64 = 100;

/// Which lines.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Where {
    plan: String,
    year: String,
    source: String,
    part: String,
    duty: String,
    /// Slug of an agency.
    agency: String,
    page: Option<u64>,
}

/// A line with its agency and the way to its estimate.
pub struct Found {
    pub agency: String,
    pub href: String,
    pub row: Row,
}

#[derive(Template)]
#[template(path = "estimates/staff/lines.html")]
pub struct Lines {
    l: Locale,
    shell: Shell,
    ask: Where,
    heading: String,
    about: String,
    back: String,
    rows: Vec<Found>,
    totals: [Option<String>; 4],
    /// What of the address is not understood.
    unread: String,
    paging: Paging,
}

impl Lines {
    /// The address of the page so many further on; empty when there is none.
    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        let (ask, page) = (&self.ask, to.to_string());
        let pairs = [
            ("plan", ask.plan.as_str()),
            ("year", &ask.year),
            ("source", &ask.source),
            ("part", &ask.part),
            ("duty", &ask.duty),
            ("agency", &ask.agency),
            ("page", &page),
        ];
        format!("/desk/estimates/lines{}", address::query(&pairs))
    }
}

/// `GET /desk/estimates/lines`
pub async fn show(_who: Overseer, shell: Shell, State(app): State<App>, Query(mut ask): Query<Where>) -> Result<Page<Lines>> {
    let l = shell.l;
    let plan = province_plan(&app, &ask.plan).await?;
    let estimates = if ask.year == ALL_YEARS {
        Estimate::under(&app.db, plan.id).await?
    } else {
        Estimate::in_year(&app.db, plan.id, year(&app, &ask.year)).await?
    };
    let known = Known::now(&app).await?;
    let named = Named::of_plan(&app, plan).await?;
    let unread = ask.forget_unread(&named, &known);
    let slug = |estimate: &Estimate| known.get(&estimate.agency).map(|agency| agency.slug.as_str()).unwrap_or_default();
    let wanted: Vec<&Estimate> =
        estimates.iter().filter(|one| one.state != Stands::Draft && (ask.agency.is_empty() || slug(one) == ask.agency)).collect();
    let ids: Vec<Uuid> = wanted.iter().map(|one| one.id).collect();
    let mut lines = Line::of(&app.db, &ids).await?;
    lines.retain(|line| ask.takes(&named, line));
    let estimate = |line: &Line| wanted.iter().find(|one| one.id == line.estimate).copied();
    let rank = |line: &Line| estimate(line).map(|one| known.rank(one.agency));
    lines.sort_by_key(|line| (rank(line), line.position));
    let paging = Paging::new(ask.page, ROWS, lines.len() as u64);
    let shown = lines.iter().skip(usize::try_from(paging.offset()).unwrap_or_default()).take(ROWS as usize);
    let found = |line: &Line| Found {
        agency: estimate(line).and_then(|one| known.get(&one.agency)).map(|one| one.label()).unwrap_or_default(),
        href: Estimate::desk_path(line.estimate),
        row: named.row(line),
    };
    Ok(Page(Lines {
        heading: if ask.year == ALL_YEARS {
            l.t1("estimates-lines-of-all-years", "count", lines.len())
        } else {
            l.t2("estimates-lines-heading", "count", lines.len(), "year", year(&app, &ask.year))
        },
        about: ask.about(l, &named, &known),
        back: format!("/desk/estimates/summary{}", address::query(&ask.summarised())),
        rows: shown.map(found).collect(),
        totals: totals(&lines),
        unread,
        paging,
        ask,
        l,
        shell,
    }))
}

impl Where {
    /// Takes out what of the address is not understood, and returns it: it narrows nothing, which the page says.
    fn forget_unread(&mut self, named: &Named, known: &Known) -> String {
        let is_agency = known.values().any(|agency| agency.slug == self.agency);
        let asked = [
            (self.year == ALL_YEARS || read_year(&self.year).is_some(), &mut self.year),
            (source::of_code(&named.sources, &self.source).is_some(), &mut self.source),
            (self.duty.parse::<Uuid>().is_ok(), &mut self.duty),
            (is_agency, &mut self.agency),
        ];
        let mut unread = Vec::new();
        for (_, value) in asked.into_iter().filter(|(is_known, value)| !is_known && !value.is_empty()) {
            unread.push(cut(value, UNREAD_LETTERS));
            value.clear();
        }
        unread.join(", ")
    }

    /// What the roll-up is asked: it is of one year always.
    fn summarised(&self) -> [(&'static str, &str); 2] {
        [("plan", &self.plan), ("year", if self.year == ALL_YEARS { "" } else { &self.year })]
    }

    fn takes(&self, named: &Named, line: &Line) -> bool {
        let path = named.duties.get(&line.duty).map(|(path, _)| path.as_str()).unwrap_or_default();
        (self.source.is_empty() || line.source == self.source)
            && (self.part.is_empty() || part_of(path) == self.part)
            && (self.duty.is_empty() || line.duty.to_string() == self.duty)
    }

    /// What was asked for, in words.
    fn about(&self, l: Locale, named: &Named, known: &Known) -> String {
        let agency = known.values().find(|agency| !self.agency.is_empty() && agency.slug == self.agency);
        let duty = self.duty.parse().ok().and_then(|duty: Uuid| named.duties.get(&duty));
        let words = [
            agency.map(|agency| agency.name.clone()),
            (!self.source.is_empty()).then(|| named.source(&self.source)),
            (!self.part.is_empty()).then(|| l.t1("progress-part", "part", &self.part)),
            duty.map(|(path, title)| super::view::choice(path, title)),
            Some(named.plan.title()),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}
