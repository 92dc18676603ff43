//! What is known of a person is changed.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::new::field_of;
use super::{Administrator, Choice, agency_choices};
use crate::base::{App, time};
use crate::people::Person;
use crate::people::agency::brief::Brief;
use crate::people::person::editing::Details;
use crate::people::person::keeping::{Keeper, Kept, refuse};
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    name: String,
    email: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    identifier: String,
    /// Empty for none; only a system administrator moves people.
    agency: Option<String>,
    version: i32,
}

#[derive(Template)]
#[template(path = "people/staff/people/edit.html")]
pub struct Edit {
    l: Locale,
    shell: Shell,
    person: Person,
    answer: Answer,
    /// Empty when the administrator does not move people.
    agencies: Vec<Choice>,
    agency: String,
    moves: bool,
    errors: Mistakes,
}

impl Edit {
    async fn of(
        app: &App,
        keeper: &Keeper,
        shell: Shell,
        person: Person,
        answer: Answer,
        errors: Vec<(&'static str, Obstacle)>,
    ) -> Result<Self> {
        let known = Brief::all(&app.db).await?;
        let chosen = answer.agency.as_deref().and_then(|agency| agency.parse().ok());
        let today = time::local_date(app.clock.now());
        Ok(Self {
            l: shell.l,
            agencies: agency_choices(keeper, &known, today, chosen),
            agency: person.agency.and_then(|id| known.get(&id)).map(|agency| agency.name.clone()).unwrap_or_default(),
            moves: keeper.is_of_the_system(),
            errors: errors.into_iter().map(|(field, obstacle)| (field, obstacle.text(shell.l))).collect(),
            shell,
            person,
            answer,
        })
    }
}

/// `GET /desk/people/{id}/edit`
pub async fn show(who: Administrator, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<Edit>> {
    let keeper = Keeper::of(&who);
    let kept = Kept::find(&app, &keeper, id).await?;
    refuse(kept.obstacles_to_editing(&keeper))?;
    let person = kept.person;
    let answer = Answer {
        name: person.name.clone(),
        email: person.email.clone(),
        title: person.title.clone(),
        identifier: person.identifier.clone().unwrap_or_default(),
        agency: person.agency.map(|agency| agency.to_string()),
        version: person.version,
    };
    Ok(Page(Edit::of(&app, &keeper, shell, person, answer, Vec::new()).await?))
}

/// `POST /desk/people/{id}/edit`
pub async fn save(
    who: Administrator,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(answer): Form<Answer>,
) -> Result<Response> {
    let keeper = Keeper::of(&who);
    let kept = Kept::find(&app, &keeper, id).await?;
    let (details, mut obstacles) = understood(&app, &keeper, &kept.person, &answer).await?;
    if obstacles.is_empty() {
        match kept.edit(&app, &keeper, details, answer.version).await {
            Ok(()) => return Ok(Said::to(kept.person.path(), "account-saved").into_response()),
            Err(Error::Refused(refused)) if refused.iter().all(|one| field_of(one) != "role") => {
                let refused = keeper.within_sight(&app.db, &answer.email, refused).await?;
                obstacles.extend(refused.into_iter().map(|obstacle| (field_of(&obstacle), obstacle)));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Page(Edit::of(&app, &keeper, shell, kept.person, answer, obstacles).await?).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// What the form means, and what is wrong with it.
async fn understood(
    app: &App,
    keeper: &Keeper,
    person: &Person,
    answer: &Answer,
) -> Result<(Details, Vec<(&'static str, Obstacle)>)> {
    let asked = answer.agency.as_deref().filter(|_| keeper.is_of_the_system());
    let agency = match asked {
        None => person.agency,
        Some("") => None,
        Some(text) => text.parse::<Uuid>().ok().filter(|id| person.agency == Some(*id)).or(known(app, text).await?),
    };
    let details = Details {
        name: answer.name.clone(),
        email: answer.email.clone(),
        title: answer.title.clone(),
        identifier: Some(answer.identifier.clone()),
        agency,
    };
    let mut obstacles = details.obstacles();
    if agency.is_none() && asked.is_some_and(|text| !text.is_empty()) {
        obstacles.push(("agency", Obstacle::new("person-agency-missing")));
    }
    let here = person.agency.map(|id| id.to_string()).unwrap_or_default();
    if !keeper.is_of_the_system() && answer.agency.as_deref().is_some_and(|text| text != here) {
        obstacles.push(("agency", Obstacle::new("person-agency-not-moved")));
    }
    Ok((details, obstacles))
}

async fn known(app: &App, id: &str) -> Result<Option<Uuid>> {
    let Ok(id) = id.parse::<Uuid>() else { return Ok(None) };
    Ok(Brief::all(&app.db).await?.contains_key(&id).then_some(id))
}
