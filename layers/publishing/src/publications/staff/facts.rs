//! What a publication is: title, summary, kind, language, cover.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde::Deserialize;

use crate::base::{App, Who};
use crate::library::asset::{Asset, Column, Entity, Kind as AssetKind};
use crate::library::reach::Reach;
use crate::news::article::Language;
use crate::news::article::writing::{SUMMARY_LETTERS_MAX, TITLE_LETTERS_MAX};
use crate::news::staff::form::{Choice, own_agency};
use crate::people::agency::brief::Known;
use crate::publications::kind;
use crate::publications::publication::Publication;
use crate::publications::publication::writing::Wanted;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

/// The most pictures that are offered.
const PICTURES: u64 = 60;

/// What the address of a new one may bring.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// The publication that it will be the translation of.
    of: String,
}

/// The fields as typed, right or wrong.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    pub title: String,
    pub summary: String,
    pub kind: String,
    pub language: String,
    pub cover: String,
    pub of: String,
    pub version: i32,
}

impl Given {
    fn of(row: &Publication) -> Self {
        Self {
            title: row.title.clone(),
            summary: row.summary.clone(),
            kind: row.kind.clone(),
            language: row.language.tag().into(),
            cover: row.cover.map(|id| id.to_string()).unwrap_or_default(),
            of: String::new(),
            version: row.version,
        }
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            title: self.title.clone(),
            summary: self.summary.clone(),
            kind: self.kind.clone(),
            language: Language::from_tag(&self.language).unwrap_or_default(),
            cover: self.cover.parse().ok(),
        }
    }
}

#[derive(Template)]
#[template(path = "publications/staff/facts.html")]
pub struct FactsForm {
    l: Locale,
    shell: Shell,
    publication: Option<Publication>,
    given: Given,
    pictures: Vec<Choice>,
    errors: Mistakes,
    conflict: bool,
}

impl FactsForm {
    fn heading(&self) -> String {
        self.l.t(if self.publication.is_some() { "publication-facts" } else { "publication-new" })
    }

    fn action(&self) -> String {
        self.publication
            .as_ref()
            .map_or_else(|| "/desk/publications".into(), |row| format!("{}/facts", Publication::desk_path(row.id)))
    }

    fn back(&self) -> String {
        self.publication.as_ref().map_or_else(|| "/desk/publications".into(), |row| Publication::desk_path(row.id))
    }

    fn kinds(&self) -> Vec<Choice> {
        kind::all().iter().map(|kind| Choice { value: kind.code.clone(), label: kind.name(self.l).to_owned() }).collect()
    }

    fn languages(&self) -> Vec<Choice> {
        let choice = |one: Language| Choice { value: one.tag().into(), label: self.l.t(&one.key()) };
        [Language::Vi, Language::En].map(choice).into()
    }

    fn title_max(&self) -> usize {
        TITLE_LETTERS_MAX
    }

    fn summary_max(&self) -> usize {
        SUMMARY_LETTERS_MAX
    }
}

/// The images, or the recordings, that a person may put into a text, the newest first.
///
/// # Errors
/// The database failed.
pub async fn offered(app: &App, who: &Who, kind: AssetKind) -> Result<Vec<Asset>> {
    let reach = Reach::of(app, who, &*Known::now(app).await?);
    let all = Entity::find().filter(reach.condition()).filter(Column::Kind.eq(kind));
    let found = all.order_by_desc(Column::UploadedAt).limit(PICTURES).all(&app.db).await?;
    Ok(found.into_iter().filter(|one| one.obstacles_to_use().is_empty()).collect())
}

async fn form(app: &App, who: &Who, shell: Shell, publication: Option<Publication>, given: Given) -> Result<FactsForm> {
    let mut pictures: Vec<Choice> = offered(app, who, AssetKind::Image)
        .await?
        .into_iter()
        .map(|one| Choice { value: one.id.to_string(), label: one.label().to_owned() })
        .collect();
    // What is chosen stays chosen, though it be too old to be offered.
    if !given.cover.is_empty() && !pictures.iter().any(|one| one.value == given.cover) {
        pictures.push(Choice { value: given.cover.clone(), label: given.cover.clone() });
    }
    Ok(FactsForm { l: shell.l, shell, publication, given, pictures, errors: Mistakes::default(), conflict: false })
}

/// `GET /desk/publications/new`
pub async fn new(who: Signed, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<FactsForm>> {
    own_agency(&who)?;
    let mut given = Given { kind: kind::all()[0].code.clone(), language: "vi".into(), ..Given::default() };
    if let Ok(of) = ask.of.parse() {
        let original = Publication::find_for(&app, &who, of).await?;
        given = Given { of: ask.of, language: original.language.other().tag().into(), version: 0, ..Given::of(&original) };
    }
    Ok(Page(form(&app, &who, shell, None, given).await?))
}

/// `POST /desk/publications`: begins one; a refusal comes back with what was typed.
pub async fn begin(who: Signed, shell: Shell, State(app): State<App>, Form(given): Form<Given>) -> Result<Response> {
    own_agency(&who)?;
    let mut wrong = Vec::new();
    if Language::from_tag(&given.language).is_none() {
        wrong.push(Obstacle::new("article-no-language").at("language"));
    } else {
        match Publication::begin(&app, &who, &given.wanted(), given.of.parse().ok()).await {
            Ok(id) => return Ok(Said::to(Publication::desk_path(id), "publication-was-begun").into_response()),
            Err(Error::Refused(obstacles)) => wrong = obstacles,
            Err(error) => return Err(error),
        }
    }
    let mut page = form(&app, &who, shell, None, given).await?;
    page.errors = Mistakes::told(&wrong, page.l);
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// `GET /desk/publications/{id}/facts`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let row = Publication::find_for(&app, &who, id).await?;
    if !row.may_be_written_by(&who) {
        return Ok(Said::to(Publication::desk_path(id), "publication-not-open").into_response());
    }
    let given = Given::of(&row);
    Ok(Page(form(&app, &who, shell, Some(row), given).await?).into_response())
}

/// `POST /desk/publications/{id}/facts`
pub async fn change(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let row = Publication::find_for(&app, &who, id).await?;
    let (status, obstacles) = match Publication::change(&app, &who, id, &given.wanted(), given.version).await {
        Ok(()) => return Ok(Said::to(Publication::desk_path(id), "publication-was-saved").into_response()),
        Err(error) => error.handed_back()?,
    };
    let conflict = status == StatusCode::CONFLICT;
    let given = if conflict { Given { version: row.version, ..given } } else { given };
    let mut page = form(&app, &who, shell, Some(row), given).await?;
    (page.errors, page.conflict) = (Mistakes::told(&obstacles, page.l), conflict);
    Ok(Page(page).status(status))
}
