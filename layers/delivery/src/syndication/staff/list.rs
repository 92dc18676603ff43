//! What goes out by the open ways: actors and podcasts that the person may look at.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Shared;
use uuid::Uuid;

use crate::base::App;
use crate::people::agency::brief::Known;
use crate::syndication::Actor;
use crate::syndication::follower::Follower;
use crate::syndication::podcast::Show;
use crate::syndication::rights::{self, OVERSEERS, PROVINCE};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Result, Shell};

/// An actor as a row, there or not yet.
pub struct Row {
    pub href: String,
    pub agency: String,
    /// Empty while there is none.
    pub handle: String,
    pub on: bool,
    pub followers: u64,
}

#[derive(Template)]
#[template(path = "syndication/staff/list.html")]
pub struct Ways {
    l: Locale,
    shell: Shell,
    rows: Vec<Row>,
    shows: Vec<(String, String, String, bool)>,
    keeps_shows: bool,
    private: bool,
}

impl Ways {
    fn mark(&self, row: &Row) -> &'static str {
        if row.on { "on-time" } else { "draft" }
    }

    fn word(&self, row: &Row) -> String {
        self.l.t(match (row.handle.is_empty(), row.on) {
            (true, _) => "syndication-not-yet",
            (false, true) => "syndication-is-on",
            (false, false) => "syndication-is-off",
        })
    }
}

/// `GET /desk/syndication`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<Ways>> {
    if !rights::enters(&who) {
        return Err(Error::Forbidden);
    }
    let oversees = who.is_any(OVERSEERS);
    let known = Known::now(&app).await?;
    let actors: HashMap<Uuid, Actor> = Actor::all(&app.db).await?.into_iter().map(|one| (one.scope, one)).collect();
    let mut scopes = rights::own(&who);
    if oversees {
        let mut others: Vec<Uuid> = actors.keys().copied().filter(|scope| !scopes.contains(scope)).collect();
        others.sort_by_key(|scope| known.rank(*scope));
        scopes.extend(others);
        if !scopes.contains(&PROVINCE) {
            scopes.insert(0, PROVINCE);
        }
    }
    let mut rows = Vec::new();
    for scope in scopes {
        let actor = actors.get(&scope);
        rows.push(Row {
            href: Actor::desk_path(scope),
            agency: known.get(&scope).map_or_else(|| shell.l.t("syndication-province"), |body| body.label()),
            handle: actor.map(|one| one.handle(&app)).unwrap_or_default(),
            on: actor.is_some_and(Actor::is_on),
            followers: match actor {
                Some(actor) => Follower::count(&app.db, actor.id).await?,
                None => 0,
            },
        });
    }
    let shows = Show::all(&app.db, who.agency.filter(|_| !oversees)).await?;
    let agency = |show: &Show| known.get(&show.agency).map(|body| body.label()).unwrap_or_default();
    let shows = shows.into_iter().map(|show| (Show::desk_path(show.id), agency(&show), show.name, show.open)).collect();
    let keeps_shows = who.agency.is_some_and(|own| rights::keeps(&who, own));
    Ok(Page(Ways { l: shell.l, rows, shows, keeps_shows, private: app.config.syndication_private, shell }))
}
