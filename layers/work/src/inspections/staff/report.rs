//! One inspection on one page, to be printed: counts by agency, and every finding with where it stands.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use uuid::Uuid;

use crate::base::{App, Who, time};
use crate::inspections::finding::Finding;
use crate::inspections::inspection::{Inspection, span};
use crate::inspections::item::Item;
use crate::inspections::publishing::FINDING_LETTERS_MAX;
use crate::inspections::view::Tally;
use crate::inspections::visit::{Visit, Whole, followed};
use crate::inspections::{export, inspection};
use crate::people::agency::brief::Known;
use crate::web::download::{CSV, Download};
use crate::web::who::Signed;
use crate::web::{Error, Locale, Page, Path, Result, Shell};
use sea_orm::EntityTrait;

/// An agency with its counts.
pub struct Line {
    pub name: String,
    pub href: String,
    pub tally: Tally,
    pub mark: &'static str,
    pub word: String,
}

/// A finding as a row.
pub struct FindingRow {
    pub href: String,
    pub agency: String,
    pub text: String,
    pub remedy: String,
    pub due: String,
    pub mark: &'static str,
    pub word: String,
}

#[derive(Template)]
#[template(path = "inspections/staff/report.html")]
pub struct Report {
    l: Locale,
    shell: Shell,
    inspection: Inspection,
    leader: String,
    when: String,
    decided: String,
    mark: &'static str,
    word: String,
    lines: Vec<Line>,
    total: Tally,
    findings: Vec<FindingRow>,
    /// Agencies with their published conclusions.
    conclusions: Vec<(String, String)>,
    printed: String,
    /// The person may take it back.
    may_withdraw: bool,
    /// When it was taken back; empty while it stands.
    withdrawn: String,
    refusal: Refusal,
}

/// A reason that was typed, and why it was refused.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    pub reason: String,
    pub error: String,
    /// Somebody else took it back.
    pub stale: bool,
}

impl Report {
    fn csv(&self) -> String {
        format!("{}/csv", Inspection::desk_path(self.inspection.id))
    }

    fn withdrawal(&self) -> String {
        format!("{}/withdrawal", Inspection::desk_path(self.inspection.id))
    }

    fn reason_max(&self) -> usize {
        FINDING_LETTERS_MAX
    }
}

/// `GET /desk/inspections/{id}`: who is inspected is led to what is theirs.
pub async fn show(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Response> {
    if let Some(own) = own_visit(&app, &who, id).await? {
        return Ok(Redirect::to(&own).into_response());
    }
    let inspection = Inspection::find_for(&app, &who, id).await?;
    Ok(Page(page(&app, &who, shell, inspection, Refusal::default()).await?).into_response())
}

/// The address of the published visit to the person's own agency, where that is all they may see.
async fn own_visit(app: &App, who: &Who, id: Uuid) -> Result<Option<String>> {
    let inspection = inspection::Entity::find_by_id(id).one(&app.db).await?.ok_or(Error::NotFound)?;
    let Some(own) = who.agency.filter(|_| !inspection.is_seen_by(who)) else { return Ok(None) };
    let visit = Visit::at(&app.db, id, own).await?.filter(|visit| visit.published_at.is_some());
    let slug = Known::now(app).await?.get(&own).map(|agency| agency.slug.clone()).unwrap_or_default();
    Ok(visit.map(|_| Inspection::visit_path(id, &slug)))
}

/// The page of an inspection that the person may read, with what a refused press brought.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, who: &Who, shell: Shell, inspection: Inspection, refusal: Refusal) -> Result<Report> {
    let l = shell.l;
    let today = time::local_date(app.clock.now());
    let agencies = Known::now(app).await?;
    let visits = wholes(app, &inspection, &agencies).await?;
    let published = visits.iter().filter(|whole| whole.visit.published_at.is_some()).count();
    let standing = inspection.standing(visits.len(), published, today);
    let lines: Vec<Line> = visits.iter().map(|whole| line(l, &inspection, whole, &agencies, today)).collect();
    let name = |id: Uuid| agencies.get(&id).map(|agency| agency.name.clone()).unwrap_or_default();
    let shown = visits.iter().filter(|whole| whole.visit.published_at.is_some());
    Ok(Report {
        leader: name(inspection.leader),
        when: span(inspection.from_on, inspection.until_on),
        decided: inspection.decided_on.map(time::day).unwrap_or_default(),
        mark: standing.mark(),
        word: l.t(standing.key()),
        total: lines.iter().fold(Tally::default(), |sum, line| sum.and(&line.tally)),
        conclusions: shown.map(|whole| (name(whole.visit.agency), whole.visit.conclusion.clone())).collect(),
        findings: findings(l, &visits, &lines, today),
        lines,
        printed: time::minute(app.clock.now()),
        may_withdraw: !inspection.is_withdrawn() && inspection.is_decided_by(who, &agencies, today),
        withdrawn: inspection.withdrawn_at.map(time::minute).unwrap_or_default(),
        refusal,
        inspection,
        l,
        shell,
    })
}

/// All visits with what belongs to them, by the agency's name: four statements.
async fn wholes(app: &App, inspection: &Inspection, agencies: &Known) -> Result<Vec<Whole>> {
    let mut visits = Inspection::visits(&app.db, &[inspection.id]).await?;
    visits.sort_by_key(|visit| agencies.rank(visit.agency));
    let ids: Vec<Uuid> = visits.iter().map(|visit| visit.id).collect();
    let mut items: HashMap<Uuid, Vec<Item>> = HashMap::new();
    for item in Item::of(&app.db, &ids).await? {
        items.entry(item.visit).or_default().push(item);
    }
    let mut found: HashMap<Uuid, Vec<_>> = HashMap::new();
    for one in followed(&app.db, Finding::of(&app.db, &ids).await?).await? {
        found.entry(one.finding.visit).or_default().push(one);
    }
    let whole = |visit: Visit| Whole {
        items: items.remove(&visit.id).unwrap_or_default(),
        findings: found.remove(&visit.id).unwrap_or_default(),
        visit,
    };
    Ok(visits.into_iter().map(whole).map(|one| one.within(inspection)).collect())
}

fn line(l: Locale, inspection: &Inspection, whole: &Whole, agencies: &Known, today: NaiveDate) -> Line {
    let agency = agencies.get(&whole.visit.agency);
    let (mark, key) = match (whole.visit.published_at, whole.visit.visited_on) {
        (Some(_), _) => ("issued", "visit-published"),
        (None, Some(_)) => ("draft", "visit-visited"),
        (None, None) => ("open", "visit-planned"),
    };
    Line {
        name: agency.map(|agency| agency.name.clone()).unwrap_or_default(),
        href: Inspection::visit_path(inspection.id, agency.map(|agency| agency.slug.as_str()).unwrap_or_default()),
        tally: Tally::of(whole, today),
        mark,
        word: l.t(key),
    }
}

fn findings(l: Locale, visits: &[Whole], lines: &[Line], today: NaiveDate) -> Vec<FindingRow> {
    let mut all: Vec<_> =
        visits.iter().zip(lines).flat_map(|(whole, line)| whole.findings.iter().map(move |one| (one, line))).collect();
    all.sort_by_key(|(one, _)| (!one.standing(today).is_owed(), one.due_on()));
    let row = |(one, line): (&crate::inspections::finding::Followed, &Line)| FindingRow {
        href: format!("{}#finding-{}", line.href, one.finding.id),
        agency: line.name.clone(),
        text: one.finding.text.clone(),
        remedy: one.finding.remedy.clone(),
        due: time::day(one.due_on()),
        mark: one.mark(today),
        word: l.t(one.standing(today).key()),
    };
    all.into_iter().map(row).collect()
}

/// `GET /desk/inspections/{id}/csv`
pub async fn csv(who: Signed, shell: Shell, State(app): State<App>, Path(id): Path<Uuid>) -> Result<Download> {
    let inspection = Inspection::find_for(&app, &who, id).await?;
    let agencies = Known::now(&app).await?;
    let visits = wholes(&app, &inspection, &agencies).await?;
    let bytes = export::table(shell.l, &visits, &agencies, time::local_date(app.clock.now()))?;
    Ok(Download { name: format!("kiem-tra-{}.csv", inspection.from_on), media_type: CSV, bytes })
}
