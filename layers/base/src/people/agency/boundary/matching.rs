//! Which shape is whose: by the five digits, and when these name nobody, by the name, however its marks are placed.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use sha2::{Digest, Sha256};
use vietnamese::name_key;

use super::{Area, Collection, Shape};
use crate::people::agency::Standing;
use crate::people::agency::directory::{self, Line};
use crate::people::agency::name::{self, NameKind};
use crate::web::{Obstacle, Result};

/// Further from its known place than this, in degrees (about 35 km), a shape is somebody else's.
const FAR: f64 = 0.3;

/// What becomes of a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// The agency has no boundary yet.
    New,
    /// It has another.
    Changed,
    Same,
    /// Nobody is called so.
    Unmatched,
    /// Several are called so, or the shape can not be used.
    Wrong(Obstacle),
}

/// A shape with the agency it belongs to.
#[derive(Clone, Debug)]
pub struct Match {
    pub number: usize,
    /// What the file calls it.
    pub called: String,
    /// The agency: id, version, name.
    pub agency: Option<(Uuid, i32, String)>,
    pub fate: Fate,
    pub area: Option<Area>,
}

/// Every shape of a file, held against the communes that are there.
#[derive(Debug)]
pub struct Matches {
    pub matches: Vec<Match>,
    /// Communes that have no boundary, and get none by this file.
    pub without: Vec<String>,
}

/// The communes that are open, with what they are called.
pub struct Communes {
    lines: Vec<Line>,
    boundaries: HashMap<Uuid, String>,
    called: HashMap<String, BTreeSet<usize>>,
}

impl Communes {
    /// Reads them, in three statements.
    ///
    /// # Errors
    /// The database failed.
    pub async fn load(on: &impl ConnectionTrait, day: NaiveDate) -> Result<Self> {
        let mut lines = directory::all(on).await?;
        lines.retain(|line| line.kind.is_local() && line.standing(day) == Standing::Open);
        let names = name::Entity::find().filter(name::Column::Kind.ne(NameKind::Former)).all(on).await?;
        let boundaries = super::of(on, lines.iter().map(|line| line.id).collect()).await?.into_iter().collect();
        let place: HashMap<Uuid, usize> = lines.iter().enumerate().map(|(at, line)| (line.id, at)).collect();
        let mut called: HashMap<String, BTreeSet<usize>> = HashMap::new();
        for name in names.iter().filter(|name| name.holds_on(day)) {
            if let Some(at) = place.get(&name.agency) {
                called.entry(name.key.clone()).or_default().insert(*at);
            }
        }
        for (at, line) in lines.iter().enumerate() {
            called.entry(name_key(&line.short_name)).or_default().insert(at);
        }
        Ok(Self { lines, boundaries, called })
    }

    /// The communes that a shape may be of.
    fn candidates(&self, shape: &Shape) -> Vec<&Line> {
        let by_code = self.lines.iter().find(|line| !shape.code.is_empty() && line.code == shape.code);
        match by_code {
            Some(line) => vec![line],
            None => self.called.get(&name_key(&shape.name)).into_iter().flatten().map(|at| &self.lines[*at]).collect(),
        }
    }

    fn fate(&self, line: &Line, area: &Area) -> Fate {
        let place = line.longitude.zip(line.latitude);
        if place.is_some_and(|place| area.bounds.distance(place) > FAR) {
            return Fate::Wrong(Obstacle::new("agency-boundary-wrong-far").with("name", &line.short_name));
        }
        match self.boundaries.get(&line.id) {
            None => Fate::New,
            Some(there) if *there == area.geometry => Fate::Same,
            Some(_) => Fate::Changed,
        }
    }

    fn of(&self, shape: &Shape) -> Match {
        let candidates = self.candidates(shape);
        let agency = |line: &Line| (line.id, line.version, line.name.clone());
        let (agency, fate) = match (candidates.as_slice(), &shape.area) {
            ([line], None) => (Some(agency(line)), Fate::Same),
            (_, None) => (None, Fate::Same),
            ([], _) => (None, Fate::Unmatched),
            ([line], Some(Ok(area))) => (Some(agency(line)), self.fate(line, area)),
            ([line], Some(Err(_))) if is_known_place(line, shape) => (Some(agency(line)), Fate::Same),
            ([line], Some(Err(wrong))) => (Some(agency(line)), Fate::Wrong(wrong.obstacle())),
            (several, _) => {
                let names: Vec<&str> = several.iter().map(|line| line.short_name.as_str()).collect();
                (None, Fate::Wrong(Obstacle::new("agency-boundary-wrong-several").with("names", names.join(", "))))
            }
        };
        let called = [shape.code.as_str(), shape.name.as_str()].join(" ").trim().to_owned();
        Match { number: shape.number, called, agency, fate, area: shape.area.clone().and_then(Result::ok) }
    }
}

impl Matches {
    /// Finds whose each shape is; pure.
    #[must_use]
    pub fn of(communes: &Communes, collection: &Collection) -> Self {
        let mut matches: Vec<Match> = collection.shapes.iter().map(|shape| communes.of(shape)).collect();
        refuse_twice(&mut matches);
        let kept = |one: &&Match| matches!(one.fate, Fate::New | Fate::Changed | Fate::Same);
        let with: BTreeSet<Uuid> = matches
            .iter()
            .filter(|one| kept(one) && one.area.is_some())
            .filter_map(|one| Some(one.agency.as_ref()?.0))
            .chain(communes.boundaries.keys().copied())
            .collect();
        let without = communes.lines.iter().filter(|line| !with.contains(&line.id)).map(|line| line.short_name.clone()).collect();
        Self { matches, without }
    }

    /// How many have that fate.
    #[must_use]
    pub fn count(&self, fate: &Fate) -> usize {
        self.matches.iter().filter(|one| one.fate == *fate).count()
    }

    /// Shapes that will be written.
    pub fn to_write(&self) -> impl Iterator<Item = &Match> {
        self.matches.iter().filter(|one| matches!(one.fate, Fate::New | Fate::Changed))
    }

    /// Shapes that can not be used.
    pub fn wrong(&self) -> impl Iterator<Item = &Match> {
        self.matches.iter().filter(|one| matches!(one.fate, Fate::Wrong(_)))
    }

    /// Equal marks, equal matches: what was shown is what is confirmed.
    #[must_use]
    pub fn mark(&self) -> String {
        let mut hash = Sha256::new();
        for one in &self.matches {
            hash.update(format!("{} {:?} {:?}\n", one.number, one.agency, one.fate));
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Our own files have the place of a commune that has no boundary: read back, it says nothing new.
fn is_known_place(line: &Line, shape: &Shape) -> bool {
    let near = |one: f64, other: f64| (one - other).abs() < 2e-6;
    let known = line.longitude.zip(line.latitude).zip(shape.place);
    known.is_some_and(|(line, shape)| near(line.0, shape.0) && near(line.1, shape.1))
}

/// Two shapes for one commune: neither is taken, for nobody knows which.
fn refuse_twice(matches: &mut [Match]) {
    let mut shapes: HashMap<Uuid, Vec<usize>> = HashMap::new();
    for one in matches.iter().filter(|one| !matches!(one.fate, Fate::Wrong(_)) && one.area.is_some()) {
        if let Some((agency, ..)) = &one.agency {
            shapes.entry(*agency).or_default().push(one.number);
        }
    }
    for one in matches.iter_mut() {
        let Some(numbers) = one.agency.as_ref().and_then(|(agency, ..)| shapes.get(agency)).filter(|numbers| numbers.len() > 1)
        else {
            continue;
        };
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        one.fate = Fate::Wrong(Obstacle::new("agency-boundary-wrong-twice").with("numbers", numbers.join(", ")));
    }
}
