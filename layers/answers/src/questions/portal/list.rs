//! `/hoi-dap/cau-hoi`: what was answered, by agency and words; and how agencies answer, counted.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State as Shared};
use axum::http::HeaderMap;
use axum::response::Response;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::base::{App, time};
use crate::people::agency::brief::Known;
use crate::questions::answer::Answer;
use crate::questions::counting::{self, Counts};
use crate::questions::listing::with_words;
use crate::questions::question::{Column, Entity, Question, shown};
use crate::questions::searched;
use crate::web::download::{CSV, Download, harmless};
use crate::web::paging::Paging;
use crate::web::{Locale, Page, Result, Shell, address, cut};

const ROWS: u64 = 20;
/// Letters of an answer in a list.
const ANSWER_LETTERS: usize = 220;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    agency: String,
    q: String,
    page: Option<u64>,
}

/// A question as a row.
pub struct Entry {
    pub href: String,
    pub title: String,
    /// Empty while it is looked at again.
    pub answer: String,
    pub agency: String,
    pub when: String,
    pub demo: bool,
}

/// Entries of these, with the answer given last.
#[must_use]
pub fn entries(rows: &[Question], given: &HashMap<Uuid, Answer>, known: &Known) -> Vec<Entry> {
    let entry = |one: &Question| Entry {
        href: one.public_path(),
        title: one.title.clone(),
        answer: given
            .get(&one.id)
            .filter(|_| one.is_answered())
            .map(|answer| cut(&answer.shown_text, ANSWER_LETTERS))
            .unwrap_or_default(),
        agency: known.get(&one.holder).map(|body| body.label()).unwrap_or_default(),
        when: one.answered_at.map(|at| time::day(time::local_date(at))).unwrap_or_default(),
        demo: one.demo,
    };
    rows.iter().map(entry).collect()
}

/// An agency's counts as a row of the table.
pub struct CountRow {
    pub slug: String,
    pub agency: String,
    pub counts: Counts,
}

impl CountRow {
    fn of(id: &Uuid, counts: &Counts, known: &Known) -> Option<Self> {
        known.get(id).map(|body| Self { slug: body.slug.clone(), agency: body.label(), counts: counts.clone() })
    }

    /// Of every agency, in Vietnamese order.
    fn all(counts: &HashMap<Uuid, Counts>, known: &Known) -> Vec<Self> {
        let mut rows: Vec<Self> = counts.iter().filter_map(|(id, counts)| Self::of(id, counts, known)).collect();
        rows.sort_by(|one, other| vietnamese::order::compare_natural(&one.agency, &other.agency));
        rows
    }

    /// `4,2`; empty where nobody marked.
    #[must_use]
    pub fn mark(&self) -> String {
        self.counts.mark_tenths().map(|tenths| format!("{},{}", tenths / 10, tenths % 10)).unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "questions/portal/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    entries: Vec<Entry>,
    /// Slug, name, and whether it is chosen.
    agencies: Vec<(String, String, bool)>,
    table: Vec<CountRow>,
    whole: Counts,
    paging: Paging,
    canonical: String,
}

impl List {
    fn turn(&self, by: i64) -> String {
        let query = |to: u64| address::query(&[("agency", &self.ask.agency), ("q", &self.ask.q), ("page", &to.to_string())]);
        self.paging.turn(by).map(|to| format!("/hoi-dap/cau-hoi{}", query(to))).unwrap_or_default()
    }

    fn is_narrowed(&self) -> bool {
        !self.ask.agency.is_empty() || !self.ask.q.trim().is_empty()
    }
}

fn wanted(ask: &Ask, known: &Known) -> Select<Entity> {
    let mut rows = shown();
    if let Some(agency) = known.values().find(|one| one.slug == ask.agency) {
        rows = rows.filter(Column::Holder.eq(agency.id));
    }
    with_words(rows, &ask.q)
}

/// `GET /hoi-dap/cau-hoi`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>, headers: HeaderMap) -> Result<Response> {
    let known = Known::now(&app).await?;
    let rows = wanted(&ask, &known);
    let paging = Paging::new(ask.page, ROWS, rows.clone().count(&app.db).await?);
    let rows = rows.order_by_desc(Column::AnsweredAt).order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS);
    let questions = rows.all(&app.db).await?;
    let given = searched::given(&app.db, &questions).await?;
    let counts = counting::counts(&app).await?;
    let table = CountRow::all(&counts, &known);
    let agencies = table.iter().map(|row| (row.slug.clone(), row.agency.clone(), row.slug == ask.agency)).collect();
    let nonce = shell.nonce.clone();
    let page = List {
        entries: entries(&questions, &given, &known),
        agencies,
        table,
        whole: counts.get(&Uuid::nil()).cloned().unwrap_or_default(),
        paging,
        canonical: format!("{}/hoi-dap/cau-hoi", app.config.public_url()),
        ask,
        l: shell.l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}

/// `GET /hoi-dap/cau-hoi.csv`: the counts of every agency, to be reckoned with.
pub async fn csv(shell: Shell, Shared(app): Shared<App>) -> Result<Download> {
    let l = shell.l;
    let known = Known::now(&app).await?;
    let counts = counting::counts(&app).await?;
    let rows = CountRow::all(&counts, &known);
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let heads = [
        "question-holder",
        "questions-asked",
        "questions-answered",
        "questions-in-time",
        "questions-late",
        "questions-hours",
        "questions-marked",
        "questions-marks",
    ];
    writer.write_record(heads.map(|key| l.t(key)))?;
    for row in rows {
        let one = row.counts;
        let hours = one.hours.map(|hours| hours.to_string()).unwrap_or_default();
        let cells = [one.asked, one.answered, one.in_time, one.late].map(|count| count.to_string());
        let [asked, answered, in_time, late] = cells;
        let (marked, marks) = (one.marked.to_string(), one.marks.to_string());
        writer.write_record([harmless(&row.agency), asked, answered, in_time, late, hours, marked, marks])?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Download { name: "hoi-dap-theo-co-quan.csv".into(), media_type: CSV, bytes })
}
