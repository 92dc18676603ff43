//! Planning an inspection: the decision, the days, the agencies, and the checklist that each visit gets a copy of.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sea_orm::{QuerySelect, SqlErr};

use super::inspection::{self, Entity};
use super::item::{self, Verdict};
use super::{Inspection, rights, visit};
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::cases::case::acting::{plain, secret};
use crate::cases::case::is_open;
use crate::duties::answer::submitting::says_nothing;
use crate::duties::holder::Part;
use crate::duties::{duty, slot};
use crate::people::agency::brief::Known;
use crate::people::agency::draft::value;
use crate::web::{Error, Obstacle};

pub const TITLE_LETTERS_MAX: usize = 300;
pub const DECISION_LETTERS_MAX: usize = 60;
pub const ITEM_LETTERS_MAX: usize = 1_000;
/// The most items of one visit.
pub const ITEMS_MAX: usize = 200;
/// The most agencies of one inspection.
pub const AGENCIES_MAX: usize = 200;
/// The longest inspection.
pub const DAYS_MAX: i64 = 400;

/// An inspection as it is wanted, as typed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub key: String,
    pub title: String,
    pub decision: String,
    pub decided_on: String,
    pub from_on: String,
    pub until_on: String,
    pub agencies: Vec<Uuid>,
    /// One item a line.
    pub checklist: String,
    /// Adds what each agency leads as items.
    pub with_duties: bool,
}

/// The same, read.
#[derive(Clone, Debug)]
pub struct Read {
    pub inspection: Inspection,
    pub agencies: Vec<Uuid>,
    pub checklist: Vec<String>,
}

/// Items of a visit: the words and the duty they were proposed from.
pub type Items = Vec<(String, Option<Uuid>)>;

/// One item a line, without those that say nothing and repetitions; None when a line is too long or there are too many.
#[must_use]
pub fn lines(given: &str) -> Option<Vec<String>> {
    let text = plain(given, ITEM_LETTERS_MAX * ITEMS_MAX)?;
    let mut seen = HashSet::new();
    let lines = text.lines().map(str::trim).filter(|line| !says_nothing(line) && seen.insert(line.to_owned()));
    let lines: Vec<String> = lines.map(str::to_owned).collect();
    let fits = lines.len() <= ITEMS_MAX && lines.iter().all(|line| line.chars().count() <= ITEM_LETTERS_MAX);
    fits.then_some(lines)
}

impl Wanted {
    fn read(&self, (leader, above): (Uuid, &[Uuid]), agencies: &Known, now: DateTimeUtc) -> Result<Read, Error> {
        let today = time::local_date(now);
        let mut wrong = Vec::new();
        let title = line(&self.title, TITLE_LETTERS_MAX, "title", &mut wrong);
        if says_nothing(&title) && wrong.is_empty() {
            wrong.push(Obstacle::new("inspection-needs-title").at("title"));
        }
        let decision = line(&self.decision, DECISION_LETTERS_MAX, "decision", &mut wrong);
        let decided_on = value::day_if_any(&self.decided_on).map_err(|one| wrong.push(one.at("decided_on"))).ok().flatten();
        let from_on = value::day(&self.from_on).map_err(|one| wrong.push(one.at("from_on"))).unwrap_or(today);
        let until_on = value::day(&self.until_on).map_err(|one| wrong.push(one.at("until_on"))).unwrap_or(from_on);
        if until_on < from_on || (until_on - from_on).num_days() > DAYS_MAX {
            wrong.push(Obstacle::new("inspection-days-wrong").with("most", DAYS_MAX).at("until_on"));
        }
        let chosen = self.chosen((leader, above), agencies, today, &mut wrong);
        wrong.extend(secret(&self.title, "title"));
        wrong.extend(secret(&self.checklist, "checklist"));
        let checklist = lines(&self.checklist).unwrap_or_else(|| {
            let words = Obstacle::new("inspection-checklist-wrong").with("most", ITEMS_MAX).with("n", ITEM_LETTERS_MAX);
            wrong.push(words.at("checklist"));
            Vec::new()
        });
        if checklist.is_empty() && !self.with_duties && wrong.is_empty() {
            wrong.push(Obstacle::new("inspection-needs-checklist").at("checklist"));
        }
        let key = plain(&self.key, 60).filter(|key| !key.is_empty());
        let (Some(key), true) = (key, wrong.is_empty()) else { return Err(Error::Refused(wrong)) };
        let inspection = Inspection {
            id: new_id(),
            key,
            title,
            decision,
            decided_on,
            from_on,
            until_on,
            leader,
            person: None,
            planned_at: now,
            demo: false,
            withdrawn_at: None,
            withdrawn_by: None,
            withdrawn_why: String::new(),
        };
        Ok(Read { inspection, agencies: chosen, checklist })
    }

    fn chosen(
        &self,
        (leader, above): (Uuid, &[Uuid]),
        agencies: &Known,
        today: NaiveDate,
        wrong: &mut Vec<Obstacle>,
    ) -> Vec<Uuid> {
        let mut chosen = self.agencies.clone();
        chosen.sort_unstable();
        chosen.dedup();
        if chosen.is_empty() || chosen.len() > AGENCIES_MAX {
            wrong.push(Obstacle::new("inspection-needs-agencies").with("most", AGENCIES_MAX).at("agencies"));
        }
        if chosen.contains(&leader) {
            wrong.push(Obstacle::new("inspection-of-itself").at("agencies"));
        }
        if let Some(higher) = chosen.iter().find(|id| above.contains(*id)) {
            let name = agencies.get(higher).map(|agency| agency.name.clone()).unwrap_or_default();
            wrong.push(Obstacle::new("inspection-of-above").with("name", name).at("agencies"));
        }
        if let Some(closed) = chosen.iter().find(|id| !is_open(agencies, **id, today)) {
            let name = agencies.get(closed).map(|agency| agency.name.clone()).unwrap_or_default();
            wrong.push(Obstacle::new("inspection-agency-closed").with("name", name).at("agencies"));
        }
        chosen
    }
}

/// One line of text.
fn line(given: &str, most: usize, field: &'static str, wrong: &mut Vec<Obstacle>) -> String {
    let text = plain(given, most).map(|text| vietnamese::normalise::squeeze_spaces(&text).into_owned());
    text.unwrap_or_else(|| {
        wrong.push(Obstacle::new("case-too-long").with("n", most).at(field));
        String::new()
    })
}

/// What each of these agencies leads between two days, in the order of the documents: two statements.
///
/// # Errors
/// The database failed.
pub async fn led_by(
    on: &impl ConnectionTrait,
    agencies: &[Uuid],
    (from, until): (NaiveDate, NaiveDate),
) -> Result<HashMap<Uuid, Items>, DbErr> {
    let held: Vec<(Uuid, Uuid)> = slot::Entity::find()
        .select_only()
        .columns([slot::Column::Agency, slot::Column::Duty])
        .distinct()
        .filter(slot::Column::Agency.is_in(agencies.iter().copied()))
        .filter(slot::Column::Part.eq(Part::Lead))
        .filter(slot::Column::VoidedOn.is_null())
        .filter(slot::Column::StartOn.lte(until))
        .filter(slot::Column::EndOn.gte(from))
        .into_tuple()
        .all(on)
        .await?;
    let ids: HashSet<Uuid> = held.iter().map(|(_, duty)| *duty).collect();
    let mut duties = duty::Entity::find().filter(duty::Column::Id.is_in(ids)).all(on).await?;
    duties.sort_by_key(|duty| (duty.plan, duty.position));
    let mut led: HashMap<Uuid, Items> = HashMap::new();
    for duty in duties {
        let text: String = duty.title.chars().take(ITEM_LETTERS_MAX).collect();
        for (agency, _) in held.iter().filter(|(_, held)| *held == duty.id) {
            led.entry(*agency).or_default().push((text.clone(), Some(duty.id)));
        }
    }
    Ok(led)
}

impl Inspection {
    /// Plans an inspection by the person's own body and tells its id. The same key again is the same inspection.
    ///
    /// # Errors
    /// Forbidden to who plans none (see [`rights::inspecting`]); refused when something is missing, too long or out of
    /// bounds, or when a body is inspected by itself or by one below it; or the database failed.
    pub async fn plan(app: &App, who: &Who, wanted: &Wanted) -> Result<Uuid, Error> {
        let known = Known::now(app).await?;
        let now = app.clock.now();
        let today = time::local_date(now);
        let leader = rights::inspecting(app, who, &known, today).await?.ok_or(Error::Forbidden)?;
        let above = rights::above(&app.db, leader, &known).await?;
        let mut read = wanted.read((leader, &above), &known, now)?;
        read.inspection.person = Some(who.person);
        let days = (read.inspection.from_on, read.inspection.until_on);
        let led = if wanted.with_duties { led_by(&app.db, &read.agencies, days).await? } else { HashMap::new() };
        let transaction = app.begin().await?;
        let own = Entity::find().filter(inspection::Column::Leader.eq(leader));
        if let Some(planned) = own.filter(inspection::Column::Key.eq(&read.inspection.key)).one(&transaction).await? {
            return Ok(planned.id);
        }
        let id = write(&transaction, &read, &led).await?;
        let fact = Fact::InspectionPlanned { title: read.inspection.title, agencies: read.agencies };
        app.record(&transaction, id, fact, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(id)
    }
}

/// The inspection, its visits and their copies of the checklist.
///
/// # Errors
/// Stale when the same press planned it already; or the database failed.
pub async fn write(on: &impl ConnectionTrait, read: &Read, led: &HashMap<Uuid, Items>) -> Result<Uuid, Error> {
    let id = read.inspection.id;
    let row = inspection::ActiveModel::from(read.inspection.clone());
    if let Err(error) = Entity::insert(row).exec_without_returning(on).await {
        return Err(match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Error::Stale,
            _ => error.into(),
        });
    }
    let visit = |agency: &Uuid| visit::Model {
        id: new_id(),
        inspection: id,
        agency: *agency,
        visited_on: None,
        conclusion: String::new(),
        published_at: None,
        version: 1,
    };
    let visits: Vec<visit::Model> = read.agencies.iter().map(visit).collect();
    visit::Entity::insert_many(visits.iter().cloned().map(visit::ActiveModel::from)).exec_without_returning(on).await?;
    for visit in &visits {
        let own = led.get(&visit.agency).cloned().unwrap_or_default();
        let items = read.checklist.iter().map(|text| (text.clone(), None)).chain(own).take(ITEMS_MAX);
        add_items(on, visit.id, 0, items.collect()).await?;
    }
    Ok(id)
}

/// Adds items to a visit, from a position on.
///
/// # Errors
/// The database failed.
pub async fn add_items(on: &impl ConnectionTrait, visit: Uuid, from: i32, items: Items) -> Result<(), DbErr> {
    if items.is_empty() {
        return Ok(());
    }
    let row = |(position, (text, duty)): (i32, (String, Option<Uuid>))| {
        let item = item::Model { id: new_id(), visit, position, text, duty, verdict: Verdict::NotLookedAt, note: String::new() };
        item::ActiveModel::from(item)
    };
    item::Entity::insert_many((from..).zip(items).map(row)).exec_without_returning(on).await.map(|_| ())
}
