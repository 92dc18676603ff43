//! The rule of one duty: changed by the coordinator, who sees before saving what it does.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::fields::Fields;
use super::rule_form::Given;
use super::rules;
use crate::base::{App, fact, time};
use crate::duties::changing::{self, Preview};
use crate::duties::duty::Duty;
use crate::duties::holder::Holder;
use crate::duties::naming;
use crate::duties::view;
use crate::people::agency::brief::Known;
use crate::people::telling::Events;
use crate::plans::Plan;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Said, Shell};

const PERIODS_SHOWN: usize = 6;
const HISTORY_MAX: u64 = 20;

crate::admits! {
    /// Who gives duties their rules.
    Setter: Coordinator
}

/// What a change would do, in words.
pub struct Shown {
    pub opened: u32,
    pub voided: u32,
    pub moved: u32,
    /// How many of those opened are past their day.
    pub late: usize,
    pub periods: Vec<(String, String)>,
    /// How many more periods there are.
    pub more: usize,
}

/// A holder as a row of the form.
pub struct Held {
    pub code: String,
    pub name: String,
    pub part: String,
}

#[derive(Template)]
#[template(path = "duties/staff/rule.html")]
pub struct RulePage {
    l: Locale,
    shell: Shell,
    duty: Duty,
    plan: String,
    source: String,
    rule: String,
    given: Given,
    held: Vec<Held>,
    preview: Option<Shown>,
    errors: Mistakes,
    /// A colleague was quicker: what to do.
    conflict: String,
    events: Events,
}

impl RulePage {
    fn here(&self) -> String {
        rules::of(&self.duty)
    }

    fn back(&self) -> String {
        rules::path(self.duty.plan)
    }

    fn choices(&self) -> Vec<(&'static str, String)> {
        let codes = ["unknown", "once", "monthly", "yearly", "continuous", "on_request", "never"];
        let offered = codes.into_iter().filter(|code| *code != "unknown" || self.duty.rule.is_none());
        offered.map(|code| (code, self.l.t(&format!("rule-often-{}", code.replace('_', "-"))))).collect()
    }
}

/// `GET /desk/plans/{id}/duties/{duty}`
pub async fn show(_who: Setter, shell: Shell, State(app): State<App>, Path(at): Path<(Uuid, Uuid)>) -> Result<Page<RulePage>> {
    let (plan, duty) = changing::find(&app.db, at.0, at.1).await?;
    let holders = Holder::of(&app.db, &[duty.id]).await?;
    let given = Given::of(&duty, &holders, time::local_date(app.clock.now()));
    Ok(Page(page(&app, shell, &plan, duty, given).await?))
}

async fn page(app: &App, shell: Shell, plan: &Plan, duty: Duty, given: Given) -> Result<RulePage> {
    let l = shell.l;
    let known = Known::now(app).await?;
    let facts = fact::Model::history(&app.db, duty.id, HISTORY_MAX).await?;
    let held = |(named, part): &(naming::Named, String)| Held {
        code: named.code(),
        name: naming::name(named, &known, l.0),
        part: part.clone(),
    };
    Ok(RulePage {
        plan: plan.title(),
        source: format!("{}#{}", Plan::desk_path(plan.id), crate::plans::view::anchor(&duty.path)),
        rule: duty.rule().map_or_else(|| l.t("rule-unknown"), |rule| view::rule(l, &rule)),
        held: given.holders.iter().map(held).collect(),
        events: Events::of(&app.db, l, &facts, &known).await?,
        given,
        preview: None,
        errors: Mistakes::default(),
        conflict: String::new(),
        duty,
        l,
        shell,
    })
}

/// `POST /desk/plans/{id}/duties/{duty}`: says what the change would do, or does it.
pub async fn change(
    who: Setter,
    shell: Shell,
    State(app): State<App>,
    Path(at): Path<(Uuid, Uuid)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let (plan, duty) = changing::find(&app.db, at.0, at.1).await?;
    let fields = Fields(fields);
    let given = Given::sent(&fields);
    let holders = Holder::of(&app.db, &[duty.id]).await?;
    let wanted = match given.wanted(&app, &duty, &holders).await? {
        Ok(wanted) => wanted,
        Err(wrong) => return refused(&app, shell, &plan, duty, given, &wrong).await,
    };
    if fields.one("act") != "save" {
        let preview = match duty.preview(&app, &wanted).await {
            Ok(preview) => preview,
            Err(Error::Refused(wrong)) => return refused(&app, shell, &plan, duty, given, &wrong).await,
            Err(error) => return Err(error),
        };
        // Names that were understood have become rows: the form shows what they were taken for.
        let holders = wanted.holders.iter().map(|(part, named)| (named.clone(), part_word(*part))).collect();
        let given = Given { holders, leads: String::new(), supports: String::new(), ..given };
        let mut page = page(&app, shell, &plan, duty, given).await?;
        page.preview = Some(shown(page.l, &preview));
        return Ok(Page(page).into_response());
    }
    match Duty::change(&app, &who, duty.id, given.version, &wanted).await {
        Ok(done) => Ok(Said::to(rules::path(plan.id), "rule-kept")
            .with("opened", done.opened)
            .with("voided", done.voided)
            .with("moved", done.moved)
            .into_response()),
        Err(Error::Refused(wrong)) => refused(&app, shell, &plan, duty, given, &wrong).await,
        Err(Error::Stale) => {
            // What was typed stays; pressed again, it goes over what the colleague made.
            let given = Given { version: duty.version, ..given };
            let mut page = page(&app, shell, &plan, duty, given).await?;
            page.conflict = page.l.t("rule-conflict");
            Ok(Page(page).status(StatusCode::CONFLICT))
        }
        Err(error) => Err(error),
    }
}

fn part_word(part: crate::duties::holder::Part) -> String {
    match part {
        crate::duties::holder::Part::Lead => "lead".into(),
        crate::duties::holder::Part::Support => "support".into(),
    }
}

fn shown(l: Locale, preview: &Preview) -> Shown {
    let periods = preview.periods.iter().take(PERIODS_SHOWN);
    Shown {
        opened: preview.changed.opened,
        voided: preview.changed.voided,
        moved: preview.changed.moved,
        late: preview.late,
        periods: periods.map(|period| (view::period(l, &period.key), time::day(period.due))).collect(),
        more: preview.periods.len().saturating_sub(PERIODS_SHOWN),
    }
}

async fn refused(app: &App, shell: Shell, plan: &Plan, duty: Duty, given: Given, wrong: &[Obstacle]) -> Result<Response> {
    let mut page = page(app, shell, plan, duty, given).await?;
    page.errors = Mistakes::told(wrong, page.l);
    Ok(Page(page).status(StatusCode::UNPROCESSABLE_ENTITY))
}
