//! A year of the demo province played up to a day: agencies publish, answer in time, late or not at all, answers are reviewed, periods are
//! closed with who is absent, and who comes late makes the next version; the reports on months and half-years are written, signed, numbered
//! and shown; the press is scored by criteria, and one of its bodies objects. What they declare is what they published. All is drawn from
//! codes and periods, so that every playing is the same; all goes through the front doors that people use, by a clock that is moved; and all
//! of it says of itself that it is made up.

mod acts;
mod drawn;
mod papers;
mod scored;

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};
use sea_orm::entity::prelude::*;

use crate::base::time::VIETNAM;
use crate::base::{App, By, Clock, Config, Grant, Role, Who, new_id, reaction};
use crate::capabilities::CAPABILITIES;
use crate::duties::form::Form;
use crate::duties::{Duty, slot};
use crate::people::person::adding::Newcomer;
use crate::people::{Agency, Person, agency, demo_people, grant, province};
use crate::plans::Plan;
use crate::{library, measures, news, reactions, reports, server};

/// The plan is adopted on the first working day.
const BEGINS: (u32, u32) = (1, 5);
/// A day's acts begin at nine.
const HOUR: u32 = 9;

/// Everything that acts ask for.
pub struct Stage {
    pub app: App,
    pub plan: Plan,
    pub duties: HashMap<Uuid, Duty>,
    /// The report that has a form.
    pub with_form: Option<Uuid>,
    pub agencies: HashMap<Uuid, Agency>,
    pub officers: HashMap<Uuid, Who>,
    pub coordinator: Who,
    pub reviewer: Who,
    pub approver: Who,
    /// Agencies whose officers somebody plays at the keyboard: nothing is done for them.
    pub by_hand: Vec<Uuid>,
}

/// Plays the year of `until` up to that day, its morning included, into an empty database; one that holds a plan is left alone.
///
/// # Errors
/// The database failed, or a front door refused what was drawn.
pub async fn play(config: Config, until: NaiveDate) -> anyhow::Result<()> {
    let begins = NaiveDate::from_ymd_opt(until.year(), BEGINS.0, BEGINS.1).unwrap_or(until).min(until);
    let app = server::prepare(config, CAPABILITIES, Clock::held(morning(begins)), true).await?;
    if Plan::adopted(&app.db).await?.is_empty() {
        province::settle(&app).await?;
        super::ground(&app).await?;
        // What registers prove their records with, and what a closed period is written by, has to be there in its time.
        library::seeding::settle(&app).await?;
        news::seeding::settle(&app).await?;
        reports::seeding::settle(&app).await?;
        measures::seeding::settle(&app).await?;
        let stage = Stage::set(app.clone()).await?;
        let mut acts = acts::all(&stage, until).await?;
        acts.sort_by_key(|(day, act)| (*day, act.rank()));
        for (day, act) in &acts {
            app.clock.advance((morning(*day) - app.clock.now()).max(chrono::TimeDelta::zero()));
            act.done(&stage).await?;
            if act.is_awaited() {
                settle(&app).await?;
            }
        }
        settle(&app).await?;
        tracing::info!(acts = acts.len(), %until, "the year of the demo was played");
    }
    app.db.close_by_ref().await?;
    Ok(())
}

/// Lets everything that happened be answered.
async fn settle(app: &App) -> anyhow::Result<()> {
    while reaction::work(app, reactions::react).await? > 0 {}
    Ok(())
}

fn morning(day: NaiveDate) -> DateTime<Utc> {
    let nine = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default();
    day.and_time(nine).and_local_timezone(VIETNAM).single().map(|at| at.to_utc()).unwrap_or_default()
}

/// So many days after, or before.
fn moved(day: NaiveDate, by: i64) -> NaiveDate {
    let days = Days::new(by.unsigned_abs());
    let there = if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) };
    there.unwrap_or(day)
}

impl Stage {
    async fn set(app: App) -> anyhow::Result<Self> {
        let plan = Plan::adopted(&app.db).await?.into_iter().find(|plan| plan.demo);
        let plan = plan.ok_or_else(|| anyhow::anyhow!("the demo has no plan"))?;
        let player = async |code: &str| -> anyhow::Result<Who> {
            demo_people::at_work(&app, code).await?.ok_or_else(|| anyhow::anyhow!("nobody plays the {code}"))
        };
        let (coordinator, reviewer, approver) =
            (player("coordinator").await?, player("reviewer").await?, player("approver").await?);
        let by_hand = [player("officer").await?.agency, player("officer_2").await?.agency].into_iter().flatten().collect();
        let duties: HashMap<Uuid, Duty> =
            Duty::of_plan(&app.db, plan.id).await?.into_iter().map(|duty| (duty.id, duty)).collect();
        let mut with_form = None;
        for duty in duties.keys() {
            if Form::newest(&app.db, *duty).await?.is_some_and(|form| !form.definition().fields.is_empty()) {
                with_form = Some(*duty);
            }
        }
        let owing = slot::Entity::find().filter(slot::Column::Plan.eq(plan.id)).all(&app.db).await?;
        let all = agency::Entity::find().all(&app.db).await?;
        let agencies: HashMap<Uuid, Agency> =
            all.into_iter().filter(|one| owing.iter().any(|slot| slot.agency == one.id)).map(|one| (one.id, one)).collect();
        let officers = officers(&app, &agencies).await?;
        Ok(Self { plan, duties, with_form, agencies, officers, coordinator, reviewer, approver, by_hand, app })
    }
}

/// An officer for each agency, called after the post.
async fn officers(app: &App, agencies: &HashMap<Uuid, Agency>) -> anyhow::Result<HashMap<Uuid, Who>> {
    let transaction = app.begin().await?;
    let mut officers = HashMap::new();
    let mut ordered: Vec<&Agency> = agencies.values().collect();
    ordered.sort_by(|one, other| one.code.cmp(&other.code));
    for agency in ordered {
        let newcomer = Newcomer {
            name: format!("Chuyên viên {}", agency.short_name),
            email: format!("chuyen-vien-{}@demo.lantoa.example", agency.slug),
            title: "Chuyên viên".into(),
            agency: Some(agency.id),
            ..Newcomer::default()
        };
        let added = Person::add(app, &transaction, newcomer, &By::system()).await;
        let person = added.map_err(|error| anyhow::anyhow!("an officer of the demo: {error:?}"))?;
        let held = Grant { role: Role::Officer, agency: Some(agency.id) };
        grant::Model::give(app, &transaction, person.id, held.clone(), &By::system()).await?;
        let who = Who {
            person: person.id,
            session: new_id(),
            name: person.name,
            agency: Some(agency.id),
            agency_name: agency.name.clone(),
            grants: vec![held],
        };
        officers.insert(agency.id, who);
    }
    app.commit(transaction).await?;
    Ok(officers)
}
