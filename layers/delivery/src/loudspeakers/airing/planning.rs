//! Planning an airing: who should play it, whether each station has room then, and in one transaction the plays, the orders made ahead
//! and the time at which each cluster wakes.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use loudspeakers::schedule::Programme;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{Condition, DatabaseTransaction, QueryOrder};

use super::booking::{self, Booking};
use super::{Airing, Precedence, State, Targets};
use crate::base::time::VIETNAM;
use crate::base::{App, By, Fact, Who, new_id, time};
use crate::loudspeakers::bulletin::{self, Bulletin};
use crate::loudspeakers::cluster::{self, Cluster};
use crate::loudspeakers::play::Play;
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::room::{self, Room};
use crate::loudspeakers::station::{self, Station};
use crate::loudspeakers::telling_devices as orders;
use crate::loudspeakers::{airing, play};
use crate::news::view;
use crate::people::agency::brief::Known;
use crate::web::{Error, Obstacle};

/// So many days in a row at most.
pub const DAYS_MAX: i64 = 14;
/// Rows of one insert: a list of parameters has an end on both engines.
const CHUNK: usize = 400;

/// An airing as it is wanted; fields as typed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Made by the form, the same for every press of the button.
    pub id: Uuid,
    pub all: bool,
    pub stations: Vec<Uuid>,
    /// Names of hamlets, parted by semicolons or lines.
    pub hamlets: String,
    pub date: String,
    pub time: String,
    pub days: String,
    /// Of an emergency: minutes in which it may still begin.
    pub within: String,
}

impl Wanted {
    /// Where it is to be heard, as it was chosen.
    #[must_use]
    pub fn targets(&self) -> Targets {
        let hamlets = self.hamlets.split([';', '\n']).map(|one| vietnamese::normalise(one.trim()).into_owned());
        Targets {
            all: self.all,
            stations: self.stations.clone(),
            hamlets: hamlets.filter(|one| !one.is_empty()).collect(),
            clusters: Vec::new(),
        }
    }
}

/// Who is to play it.
pub struct Expected {
    pub targets: Targets,
    pub stations: Vec<Station>,
    pub speakers: Vec<Cluster>,
    pub boards: Vec<Cluster>,
}

/// Finds them. A commune airs on its own stations, an agency of the province on all.
///
/// # Errors
/// Refused when nothing would play it; not found for a station of others; or the database failed.
pub async fn expected(app: &App, agency: Uuid, bulletin: &Bulletin, mut targets: Targets) -> Result<Expected, Error> {
    let known = Known::now(app).await?;
    let own = (!rights::is_provincial(&known, agency)).then_some(agency);
    let mut stations = Station::of(&app.db, own).await?;
    if !targets.all {
        if targets.stations.iter().any(|id| !stations.iter().any(|one| one.id == *id)) {
            return Err(Error::NotFound);
        }
        stations.retain(|one| targets.stations.contains(&one.id));
    }
    let ids: Vec<Uuid> = stations.iter().map(|one| one.id).collect();
    let hears = |one: &Cluster| targets.hamlets.is_empty() || one.hamlets().any(|name| is_among(name, &targets.hamlets));
    let meant = |one: &Cluster| targets.clusters.is_empty() || targets.clusters.contains(&one.id);
    let clusters = Cluster::of(&app.db, &ids).await?.into_iter();
    let (mut speakers, mut boards): (Vec<Cluster>, Vec<Cluster>) = clusters
        .filter(|one| one.state == cluster::State::Active && hears(one) && meant(one))
        .partition(|one| one.kind == cluster::Kind::Speaker);
    if bulletin.sound.is_none() {
        speakers.clear();
    }
    if !bulletin.is_for_boards() {
        boards.clear();
    }
    if speakers.is_empty() && boards.is_empty() {
        let field = if targets.hamlets.is_empty() { "stations" } else { "hamlets" };
        return Err(Error::Refused(vec![Obstacle::new("loud-plan-nobody").at(field)]));
    }
    stations.retain(|one| speakers.iter().chain(&boards).any(|cluster| cluster.station == one.id));
    targets.stations = stations.iter().map(|one| one.id).collect();
    Ok(Expected { targets, stations, speakers, boards })
}

fn is_among(name: &str, hamlets: &[String]) -> bool {
    let folded = vietnamese::fold(name);
    hamlets.iter().any(|one| vietnamese::fold(one) == folded)
}

impl Airing {
    /// Plans a bulletin for a minute, on some days in a row. The same form sent twice plans once.
    ///
    /// # Errors
    /// Forbidden to others; refused when it is not approved, nobody would play it, or a station has no room (each with the way out);
    /// or the database failed.
    pub async fn plan(app: &App, who: &Who, bulletin: Uuid, wanted: &Wanted) -> Result<Vec<Uuid>, Error> {
        let bulletin = Bulletin::find_for(app, who, bulletin).await?;
        rights::require(who, Verb::Write, bulletin.agency)?;
        if !bulletin.is_ready() {
            return Err(Error::refused("loud-plan-unapproved"));
        }
        let times = read(wanted, app.clock.now())?;
        let expected = expected(app, bulletin.agency, &bulletin, wanted.targets()).await?;
        let times = aired(times, &expected);
        let by = By::from(who);
        let transaction = app.begin().await?;
        // Nobody changes the text, its sound or its approval meanwhile, and nobody else plans on these stations.
        hold(&transaction, &bulletin, &expected.stations).await?;
        if airing::Entity::find_by_id(wanted.id).one(&transaction).await?.is_some() {
            return Ok(vec![wanted.id]);
        }
        let mut planned = Vec::new();
        for (day, begins_at) in times.into_iter().enumerate() {
            let id = if day == 0 { wanted.id } else { new_id() };
            let airing = fresh(app, id, &bulletin, &expected, (begins_at, Some(who.person))).await?;
            airing.put(app, &transaction, &bulletin, &expected).await?;
            let (title, at) = (airing.title.clone(), time::machine(begins_at));
            let clusters = count(expected.speakers.len() + expected.boards.len());
            app.record(&transaction, id, Fact::AiringPlanned { title, at, clusters }, &by).await?;
            planned.push(id);
        }
        app.commit(transaction).await?;
        Ok(planned)
    }

    /// Puts it in with everything that it sets going: bookings (refused when there is no room), plays, orders made ahead, the hour at
    /// which clusters wake. An emergency needs no room. // recorded by the caller
    pub(super) async fn put(
        &self,
        app: &App,
        on: &DatabaseTransaction,
        bulletin: &Bulletin,
        expected: &Expected,
    ) -> Result<(), Error> {
        if self.precedence != Precedence::Emergency && self.duration_s > 0 {
            self.book(app, on, expected).await?;
        }
        airing::Entity::insert(airing::ActiveModel::from(self.clone())).exec_without_returning(on).await?;
        self.set_going(app, on, bulletin, expected).await
    }

    pub(super) async fn set_going(
        &self,
        app: &App,
        on: &DatabaseTransaction,
        bulletin: &Bulletin,
        expected: &Expected,
    ) -> Result<(), Error> {
        let plays: Vec<Play> =
            expected.speakers.iter().map(|one| Play::planned((self.id, self.root), (one.id, one.agency))).collect();
        for some in plays.chunks(CHUNK) {
            let rows = some.iter().cloned().map(play::ActiveModel::from);
            play::Entity::insert_many(rows).exec_without_returning(on).await?;
        }
        let now = app.clock.now();
        let mut ahead: Vec<_> =
            plays.iter().map(|one| orders::play_ahead(app, bulletin, self, one, now)).collect::<Result<_, _>>()?;
        for board in &expected.boards {
            ahead.push(orders::board(app, bulletin, self, board, true, now)?);
        }
        for play in &plays {
            ahead.extend(orders::fetch(app, bulletin, self, play, now)?);
        }
        orders::put(on, ahead).await?;
        wake(on, expected.speakers.iter().map(|one| one.id).collect(), self.begins_at).await?;
        Ok(())
    }

    async fn book(&self, app: &App, on: &DatabaseTransaction, expected: &Expected) -> Result<(), Error> {
        let (mut wrong, mut rows) = (Vec::new(), Vec::new());
        let stations: Vec<&Station> =
            expected.stations.iter().filter(|one| expected.speakers.iter().any(|cluster| cluster.station == one.id)).collect();
        for station in stations {
            let room = Room::of(on, station, self.begins_at).await?;
            match room.keep(self, app.clock.now()) {
                Ok((slot, ends_at)) => rows.push(Booking {
                    id: new_id(),
                    airing: self.id,
                    station: station.id,
                    slot,
                    begins_at: self.begins_at,
                    ends_at,
                }),
                Err(refused) => wrong.push(room::obstacle(&room, station, self, &refused, app.clock.now())),
            }
        }
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        for some in rows.chunks(CHUNK) {
            let rows = some.iter().cloned().map(booking::ActiveModel::from);
            booking::Entity::insert_many(rows).exec_without_returning(on).await?;
        }
        Ok(())
    }
}

/// The row, not yet kept.
pub(super) async fn fresh(
    app: &App,
    id: Uuid,
    bulletin: &Bulletin,
    expected: &Expected,
    (begins_at, made_by): (DateTime<Utc>, Option<Uuid>),
) -> Result<Airing, Error> {
    let provincial = rights::is_provincial(&*Known::now(app).await?, bulletin.agency);
    let sounds = !expected.speakers.is_empty();
    Ok(Airing {
        id,
        root: id,
        attempt: 0,
        bulletin: bulletin.id,
        agency: bulletin.agency,
        precedence: if provincial { Precedence::Provincial } else { Precedence::Internal },
        title: bulletin.title.clone(),
        targets: serde_json::to_string(&expected.targets)?,
        clusters: i32::try_from(expected.speakers.len())?,
        begins_at,
        duration_s: if sounds { bulletin.duration_s() } else { 0 },
        begins_within_min: None,
        state: State::Planned,
        made_by,
        made_at: app.clock.now(),
        released_by: None,
        released_at: None,
        settled_at: None,
        notice: String::new(),
        version: 1,
    })
}

/// Holds bulletin and stations until the transaction ends. The bulletin must still be as it was seen.
pub(super) async fn hold(on: &DatabaseTransaction, bulletin: &Bulletin, stations: &[Station]) -> Result<(), Error> {
    let same = bulletin::Entity::update_many().col_expr(bulletin::Column::Version, Expr::col(bulletin::Column::Version));
    let same = same.filter(bulletin::Column::Id.eq(bulletin.id)).filter(bulletin::Column::Version.eq(bulletin.version));
    if same.exec(on).await?.rows_affected == 0 {
        return Err(Error::Stale);
    }
    let mut ids: Vec<Uuid> = stations.iter().map(|one| one.id).collect();
    // Always in the same order: two who want each other's stations do not wait for each other for ever.
    ids.sort();
    for id in ids {
        let hold = station::Entity::update_many().col_expr(station::Column::Version, Expr::col(station::Column::Version));
        hold.filter(station::Column::Id.eq(id)).exec(on).await?;
    }
    Ok(())
}

/// Wakes clusters at that time, or earlier if they wake earlier. Whoever moves one of them now does it again.
pub(super) async fn wake(on: &impl ConnectionTrait, clusters: Vec<Uuid>, at: DateTime<Utc>) -> Result<(), DbErr> {
    use cluster::Column;
    for some in clusters.chunks(CHUNK) {
        let later = Condition::any().add(Column::WakesAt.is_null()).add(Column::WakesAt.gt(at));
        let row = cluster::Entity::update_many()
            .col_expr(Column::WakesAt, Expr::value(Some(at)))
            .col_expr(Column::AirtimeVersion, Expr::col(Column::AirtimeVersion).add(1));
        row.filter(Column::Id.is_in(some.iter().copied())).filter(later).exec(on).await?;
        let row = cluster::Entity::update_many()
            .col_expr(Column::AirtimeVersion, Expr::col(Column::AirtimeVersion).add(1))
            .filter(Column::Id.is_in(some.iter().copied()));
        row.exec(on).await?;
    }
    Ok(())
}

pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The minutes at which it begins.
fn read(wanted: &Wanted, now: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>, Error> {
    let mut wrong = Vec::new();
    let date = view::day(&wanted.date).ok().flatten();
    let clock = NaiveTime::parse_from_str(wanted.time.trim(), "%H:%M").ok();
    let days = if wanted.days.trim().is_empty() { Some(1) } else { wanted.days.trim().parse::<i64>().ok() };
    let days = days.filter(|days| (1..=DAYS_MAX).contains(days));
    for (missing, field, key) in [
        (date.is_none(), "date", "loud-plan-date"),
        (clock.is_none(), "time", "loud-plan-time"),
        (days.is_none(), "days", "loud-plan-days"),
    ] {
        if missing {
            wrong.push(Obstacle::new(key).with("n", DAYS_MAX).at(field));
        }
    }
    if !wanted.all && wanted.stations.is_empty() {
        wrong.push(Obstacle::new("loud-plan-no-station").at("stations"));
    }
    let (Some(date), Some(clock), Some(days)) = (date, clock, days) else { return Err(Error::Refused(wrong)) };
    let times: Vec<DateTime<Utc>> = (0..days).filter_map(|day| minute(date + TimeDelta::days(day), clock)).collect();
    if times.first().is_none_or(|first| *first < now) {
        wrong.push(Obstacle::new("loud-plan-past").with("now", time::minute(now)).at("time"));
    }
    if wrong.is_empty() { Ok(times) } else { Err(Error::Refused(wrong)) }
}

/// Of some days in a row those on which a station airs at that time at all: no morning on Sunday, where the programme has none. When
/// there is none of them, the first says why.
fn aired(times: Vec<DateTime<Utc>>, expected: &Expected) -> Vec<DateTime<Utc>> {
    let programmes: Vec<Programme> = expected.stations.iter().map(Station::programme).collect();
    // What goes to boards alone disturbs nobody.
    let airs = |at: &DateTime<Utc>| expected.speakers.is_empty() || programmes.iter().any(|one| !one.is_off(*at));
    if times.iter().any(airs) { times.into_iter().filter(airs).collect() } else { times }
}

fn minute(date: NaiveDate, clock: NaiveTime) -> Option<DateTime<Utc>> {
    VIETNAM.from_local_datetime(&date.and_time(clock)).single().map(|at| at.to_utc())
}

/// The airings that begin within a stretch, by time, of an agency or its stations; of all when there is none.
///
/// # Errors
/// The database failed.
pub async fn between(app: &App, agency: Option<Uuid>, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> Result<Vec<Airing>, DbErr> {
    use airing::Column;
    let mut rows = airing::Entity::find().filter(Column::BeginsAt.gte(from)).filter(Column::BeginsAt.lt(to));
    if let Some(agency) = agency {
        let here = sea_orm::sea_query::Query::select()
            .column(play::Column::Airing)
            .from(play::Entity)
            .and_where(play::Column::Agency.eq(agency))
            .to_owned();
        rows = rows.filter(Condition::any().add(Column::Agency.eq(agency)).add(Column::Id.in_subquery(here)));
    }
    rows.order_by_asc(Column::BeginsAt).order_by_asc(Column::Id).all(&app.db).await
}
