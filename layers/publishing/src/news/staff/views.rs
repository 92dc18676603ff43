//! `/desk/news/{id}/views`: how often an article was read, day by day.

use askama::Template;
use axum::extract::State as Shared;
use uuid::Uuid;

use crate::base::{App, time};
use crate::news::article::Article;
use crate::news::views::{self, Read};
use crate::web::chart::{Chart, Figure, Kind, Series};
use crate::web::download::{CSV, Download};
use crate::web::who::Signed;
use crate::web::{Locale, Markup, Page, Path, Result, Shell};

const DAYS: i64 = 30;

#[derive(Template)]
#[template(path = "news/staff/views.html")]
pub struct Views {
    l: Locale,
    shell: Shell,
    article: Article,
    read: Read,
    /// Day by day; None while nobody read it.
    picture: Option<Markup>,
}

impl Views {
    fn here(&self) -> String {
        Article::desk_path(self.article.id)
    }
}

/// `GET /desk/news/{id}/views`: for who sees it on the desk; three statements.
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Views>> {
    let article = Article::find_for(&app, &who, id).await?;
    let read = views::of(&app, &[id]).await?.remove(&id).unwrap_or_default();
    let days = views::by_day(&app, id, DAYS).await?;
    let (l, sum) = (shell.l, days.iter().map(|(_, views)| views).sum::<i64>());
    let here = format!("{}/views", Article::desk_path(id));
    let figure = Figure {
        id: "views",
        chart: Chart {
            title: l.t1("views-finding", "count", sum),
            labels: days.iter().map(|(day, _)| time::day(*day)).collect(),
            series: vec![Series {
                name: l.t("views-title"),
                points: days.iter().map(|(_, views)| Some(*views as f64)).collect(),
            }],
            definition_href: "/huong-dan/tin-bai#luot-xem".into(),
            data_href: format!("{here}.csv"),
            ..Chart::default()
        },
        kind: Kind::Columns,
        source: l.t("views-more"),
        here,
        ..Figure::default()
    };
    let picture = if sum == 0 { None } else { Some(figure.drawn(l)?) };
    Ok(Page(Views { article, read, picture, l, shell }))
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
