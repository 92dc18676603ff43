//! Writing an article: the form, each save, what is kept while it is typed, and the lock.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::form::{ArticleForm, own_agency};
use super::given::Given;
use crate::base::{App, Fact, Who, time};
use crate::news::article::Article;
use crate::news::draft::Draft;
use crate::news::kind::Kind;
use crate::news::{lock, place, target, view};
use crate::people::person;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

/// Tells the page's script which version of the draft it has now.
const DRAFT_VERSION: HeaderName = HeaderName::from_static("x-draft");
/// Sent by the page's script: it wants no page back.
const SCRIPT: &str = "x-autosave";

/// What the address of a new article may bring.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    section: String,
    duty: String,
    /// To whom it is to say what.
    audience: String,
    message: String,
}

/// `GET /desk/news/new`
pub async fn new(who: Signed, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<ArticleForm>> {
    let agency = own_agency(&who)?;
    let given = Given {
        section: ask.section,
        kind: Kind::all()[0].code.clone(),
        language: "vi".into(),
        audiences: Some(ask.audience).filter(|code| !code.is_empty()).into_iter().collect(),
        messages: Some(ask.message).filter(|code| !code.is_empty()).into_iter().collect(),
        duties: Some(ask.duty).filter(|duty| !duty.is_empty()).into_iter().collect(),
        ..Given::default()
    };
    Ok(Page(ArticleForm::of(&app, shell, agency, None, given).await?))
}

/// `POST /desk/news`: begins one; a refusal comes back with what was typed.
pub async fn begin(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let agency = own_agency(&who)?;
    let given = Given::read(&fields);
    let (wanted, mut wrong) = given.wanted();
    let of = given.of.parse().ok();
    if wrong.is_empty() {
        match Article::begin(&app, &who, &wanted, of).await {
            Ok(id) => return Ok(Said::to(Article::desk_path(id), "article-was-begun").into_response()),
            Err(Error::Refused(obstacles)) => wrong = obstacles,
            Err(error) => return Err(error),
        }
    }
    let mut page = ArticleForm::of(&app, shell, agency, None, given).await?;
    if let Some(of) = of {
        let original = Article::find_for(&app, &who, of).await?;
        if wrong.iter().any(|one| one.key == "article-translated-already") {
            let siblings = Article::of_work(&app.db, original.work).await?;
            page.existing = siblings.into_iter().find(|one| one.language.tag() == page.given.language);
        }
        page.original = Some(original);
    }
    page.errors = Mistakes::told(&wrong, page.l);
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// `GET /desk/news/{id}/translation`: begins its text in the other language, or leads to the one there is.
pub async fn translation(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let article = Article::find_for(&app, &who, id).await?;
    let agency = own_agency(&who)?;
    if article.agency != agency {
        return Err(Error::Forbidden);
    }
    let siblings = Article::of_work(&app.db, article.work).await?;
    if let Some(there) = siblings.iter().find(|one| one.id != id) {
        return Ok(Redirect::to(&Article::desk_path(there.id)).into_response());
    }
    let (places, duties) = (place::of(&app.db, id).await?, target::duties(&app.db, id).await?);
    let given = Given {
        language: article.language.other().tag().into(),
        of: id.to_string(),
        translated: String::new(),
        checked_by: String::new(),
        // A time is one text's own: it is not copied.
        schedule_at: String::new(),
        embargo_until: String::new(),
        version: 0,
        base: 0,
        ..Given::of(&article, None, &places, &duties)
    };
    let mut page = ArticleForm::of(&app, shell, agency, None, given).await?;
    page.original = Some(article);
    Ok(Page(page).into_response())
}

/// `GET /desk/news/{id}/text`: takes the lock where it is free.
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let article = Article::find_for(&app, &who, id).await?;
    if !article.may_be_written_by(&who) {
        return Ok(Said::to(Article::desk_path(id), "article-not-open").into_response());
    }
    lock::Model::hold(&app, &app.db, &who, id).await?;
    let draft = Draft::of(&app.db, article.subject()).await?;
    let (places, duties) = (place::of(&app.db, id).await?, target::duties(&app.db, id).await?);
    let given = Given::of(&article, draft.as_ref().map(|draft| (draft.typed(), draft.version)), &places, &duties);
    let kept = kept_words(&app, shell.l, draft.as_ref()).await?;
    let mut page = page(&app, &who, shell, article, given).await?;
    page.kept = kept;
    Ok(Page(page).into_response())
}

/// Who kept what is in the form, and when; empty when nothing was kept.
///
/// # Errors
/// The database failed.
pub async fn kept_words(app: &App, l: Locale, draft: Option<&Draft>) -> Result<String> {
    let Some(draft) = draft else { return Ok(String::new()) };
    let name = view::person(l, &person::names(&app.db, &[draft.person]).await?, Some(draft.person));
    Ok(l.t2("draft-by", "name", name, "at", time::minute(draft.at)))
}

/// The name of whoever else is writing it now; empty when nobody is.
///
/// # Errors
/// The database failed.
pub async fn locked_by(app: &App, who: &Who, l: Locale, id: Uuid) -> Result<String> {
    match lock::Model::of_another(app, &app.db, who, id).await? {
        Some(lock) => Ok(view::person(l, &person::names(&app.db, &[lock.person]).await?, Some(lock.person))),
        None => Ok(String::new()),
    }
}

/// What is answered to who keeps a draft: to the page's script its version, to anybody else the form at `to`.
///
/// # Errors
/// What went wrong besides that somebody else writes, or that it is too long.
pub fn draft_answer(kept: Result<i32>, headers: &HeaderMap, to: String) -> Result<Response> {
    match kept {
        Ok(version) if headers.contains_key(SCRIPT) => {
            Ok((StatusCode::NO_CONTENT, [(DRAFT_VERSION, HeaderValue::from(version))]).into_response())
        }
        Ok(_) => Ok(Said::to(to, "article-was-kept").into_response()),
        Err(Error::Stale | Error::Refused(_)) => Ok(StatusCode::CONFLICT.into_response()),
        Err(error) => Err(error),
    }
}

async fn page(app: &App, who: &Who, shell: Shell, article: Article, given: Given) -> Result<ArticleForm> {
    let locked_by = locked_by(app, who, shell.l, article.id).await?;
    let mut page = ArticleForm::of(app, shell, article.agency, Some(article), given).await?;
    page.locked_by = locked_by;
    Ok(page)
}

/// `POST /desk/news/{id}/text`: saves it as the next revision. A refusal, or that somebody was quicker, comes back with what
/// was typed.
pub async fn save(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let article = Article::find_for(&app, &who, id).await?;
    let given = Given::read(&fields);
    let (wanted, mut wrong) = given.wanted();
    if wrong.is_empty() {
        match Article::save(&app, &who, id, &wanted, given.version).await {
            Ok(()) => return Ok(Said::to(Article::desk_path(id), "article-was-saved").into_response()),
            Err(Error::Refused(obstacles)) => wrong = obstacles,
            Err(Error::Stale) => return conflicting(&app, &who, shell, article, given).await,
            Err(error) => return Err(error),
        }
    }
    let mut page = page(&app, &who, shell, article, given).await?;
    page.errors = Mistakes::told(&wrong, page.l);
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// What was typed stays in the form, now for the newest revision.
async fn conflicting(app: &App, who: &Who, shell: Shell, article: Article, given: Given) -> Result<Response> {
    let given = Given { version: article.version, base: article.revision, draft: 0, ..given };
    let mut page = page(app, who, shell, article, given).await?;
    if page.locked_by.is_empty() {
        page.conflict = page.l.t("article-conflict");
    }
    Ok(Page(page).status(StatusCode::CONFLICT))
}

/// `POST /desk/news/{id}/draft`: keeps what is typed; 409 when a colleague is at it.
pub async fn draft(
    who: Signed,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let article = Article::find_for(&app, &who, id).await?;
    if !article.may_be_written_by(&who) {
        return Ok(StatusCode::CONFLICT.into_response());
    }
    let given = Given::read(&fields);
    let kept = Draft::keep(&app, &who, article.subject(), &given.typed(), given.draft, given.base).await;
    draft_answer(kept, &headers, format!("{}/text", Article::desk_path(id)))
}

/// `POST /desk/news/{id}/lock`: takes over from whoever is writing.
pub async fn lock(who: Signed, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Said> {
    let article = Article::find_for(&app, &who, id).await?;
    if !article.may_be_written_by(&who) {
        return Err(Error::Refused(vec![Obstacle::new("article-not-open")]));
    }
    lock::Model::take(&app, &who, (id, id), |from| Fact::ArticleLockTaken { title: article.title, from }).await?;
    Ok(Said::to(format!("{}/text", Article::desk_path(id)), "article-lock-was-taken"))
}
