//! Asking without an account: a form, what others asked already, and a code.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use crate::base::App;
use crate::cases::case::moving::Ground;
use crate::people::session::Origin;
use crate::questions::checking::{self, LETTERS_MAX};
use crate::questions::question::asking::Incoming;
use crate::questions::question::{Channel, Question};
use crate::questions::setting::Setting;
use crate::questions::staff::new::bodies;
use crate::questions::{Asked, Sender, alike, gate};
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Result, Shell};

/// The form as it was filled in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    stamp: String,
    question: String,
    /// Id or slug of a body.
    agency: String,
    name: String,
    email: String,
    phone: String,
    in_private: String,
    /// They saw what others asked and go on.
    sure: String,
    /// Slug of the published question that asks the same, as they say.
    same: String,
    /// People do not see it; programs that fill everything in do.
    website: String,
}

/// A published question that asks nearly the same.
pub struct Near {
    pub slug: String,
    pub href: String,
    pub title: String,
}

#[derive(Template)]
#[template(path = "questions/portal/ask.html")]
pub struct Ask {
    l: Locale,
    shell: Shell,
    given: Given,
    bodies: Vec<(String, String)>,
    near: Vec<Near>,
    errors: Mistakes,
    mailbox: String,
    telephone: String,
}

impl Ask {
    fn text_max(&self) -> usize {
        LETTERS_MAX
    }

    fn is_chosen(&self, id: &str) -> bool {
        self.given.agency == id
    }

    /// Whether that is the published question that asks the same, as they said.
    fn is_same(&self, slug: &str) -> bool {
        self.given.same == slug
    }

    fn is_private(&self) -> bool {
        !self.given.in_private.is_empty()
    }
}

#[derive(Template)]
#[template(path = "questions/portal/asked.html")]
pub struct Done {
    l: Locale,
    shell: Shell,
    asked: Asked,
    href: String,
    /// What of theirs was hidden, in words.
    masked: bool,
    email: String,
}

/// What the address may say: the body whose page it was come from, and words that were typed elsewhere.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    co_quan: String,
    q: String,
}

async fn page(app: &App, shell: Shell, given: Given) -> Result<Ask> {
    let ground = Ground::of(app).await?;
    let setting = Setting::settled(app).await?;
    let by_slug = ground.agencies.values().find(|body| !given.agency.is_empty() && body.slug == given.agency);
    let agency = by_slug.map_or_else(|| given.agency.clone(), |body| body.id.to_string());
    let (mailbox, telephone) = setting.map(|setting| (setting.mailbox, setting.telephone)).unwrap_or_default();
    let given = Given { stamp: gate::carried(app, &given.stamp)?, agency, ..given };
    Ok(Ask {
        l: shell.l,
        shell,
        given,
        bodies: bodies(&ground),
        near: Vec::new(),
        errors: Mistakes::default(),
        mailbox,
        telephone,
    })
}

/// `GET /hoi-dap/gui`
pub async fn show(shell: Shell, Shared(app): Shared<App>, Query(wanted): Query<Wanted>) -> Result<Page<Ask>> {
    let question = checking::visible(&wanted.q);
    let stamp = if question.trim().is_empty() { String::new() } else { gate::stamp_of_filled_in(&app)? };
    Ok(Page(page(&app, shell, Given { stamp, question, agency: wanted.co_quan, ..Given::default() }).await?))
}

/// The same page with what was typed and why it was not taken.
async fn again(app: &App, shell: Shell, given: Given, obstacles: Vec<Obstacle>, status: StatusCode) -> Result<Response> {
    // Who chose among what others asked finds the list again; a flood is not worth the search.
    let near =
        if given.sure.is_empty() || status == StatusCode::TOO_MANY_REQUESTS { Vec::new() } else { offered(app, &given).await? };
    let mut page = page(app, shell, given).await?;
    page.errors = Mistakes::told(&obstacles, page.l);
    page.near = near;
    Ok(Page(page).status(status))
}

/// What others asked already, with the one that was chosen. Nothing is searched with the words of who denounces.
async fn offered(app: &App, given: &Given) -> Result<Vec<Near>> {
    let text = checking::visible(&given.question);
    if checking::is_denunciation(&text) {
        return Ok(Vec::new());
    }
    let mut near = alike::published(app, &text).await?;
    if !given.same.is_empty()
        && near.iter().all(|one| one.slug.as_ref() != Some(&given.same))
        && let Ok(chosen) = Question::published(&app.db, &given.same).await
    {
        near.insert(0, chosen);
    }
    Ok(near.iter().map(nearby).collect())
}

/// `POST /hoi-dap/gui`: takes it, after showing once what others asked already.
pub async fn ask(shell: Shell, Shared(app): Shared<App>, origin: Origin, Form(given): Form<Given>) -> Result<Response> {
    match gate::pass(&app, &origin.address, gate::PER_MINUTE).await {
        Err(Error::TooMany(seconds)) => {
            let wrong = Obstacle::new("question-too-many").with("n", seconds).at("question");
            let mut answer = again(&app, shell, given, vec![wrong], StatusCode::TOO_MANY_REQUESTS).await?;
            answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            return Ok(answer);
        }
        passed => passed?,
    }
    if let Some(wrong) = gate::trap(&app, &given.stamp, &given.website)? {
        return again(&app, shell, given, vec![wrong], StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let text = match checking::read(&given.question, "question") {
        Ok(text) => text,
        Err(wrong) => return again(&app, shell, given, wrong, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    // Who denounces is shown nobody's questions, and nothing is searched with their words.
    if given.sure.is_empty() && !checking::is_denunciation(&text) {
        let near = alike::published(&app, &text).await?;
        if !near.is_empty() {
            let mut page = page(&app, shell, given).await?;
            page.near = near.iter().map(nearby).collect();
            return Ok(Page(page).into_response());
        }
    }
    take(&app, shell, origin, given).await
}

fn nearby(question: &Question) -> Near {
    Near { slug: question.slug.clone().unwrap_or_default(), href: question.public_path(), title: question.title.clone() }
}

async fn take(app: &App, shell: Shell, origin: Origin, given: Given) -> Result<Response> {
    let joins = if given.same.is_empty() { None } else { Question::published(&app.db, &given.same).await.ok().map(|one| one.id) };
    let sender =
        Sender { name: given.name.clone(), email: given.email.clone(), phone: given.phone.clone(), address: origin.address };
    let incoming = Incoming {
        agency: given.agency.parse::<Uuid>().ok(),
        in_private: !given.in_private.is_empty(),
        joins,
        ..Incoming::of(Channel::Web, format!("web:{}", given.stamp), given.question.clone(), sender)
    };
    match Question::take(app, incoming).await {
        Ok(asked) => {
            let masked = !vietnamese::personal::find(&given.question).is_empty();
            let href = format!("/hoi-dap/theo-doi/{}", asked.code);
            let email = if asked.protected { String::new() } else { given.email };
            Ok(Page(Done { l: shell.l, shell, asked, href, masked, email }).into_response())
        }
        Err(Error::Refused(wrong)) => again(app, shell, given, wrong, StatusCode::UNPROCESSABLE_ENTITY).await,
        Err(error) => Err(error),
    }
}
