//! The page behind a one-time link.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::sign_in;
use crate::base::App;
use crate::people::invitation::{Answer, Invitation, Purpose};
use crate::people::session::Origin;
use crate::people::{Person, password};
use crate::web::{Error, Locale, Mistakes, Page, Path, Result, Said, Shell};

#[derive(Template)]
#[template(path = "people/staff/invitation.html")]
struct Open {
    l: Locale,
    shell: Shell,
    purpose: Purpose,
    /// Whose link it is; None for an administrator's.
    person: Option<Person>,
    answer: Answer,
    /// Field and what is wrong with it.
    errors: Mistakes,
}

impl Open {
    fn words(&self, part: &str) -> String {
        self.l.t(&format!("invitation-{}-{part}", self.purpose.code()))
    }
}

#[derive(Template)]
#[template(path = "people/staff/invitation_over.html")]
struct Over {
    l: Locale,
    shell: Shell,
}

/// `GET /desk/invitation/{token}`: opening it uses nothing up, since mail programs open links too.
pub async fn show(shell: Shell, State(app): State<App>, Path(token): Path<String>) -> Result<Response> {
    let Some((invitation, person)) = Invitation::open(&app, &app.db, &token).await? else { return Ok(over(shell)) };
    let page =
        Open { l: shell.l, shell, purpose: invitation.purpose, person, answer: Answer::default(), errors: Mistakes::default() };
    Ok(Page(page).into_response())
}

#[derive(Deserialize)]
pub struct Reply {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    password: String,
}

/// `POST /desk/invitation/{token}`: uses the link.
pub async fn accept(
    shell: Shell,
    origin: Origin,
    State(app): State<App>,
    Path(token): Path<String>,
    Form(reply): Form<Reply>,
) -> Result<Response> {
    let Some((invitation, person)) = Invitation::open(&app, &app.db, &token).await? else { return Ok(over(shell)) };
    let answer = Answer { name: reply.name, email: reply.email, password: reply.password };
    let obstacles = answer.obstacles(person.as_ref());
    if !obstacles.is_empty() {
        let errors = obstacles.into_iter().map(|(field, obstacle)| (field, obstacle.text(shell.l))).collect();
        let page = Open { l: shell.l, shell, purpose: invitation.purpose, person, answer, errors };
        return Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let signs_in = invitation.signs_in();
    let person = match invitation.accept(&app, &answer).await {
        Err(Error::Stale) => return Ok(over(shell)),
        outcome => outcome?,
    };
    if signs_in {
        return sign_in::enter(&app, &person, "invitation", origin, "").await;
    }
    Ok(Said::to("/desk/sign-in", "password-changed-sign-in").into_response())
}

fn over(shell: Shell) -> Response {
    Page(Over { l: shell.l, shell }).status(StatusCode::GONE)
}
