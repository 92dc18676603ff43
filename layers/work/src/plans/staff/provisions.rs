//! Correcting one provision. With htmx the card alone is answered; without script the page comes back at it.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::Editor;
use super::review::{Adding, Card, Left, Order, Review};
use crate::base::App;
use crate::people::agency::brief::Brief;
use crate::plans::party::{self, Part, Party};
use crate::plans::programme::Entry;
use crate::plans::provision::adding::New;
use crate::plans::provision::{self, correction::Correction};
use crate::plans::view::{Row, anchor};
use crate::plans::{Plan, Provision};
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

/// The form of one provision, as a page of its own or inside its card.
#[derive(Template)]
#[template(path = "plans/staff/provision.html", blocks = ["form"])]
pub struct Edit {
    l: Locale,
    shell: Shell,
    plan: Plan,
    row: Row,
    form: Correction,
    /// It stands in its card on the page of the review, and is sent from there.
    within: bool,
    agencies: Vec<String>,
    /// Each with the field it stands at.
    errors: Mistakes,
}

impl Edit {
    async fn of(app: &App, shell: Shell, plan: Plan, entry: &Entry, form: Correction, errors: &[Obstacle]) -> Result<Self> {
        let agencies = Brief::all(&app.db).await?;
        let row = Row::of(shell.l, entry, &agencies);
        let mut names: Vec<String> =
            agencies.into_values().filter(|agency| agency.closed_on.is_none()).map(|agency| agency.name).collect();
        names.sort_by(|one, other| vietnamese::order::compare(one, other));
        let errors = Mistakes::told(errors, shell.l);
        Ok(Self { l: shell.l, shell, plan, row, form, within: false, agencies: names, errors })
    }

    /// The page, or the form alone, which goes into its card even where the card itself was to be replaced.
    fn answer(self, headers: &HeaderMap, status: StatusCode) -> Result<Response> {
        if is_partial(headers) {
            let within = Self { within: true, ..self };
            Ok((status, [("hx-reswap", "innerHTML")], Page(within.as_form())).into_response())
        } else {
            Ok(Page(self).status(status))
        }
    }
}

/// Whether htmx asks for a part of a page.
#[must_use]
pub fn is_partial(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request") && headers.get("hx-boosted").is_none()
}

async fn entry(app: &App, provision: Provision) -> Result<Entry> {
    let parties = Party::of_provision(&app.db, provision.id).await?;
    Ok(Entry { deadline: provision.deadline(), target: provision.target(), parties, provision })
}

fn as_form(entry: &Entry) -> Correction {
    let lines = |part: Part| entry.bodies(part).map(|party| party.name.as_str()).collect::<Vec<_>>().join("\n");
    let deadline = &entry.deadline;
    let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let target = entry.target.clone().unwrap_or_default();
    let code = |value: serde_json::Result<serde_json::Value>| {
        value.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    };
    Correction {
        version: entry.provision.version,
        kind: entry.provision.kind.clone(),
        text: entry.provision.text.clone(),
        role: entry.provision.role.clone(),
        leads: lines(Part::Lead),
        cooperates: lines(Part::Support),
        recipients: lines(Part::Recipient),
        deadline_kind: entry.provision.deadline_kind.clone(),
        year: deadline.year.map(|year| year.to_string()).unwrap_or_default(),
        month: number(deadline.month),
        day: number(deadline.day),
        quarter: number(deadline.quarter),
        interval: code(serde_json::to_value(deadline.interval)),
        before: if deadline.before { "on".into() } else { String::new() },
        target_op: target.op.unwrap_or_default(),
        target_value: target.value.and_then(|value| vietnamese::number::format_f64(value, 4)).unwrap_or_default(),
        target_unit: target.unit.unwrap_or_default(),
        target_subject: target.subject.unwrap_or_default(),
        target_exclude: target.exclude.unwrap_or_default(),
        result: entry.provision.result.clone().unwrap_or_default(),
    }
}

/// `GET /desk/plans/{id}/provisions/{provision}`: the form.
pub async fn edit(
    who: Editor,
    shell: Shell,
    State(app): State<App>,
    Path((id, provision)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
) -> Result<Response> {
    let plan = Plan::draft_for(&app, &who, id).await?;
    let entry = entry(&app, Provision::find(&app.db, id, provision).await?).await?;
    let form = as_form(&entry);
    Edit::of(&app, shell, plan, &entry, form, &[]).await?.answer(&headers, StatusCode::OK)
}

/// `POST /desk/plans/{id}/provisions/{provision}`: the correction.
pub async fn correct(
    who: Editor,
    shell: Shell,
    State(app): State<App>,
    Path((id, provision)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
    Form(form): Form<Correction>,
) -> Result<Response> {
    let plan = Plan::draft_for(&app, &who, id).await?;
    let row = Provision::find(&app.db, id, provision).await?;
    match row.correct(&app, &who, &form).await {
        Ok(()) => card(&app, &who, shell, &plan, provision, &headers).await,
        Err(Error::Refused(obstacles)) => {
            let entry = entry(&app, row).await?;
            Edit::of(&app, shell, plan, &entry, form, &obstacles).await?.answer(&headers, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error),
    }
}

/// The card as it is now, or the way back to it.
async fn card(app: &App, who: &Editor, shell: Shell, plan: &Plan, provision: Uuid, headers: &HeaderMap) -> Result<Response> {
    let row = Provision::find(&app.db, plan.id, provision).await?;
    if !is_partial(headers) {
        let to = format!("/desk/plans/{}/review#p-{}", plan.id, anchor(&row.path));
        return Ok(Said::to(to, "provision-kept").with("path", row.path).into_response());
    }
    let agencies = Brief::all(&app.db).await?;
    let entry = entry(app, row).await?;
    let open = provision::count_doubtful(&app.db, plan.id).await?;
    let left = Left {
        open,
        doubts: open + u64::from(plan.is_amendment_doubtful()),
        total: provision::count(&app.db, plan.id).await?,
        obstacles: plan.obstacles_to_adoption(&app.db).await?.iter().map(|obstacle| obstacle.text(shell.l)).collect(),
        may_adopt: plan.is_adopted_by(who),
    };
    let is_ready = left.may_adopt && left.obstacles.is_empty();
    let card = Card { l: shell.l, plan: plan.id, row: Row::of(shell.l, &entry, &agencies), left: Some(left), shell };
    let mut answer = Page(card).into_response();
    if is_ready {
        // Nothing stands in the way any more: the page is fetched again, with the button that adopts.
        answer.headers_mut().insert("hx-refresh", HeaderValue::from_static("true"));
    }
    Ok(answer)
}

#[derive(Deserialize)]
pub struct Seen {
    version: i32,
    #[serde(default)]
    why: String,
}

/// `POST /desk/plans/{id}/provisions/{provision}/confirmation`
pub async fn confirm(
    who: Editor,
    shell: Shell,
    State(app): State<App>,
    Path((id, provision)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
    Form(seen): Form<Seen>,
) -> Result<Response> {
    let plan = Plan::draft_for(&app, &who, id).await?;
    Provision::find(&app.db, id, provision).await?.confirm(&app, &who, seen.version).await?;
    card(&app, &who, shell, &plan, provision, &headers).await
}

/// `POST /desk/plans/{id}/provisions/{provision}/removal`
pub async fn remove(
    who: Editor,
    State(app): State<App>,
    Path((id, provision)): Path<(Uuid, Uuid)>,
    Form(seen): Form<Seen>,
) -> Result<Said> {
    Plan::draft_for(&app, &who, id).await?;
    let row = Provision::find(&app.db, id, provision).await?;
    let why = seen.why.trim();
    if why.is_empty() {
        return Err(Error::refused("reason-missing"));
    }
    row.remove(&app, &who, seen.version, why).await?;
    Ok(Said::to(format!("/desk/plans/{id}/review"), "provision-removed").with("path", row.path))
}

/// `POST /desk/plans/{id}/provisions`: one that the recogniser did not find; a refusal comes back with the form.
pub async fn add(
    who: Editor,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(new): Form<New>,
) -> Result<Response> {
    let plan = Plan::draft_for(&app, &who, id).await?;
    match provision::adding::add(&app, &who, &plan, &new).await {
        Ok(row) => Ok(Redirect::to(&format!("/desk/plans/{id}/provisions/{row}")).into_response()),
        Err(Error::Refused(obstacles)) => {
            let adding = Adding { form: new, errors: Mistakes::told(&obstacles, shell.l) };
            let page = Review::of(&app, &who, shell, plan, &Order::default(), adding).await?;
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

#[derive(Deserialize)]
pub struct Choice {
    /// The agency's name in the directory; empty: none of them.
    agency: String,
}

/// `POST /desk/plans/{id}/parties/{party}`: ties a name to an agency.
pub async fn choose(
    who: Editor,
    shell: Shell,
    State(app): State<App>,
    Path((id, party)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Result<Response> {
    let plan = Plan::draft_for(&app, &who, id).await?;
    let party = party::find(&app.db, id, party).await?;
    let row = Provision::find(&app.db, id, party.provision).await?;
    let wanted = choice.agency.trim();
    let agency = if wanted.is_empty() { None } else { Some(named(&app, wanted).await?) };
    provision::correction::choose(&app, &who, &row, &party, agency).await?;
    card(&app, &who, shell, &plan, row.id, &headers).await
}

async fn named(app: &App, name: &str) -> Result<(Uuid, String)> {
    let all = Brief::all(&app.db).await?;
    let found = all
        .into_values()
        .find(|agency| vietnamese::same_name(&agency.name, name) || vietnamese::same_name(&agency.short_name, name));
    found.map(|agency| (agency.id, agency.name)).ok_or_else(|| Error::refused("agency-not-in-directory"))
}
