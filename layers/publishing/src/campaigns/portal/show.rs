//! `/chien-dich/{slug}`: what a campaign wants, who is in it, and how far it got, from what is published and confirmed alone.

use askama::Template;
use axum::extract::State as Shared;
use axum::http::HeaderMap;
use axum::response::Response;
use uuid::Uuid;

use super::list::days;
use super::out::{self, ITEMS_MAX, Out};
use crate::base::{App, time};
use crate::campaigns::Campaign;
use crate::campaigns::kpi::{Kpi, Measure};
use crate::campaigns::member::Member;
use crate::campaigns::staff::show::{Goal, goal};
use crate::people::agency::brief::Known;
use crate::web::{Locale, Page, Path, Result, Shell};

#[derive(Template)]
#[template(path = "campaigns/portal/show.html")]
pub struct Shown {
    l: Locale,
    shell: Shell,
    campaign: Campaign,
    days: String,
    word: String,
    leader: String,
    leader_href: String,
    /// Name and address.
    agencies: Vec<(String, String)>,
    goals: Vec<Goal>,
    items: Vec<Out>,
    /// How many more there are than are shown.
    more: usize,
    counted: usize,
    copies: usize,
    with_items: usize,
    filled: usize,
    cells: usize,
    canonical: String,
    printed: String,
}

/// Whether everything that it is measured by can be opened on the page.
const fn is_seen(measure: Measure) -> bool {
    matches!(measure, Measure::Items | Measure::Copies | Measure::Agencies | Measure::Cells)
}

/// `GET /chien-dich/{slug}`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Path(slug): Path<String>, headers: HeaderMap) -> Result<Response> {
    let l = shell.l;
    let campaign = Campaign::at(&app.db, &slug).await?;
    let (members, counts) = campaign.counted(&app).await?;
    let stands = match campaign.frozen()? {
        Some(last) => last.kpis,
        None => Kpi::of(&app.db, campaign.id).await?.iter().map(|kpi| kpi.stand(&counts)).collect(),
    };
    let known = Known::now(&app).await?;
    let page_of = |agency: Uuid| known.get(&agency).map(|body| body.public_path()).unwrap_or_default();
    let member = |one: &Member| (one.name.clone(), page_of(one.agency));
    let mut items = out::of(&app, l, &counts).await?;
    let more = items.len().saturating_sub(ITEMS_MAX);
    items.truncate(ITEMS_MAX);
    let nonce = shell.nonce.clone();
    let page = Shown {
        days: days(&campaign),
        word: l.t(&campaign.state.key()),
        leader: known.get(&campaign.agency).map(|body| body.name.clone()).unwrap_or_default(),
        leader_href: page_of(campaign.agency),
        agencies: members.iter().filter(|one| one.left_on.is_none()).map(member).collect(),
        goals: stands.iter().filter(|stand| is_seen(stand.measure)).map(|stand| goal(l, stand)).collect(),
        items,
        more,
        counted: counts.counted().count(),
        copies: counts.copies(),
        with_items: counts.agencies().len(),
        filled: counts.filled(),
        cells: counts.cells(),
        canonical: format!("{}{}", app.config.public_url(), campaign.public_path()),
        printed: time::minute(app.clock.now()),
        campaign,
        l,
        shell,
    };
    Page(page).public(&headers, &nonce)
}
