//! Where anybody asks for notices, and stops them. The page is whole without a script; the script alone can subscribe, so without one it
//! says what else there is. Nobody is asked for anything before pressing the button.

use std::collections::HashSet;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::interest::{self, About, Chosen};
use super::{Setting, Subscription, keys};
use crate::base::{App, Drawing, Panel, Place};
use crate::news::Section;
use crate::news::article::Language;
use crate::people::agency::brief::Known;
use crate::people::session::Origin;
use crate::web::{Error, Locale, Page, Result, Routes, Said, Shell, assets};

/// The public page.
pub const HERE: &str = "/nhan-thong-bao";
/// How long a node may not know what another switched on, in seconds.
const OFFERED_S: i64 = 30;

pub const PANEL: Panel = Panel { draw };

/// The addresses.
pub fn routes() -> Routes {
    Routes::new()
        .at("/nhan-thong-bao", get(show).post(subscribe))
        .at("/nhan-thong-bao/thoi", post(stop))
        .at("/nhan-thong-bao/da-chon", post(chosen))
        .at("/sw.js", get(worker))
}

/// What can be asked for: where some agency announces something.
#[derive(Debug, Default)]
struct Offered {
    sections: Vec<Section>,
    /// Agencies by name.
    agencies: Vec<(Uuid, String)>,
}

async fn offered(app: &App) -> Result<std::sync::Arc<Offered>> {
    app.lately("push-offered", OFFERED_S, read_offered(app)).await
}

async fn read_offered(app: &App) -> Result<Offered> {
    let on = Setting::on(&app.db).await?;
    if on.is_empty() {
        return Ok(Offered::default());
    }
    let sections: HashSet<Uuid> = on.iter().map(|(_, section)| *section).collect();
    let agencies: HashSet<Uuid> = on.iter().map(|(agency, _)| *agency).collect();
    let known = Known::now(app).await?;
    let mut names: Vec<(Uuid, String)> =
        agencies.iter().filter_map(|id| known.get(id).map(|body| (*id, body.name.clone()))).collect();
    names.sort_by_key(|(id, _)| known.rank(*id));
    let all = Section::all(&app.db).await?;
    Ok(Offered { sections: all.into_iter().filter(|one| sections.contains(&one.id)).collect(), agencies: names })
}

fn draw(app: &App, l: Locale, place: Place) -> BoxFuture<'_, Result<Option<Drawing>>> {
    Box::pin(async move {
        if matches!(place, Place::Leader { .. } | Place::Measure { .. }) {
            return Ok(None);
        }
        let offered = offered(app).await?;
        let href = match place {
            Place::Home if offered.sections.is_empty() => return Ok(None),
            Place::Home => HERE.to_owned(),
            Place::Agency(agency) if offered.agencies.iter().any(|(id, _)| *id == agency) => format!("{HERE}?agency={agency}"),
            _ => return Ok(None),
        };
        let html = Words { l }.render().map_err(|error| Error::Internal(error.into()))?;
        Ok(Some(Drawing { id: "push", title: l.t("push-panel"), html, more: (href, l.t("push-panel-more")) }))
    })
}

#[derive(Template)]
#[template(path = "push/portal/panel.html")]
struct Words {
    l: Locale,
}

/// Something to choose.
pub struct Choice {
    /// As forms send it: `section:…`, `agency:…`, `all:`.
    pub value: String,
    pub name: String,
    pub checked: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    section: String,
    agency: String,
}

#[derive(Template)]
#[template(path = "push/portal/page.html")]
pub struct Asking {
    l: Locale,
    shell: Shell,
    /// What a browser is told of us.
    key: String,
    sections: Vec<Choice>,
    agencies: Vec<Choice>,
    all: bool,
    daily: i32,
    quiet: String,
    error: String,
}

impl Asking {
    fn is_offered(&self) -> bool {
        !self.sections.is_empty()
    }
}

/// `GET /nhan-thong-bao`
pub async fn show(shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<Asking>> {
    let named = |about: &str, id: &str| format!("{about}:{id}");
    let chosen = [named("section", &ask.section), named("agency", &ask.agency)];
    Ok(Page(page(&app, shell, &chosen).await?))
}

async fn page(app: &App, shell: Shell, chosen: &[String]) -> Result<Asking> {
    let (l, offered, rule) = (shell.l, offered(app).await?, super::rule::Rule::now(&app.db).await?);
    let choice = |about: &str, id: Uuid, name: &str| {
        let value = format!("{about}:{id}");
        Choice { checked: chosen.contains(&value), value, name: name.to_owned() }
    };
    let clock = super::rule::clock;
    Ok(Asking {
        key: keys::of(app).await?.public(),
        sections: offered.sections.iter().map(|one| choice("section", one.id, one.label(l))).collect(),
        agencies: offered.agencies.iter().map(|(id, name)| choice("agency", *id, name)).collect(),
        all: chosen.iter().any(|one| one == "all:"),
        daily: rule.daily_max,
        quiet: l.t2("push-quiet", "from", clock(rule.quiet_from_min), "until", clock(rule.quiet_until_min)),
        error: String::new(),
        l,
        shell,
    })
}

/// Reads what forms send; what is not offered is left out.
fn read(offered: &Offered, fields: &[(String, String)]) -> Vec<Chosen> {
    let one = |value: &str| {
        let (about, id) = value.split_once(':')?;
        if about == "all" {
            return Some((About::All, Uuid::nil()));
        }
        let id: Uuid = id.parse().ok()?;
        match about {
            "section" if offered.sections.iter().any(|one| one.id == id) => Some((About::Section, id)),
            "agency" if offered.agencies.iter().any(|(one, _)| *one == id) => Some((About::Agency, id)),
            _ => None,
        }
    };
    let mut chosen: Vec<Chosen> = fields.iter().filter(|(name, _)| name == "about").filter_map(|(_, value)| one(value)).collect();
    chosen.sort_unstable_by_key(|(about, id)| (*about == About::Agency, *about == About::All, *id));
    chosen.dedup();
    chosen
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str()).unwrap_or_default()
}

/// `POST /nhan-thong-bao`: what the script filled in. Once more with another choice changes it.
pub async fn subscribe(
    shell: Shell,
    origin: Origin,
    State(app): State<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let chosen = read(&*offered(&app).await?, &fields);
    let taken =
        Subscription::take(&app, field(&fields, "subscription"), &chosen, (Language::from(shell.l.0), &origin.address)).await;
    let (status, error) = match taken {
        Ok(()) => return Ok(Said::to(HERE, "push-was-subscribed").into_response()),
        Err(Error::Refused(obstacles)) => {
            let words = obstacles.iter().map(|one| one.text(shell.l)).collect::<Vec<_>>().join(" ");
            (StatusCode::UNPROCESSABLE_ENTITY, words)
        }
        Err(Error::Stale) => return Ok(Said::to(HERE, "push-was-subscribed").into_response()),
        Err(error) => return Err(error),
    };
    let typed: Vec<String> = fields.iter().filter(|(name, _)| name == "about").map(|(_, value)| value.clone()).collect();
    let page = Asking { error, ..page(&app, shell, &typed).await? };
    Ok(Page(page).status(status))
}

/// `POST /nhan-thong-bao/thoi`: stops; by the form, or by the worker when a browser changes its subscription.
pub async fn stop(State(app): State<App>, Form(fields): Form<Vec<(String, String)>>) -> Result<Response> {
    Subscription::end(&app, field(&fields, "endpoint")).await?;
    Ok(Said::to(HERE, "push-was-stopped").into_response())
}

/// What a browser asked for.
#[derive(Debug, Serialize)]
struct Told {
    about: Vec<String>,
}

/// `POST /nhan-thong-bao/da-chon`: what the browser with that address asked for. Nobody else was told the address.
pub async fn chosen(State(app): State<App>, Form(fields): Form<Vec<(String, String)>>) -> Result<Response> {
    let found = Subscription::at(&app.db, field(&fields, "endpoint")).await?.ok_or(Error::NotFound)?;
    let word = |(about, id): &Chosen| match about {
        About::Section => format!("section:{id}"),
        About::Agency => format!("agency:{id}"),
        About::All => "all:".to_owned(),
    };
    let about = interest::of(&app.db, found.id).await?.iter().map(word).collect();
    Ok(([(CACHE_CONTROL, "no-store")], axum::Json(Told { about })).into_response())
}

/// `GET /sw.js`: at the root, so that it may show notices of the whole site. Browsers ask for it anew each day.
pub async fn worker() -> Result<Response> {
    let script = assets::bytes("sw.js").ok_or(Error::NotFound)?;
    let head = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    Ok((head, script.into_owned()).into_response())
}
