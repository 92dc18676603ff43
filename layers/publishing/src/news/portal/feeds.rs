//! `/tin-tuc/nguon-cap-tin`: every feed there is, to be found by people.

use askama::Template;
use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;

use super::list::topics;
use crate::base::{App, time};
use crate::news::section::Section;
use crate::people::agency::brief::Known;
use crate::web::{Locale, Page, Result, Shell};

/// Feeds of one sort: the address of the page they follow, and its name.
pub struct Group {
    pub id: &'static str,
    pub title: String,
    pub pages: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "news/portal/feeds.html")]
pub struct Feeds {
    l: Locale,
    shell: Shell,
    groups: Vec<Group>,
}

/// `GET /tin-tuc/nguon-cap-tin`: one statement.
pub async fn show(shell: Shell, Shared(app): Shared<App>, headers: HeaderMap) -> Result<Response> {
    let l = shell.l;
    let sections = Section::all(&app.db).await?;
    let known = Known::now(&app).await?;
    let today = time::local_date(app.clock.now());
    let mut open: Vec<_> = known.values().filter(|body| body.is_open_on(today)).collect();
    open.sort_by_key(|body| known.rank(body.id));
    let group = |id: &'static str, pages: Vec<(String, String)>| Group { id, title: l.t(&format!("feeds-{id}")), pages };
    let groups = vec![
        group("all", vec![("/tin-tuc".into(), l.t("portal-news"))]),
        group("topics", topics(l)),
        group("sections", sections.iter().map(|one| (one.public_path(), one.label(l).to_owned())).collect()),
        group("agencies", open.iter().map(|one| (format!("{}/tin-tuc", one.public_path()), one.name.clone())).collect()),
    ];
    let nonce = shell.nonce.clone();
    let groups = groups.into_iter().filter(|group| !group.pages.is_empty()).collect();
    Page(Feeds { groups, l, shell }).public(&headers, &nonce)
}
