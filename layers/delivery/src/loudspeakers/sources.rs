//! What of loudspeakers can be counted: airings, and hamlets: those that stations should reach, and those in which at least one airing of
//! the month was heard by the rule of [`covering`](super::covering). Nobody has given the number of people of a hamlet, so people are not
//! counted.

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, ExprTrait, JoinType, Query};
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect, QueryTrait};

use super::airing::{self, Airing};
use super::cluster::{Cluster, Kind};
use super::covering::hamlet_id;
use super::play::{self, Verdict};
use super::rights;
use super::station::Station;
use crate::base::sources::tallying::{When, happened};
use crate::base::sources::{Asked, Counting, Month, RECORDS_MAX, Record, Source, Stretch, Tallied};
use crate::base::{App, Who, time};
use crate::web::Result;

pub const SOURCES: &[Source] = &[
    Source {
        code: "airings-settled",
        counting: Counting::Happened,
        is_shared: false,
        tallies: |app, stretch| Box::pin(settled(app, stretch)),
        records: |app, who, _, asked| Box::pin(settled_records(app, who, asked)),
    },
    Source {
        code: "hamlets",
        counting: Counting::Stands,
        is_shared: false,
        tallies: |app, stretch| Box::pin(hamlets(app, stretch)),
        records: |app, who, _, asked| Box::pin(hamlet_records(app, who, false, asked)),
    },
    Source {
        code: "hamlets-reached",
        counting: Counting::Stands,
        is_shared: false,
        tallies: |app, stretch| Box::pin(reached(app, stretch)),
        records: |app, who, _, asked| Box::pin(hamlet_records(app, who, true, asked)),
    },
];

/// Airings that are over and judged; a repetition is no airing of its own.
fn over() -> Select<airing::Entity> {
    airing::Entity::find().filter(airing::Column::State.eq(airing::State::Settled)).filter(airing::Column::Attempt.eq(0))
}

async fn settled(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let of = |column| Expr::col((airing::Entity, column));
    let when = When::Moment(of(airing::Column::BeginsAt));
    happened(app, over().into_query(), (of(airing::Column::Agency), when), stretch).await
}

async fn settled_records(app: &App, who: &Who, asked: Asked) -> Result<Vec<Record>> {
    let rows = over().filter(asked.of_agency(airing::Column::Agency)).filter(asked.at(airing::Column::BeginsAt));
    let rows = rows.order_by_desc(airing::Column::BeginsAt).limit(RECORDS_MAX).all(&app.db).await?;
    let seen = seen_among(app, who, rows.iter().map(|row| row.agency)).await?;
    let record = |row: &Airing| Record {
        id: row.id,
        agency: row.agency,
        title: row.title.clone(),
        on: time::local_date(row.begins_at),
        href: if seen.contains(&row.agency) { Airing::path(row.id) } else { String::new() },
        public_href: String::new(),
    };
    Ok(rows.iter().map(record).collect())
}

/// The agencies among these whose loudspeakers the person may look at.
async fn seen_among(app: &App, who: &Who, agencies: impl Iterator<Item = Uuid>) -> Result<HashSet<Uuid>> {
    let mut seen = HashSet::new();
    for agency in agencies.collect::<HashSet<Uuid>>() {
        if rights::sees(app, who, agency).await? {
            seen.insert(agency);
        }
    }
    Ok(seen)
}

/// The months of a stretch that have begun.
fn begun(app: &App, stretch: Stretch) -> Vec<Month> {
    let this = Month::of(time::local_date(app.clock.now()));
    stretch.months().take_while(|month| *month <= this).collect()
}

/// The hamlets of a station, each once, however it is written.
fn own(station: &Station) -> HashSet<String> {
    station.hamlets().iter().map(|name| hamlet_id(station.id, name)).collect()
}

/// The hamlets of stations that there were then, as the stations name them now.
async fn hamlets(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let months = begun(app, stretch);
    let mut sums: BTreeMap<(Uuid, Month), u64> = BTreeMap::new();
    for station in Station::of(&app.db, None).await? {
        let made = Month::of(time::local_date(station.made_at));
        for month in months.iter().filter(|month| made <= **month) {
            *sums.entry((station.agency, *month)).or_default() += own(&station).len() as u64;
        }
    }
    Ok(sums.into_iter().map(|((agency, month), count)| Tallied { agency: Some(agency), month, count }).collect())
}

/// A loudspeaker on which something was heard in a month.
#[derive(FromQueryResult)]
struct Heard {
    cluster: Uuid,
    of_month: i32,
}

/// Which hamlets heard something, by place of the month in `months`.
async fn heard(app: &App, stations: &[Station], months: &[Month]) -> Result<HashSet<(usize, String)>> {
    let (Some(first), Some(last)) = (months.first().copied(), months.last().copied()) else { return Ok(HashSet::new()) };
    let (from, until) = Stretch { first, last }.moments();
    let begins = || Expr::col((airing::Entity, airing::Column::BeginsAt));
    let its_airing = Expr::col((airing::Entity, airing::Column::Id)).equals((play::Entity, play::Column::Airing));
    let mut query = Query::select();
    query
        .distinct()
        .from(play::Entity)
        .join(JoinType::InnerJoin, airing::Entity, its_airing)
        .expr_as(Expr::col((play::Entity, play::Column::Cluster)), Alias::new("cluster"))
        .expr_as(When::Moment(begins()).of_months(months), Alias::new("of_month"))
        .and_where(play::Column::Verdict.eq(Verdict::Played))
        .and_where(play::Column::State.ne(play::State::Withdrawn))
        .and_where(begins().gte(from))
        .and_where(begins().lt(until));
    let rows = Heard::find_by_statement(app.db.get_database_backend().build(&query)).all(&app.db).await?;
    let ids: Vec<Uuid> = stations.iter().map(|station| station.id).collect();
    let clusters: HashMap<Uuid, Cluster> = Cluster::of(&app.db, &ids).await?.into_iter().map(|one| (one.id, one)).collect();
    let mut heard = HashSet::new();
    for row in rows {
        let speaker = clusters.get(&row.cluster).filter(|cluster| cluster.kind == Kind::Speaker);
        let Some((cluster, at)) = speaker.zip(usize::try_from(row.of_month).ok()) else { continue };
        heard.extend(cluster.hamlets().map(|name| (at, hamlet_id(cluster.station, name))));
    }
    Ok(heard)
}

async fn reached(app: &App, stretch: Stretch) -> Result<Vec<Tallied>> {
    let months = begun(app, stretch);
    let stations = Station::of(&app.db, None).await?;
    let heard = heard(app, &stations, &months).await?;
    let mut sums: BTreeMap<(Uuid, Month), u64> = BTreeMap::new();
    for station in &stations {
        let hamlets = own(station);
        for (at, month) in months.iter().enumerate() {
            let count = hamlets.iter().filter(|hamlet| heard.contains(&(at, (*hamlet).clone()))).count();
            *sums.entry((station.agency, *month)).or_default() += count as u64;
        }
    }
    Ok(sums.into_iter().map(|((agency, month), count)| Tallied { agency: Some(agency), month, count }).collect())
}

/// The hamlets of the last month of the stretch that has begun, or those of them that heard something; each leads to its station.
async fn hamlet_records(app: &App, who: &Who, only_reached: bool, asked: Asked) -> Result<Vec<Record>> {
    let Some(last) = begun(app, asked.stretch).last().copied() else { return Ok(Vec::new()) };
    let stations = Station::of(&app.db, asked.agency).await?;
    let heard = heard(app, &stations, &[last]).await?;
    let seen = seen_among(app, who, stations.iter().map(|station| station.agency)).await?;
    let on = Stretch { first: last, last }.stands_on(time::local_date(app.clock.now()));
    let mut records = Vec::new();
    for station in stations.iter().filter(|station| Month::of(time::local_date(station.made_at)) <= last) {
        for name in station.hamlets() {
            if only_reached && !heard.contains(&(0, hamlet_id(station.id, &name))) {
                continue;
            }
            records.push(Record {
                id: station.id,
                agency: station.agency,
                title: name,
                on,
                href: if seen.contains(&station.agency) { Station::path(station.id) } else { String::new() },
                public_href: String::new(),
            });
        }
    }
    records.truncate(usize::try_from(RECORDS_MAX).unwrap_or(usize::MAX));
    Ok(records)
}
