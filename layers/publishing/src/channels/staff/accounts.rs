//! The accounts of the person's agency, or of all for who oversees.

use askama::Template;
use axum::extract::State as Shared;

use crate::base::{App, time};
use crate::channels::Account;
use crate::channels::platform::PLATFORMS;
use crate::channels::rights::{OVERSEERS, Verb, may, own_agency};
use crate::people::agency::brief::Known;
use crate::web::who::Signed;
use crate::web::{Locale, Page, Result, Shell};

/// An account as a row.
pub struct Row {
    pub href: String,
    pub name: String,
    pub brand: &'static str,
    pub agency: String,
    pub mark: &'static str,
    pub word: String,
    pub why: String,
    pub since: String,
    /// When it last published something; empty: never.
    pub succeeded: String,
    pub missed: String,
}

#[derive(Template)]
#[template(path = "channels/staff/accounts.html")]
pub struct Accounts {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
    keeps: bool,
    oversees: bool,
    private: bool,
}

impl Accounts {
    fn brands(&self) -> String {
        PLATFORMS.iter().map(|one| one.brand).collect::<Vec<_>>().join(", ")
    }
}

/// `GET /desk/channels`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<Accounts>> {
    let l = shell.l;
    let oversees = who.is_any(OVERSEERS);
    let own = if oversees { None } else { Some(own_agency(&who)?) };
    let known = Known::now(&app).await?;
    let row = |one: Account| Row {
        href: Account::path(one.id),
        brand: one.platform().map_or("", |platform| platform.brand),
        agency: known.get(&one.agency).map(|body| body.label()).unwrap_or_default(),
        mark: one.state.mark(),
        word: l.t(&one.state.key()),
        since: time::minute(one.since),
        succeeded: one.succeeded_at.map(time::minute).unwrap_or_default(),
        missed: l.t2(&format!("{}-after", one.missed.key()), "name", &one.name, "n", one.missed_after_min),
        why: one.why,
        name: one.name,
    };
    let rows = Account::of(&app.db, own).await?.into_iter().map(row).collect();
    let keeps = who.agency.is_some_and(|agency| may(&who, Verb::Keep, agency));
    let private = app.config.channels_private;
    Ok(Page(Accounts { l, rows, keeps, oversees, private, shell }))
}
