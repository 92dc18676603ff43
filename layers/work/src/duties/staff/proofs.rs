//! The evidence behind a plan's answers: each piece once, with who claims it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::board::{Ask, Counted, Overseer};
use super::link_state::{self, LinkState};
use crate::base::App;
use crate::duties::Slot;
use crate::duties::evidence::{self, Evidence};
use crate::web::paging::Paging;
use crate::web::{Error, Locale, Page, Result, Shell, address};

const ROWS: u64 = 50;

/// The board's own question, and of which agency.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Where {
    plan: String,
    year: String,
    /// Slug of an agency.
    agency: String,
    page: Option<u64>,
}

/// A piece of evidence with those who claim it.
pub struct Row {
    pub piece: Evidence,
    /// Whether its address still opens.
    pub link: Option<LinkState>,
    /// Agency, and its slot.
    pub claims: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "duties/staff/proofs.html")]
pub struct Proofs {
    l: Locale,
    shell: Shell,
    ask: Where,
    heading: String,
    about: String,
    back: String,
    rows: Vec<Row>,
    paging: Paging,
}

impl Proofs {
    /// The address of the page so many further on; empty when there is none.
    fn turn(&self, by: i64) -> String {
        let Some(to) = self.paging.turn(by) else { return String::new() };
        let (ask, page) = (&self.ask, to.to_string());
        let pairs = [("plan", ask.plan.as_str()), ("year", &ask.year), ("agency", &ask.agency), ("page", &page)];
        format!("/desk/progress/proofs{}", address::query(&pairs))
    }
}

/// `GET /desk/progress/proofs`
pub async fn show(_who: Overseer, shell: Shell, State(app): State<App>, Query(ask): Query<Where>) -> Result<Page<Proofs>> {
    let question = Ask { plan: ask.plan.clone(), year: ask.year.clone(), ..Ask::default() };
    let mut asked = Counted::asked(&app, &question).await?;
    let agency = asked.agencies.values().find(|agency| agency.slug == ask.agency).cloned();
    if !ask.agency.is_empty() && agency.is_none() {
        return Err(Error::NotFound);
    }
    asked.scope.agency = agency.as_ref().map(|agency| agency.id);
    let count = evidence::count(&app.db, &asked.scope).await?;
    let paging = Paging::new(ask.page, ROWS, count.pieces.unsigned_abs());
    let pieces = evidence::list(&app.db, &asked.scope, (paging.offset(), ROWS)).await?;
    let mut claims: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for claim in evidence::claims(&app.db, &asked.scope, &pieces).await? {
        let name = asked.agencies.get(&claim.agency).map(|agency| agency.label()).unwrap_or_default();
        claims.entry(claim.sha256).or_default().push((name, Slot::desk_path(claim.slot)));
    }
    let addresses = pieces.iter().filter(|piece| !piece.address.is_empty());
    let mut links = link_state::of(&app.db, shell.l, addresses.map(|piece| piece.sha256.as_str())).await?;
    let mut row = |piece: Evidence| Row {
        link: links.remove(&piece.sha256),
        claims: claims.remove(&piece.sha256).unwrap_or_default(),
        piece,
    };
    let l = shell.l;
    Ok(Page(Proofs {
        heading: l.t2("proofs-heading", "count", count.pieces, "shared", count.shared),
        about: [agency.map(|agency| agency.name), Some(asked.plan.title())].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        back: format!("/desk/progress{}", address::query(&[("plan", &ask.plan), ("year", &ask.year)])),
        rows: pieces.into_iter().map(&mut row).collect(),
        l,
        shell,
        ask,
        paging,
    }))
}
