//! What happens on which day, and doing it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use sea_orm::entity::prelude::*;

use super::drawn::{Fate, Half, fate, lines, number, pick};
use super::scored::Step;
use super::{Stage, moved, papers};
use crate::base::time;
use crate::duties::answer::Answer;
use crate::duties::answer::draft::Content;
use crate::duties::answer::submitting::Submission;
use crate::duties::closing::{Closing, Wanted};
use crate::duties::duty::Kind;
use crate::duties::form::typed::Typed;
use crate::duties::review::{Remarks, Review, Verdict};
use crate::duties::{Slot, slot};
use crate::news::importing;
use crate::web::Error;
use crate::{agency_plans, registers};

/// In a hundred, of reports and of other work: in time, late.
const REPORTS: (u32, u32) = (88, 7);
const WORKS: (u32, u32) = (72, 12);
/// One agency in so many answers for its work, too: the whole province would take minutes.
const WORKERS: u32 = 3;
/// A review comes so many days after its answer.
const REVIEWED_AFTER: i64 = 2;
/// A period is closed so many days after its last one, and again when somebody came late.
const CLOSED_AFTER: i64 = 4;
const CLOSED_AGAIN_AFTER: i64 = 12;
/// The report on a half-year goes out so many days after its last one, and again after the second closing.
const REPORTED_AFTER: i64 = 8;
const REPORTED_AGAIN_AFTER: i64 = 15;
/// That on any other period goes out once, after both closings and on no day of a half-year's, so that numbers are the same every time.
const MONTH_REPORTED_AFTER: i64 = 14;
/// A day in January on which agencies have plans of their own.
const PLANNED_ON: u32 = 29;
/// Articles of a half-year are out so many days after it began, before the reports are written.
const OUT_AFTER: i64 = 145;
const REASONS: [&str; 3] =
    ["Chờ số liệu của các ấp (minh họa)", "Đường truyền hỏng hai ngày (minh họa)", "Cán bộ phụ trách mới nhận việc (minh họa)"];

/// Something that somebody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Plans of agencies.
    Plan,
    /// Articles of all agencies in a half-year, by its key and first day.
    Publish(String, NaiveDate),
    /// What registers keep, proved by what was published.
    Keep,
    Answer(Uuid),
    Review(Uuid),
    Close(Uuid, String),
    /// The province's report on a period.
    Report(Uuid, String),
    Score(Step),
}

impl Act {
    /// What comes first on one day.
    #[must_use]
    pub const fn rank(&self) -> u8 {
        match self {
            Self::Plan => 0,
            Self::Publish(..) => 1,
            Self::Keep => 2,
            Self::Answer(_) => 3,
            Self::Review(_) => 4,
            Self::Close(..) => 5,
            Self::Report(..) => 6,
            Self::Score(_) => 7,
        }
    }

    /// Whether what it sets in motion has to be there before anything else happens: figures are frozen, a draft is begun.
    #[must_use]
    pub const fn is_awaited(&self) -> bool {
        matches!(self, Self::Close(..))
    }

    /// Does it, by the clock of the stage.
    ///
    /// # Errors
    /// The database failed, or it was refused.
    pub async fn done(&self, stage: &Stage) -> anyhow::Result<()> {
        let told = |error: Error| anyhow::anyhow!("{self:?}: {error:?}");
        match self {
            Self::Plan => agency_plans::demo::settle(&stage.app, stage.plan.id).await,
            Self::Keep => registers::seeding::settle(&stage.app).await,
            Self::Publish(half, first) => publish(stage, half, *first).await.map_err(told),
            Self::Answer(slot) => answered(stage, *slot).await.map_err(told),
            Self::Review(slot) => reviewed(stage, *slot).await.map_err(told),
            Self::Close(duty, period) => closed(stage, *duty, period).await.map_err(told),
            Self::Report(duty, period) => papers::issue(stage, *duty, period).await.map_err(told),
            Self::Score(step) => step.done(stage).await.map_err(told),
        }
    }
}

/// Everything that happens up to a day.
///
/// # Errors
/// The database failed.
pub async fn all(stage: &Stage, until: NaiveDate) -> anyhow::Result<Vec<(NaiveDate, Act)>> {
    let mut slots = slot::Entity::find()
        .filter(slot::Column::Plan.eq(stage.plan.id))
        .filter(slot::Column::VoidedOn.is_null())
        .all(&stage.app.db)
        .await?;
    slots.retain(|one| one.due_on.year() == until.year());
    let mut acts = dated(until);
    let mut periods: BTreeMap<(Uuid, &str), (NaiveDate, bool)> = BTreeMap::new();
    for one in &slots {
        let Some(duty) = stage.duties.get(&one.duty) else { continue };
        let is_report = duty.kind == Kind::Report;
        let answered = answered_on(stage, one, is_report);
        if let Some(day) = answered {
            acts.push((day, Act::Answer(one.id)));
            if is_report && Some(one.agency) != stage.reviewer.agency {
                acts.push((moved(day, REVIEWED_AFTER), Act::Review(one.id)));
            }
        }
        if is_report {
            let period = periods.entry((one.duty, one.period.as_str())).or_insert((one.in_time_until, false));
            period.0 = period.0.max(one.in_time_until);
            period.1 |= answered.is_some_and(|day| day >= moved(one.in_time_until, CLOSED_AFTER));
        }
    }
    for ((duty, period), (last, again)) in periods {
        acts.extend(ended((duty, period), last, again));
    }
    acts.retain(|(day, _)| *day <= until);
    Ok(acts)
}

/// What has a day of its own in the year.
fn dated(until: NaiveDate) -> Vec<(NaiveDate, Act)> {
    let year = until.year();
    let on = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(until);
    let publish = |half: &str, month| {
        let first = on(month, 10);
        (moved(first, OUT_AFTER), Act::Publish(format!("{year}-{half}"), first))
    };
    let (first, second) = (publish("H1", 1), publish("H2", 7));
    let mut acts = vec![(on(1, PLANNED_ON), Act::Plan), (first.0, Act::Keep), first, second];
    acts.extend(Step::days(year).into_iter().map(|(day, step)| (day, Act::Score(step))));
    acts
}

/// What follows when the days of a period are over.
fn ended((duty, period): (Uuid, &str), last: NaiveDate, again: bool) -> Vec<(NaiveDate, Act)> {
    let close = |after| (moved(last, after), Act::Close(duty, period.to_owned()));
    let report = |after| (moved(last, after), Act::Report(duty, period.to_owned()));
    let mut acts = vec![close(CLOSED_AFTER)];
    if again {
        acts.push(close(CLOSED_AGAIN_AFTER));
    }
    match period.contains("-H") {
        true => acts.extend([report(REPORTED_AFTER), report(REPORTED_AGAIN_AFTER)]),
        false => acts.push(report(MONTH_REPORTED_AFTER)),
    }
    acts
}

/// When an agency answers; None: never.
fn answered_on(stage: &Stage, slot: &Slot, is_report: bool) -> Option<NaiveDate> {
    let (duty, agency) = (stage.duties.get(&slot.duty)?, stage.agencies.get(&slot.agency)?);
    if stage.by_hand.contains(&slot.agency) {
        return None;
    }
    let position = duty.position.to_string();
    let drawn = match is_report {
        true => fate(&[&agency.code, &position, &slot.period], REPORTS),
        false if number(&[&agency.code, "works"], WORKERS) == 0 => fate(&[&agency.code, &position, &slot.period], WORKS),
        false => Fate::Never,
    };
    match drawn {
        Fate::InTime(days) => Some(moved(slot.due_on, -days)),
        Fate::Late(days) => Some(moved(slot.due_on, days)),
        Fate::Never => None,
    }
}

async fn publish(stage: &Stage, half: &str, first: NaiveDate) -> Result<(), Error> {
    let ordered: BTreeSet<(&str, &str)> =
        stage.agencies.values().map(|one| (one.code.as_str(), one.short_name.as_str())).collect();
    let all: Vec<String> = ordered.iter().flat_map(|(code, name)| lines(code, name, (half, first))).collect();
    let mut wrong = Vec::new();
    let tell = |told: importing::Told<'_>| {
        if let importing::Told::Wrong(number, obstacle) = told {
            wrong.push(format!("{number}: {}", obstacle.key));
        }
    };
    importing::run(&stage.app, std::io::Cursor::new(all.join("\n").into_bytes()), tell).await?;
    if wrong.is_empty() { Ok(()) } else { Err(anyhow::anyhow!("articles of the demo: {}", wrong.join(", ")).into()) }
}

async fn answered(stage: &Stage, slot: Uuid) -> Result<(), Error> {
    let slot = Slot::find(&stage.app.db, slot).await?;
    let (Some(who), Some(agency)) = (stage.officers.get(&slot.agency), stage.agencies.get(&slot.agency)) else { return Ok(()) };
    let is_late = time::local_date(stage.app.clock.now()) > slot.in_time_until;
    let half = Half::of(&agency.code, &slot.period);
    let with_form = stage.with_form == Some(slot.duty);
    let content = Content {
        text: if with_form { half.words() } else { work(&agency.code, &slot) },
        typed: if with_form { half.typed((&agency.code, &slot.period)) } else { Typed::new() },
        late_reason: if is_late { pick(&REASONS, &[&agency.code, &slot.period]).to_owned() } else { String::new() },
        excusable: is_late.then_some(true),
        ..Content::default()
    };
    let submission = Submission { key: format!("played-{}", slot.id), content, ..Submission::default() };
    match Answer::submit(&stage.app, who, &slot, &submission).await {
        // Where an approver has the last word, somebody at the keyboard has it.
        Err(Error::Refused(why)) if why.iter().any(|one| one.key == "clearance-needed") => Ok(()),
        done => done,
    }
}

/// What is said of work that has no form.
fn work(agency: &str, slot: &Slot) -> String {
    let times = 1 + number(&[agency, &slot.period, "times"], 12);
    let reached = times * (40 + number(&[agency, &slot.period, "reached"], 90));
    format!("Đã làm {times} lần trong kỳ, {reached} lượt người tham gia (minh họa).")
}

async fn reviewed(stage: &Stage, slot: Uuid) -> Result<(), Error> {
    let slot = Slot::find(&stage.app.db, slot).await?;
    let Some(last) = Answer::of(&stage.app.db, &[slot.id]).await?.pop() else { return Ok(()) };
    let given = (last.id, Verdict::Accept, Remarks::default());
    Review::give(&stage.app, &stage.reviewer, &slot, stage.plan.agency, given).await
}

async fn closed(stage: &Stage, duty: Uuid, period: &str) -> Result<(), Error> {
    let Some(duty) = stage.duties.get(&duty) else { return Ok(()) };
    let seen = Closing::of(&stage.app.db, duty.id, period).await?.last().map_or(0, |last| last.version);
    let wanted = Wanted { seen, note: "Kỳ minh họa".into() };
    match Closing::make(&stage.app, &stage.coordinator, &stage.plan, duty, period, &wanted).await {
        // Somebody has time beyond the day, or nothing came since.
        Ok(_) | Err(Error::Refused(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
