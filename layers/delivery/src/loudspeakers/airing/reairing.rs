//! Airing again what clusters missed: proposed to a person, or done by itself where the station says so, within the hours that are
//! allowed, so often at most.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use sea_orm::entity::prelude::*;

use super::planning::{self};
use super::{Airing, Column, Entity, Precedence, State, Targets};
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::loudspeakers::bulletin::Bulletin;
use crate::loudspeakers::play::{self, Play, Verdict};
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::room::Room;
use crate::loudspeakers::station::{Reair, Station};
use crate::web::Error;

/// Devices get so much time to fetch the sound.
const NOTICE_MIN: i64 = 2;

impl Airing {
    /// The clusters that never played it, in it and its repetitions; those of which nobody knows are among them. None while a
    /// repetition is still to come.
    ///
    /// # Errors
    /// The database failed.
    pub async fn missed(&self, on: &impl ConnectionTrait) -> Result<Vec<Uuid>, DbErr> {
        let of = Entity::find().filter(Column::Root.eq(self.root)).filter(Column::State.eq(State::Planned));
        if of.one(on).await?.is_some() {
            return Ok(Vec::new());
        }
        let plays = play::Entity::find().filter(play::Column::Root.eq(self.root)).all(on).await?;
        let heard: HashSet<Uuid> = plays.iter().filter(|one| one.verdict == Verdict::Played).map(|one| one.cluster).collect();
        let withdrawn = |one: &&Play| one.state != play::State::Withdrawn;
        let mut missed: Vec<Uuid> =
            plays.iter().filter(withdrawn).map(|one| one.cluster).filter(|one| !heard.contains(one)).collect();
        missed.sort();
        missed.dedup();
        Ok(missed)
    }

    /// Airs it again, now or as soon as there is room, for those that missed it; one airing for each station.
    ///
    /// # Errors
    /// Forbidden to others; refused when nobody missed it, it is approved no more, or there is no room within a day; or the database
    /// failed.
    pub async fn air_again(app: &App, who: &Who, id: Uuid) -> Result<u32, Error> {
        let airing = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Write, airing.agency)?;
        let made = airing.again(app, &By::from(who), |_| true).await?;
        if made == 0 { Err(Error::refused("loud-reair-none")) } else { Ok(made) }
    }

    /// For the stations that the caller lets through; how many airings were made.
    pub(in crate::loudspeakers) async fn again(&self, app: &App, by: &By, lets: impl Fn(&Station) -> bool) -> Result<u32, Error> {
        let bulletin = Bulletin::find(&app.db, self.bulletin).await?;
        if !bulletin.is_ready() || self.state != State::Settled {
            return Ok(0);
        }
        let missed = self.missed(&app.db).await?;
        if missed.is_empty() {
            return Ok(0);
        }
        let targets = Targets { clusters: missed, ..self.targets() };
        let Ok(expected) = planning::expected(app, self.agency, &bulletin, targets).await else { return Ok(0) };
        let now = app.clock.now();
        let transaction = app.begin().await?;
        planning::hold(&transaction, &bulletin, &expected.stations).await?;
        // Two at once: the second finds that a repetition is to come.
        if self.missed(&transaction).await?.is_empty() {
            return Ok(0);
        }
        let mut made = 0;
        let mut by_station: HashMap<Uuid, Vec<_>> = HashMap::new();
        for speaker in &expected.speakers {
            by_station.entry(speaker.station).or_default().push(speaker.clone());
        }
        for station in expected.stations.iter().filter(|one| lets(one)) {
            let Some(speakers) = by_station.remove(&station.id) else { continue };
            let targets = Targets {
                all: false,
                stations: vec![station.id],
                hamlets: Vec::new(),
                clusters: speakers.iter().map(|one| one.id).collect(),
            };
            let part = planning::Expected { targets, stations: vec![station.clone()], speakers, boards: Vec::new() };
            let fresh = planning::fresh(app, new_id(), &bulletin, &part, (now, by.person)).await?;
            let precedence = if self.precedence == Precedence::Emergency { fresh.precedence } else { self.precedence };
            let again = Self { root: self.root, attempt: self.attempt + 1, precedence, ..fresh };
            let from = now + TimeDelta::minutes(NOTICE_MIN);
            let Some(begins_at) = Room::of(&transaction, station, from).await?.next_free(&again, from, now) else { continue };
            let again = Self { begins_at, ..again };
            again.put(app, &transaction, &bulletin, &part).await?;
            let fact = Fact::AiringRepeated {
                title: again.title.clone(),
                at: time::machine(begins_at),
                clusters: planning::count(part.speakers.len()),
                attempt: u32::try_from(again.attempt).unwrap_or_default(),
            };
            app.record(&transaction, again.id, fact, by).await?;
            made += 1;
        }
        app.commit(transaction).await?;
        Ok(made)
    }

    /// What stations do by themselves once it is settled.
    pub(in crate::loudspeakers) async fn again_by_rule(&self, app: &App) -> Result<u32, Error> {
        if self.precedence == Precedence::Emergency {
            return Ok(0);
        }
        let attempt = self.attempt;
        let by = By { agency: Some(self.agency), ..By::system() };
        self.again(app, &by, |station| station.reair == Reair::Automatic && attempt < station.reair_max).await
    }
}
