//! Appraisal, approval and spending: one form each, a sum and some words beside every line.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::view::{Named, Row};
use crate::base::{App, Who, time};
use crate::estimates::estimate::approving::Decision;
use crate::estimates::estimate::figures::{Stage, Typed, Wrong};
use crate::estimates::estimate::{Line, State as Stands, Submission};
use crate::estimates::{Estimate, money};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub seen: i32,
    pub figures: Vec<Typed>,
    pub decision: Decision,
    pub remarks: String,
    pub wrong: Vec<Wrong>,
    /// About the whole: the decision, the remarks.
    pub others: Vec<Obstacle>,
}

#[derive(Template)]
#[template(path = "estimates/staff/stage.html")]
pub struct StagePage {
    l: Locale,
    shell: Shell,
    estimate: Estimate,
    named: Named,
    stage: Stage,
    rows: Vec<Row>,
    given: Given,
    conflict: bool,
}

impl StagePage {
    fn here(&self) -> String {
        Estimate::desk_path(self.estimate.id)
    }

    fn word(&self, key: &str) -> String {
        self.l.t(&format!("estimate-{}-{key}", self.stage.code()))
    }

    fn heading(&self) -> String {
        format!("{} {}", self.word("heading"), self.estimate.year)
    }

    fn typed(&self, id: &Uuid) -> Typed {
        let id = id.to_string();
        self.given.figures.iter().find(|typed| typed.line == id).cloned().unwrap_or_default()
    }

    fn wrong(&self, id: &Uuid, field: &str) -> String {
        let here = self.given.wrong.iter().filter(|(line, obstacle)| line == id && obstacle.field == field);
        here.map(|(_, obstacle)| obstacle.text(self.l)).collect::<Vec<_>>().join(" ")
    }

    fn errors(&self) -> Mistakes {
        let place = |id: &Uuid| self.rows.iter().position(|row| row.id == *id).unwrap_or_default() + 1;
        let of_line = |(id, obstacle): &Wrong| {
            let words = self.l.t2("estimate-line-says", "n", place(id), "text", obstacle.text(self.l));
            (format!("{}-{id}", obstacle.field), words)
        };
        let other = |obstacle: &Obstacle| (obstacle.field.to_owned(), obstacle.text(self.l));
        self.given.wrong.iter().map(of_line).chain(self.given.others.iter().map(other)).collect()
    }

    /// The sum beside which the new one is entered.
    fn before(&self, row: &Row) -> Vec<(String, String)> {
        let heads = ["estimate-asked", "estimate-appraised", "estimate-approved"];
        let known = match self.stage {
            Stage::Appraisal => 1,
            Stage::Approval => 2,
            Stage::Spending => 3,
        };
        let shown = heads.iter().zip(&row.sums).take(known);
        shown.map(|(key, sum)| (self.l.t(key), sum.clone().unwrap_or_else(|| "–".into()))).collect()
    }
}

async fn page(app: &App, shell: Shell, estimate: Estimate, stage: Stage, given: Option<Given>) -> Result<StagePage> {
    let named = Named::of(app, &estimate).await?;
    let lines = Line::of(&app.db, &[estimate.id]).await?;
    Ok(StagePage {
        rows: lines.iter().map(|line| named.row(line)).collect(),
        given: given.unwrap_or_else(|| fresh(&estimate, stage, &lines)),
        conflict: false,
        l: shell.l,
        shell,
        estimate,
        named,
        stage,
    })
}

/// What stands there already; else what would be right if nothing is changed. What was spent is never guessed.
fn fresh(estimate: &Estimate, stage: Stage, lines: &[Line]) -> Given {
    let figure = |line: &Line| {
        let (amount, words) = match stage {
            Stage::Appraisal => (line.appraised.or(Some(line.asked)), line.appraisal_remark.clone()),
            Stage::Approval => (line.approved.or(line.appraised), line.approval_reason.clone()),
            Stage::Spending => (line.spent, line.spent_reason.clone()),
        };
        Typed { line: line.id.to_string(), amount: amount.map(money::shown).unwrap_or_default(), words }
    };
    Given { seen: estimate.version, figures: lines.iter().map(figure).collect(), ..Given::default() }
}

/// The estimate, when it is at that stage and the person may do it.
async fn find(app: &App, who: &Who, id: Uuid, stage: Stage) -> Result<Estimate> {
    let estimate = Estimate::find_for(&app.db, who, id).await?;
    let (may, ready, key) = match stage {
        Stage::Appraisal => (
            estimate.is_appraised_by(who),
            matches!(estimate.state, Stands::Submitted | Stands::Appraised),
            "estimate-not-submitted",
        ),
        Stage::Approval => (estimate.is_approved_by(who), estimate.state == Stands::Appraised, "estimate-not-appraised"),
        Stage::Spending => {
            (estimate.is_written_by(who), matches!(estimate.state, Stands::Approved | Stands::Spent), "estimate-not-approved")
        }
    };
    if !may {
        return Err(Error::Forbidden);
    }
    if ready { Ok(estimate) } else { Err(Error::refused(key)) }
}

async fn show(app: &App, who: &Who, shell: Shell, id: Uuid, stage: Stage) -> Result<Page<StagePage>> {
    let estimate = find(app, who, id, stage).await?;
    Ok(Page(page(app, shell, estimate, stage, None).await?))
}

/// `GET /desk/estimates/{id}/appraisal`
pub async fn appraisal(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<StagePage>> {
    show(&app, &who, shell, id, Stage::Appraisal).await
}

/// `GET /desk/estimates/{id}/approval`
pub async fn approval(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<StagePage>> {
    show(&app, &who, shell, id, Stage::Approval).await
}

/// `GET /desk/estimates/{id}/spending`
pub async fn spending(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<StagePage>> {
    show(&app, &who, shell, id, Stage::Spending).await
}

type Fields = Vec<(String, String)>;

fn given(fields: &Fields) -> Given {
    let all = |name: &str| fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.clone()).collect::<Vec<_>>();
    let one = |name: &str| all(name).into_iter().next().unwrap_or_default();
    let (amounts, words) = (all("amount"), all("words"));
    let figure = |(at, line): (usize, String)| Typed {
        line,
        amount: amounts.get(at).cloned().unwrap_or_default(),
        words: words.get(at).cloned().unwrap_or_default(),
    };
    Given {
        seen: one("seen").parse().unwrap_or_default(),
        figures: all("line").into_iter().enumerate().map(figure).collect(),
        decision: Decision { number: one("decision_number"), day: one("decision_on") },
        remarks: one("remarks"),
        ..Given::default()
    }
}

/// One press: find, read, do, answer. What was typed comes back with a refusal, and when somebody was quicker.
async fn press(app: &App, who: &Who, shell: Shell, id: Uuid, stage: Stage, fields: &Fields) -> Result<Response> {
    let estimate = Estimate::find_for(&app.db, who, id).await?;
    let mut given = given(fields);
    let done = attempt(app, who, &estimate, stage, &mut given).await;
    let said = match stage {
        Stage::Appraisal => "estimate-appraised-said",
        Stage::Approval => "estimate-approved-said",
        Stage::Spending => "estimate-spent-said",
    };
    let (status, others) = match done {
        Ok(()) => return Ok(Said::to(Estimate::desk_path(id), said).into_response()),
        Err(error) => error.handed_back()?,
    };
    given.others.extend(others);
    let newest = find(app, who, id, stage).await?;
    if status == StatusCode::CONFLICT {
        given.seen = newest.version;
    }
    let mut page = page(app, shell, newest, stage, Some(given)).await?;
    page.conflict = status == StatusCode::CONFLICT;
    Ok(Page(page).status(status))
}

async fn attempt(app: &App, who: &Who, estimate: &Estimate, stage: Stage, given: &mut Given) -> Result<()> {
    find(app, who, estimate.id, stage).await?;
    let lines = Line::of(&app.db, &[estimate.id]).await?;
    let figures = stage.read(&lines, &given.figures).unwrap_or_else(|wrong| {
        given.wrong = wrong;
        Vec::new()
    });
    let decision = match stage {
        Stage::Approval => {
            let today = time::local_date(app.clock.now());
            let submitted = Submission::of(&app.db, estimate.id).await?;
            let submitted_on = submitted.iter().map(|one| time::local_date(one.at)).max().unwrap_or(today);
            Some(given.decision.read(submitted_on, today))
        }
        _ => None,
    };
    if let Some(Err(others)) = decision {
        return Err(Error::Refused(others));
    }
    if !given.wrong.is_empty() {
        return Err(Error::Refused(Vec::new()));
    }
    match (stage, decision) {
        (Stage::Appraisal, _) => estimate.appraise(app, who, given.seen, &figures).await,
        (Stage::Approval, Some(Ok(decision))) => estimate.approve(app, who, given.seen, decision, &figures).await,
        (Stage::Approval, _) => Err(Error::Stale),
        (Stage::Spending, _) => estimate.spend(app, who, given.seen, &figures).await,
    }
}

/// `POST /desk/estimates/{id}/appraisal`
pub async fn appraise(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    press(&app, &who, shell, id, Stage::Appraisal, &fields).await
}

/// `POST /desk/estimates/{id}/approval`
pub async fn approve(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    press(&app, &who, shell, id, Stage::Approval, &fields).await
}

/// `POST /desk/estimates/{id}/spending`
pub async fn spend(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    press(&app, &who, shell, id, Stage::Spending, &fields).await
}

/// `POST /desk/estimates/{id}/return`: sent from the form of the appraisal, whose words beside the lines go with it.
pub async fn send_back(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Result<Response> {
    let estimate = find(&app, &who, id, Stage::Appraisal).await?;
    let mut given = given(&fields);
    let worded = given.figures.iter().filter(|typed| !typed.words.trim().is_empty());
    let of_lines: HashMap<Uuid, String> = worded
        .filter_map(|typed| Some((typed.line.parse().ok()?, vietnamese::normalise(&typed.words).trim().to_owned())))
        .collect();
    match estimate.send_back(&app, &who, given.seen, (&given.remarks, &of_lines)).await {
        Ok(()) => Ok(Said::to(Estimate::desk_path(id), "estimate-returned-said").into_response()),
        Err(Error::Refused(others)) => {
            given.others = others;
            let page = page(&app, shell, estimate, Stage::Appraisal, Some(given)).await?;
            Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(Error::Stale) => {
            let newest = find(&app, &who, id, Stage::Appraisal).await?;
            given.seen = newest.version;
            let mut page = page(&app, shell, newest, Stage::Appraisal, Some(given)).await?;
            page.conflict = true;
            Ok(Page(page).status(StatusCode::CONFLICT))
        }
        Err(error) => Err(error),
    }
}
