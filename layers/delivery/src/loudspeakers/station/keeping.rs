//! Keeping stations: name, hamlets, programme, quiet hours, what becomes of what was missed.

use loudspeakers::schedule::Programme;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::slots::{self, NAME_LETTERS_MAX};
use super::{ActiveModel, Column, Entity, Reair, Station};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who};
use crate::loudspeakers::bulletin::writing::tidy_line;
use crate::loudspeakers::rights::{self, Verb};
use crate::web::{Error, Obstacle};

const STATIONS_MAX: u64 = 20;
const HAMLETS_MAX: usize = 300;
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
    /// `05:00-05:30 Buổi sáng`, `06:00-06:30 CN Buổi sáng`, one a line.
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
        let quiet = programme.quiet.iter().map(|quiet| slots::hours(quiet.begins, quiet.ends));
        Self {
            id: station.id,
            name: station.name.clone(),
            hamlets: station.hamlets().join("\n"),
            slots: programme.slots.iter().map(slots::line).collect::<Vec<_>>().join("\n"),
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
    let slots = slots::read(&wanted.slots).map_err(|one| wrong.push(one.at("slots")));
    let quiet = slots::read_quiet(&wanted.quiet).map_err(|one| wrong.push(one.at("quiet")));
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
