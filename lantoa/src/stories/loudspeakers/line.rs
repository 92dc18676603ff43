//! Stories of the line: devices by HTTP, and by MQTT where a mosquitto is installed.

mod broker;
mod fetching;
mod morning;
mod province;

use std::sync::Arc;

use chrono::TimeDelta;
use doubles::fleet::{Clock, Plan, Shares};
use loudspeakers::device::{Play as PlayMessage, Precedence};
use sea_orm::entity::prelude::*;

use crate::base::new_id;
use crate::loudspeakers::cluster::{self, Cluster};
use crate::loudspeakers::device;
use crate::loudspeakers::heard;
use crate::loudspeakers::order::{self, Message, Order};
use crate::loudspeakers::station::{self, Reair, Station};
use crate::people::agency;
use crate::testing::House;

/// All devices of a test have the same key: each has its own in earnest.
pub const FIRST: u64 = 869_000_000_000_000;

/// The house's clock, for devices that have a right one.
pub fn clock(house: &House) -> Clock {
    let clock = house.app.clock.clone();
    Arc::new(move || clock.now().timestamp_millis())
}

/// A fleet as small as this, with every manner in it.
pub fn plan(house: &House, count: usize, shares: Shares) -> Plan {
    Plan { shares, clock: clock(house), ..Plan::numbered(FIRST, count) }
}

/// Clusters of a demo commune for these devices, and the key that all of them have.
pub async fn clusters(house: &House, ids: &[String]) -> (Vec<Cluster>, String) {
    let (key, credentials) = device::new_key();
    (clusters_of(house, "Xã Bình Minh (demo)", ids, &credentials).await, key)
}

/// A commune with a station, and clusters there for these devices.
pub async fn clusters_of(house: &House, commune: &str, ids: &[String], credentials: &str) -> Vec<Cluster> {
    let commune = house.agency(commune, agency::Kind::Commune).await;
    let now = house.app.clock.now();
    let station = Station {
        id: new_id(),
        agency: commune.id,
        name: format!("Đài {}", commune.name),
        hamlets: r#"["Ấp 1","Ấp 2"]"#.into(),
        programme: serde_json::to_string(&station::usual_programme()).expect("JSON"),
        reair: Reair::Propose,
        reair_max: 1,
        reair_within_min: 180,
        demo: true,
        made_at: now,
        version: 1,
    };
    let whose = (station.id, commune.id, credentials);
    let fresh = |(at, id): (usize, &String)| fresh_cluster(whose, (at, id), now);
    let all: Vec<Cluster> = ids.iter().enumerate().map(fresh).collect();
    station::Entity::insert(station::ActiveModel::from(station)).exec_without_returning(&house.app.db).await.expect("a station");
    let rows = all.iter().cloned().map(cluster::ActiveModel::from);
    cluster::Entity::insert_many(rows).exec_without_returning(&house.app.db).await.expect("clusters");
    all
}

fn fresh_cluster((station, agency, credentials): (Uuid, Uuid, &str), (at, id): (usize, &String), now: DateTimeUtc) -> Cluster {
    Cluster {
        id: new_id(),
        station,
        agency,
        device: id.clone(),
        name: format!("Cụm {at} (demo)"),
        kind: cluster::Kind::Speaker,
        hamlet: format!("Ấp {}", at % 2 + 1),
        volume: 80,
        latitude: None,
        longitude: None,
        screen: String::new(),
        credentials: credentials.to_owned(),
        state: cluster::State::Active,
        demo: true,
        made_at: now,
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
        airtime_version: 0,
        wakes_at: None,
    }
}

/// Orders to play, due now, one for each.
pub async fn tell(house: &House, clusters: &[Cluster], bulletin: &str, precedence: Precedence) -> Vec<Uuid> {
    let now = house.app.clock.now();
    let fresh = |cluster: &Cluster| {
        let id = new_id();
        let message = Message::Play(PlayMessage {
            id: id.to_string(),
            sent_at: now,
            bulletin: bulletin.into(),
            content: None,
            precedence,
            from_s: None,
            duration_s: Some(600),
        });
        Order {
            id,
            cluster: cluster.id,
            play: None,
            kind: order::Kind::Play,
            payload: serde_json::to_string(&message).expect("JSON"),
            made_at: now,
            due_at: now,
            expires_at: now + TimeDelta::minutes(10),
            leased_until: None,
            sent_at: None,
            acknowledged_at: None,
            attempts: 0,
            state: order::State::Waiting,
            says: String::new(),
            version: 1,
        }
    };
    let orders: Vec<Order> = clusters.iter().map(fresh).collect();
    let ids = orders.iter().map(|order| order.id).collect();
    let rows = orders.into_iter().map(order::ActiveModel::from);
    order::Entity::insert_many(rows).exec_without_returning(&house.app.db).await.expect("orders");
    ids
}

pub async fn order(house: &House, id: Uuid) -> Order {
    order::Entity::find_by_id(id).one(&house.app.db).await.expect("the database").expect("the order")
}

/// What was heard of a device, of one kind: the verdicts, in order.
pub async fn verdicts(house: &House, device: &str, kind: heard::Kind) -> Vec<String> {
    use sea_orm::QueryOrder;
    let rows = heard::Entity::find().filter(heard::Column::Device.eq(device)).filter(heard::Column::Kind.eq(kind));
    let rows = rows.order_by_asc(heard::Column::Id).all(&house.app.db).await.expect("the database");
    rows.into_iter().map(|row| row.verdict).collect()
}
