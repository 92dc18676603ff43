//! Somebody new is invited.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::{Administrator, Choice, agency_choices};
use crate::base::{App, Grant, Role, time};
use crate::people::Person;
use crate::people::agency::brief::Brief;
use crate::people::invitation::Purpose;
use crate::people::person::editing::Details;
use crate::people::person::inviting::{Sent, obstacles_to_inviting};
use crate::people::person::keeping::Keeper;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Result, Shell};

/// What the form sends: pairs, since each role ticked is a pair of its own.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub name: String,
    pub email: String,
    pub title: String,
    pub identifier: String,
    pub agency: Option<Uuid>,
    pub roles: Vec<Role>,
}

impl Answer {
    fn of(pairs: Vec<(String, String)>) -> Self {
        let mut answer = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "name" => answer.name = value,
                "email" => answer.email = value,
                "title" => answer.title = value,
                "identifier" => answer.identifier = value,
                "agency" => answer.agency = value.parse().ok(),
                "role" => answer.roles.extend(Role::from_code(&value)),
                _ => {}
            }
        }
        answer
    }

    fn details(&self) -> Details {
        Details {
            name: self.name.clone(),
            email: self.email.clone(),
            title: self.title.clone(),
            identifier: Some(self.identifier.clone()),
            agency: self.agency,
        }
    }

    fn grants(&self) -> Vec<Grant> {
        let within = |role: Role| self.agency.filter(|_| role.is_of_agency());
        self.roles.iter().map(|role| Grant { role: *role, agency: within(*role) }).collect()
    }
}

#[derive(Template)]
#[template(path = "people/staff/people/new.html")]
pub struct New {
    l: Locale,
    shell: Shell,
    answer: Answer,
    agencies: Vec<Choice>,
    /// May leave the agency out.
    is_of_the_system: bool,
    roles: Vec<Role>,
    sends_mail: bool,
    errors: Mistakes,
}

impl New {
    async fn of(app: &App, keeper: &Keeper, shell: Shell, answer: Answer, errors: Vec<(&'static str, Obstacle)>) -> Result<Self> {
        let today = time::local_date(app.clock.now());
        let agencies = agency_choices(keeper, &Brief::all(&app.db).await?, today, answer.agency);
        Ok(Self {
            l: shell.l,
            agencies,
            is_of_the_system: keeper.is_of_the_system(),
            roles: keeper.roles(),
            sends_mail: app.config.smtp.is_some(),
            errors: errors.into_iter().map(|(field, obstacle)| (field, obstacle.text(shell.l))).collect(),
            shell,
            answer,
        })
    }

    fn is_ticked(&self, role: &Role) -> bool {
        self.answer.roles.contains(role)
    }

    fn of_agency(&self, whether: bool) -> Vec<Role> {
        self.roles.iter().copied().filter(|role| role.is_of_agency() == whether).collect()
    }

    fn about(&self, role: &Role) -> String {
        self.l.t(&format!("{}-about", role.key()))
    }
}

/// `GET /desk/people/new`
pub async fn show(who: Administrator, shell: Shell, State(app): State<App>) -> Result<Page<New>> {
    let keeper = Keeper::of(&who);
    let agency = keeper.agencies().and_then(|own| own.first().copied());
    let answer = Answer { agency, ..Answer::default() };
    Ok(Page(New::of(&app, &keeper, shell, answer, Vec::new()).await?))
}

/// `POST /desk/people`: makes the account and shows its link, this once. Sent twice, the second finds the address taken.
pub async fn invite(
    who: Administrator,
    shell: Shell,
    State(app): State<App>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let (keeper, answer) = (Keeper::of(&who), Answer::of(pairs));
    let (details, grants) = (answer.details(), answer.grants());
    let mut obstacles = obstacles_to_inviting(&keeper, &details, &grants);
    if let Some(agency) = answer.agency
        && !Brief::all(&app.db).await?.contains_key(&agency)
    {
        obstacles.push(("agency", Obstacle::new("person-agency-missing")));
    }
    if obstacles.is_empty() {
        match Person::invite(&app, &keeper, details, &grants).await {
            Ok(sent) => return Ok(Linked::page(shell, sent)),
            Err(Error::Refused(refused)) => {
                let refused = keeper.within_sight(&app.db, &answer.email, refused).await?;
                obstacles.extend(refused.into_iter().map(|obstacle| (field_of(&obstacle), obstacle)));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Page(New::of(&app, &keeper, shell, answer, obstacles).await?).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// Beside which field a refusal stands.
pub fn field_of(obstacle: &Obstacle) -> &'static str {
    match obstacle.key {
        "person-email-taken" | "person-email-taken-elsewhere" => "email",
        "person-identifier-taken" => "identifier",
        "person-agency-missing" => "agency",
        _ => "role",
    }
}

/// The one page that shows a link.
#[derive(Template)]
#[template(path = "people/staff/people/linked.html")]
pub struct Linked {
    l: Locale,
    shell: Shell,
    sent: Sent,
    until: String,
}

impl Linked {
    /// The page of a link just made.
    #[must_use]
    pub fn page(shell: Shell, sent: Sent) -> Response {
        let until = time::minute(sent.link.expires_at);
        Page(Self { l: shell.l, shell, sent, until }).into_response()
    }

    fn title(&self) -> String {
        let key = if self.sent.purpose == Purpose::Invitation { "person-invited" } else { "person-password-link" };
        self.l.t1(key, "name", &self.sent.person.name)
    }
}
