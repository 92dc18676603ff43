//! The coordinator's board: how far a plan got, by agency and period, on one page; every figure opens its list.

pub mod body;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use chrono::Datelike;
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use self::body::Body;
use crate::base::{App, time};
use crate::duties::duty::Kind;
use crate::duties::listed::COUNTED_AGAIN_S;
use crate::duties::progress::{self, Cell, Scope, Tally, Which};
use crate::people::agency::brief::Known;
use crate::plans::{Plan, plan};
use crate::web::chart::saving;
use crate::web::unread::UNREAD_LETTERS;
use crate::web::{Error, Locale, Page, Result, Shell, address, cut};

crate::admits! {
    /// Who looks over everything.
    Overseer: Coordinator Leader Auditor Finance
}

/// What the address asks to see.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// Slug of a plan; the newest one in force when empty.
    pub plan: String,
    /// `III`
    pub part: String,
    /// Periods that are due in this year; the present one when empty.
    pub year: String,
    /// A kind of duty; all of them when empty.
    pub kind: String,
    /// `week`: the trend by weeks instead of months.
    pub step: String,
    /// Which page of the agencies.
    pub page: Option<u64>,
}

impl Ask {
    /// What of the address is not understood, as it stands there: it narrows nothing, which the page says.
    #[must_use]
    pub fn unread(&self) -> Vec<String> {
        let year = self.year.is_empty() || read_year(&self.year).is_some();
        let kind = self.kind.is_empty() || Kind::try_from_value(&self.kind).is_ok();
        let odd = [(year, &self.year), (kind, &self.kind)];
        odd.into_iter().filter(|(is_read, _)| !is_read).map(|(_, value)| cut(value, UNREAD_LETTERS)).collect()
    }
}

fn read_year(typed: &str) -> Option<i32> {
    typed.parse().ok().filter(|year| progress::YEARS.contains(year))
}

/// A plan to choose, or a part, or a year.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// What the public reads of it.
pub struct Public {
    pub is_open: bool,
    pub href: String,
    pub act: String,
}

#[derive(Template)]
#[template(path = "duties/staff/board.html")]
pub struct Board {
    l: Locale,
    shell: Shell,
    plan: String,
    csv: String,
    proofs: String,
    /// Where the rules of the plan's duties stand.
    rules: String,
    body: Arc<Body>,
    /// What of the address is not understood.
    unread: String,
    /// Whether the person decides what the public reads.
    may_publish: bool,
    public: Public,
    printed: String,
}

/// What the pages of progress share: the plan, its counts, the agencies.
pub struct Counted {
    pub plan: Plan,
    pub scope: Scope,
    pub cells: Vec<Cell>,
    pub agencies: Arc<Known>,
}

impl Counted {
    /// Counts what is asked for.
    ///
    /// # Errors
    /// As [`Counted::asked`].
    pub async fn of(app: &App, ask: &Ask) -> Result<Self> {
        Self::asked(app, ask).await?.counted(app).await
    }

    /// The same, counted.
    ///
    /// # Errors
    /// The database failed.
    pub async fn counted(&self, app: &App) -> Result<Self> {
        let (plan, scope, agencies) = (self.plan.clone(), self.scope.clone(), self.agencies.clone());
        Ok(Self { cells: progress::cells(&app.db, &scope).await?, plan, scope, agencies })
    }

    /// What is asked for, without counting it.
    ///
    /// # Errors
    /// Refused when no plan is in force; not found when the address names none; or the database failed.
    pub async fn asked(app: &App, ask: &Ask) -> Result<Self> {
        let plan = if ask.plan.is_empty() {
            Plan::adopted(&app.db).await?.into_iter().next().ok_or_else(|| Error::refused("progress-without-plan"))?
        } else {
            Plan::find_by_slug(&app.db, &ask.plan).await?
        };
        let today = time::local_date(app.clock.now());
        let year = read_year(&ask.year).unwrap_or(today.year());
        let (from, until) = progress::days(Some(year), today);
        let kind = Kind::try_from_value(&ask.kind).ok();
        let scope =
            Scope { body: None, plan: plan.id, part: ask.part.clone(), agency: None, duty: None, kind, from, until, today };
        Ok(Self { plan, scope, cells: Vec::new(), agencies: Known::now(app).await? })
    }

    /// The sum of all that is asked for, counted once for everybody.
    ///
    /// # Errors
    /// The database failed.
    pub async fn total(&self, app: &App) -> Result<Tally> {
        let count = async { Ok::<_, DbErr>(progress::total(&progress::cells(&app.db, &self.scope).await?)) };
        Ok(*app.lately(&format!("progress.total.{:?}", self.scope), COUNTED_AGAIN_S, count).await?)
    }

    /// The question of the address, as pairs; `kind` and `part` as they were understood.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let kind = self.scope.kind.map(|kind| kind.to_value()).unwrap_or_default();
        let year = self.scope.until.year().to_string();
        vec![("plan", self.plan.slug.clone()), ("part", self.scope.part.clone()), ("year", year), ("kind", kind)]
    }

    /// An address with the question and these further pairs; a later pair takes the place of an earlier one.
    #[must_use]
    pub fn address(&self, path: &str, further: &[(&'static str, &str)]) -> String {
        let mut pairs = self.pairs();
        pairs.retain(|(name, _)| further.iter().all(|(other, _)| other != name));
        pairs.extend(further.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        format!("{path}{}", address::query(&pairs))
    }

    /// The list behind a figure.
    #[must_use]
    pub fn list(&self, which: Which, agency: &str, period: &str) -> String {
        self.address("/desk/progress/slots", &[("which", which.code()), ("agency", agency), ("period", period)])
    }
}

/// `GET /desk/progress`
pub async fn show(who: Overseer, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<Board>> {
    let asked = Counted::asked(&app, &ask).await?;
    let key = format!("progress.board.{:?}.{}.{:?}.{}", asked.scope, ask.step, ask.page, shell.lang);
    let body = saving::lately(&app, &key, COUNTED_AGAIN_S, Body::of(&app, &shell, &asked, &ask)).await?;
    Ok(Page(Board {
        plan: asked.plan.title(),
        rules: super::rules::path(asked.plan.id),
        csv: asked.address("/desk/progress/csv", &[]),
        proofs: asked.address("/desk/progress/proofs", &[]),
        body,
        unread: ask.unread().join(", "),
        may_publish: Plan::is_published_by(&who) && asked.plan.state == plan::State::Adopted,
        public: Public {
            is_open: asked.plan.progress_public,
            href: asked.plan.progress_path(),
            act: format!("{}/progress-publication", Plan::desk_path(asked.plan.id)),
        },
        printed: time::minute(app.clock.now()),
        l: shell.l,
        shell,
    }))
}

/// A choice of a filter.
#[must_use]
pub fn choice(value: &str, label: String, chosen: bool) -> Choice {
    Choice { value: value.to_owned(), label, chosen }
}
