//! The revisions of an article, what changed between them, and bringing one back.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use crate::base::{App, Role, Who, time};
use crate::news::article::Article;
use crate::news::revision::Revision;
use crate::news::rights;
use crate::news::{clean, view};
use crate::people::person;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Markup, Page, Path, Result, Said, Shell, difference};

/// A revision as a line.
pub struct Line {
    pub number: i32,
    pub href: String,
    pub who: String,
    pub when: String,
    pub note: String,
    pub is_out: bool,
}

#[derive(Template)]
#[template(path = "news/staff/revisions.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    article: Article,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "news/staff/revision.html")]
pub struct One {
    l: Locale,
    shell: Shell,
    article: Article,
    line: Line,
    /// Title, summary, text: what changed since the one before.
    changes: Vec<(String, Markup)>,
    previous: Option<i32>,
    may_restore: bool,
}

impl List {
    fn back(&self) -> String {
        Article::desk_path(self.article.id)
    }
}

impl One {
    fn back(&self) -> String {
        Article::desk_path(self.article.id)
    }
}

/// The article, for those who may read how it came about: everybody on the desk reads what is out, not how it was written.
async fn find(app: &App, who: &Who, id: Uuid) -> Result<Article> {
    const WITHIN: &[Role] = &[Role::Officer, Role::Reviewer, Role::Approver, Role::AgencyAdministrator];
    let article = Article::find_for(app, who, id).await?;
    let inside = rights::holds(who, WITHIN, article.agency) || who.is_any(rights::OVERSEERS);
    let at_step = !article.state.is_readable();
    if inside || at_step { Ok(article) } else { Err(Error::Forbidden) }
}

async fn lines(app: &App, l: Locale, article: &Article, revisions: &[Revision]) -> Result<Vec<Line>> {
    let people: Vec<Uuid> = revisions.iter().filter_map(|one| one.person).collect();
    let names = person::names(&app.db, &people).await?;
    let line = |one: &Revision| Line {
        number: one.number,
        href: format!("{}/revisions/{}", Article::desk_path(article.id), one.number),
        who: if one.person.is_none() { l.t("article-imported") } else { view::person(l, &names, one.person) },
        when: time::minute(one.at),
        note: one.note.clone(),
        is_out: article.published_revision == Some(one.number),
    };
    Ok(revisions.iter().map(line).collect())
}

/// `GET /desk/news/{id}/revisions`
pub async fn list(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<List>> {
    let article = find(&app, &who, id).await?;
    let revisions = Revision::all(&app.db, id).await?;
    let lines = lines(&app, shell.l, &article, &revisions).await?;
    Ok(Page(List { article, lines, l: shell.l, shell }))
}

/// `GET /desk/news/{id}/revisions/{number}`: with what changed since the one before, word by word.
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Path((id, number)): Path<(Uuid, i32)>) -> Result<Page<One>> {
    let article = find(&app, &who, id).await?;
    let l = shell.l;
    let one = Revision::find(&app.db, id, number).await?;
    let before = match number {
        1 => None,
        _ => Some(Revision::find(&app.db, id, number - 1).await?),
    };
    let line = lines(&app, l, &article, std::slice::from_ref(&one)).await?.pop().ok_or(Error::NotFound)?;
    let of = |revision: Option<&Revision>| {
        revision.map(|one| (one.title.clone(), one.summary.clone(), clean::text(&one.body))).unwrap_or_default()
    };
    // The first one is shown as it is, not as all new.
    let (old, new) = (of(before.as_ref().or(Some(&one))), of(Some(&one)));
    let changes = vec![
        (l.t("article-title"), difference::marked(&old.0, &new.0)),
        (l.t("article-summary"), difference::marked(&old.1, &new.1)),
        (l.t("article-text"), difference::marked(&old.2, &new.2)),
    ];
    let may_restore = number != article.revision && article.may_be_written_by(&who);
    Ok(Page(One { line, changes, previous: before.map(|one| one.number), may_restore, article, l, shell }))
}

#[derive(Debug, Deserialize)]
pub struct Seen {
    version: i32,
}

/// `POST /desk/news/{id}/revisions/{number}`: brings its text back.
pub async fn restore(
    who: Signed,
    State(app): State<App>,
    Path((id, number)): Path<(Uuid, i32)>,
    Form(seen): Form<Seen>,
) -> Result<Response> {
    find(&app, &who, id).await?;
    Article::restore(&app, &who, id, number, seen.version).await?;
    Ok(Said::to(Article::desk_path(id), "article-was-restored").with("n", number).into_response())
}
