//! A podcast's settings.

use askama::Template;
use axum::Form;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::EntityTrait;
use uuid::Uuid;

use super::one;
use crate::base::{App, Who, new_id};
use crate::news::figures::public_address;
use crate::news::section::Section;
use crate::syndication::podcast::keeping::Wanted;
use crate::syndication::podcast::{self, CATEGORIES, Show, episode};
use crate::syndication::rights;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

#[derive(Template)]
#[template(path = "syndication/staff/podcast.html")]
pub struct Settings {
    l: Locale,
    shell: Shell,
    /// None while it is opened.
    there: Option<Show>,
    given: Wanted,
    sections: Vec<(String, String)>,
    feed: String,
    episodes: usize,
    keeps: bool,
    errors: Mistakes,
    conflict: bool,
}

impl Settings {
    fn heading(&self) -> String {
        self.there.as_ref().map_or_else(|| self.l.t("podcast-new"), |show| show.name.clone())
    }

    fn action(&self) -> String {
        self.there.as_ref().map_or_else(|| "/desk/syndication/podcasts".into(), |show| Show::desk_path(show.id))
    }

    fn is_category(&self, code: &str) -> bool {
        self.given.category == code
    }

    fn categories(&self) -> Vec<(&'static str, String)> {
        let key = |name: &str| format!("podcast-category-{}", vietnamese::slug(name).unwrap_or_default());
        CATEGORIES.into_iter().map(|name| (name, self.l.t(&key(name)))).collect()
    }
}

async fn page(app: &App, who: &Who, shell: Shell, there: Option<Show>, given: Wanted) -> Result<Settings> {
    let l = shell.l;
    let agency = there.as_ref().map(|show| show.agency).or(who.agency).ok_or(Error::Forbidden)?;
    let sections = Section::of_agency(&app.db, agency).await?;
    let episodes = match &there {
        Some(show) => episode::of(app, show).await?.len(),
        None => 0,
    };
    Ok(Settings {
        l,
        sections: sections.iter().map(|one| (one.id.to_string(), one.label(l).to_owned())).collect(),
        feed: there.as_ref().map(|show| show.feed(app)).unwrap_or_default(),
        episodes,
        keeps: rights::keeps(who, agency),
        errors: Mistakes::default(),
        conflict: false,
        there,
        given,
        shell,
    })
}

fn wanted(fields: &[(String, String)]) -> Result<Wanted> {
    Ok(Wanted {
        id: one(fields, "id").parse().map_err(|_| Error::bad("failure-bad-request"))?,
        section: one(fields, "section").to_owned(),
        name: one(fields, "name").to_owned(),
        description: one(fields, "description").to_owned(),
        owner_email: one(fields, "owner_email").to_owned(),
        category: one(fields, "category").to_owned(),
        language: one(fields, "language").to_owned(),
        cover: one(fields, "cover").to_owned(),
        open: one(fields, "open") == "on",
        version: one(fields, "version").parse().unwrap_or_default(),
    })
}

/// `GET /desk/syndication/podcasts`: the form for a new one.
pub async fn new(who: Signed, shell: Shell, Shared(app): Shared<App>) -> Result<Page<Settings>> {
    rights::require(&who, who.agency.ok_or(Error::Forbidden)?)?;
    let given = Wanted { id: new_id(), category: CATEGORIES[0].into(), language: "vi".into(), open: true, ..Wanted::default() };
    Ok(Page(page(&app, &who, shell, None, given).await?))
}

/// `POST /desk/syndication/podcasts`
pub async fn open(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let wanted = wanted(&fields)?;
    match Show::open(&app, &who, &wanted).await {
        Ok(()) => Ok(Said::to(Show::desk_path(wanted.id), "podcast-was-opened").into_response()),
        Err(Error::Refused(obstacles)) if obstacles.iter().all(|one| !one.field.is_empty()) => {
            let mut page = page(&app, &who, shell, None, wanted).await?;
            page.errors = Mistakes::told(&obstacles, page.l);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

async fn seen(app: &App, who: &Who, id: Uuid) -> Result<Show> {
    let show = podcast::Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
    if rights::sees(who, show.agency) { Ok(show) } else { Err(Error::Hidden(id)) }
}

/// `GET /desk/syndication/podcasts/{id}`
pub async fn show(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Settings>> {
    let show = seen(&app, &who, id).await?;
    let given = Wanted {
        id,
        section: show.section.map(|id| id.to_string()).unwrap_or_default(),
        name: show.name.clone(),
        description: show.description.clone(),
        owner_email: show.owner_email.clone(),
        category: show.category.clone(),
        language: show.language.clone(),
        cover: show.cover.map(public_address).unwrap_or_default(),
        open: show.open,
        version: show.version,
    };
    Ok(Page(page(&app, &who, shell, Some(show), given).await?))
}

/// `POST /desk/syndication/podcasts/{id}`: a refusal, and what somebody else changed meanwhile, come back with what was typed.
pub async fn change(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let before = seen(&app, &who, id).await?;
    rights::require(&who, before.agency)?;
    let wanted = wanted(&fields)?;
    let (status, obstacles) = match Show::change(&app, &who, id, &wanted).await {
        Ok(()) => return Ok(Said::to(Show::desk_path(id), "podcast-was-kept").into_response()),
        Err(Error::Refused(obstacles)) if obstacles.iter().all(|one| !one.field.is_empty()) => {
            (StatusCode::UNPROCESSABLE_ENTITY, obstacles)
        }
        Err(Error::Stale) => (StatusCode::CONFLICT, Vec::new()),
        Err(error) => return Err(error),
    };
    let there = seen(&app, &who, id).await?;
    let version = there.version;
    let mut page = page(&app, &who, shell, Some(there), Wanted { version, ..wanted }).await?;
    page.errors = Mistakes::told(&obstacles, page.l);
    page.conflict = status == StatusCode::CONFLICT;
    Ok(Page(page).status(status))
}
