//! Bringing files in: the page, and the plain form without script.

use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::TryStreamExt;

use crate::base::{App, Who};
use crate::library::Asset;
use crate::library::finishing::Finished;
use crate::library::reach::Reach;
use crate::library::storage::Store;
use crate::library::upload::Upload;
use crate::people::agency::brief::Known;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Obstacle, Page, Result, Said, Shell};

/// Files in one form.
const FILES_MAX: usize = 20;
pub const ACCEPTED: &str = ".jpg,.jpeg,.png,.webp,.gif,.pdf,.mp4,.m4v,.webm,.mp3,.m4a,.wav,.docx,.xlsx,.pptx";

/// What became of one file of a form.
pub struct Outcome {
    pub name: String,
    /// Empty when it was refused.
    pub href: String,
    pub words: String,
}

#[derive(Template)]
#[template(path = "library/staff/new.html")]
pub struct New {
    l: Locale,
    shell: Shell,
    agency: String,
    megabytes: u64,
    outcomes: Vec<Outcome>,
    error: String,
}

impl New {
    fn accepted(&self) -> &'static str {
        ACCEPTED
    }

    /// How many were refused.
    fn refused(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.href.is_empty()).count()
    }
}

/// `GET /desk/library/new`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>) -> Result<Page<New>> {
    Ok(Page(page(&app, &who, shell, Vec::new(), String::new()).await?))
}

async fn page(app: &App, who: &Who, shell: Shell, outcomes: Vec<Outcome>, error: String) -> Result<New> {
    let agencies = Known::now(app).await?;
    let agency = Reach::of(app, who, &agencies).keeper()?;
    let agency = agencies.get(&agency).map(|agency| agency.label()).unwrap_or_default();
    Ok(New { l: shell.l, shell, agency, megabytes: app.config.library.file_mb_max, outcomes, error })
}

/// `POST /desk/library`: each file stands for itself; one that is refused leaves the others as they are.
pub async fn bring(who: Signed, shell: Shell, State(app): State<App>, mut parts: Multipart) -> Result<Response> {
    let agencies = Known::now(&app).await?;
    let agency = Reach::of(&app, &who, &agencies).keeper()?;
    let l = shell.l;
    let mut outcomes = Vec::new();
    while let Some(field) = parts.next_field().await.map_err(broken)? {
        let name = field.file_name().unwrap_or_default().to_owned();
        if field.name() != Some("file") || name.is_empty() {
            continue;
        }
        if outcomes.len() == FILES_MAX {
            outcomes.push(Outcome { name, href: String::new(), words: l.t1("library-refused-many", "n", FILES_MAX) });
            break;
        }
        let upload = Upload::begin(&app, &who, agency, None, &name).await?;
        let brought = match upload.append(&app, 0, field.map_err(std::io::Error::other)).await {
            Ok(reached) if reached.broken => return Err(Error::bad("upload-broken")),
            Ok(_) => upload.finish(&app, &who).await,
            Err(error) => Err(error),
        };
        outcomes.push(match brought {
            Ok(finished) => brought_in(l, name, finished),
            Err(Error::Refused(obstacles)) => refused(&app, &upload, (l, name), &obstacles).await?,
            Err(error) => return Err(error),
        });
    }
    match &outcomes[..] {
        [] => {
            let page = page(&app, &who, shell, outcomes, l.t("library-no-file")).await?;
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        [one] if !one.href.is_empty() => Ok(Said::to(one.href.clone(), "library-brought").into_response()),
        all => {
            let status =
                if all.iter().any(|one| one.href.is_empty()) { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            Ok(Page(page(&app, &who, shell, outcomes, String::new()).await?).status(status))
        }
    }
}

fn broken(_: MultipartError) -> Error {
    Error::bad("upload-broken")
}

fn brought_in(l: Locale, name: String, finished: Finished) -> Outcome {
    let words = l.t(if finished.known { "library-known" } else { "library-brought" });
    Outcome { name, href: Asset::desk_path(finished.asset), words }
}

/// Nothing of a refused file is left. One that was too large was not looked at yet.
async fn refused(app: &App, upload: &Upload, (l, name): (Locale, String), obstacles: &[Obstacle]) -> Result<Outcome> {
    let transaction = app.begin().await?;
    let pieces = upload.forget(&transaction).await?;
    app.commit(transaction).await?;
    upload.clear(&*Store::of(app)?, &pieces).await;
    let words = obstacles.iter().map(|obstacle| obstacle.text(l)).collect::<Vec<_>>().join(" ");
    Ok(Outcome { name, href: String::new(), words })
}
