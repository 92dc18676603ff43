//! Planning an inspection.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use crate::base::{App, Who, new_id, time};
use crate::cases::case::is_open;
use crate::inspections::planning::{DECISION_LETTERS_MAX, TITLE_LETTERS_MAX, Wanted};
use crate::inspections::{Inspection, rights};
use crate::people::agency::Kind;
use crate::people::agency::brief::Known;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Page, Result, Said, Shell};

/// An agency to tick.
pub struct Choice {
    pub value: String,
    pub name: String,
    pub chosen: bool,
}

/// Agencies of one kind.
pub struct Group {
    pub name: String,
    pub choices: Vec<Choice>,
    /// One of them is ticked.
    pub open: bool,
}

#[derive(Template)]
#[template(path = "inspections/staff/new.html")]
pub struct New {
    l: Locale,
    shell: Shell,
    leader: String,
    given: Wanted,
    groups: Vec<Group>,
    errors: Mistakes,
}

impl New {
    fn title_max(&self) -> usize {
        TITLE_LETTERS_MAX
    }

    fn decision_max(&self) -> usize {
        DECISION_LETTERS_MAX
    }
}

/// `GET /desk/inspections/new`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>) -> Result<Page<New>> {
    let given = Wanted { key: new_id().simple().to_string(), ..Wanted::default() };
    Ok(Page(page(&app, &who, shell, given).await?))
}

async fn page(app: &App, who: &Who, shell: Shell, given: Wanted) -> Result<New> {
    let today = time::local_date(app.clock.now());
    let agencies = Known::now(app).await?;
    let leader = rights::inspecting(app, who, &agencies, today).await?.ok_or(Error::Forbidden)?;
    let mut not = rights::above(&app.db, leader, &agencies).await?;
    not.push(leader);
    let name = agencies.get(&leader).map(|agency| agency.name.clone()).unwrap_or_default();
    Ok(New {
        leader: name,
        groups: groups(shell.l, &agencies, &not, &given, today),
        given,
        errors: Mistakes::default(),
        l: shell.l,
        shell,
    })
}

/// The open agencies but the body itself and those above it, by kind.
fn groups(l: Locale, agencies: &Known, not: &[Uuid], given: &Wanted, today: chrono::NaiveDate) -> Vec<Group> {
    let mut open: Vec<_> = agencies.values().filter(|one| !not.contains(&one.id) && is_open(agencies, one.id, today)).collect();
    open.sort_by_key(|one| (one.kind, agencies.rank(one.id)));
    let mut groups: Vec<(Kind, Group)> = Vec::new();
    for one in open {
        let choice = Choice { value: one.id.to_string(), name: one.name.clone(), chosen: given.agencies.contains(&one.id) };
        let open = choice.chosen;
        match groups.last_mut().filter(|(kind, _)| *kind == one.kind) {
            Some((_, group)) => {
                group.open |= open;
                group.choices.push(choice);
            }
            None => groups.push((one.kind, Group { name: l.t(&one.kind.key()), choices: vec![choice], open })),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// `POST /desk/inspections`: a refusal comes back with what was typed. Pairs, since each agency ticked is one of its own.
pub async fn plan(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let mut given = Wanted::default();
    for (name, value) in pairs {
        match name.as_str() {
            "key" => given.key = value,
            "title" => given.title = value,
            "decision" => given.decision = value,
            "decided_on" => given.decided_on = value,
            "from_on" => given.from_on = value,
            "until_on" => given.until_on = value,
            "checklist" => given.checklist = value,
            "agencies" => given.agencies.extend(value.parse::<Uuid>().ok()),
            "with_duties" => given.with_duties = true,
            _ => {}
        }
    }
    let obstacles = match Inspection::plan(&app, &who, &given).await {
        Ok(id) => return Ok(Said::to(Inspection::desk_path(id), "inspection-was-planned").into_response()),
        // Pressed twice at once: the first press has planned it.
        Err(Error::Stale) => return Ok(Said::to("/desk/inspections?view=led", "inspection-was-planned").into_response()),
        Err(Error::Refused(obstacles)) => obstacles,
        Err(error) => return Err(error),
    };
    let mut page = page(&app, &who, shell, given).await?;
    page.errors = Mistakes::told(&obstacles, page.l);
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}
