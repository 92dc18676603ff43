//! What a piece is: its title, its time, the channels it goes to. Beginning one, mostly from an article, and changing a draft.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::{ids, one};
use crate::base::{App, Who};
use crate::channels::piece::writing::{TITLE_LETTERS_MAX, Wanted};
use crate::channels::rights::{Verb, own_agency, require};
use crate::channels::{Account, Delivery, Piece};
use crate::news::{Article, view};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

/// A channel as a choice.
pub struct Choice {
    pub id: String,
    pub name: String,
    /// Why it would wait; empty when it would not.
    pub note: String,
    pub chosen: bool,
}

#[derive(Template)]
#[template(path = "channels/staff/new.html")]
pub struct Facts {
    l: Locale,
    shell: Shell,
    /// None while it is begun.
    piece: Option<Piece>,
    article: Option<Article>,
    given: Wanted,
    version: i32,
    choices: Vec<Choice>,
    errors: Mistakes,
    conflict: bool,
}

impl Facts {
    async fn of(
        app: &App,
        shell: Shell,
        agency: Uuid,
        piece: Option<Piece>,
        article: Option<Article>,
        given: Wanted,
    ) -> Result<Self> {
        let l = shell.l;
        let choice = |one: &Account| Choice {
            id: one.id.to_string(),
            name: one.label(),
            note: if one.state == crate::channels::account::State::Active { String::new() } else { l.t(&one.state.key()) },
            chosen: given.accounts.contains(&one.id),
        };
        let choices = Account::of(&app.db, Some(agency)).await?.iter().map(choice).collect();
        let version = piece.as_ref().map_or(0, |piece| piece.version);
        Ok(Self { l, shell, piece, article, given, version, choices, errors: Mistakes::default(), conflict: false })
    }

    fn heading(&self) -> String {
        self.l.t(if self.piece.is_some() { "channel-piece-facts" } else { "channel-piece-new" })
    }

    fn action(&self) -> String {
        self.piece.as_ref().map_or_else(|| "/desk/channels/pieces".into(), |piece| Piece::path(piece.id))
    }

    fn back(&self) -> String {
        match (&self.piece, &self.article) {
            (Some(piece), _) => Piece::path(piece.id),
            (None, Some(article)) => Article::desk_path(article.id),
            (None, None) => "/desk/channels/pieces".into(),
        }
    }

    fn title_max(&self) -> usize {
        TITLE_LETTERS_MAX
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    article: String,
}

/// `GET /desk/channels/pieces/new`: from an article when the address names one.
pub async fn new(who: Signed, shell: Shell, Shared(app): Shared<App>, Query(ask): Query<Ask>) -> Result<Page<Facts>> {
    let agency = own_agency(&who)?;
    require(&who, Verb::Write, agency)?;
    let id: Option<Uuid> = ask.article.parse().ok();
    let article = found(&app, &who, id).await?;
    let accounts = Account::of(&app.db, Some(agency)).await?.iter().map(|one| one.id).collect();
    let title = article.as_ref().map(|one| one.title.clone()).unwrap_or_default();
    let given = Wanted { article: id, title, due: String::new(), accounts };
    Ok(Page(Facts::of(&app, shell, agency, None, article, given).await?))
}

async fn found(app: &App, who: &Who, article: Option<Uuid>) -> Result<Option<Article>> {
    match article {
        Some(id) => Ok(Some(Article::find_for(app, who, id).await?)),
        None => Ok(None),
    }
}

fn wanted(fields: &[(String, String)]) -> Wanted {
    Wanted {
        article: one(fields, "article").parse().ok(),
        title: one(fields, "title").to_owned(),
        due: one(fields, "due").to_owned(),
        accounts: ids(fields, "accounts"),
    }
}

/// `POST /desk/channels/pieces`
pub async fn begin(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let wanted = wanted(&fields);
    match Piece::begin(&app, &who, &wanted).await {
        Ok(id) => Ok(Said::to(Piece::path(id), "channel-piece-was-begun").into_response()),
        Err(Error::Refused(obstacles)) => {
            let article = found(&app, &who, wanted.article).await?;
            let mut page = Facts::of(&app, shell, own_agency(&who)?, None, article, wanted).await?;
            page.errors = Mistakes::told(&obstacles, page.l);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

async fn editing(app: &App, who: &Who, shell: Shell, id: Uuid, given: Option<Wanted>) -> Result<Facts> {
    let piece = Piece::find_for(app, who, id).await?;
    require(who, Verb::Write, piece.agency)?;
    let article = match piece.article {
        Some(article) => Article::find(&app.db, article).await.ok(),
        None => None,
    };
    let given = match given {
        Some(given) => given,
        None => Wanted {
            article: piece.article,
            title: piece.title.clone(),
            due: view::typed_minute(piece.due_at),
            accounts: Delivery::of(&app.db, id).await?.iter().map(|one| one.account).collect(),
        },
    };
    Facts::of(app, shell, piece.agency, Some(piece), article, given).await
}

/// `GET /desk/channels/pieces/{id}/facts`
pub async fn edit(who: Signed, shell: Shell, Shared(app): Shared<App>, Path(id): Path<Uuid>) -> Result<Page<Facts>> {
    Ok(Page(editing(&app, &who, shell, id, None).await?))
}

/// `POST /desk/channels/pieces/{id}`
pub async fn change(
    who: Signed,
    shell: Shell,
    Shared(app): Shared<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let wanted = wanted(&fields);
    let seen = one(&fields, "version").parse().unwrap_or_default();
    let (status, obstacles) = match Piece::change(&app, &who, id, &wanted, seen).await {
        Ok(()) => return Ok(Said::to(Piece::path(id), "channel-piece-was-kept").into_response()),
        Err(error) => error.handed_back()?,
    };
    let mut page = editing(&app, &who, shell, id, Some(wanted)).await?;
    (page.errors, page.conflict) = (Mistakes::told(&obstacles, page.l), status == StatusCode::CONFLICT);
    Ok(Page(page).status(status))
}
