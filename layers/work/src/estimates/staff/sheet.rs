//! One estimate: written on while it is a draft, read afterwards; its submissions and its history.

use askama::Template;
use axum::extract::State;
use uuid::Uuid;

use super::own::standing;
use super::view::{Named, Row, choice, totals};
use crate::base::{App, Who, fact, time};
use crate::duties::held;
use crate::estimates::estimate::typed::{Typed, Wrong};
use crate::estimates::estimate::{Line, State as Stands, Submission};
use crate::estimates::{Estimate, money};
use crate::people::agency::brief::Known;
use crate::people::person;
use crate::people::telling::Events;
use crate::web::who::Signed;
use crate::web::{Error, Locale, Mistakes, Obstacle, Page, Path, Result, Shell};

/// The least rows that the form offers.
const ROWS_MIN: usize = 2;
const HISTORY_MAX: u64 = 50;
/// It is done already, and waits for somebody else.
const APPRAISE_AGAIN: &str = "estimate-appraise-again";

/// The lines being written.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub seen: i32,
    pub lines: Vec<Typed>,
    pub wrong: Vec<Wrong>,
}

/// A version as it was submitted.
pub struct Version {
    pub number: i32,
    pub total: String,
    pub who: String,
    pub at: String,
    /// Why it was sent back; empty when it was not.
    pub remarks: String,
    pub returned_by: String,
}

impl Version {
    fn mark(&self) -> &'static str {
        if self.remarks.is_empty() { "waiting" } else { "returned" }
    }
}

#[derive(Template)]
#[template(path = "estimates/staff/sheet.html")]
pub struct Sheet {
    pub l: Locale,
    pub shell: Shell,
    pub estimate: Estimate,
    pub named: Named,
    pub mark: &'static str,
    pub word: String,
    pub form: Option<Form>,
    /// Id and words of what may be chosen in a line.
    pub duties: Vec<(String, String)>,
    pub rows: Vec<Row>,
    pub totals: [Option<String>; 4],
    pub obstacles: Vec<String>,
    pub versions: Vec<Version>,
    pub acts: Vec<(&'static str, String)>,
    /// A colleague was quicker.
    pub conflict: bool,
    /// What was typed when nothing could be kept any more.
    pub lost: String,
    /// The number of the submission that is looked at alone; 0 for the estimate itself.
    pub only: i32,
    pub printed: String,
    pub decided: String,
    pub events: Events,
}

impl Sheet {
    fn here(&self) -> String {
        Estimate::desk_path(self.estimate.id)
    }

    fn wrong(&self, at: &usize, field: &str) -> String {
        let Some(form) = &self.form else { return String::new() };
        let here = form.wrong.iter().filter(|wrong| wrong.at == *at && wrong.obstacle.field == field);
        here.map(|wrong| wrong.obstacle.text(self.l)).collect::<Vec<_>>().join(" ")
    }

    /// Every mistake with the place it can be mended at.
    fn errors(&self) -> Mistakes {
        let Some(form) = &self.form else { return Mistakes::default() };
        let text = |wrong: &Wrong| {
            let words = self.l.t2("estimate-line-says", "n", wrong.at + 1, "text", wrong.obstacle.text(self.l));
            (format!("line-{}-{}", wrong.at, wrong.obstacle.field), words)
        };
        form.wrong.iter().map(text).collect()
    }

    /// The short fields of a line: name, Fluent key of the label, value.
    fn cells(&self, line: &Typed) -> [(&'static str, &'static str, String); 4] {
        [
            ("quantity", "estimate-quantity", line.quantity.clone()),
            ("unit", "estimate-unit", line.unit.clone()),
            ("unit_price", "estimate-unit-price", line.unit_price.clone()),
            ("amount", "estimate-amount", line.amount.clone()),
        ]
    }

    /// How an act's button looks: one that need not be done is not the one to press.
    fn look(&self, act: &str) -> &'static str {
        if act == APPRAISE_AGAIN { "" } else { "primary" }
    }

    fn is_settled(&self) -> bool {
        self.estimate.state >= Stands::Approved
    }
}

/// `GET /desk/estimates/{id}`
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Page<Sheet>> {
    let estimate = Estimate::find_for(&app.db, &who, id).await?;
    Ok(Page(page(&app, &who, shell, estimate, None).await?))
}

/// `GET /desk/estimates/{id}/submissions/{number}`: a version as it was submitted.
pub async fn submission(
    who: Signed,
    shell: Shell,
    State(app): State<App>,
    Path((id, number)): Path<(Uuid, i32)>,
) -> Result<Page<Sheet>> {
    let estimate = Estimate::find_for(&app.db, &who, id).await?;
    let mut page = page(&app, &who, shell, estimate, None).await?;
    let submissions = Submission::of(&app.db, id).await?;
    let lines = submissions.iter().find(|one| one.number == number).ok_or(Error::NotFound)?.lines();
    page.rows = rows(&page.named, &lines);
    page.totals = totals(&lines);
    page.versions.retain(|version| version.number == number);
    (page.form, page.only, page.obstacles, page.acts) = (None, number, Vec::new(), Vec::new());
    if let Some(remarks) = Submission::returns(&app.db, id).await?.get(&number).map(|one| one.of_lines()) {
        page.rows.iter_mut().for_each(|row| row.remark = remarks.get(&row.id).cloned().unwrap_or_default());
    }
    Ok(Page(page))
}

fn rows(named: &Named, lines: &[Line]) -> Vec<Row> {
    lines.iter().map(|line| named.row(line)).collect()
}

/// The page; `given` is what a refused press of the button brought.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, estimate: Estimate, given: Option<Form>) -> Result<Sheet> {
    let l = shell.l;
    let named = Named::of(app, &estimate).await?;
    let submissions = Submission::of(&app.db, estimate.id).await?;
    let lines = lines_for(app, who, &estimate).await?;
    let writes = estimate.state == Stands::Draft && estimate.is_written_by(who);
    let obstacles = if writes { Estimate::obstacles_to_submitting(&lines) } else { Vec::new() };
    let agencies = Known::now(app).await?;
    let mut facts = fact::Model::history(&app.db, estimate.id, HISTORY_MAX).await?;
    facts.retain(|fact| fact.kind != "AccessRefused");
    let held = if writes { held::by(&app.db, estimate.plan, estimate.agency, Some(estimate.year)).await? } else { Vec::new() };
    let (mark, word) = standing(l, &estimate, !submissions.is_empty());
    Ok(Sheet {
        mark,
        word,
        form: writes.then(|| given.unwrap_or_else(|| fresh(&estimate, &lines))),
        duties: held.iter().map(|held| (held.duty.to_string(), choice(&held.path, &held.title))).collect(),
        rows: rows(&named, &lines),
        totals: totals(&lines),
        obstacles: obstacles.iter().map(|one: &Obstacle| one.text(l)).collect(),
        versions: versions(app, l, &submissions, estimate.id).await?,
        acts: acts(who, &estimate),
        conflict: false,
        lost: String::new(),
        only: 0,
        printed: time::minute(app.clock.now()),
        decided: estimate.decision_on.map(time::day).unwrap_or_default(),
        events: Events::of(&app.db, l, &facts, &agencies).await?,
        named,
        l,
        shell,
        estimate,
    })
}

/// The lines as this person may see them: others than the agency see what was submitted last, not what is being written now.
///
/// # Errors
/// The database failed.
pub async fn lines_for(app: &App, who: &Who, estimate: &Estimate) -> Result<Vec<Line>> {
    if who.agency != Some(estimate.agency) && estimate.state == Stands::Draft {
        let submissions = Submission::of(&app.db, estimate.id).await?;
        return Ok(submissions.first().map(Submission::lines).unwrap_or_default());
    }
    Ok(Line::of(&app.db, &[estimate.id]).await?)
}

/// What this person may do next: the Fluent key, and where.
fn acts(who: &Who, estimate: &Estimate) -> Vec<(&'static str, String)> {
    let here = Estimate::desk_path(estimate.id);
    let mut acts = Vec::new();
    if matches!(estimate.state, Stands::Submitted | Stands::Appraised) && estimate.is_appraised_by(who) {
        let again = estimate.state == Stands::Appraised;
        acts.push((if again { APPRAISE_AGAIN } else { "estimate-appraise" }, format!("{here}/appraisal")));
    }
    if estimate.state == Stands::Appraised && estimate.is_approved_by(who) {
        acts.push(("estimate-approve", format!("{here}/approval")));
    }
    if matches!(estimate.state, Stands::Approved | Stands::Spent) && estimate.is_written_by(who) {
        acts.push(("estimate-spend", format!("{here}/spending")));
    }
    acts
}

fn fresh(estimate: &Estimate, lines: &[Line]) -> Form {
    let typed = lines.iter().map(typed).collect();
    Form { seen: estimate.version, lines: with_rows(typed), wrong: Vec::new() }
}

/// What was kept, as it would be typed.
#[must_use]
pub fn typed(line: &Line) -> Typed {
    let shown = |number: Option<i64>| number.map(money::shown).unwrap_or_default();
    Typed {
        duty: line.duty.to_string(),
        source: line.source.clone(),
        narrative: line.narrative.clone(),
        unit: line.unit.clone(),
        quantity: shown(line.quantity),
        unit_price: shown(line.unit_price),
        amount: money::shown(line.asked),
    }
}

/// With an empty row at the end to go on in.
#[must_use]
pub fn with_rows(mut lines: Vec<Typed>) -> Vec<Typed> {
    let last = lines.last().cloned().unwrap_or_default();
    let wanted = ROWS_MIN.max(lines.len() + usize::from(!last.is_blank()));
    // Most often the next line is for the same duty.
    lines.resize(wanted, Typed { duty: last.duty, source: last.source, ..Typed::default() });
    lines
}

async fn versions(app: &App, l: Locale, submissions: &[Submission], estimate: Uuid) -> Result<Vec<Version>> {
    let returns = Submission::returns(&app.db, estimate).await?;
    let people: Vec<Uuid> = submissions.iter().map(|one| one.person).chain(returns.values().map(|one| one.person)).collect();
    let names = person::names(&app.db, &people).await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_else(|| l.t("ledger-somebody"));
    let version = |one: &Submission| {
        let returned = returns.get(&one.number);
        Version {
            number: one.number,
            total: money::shown(one.total),
            who: name(one.person),
            at: time::minute(one.at),
            remarks: returned.map(|one| one.remarks.clone()).unwrap_or_default(),
            returned_by: returned.map(|one| format!("{}, {}", name(one.person), time::minute(one.at))).unwrap_or_default(),
        }
    };
    Ok(submissions.iter().map(version).collect())
}
