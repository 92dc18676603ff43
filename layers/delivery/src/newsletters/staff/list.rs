//! The desk's newsletters and their issues: those of the person's agency, or of all for who oversees.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::{Iterable, PaginatorTrait, QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::base::{App, Who, time};
use crate::channels::rights::{OVERSEERS, Verb, may, own_agency};
use crate::newsletters::delivery::counting::{self, Tally};
use crate::newsletters::issue::{Column, Entity, Issue, State, steering};
use crate::newsletters::newsletter::Newsletter;
use crate::newsletters::sending::relays::Relays;
use crate::newsletters::waiting;
use crate::people::agency::brief::Known;
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell, address, grouped};

const ROWS: u64 = 50;
/// What may be asked for: the word of the address; its name is `issue-show-…`.
pub const SHOWS: [&str; 6] = ["", "stuck", "submitted", "draft", "sending", "sent"];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    pub show: String,
    pub page: Option<u64>,
}

/// A newsletter as a row.
pub struct Row {
    pub href: String,
    pub name: String,
    pub agency: String,
    pub mark: &'static str,
    pub word: String,
    pub next: String,
}

/// An issue as a row.
pub struct IssueRow {
    pub href: String,
    pub name: String,
    pub newsletter: String,
    pub mark: &'static str,
    pub word: String,
    pub when: String,
    /// How it went, in a few words.
    pub account: String,
}

#[derive(Template)]
#[template(path = "newsletters/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    rows: Vec<Row>,
    issues: Vec<IssueRow>,
    paging: Paging,
    keeps: bool,
    oversees: bool,
    has_relay: bool,
    /// So many wait for the person since a restore.
    held: u64,
    /// Why they were not cancelled all at once; empty when nobody tried.
    pub refused: String,
}

impl List {
    fn shows(&self) -> Vec<(&'static str, String)> {
        SHOWS.into_iter().map(|code| (code, self.l.t(&show_key(code)))).collect()
    }

    fn href(&self, show: &str) -> String {
        format!("/desk/newsletters{}", address::query(&[("show", show)]))
    }

    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        format!("/desk/newsletters{}", address::query(&[("show", &self.ask.show), ("page", &to.to_string())]))
    }
}

/// The Fluent key of what may be asked for.
#[must_use]
pub fn show_key(code: &str) -> String {
    if code.is_empty() { "issue-show-all".into() } else { format!("issue-show-{code}") }
}

/// `GET /desk/newsletters`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    Ok(Page(page(&app, &who, shell, ask).await?))
}

/// The page.
///
/// # Errors
/// Forbidden to others, or the database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, ask: Ask) -> Result<List> {
    let l = shell.l;
    let oversees = who.is_any(OVERSEERS);
    let own = if oversees { None } else { Some(own_agency(who)?) };
    let newsletters = Newsletter::of(&app.db, own).await?;
    let mut rows = Entity::find();
    if let Some(agency) = own {
        rows = rows.filter(Column::Agency.eq(agency));
    }
    let state: Option<State> = State::iter().find(|one| one.to_value() == ask.show);
    if let Some(state) = state {
        rows = rows.filter(Column::State.eq(state));
    } else if ask.show == "stuck" {
        rows = rows.filter(waiting::stuck());
    }
    let paging = Paging::new(ask.page, ROWS, rows.clone().count(&app.db).await?);
    let rows = rows.order_by_desc(Column::ChangedAt).order_by_desc(Column::Id).offset(paging.offset()).limit(ROWS);
    let issues = rows.all(&app.db).await?;
    let known = Known::now(app).await?;
    let row = |one: &Newsletter| Row {
        href: Newsletter::path(one.id),
        name: one.name.clone(),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        mark: one.state.mark(),
        word: l.t(&one.state.key()),
        next: one.next_at.map_or_else(|| l.t(&one.rhythm.key()), |at| l.t1("newsletter-next", "at", time::minute(at))),
    };
    let held = if ask.show == "stuck" { steering::count_restored(&app.db, who).await? } else { 0 };
    Ok(List {
        rows: newsletters.iter().map(row).collect(),
        issues: issue_rows(app, l, &issues, &newsletters).await?,
        paging,
        keeps: who.agency.is_some_and(|agency| may(who, Verb::Keep, agency)),
        oversees,
        has_relay: Relays::of(&app.config).is_ok_and(|relays| !relays.0.is_empty()),
        ask,
        l,
        shell,
        held,
        refused: String::new(),
    })
}

/// Issues as rows, with how they went: one statement.
///
/// # Errors
/// The database failed.
pub async fn issue_rows(app: &App, l: Locale, issues: &[Issue], newsletters: &[Newsletter]) -> Result<Vec<IssueRow>> {
    let begun: Vec<Uuid> = issues.iter().filter(|one| one.began_at.is_some()).map(|one| one.id).collect();
    let tallies = if begun.is_empty() { HashMap::new() } else { counting::of(&app.db, &begun).await? };
    let row = |one: &Issue| IssueRow {
        href: Issue::path(one.id),
        name: one.title.clone(),
        newsletter: newsletters.iter().find(|of| of.id == one.newsletter).map(|of| of.name.clone()).unwrap_or_default(),
        mark: one.state.mark(),
        word: l.t(&one.state.key()),
        when: time::minute(one.ended_at.or(one.began_at).or(one.due_at).unwrap_or(one.changed_at)),
        account: tallies.get(&one.id).map(|tally| account(l, tally)).unwrap_or_default(),
    };
    Ok(issues.iter().map(row).collect())
}

/// `1.200 đã gửi, 3 chưa rõ …`: what is not zero.
#[must_use]
pub fn account(l: Locale, tally: &Tally) -> String {
    let parts = [
        ("letter-count-sent", tally.sent),
        ("letter-count-queued", tally.queued + tally.sending),
        ("letter-count-failed", tally.failed),
        ("letter-count-unknown", tally.unknown),
        ("letter-count-bounced", tally.returned()),
    ];
    parts.iter().filter(|(_, n)| *n > 0).map(|(key, n)| l.t1(key, "count", grouped(n))).collect::<Vec<_>>().join(" · ")
}
