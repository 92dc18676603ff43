//! The desk's articles: whose turn it is first, then the agency's own, then what is out.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State as Shared};
use sea_orm::{Iterable, PaginatorTrait, QuerySelect};
use uuid::Uuid;

use crate::base::{App, Role, Who};
use crate::news::article::{Article, State};
use crate::news::listing::{self, Ask, View};
use crate::news::rights::{Verb, may};
use crate::news::section::Section;
use crate::news::view;
use crate::people::agency::brief::Known;
use crate::web::paging::Paging;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Shell, address, unread};

const ROWS: u64 = 50;

/// An article as a row.
pub struct Row {
    pub href: String,
    pub title: String,
    pub agency: String,
    pub section: String,
    pub mark: &'static str,
    pub word: String,
    pub when: String,
    pub language: String,
    pub demo: bool,
    /// How often it was read, of what is out.
    pub views: String,
}

/// A link with a count.
pub struct Tab {
    pub href: String,
    pub label: String,
    pub current: bool,
}

#[derive(Template)]
#[template(path = "news/staff/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    ask: Ask,
    view: View,
    heading: String,
    tabs: Vec<Tab>,
    states: Vec<Tab>,
    rows: Vec<Row>,
    paging: Paging,
    may_write: bool,
    keeps_sections: bool,
    keeps_site: bool,
    /// The site's required facts that are missing: nothing can go out.
    site_lacks: usize,
    narrowed: bool,
}

impl List {
    /// A view that the person does not have, or a state that is none.
    fn unread(&self) -> String {
        let view = View::from_code(&self.ask.view) == Some(self.view);
        let state = State::iter().any(|state| state.code() == self.ask.state);
        unread(&[(view, &self.ask.view), (state, &self.ask.state)])
    }

    /// The address of the page so many further on; empty when there is none.
    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        let (state, q, page) = (self.ask.state.as_str(), self.ask.q.as_str(), to.to_string());
        format!("/desk/news{}", address::query(&[("view", self.view.code()), ("state", state), ("q", q), ("page", &page)]))
    }
}

/// `GET /desk/news`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    let l = shell.l;
    let turn = listing::turn(&app.db, &who).await?;
    let views = View::of(&who);
    let first = if turn.is_empty() { views.iter().find(|view| **view != View::Turn) } else { views.first() };
    let view = View::from_code(&ask.view).filter(|view| views.contains(view)).or(first.or(views.first()).copied());
    let view = view.ok_or(Error::Forbidden)?;
    let condition = view.condition(&who, &turn);
    let wanted = listing::asked(condition.clone(), &ask);
    let paging = Paging::new(ask.page, ROWS, wanted.clone().count(&app.db).await?);
    let articles = wanted.offset(paging.offset()).limit(ROWS).all(&app.db).await?;
    let read = read(&app, l, &articles).await?;
    let known = Known::now(&app).await?;
    let sections = super::sections::by_id(&app).await?;
    let counts = listing::counts(&app.db, condition).await?;
    let tab = |one: &View| Tab {
        href: format!("/desk/news?view={}", one.code()),
        label: l.t1(&format!("news-view-{}", one.code()), "count", turn.len()),
        current: *one == view,
    };
    Ok(Page(List {
        heading: heading(l, view, turn.len(), paging.total),
        tabs: views.iter().map(tab).collect(),
        states: states(l, view, &ask, &counts),
        rows: articles.iter().map(|article| row(&app, l, article, (&known, &sections, &read))).collect(),
        paging,
        may_write: who.agency.is_some_and(|own| may(&who, Verb::Write, own)),
        keeps_sections: keeps_sections(&who),
        keeps_site: who.is(Role::SystemAdministrator),
        site_lacks: app.site().missing().len(),
        narrowed: !ask.state.is_empty() || !ask.q.trim().is_empty(),
        view,
        ask,
        l,
        shell,
    }))
}

/// Whether the person keeps any sections.
#[must_use]
pub fn keeps_sections(who: &Who) -> bool {
    who.is_any(&[Role::Coordinator, Role::SystemAdministrator, Role::AgencyAdministrator])
}

fn heading(l: Locale, view: View, turn: usize, total: u64) -> String {
    match view {
        View::Turn if turn == 0 => l.t("news-heading-calm"),
        View::Turn => l.t1("news-heading-turn", "count", turn),
        View::Ours => l.t1("news-heading-ours", "count", total),
        View::Out => l.t1("news-heading-out", "count", total),
        View::All => l.t1("news-heading", "count", total),
    }
}

/// What is around the rows: agencies, sections, how often each was read.
type Around<'a> = (&'a Known, &'a HashMap<Uuid, Section>, &'a HashMap<Uuid, String>);

fn row(app: &App, l: Locale, article: &Article, (known, sections, read): Around<'_>) -> Row {
    let is_late = article.step_due_at.is_some_and(|due| due < app.clock.now());
    let mark = if view::is_missed(article) { "late" } else { view::mark(article.state, is_late) };
    Row {
        href: Article::desk_path(article.id),
        title: article.title.clone(),
        agency: known.get(&article.agency).map(|body| body.label()).unwrap_or_default(),
        section: sections.get(&article.section).map(|one| one.label(l).to_owned()).unwrap_or_default(),
        mark,
        word: view::word(l, article),
        when: view::when(l, article),
        language: if article.language.tag() == "vi" { String::new() } else { l.t(&article.language.key()) },
        demo: article.demo,
        views: read.get(&article.id).cloned().unwrap_or_default(),
    }
}

/// How often those were read that are out: one statement.
async fn read(app: &App, l: Locale, articles: &[Article]) -> Result<HashMap<Uuid, String>> {
    let out: Vec<Uuid> = articles.iter().filter(|one| one.state.is_readable()).map(|one| one.id).collect();
    let read = if out.is_empty() { HashMap::new() } else { crate::news::views::of(app, &out).await? };
    let words = |id: Uuid| (id, l.t1("views-count", "count", read.get(&id).map_or(0, |read| read.total)));
    Ok(out.into_iter().map(words).collect())
}

/// The states that occur, each with how many; first all of them.
fn states(l: Locale, view: View, ask: &Ask, counts: &[(State, i64)]) -> Vec<Tab> {
    let tab = |state: &str, label: String| Tab {
        href: format!("/desk/news{}", address::query(&[("view", view.code()), ("state", state), ("q", &ask.q)])),
        current: ask.state == state,
        label,
    };
    let mut tabs = vec![tab("", l.t("news-state-any"))];
    for state in State::iter() {
        let count = counts.iter().find(|(one, _)| *one == state).map(|(_, count)| *count);
        if let Some(count) = count.or_else(|| (ask.state == state.code()).then_some(0)) {
            tabs.push(tab(&state.code(), format!("{} ({count})", l.t(&state.key()))));
        }
    }
    tabs
}
