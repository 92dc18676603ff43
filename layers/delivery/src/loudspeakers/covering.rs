//! Who heard it: loudspeakers and hamlets, by commune, of one airing with its repetitions or of a stretch of time. Counted when it is
//! asked for, from the verdicts; the rule goes with every figure.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use loudspeakers::coverage::{Both, Cluster as Unit, Coverage, Hamlet, Rule, Tally, Verdict as Leaf, of_verdicts};
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use super::airing;
use super::cluster::{self, Cluster};
use super::play::{self, State, Verdict};
use super::station::{self, Station};
use crate::base::App;
use crate::web::{Error, Locale};

/// The rule in words, to stand beside the figures.
#[must_use]
pub fn rule_words(l: Locale) -> String {
    let rule = Rule::default();
    let words = [("share", ((rule.share_min * 100.0).round() as i64).to_string()), ("seconds", rule.beat_within_s.to_string())];
    l.with("loud-coverage-rule", &words)
}

/// The verdict as the leaf has it; None where there is none yet.
fn of_leaf(verdict: Verdict, share_milli: i32) -> Option<Leaf> {
    let share = f64::from(share_milli) / 1000.0;
    match verdict {
        Verdict::Open => None,
        Verdict::Played => Some(Leaf::Played { share }),
        Verdict::Partly => Some(Leaf::Partly { share }),
        Verdict::Contradicted => Some(Leaf::Contradicted(loudspeakers::coverage::Contradiction::NoHeartbeat)),
        Verdict::Acknowledged => Some(Leaf::AcknowledgedOnly),
        Verdict::Unreported => Some(Leaf::Unreported),
    }
}

/// The better of two verdicts of one cluster: a repetition makes good what was missed.
fn better(one: Verdict, other: Verdict) -> Verdict {
    let rank = |verdict: Verdict| match verdict {
        Verdict::Played => 0,
        Verdict::Partly => 1,
        Verdict::Unreported => 2,
        Verdict::Acknowledged => 3,
        Verdict::Contradicted => 4,
        Verdict::Open => 5,
    };
    if rank(other) < rank(one) { other } else { one }
}

/// One id for a hamlet of a station: names repeat from commune to commune.
pub(super) fn hamlet_id(station: Uuid, name: &str) -> String {
    format!("{station}/{}", vietnamese::fold(name))
}

fn unit(one: &Cluster) -> Unit {
    Unit {
        id: one.id.to_string(),
        commune: one.agency.to_string(),
        hamlets: one.hamlets().map(|name| hamlet_id(one.station, name)).collect(),
    }
}

fn hamlets(station: &Station) -> Vec<Hamlet> {
    let of = station
        .hamlets()
        .into_iter()
        .map(|name| Hamlet { id: hamlet_id(station.id, &name), commune: station.agency.to_string() });
    of.collect()
}

/// Of an airing and its repetitions: the clusters that were expected, and the hamlets of their stations.
///
/// # Errors
/// The database failed.
pub async fn of_root(app: &App, root: Uuid) -> Result<Coverage, Error> {
    let plays = play::Entity::find().filter(play::Column::Root.eq(root)).all(&app.db).await?;
    let mut best: HashMap<Uuid, (Verdict, i32)> = HashMap::new();
    for play in plays.iter().filter(|one| one.state != State::Withdrawn) {
        let known = best.entry(play.cluster).or_insert((play.verdict, play.share_milli));
        if better(known.0, play.verdict) != known.0 {
            *known = (play.verdict, play.share_milli);
        }
    }
    let ids: Vec<Uuid> = best.keys().copied().collect();
    let mut clusters = Vec::new();
    for some in ids.chunks(400) {
        clusters.extend(cluster::Entity::find().filter(cluster::Column::Id.is_in(some.iter().copied())).all(&app.db).await?);
    }
    let stations: HashSet<Uuid> = clusters.iter().map(|one| one.station).collect();
    let stations = station::Entity::find().filter(station::Column::Id.is_in(stations)).all(&app.db).await?;
    let narrowed = airing::Entity::find_by_id(root).one(&app.db).await?.map(|one| one.targets().hamlets).unwrap_or_default();
    let mut expected: Vec<Hamlet> = stations.iter().flat_map(hamlets).collect();
    if !narrowed.is_empty() {
        let wanted: HashSet<String> =
            stations.iter().flat_map(|one| narrowed.iter().map(|name| hamlet_id(one.id, name))).collect();
        expected.retain(|one| wanted.contains(&one.id));
    }
    let units: Vec<Unit> = clusters.iter().map(unit).collect();
    let verdicts = best.iter().filter_map(|(id, (verdict, share))| Some((id.to_string(), of_leaf(*verdict, *share)?))).collect();
    Ok(of_verdicts((&units, &expected), verdicts, Rule::default()))
}

/// A commune's line within a stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct Line {
    /// The agency's id.
    pub commune: String,
    pub name: String,
    /// Airings that were to be heard there.
    pub airings: u64,
    /// Loudspeakers in service.
    pub clusters: u64,
    /// Plays that were expected, and those that count.
    pub expected: u64,
    pub played: u64,
    /// Hamlets, and those in which at least one airing was heard.
    pub hamlets: u64,
    pub hamlets_reached: u64,
    /// Hamlets that no loudspeaker serves.
    pub hamlets_unserved: u64,
}

impl Line {
    /// Of the hamlets, in percent; None when there are none.
    #[must_use]
    pub fn hamlet_percent(&self) -> Option<u64> {
        (self.hamlets > 0).then(|| self.hamlets_reached * 100 / self.hamlets)
    }

    /// Of the plays, in percent; None when none was expected.
    #[must_use]
    pub fn play_percent(&self) -> Option<u64> {
        (self.expected > 0).then(|| self.played * 100 / self.expected)
    }

    fn plus(self, other: &Self) -> Self {
        Self {
            airings: self.airings + other.airings,
            clusters: self.clusters + other.clusters,
            expected: self.expected + other.expected,
            played: self.played + other.played,
            hamlets: self.hamlets + other.hamlets,
            hamlets_reached: self.hamlets_reached + other.hamlets_reached,
            hamlets_unserved: self.hamlets_unserved + other.hamlets_unserved,
            ..self
        }
    }
}

/// Everything together. Airings are not added up: one may be heard in many communes.
#[must_use]
pub fn whole(lines: &[Line]) -> Line {
    lines.iter().fold(Line::default(), Line::plus)
}

/// By commune within a stretch of time (by the hour at which airings begin), of one agency or of all.
///
/// # Errors
/// The database failed.
pub async fn of_time(app: &App, agency: Option<Uuid>, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> Result<Vec<Line>, Error> {
    let stations = Station::of(&app.db, agency).await?;
    let ids: Vec<Uuid> = stations.iter().map(|one| one.id).collect();
    let clusters = Cluster::of(&app.db, &ids).await?;
    let known = crate::people::agency::brief::Known::now(app).await?;
    let plays = plays_within(app, agency, (from, to)).await?;
    let mut lines: BTreeMap<usize, Line> = BTreeMap::new();
    let mut heard_in: HashMap<Uuid, HashSet<Uuid>> = HashMap::new();
    let mut reached: HashSet<String> = HashSet::new();
    let mut served: HashSet<String> = HashSet::new();
    for one in clusters.iter().filter(|one| one.kind == cluster::Kind::Speaker) {
        let line = line_of(&mut lines, &known, one.agency);
        line.clusters += u64::from(one.state == cluster::State::Active);
        // A play and its repetitions are one expectation.
        let mut best: HashMap<Uuid, Verdict> = HashMap::new();
        for (root, verdict) in plays.get(&one.id).into_iter().flatten() {
            let known = best.entry(*root).or_insert(*verdict);
            *known = better(*known, *verdict);
        }
        line.expected += best.len() as u64;
        line.played += best.values().filter(|verdict| **verdict == Verdict::Played).count() as u64;
        heard_in.entry(one.agency).or_default().extend(best.keys());
        let heard = best.values().any(|verdict| *verdict == Verdict::Played);
        for hamlet in one.hamlets().map(|name| hamlet_id(one.station, name)) {
            if heard {
                reached.insert(hamlet.clone());
            }
            served.insert(hamlet);
        }
    }
    for station in &stations {
        let line = line_of(&mut lines, &known, station.agency);
        for hamlet in hamlets(station) {
            line.hamlets += 1;
            line.hamlets_reached += u64::from(reached.contains(&hamlet.id));
            line.hamlets_unserved += u64::from(!served.contains(&hamlet.id));
        }
    }
    let mut lines: Vec<Line> = lines.into_values().collect();
    for line in &mut lines {
        let agency: Uuid = line.commune.parse().unwrap_or_default();
        line.airings = heard_in.get(&agency).map_or(0, |roots| roots.len() as u64);
    }
    Ok(lines)
}

/// What was to be played then, by cluster: of which airing, and what is believed of it. Of a quarter there are some hundred thousands, so
/// no more is read than is counted.
async fn plays_within(
    app: &App,
    agency: Option<Uuid>,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<HashMap<Uuid, Vec<(Uuid, Verdict)>>, Error> {
    let airings: Vec<Uuid> = airing::Entity::find()
        .select_only()
        .column(airing::Column::Id)
        .filter(airing::Column::BeginsAt.gte(from))
        .filter(airing::Column::BeginsAt.lt(to))
        .into_tuple()
        .all(&app.db)
        .await?;
    let mut plays: HashMap<Uuid, Vec<(Uuid, Verdict)>> = HashMap::new();
    for some in airings.chunks(400) {
        let mut rows = play::Entity::find()
            .select_only()
            .columns([play::Column::Cluster, play::Column::Root, play::Column::Verdict])
            .filter(play::Column::Airing.is_in(some.iter().copied()))
            .filter(play::Column::State.ne(State::Withdrawn));
        if let Some(agency) = agency {
            rows = rows.filter(play::Column::Agency.eq(agency));
        }
        let rows: Vec<(Uuid, Uuid, Verdict)> = rows.into_tuple().all(&app.db).await?;
        for (cluster, root, verdict) in rows {
            plays.entry(cluster).or_default().push((root, verdict));
        }
    }
    Ok(plays)
}

fn line_of<'a>(lines: &'a mut BTreeMap<usize, Line>, known: &crate::people::agency::brief::Known, agency: Uuid) -> &'a mut Line {
    let name = || known.get(&agency).map(|body| body.label()).unwrap_or_default();
    let fresh = || Line { commune: agency.to_string(), name: name(), ..Line::default() };
    lines.entry(known.rank(agency)).or_insert_with(fresh)
}

/// Clusters and hamlets of a commune within one airing, in words; the whole where there is none.
#[must_use]
pub fn both(coverage: &Coverage, commune: Option<Uuid>) -> Both {
    match commune {
        Some(agency) => coverage.communes.get(&agency.to_string()).copied().unwrap_or_default(),
        None => coverage.whole,
    }
}

/// `12/15 (80 %)`; a dash where nobody was expected.
#[must_use]
pub fn said(tally: Tally) -> String {
    match tally.share() {
        Some(share) => format!("{}/{} ({} %)", tally.played, tally.expected, (share * 100.0).floor()),
        None => "–".into(),
    }
}
