//! Who reviews the answers of a duty besides the body that keeps the plan, and whether they need the agencies' approvers.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::fields::Fields;
use super::rule::Setter;
use super::rules;
use crate::base::{App, time};
use crate::duties::naming::{self, Named};
use crate::duties::oversight::{self, Over, Wanted};
use crate::duties::{Duty, changing};
use crate::people::agency::brief::Known;
use crate::plans::Plan;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

/// A further reviewer as a row of the form.
pub struct Row {
    /// As the form sends it back: `<agency>|` and what [`Named::code`] wrote, empty for all.
    pub code: String,
    pub name: String,
    pub over: String,
}

#[derive(Template)]
#[template(path = "duties/staff/oversight.html")]
pub struct OversightPage {
    l: Locale,
    shell: Shell,
    duty: Duty,
    plan: String,
    keeper: String,
    version: i32,
    clears: bool,
    rows: Vec<Row>,
    /// What was typed.
    reviewer: String,
    over: String,
    /// The first part of the path, and how many duties stand in it.
    part: String,
    together: usize,
    whole_part: bool,
    errors: Mistakes,
    conflict: bool,
}

impl OversightPage {
    fn rule_href(&self) -> String {
        rules::of(&self.duty)
    }

    fn here(&self) -> String {
        format!("{}/oversight", self.rule_href())
    }

    fn back(&self) -> String {
        rules::path(self.duty.plan)
    }
}

/// The duties of the plan in the same first part of the document, this one first.
async fn together(app: &App, duty: &Duty) -> Result<Vec<Duty>> {
    let part = part_of(duty);
    let mut all = Duty::of_plan(&app.db, duty.plan).await?;
    all.retain(|one| one.id == duty.id || (!part.is_empty() && part_of(one) == part));
    all.sort_by_key(|one| (one.id != duty.id, one.position));
    Ok(all)
}

fn part_of(duty: &Duty) -> &str {
    duty.path.split('.').next().unwrap_or_default()
}

/// `GET /desk/plans/{id}/duties/{duty}/oversight`
pub async fn show(
    _who: Setter,
    shell: Shell,
    State(app): State<App>,
    Path(at): Path<(Uuid, Uuid)>,
) -> Result<Page<OversightPage>> {
    let (plan, duty) = changing::find(&app.db, at.0, at.1).await?;
    let (wanted, version) = Wanted::of(&app.db, duty.id).await?;
    Ok(Page(page(&app, shell, &plan, duty, (wanted, version)).await?))
}

async fn page(app: &App, shell: Shell, plan: &Plan, duty: Duty, (wanted, version): (Wanted, i32)) -> Result<OversightPage> {
    let known = Known::now(app).await?;
    let l = shell.l;
    let name = |id: &Uuid| known.get(id).map(|agency| agency.name.clone()).unwrap_or_default();
    let row = |(reviewer, over): &(Uuid, Over)| Row {
        code: format!("{reviewer}|{}", over.as_ref().map(Named::code).unwrap_or_default()),
        name: name(reviewer),
        over: oversight::over_words(l, over, &known),
    };
    Ok(OversightPage {
        plan: plan.title(),
        keeper: name(&plan.agency),
        version,
        clears: wanted.clears,
        rows: wanted.reviewers.iter().map(row).collect(),
        reviewer: String::new(),
        over: String::new(),
        part: part_of(&duty).to_owned(),
        together: together(app, &duty).await?.len(),
        whole_part: false,
        errors: Mistakes::default(),
        conflict: false,
        duty,
        l,
        shell,
    })
}

/// `POST /desk/plans/{id}/duties/{duty}/oversight`
pub async fn set(
    who: Setter,
    shell: Shell,
    State(app): State<App>,
    Path(at): Path<(Uuid, Uuid)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let (plan, duty) = changing::find(&app.db, at.0, at.1).await?;
    let fields = Fields(fields);
    let seen: i32 = fields.one("version").parse().unwrap_or_default();
    let whole_part = fields.one("whole_part") == "on";
    let mut wanted = Wanted { clears: fields.one("clears") == "on", reviewers: fields.all("held").filter_map(read).collect() };
    let dropped: Vec<(Uuid, Over)> = fields.all("drop").filter_map(read).collect();
    wanted.reviewers.retain(|one| !dropped.contains(one));
    let wrong = match added(&app, &plan, &fields).await? {
        Ok(more) => {
            wanted.reviewers.extend(more);
            Vec::new()
        }
        Err(wrong) => wrong,
    };
    let mut distinct = Vec::new();
    wanted.reviewers.retain(|one| {
        !distinct.contains(one) && {
            distinct.push(one.clone());
            true
        }
    });
    let mut done = Ok(0);
    if wrong.is_empty() {
        let duties = if whole_part { together(&app, &duty).await? } else { vec![duty.clone()] };
        done = oversight::set(&app, &who, &duties, seen, &wanted).await;
    }
    let status = match done {
        Ok(count) if wrong.is_empty() => {
            let to = format!("{}/oversight", rules::of(&duty));
            return Ok(Said::to(to, "oversight-kept").with("count", count).into_response());
        }
        Ok(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Err(Error::Stale) => StatusCode::CONFLICT,
        Err(error) => return Err(error),
    };
    let conflict = status == StatusCode::CONFLICT;
    let version = if conflict { Wanted::of(&app.db, duty.id).await?.1 } else { seen };
    let mut page = page(&app, shell, &plan, duty, (wanted, version)).await?;
    (page.reviewer, page.over) = (fields.text("reviewer"), fields.text("over"));
    page.errors = Mistakes::told(&wrong, page.l);
    (page.conflict, page.whole_part) = (conflict, whole_part);
    Ok(Page(page).status(status))
}

/// What the form sends back of a row.
fn read(code: &str) -> Option<(Uuid, Over)> {
    let (reviewer, over) = code.split_once('|')?;
    let over = if over.is_empty() { None } else { Some(Named::from_code(over)?) };
    Some((reviewer.parse().ok()?, over))
}

/// The reviewer that was typed, once for each of those it is to look over; nothing when none was.
async fn added(app: &App, plan: &Plan, fields: &Fields) -> Result<std::result::Result<Vec<(Uuid, Over)>, Vec<Obstacle>>> {
    let today = time::local_date(app.clock.now());
    let reviewers = naming::read(app, &fields.text("reviewer"), today, "reviewer").await?;
    let over = naming::read(app, &fields.text("over"), today, "over").await?;
    let mut wrong: Vec<Obstacle> = reviewers.obstacles.into_iter().chain(over.obstacles).collect();
    let mut bodies = Vec::new();
    for named in reviewers.named {
        match named {
            Named::Agency(id) if id == plan.agency => wrong.push(Obstacle::new("oversight-keeper").at("reviewer")),
            Named::Agency(id) => bodies.push(id),
            Named::Class(_) => wrong.push(Obstacle::new("oversight-no-class").at("reviewer")),
        }
    }
    if bodies.is_empty() && !over.named.is_empty() && wrong.is_empty() {
        wrong.push(Obstacle::new("oversight-nobody").at("reviewer"));
    }
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let over: Vec<Over> = if over.named.is_empty() { vec![None] } else { over.named.into_iter().map(Some).collect() };
    Ok(Ok(bodies.iter().flat_map(|body| over.iter().map(|over| (*body, over.clone()))).collect()))
}
