//! Keeping stations: name, hamlets, programme, quiet hours, what becomes of what was missed.

use chrono::NaiveTime;
use loudspeakers::schedule::{Programme, Quiet, Slot};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::{ActiveModel, Column, Entity, Reair, Station};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who};
use crate::loudspeakers::bulletin::writing::tidy_line;
use crate::loudspeakers::rights::{self, Verb};
use crate::web::{Error, Obstacle};

const NAME_LETTERS_MAX: usize = 120;
const STATIONS_MAX: u64 = 20;
const HAMLETS_MAX: usize = 300;
const SLOTS_MAX: usize = 24;
const QUIET_MAX: usize = 4;
const REAIR_MAX: i32 = 5;
/// From ten minutes to half a day: later, devices' reports are believed no more.
const WITHIN_MIN: std::ops::RangeInclusive<i32> = 10..=720;

/// A station as it is wanted; fields as typed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Made by the form, the same for every press of the button.
    pub id: Uuid,
    pub name: String,
    /// One a line.
    pub hamlets: String,
    /// `05:00-05:30 Buổi sáng`, one a line.
    pub slots: String,
    /// `22:00-05:00`, one a line.
    pub quiet: String,
    pub reair: String,
    pub reair_max: String,
    pub reair_within_min: String,
    pub version: i32,
}

impl Wanted {
    /// The station as it is.
    #[must_use]
    pub fn of(station: &Station) -> Self {
        let programme = station.programme();
        let span = |begins: NaiveTime, ends: NaiveTime| format!("{}-{}", begins.format("%H:%M"), ends.format("%H:%M"));
        let slots = programme.slots.iter().map(|slot| format!("{} {}", span(slot.begins, slot.ends), slot.name));
        let quiet = programme.quiet.iter().map(|quiet| span(quiet.begins, quiet.ends));
        Self {
            id: station.id,
            name: station.name.clone(),
            hamlets: station.hamlets().join("\n"),
            slots: slots.collect::<Vec<_>>().join("\n"),
            quiet: quiet.collect::<Vec<_>>().join("\n"),
            reair: station.reair.to_value(),
            reair_max: station.reair_max.to_string(),
            reair_within_min: station.reair_within_min.to_string(),
            version: station.version,
        }
    }
}

struct Read {
    name: String,
    hamlets: Vec<String>,
    programme: Programme,
    reair: Reair,
    reair_max: i32,
    reair_within_min: i32,
}

fn read(wanted: &Wanted) -> Result<Read, Error> {
    let mut wrong = Vec::new();
    let name = tidy_line(&wanted.name);
    if !name.chars().any(char::is_alphanumeric) {
        wrong.push(Obstacle::new("loud-station-needs-name").at("name"));
    } else if name.chars().count() > NAME_LETTERS_MAX {
        wrong.push(Obstacle::new("article-too-long").with("n", NAME_LETTERS_MAX).at("name"));
    }
    let mut hamlets: Vec<String> = wanted.hamlets.split(['\n', ';']).map(tidy_line).filter(|one| !one.is_empty()).collect();
    let mut seen = std::collections::HashSet::new();
    hamlets.retain(|one| seen.insert(vietnamese::fold(one).into_owned()));
    if hamlets.len() > HAMLETS_MAX {
        wrong.push(Obstacle::new("loud-station-hamlets-many").with("n", HAMLETS_MAX).at("hamlets"));
    }
    let slots = lines(&wanted.slots, SLOTS_MAX, slot);
    let quiet = lines(&wanted.quiet, QUIET_MAX, |line| {
        let (begins, ends, _) = span(line)?;
        (begins != ends).then_some(Quiet { begins, ends })
    });
    for (read, field, key) in
        [(slots.as_ref().err(), "slots", "loud-station-slots"), (quiet.as_ref().err(), "quiet", "loud-station-quiet")]
    {
        if let Some(line) = read {
            wrong.push(Obstacle::new(key).with("line", line).at(field));
        }
    }
    let reair = Reair::from_code(&wanted.reair).unwrap_or_default();
    let reair_max = wanted.reair_max.trim().parse().ok().filter(|most| (0..=REAIR_MAX).contains(most));
    let within = wanted.reair_within_min.trim().parse().ok().filter(|within| WITHIN_MIN.contains(within));
    if reair_max.is_none() {
        wrong.push(Obstacle::new("loud-number-between").with("from", 0).with("n", REAIR_MAX).at("reair_max"));
    }
    if within.is_none() {
        let (from, to) = (WITHIN_MIN.start(), WITHIN_MIN.end());
        wrong.push(Obstacle::new("loud-number-between").with("from", from).with("n", to).at("reair_within_min"));
    }
    match (slots, quiet, reair_max, within) {
        (Ok(slots), Ok(quiet), Some(reair_max), Some(reair_within_min)) if wrong.is_empty() => {
            Ok(Read { name, hamlets, programme: Programme { slots, quiet }, reair, reair_max, reair_within_min })
        }
        _ => Err(Error::Refused(wrong)),
    }
}

/// Each line read; Err is the first that can not be, by its number.
fn lines<T>(text: &str, most: usize, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, usize> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        found.push(read(line.trim()).filter(|_| found.len() < most).ok_or(at + 1)?);
    }
    Ok(found)
}

/// `05:00-05:30`, with what stands behind it.
fn span(line: &str) -> Option<(NaiveTime, NaiveTime, &str)> {
    let (begins, rest) = line.split_once(['-', '–'])?;
    let rest = rest.trim_start();
    let (ends, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    Some((time(begins)?, time(ends)?, rest.trim()))
}

fn slot(line: &str) -> Option<Slot> {
    let (begins, ends, name) = span(line)?;
    let name = if name.is_empty() { begins.format("%H:%M").to_string() } else { tidy_line(name) };
    (begins < ends && name.chars().count() <= NAME_LETTERS_MAX).then_some(Slot { name, begins, ends, weekdays: Vec::new() })
}

impl Station {
    /// Adds a station of the person's agency.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; or the database failed.
    pub async fn add(app: &App, who: &Who, wanted: &Wanted) -> Result<(), Error> {
        let agency = rights::own_agency(who)?;
        rights::require(who, Verb::Keep, agency)?;
        let read = read(wanted)?;
        if Entity::find().filter(Column::Agency.eq(agency)).count(&app.db).await? >= STATIONS_MAX {
            return Err(Error::Refused(vec![Obstacle::new("loud-station-many").with("n", STATIONS_MAX).at("name")]));
        }
        let row = Self {
            id: wanted.id,
            agency,
            name: read.name.clone(),
            hamlets: serde_json::to_string(&read.hamlets)?,
            programme: serde_json::to_string(&read.programme)?,
            reair: read.reair,
            reair_max: read.reair_max,
            reair_within_min: read.reair_within_min,
            demo: false,
            made_at: app.clock.now(),
            version: 1,
        };
        let transaction = app.begin().await?;
        let once = OnConflict::column(Column::Id).do_nothing().to_owned();
        if Entity::insert(ActiveModel::from(row)).on_conflict(once).exec_without_returning(&transaction).await? > 0 {
            app.record(&transaction, wanted.id, Fact::LoudStationAdded { name: read.name }, &By::from(who)).await?;
        }
        app.commit(transaction).await?;
        Ok(())
    }

    /// Changes it. What is booked already stays where it is.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; stale when somebody was quicker; or the database failed.
    pub async fn change(app: &App, who: &Who, id: Uuid, wanted: &Wanted) -> Result<(), Error> {
        let before = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Keep, before.agency)?;
        let read = read(wanted)?;
        let was = Wanted::of(&before);
        let after = Self {
            name: read.name,
            hamlets: serde_json::to_string(&read.hamlets)?,
            programme: serde_json::to_string(&read.programme)?,
            reair: read.reair,
            reair_max: read.reair_max,
            reair_within_min: read.reair_within_min,
            version: before.version + 1,
            ..before
        };
        let is = Wanted::of(&after);
        let changes: Vec<Change> = [
            Change::of("name", &was.name, &is.name),
            Change::of("hamlets", &was.hamlets, &is.hamlets),
            Change::of("slots", &was.slots, &is.slots),
            Change::of("quiet", &was.quiet, &is.quiet),
            Change::of("reair", &was.reair, &is.reair),
            Change::of("reair_max", &was.reair_max, &is.reair_max),
            Change::of("reair_within_min", &was.reair_within_min, &is.reair_within_min),
        ]
        .into_iter()
        .flatten()
        .collect();
        if changes.is_empty() {
            return Ok(());
        }
        let name = after.name.clone();
        let row = ActiveModel { id: sea_orm::NotSet, ..ActiveModel::from(after).reset_all() };
        let transaction = app.begin().await?;
        let same = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Version.eq(wanted.version));
        if same.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        app.record(&transaction, id, Fact::LoudStationChanged { name, changes }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }
}
