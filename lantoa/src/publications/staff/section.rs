//! Writing a section: the form with the same editor as articles, moving, removing. It works without script.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::facts::images;
use crate::base::{App, Who};
use crate::news::article::writing::TITLE_LETTERS_MAX;
use crate::news::checks;
use crate::news::staff::form::Choice;
use crate::publications::publication::Publication;
use crate::publications::publication::writing::{ANCHOR_LETTERS_MAX, NOTE_LETTERS_MAX, Text, Way};
use crate::publications::reading;
use crate::publications::section::Section;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Obstacle, Page, Path, Result, Said, Shell};

/// The fields as typed, right or wrong.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    pub title: String,
    pub anchor: String,
    pub text: String,
    pub note: String,
    /// Of the section; of the publication while the section is new.
    pub version: i32,
}

impl Given {
    fn of(section: &Section) -> Self {
        Self {
            title: section.title.clone(),
            anchor: section.anchor.clone(),
            text: section.source.clone(),
            note: section.note.clone(),
            version: section.version,
        }
    }

    fn text(&self) -> Text {
        Text { title: self.title.clone(), anchor: self.anchor.clone(), text: self.text.clone(), note: self.note.clone() }
    }
}

#[derive(Template)]
#[template(path = "publications/staff/section.html")]
pub struct SectionForm {
    l: Locale,
    shell: Shell,
    publication: Publication,
    section: Option<Section>,
    given: Given,
    /// What to type for each picture, and what it shows.
    pictures: Vec<Choice>,
    remarks: Vec<Obstacle>,
    obstacles: Vec<Obstacle>,
    conflict: bool,
}

impl SectionForm {
    async fn of(
        app: &App,
        who: &Who,
        shell: Shell,
        (publication, section): (Publication, Option<Section>),
        given: Given,
    ) -> Result<Self> {
        let mark = |one: crate::library::Asset| Choice {
            value: format!("![{}](/tu-lieu/{}/640.jpg)", one.alt.replace(['[', ']', '\n'], " "), one.id),
            label: one.label().to_owned(),
        };
        Ok(Self {
            pictures: images(app, who).await?.into_iter().map(mark).collect(),
            remarks: section.as_ref().map(|one| checks::of(&one.body)).unwrap_or_default(),
            l: shell.l,
            shell,
            publication,
            section,
            given,
            obstacles: Vec::new(),
            conflict: false,
        })
    }

    fn heading(&self) -> String {
        self.l.t(if self.section.is_some() { "publication-section-write" } else { "publication-section-new" })
    }

    /// The text as the editor takes it.
    fn html(&self) -> String {
        reading::body(&self.given.text)
    }

    fn back(&self) -> String {
        Publication::desk_path(self.publication.id)
    }

    fn action(&self) -> String {
        self.section.as_ref().map_or_else(|| format!("{}/sections", self.back()), Section::desk_path)
    }

    fn words(&self, one: &Obstacle) -> String {
        one.text(self.l)
    }

    fn error(&self, field: &str) -> String {
        let of = self.obstacles.iter().filter(|one| one.field == field).map(|one| one.text(self.l));
        of.collect::<Vec<_>>().join(" ")
    }

    fn errors(&self) -> Vec<(&'static str, String)> {
        self.obstacles.iter().map(|one| (if one.field.is_empty() { "text" } else { one.field }, one.text(self.l))).collect()
    }

    /// Where its text is read once it is out.
    fn address(&self) -> String {
        format!("{}#{}", self.publication.edition_path(self.publication.edition + 1), self.given.anchor)
    }

    fn title_max(&self) -> usize {
        TITLE_LETTERS_MAX
    }

    fn anchor_max(&self) -> usize {
        ANCHOR_LETTERS_MAX
    }

    fn note_max(&self) -> usize {
        NOTE_LETTERS_MAX
    }
}

/// The publication, when the person may write it now.
async fn open(app: &App, who: &Who, id: Uuid) -> Result<std::result::Result<Publication, Said>> {
    let row = Publication::find_for(app, who, id).await?;
    if row.may_be_written_by(who) { Ok(Ok(row)) } else { Ok(Err(Said::to(Publication::desk_path(id), "publication-not-open"))) }
}

/// `GET /desk/publications/{id}/sections/new`
pub async fn new(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let row = match open(&app, &who, id).await? {
        Ok(row) => row,
        Err(said) => return Ok(said.into_response()),
    };
    let given = Given { version: row.version, ..Given::default() };
    Ok(Page(SectionForm::of(&app, &who, shell, (row, None), given).await?).into_response())
}

/// `POST /desk/publications/{id}/sections`
pub async fn add(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let row = Publication::find_for(&app, &who, id).await?;
    match Publication::add_section(&app, &who, id, &given.text(), given.version).await {
        Ok(_) => Ok(Said::to(Publication::desk_path(id), "publication-section-was-added").into_response()),
        Err(error) => again(&app, &who, shell, (row, None), given, error).await,
    }
}

/// `GET /desk/publications/{id}/sections/{section}`
pub async fn show(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, section)): Path<(Uuid, Uuid)>,
) -> Result<Response> {
    let row = match open(&app, &who, id).await? {
        Ok(row) => row,
        Err(said) => return Ok(said.into_response()),
    };
    let section = Section::find(&app.db, id, section).await?;
    let given = Given::of(&section);
    Ok(Page(SectionForm::of(&app, &who, shell, (row, Some(section)), given).await?).into_response())
}

/// `POST /desk/publications/{id}/sections/{section}`: a refusal, or that somebody was quicker, comes back with what was typed.
pub async fn save(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, section)): Path<(Uuid, Uuid)>,
    Form(given): Form<Given>,
) -> Result<Response> {
    let row = Publication::find_for(&app, &who, id).await?;
    match Publication::write_section(&app, &who, (id, section), &given.text(), given.version).await {
        Ok(()) => Ok(Said::to(Publication::desk_path(id), "publication-section-was-saved").into_response()),
        Err(error) => {
            let section = Section::find(&app.db, id, section).await?;
            again(&app, &who, shell, (row, Some(section)), given, error).await
        }
    }
}

/// The form with what was typed, and why it was not taken.
async fn again(
    app: &App,
    who: &Who,
    shell: Shell,
    (row, section): (Publication, Option<Section>),
    given: Given,
    error: Error,
) -> Result<Response> {
    let version = section.as_ref().map_or(row.version, |one| one.version);
    match error {
        Error::Refused(obstacles) => {
            let mut page = SectionForm::of(app, who, shell, (row, section), given).await?;
            page.obstacles = obstacles;
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Error::Stale => {
            let mut page = SectionForm::of(app, who, shell, (row, section), Given { version, ..given }).await?;
            page.conflict = true;
            Ok(Page(page).status(StatusCode::CONFLICT))
        }
        error => Err(error),
    }
}

/// What the buttons beside a section send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Press {
    /// `up` or `down`
    way: String,
    /// Of the publication.
    version: i32,
}

/// `POST /desk/publications/{id}/sections/{section}/move`
pub async fn shift(
    who: Signed,
    State(app): State<App>,
    Path((id, section)): Path<(Uuid, Uuid)>,
    Form(press): Form<Press>,
) -> Result<Said> {
    Publication::find_for(&app, &who, id).await?;
    let way = match press.way.as_str() {
        "up" => Way::Up,
        "down" => Way::Down,
        _ => return Err(Error::bad("failure-bad-request")),
    };
    Publication::move_section(&app, &who, (id, section), way, press.version).await?;
    Ok(Said::to(format!("{}#section-{section}", Publication::desk_path(id)), "publication-section-was-moved"))
}

/// `POST /desk/publications/{id}/sections/{section}/removal`
pub async fn remove(
    who: Signed,
    State(app): State<App>,
    Path((id, section)): Path<(Uuid, Uuid)>,
    Form(press): Form<Press>,
) -> Result<Said> {
    Publication::find_for(&app, &who, id).await?;
    Publication::remove_section(&app, &who, (id, section), press.version).await?;
    Ok(Said::to(Publication::desk_path(id), "publication-section-was-removed"))
}

#[cfg(test)]
mod tests {
    use crate::news::clean;

    #[test]
    fn what_is_offered_to_be_typed_is_a_picture() {
        let html = clean::body("![Cầu](/tu-lieu/01a21c00-0000-7000-8000-000000000001/640.jpg)");
        assert!(
            html.contains("<img src=\"/tu-lieu/01a21c00-0000-7000-8000-000000000001/") && html.contains("alt=\"Cầu\""),
            "{html}"
        );
    }
}
