//! The cases that a person sees, filtered from the address.

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::entity::prelude::*;
use sea_orm::{Iterable, PaginatorTrait, QuerySelect};

use crate::base::{App, time};
use crate::people::agency::brief::Known;
use crate::retractions::case::{Cause, State};
use crate::retractions::listing::{self, Ask, MINE, OVERDUE};
use crate::retractions::{Retraction, export, rights, view};
use crate::web::download::{CSV, Download};
use crate::web::paging::Paging;
use crate::web::unread::UNREAD_LETTERS;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell, address, cut};

const ROWS: u64 = 50;

/// A case as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub cause: String,
    pub agency: String,
    pub mark: &'static str,
    pub word: String,
    /// How much time is left; empty when nothing runs.
    pub left: String,
    pub when: String,
    pub copies: String,
}

#[derive(Template)]
#[template(path = "retractions/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    rows: Vec<Row>,
    paging: Paging,
    oversees: bool,
    keeps_terms: bool,
}

impl List {
    /// What may be asked for, each with its address.
    fn states(&self) -> Vec<(String, String, bool)> {
        let codes = [String::new(), State::Open.code(), OVERDUE.to_owned(), State::Closed.code()];
        let tab = |code: String| {
            let key = if code.is_empty() { "retraction-state-any".to_owned() } else { format!("retraction-state-{code}") };
            let current = code == self.ask.state;
            (self.query(&code, &self.ask.cause, &self.ask.whose, ""), self.l.t(&key), current)
        };
        codes.into_iter().map(tab).collect()
    }

    fn causes(&self) -> Vec<(String, String)> {
        Cause::iter().map(|cause| (cause.code(), self.l.t(&cause.key()))).collect()
    }

    fn mine(&self) -> &'static str {
        MINE
    }

    fn unread(&self) -> String {
        self.ask.unread().map(|words| cut(words, UNREAD_LETTERS)).unwrap_or_default()
    }

    fn csv(&self) -> String {
        self.query(&self.ask.state, &self.ask.cause, &self.ask.whose, "").replacen("/retractions", "/retractions/csv", 1)
    }

    /// The address of the page so many further on; empty when there is none.
    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        self.query(&self.ask.state, &self.ask.cause, &self.ask.whose, &to.to_string())
    }

    fn query(&self, state: &str, cause: &str, whose: &str, page: &str) -> String {
        let asked = [("state", state), ("cause", cause), ("whose", whose), ("q", self.ask.q.as_str()), ("page", page)];
        format!("/desk/retractions{}", address::query(&asked))
    }
}

/// `GET /desk/retractions`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    rights::require(rights::is_concerned(&who))?;
    let (l, now) = (shell.l, app.clock.now());
    let wanted = listing::asked(&who, &ask, now);
    let paging = Paging::new(ask.page, ROWS, wanted.clone().count(&app.db).await?);
    let cases = wanted.offset(paging.offset()).limit(ROWS).all(&app.db).await?;
    let known = Known::now(&app).await?;
    Ok(Page(List {
        rows: cases.iter().map(|case| row(l, case, &known, now)).collect(),
        paging,
        oversees: rights::oversees(&who),
        keeps_terms: who.is_any(rights::TermKeeper::ROLES),
        ask,
        l,
        shell,
    }))
}

fn row(l: Locale, case: &Retraction, known: &Known, now: DateTimeUtc) -> Row {
    let when = match case.closed_at {
        Some(at) => l.t1("retraction-closed-on", "at", time::minute(at)),
        None => l.t1("retraction-due-by", "at", time::minute(case.due_at)),
    };
    Row {
        href: Retraction::desk_path(case.id),
        title: case.title.clone(),
        cause: l.t(&case.cause.key()),
        agency: known.get(&case.agency).map(|body| body.label()).unwrap_or_default(),
        mark: view::mark(case, now),
        word: view::word(l, case, now),
        left: view::left(l, case, now),
        when,
        copies: l.t2("retraction-copies-count", "count", case.copies, "open", case.unsettled),
    }
}

/// `GET /desk/retractions/csv`: the same list, whole.
pub async fn csv(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Download> {
    rights::require(rights::is_concerned(&who))?;
    let now = app.clock.now();
    let cases = listing::asked(&who, &ask, now).all(&app.db).await?;
    let known = Known::now(&app).await?;
    let bytes = export::cases(shell.l, &cases, &known, now)?;
    Ok(Download { name: format!("thu-hoi-dinh-chinh-{}.csv", time::local_date(now)), media_type: CSV, bytes })
}
