//! Clusters from a file of lines (CSV): all of them or none, and each line that can not be read by its number.

use std::collections::{HashMap, HashSet};

use sea_orm::entity::prelude::*;

use super::keeping::{self, Read, Wanted, fresh};
use super::{ActiveModel, Cluster, Column, Entity};
use crate::base::{App, By, Fact, Who, new_id};
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::station::Station;
use crate::web::download::as_meant;
use crate::web::{Error, Locale};

const LINES_MAX: usize = 5_000;
/// So many bad lines are told at once.
const BAD_MAX: usize = 50;
/// The heads of the columns, as the export writes them; also read without marks, in any case and order.
pub const HEADS: [&str; 8] = ["Mã thiết bị", "Tên", "Loại", "Ấp", "Âm lượng", "Vĩ độ", "Kinh độ", "Màn hình"];

/// What came of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Taken {
        created: u32,
        changed: u32,
    },
    /// Line and what is wrong with it.
    Refused(Vec<(u64, String)>),
}

/// A file for a station. Devices that stand there already are changed, others added.
///
/// # Errors
/// Forbidden to others; refused when it is no such file; stale when somebody changed one of them meanwhile; or the database failed.
pub async fn import(app: &App, who: &Who, l: Locale, station: Uuid, bytes: &[u8]) -> Result<Outcome, Error> {
    let station = Station::find_for(app, who, station).await?;
    rights::require(who, Verb::Keep, station.agency)?;
    let lines = lines(l, bytes)?;
    let there = Entity::find().filter(Column::Station.eq(station.id)).all(&app.db).await?;
    let there: HashMap<String, Cluster> = there.into_iter().map(|one| (one.device.clone(), one)).collect();
    let mut elsewhere: HashSet<String> = HashSet::new();
    let devices: Vec<&str> = lines.iter().filter_map(|(_, read)| read.as_ref().ok()).map(|read| read.device.as_str()).collect();
    for some in devices.chunks(400) {
        let of = Entity::find().filter(Column::Device.is_in(some.iter().copied())).filter(Column::Station.ne(station.id));
        elsewhere.extend(of.all(&app.db).await?.into_iter().map(|one| one.device));
    }
    let (mut bad, mut good, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (line, read) in lines {
        match read {
            Err(words) => bad.push((line, words)),
            Ok(read) if elsewhere.contains(&read.device) => bad.push((line, l.t("loud-cluster-taken"))),
            Ok(read) if !seen.insert(read.device.clone()) => bad.push((line, l.t("loud-import-twice"))),
            Ok(read) => good.push(read),
        }
    }
    if !bad.is_empty() {
        bad.truncate(BAD_MAX);
        return Ok(Outcome::Refused(bad));
    }
    let by = By::from(who);
    let (mut created, mut changed) = (0, 0);
    let transaction = app.begin().await?;
    for read in good {
        match there.get(&read.device) {
            Some(before) => changed += u32::from(before.rewrite(app, &transaction, &read, before.version, &by).await?),
            None => {
                let (id, name, device) = (new_id(), read.name.clone(), read.device.clone());
                Entity::insert(ActiveModel::from(fresh(app, id, &station, read))).exec_without_returning(&transaction).await?;
                app.record(&transaction, id, Fact::LoudClusterAdded { name, device }, &by).await?;
                created += 1;
            }
        }
    }
    let fact = Fact::LoudClustersImported { name: station.name.clone(), created, changed };
    app.record(&transaction, station.id, fact, &by).await?;
    app.commit(transaction).await?;
    Ok(Outcome::Taken { created, changed })
}

type Line = (u64, Result<Read, String>);

fn lines(l: Locale, bytes: &[u8]) -> Result<Vec<Line>, Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::refused("loud-import-encoding"))?;
    let text = vietnamese::normalise(text.trim_start_matches('\u{feff}'));
    let head = text.lines().next().unwrap_or_default();
    let between =
        [b';', b'\t', b','].into_iter().max_by_key(|one| head.bytes().filter(|byte| byte == one).count()).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(between).from_reader(text.as_bytes());
    let heads = reader.headers().map_err(|_| Error::refused("loud-import-head"))?.clone();
    let places = HEADS.map(|name| heads.iter().position(|head| vietnamese::fold(head.trim()) == vietnamese::fold(name)));
    let [Some(_), Some(_), ..] = places else { return Err(Error::refused("loud-import-head")) };
    let mut found = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                found.push((line, Err(l.t("loud-import-line"))));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: usize| {
            let value = places.get(at).copied().flatten().and_then(|place| record.get(place)).unwrap_or_default();
            as_meant(value.trim()).to_owned()
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if found.len() == LINES_MAX {
            return Err(Error::refused("loud-import-many"));
        }
        let wanted = Wanted {
            device: cell(0),
            name: cell(1),
            kind: kind(&cell(2)),
            hamlet: cell(3),
            volume: cell(4),
            latitude: cell(5),
            longitude: cell(6),
            screen: cell(7),
            ..Wanted::default()
        };
        let words = |wrong: Vec<crate::web::Obstacle>| wrong.iter().map(|one| one.text(l)).collect::<Vec<_>>().join(" ");
        found.push((line, keeping::read(&wanted).map_err(words)));
    }
    if found.is_empty() { Err(Error::refused("loud-import-empty")) } else { Ok(found) }
}

/// The kind as people write it; nothing is a loudspeaker.
fn kind(cell: &str) -> String {
    match vietnamese::fold(cell).as_ref() {
        "" | "loa" | "cum loa" | "speaker" => "speaker".into(),
        "bang" | "bang tin" | "bang dien tu" | "board" => "board".into(),
        other => other.to_owned(),
    }
}
