//! Search-and-go (Ctrl K): pages, agencies and provisions by a few letters, accents or not.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Deserialize;

use super::provisions::is_partial;
use crate::base::App;
use crate::people::agency::asked::{Asked as Words, Fit};
use crate::people::agency::brief::Brief;
use crate::plans::{Plan, provision, view};
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell, address, cut};

const EACH_MAX: usize = 8;
const TEXT_LETTERS: usize = 120;

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
    /// Everything public for what was typed.
    everywhere: String,
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
    let looked_for = Words::of(&q);
    let mut places = pages(&shell, &looked_for);
    if !looked_for.is_empty() {
        places.extend(agencies(&app, &looked_for).await?);
        places.extend(provisions(&app, &looked_for).await?);
    }
    let everywhere = format!("/tim-kiem{}", address::query(&[("q", &q)]));
    let go = Go { l: shell.l, shell, q, places, everywhere };
    Ok(if is_partial(&headers) { Page(go.as_results()).into_response() } else { Page(go).into_response() })
}

fn pages(shell: &Shell, words: &Words) -> Vec<Place> {
    let desk = shell.nav.iter().filter(|link| words.fit(&link.label).is_some());
    desk.map(|link| Place { href: link.href.into(), title: link.label.clone(), note: String::new(), icon: link.icon })
        .take(EACH_MAX)
        .collect()
}

async fn agencies(app: &App, words: &Words) -> Result<Vec<Place>> {
    let fit = |agency: &Brief| words.fit(&format!("{} {} {}", agency.name, agency.short_name, agency.code));
    let all = Brief::all(&app.db).await?.into_values();
    let mut found: Vec<(Fit, Brief)> = all.filter_map(|agency| Some((fit(&agency)?, agency))).collect();
    found.sort_by(|(fit, one), (worse, other)| {
        fit.cmp(worse).then_with(|| vietnamese::order::compare_natural(&one.name, &other.name))
    });
    let place = |agency: Brief| Place {
        href: format!("/desk/agencies/{}", agency.id),
        title: agency.name,
        note: agency.code,
        icon: "building-2",
    };
    Ok(found.into_iter().take(EACH_MAX).map(|(_, agency)| place(agency)).collect())
}

async fn provisions(app: &App, words: &Words) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    for plan in Plan::adopted(&app.db).await? {
        let rows = provision::Entity::find()
            .filter(provision::Column::Plan.eq(plan.id))
            .order_by_asc(provision::Column::Position)
            .all(&app.db)
            .await?;
        let hits = rows.into_iter().filter(|row| words.fit(&format!("{} {}", row.path, row.text)).is_some());
        places.extend(hits.take(EACH_MAX - EACH_MAX.min(places.len())).map(|row| Place {
            href: format!("{}#{}", Plan::desk_path(plan.id), view::anchor(&row.path)),
            title: format!("{} {}", row.path, cut(&row.text, TEXT_LETTERS)),
            note: plan.title(),
            icon: "list-checks",
        }));
    }
    Ok(places)
}
