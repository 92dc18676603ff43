//! Following a question by its code: where it stands, what was answered, and what whoever has the code may do.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::base::{App, time};
use crate::cases::case::moving::Ground;
use crate::people::session::Origin;
use crate::questions::denunciation::acting::{self, ADDED_LETTERS_MAX};
use crate::questions::denunciation::{self, Denunciation};
use crate::questions::entry::Entry;
use crate::questions::gate;
use crate::questions::question::by_code::{self, Followed, LETTERS_MAX, Wish};
use crate::questions::question::{State, Whole, code};
use crate::questions::staff::show::icon;
use crate::questions::view;
use crate::web::{Error, Locale, Page, Path, Result, Said, Shell};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    ma: String,
}

#[derive(Template)]
#[template(path = "questions/portal/find.html")]
pub struct Find {
    l: Locale,
    shell: Shell,
    typed: String,
    /// Nothing has that code.
    is_unknown: bool,
}

/// A line of the story that is the asker's to read.
pub struct Line {
    pub what: String,
    pub when: String,
    pub machine: String,
    pub text: String,
    pub icon: &'static str,
}

#[derive(Template)]
#[template(path = "questions/portal/follow.html")]
pub struct Follow {
    l: Locale,
    shell: Shell,
    code: String,
    heading: String,
    body: String,
    hidden: bool,
    holder: String,
    /// It was said whose it is; until then it stands with the coordinating body.
    routed: bool,
    mark: &'static str,
    word: String,
    due: String,
    joined: bool,
    answer: String,
    answered: String,
    /// It is looked at again: the answer holds no more.
    again: bool,
    /// When the answer was corrected; empty when it was not.
    corrected: String,
    public: String,
    entries: Vec<Line>,
    wishes: Vec<Wish>,
    /// Which wish was refused, what was typed, why.
    refusal: (String, String, String),
}

impl Follow {
    fn may(&self, wish: &str) -> bool {
        self.wishes.iter().any(|one| one.code() == wish)
    }

    fn path(&self, wish: &str) -> String {
        format!("/hoi-dap/theo-doi/{}/{wish}", self.code)
    }

    fn typed(&self, wish: &str) -> String {
        if self.refusal.0 == wish { self.refusal.1.clone() } else { String::new() }
    }

    fn error(&self, wish: &str) -> String {
        if self.refusal.0 == wish { self.refusal.2.clone() } else { String::new() }
    }

    fn text_max(&self) -> usize {
        LETTERS_MAX
    }
}

#[derive(Template)]
#[template(path = "questions/portal/protected.html")]
pub struct Protected {
    l: Locale,
    shell: Shell,
    code: String,
    word: String,
    when: String,
    said: String,
    closed: bool,
    refused: String,
    typed: String,
}

impl Protected {
    fn text_max(&self) -> usize {
        ADDED_LETTERS_MAX
    }
}

/// `GET /hoi-dap/theo-doi`: a field for the code; `?ma=` leads on.
pub async fn find(shell: Shell, Query(ask): Query<Ask>) -> Response {
    let plain = code::plain(&ask.ma);
    if !plain.is_empty() {
        return Redirect::to(&format!("/hoi-dap/theo-doi/{plain}")).into_response();
    }
    Page(Find { l: shell.l, shell, typed: String::new(), is_unknown: false }).into_response()
}

fn unknown(shell: Shell, typed: &str) -> Response {
    Page(Find { l: shell.l, shell, typed: code::plain(typed), is_unknown: true }).status(StatusCode::NOT_FOUND)
}

async fn protected(app: &App, typed: &str) -> Result<Option<Denunciation>> {
    let key = code::key(app, typed)?;
    Ok(denunciation::Entity::find().filter(denunciation::Column::CodeKey.eq(key)).one(&app.db).await?)
}

/// `GET /hoi-dap/theo-doi/{code}`
pub async fn show(shell: Shell, Shared(app): Shared<App>, origin: Origin, Path(typed): Path<String>) -> Result<Response> {
    gate::try_code(&app, &origin.address)?;
    match Followed::find(&app, &app.db, &typed).await {
        Ok(followed) => Ok(Page(page(&app, shell, &followed).await?).into_response()),
        Err(Error::NotFound) => match protected(&app, &typed).await? {
            Some(row) => Ok(Page(shut(&app, shell, &row)?).into_response()),
            None => Ok(unknown(shell, &typed)),
        },
        Err(error) => Err(error),
    }
}

fn shut(app: &App, shell: Shell, row: &Denunciation) -> Result<Protected> {
    let l = shell.l;
    Ok(Protected {
        code: code::of(app, row.id)?,
        word: l.t(&row.state.key()),
        when: time::minute(row.at),
        said: row.said(app)?,
        closed: row.state == denunciation::State::Closed,
        refused: String::new(),
        typed: String::new(),
        l,
        shell,
    })
}

fn corrected(whole: &Whole) -> String {
    let answer = whole.given().filter(|answer| !answer.correction.is_empty());
    answer.and_then(|answer| answer.approved_at).map(|at| time::day(time::local_date(at))).unwrap_or_default()
}

/// Of another's question only what its body did, without what it may have said of who asked, and what they themselves said
/// of it: what its asker wrote is theirs.
async fn of_another(app: &App, followed: &Followed) -> Result<Vec<Entry>> {
    let (own, main) = (followed.own.question.id, followed.main.question.id);
    let is_theirs = |one: &Entry| one.agency.is_some() || one.to == Some(own);
    let entries = Entry::of(&app.db, main).await?.into_iter().filter(is_theirs);
    Ok(entries.map(|one| Entry { text: vietnamese::personal::mask(&one.text).text, ..one }).collect())
}

async fn page(app: &App, shell: Shell, followed: &Followed) -> Result<Follow> {
    let l = shell.l;
    let ground = Ground::of(app).await?;
    let (own, main) = (&followed.own.question, &followed.main.question);
    let agency = |id: Uuid| ground.agencies.get(&id).map(|body| body.name.clone()).unwrap_or_default();
    let mut entries = Entry::of(&app.db, own.id).await?;
    if !followed.is_own() {
        entries.extend(of_another(app, followed).await?);
    }
    entries.retain(|one| one.kind.is_for_the_asker() && !one.is_of_another(own.id));
    entries.sort_by_key(|one| std::cmp::Reverse((one.at, one.id)));
    let line = |one: &Entry| Line {
        what: l.t1(&one.kind.key(), "to", one.to.map(agency).unwrap_or_default()),
        when: time::minute(one.at),
        machine: time::machine(one.at),
        text: one.words_for_the_asker().to_owned(),
        icon: icon(one.kind),
    };
    Ok(Follow {
        code: own.code(app)?,
        heading: own.title.clone(),
        body: own.body.clone(),
        hidden: !own.hidden.is_empty(),
        holder: agency(main.holder),
        mark: view::mark(main, &ground),
        routed: main.state != State::New,
        word: if followed.main.waits() && main.state.runs() { l.t("question-state-waiting") } else { l.t(&main.state.key()) },
        due: main.due_at.filter(|_| main.state.runs()).map(time::minute).unwrap_or_default(),
        joined: own.state == State::Joined,
        answer: followed.answer().unwrap_or_default().to_owned(),
        answered: main.answered_at.map(time::minute).unwrap_or_default(),
        again: !main.is_answered() && followed.answer().is_some(),
        corrected: corrected(&followed.main),
        public: if main.shown { main.public_path() } else { String::new() },
        entries: entries.iter().map(line).collect(),
        wishes: followed.wishes(ground.now),
        refusal: (String::new(), String::new(), String::new()),
        l,
        shell,
    })
}

/// `POST /hoi-dap/theo-doi/{code}/{wish}`: the text is in a field named like the wish.
pub async fn wish(
    shell: Shell,
    Shared(app): Shared<App>,
    origin: Origin,
    Path((typed, word)): Path<(String, String)>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    gate::pass(&app, &origin.address, gate::PER_MINUTE).await?;
    let wish = Wish::from_code(&word).ok_or(Error::NotFound)?;
    let text = fields.get(&word).cloned().unwrap_or_default();
    let l = shell.l;
    let (status, words) = match by_code::wish(&app, &typed, wish, &text).await {
        Ok(()) => return Ok(Said::to(format!("/hoi-dap/theo-doi/{}", code::plain(&typed)), said(wish)).into_response()),
        Err(Error::NotFound) => return added(&app, shell, (&typed, wish), &text).await,
        Err(Error::Refused(wrong)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, wrong.iter().map(|one| one.text(l)).collect::<Vec<_>>().join(" "))
        }
        Err(Error::Stale) => (StatusCode::CONFLICT, l.t("question-stale")),
        Err(error) => return Err(error),
    };
    let followed = Followed::find(&app, &app.db, &typed).await?;
    let mut page = page(&app, shell, &followed).await?;
    page.refusal = (word, text, words);
    Ok(Page(page).status(status))
}

/// Who denounced writes more.
async fn added(app: &App, shell: Shell, (typed, wish): (&str, Wish), text: &str) -> Result<Response> {
    let Some(row) = protected(app, typed).await?.filter(|_| wish == Wish::Reply) else { return Ok(unknown(shell, typed)) };
    let l = shell.l;
    let (status, words) = match acting::add(app, row.id, text).await {
        Ok(()) => return Ok(Said::to(format!("/hoi-dap/theo-doi/{}", code::plain(typed)), said(wish)).into_response()),
        Err(Error::Refused(wrong)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, wrong.iter().map(|one| one.text(l)).collect::<Vec<_>>().join(" "))
        }
        Err(Error::Stale) => (StatusCode::CONFLICT, l.t("question-stale")),
        Err(error) => return Err(error),
    };
    // It may have been closed in this moment.
    let row = Denunciation::find(&app.db, row.id).await?;
    let page = Protected { refused: words, typed: text.to_owned(), ..shut(app, shell, &row)? };
    Ok(Page(page).status(status))
}

const fn said(wish: Wish) -> &'static str {
    match wish {
        Wish::Reply => "question-follow-replied",
        Wish::NotSolved => "question-follow-reopened",
        Wish::Mark => "question-follow-marked",
        Wish::Withdraw => "question-follow-withdrawn",
    }
}
