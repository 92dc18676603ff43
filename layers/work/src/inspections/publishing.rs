//! Findings of a visit, and publishing its conclusion to the agency. What is published does not change.

use chrono::{Days, NaiveDate};
use sea_orm::entity::prelude::*;

use super::finding::{self, Finding};
use super::item::Verdict;
use super::visit::{self, Visit, Whole};
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::cases::case::acting::{plain, secret};
use crate::duties::answer::submitting::says_nothing;
use crate::people::agency::draft::value;
use crate::web::{Error, Obstacle};

pub const FINDING_LETTERS_MAX: usize = 4_000;
/// The most findings of one visit.
pub const FINDINGS_MAX: usize = 100;
/// A remedy is asked for within so many days.
pub const DUE_DAYS_MAX: u64 = 730;

/// A finding as it is wanted, as typed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub version: i32,
    pub item: Option<Uuid>,
    pub text: String,
    pub remedy: String,
    pub due_on: String,
}

/// A day on which a remedy may be due: from tomorrow on.
///
/// # Errors
/// No day, or one that is past or too far.
pub fn due_day(given: &str, today: NaiveDate, field: &'static str) -> Result<NaiveDate, Obstacle> {
    let day = value::day(given).map_err(|one| one.at(field))?;
    let last = today.checked_add_days(Days::new(DUE_DAYS_MAX)).unwrap_or(today);
    if day > today && day <= last {
        Ok(day)
    } else {
        Err(Obstacle::new("finding-due-wrong").with("most", DUE_DAYS_MAX).at(field))
    }
}

/// A text that must be there; a dot is none.
///
/// # Errors
/// None, or too long.
pub fn needed(given: &str, field: &'static str, missing: &'static str) -> Result<String, Obstacle> {
    match plain(given, FINDING_LETTERS_MAX) {
        None => Err(Obstacle::new("case-too-long").with("n", FINDING_LETTERS_MAX).at(field)),
        Some(text) if says_nothing(&text) => Err(Obstacle::new(missing).at(field)),
        Some(text) => secret(&text, field).map_or(Ok(text), Err),
    }
}

impl Whole {
    /// What stands in the way of publishing; the page shows the same list before anyone presses the button.
    #[must_use]
    pub fn obstacles_to_publishing(&self, today: NaiveDate) -> Vec<Obstacle> {
        let mut obstacles = Vec::new();
        if self.visit.visited_on.is_none() {
            obstacles.push(Obstacle::new("visit-obstacle-day"));
        }
        if says_nothing(&self.visit.conclusion) {
            obstacles.push(Obstacle::new("visit-obstacle-conclusion"));
        }
        if !self.items.iter().any(|item| item.verdict != Verdict::NotLookedAt) {
            obstacles.push(Obstacle::new("visit-obstacle-unseen"));
        }
        let found = |item: Uuid| self.findings.iter().any(|one| one.finding.item == Some(item));
        let bare = self.items.iter().filter(|item| item.verdict == Verdict::Fails && !found(item.id)).count();
        if bare > 0 {
            obstacles.push(Obstacle::new("visit-obstacle-bare").with("count", bare));
        }
        let past = self.findings.iter().filter(|one| one.finding.due_on <= today).count();
        if past > 0 {
            obstacles.push(Obstacle::new("visit-obstacle-due").with("count", past));
        }
        obstacles
    }
}

impl Visit {
    /// Adds a finding.
    ///
    /// # Errors
    /// Refused when a text is missing or too long, or the day is past; stale when a colleague was quicker or the
    /// conclusion is published; or the database failed.
    pub async fn find(&self, app: &App, who: &Who, inspection: Uuid, wanted: &Wanted) -> Result<(), Error> {
        let today = time::local_date(app.clock.now());
        let text = needed(&wanted.text, "text", "finding-needs-text");
        let remedy = needed(&wanted.remedy, "remedy", "finding-needs-remedy");
        let due_on = due_day(&wanted.due_on, today, "due_on");
        let (text, remedy, due_on) = match (text, remedy, due_on) {
            (Ok(text), Ok(remedy), Ok(due_on)) => (text, remedy, due_on),
            (text, remedy, due_on) => {
                return Err(Error::Refused([text.err(), remedy.err(), due_on.err()].into_iter().flatten().collect()));
            }
        };
        let transaction = app.begin().await?;
        self.claim(&transaction, wanted.version).await?;
        let whole = Whole::of(&transaction, self.clone()).await?;
        if whole.findings.len() >= FINDINGS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("finding-too-many").with("n", FINDINGS_MAX).at("text")]));
        }
        // An item of another visit is none of this one's.
        let item = wanted.item.filter(|wanted| whole.items.iter().any(|item| item.id == *wanted));
        let row = Finding { id: new_id(), visit: self.id, item, text, remedy, due_on, at: app.clock.now() };
        finding::Entity::insert(finding::ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        app.record(&transaction, inspection, Fact::FindingAdded { agency: self.agency }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Takes a finding out again, before anybody else has seen it.
    ///
    /// # Errors
    /// Not found; stale when a colleague was quicker or the conclusion is published; or the database failed.
    pub async fn take_back(&self, app: &App, who: &Who, inspection: Uuid, (finding, seen): (Uuid, i32)) -> Result<(), Error> {
        let transaction = app.begin().await?;
        self.claim(&transaction, seen).await?;
        let own =
            finding::Entity::delete_many().filter(finding::Column::Id.eq(finding)).filter(finding::Column::Visit.eq(self.id));
        if own.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::NotFound);
        }
        app.record(&transaction, inspection, Fact::FindingTakenBack { agency: self.agency }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Publishes the conclusion: the agency is told and sees it. Whether the person may is [`Inspection::is_decided_by`]'s.
    ///
    /// [`Inspection::is_decided_by`]: super::Inspection::is_decided_by
    ///
    /// # Errors
    /// Refused while something stands in the way; stale when a colleague was quicker or it is published already.
    pub async fn publish(&self, app: &App, who: &Who, inspection: Uuid, seen: i32) -> Result<(), Error> {
        let now = app.clock.now();
        let transaction = app.begin().await?;
        self.claim(&transaction, seen).await?;
        let whole = Whole::of(&transaction, self.clone()).await?;
        let obstacles = whole.obstacles_to_publishing(time::local_date(now));
        if !obstacles.is_empty() {
            return Err(Error::Refused(obstacles));
        }
        visit::Entity::update_many()
            .col_expr(visit::Column::PublishedAt, Expr::value(Some(now)))
            .filter(visit::Column::Id.eq(self.id))
            .filter(visit::Column::PublishedAt.is_null())
            .exec(&transaction)
            .await?;
        let findings = u32::try_from(whole.findings.len()).unwrap_or(u32::MAX);
        let fact = Fact::ConclusionPublished { agency: self.agency, findings };
        app.record(&transaction, inspection, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
