//! `/desk/news/{id}/views`: how often an article was read, day by day.

use askama::Template;
use axum::extract::State as Shared;
use chrono::NaiveDate;
use uuid::Uuid;

use crate::base::{App, time};
use crate::news::article::Article;
use crate::news::views::{self, Read};
use crate::web::download::{CSV, Download};
use crate::web::who::Signed;
use crate::web::{Locale, Page, Path, Result, Shell};

const DAYS: i64 = 30;
/// The chart's box: a column each 20, so high at most.
const STEP: i64 = 20;
const HEIGHT: i64 = 120;

/// A day as a column: where it begins, how high it is.
pub struct Column {
    pub x: i64,
    pub y: i64,
    pub height: i64,
    pub day: String,
    pub views: i64,
}

#[derive(Template)]
#[template(path = "news/staff/views.html")]
pub struct Views {
    l: Locale,
    shell: Shell,
    article: Article,
    read: Read,
    columns: Vec<Column>,
    sum: i64,
    width: i64,
    height: i64,
}

impl Views {
    fn here(&self) -> String {
        Article::desk_path(self.article.id)
    }
}

fn column(at: usize, (day, views): (NaiveDate, i64), most: i64) -> Column {
    // One view is seen too.
    let height = if views == 0 { 0 } else { (views * HEIGHT / most.max(1)).max(2) };
    Column { x: i64::try_from(at).unwrap_or_default() * STEP, y: HEIGHT - height, height, day: time::day(day), views }
}

/// `GET /desk/news/{id}/views`: for who sees it on the desk; three statements.
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Views>> {
    let article = Article::find_for(&app, &who, id).await?;
    let read = views::of(&app, &[id]).await?.remove(&id).unwrap_or_default();
    let days = views::by_day(&app, id, DAYS).await?;
    let most = days.iter().map(|(_, views)| *views).max().unwrap_or_default();
    let sum = days.iter().map(|(_, views)| views).sum();
    let columns = days.into_iter().enumerate().map(|(at, day)| column(at, day, most)).collect();
    Ok(Page(Views { article, read, columns, sum, width: DAYS * STEP, height: HEIGHT, l: shell.l, shell }))
}

/// `GET /desk/news/{id}/views.csv`
pub async fn csv(who: Signed, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let article = Article::find_for(&app, &who, id).await?;
    let mut out = String::from("\u{feff}day,views\r\n");
    for (day, views) in views::by_day(&app, id, DAYS).await? {
        out.push_str(&format!("{day},{views}\r\n"));
    }
    Ok(Download { name: format!("luot-xem-{}.csv", article.slug), media_type: CSV, bytes: out.into_bytes() })
}
