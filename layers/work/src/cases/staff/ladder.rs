//! The ladder of competence: which body a difficulty comes to, and how long each has.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use crate::base::App;
use crate::cases::case::Kind;
use crate::cases::case::moving::Ground;
use crate::cases::rung::{self, RUNGS_MAX, Rung};
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Result, Said, Shell};

crate::admits! {
    /// Who keeps the ladder.
    Keeper: Coordinator SystemAdministrator
}

/// A body to choose.
pub struct Choice {
    pub id: Uuid,
    pub name: String,
}

/// A rung as it stands in the form.
#[derive(Clone, Debug, Default)]
pub struct Field {
    pub agency: Option<Uuid>,
    pub hours: String,
}

#[derive(Template)]
#[template(path = "cases/staff/ladder.html")]
pub struct Ladder {
    l: Locale,
    shell: Shell,
    version: i32,
    fields: Vec<Field>,
    choices: Vec<Choice>,
    errors: Mistakes,
}

impl Ladder {
    fn is_chosen(&self, field: &Field, choice: &Choice) -> bool {
        field.agency == Some(choice.id)
    }
}

/// `GET /desk/cases/ladder`
pub async fn show(_who: Keeper, shell: Shell, State(app): State<App>) -> Result<Page<Ladder>> {
    Ok(Page(page(&app, shell).await?))
}

async fn page(app: &App, shell: Shell) -> Result<Ladder> {
    rung::settle(app).await?;
    let ground = Ground::of(app).await?;
    let ladder = Rung::ladder(&app.db, Kind::Difficulty).await?;
    // A body that was closed stays to be seen, so that somebody puts another in its place.
    let known = |id: Uuid| ground.is_open(id) || ladder.iter().any(|rung| rung.agency == id);
    let mut bodies: Vec<_> = ground.agencies.values().filter(|body| known(body.id)).collect();
    bodies.sort_by_key(|body| ground.agencies.rank(body.id));
    let fields = ladder.iter().map(|rung| Field { agency: Some(rung.agency), hours: rung.hours.to_string() });
    Ok(Ladder {
        l: shell.l,
        shell,
        version: ladder.first().map_or(0, |rung| rung.version),
        fields: with_empty(fields.collect()),
        choices: bodies.into_iter().map(|body| Choice { id: body.id, name: body.name.clone() }).collect(),
        errors: Mistakes::default(),
    })
}

/// With empty rungs to go on in.
fn with_empty(mut fields: Vec<Field>) -> Vec<Field> {
    fields.resize(RUNGS_MAX.max(fields.len()), Field::default());
    fields
}

/// `POST /desk/cases/ladder`: a refusal comes back with what was chosen. Pairs, since each rung has one of each.
pub async fn replace(
    who: Keeper,
    shell: Shell,
    State(app): State<App>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let all =
        |name: &str| pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned()).collect::<Vec<_>>();
    let seen = all("version").first().and_then(|seen| seen.parse().ok()).ok_or_else(|| Error::bad("failure-bad-request"))?;
    let fields: Vec<Field> = all("agency")
        .into_iter()
        .zip(all("hours"))
        .map(|(agency, hours)| Field { agency: agency.parse().ok(), hours })
        .filter(|field| field.agency.is_some())
        .take(RUNGS_MAX + 1)
        .collect();
    // What is no number is out of bounds, and is said to be.
    let rungs: Vec<(Uuid, i32)> =
        fields.iter().filter_map(|field| Some((field.agency?, field.hours.parse().unwrap_or(0)))).collect();
    let (status, obstacles) = match Rung::replace(&app, &who, Kind::Difficulty, seen, &rungs).await {
        Ok(()) => return Ok(Said::to("/desk/cases/ladder", "case-ladder-kept").into_response()),
        Err(Error::Refused(obstacles)) => (StatusCode::UNPROCESSABLE_ENTITY, obstacles),
        Err(Error::Stale) => (StatusCode::CONFLICT, vec![Obstacle::new("case-ladder-stale")]),
        Err(error) => return Err(error),
    };
    let mut page = page(&app, shell).await?;
    page.errors = obstacles.iter().map(|one| ("agency-1", one.text(page.l))).collect();
    page.fields = with_empty(fields);
    Ok(Page(page).status(status))
}
