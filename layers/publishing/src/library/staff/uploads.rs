//! Files that come piece by piece, by script: announced with their hash, sent with their place, taken up again where they broke
//! off (after the manner of tus 1.0). Answers are JSON with words for the person.

use axum::Json;
use axum::body::Body;
use axum::extract::{Form, State};
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::base::{App, Who};
use crate::library::Asset;
use crate::library::finishing::Finished;
use crate::library::reach::Reach;
use crate::library::receiving::PIECE_BYTES;
use crate::library::referring::There;
use crate::library::storage::Store;
use crate::library::upload::{Announced, Upload};
use crate::people::agency::brief::Known;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Path, Result, Shell};

static OFFSET: HeaderName = HeaderName::from_static("upload-offset");
static LENGTH: HeaderName = HeaderName::from_static("upload-length");

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Announcement {
    name: String,
    size: i64,
    sha256: String,
}

/// What the script is told.
#[derive(Debug, Default, Serialize)]
pub struct Told {
    /// What happened, or why not and what to do.
    words: String,
    /// Where to send the pieces.
    #[serde(skip_serializing_if = "Option::is_none")]
    upload: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    /// The largest piece that makes sense, in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    piece: Option<usize>,
    /// The asset that came of it, or that is there already.
    #[serde(skip_serializing_if = "Option::is_none")]
    asset: Option<String>,
    /// Where an entry of one's own for it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

/// `POST /desk/library/uploads`: the same bytes are found before they travel.
pub async fn announce(who: Signed, shell: Shell, State(app): State<App>, Form(given): Form<Announcement>) -> Result<Response> {
    let l = shell.l;
    let agencies = Known::now(&app).await?;
    let reach = Reach::of(&app, &who, &agencies);
    let agency = reach.keeper()?;
    let announced = Announced { name: given.name, size_bytes: given.size, sha256: given.sha256 };
    if let Err(error) = announced.check(&app) {
        return refusal(l, error);
    }
    let elsewhere = match There::find(&app, &reach, &announced.sha256).await? {
        Some(there) => match known(l, &agencies, there) {
            Told { asset: None, words, .. } => words,
            told => return Ok(Json(told).into_response()),
        },
        None => String::new(),
    };
    let upload = Upload::begin(&app, &who, agency, Some(&announced), &announced.name).await?;
    let told = Told {
        words: elsewhere,
        upload: Some(Upload::path(upload.id)),
        offset: Some(upload.received),
        piece: Some(PIECE_BYTES),
        ..Told::default()
    };
    let mut answer = (StatusCode::CREATED, Json(told)).into_response();
    answer.headers_mut().insert(LOCATION, Upload::path(upload.id).parse()?);
    Ok(at(answer, upload.received))
}

/// Where the same bytes are already. Without an address they may be brought all the same.
fn known(l: Locale, agencies: &Known, there: There) -> Told {
    let name = |id: Uuid| agencies.get(&id).map(|agency| agency.label()).unwrap_or_default();
    match there {
        There::Own(asset) => Told {
            words: l.t1("library-there-own", "name", asset.label()),
            asset: Some(Asset::desk_path(asset.id)),
            ..Told::default()
        },
        There::Shared(asset) => Told {
            words: l.t1("library-there-shared", "name", name(asset.agency)),
            asset: Some(Asset::desk_path(asset.id)),
            reference: Some(format!("{}/reference", Asset::desk_path(asset.id))),
            ..Told::default()
        },
        There::Elsewhere(agency) => Told { words: l.t1("library-there-elsewhere", "name", name(agency)), ..Told::default() },
    }
}

/// `HEAD /desk/library/uploads/{id}`: how far it got.
pub async fn reached(who: Signed, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response> {
    let upload = Upload::find_for(&app, &who, id).await?;
    let mut answer = at(StatusCode::OK.into_response(), upload.received);
    if let Some(size) = upload.size_bytes {
        answer.headers_mut().insert(LENGTH.clone(), HeaderValue::from(size));
    }
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// `PATCH /desk/library/uploads/{id}`: the bytes from `Upload-Offset` on; the last ones make the asset.
pub async fn append(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response> {
    let upload = Upload::find_for(&app, &who, id).await?;
    if let Some(asset) = upload.asset {
        return Ok(done(shell.l, Finished { asset, known: false }));
    }
    let from = headers.get(&OFFSET).and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    let from: i64 = from.ok_or_else(|| Error::bad("failure-bad-request"))?;
    let reached = match upload.append(&app, from, body.into_data_stream()).await {
        Ok(reached) => reached.received,
        Err(Error::Stale) => {
            let now = Upload::find_for(&app, &who, id).await?;
            let told = Told { words: shell.l.t("library-elsewhere-open"), offset: Some(now.received), ..Told::default() };
            return Ok(at((StatusCode::CONFLICT, Json(told)).into_response(), now.received));
        }
        Err(error) => return refusal(shell.l, error),
    };
    if upload.size_bytes.is_some_and(|size| reached < size) {
        return Ok(at(StatusCode::NO_CONTENT.into_response(), reached));
    }
    finish(&app, &who, shell.l, &upload).await
}

async fn finish(app: &App, who: &Who, l: Locale, upload: &Upload) -> Result<Response> {
    match upload.finish(app, who).await {
        Ok(finished) => Ok(done(l, finished)),
        Err(error) => refusal(l, error),
    }
}

/// `DELETE /desk/library/uploads/{id}`: the person thought better of it.
pub async fn abandon(who: Signed, State(app): State<App>, Path(id): Path<Uuid>) -> Result<StatusCode> {
    let upload = Upload::find_for(&app, &who, id).await?;
    let store = Store::of(&app)?;
    let transaction = app.begin().await?;
    let pieces = upload.forget(&transaction).await?;
    app.commit(transaction).await?;
    upload.clear(&store, &pieces).await;
    Ok(StatusCode::NO_CONTENT)
}

fn done(l: Locale, finished: Finished) -> Response {
    let words = l.t(if finished.known { "library-known" } else { "library-brought" });
    Json(Told { words, asset: Some(Asset::desk_path(finished.asset)), ..Told::default() }).into_response()
}

fn at(mut answer: Response, offset: i64) -> Response {
    answer.headers_mut().insert(OFFSET.clone(), HeaderValue::from(offset));
    answer
}

/// A refusal as JSON; any other failure as ever.
fn refusal(l: Locale, error: Error) -> Result<Response> {
    let Error::Refused(obstacles) = error else { return Err(error) };
    let words = obstacles.iter().map(|obstacle| obstacle.text(l)).collect::<Vec<_>>().join(" ");
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(Told { words, ..Told::default() })).into_response())
}
