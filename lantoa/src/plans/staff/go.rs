//! Search-and-go (Ctrl K): pages, agencies and provisions by a few letters, accents or not.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Deserialize;

use super::provisions::is_partial;
use crate::base::App;
use crate::people::agency::brief::Brief;
use crate::plans::{Plan, provision, view};
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell};

const EACH_MAX: usize = 8;

/// One place to go to.
pub struct Place {
    pub href: String,
    pub title: String,
    pub note: String,
    pub icon: &'static str,
}

#[derive(Template)]
#[template(path = "plans/staff/go.html", blocks = ["results"])]
pub struct Go {
    l: Locale,
    shell: Shell,
    q: String,
    places: Vec<Place>,
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// `GET /desk/go?q=`
pub async fn show(
    _who: Signed,
    shell: Shell,
    State(app): State<App>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let q: String = asked.q.chars().take(100).collect();
    let words = vietnamese::fold(&q);
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut places = pages(&shell, &words);
    if !words.is_empty() {
        places.extend(agencies(&app, &words).await?);
        places.extend(provisions(&app, &words).await?);
    }
    let go = Go { l: shell.l, shell, q, places };
    Ok(if is_partial(&headers) { Page(go.as_results()).into_response() } else { Page(go).into_response() })
}

fn pages(shell: &Shell, words: &[&str]) -> Vec<Place> {
    let said = |label: &str| matches(label, words);
    let desk = shell.nav.iter().filter(|link| said(&link.label));
    desk.map(|link| Place { href: link.href.into(), title: link.label.clone(), note: String::new(), icon: link.icon })
        .take(EACH_MAX)
        .collect()
}

async fn agencies(app: &App, words: &[&str]) -> Result<Vec<Place>> {
    let mut found: Vec<Brief> = Brief::all(&app.db)
        .await?
        .into_values()
        .filter(|agency| matches(&format!("{} {} {}", agency.name, agency.short_name, agency.code), words))
        .collect();
    found.sort_by(|one, other| vietnamese::order::compare_natural(&one.name, &other.name));
    let place = |agency: Brief| Place {
        href: format!("/desk/agencies/{}", agency.id),
        title: agency.name,
        note: agency.code,
        icon: "building-2",
    };
    Ok(found.into_iter().take(EACH_MAX).map(place).collect())
}

async fn provisions(app: &App, words: &[&str]) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    for plan in Plan::adopted(&app.db).await? {
        let rows = provision::Entity::find()
            .filter(provision::Column::Plan.eq(plan.id))
            .order_by_asc(provision::Column::Position)
            .all(&app.db)
            .await?;
        let hits = rows.into_iter().filter(|row| matches(&format!("{} {}", row.path, row.text), words));
        places.extend(hits.take(EACH_MAX - EACH_MAX.min(places.len())).map(|row| Place {
            href: format!("{}#{}", Plan::desk_path(plan.id), view::anchor(&row.path)),
            title: format!("{} {}", row.path, row.text.chars().take(120).collect::<String>()),
            note: plan.title(),
            icon: "list-checks",
        }));
    }
    Ok(places)
}

fn matches(text: &str, words: &[&str]) -> bool {
    let folded = vietnamese::fold(text);
    words.iter().all(|word| folded.contains(word))
}
