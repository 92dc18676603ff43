//! A question that somebody asks by telephone or at the counter, typed in by who heard it.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use crate::base::{App, Who, new_id};
use crate::cases::case::acts_for;
use crate::cases::case::moving::Ground;
use crate::questions::checking::LETTERS_MAX;
use crate::questions::question::asking::Incoming;
use crate::questions::question::{Channel, Question};
use crate::questions::{Asked, Sender};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Result, Shell};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    key: String,
    question: String,
    agency: String,
    name: String,
    phone: String,
    email: String,
    in_private: String,
}

#[derive(Template)]
#[template(path = "questions/staff/new.html")]
pub struct New {
    l: Locale,
    shell: Shell,
    given: Given,
    /// Id and name of each body.
    bodies: Vec<(String, String)>,
    errors: Mistakes,
    /// What was taken: the code to say at the telephone, and whether it is protected.
    asked: Option<Asked>,
}

impl New {
    fn text_max(&self) -> usize {
        LETTERS_MAX
    }

    fn is_chosen(&self, id: &str) -> bool {
        self.given.agency == id
    }

    fn is_private(&self) -> bool {
        !self.given.in_private.is_empty()
    }
}

/// The open bodies in Vietnamese order: id and name.
#[must_use]
pub fn bodies(ground: &Ground) -> Vec<(String, String)> {
    let mut open: Vec<_> = ground.agencies.values().filter(|body| ground.is_open(body.id)).collect();
    open.sort_by_key(|body| ground.agencies.rank(body.id));
    open.into_iter().map(|body| (body.id.to_string(), body.name.clone())).collect()
}

async fn page(app: &App, who: &Who, shell: Shell, given: Given) -> Result<New> {
    who.agency.filter(|own| acts_for(who, *own)).ok_or(Error::Forbidden)?;
    let ground = Ground::of(app).await?;
    Ok(New { l: shell.l, shell, given, bodies: bodies(&ground), errors: Mistakes::default(), asked: None })
}

/// `GET /desk/questions/new`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>) -> Result<Page<New>> {
    let given = Given { key: new_id().simple().to_string(), ..Given::default() };
    Ok(Page(page(&app, &who, shell, given).await?))
}

/// `POST /desk/questions`: takes it, and shows the code to be said.
pub async fn ask(who: Signed, shell: Shell, State(app): State<App>, Form(given): Form<Given>) -> Result<Response> {
    let mut page = page(&app, &who, shell, given).await?;
    let given = &page.given;
    let sender =
        Sender { name: given.name.clone(), email: given.email.clone(), phone: given.phone.clone(), address: String::new() };
    let key = format!("phone:{}:{}", who.person, given.key);
    let incoming = Incoming {
        agency: given.agency.parse::<Uuid>().ok(),
        in_private: page.is_private(),
        keyed_by: Some((who.person, who.agency)),
        ..Incoming::of(Channel::Phone, key, given.question.clone(), sender)
    };
    match Question::take(&app, incoming).await {
        Ok(asked) => {
            page.asked = Some(asked);
            Ok(Page(page).into_response())
        }
        Err(Error::Refused(obstacles)) => {
            page.errors = Mistakes::told(&obstacles, page.l);
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}
