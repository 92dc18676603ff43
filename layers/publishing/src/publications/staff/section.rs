//! Writing a section: the form with the same editor as articles, moving, removing. It works without script.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::facts::offered;
use crate::base::{App, Fact, Who};
use crate::library::Kind as AssetKind;
use crate::news::article::writing::TITLE_LETTERS_MAX;
use crate::news::draft::{Draft, Typed};
use crate::news::staff::form::Choice;
use crate::news::staff::writing::{draft_answer, kept_words, locked_by};
use crate::news::{checks, lock};
use crate::publications::publication::Publication;
use crate::publications::publication::writing::{ANCHOR_LETTERS_MAX, NOTE_LETTERS_MAX, Text, Way};
use crate::publications::reading;
use crate::publications::section::Section;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

/// The fields as typed, right or wrong.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    pub title: String,
    pub anchor: String,
    pub text: String,
    pub note: String,
    /// A recording of the library.
    pub audio: String,
    /// Of the section; of the publication while the section is new.
    pub version: i32,
    /// The version of what was kept while typing; 0: nothing was.
    pub draft: i32,
}

impl Given {
    /// What the section says now, or what was being written of it.
    fn of(section: &Section, draft: Option<&Draft>) -> Self {
        let said = || Typed {
            title: section.title.clone(),
            summary: section.note.clone(),
            text: section.source.clone(),
            ..Typed::default()
        };
        let typed = draft.map_or_else(said, Draft::typed);
        let kept = || (section.anchor.clone(), section.audio.map(|id| id.to_string()).unwrap_or_default());
        let (anchor, audio) = serde_json::from_str(&typed.beside).unwrap_or_else(|_| kept());
        Self {
            title: typed.title,
            anchor,
            text: typed.text,
            note: typed.summary,
            audio,
            version: section.version,
            draft: draft.map_or(0, |draft| draft.version),
        }
    }

    fn text(&self) -> Text {
        Text {
            title: self.title.clone(),
            anchor: self.anchor.clone(),
            text: self.text.clone(),
            note: self.note.clone(),
            audio: self.audio.parse().ok(),
        }
    }

    /// What is kept while it is typed.
    fn typed(&self) -> Typed {
        let kept = |text: &str| text.replace('\0', "");
        let beside = serde_json::to_string(&(kept(&self.anchor), kept(&self.audio))).unwrap_or_default();
        Typed { title: kept(&self.title), summary: kept(&self.note), text: kept(&self.text), beside }
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
    recordings: Vec<Choice>,
    remarks: Vec<Obstacle>,
    errors: Mistakes,
    conflict: bool,
    /// Who is writing, when it is somebody else.
    locked_by: String,
    /// When what was being written was kept.
    kept: String,
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
        let locked_by = match &section {
            Some(one) => locked_by(app, who, shell.l, one.id).await?,
            None => String::new(),
        };
        Ok(Self {
            pictures: offered(app, who, AssetKind::Image).await?.into_iter().map(mark).collect(),
            recordings: recordings(app, who, &given.audio).await?,
            remarks: section.as_ref().map(|one| checks::of(&one.body)).unwrap_or_default(),
            l: shell.l,
            shell,
            publication,
            section,
            given,
            errors: Mistakes::default(),
            conflict: false,
            locked_by,
            kept: String::new(),
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

/// The recordings to choose from; what is chosen stays chosen, though it be too old to be offered.
async fn recordings(app: &App, who: &Who, chosen: &str) -> Result<Vec<Choice>> {
    let choice = |one: crate::library::Asset| Choice { value: one.id.to_string(), label: one.label().to_owned() };
    let mut all: Vec<Choice> = offered(app, who, AssetKind::Audio).await?.into_iter().map(choice).collect();
    if !chosen.is_empty() && !all.iter().any(|one| one.value == chosen) {
        all.push(Choice { value: chosen.to_owned(), label: chosen.to_owned() });
    }
    Ok(all)
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
    lock::Model::hold(&app, &app.db, &who, section.id).await?;
    let draft = Draft::of(&app.db, section.subject()).await?;
    let given = Given::of(&section, draft.as_ref());
    let kept = kept_words(&app, shell.l, draft.as_ref()).await?;
    let mut page = SectionForm::of(&app, &who, shell, (row, Some(section)), given).await?;
    page.kept = kept;
    Ok(Page(page).into_response())
}

/// `POST /desk/publications/{id}/sections/{section}/draft`: keeps what is typed; 409 when a colleague is at it.
pub async fn draft(
    who: Signed,
    State(app): State<App>,
    Path((id, section)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response> {
    let row = Publication::find_for(&app, &who, id).await?;
    let section = Section::find(&app.db, id, section).await?;
    if !row.may_be_written_by(&who) {
        return Ok(StatusCode::CONFLICT.into_response());
    }
    let kept = Draft::keep(&app, &who, section.subject(), &given.typed(), given.draft, given.version).await;
    draft_answer(kept, &headers, section.desk_path())
}

/// `POST /desk/publications/{id}/sections/{section}/lock`: takes over from whoever is writing.
pub async fn lock(who: Signed, State(app): State<App>, Path((id, section)): Path<(Uuid, Uuid)>) -> Result<Said> {
    let row = Publication::find_for(&app, &who, id).await?;
    let section = Section::find(&app.db, id, section).await?;
    if !row.may_be_written_by(&who) {
        return Err(Error::refused("publication-not-open"));
    }
    let to = section.desk_path();
    let told = |from| Fact::PublicationLockTaken { title: row.title, what: section.title, from };
    lock::Model::take(&app, &who, (section.id, id), told).await?;
    Ok(Said::to(to, "publication-lock-was-taken"))
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
    let (status, obstacles) = error.handed_back()?;
    let is_stale = status == StatusCode::CONFLICT;
    let given = if is_stale { Given { version, draft: 0, ..given } } else { given };
    let mut page = SectionForm::of(app, who, shell, (row, section), given).await?;
    page.errors = Mistakes::told(&obstacles, page.l);
    page.conflict = is_stale && page.locked_by.is_empty();
    Ok(Page(page).status(status))
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
