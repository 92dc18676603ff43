//! Questions as JSON, in the manner of Open311: ask and get a code, follow by code, read what was answered and how agencies answer. Whoever
//! asks needs no token; letters are handed over with one.

use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::denunciation::{self, Denunciation};
use super::inbound::letters::{self, LETTER_BYTES_MAX, Taken as LetterTaken};
use super::question::asking::Incoming;
use super::question::by_code::Followed;
use super::question::{Channel, Column, Question, code, shown};
use super::{Sender, counting, gate, searched};
use crate::base::App;
use crate::base::digest::sha256;
use crate::people::agency::brief::Known;
use crate::people::session::Origin;
use crate::web::api::access::QuestionsWriter;
use crate::web::api::problem::Problem;
use crate::web::api::{AboutToken, Asked, Cursor, Listing, Sent, Usual, answer, private};
use crate::web::{Error, Path, Result};

/// The addresses.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, ask))
        .routes(routes!(agencies))
        .routes(routes!(letter))
        .routes(routes!(request))
        .routes(routes!(one))
}

/// A question as it is sent.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = QuestionSent)]
pub struct New {
    /// 10 to 5,000 letters.
    pub question: String,
    /// Slug of the agency it is for; empty where that is not known.
    pub to_agency: String,
    pub asker_name: String,
    pub asker_email: String,
    pub asker_phone: String,
    /// It is not to be published.
    pub in_private: bool,
}

/// A question that was taken.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuestionTaken)]
pub struct Taken {
    /// Follows it; nobody else knows it.
    pub code: String,
    /// It accuses somebody: it lies in the protected channel.
    pub protected: bool,
    /// Where people follow it.
    pub follow: String,
    /// Where programs do.
    pub href: String,
}

/// Where a question stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuestionRequest)]
pub struct Request {
    pub code: String,
    /// `new`, `open`, `asked`, `answered`, `joined`, `lapsed`, `withdrawn`, `dropped`; of a protected one `protected`.
    pub status: String,
    pub asked_at: DateTime<Utc>,
    /// Slug of the agency that has it; null where that is not said.
    pub with_agency: Option<String>,
    pub due_at: Option<DateTime<Utc>>,
    pub answered_at: Option<DateTime<Utc>>,
    /// Empty while there is none.
    pub answer: String,
}

/// A published question.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Question)]
pub struct Shown {
    pub slug: String,
    pub title: String,
    /// Without personal data.
    pub question: String,
    /// Empty while it is looked at again.
    pub answer: String,
    /// Slug of the agency that answered.
    pub with_agency: String,
    pub asked_at: DateTime<Utc>,
    pub answered_at: Option<DateTime<Utc>>,
    pub page: String,
    pub href: String,
}

/// How an agency answers, over the last 365 days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuestionCounts)]
pub struct Counted {
    pub with_agency: String,
    pub asked: u64,
    pub answered: u64,
    pub in_time: u64,
    pub overdue: u64,
    /// Working hours of the middle one.
    pub hours: Option<i64>,
    /// How many marked an answer, and the sum of their marks from 1 to 5.
    pub marked: u64,
    pub marks: u64,
}

/// What became of a letter.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuestionLetter)]
pub struct Letter {
    /// `asked`, `replied`, `ignored`.
    pub outcome: &'static str,
    /// Why it is no question: `automatic`, `too-many`, or what is wrong with it.
    pub cause: Option<String>,
}

/// Asks
///
/// The same checks as the form: length, words, floods, accusations. With an `Idempotency-Key` the same is asked once.
#[utoipa::path(
    post, path = "/api/v1/questions", operation_id = "question-ask", tag = "questions", security(()),
    request_body = New,
    responses(
        (status = 201, body = Taken),
        (status = 413, description = "Larger than a question.", content_type = "application/problem+json", body = Problem),
        (status = 415, description = "Not JSON.", content_type = "application/problem+json", body = Problem),
        (status = 422, description = "Not taken, and why.", content_type = "application/problem+json", body = Problem),
        Usual,
    ),
)]
async fn ask(Shared(app): Shared<App>, origin: Origin, headers: HeaderMap, Sent(new): Sent<New>) -> Result<Response> {
    gate::pass(&app, &origin.address, gate::PER_MINUTE).await?;
    let known = Known::now(&app).await?;
    let agency = known.values().find(|body| !new.to_agency.is_empty() && body.slug == new.to_agency).map(|body| body.id);
    let given = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).unwrap_or_default();
    // Bound to the words: whoever guesses a key gets nobody's code.
    let key = if given.is_empty() {
        crate::base::new_id().to_string()
    } else {
        format!("{given}\n{}\n{}", new.question, new.asker_email)
    };
    let sender = Sender { name: new.asker_name, email: new.asker_email, phone: new.asker_phone, address: origin.address };
    let incoming = Incoming {
        agency,
        in_private: new.in_private,
        ..Incoming::of(Channel::Api, format!("api:{}", sha256(key.as_bytes())), new.question, sender)
    };
    let asked = Question::take(&app, incoming).await?;
    let origin = app.config.public_url();
    let body = Taken {
        protected: asked.protected,
        follow: format!("{origin}/hoi-dap/theo-doi/{}", asked.code),
        href: format!("{origin}/api/v1/questions/requests/{}", asked.code),
        code: asked.code,
    };
    Ok(private(StatusCode::CREATED, body, None))
}

/// Where a question stands, by its code
#[utoipa::path(
    get, path = "/api/v1/questions/requests/{code}", operation_id = "question-request", tag = "questions", security(()),
    params(("code" = String, Path, description = "The code.")),
    responses((status = 200, body = Request), Usual),
)]
async fn request(Shared(app): Shared<App>, origin: Origin, Path(typed): Path<String>, asked: Asked) -> Result<Response> {
    asked.only(&[])?;
    gate::try_code(&app, &origin.address)?;
    let followed = match Followed::find(&app, &app.db, &typed).await {
        Err(Error::NotFound) => return protected(&app, &typed).await,
        followed => followed?,
    };
    let (own, main) = (&followed.own.question, &followed.main.question);
    let known = Known::now(&app).await?;
    let body = Request {
        code: own.code(&app)?,
        status: main.state.code(),
        asked_at: own.asked_at,
        with_agency: known.get(&main.holder).map(|body| body.slug.clone()),
        due_at: main.due_at,
        answered_at: main.answered_at,
        answer: followed.answer().unwrap_or_default().to_owned(),
    };
    Ok(private(StatusCode::OK, body, None))
}

async fn protected(app: &App, typed: &str) -> Result<Response> {
    let key = code::key(app, typed)?;
    let row = denunciation::Entity::find().filter(denunciation::Column::CodeKey.eq(key)).one(&app.db).await?;
    let row: Denunciation = row.ok_or(Error::NotFound)?;
    let body = Request {
        code: code::of(app, row.id)?,
        status: "protected".into(),
        asked_at: row.at,
        with_agency: None,
        due_at: None,
        answered_at: row.closed_at,
        answer: row.said(app)?,
    };
    Ok(private(StatusCode::OK, body, None))
}

async fn made(app: &App, rows: &[Question]) -> Result<Vec<Shown>> {
    let (known, given, origin) = (Known::now(app).await?, searched::given(&app.db, rows).await?, app.config.public_url());
    let one = |row: &Question| {
        let slug = row.slug.clone().unwrap_or_default();
        Shown {
            title: row.title.clone(),
            question: row.body.clone(),
            answer: given.get(&row.id).filter(|_| row.is_answered()).map(|one| one.shown_text.clone()).unwrap_or_default(),
            with_agency: known.get(&row.holder).map(|body| body.slug.clone()).unwrap_or_default(),
            asked_at: row.asked_at,
            answered_at: row.answered_at,
            page: format!("{origin}{}", row.public_path()),
            href: format!("{origin}/api/v1/questions/{slug}"),
            slug,
        }
    };
    Ok(rows.iter().map(one).collect())
}

/// Published questions, the latest asked first
#[utoipa::path(
    get, path = "/api/v1/questions", operation_id = "questions", tag = "questions", security(()),
    params(
        ("agency" = Option<String>, Query, description = "Only of that agency, by slug."),
        ("q" = Option<String>, Query, description = "Only those with these words."),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 500, description = "Things of a page; 100 unless said."),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `next` of the page before."),
    ),
    responses((status = 200, body = Listing<Shown>), (status = 304, description = "As it was."), Usual),
)]
async fn list(Shared(app): Shared<App>, headers: HeaderMap, asked: Asked) -> Result<Response> {
    asked.only(&["agency", "q", "limit", "cursor"])?;
    let limit = asked.limit()?;
    let mut rows = super::listing::with_words(shown(), asked.text("q").unwrap_or_default());
    if let Some(slug) = asked.text("agency") {
        let known = Known::now(&app).await?;
        let agency = known.values().find(|body| body.slug == slug).map(|body| body.id).unwrap_or_default();
        rows = rows.filter(Column::Holder.eq(agency));
    }
    if let Some(cursor) = asked.cursor(1)? {
        let after: Uuid = cursor.0[0].parse().map_err(|_| Error::bad("api-parameter-cursor"))?;
        rows = rows.filter(Column::Id.lt(after));
    }
    let rows = rows.order_by_desc(Column::Id).limit(limit + 1).all(&app.db).await?;
    let bodies = made(&app, &rows).await?;
    let rows: Vec<(Uuid, Shown)> = rows.iter().map(|row| row.id).zip(bodies).collect();
    let page = Listing::of(rows, limit, |(id, _)| Cursor(vec![id.to_string()]), |(_, body)| body);
    let link = page.link("/api/v1/questions", &asked);
    answer(&headers, &page, link)
}

/// One published question
#[utoipa::path(
    get, path = "/api/v1/questions/{slug}", operation_id = "question", tag = "questions", security(()),
    params(("slug" = String, Path, description = "Its name in addresses.")),
    responses((status = 200, body = Shown), (status = 304, description = "As it was."), Usual),
)]
async fn one(Shared(app): Shared<App>, headers: HeaderMap, Path(slug): Path<String>, asked: Asked) -> Result<Response> {
    asked.only(&[])?;
    let question = Question::published(&app.db, &slug).await?;
    let body = made(&app, &[question]).await?.into_iter().next().ok_or(Error::NotFound)?;
    answer(&headers, &body, None)
}

/// How agencies answer
#[utoipa::path(
    get, path = "/api/v1/questions/agencies", operation_id = "question-counts", tag = "questions", security(()),
    responses((status = 200, body = Listing<Counted>), (status = 304, description = "As it was."), Usual),
)]
async fn agencies(Shared(app): Shared<App>, headers: HeaderMap, asked: Asked) -> Result<Response> {
    asked.only(&[])?;
    let (known, counts) = (Known::now(&app).await?, counting::counts(&app).await?);
    let mut items: Vec<Counted> = counts
        .iter()
        .filter_map(|(id, one)| {
            let with_agency = known.get(id)?.slug.clone();
            let (asked, answered, in_time, overdue) = (one.asked, one.answered, one.in_time, one.late);
            Some(Counted {
                with_agency,
                asked,
                answered,
                in_time,
                overdue,
                hours: one.hours,
                marked: one.marked,
                marks: one.marks,
            })
        })
        .collect();
    items.sort_by(|one, other| one.with_agency.cmp(&other.with_agency));
    answer(&headers, &Listing::whole(items), None)
}

/// Takes a letter as the mail server hands it over
///
/// One letter is one question however often it comes; what a machine wrote is none.
#[utoipa::path(
    post, path = "/api/v1/questions/letters", operation_id = "question-letter", tag = "questions",
    security(("token" = ["questions:write"])),
    request_body(content = String, content_type = "message/rfc822"),
    responses((status = 200, body = Letter), AboutToken),
)]
async fn letter(_: QuestionsWriter, Shared(app): Shared<App>, body: Bytes) -> Result<Response> {
    let bytes = body.get(..LETTER_BYTES_MAX).unwrap_or(&body);
    let (outcome, cause) = match letters::take(&app, bytes).await? {
        LetterTaken::Asked => ("asked", None),
        LetterTaken::Replied => ("replied", None),
        LetterTaken::Ignored(cause) => ("ignored", Some(cause)),
    };
    Ok(private(StatusCode::OK, Letter { outcome, cause }, None))
}
