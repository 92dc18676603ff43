//! Keeping clusters: what each is, its key, whether it is in service.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::screen::Screen;
use super::{ActiveModel, Cluster, Column, Entity, Kind, State};
use crate::base::fact::Change;
use crate::base::{App, By, Fact, Who};
use crate::loudspeakers::bulletin::writing::tidy_line;
use crate::loudspeakers::rights::{self, Verb};
use crate::loudspeakers::station::Station;
use crate::loudspeakers::{device, telling_devices};
use crate::web::{Error, Obstacle};

const LETTERS_MAX: usize = 200;
const DEVICE_LETTERS_MAX: usize = 64;

/// A cluster as it is wanted; fields as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Made by the form, the same for every press of the button.
    pub id: Uuid,
    pub device: String,
    pub name: String,
    pub kind: String,
    pub hamlet: String,
    pub volume: String,
    pub latitude: String,
    pub longitude: String,
    /// Of a board: `192x96`.
    pub screen: String,
    pub version: i32,
}

impl Wanted {
    /// The cluster as it is.
    #[must_use]
    pub fn of(one: &Cluster) -> Self {
        let degrees = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        Self {
            id: one.id,
            device: one.device.clone(),
            name: one.name.clone(),
            kind: one.kind.to_value(),
            hamlet: one.hamlet.clone(),
            volume: one.volume.to_string(),
            latitude: degrees(one.latitude),
            longitude: degrees(one.longitude),
            screen: one.screen.clone(),
            version: one.version,
        }
    }
}

/// What was typed, read.
#[derive(Clone, Debug)]
pub struct Read {
    pub device: String,
    pub name: String,
    pub kind: Kind,
    pub hamlet: String,
    pub volume: i32,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub screen: Option<Screen>,
}

impl Read {
    /// The screen as it is kept.
    fn screen(&self) -> String {
        self.screen.map(|screen| screen.to_string()).unwrap_or_default()
    }
}

/// Reads a form, or a line of a file.
///
/// # Errors
/// Each obstacle at its field.
pub fn read(wanted: &Wanted) -> Result<Read, Vec<Obstacle>> {
    let mut wrong = Vec::new();
    let device = wanted.device.trim().to_owned();
    // It stands in topics: a slash or a wildcard would be another device's.
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.:".contains(letter);
    if device.is_empty() || device.len() > DEVICE_LETTERS_MAX || !device.chars().all(plain) {
        wrong.push(Obstacle::new("loud-cluster-device").at("device"));
    }
    let name = tidy_line(&wanted.name);
    let hamlet: Vec<String> = wanted.hamlet.split([';', '\n']).map(tidy_line).filter(|one| !one.is_empty()).collect();
    let hamlet = hamlet.join("; ");
    if !name.chars().any(char::is_alphanumeric) {
        wrong.push(Obstacle::new("loud-cluster-needs-name").at("name"));
    }
    for (field, value) in [("name", &name), ("hamlet", &hamlet)] {
        if value.chars().count() > LETTERS_MAX {
            wrong.push(Obstacle::new("article-too-long").with("n", LETTERS_MAX).at(field));
        }
    }
    let kind = Kind::from_code(wanted.kind.trim());
    if kind.is_none() {
        wrong.push(Obstacle::new("loud-cluster-kind").at("kind"));
    }
    let volume = if wanted.volume.trim().is_empty() { Some(70) } else { wanted.volume.trim().parse().ok() };
    let volume: Option<i32> = volume.filter(|volume| (0..=100).contains(volume));
    if volume.is_none() {
        wrong.push(Obstacle::new("loud-number-between").with("from", 0).with("n", 100).at("volume"));
    }
    let (latitude, longitude) = (degrees(&wanted.latitude, 90.0), degrees(&wanted.longitude, 180.0));
    for (is_wrong, field) in [(latitude.is_err(), "latitude"), (longitude.is_err(), "longitude")] {
        if is_wrong {
            wrong.push(Obstacle::new("loud-cluster-place").at(field));
        }
    }
    let screen = Some(wanted.screen.trim()).filter(|typed| !typed.is_empty()).map(Screen::read);
    if screen == Some(None) {
        wrong.push(Obstacle::new("loud-cluster-screen-wrong").at("screen"));
    }
    let screen = screen.flatten();
    match (kind, volume, latitude, longitude) {
        (Some(kind), Some(volume), Ok(latitude), Ok(longitude)) if wrong.is_empty() => {
            Ok(Read { device, name, kind, hamlet, volume, latitude, longitude, screen })
        }
        _ => Err(wrong),
    }
}

/// None where nothing was typed; Err where it is no place on the earth.
fn degrees(typed: &str, most: f64) -> Result<Option<f64>, ()> {
    let typed = typed.trim().replace(',', ".");
    if typed.is_empty() {
        return Ok(None);
    }
    typed.parse().ok().filter(|value: &f64| value.abs() <= most).map(Some).ok_or(())
}

/// A new row.
pub(super) fn fresh(app: &App, id: Uuid, station: &Station, read: Read) -> Cluster {
    Cluster {
        id,
        screen: read.screen(),
        station: station.id,
        agency: station.agency,
        device: read.device,
        name: read.name,
        kind: read.kind,
        hamlet: read.hamlet,
        volume: read.volume,
        latitude: read.latitude,
        longitude: read.longitude,
        credentials: String::new(),
        state: State::Active,
        demo: station.demo,
        made_at: app.clock.now(),
        version: 1,
        last_seen: None,
        speaks: None,
        power_lost_at: None,
        playing: String::new(),
        said_volume: None,
        connection: String::new(),
        firmware: String::new(),
        trouble: String::new(),
        trouble_at: None,
        airtime: String::new(),
        airtime_version: 1,
        wakes_at: None,
    }
}

/// What of a row a person writes: the rest belongs to the device and to its airtime, which go on meanwhile.
fn columns(read: &Read, version: i32) -> ActiveModel {
    use sea_orm::ActiveValue::Set;
    ActiveModel {
        device: Set(read.device.clone()),
        name: Set(read.name.clone()),
        kind: Set(read.kind),
        hamlet: Set(read.hamlet.clone()),
        volume: Set(read.volume),
        latitude: Set(read.latitude),
        longitude: Set(read.longitude),
        screen: Set(read.screen()),
        version: Set(version),
        ..Default::default()
    }
}

impl Cluster {
    /// Adds a cluster to a station.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field, such as a device that stands elsewhere; or the database failed.
    pub async fn add(app: &App, who: &Who, station: Uuid, wanted: &Wanted) -> Result<(), Error> {
        let station = Station::find_for(app, who, station).await?;
        rights::require(who, Verb::Keep, station.agency)?;
        let read = read(wanted).map_err(Error::Refused)?;
        let transaction = app.begin().await?;
        let same = Entity::find().filter(Column::Device.eq(&read.device)).one(&transaction).await?;
        match same {
            Some(same) if same.id == wanted.id => return Ok(()),
            Some(_) => return Err(taken()),
            None => {}
        }
        let (name, device) = (read.name.clone(), read.device.clone());
        let row = fresh(app, wanted.id, &station, read);
        Entity::insert(ActiveModel::from(row)).exec_without_returning(&transaction).await?;
        app.record(&transaction, wanted.id, Fact::LoudClusterAdded { name, device }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Changes it. A volume that is new is told to the device.
    ///
    /// # Errors
    /// Forbidden to others; refused with each obstacle at its field; stale when somebody was quicker; or the database failed.
    pub async fn change(app: &App, who: &Who, id: Uuid, wanted: &Wanted) -> Result<(), Error> {
        let before = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Keep, before.agency)?;
        let read = read(wanted).map_err(Error::Refused)?;
        let transaction = app.begin().await?;
        let same = Entity::find().filter(Column::Device.eq(&read.device)).filter(Column::Id.ne(id)).one(&transaction).await?;
        if same.is_some() {
            return Err(taken());
        }
        if !before.rewrite(app, &transaction, &read, wanted.version, &By::from(who)).await? {
            return Ok(());
        }
        app.commit(transaction).await?;
        Ok(())
    }

    /// Writes what differs, with its fact; false when nothing does.
    pub(super) async fn rewrite(
        &self,
        app: &App,
        on: &impl ConnectionTrait,
        read: &Read,
        seen: i32,
        by: &By,
    ) -> Result<bool, Error> {
        let was = Wanted::of(self);
        let after = Self {
            device: read.device.clone(),
            name: read.name.clone(),
            kind: read.kind,
            hamlet: read.hamlet.clone(),
            volume: read.volume,
            latitude: read.latitude,
            longitude: read.longitude,
            screen: read.screen(),
            ..self.clone()
        };
        let is = Wanted::of(&after);
        let changes: Vec<Change> = [
            Change::of("device", &was.device, &is.device),
            Change::of("name", &was.name, &is.name),
            Change::of("kind", &was.kind, &is.kind),
            Change::of("hamlet", &was.hamlet, &is.hamlet),
            Change::of("volume", &was.volume, &is.volume),
            Change::of("latitude", &was.latitude, &is.latitude),
            Change::of("longitude", &was.longitude, &is.longitude),
            Change::of("screen", &was.screen, &is.screen),
        ]
        .into_iter()
        .flatten()
        .collect();
        if changes.is_empty() {
            return Ok(false);
        }
        let same = Entity::update_many().set(columns(read, seen + 1));
        let same = same.filter(Column::Id.eq(self.id)).filter(Column::Version.eq(seen));
        if same.exec(on).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        if self.volume != read.volume {
            telling_devices::put(on, vec![telling_devices::volume(&after, app.clock.now())?]).await?;
        }
        app.record(on, self.id, Fact::LoudClusterChanged { name: after.name, changes }, by).await?;
        Ok(true)
    }

    /// Takes it out of service, or back in.
    ///
    /// # Errors
    /// Forbidden to others; stale when somebody was quicker; or the database failed.
    pub async fn set_service(app: &App, who: &Who, id: Uuid, state: State, seen: i32) -> Result<(), Error> {
        let before = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Keep, before.agency)?;
        let row = Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            // What is on air there notices.
            .col_expr(Column::AirtimeVersion, Expr::col(Column::AirtimeVersion).add(1));
        let row = if before.airtime.is_empty() { row } else { row.col_expr(Column::WakesAt, Expr::value(Some(app.clock.now()))) };
        let transaction = app.begin().await?;
        let same = row.filter(Column::Id.eq(id)).filter(Column::Version.eq(seen)).filter(Column::State.ne(state));
        if same.exec(&transaction).await?.rows_affected == 0 {
            return Err(Error::Stale);
        }
        let changes = Change::of("state", &before.state.to_value(), &state.to_value()).into_iter().collect();
        app.record(&transaction, id, Fact::LoudClusterChanged { name: before.name, changes }, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(())
    }

    /// Makes a new key for its device, in place of the one before; it is shown once, here.
    ///
    /// # Errors
    /// Forbidden to others; or the database failed.
    pub async fn make_key(app: &App, who: &Who, id: Uuid) -> Result<String, Error> {
        let before = Self::find_for(app, who, id).await?;
        rights::require(who, Verb::Keep, before.agency)?;
        let transaction = app.begin().await?;
        let key = before.rekey(app, &transaction, &By::from(who)).await?;
        app.commit(transaction).await?;
        Ok(key)
    }

    async fn rekey(&self, app: &App, on: &impl ConnectionTrait, by: &By) -> Result<String, Error> {
        let (key, kept) = device::new_key();
        let row = Entity::update_many()
            .col_expr(Column::Credentials, Expr::value(kept))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1));
        row.filter(Column::Id.eq(self.id)).exec(on).await?;
        app.record(on, self.id, Fact::LoudClusterKeyMade { name: self.name.clone() }, by).await?;
        Ok(key)
    }

    /// Makes keys for all clusters of a station that have none; each with its key, shown once, here.
    ///
    /// # Errors
    /// Forbidden to others; or the database failed.
    pub async fn make_keys(app: &App, who: &Who, station: Uuid) -> Result<Vec<(Self, String)>, Error> {
        let station = Station::find_for(app, who, station).await?;
        rights::require(who, Verb::Keep, station.agency)?;
        let by = By::from(who);
        let mut made = Vec::new();
        let transaction = app.begin().await?;
        for one in Self::of(&transaction, &[station.id]).await?.into_iter().filter(|one| one.credentials.is_empty()) {
            let key = one.rekey(app, &transaction, &by).await?;
            made.push((one, key));
        }
        app.commit(transaction).await?;
        Ok(made)
    }
}

fn taken() -> Error {
    Error::Refused(vec![Obstacle::new("loud-cluster-taken").at("device")])
}
