//! Asking chosen agencies for something by a day: by class, by ticking, by a pasted list of names.

use std::collections::{BTreeMap, HashSet};

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use serde::Deserialize;
use uuid::Uuid;

use super::fields::Fields;
use super::requests::plans_of;
use crate::base::{App, Who, new_id, time};
use crate::duties::duty::{self, Duty};
use crate::duties::naming::{self, Named};
use crate::duties::request::{self, Request, Wanted};
use crate::people::agency::Kind;
use crate::people::agency::brief::{Brief, Known};
use crate::people::agency::draft::value;
use crate::people::class;
use crate::plans::{Plan, plan};
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Result, Said, Shell, cut};

const TITLE_LETTERS: usize = 110;

crate::admits! {
    /// Who may ask; under which plan is asked when it is known.
    Asker: Coordinator Reviewer
}

/// What the address may bring along.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    plan: String,
    /// The duty that the request stands on.
    duty: String,
}

/// What stands in the form.
#[derive(Clone, Debug, Default)]
pub struct Given {
    key: String,
    title: String,
    what: String,
    /// Id of a duty, as it came; empty when it stands on none.
    stands_on: String,
    due: String,
    classes: Vec<String>,
    agencies: HashSet<Uuid>,
    names: String,
}

/// Something to choose.
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// Agencies of one kind.
pub struct Group {
    pub label: String,
    pub chosen: usize,
    pub agencies: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "duties/staff/request_form.html")]
pub struct RequestForm {
    l: Locale,
    shell: Shell,
    plan: Plan,
    plans: Vec<Choice>,
    duties: Vec<Choice>,
    classes: Vec<Choice>,
    groups: Vec<Group>,
    given: Given,
    /// The names of those who would be asked; None until somebody wants to see them.
    preview: Option<Vec<String>>,
    errors: Mistakes,
}

/// `GET /desk/requests/new`
pub async fn show(who: Asker, shell: Shell, State(app): State<App>, Query(ask): Query<Ask>) -> Result<Page<RequestForm>> {
    let today = time::local_date(app.clock.now());
    let duty = match ask.duty.parse::<Uuid>() {
        Ok(id) => Some(Duty::find(&app.db, id).await?).filter(|duty| duty.kind != duty::Kind::Request),
        Err(_) if ask.duty.is_empty() => None,
        Err(_) => return Err(Error::NotFound),
    };
    let plans = runnable(&app, &who).await?;
    let wanted = |plan: &&Plan| duty.as_ref().map_or(plan.slug == ask.plan, |duty| plan.id == duty.plan);
    let asked = plans.iter().find(wanted);
    // Nobody is asked under another plan than the address names.
    if asked.is_none() && duty.is_none() && !ask.plan.is_empty() && !plans.is_empty() {
        return Err(Error::NotFound);
    }
    let plan = asked.or(plans.first()).cloned().ok_or_else(|| Error::refused("requests-without-plan"))?;
    let duty = duty.filter(|duty| duty.plan == plan.id);
    let due = request::proposed(&app.db, duty.as_ref(), today).await?;
    let given = Given {
        key: new_id().simple().to_string(),
        stands_on: duty.map(|duty| duty.id.to_string()).unwrap_or_default(),
        due: time::day(due),
        ..Given::default()
    };
    Ok(Page(page(&app, shell, (plans, plan), given).await?))
}

async fn runnable(app: &App, who: &Who) -> Result<Vec<Plan>> {
    let mut plans = plans_of(app, who).await?;
    plans.retain(|plan| plan.state == plan::State::Adopted && request::may_run(who, plan));
    Ok(plans)
}

async fn page(app: &App, shell: Shell, (plans, plan): (Vec<Plan>, Plan), given: Given) -> Result<RequestForm> {
    let l = shell.l;
    let today = time::local_date(app.clock.now());
    let known = Known::now(app).await?;
    let duties = Duty::of_plan(&app.db, plan.id).await?;
    let duty = |duty: &Duty| Choice {
        value: duty.id.to_string(),
        label: format!("{} · {}", duty.path, cut(&duty.title, TITLE_LETTERS)),
        chosen: given.stands_on == duty.id.to_string(),
    };
    let class = |class: &class::Class| Choice {
        value: class.code.clone(),
        label: class.name(l.0).to_owned(),
        chosen: given.classes.contains(&class.code),
    };
    let of_plan = |one: &Plan| Choice { value: one.slug.clone(), label: one.title(), chosen: one.id == plan.id };
    Ok(RequestForm {
        plans: plans.iter().map(of_plan).collect(),
        duties: duties.iter().filter(|duty| duty.kind != duty::Kind::Request).map(duty).collect(),
        classes: class::all().iter().map(class).collect(),
        groups: groups(l, &known, &given, today),
        preview: None,
        errors: Mistakes::default(),
        plan,
        given,
        l,
        shell,
    })
}

/// The agencies that exist today, by their kinds, each in Vietnamese order.
fn groups(l: Locale, known: &Known, given: &Given, today: NaiveDate) -> Vec<Group> {
    let mut by_kind: BTreeMap<Kind, Vec<&Brief>> = BTreeMap::new();
    for agency in known.values().filter(|agency| naming::is_open(agency, today)) {
        by_kind.entry(agency.kind).or_default().push(agency);
    }
    let group = |(kind, mut agencies): (Kind, Vec<&Brief>)| {
        agencies.sort_by_key(|agency| known.rank(agency.id));
        let choice = |agency: &&Brief| Choice {
            value: agency.id.to_string(),
            label: agency.name.clone(),
            chosen: given.agencies.contains(&agency.id),
        };
        let agencies: Vec<Choice> = agencies.iter().map(choice).collect();
        let chosen = agencies.iter().filter(|one| one.chosen).count();
        Group { label: format!("{} ({})", l.t(&kind.key()), agencies.len()), chosen, agencies }
    };
    by_kind.into_iter().map(group).collect()
}

fn sent(fields: &Fields) -> Given {
    Given {
        key: fields.one("key").chars().take(64).collect(),
        title: fields.text("title").replace('\n', " "),
        what: fields.text("what"),
        stands_on: fields.one("stands_on").trim().to_owned(),
        due: fields.text("due"),
        classes: fields.all("class").map(str::to_owned).collect(),
        agencies: fields.all("agency").filter_map(|id| id.parse().ok()).collect(),
        names: fields.text("names"),
    }
}

/// `POST /desk/requests/new`: shows whom it would ask, or asks.
pub async fn make(
    who: Asker,
    shell: Shell,
    State(app): State<App>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let fields = Fields(fields);
    let given = sent(&fields);
    if given.key.is_empty() {
        return Err(Error::bad("failure-bad-request"));
    }
    let plans = runnable(&app, &who).await?;
    let of = fields.one("plan");
    let plan = plans.iter().find(|plan| plan.slug == of).cloned().ok_or(Error::Forbidden)?;
    let (wanted, mut wrong) = read(&app, &given).await?;
    if fields.one("act") == "preview" {
        let known = Known::now(&app).await?;
        let mut asked = wanted.agencies.clone();
        asked.sort_by_key(|id| known.rank(*id));
        let names = asked.iter().filter_map(|id| known.get(id)).map(|agency| agency.name.clone()).collect();
        let mut page = page(&app, shell, (plans, plan), given).await?;
        page.preview = Some(names);
        page.errors = Mistakes::told(&wrong, page.l);
        return Ok(Page(page).into_response());
    }
    if wrong.is_empty() {
        match Request::make(&app, &who, &plan, &wanted).await {
            Ok(id) => {
                return Ok(Said::to(Request::desk_path(id), "request-made").with("count", wanted.agencies.len()).into_response());
            }
            Err(Error::Refused(obstacles)) => wrong = obstacles,
            Err(error) => return Err(error),
        }
    }
    let mut page = page(&app, shell, (plans, plan), given).await?;
    page.errors = Mistakes::told(&wrong, page.l);
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// The duty that a request stands on; what names none is refused at its field.
async fn stands_on(app: &App, typed: &str, wrong: &mut Vec<Obstacle>) -> Result<Option<Duty>> {
    if typed.is_empty() {
        return Ok(None);
    }
    let found = match typed.parse::<Uuid>() {
        Ok(id) => Duty::find(&app.db, id).await,
        Err(_) => Err(Error::NotFound),
    };
    match found {
        Ok(duty) => Ok(Some(duty)),
        Err(Error::NotFound) => {
            wrong.push(Obstacle::new("request-stands-on-unknown").at("stands_on"));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What the form means; an empty day is the one that the rule proposes.
async fn read(app: &App, given: &Given) -> Result<(Wanted, Vec<Obstacle>)> {
    let today = time::local_date(app.clock.now());
    let mut wrong = Vec::new();
    let duty = stands_on(app, &given.stands_on, &mut wrong).await?;
    let due = if given.due.trim().is_empty() {
        request::proposed(&app.db, duty.as_ref(), today).await?
    } else {
        value::day(&given.due).unwrap_or_else(|obstacle| {
            wrong.push(obstacle.at("due"));
            today
        })
    };
    let names = naming::read(app, &given.names, today, "names").await?;
    let misread = !names.obstacles.is_empty();
    wrong.extend(names.obstacles);
    let mut agencies = given.agencies.clone();
    let classes = given.classes.iter().filter(|code| !class::parts(code).is_empty()).cloned().map(Named::Class);
    for named in names.named.into_iter().chain(classes) {
        match named {
            Named::Agency(id) => {
                agencies.insert(id);
            }
            Named::Class(code) => agencies.extend(class::members(&app.db, &code, today).await?.into_iter().map(|one| one.id)),
        }
    }
    let wanted = Wanted {
        key: given.key.clone(),
        title: given.title.clone(),
        what: given.what.clone(),
        stands_on: duty.map(|duty| duty.id),
        due,
        agencies: agencies.into_iter().collect(),
    };
    let mut others = wanted.obstacles(&*Known::now(app).await?, today);
    // Where names were not understood, that nobody is chosen follows from it.
    others.retain(|obstacle| !(misread && obstacle.key == "request-without-agencies"));
    wrong.extend(others);
    Ok((wanted, wrong))
}
