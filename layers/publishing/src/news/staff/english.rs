//! `/desk/news/english`: what must be there in English, and how it stands.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;

use crate::base::{App, time};
use crate::news::article::Article;
use crate::news::english::{self, Item, Standing};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

/// An item as a row.
pub struct Row {
    pub code: &'static str,
    pub name: String,
    /// One of the interface's marks, and the word.
    pub mark: &'static str,
    pub word: String,
    /// How old the English text is; empty where there is none.
    pub age: String,
    /// Title and address of what fulfils it.
    pub by: Option<(String, String)>,
    pub is_page: bool,
}

#[derive(Template)]
#[template(path = "news/staff/english.html")]
pub struct English {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
    done: usize,
    may_keep: bool,
    /// The form that came back: item, what was typed, what is wrong.
    refused: (String, String, String),
}

/// Days by the calendar: what was published yesterday evening is a day old.
fn age(l: Locale, article: &Article, today: NaiveDate) -> String {
    let Some(at) = article.published_at else { return String::new() };
    match (today - time::local_date(at)).num_days() {
        ..=0 => l.t("english-age-today"),
        days => l.t1("english-age", "count", days),
    }
}

fn row(l: Locale, item: &'static Item, standing: &Standing, today: NaiveDate) -> Row {
    let by = |article: &Article| Some((article.title.clone(), Article::desk_path(article.id)));
    let day = |article: &Article| article.published_at.map(|at| time::day(time::local_date(at))).unwrap_or_default();
    let (mark, word, by) = match standing {
        Standing::Missing => ("late", l.t("english-missing"), None),
        Standing::Page => ("on-time", l.t("english-page"), Some((item.page.clone(), item.page.clone()))),
        Standing::Waiting(article) => ("waiting", l.t("english-waiting"), by(article)),
        Standing::Out(article) => ("on-time", l.t1("english-out", "day", day(article)), by(article)),
        Standing::Stale(article, since) => ("soon", l.t1("translations-stale-since", "at", time::minute(*since)), by(article)),
    };
    let age = match standing {
        Standing::Out(article) | Standing::Stale(article, _) => age(l, article, today),
        Standing::Missing | Standing::Page | Standing::Waiting(_) => String::new(),
    };
    Row { code: &item.code, name: item.name(l).to_owned(), mark, word, age, by, is_page: !item.page.is_empty() }
}

async fn page(app: &App, who: &Signed, shell: Shell, refused: (String, String, String)) -> Result<English> {
    if !who.is_any(crate::news::rights::OVERSEERS) && !english::may_keep(who) {
        return Err(Error::Forbidden);
    }
    let l = shell.l;
    let standings = english::standings(&app.db).await?;
    let done = standings.iter().filter(|(_, standing)| matches!(standing, Standing::Page | Standing::Out(_))).count();
    let today = time::local_date(app.clock.now());
    let rows = standings.iter().map(|(item, standing)| row(l, item, standing, today)).collect();
    Ok(English { rows, done, may_keep: english::may_keep(who), refused, l, shell })
}

/// `GET /desk/news/english`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<English>> {
    Ok(Page(page(&app, &who, shell, Default::default()).await?))
}

/// `POST /desk/news/english/{code}`: names what fulfils an item.
pub async fn name(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(code): Path<String>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let address = fields.get("address").cloned().unwrap_or_default();
    match english::name(&app, &who, &code, &address).await {
        Ok(()) => Ok(Said::to("/desk/news/english", "english-was-named").into_response()),
        Err(Error::Refused(obstacles)) => {
            let why = obstacles.iter().map(|one| one.text(shell.l)).collect::<Vec<_>>().join(" ");
            Ok(Page(page(&app, &who, shell, (code, address, why)).await?).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
