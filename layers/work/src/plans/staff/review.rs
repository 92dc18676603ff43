//! The review of a draft: the document on the left, its provisions on the right, doubts first.

use std::collections::HashMap;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use serde::Deserialize;
use uuid::Uuid;

use super::Editor;
use crate::base::{App, time};
use crate::people::agency::brief::Brief;
use crate::plans::leaf::{self, Leaf};
use crate::plans::plan::heading::Heading;
use crate::plans::plan::text;
use crate::plans::programme::Programme;
use crate::plans::provision::adding::New;
use crate::plans::recognise::Warning;
use crate::plans::view::{Row, anchor};
use crate::plans::{Plan, plan};
use crate::web::{Locale, Mistakes, Page, Path, Result, Said, Shell};

/// One provision as a card; answered alone to htmx after a correction.
#[derive(Template)]
#[template(path = "plans/staff/card.html")]
pub struct Card {
    pub l: Locale,
    pub shell: Shell,
    pub plan: Uuid,
    pub row: Row,
    /// What is left to do, to renew it elsewhere on the page; None inside the page itself.
    pub left: Option<Left>,
}

/// What stands between a draft and its adoption.
pub struct Left {
    pub open: u64,
    /// With the doubt whether it is an amendment.
    pub doubts: u64,
    pub total: u64,
    pub obstacles: Vec<String>,
    pub may_adopt: bool,
}

/// A warning of the audit with its place.
pub struct Finding {
    pub path: String,
    pub anchor: String,
    pub message: String,
}

#[derive(Template)]
#[template(path = "plans/staff/review.html")]
pub struct Review {
    l: Locale,
    shell: Shell,
    plan: Plan,
    title: String,
    issued_on: String,
    leaves: Vec<Leaf>,
    cards: Vec<String>,
    open: usize,
    /// With the doubt whether it is an amendment.
    doubts: usize,
    total: usize,
    counts: Vec<(String, usize)>,
    findings: Vec<Finding>,
    obstacles: Vec<String>,
    may_adopt: bool,
    amended: Option<Plan>,
    by_document: bool,
    paths: Vec<String>,
    /// The file was read by character recognition.
    is_ocr: bool,
    adding: Adding,
}

/// The form that adds a provision, as it was typed, with why it was refused.
#[derive(Default)]
pub struct Adding {
    pub form: New,
    pub errors: Mistakes,
}

#[derive(Default, Deserialize)]
pub struct Order {
    #[serde(default)]
    order: String,
}

/// `GET /desk/plans/{id}/review`
pub async fn show(
    who: Editor,
    shell: Shell,
    State(app): State<App>,
    Path(id): Path<Uuid>,
    Query(order): Query<Order>,
) -> Result<Page<Review>> {
    let plan = Plan::draft_for(&app, &who, id).await?;
    Ok(Page(Review::of(&app, &who, shell, plan, &order, Adding::default()).await?))
}

impl Review {
    /// The page of a draft. Statements: text, agencies, provisions and parties, what hinders adoption, the amended plan.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(app: &App, who: &Editor, shell: Shell, plan: Plan, order: &Order, adding: Adding) -> Result<Self> {
        let (l, id) = (shell.l, plan.id);
        let words = text::Model::find(&app.db, id).await?;
        let document = words.document()?;
        let agencies = Brief::all(&app.db).await?;
        let programme = Programme::load(app, plan).await?;
        let mut rows: Vec<Row> = programme.entries.iter().map(|entry| Row::of(l, entry, &agencies)).collect();
        let leaves = leaf::leaves(&document.text, &words.headings()?, &programme.entries);
        let counts = programme.counts(|entry| l.t(&format!("provision-kind-{}", entry.provision.kind)));
        let open = rows.iter().filter(|row| row.is_doubtful).count();
        let paths = rows.iter().map(|row| row.path.clone()).collect();
        let by_document = order.order == "document";
        if !by_document {
            rows.sort_by_key(|row| !row.is_doubtful);
        }
        let plan = programme.plan;
        let total = rows.len();
        let cards = rows
            .into_iter()
            .map(|row| Card { l, shell: shell.clone(), plan: id, row, left: None }.render())
            .collect::<Result<_, _>>()?;
        let obstacles = plan.obstacles_to_adoption(&app.db).await?;
        let title = plan.title();
        Ok(Self {
            title: if title.is_empty() { l.t("plan-untitled") } else { title },
            issued_on: plan.issued_on.map(time::day).unwrap_or_default(),
            leaves,
            cards,
            open,
            doubts: open + usize::from(plan.is_amendment_doubtful()),
            total,
            counts,
            findings: findings(&plan.warnings()),
            obstacles: obstacles.iter().map(|obstacle| obstacle.text(l)).collect(),
            may_adopt: plan.is_adopted_by(who),
            amended: plan.amended(&app.db).await?,
            by_document,
            paths,
            is_ocr: document.source.media == official_document::Media::Ocr,
            adding,
            plan,
            l,
            shell,
        })
    }
}

fn findings(warnings: &[Warning]) -> Vec<Finding> {
    let mut seen: HashMap<(&str, &str), ()> = HashMap::new();
    warnings
        .iter()
        .filter(|warning| seen.insert((&warning.path, &warning.message), ()).is_none())
        .map(|warning| Finding { path: warning.path.clone(), anchor: anchor(&warning.path), message: warning.message.clone() })
        .collect()
}

/// `POST /desk/plans/{id}/heading`
pub async fn heading(who: Editor, State(app): State<App>, Path(id): Path<Uuid>, Form(heading): Form<Heading>) -> Result<Said> {
    let plan: plan::Model = Plan::draft_for(&app, &who, id).await?;
    plan.correct_heading(&app, &who, &heading).await?;
    Ok(Said::to(format!("/desk/plans/{id}/review"), "plan-heading-kept"))
}
