//! Every newsletter that people can subscribe to.

use askama::Template;
use axum::extract::{Query, State as Shared};
use serde::Deserialize;

use crate::base::App;
use crate::newsletters::newsletter::Newsletter;
use crate::people::agency::brief::Known;
use crate::web::{Locale, Page, Result, Shell};

/// A newsletter as the public sees it.
pub struct Entry {
    pub href: String,
    pub name: String,
    pub about: String,
    pub agency: String,
    pub rhythm: String,
}

/// The entries of these.
#[must_use]
pub fn entries(l: Locale, newsletters: &[Newsletter], known: &Known) -> Vec<Entry> {
    let entry = |one: &Newsletter| Entry {
        href: one.public_path(),
        name: one.name.clone(),
        about: one.about.clone(),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        rhythm: l.t(&one.rhythm.key()),
    };
    newsletters.iter().map(entry).collect()
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// The slug of an agency.
    agency: String,
}

#[derive(Template)]
#[template(path = "newsletters/portal/list.html")]
pub struct List {
    l: Locale,
    shell: Shell,
    entries: Vec<Entry>,
    agency: String,
}

/// `GET /ban-tin`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<List>> {
    let known = Known::now(&app).await?;
    let mut open = Newsletter::open(&app.db, None).await?;
    let of = |one: &Newsletter| known.get(&one.agency).is_some_and(|body| body.slug == ask.agency);
    let agency = open.iter().find(|one| of(one)).and_then(|one| known.get(&one.agency)).map(|body| body.name.clone());
    if !ask.agency.is_empty() {
        open.retain(of);
    }
    let entries = entries(shell.l, &open, &known);
    Ok(Page(List { l: shell.l, entries, agency: agency.filter(|_| !ask.agency.is_empty()).unwrap_or_default(), shell }))
}
