//! The door: signing in by password, by role in the demo, and leaving.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::base::App;
use crate::base::config::OidcProvider;
use crate::people::attempts::Attempt;
use crate::people::ceremony::{Ceremony, Kind};
use crate::people::session::{self, Origin};
use crate::people::sign_on::provider;
use crate::people::{Person, demo_people, passkey, password};
use crate::web::who::{Anyone, Signed};
use crate::web::{Error, Locale, Page, Result, Said, Shell, address, preferences};

/// What the second step remembers.
#[derive(serde::Serialize, Deserialize)]
pub struct Waiting {
    pub then: String,
}

#[derive(Template)]
#[template(path = "people/staff/sign_in.html")]
struct SignIn {
    l: Locale,
    shell: Shell,
    then: String,
    email: String,
    refused: bool,
    passkeys: bool,
    providers: Vec<Provider>,
    /// The provider that the session just ended came from, when it can end its own.
    left: Option<Provider>,
    players: Vec<Player>,
}

/// One sign-on provider.
struct Provider {
    label: String,
    href: String,
}

/// One button of the demo.
struct Player {
    code: &'static str,
    role: String,
    at: String,
}

impl SignIn {
    fn new(app: &App, shell: Shell, then: &str) -> Self {
        let players = if app.demo { &demo_people::PLAYERS[..] } else { &[] };
        let players = players.iter().map(|player| Player {
            code: player.code,
            role: shell.l.t(&player.role.key()),
            at: shell.l.t(player.place_key()),
        });
        Self {
            l: shell.l,
            players: players.collect(),
            passkeys: passkey::are_offered(app),
            left: None,
            shell,
            then: onward(then).to_owned(),
            email: String::new(),
            refused: false,
            providers: app.config.oidc.iter().map(|provider| Provider::of(provider, then)).collect(),
        }
    }
}

impl Provider {
    fn of(provider: &OidcProvider, then: &str) -> Self {
        let query = address::query(&[("then", then)]);
        Self { label: provider.label.clone(), href: format!("/desk/sign-on/{}{query}", address::encode(&provider.id)) }
    }
}

#[derive(Deserialize)]
pub struct Asked {
    /// Where to go afterwards: a path of the desk.
    #[serde(default)]
    then: String,
    /// The sign-on provider that a session just ended came from.
    #[serde(default)]
    left: String,
}

/// `GET /desk/sign-in`
pub async fn show(who: Anyone, shell: Shell, State(app): State<App>, Query(asked): Query<Asked>) -> Response {
    if who.0.is_some() {
        return Redirect::to(onward(&asked.then)).into_response();
    }
    let left = provider::find(&app, &asked.left);
    let left = left.and_then(|left| Some(Provider { label: left.label.clone(), href: provider::way_out(&app, left)? }));
    Page(SignIn { left, ..SignIn::new(&app, shell, &asked.then) }).into_response()
}

#[derive(Deserialize)]
pub struct Credentials {
    email: String,
    password: String,
    #[serde(default)]
    then: String,
}

/// `POST /desk/sign-in`: an unknown account and a wrong password take the same time and get the same words.
pub async fn sign_in(shell: Shell, origin: Origin, State(app): State<App>, Form(form): Form<Credentials>) -> Result<Response> {
    let email = crate::people::person::normal_email(&form.email);
    let attempt = Attempt::begin(&app, &email, &origin.address).await?;
    let person = Person::find_by_email(&app.db, &email).await?;
    let kept = person.as_ref().and_then(|person| person.password_hash.clone());
    let is_right = password::is_right(&form.password, kept).await?;
    let Some(person) = person.as_ref().filter(|person| is_right && !person.is_disabled()) else {
        let cause = if is_right { "disabled" } else { "password" };
        attempt.failed(&app, person.as_ref(), cause).await?;
        let page = SignIn { email: form.email, refused: true, ..SignIn::new(&app, shell, &form.then) };
        return Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    attempt.succeeded(&app).await?;
    if person.has_second_step() {
        let state = Waiting { then: onward(&form.then).to_owned() };
        let cookie = Ceremony::begin(&app, Kind::SecondStep, Some(person.id), &state).await?;
        return go("/desk/sign-in/code", &cookie);
    }
    enter(&app, person, "password", origin, &form.then).await
}

#[derive(Deserialize)]
pub struct Chosen {
    role: String,
    #[serde(default)]
    then: String,
}

/// `POST /desk/sign-in/demo`: signs in as that role of the demo province; nowhere else is there such an address.
pub async fn play(origin: Origin, State(app): State<App>, Form(form): Form<Chosen>) -> Result<Response> {
    let player = demo_people::PLAYERS.iter().find(|player| player.code == form.role).filter(|_| app.demo);
    let player = player.ok_or(Error::NotFound)?;
    let person = Person::find_by_email(&app.db, &player.email()).await?.ok_or(Error::NotFound)?;
    if person.is_disabled() {
        return Err(Error::refused("sign-in-demo-disabled"));
    }
    enter(&app, &person, "demo", origin, &form.then).await
}

/// `POST /desk/sign-out`
pub async fn sign_out(who: Signed, State(app): State<App>) -> Result<Response> {
    let (cookie, means) = session::Model::leave(&app, &who).await?;
    let left = means.strip_prefix("oidc:").unwrap_or_default();
    let to = format!("/desk/sign-in{}", address::query(&[("left", left)]));
    let mut answer = Said::to(to, "sign-out-done").into_response();
    answer.headers_mut().append(SET_COOKIE, cookie.parse()?);
    Ok(answer)
}

/// Begins the session and leads on.
///
/// # Errors
/// The database failed.
pub async fn enter(app: &App, person: &Person, means: &str, origin: Origin, then: &str) -> Result<Response> {
    let cookie = session::Model::begin(app, person, means, origin).await?;
    metrics::counter!("lantoa_sign_ins_total", "means" => means.split(':').next().unwrap_or_default().to_owned()).increment(1);
    go(onward(then), &cookie)
}

/// Leads on (303) with a cookie.
///
/// # Errors
/// The address or the cookie can not stand in a header.
pub fn go(to: &str, cookie: &str) -> Result<Response> {
    let mut headers = HeaderMap::new();
    headers.insert(LOCATION, to.parse()?);
    headers.append(SET_COOKIE, cookie.parse()?);
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// Where to go after signing in: a page of this site that is not the door itself.
#[must_use]
pub fn onward(then: &str) -> &str {
    match preferences::local(then) {
        "/" => "/desk",
        door if door.starts_with("/desk/sign-") => "/desk",
        path => path,
    }
}
