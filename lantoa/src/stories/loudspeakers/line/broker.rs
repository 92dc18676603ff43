//! Devices behind a real broker.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use doubles::fleet::{Broker, Counts, Manner, Missing, Shares, mqtt};
use loudspeakers::device::Precedence;
use sea_orm::entity::prelude::*;
use tokio::task::JoinSet;

use super::{clusters, order, plan, tell, verdicts};
use crate::base::{App, new_id};
use crate::loudspeakers::heard::{self, How, Kind};
use crate::loudspeakers::order::{Column, Entity, State};
use crate::loudspeakers::{cluster, line};
use crate::story;
use crate::testing::House;

/// None, with a word, where no mosquitto is installed.
pub async fn broker() -> Option<Broker> {
    let folder = std::env::temp_dir().join(format!("lantoa-broker-{}", new_id().simple()));
    match Broker::start(&folder).await {
        Ok(broker) => Some(broker),
        Err(missing @ Missing::NotInstalled) => {
            println!("skipped: {missing}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

pub fn at(house: House, broker: &Broker) -> House {
    let settings = serde_json::json!({ "broker": format!("mqtt://{}", broker.address), "prefix": "tinh" });
    house.configured(|config| config.loudspeakers.mqtt = serde_json::from_value(settings).ok())
}

/// Keeps the line of a node up until it is dropped.
pub fn line_of(app: &App) -> JoinSet<()> {
    let mut node = JoinSet::new();
    node.spawn(line::keep_up(app.clone()));
    node
}

/// Waits in the time of the machine: lines and devices have their own.
pub async fn until<F: Future<Output = bool>>(what: &str, mut is: impl FnMut() -> F) {
    let begun = Instant::now();
    while !is().await {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn heard_by_mqtt(house: &House) -> u64 {
    let here = cluster::Entity::find().filter(cluster::Column::Speaks.eq(How::Mqtt));
    here.filter(cluster::Column::LastSeen.is_not_null()).count(&house.app.db).await.expect("the database")
}

async fn acknowledged(house: &House, orders: &[Uuid]) -> u64 {
    let rows = Entity::find().filter(Column::Id.is_in(orders.iter().copied())).filter(Column::State.eq(State::Acknowledged));
    rows.count(&house.app.db).await.expect("the database")
}

story!(a_small_fleet_is_told_acknowledges_and_is_broken_into, |house| {
    let Some(broker) = broker().await else { return };
    let house = at(house, &broker);
    let plan = doubles::fleet::Plan { beat: Duration::from_millis(500), ..plan(&house, 25, Shares::default()) };
    let (rows, _) = clusters(&house, &plan.ids).await;
    let manners: Vec<Manner> = plan.clusters().iter().map(|one| one.manner).collect();
    let can: Vec<usize> = (0..25).filter(|at| !matches!(manners[*at], Manner::Offline | Manner::Unset)).collect();
    let node = line_of(&house.app);
    let line = mqtt::Line { prefix: "tinh/device".into(), ..mqtt::Line::to(broker.address) };
    let fleet = mqtt::start(&plan, &line);
    until("who can be heard is heard", || async { heard_by_mqtt(&house).await == can.len() as u64 }).await;

    let calm = tell(&house, &rows, "ban-tin", Precedence::Provincial).await;
    let all = can.len() as u64;
    until("the bulletin is acknowledged", || async { acknowledged(&house, &calm).await == all }).await;
    house.app.clock.advance(TimeDelta::seconds(60));
    let urgent = tell(&house, &rows, "khan", Precedence::Emergency).await;
    until("the emergency is acknowledged", || async { acknowledged(&house, &urgent).await == all }).await;

    // Each that plays reports the beginning, that it was broken off, and the beginning of the emergency; who lies reports nothing.
    let honest = can.iter().find(|at| manners[**at] == Manner::Honest).expect("an honest one");
    let liar = can.iter().find(|at| manners[**at] == Manner::Liar).expect("a liar");
    until("reports are in", || async { verdicts(&house, &plan.ids[*honest], Kind::Report).await.len() == 3 }).await;
    assert!(verdicts(&house, &plan.ids[*liar], Kind::Report).await.is_empty());
    let offline = manners.iter().position(|manner| *manner == Manner::Offline).expect("one that is offline");
    assert_eq!(order(&house, calm[offline]).await.state, State::Sent, "the broker has it; nobody else");
    let unset = manners.iter().position(|manner| *manner == Manner::Unset).expect("one without a clock");
    until("a wrong clock shows", || async {
        verdicts(&house, &plan.ids[unset], Kind::Acknowledgement).await.contains(&"clock-unset".to_owned())
    })
    .await;
    let repeating = manners.iter().position(|manner| *manner == Manner::Repeating).expect("one that repeats itself");
    until("a repeated message is refused", || async {
        verdicts(&house, &plan.ids[repeating], Kind::Acknowledgement).await.contains(&"replayed".to_owned())
    })
    .await;
    let storming = manners.iter().position(|manner| *manner == Manner::Storming).expect("one that storms");
    until("a last will is heard", || async { !verdicts(&house, &plan.ids[storming], Kind::Offline).await.is_empty() }).await;
    assert!(fleet.tally.of(Counts::Orders) > 0);
    drop(node);
});

story!(nothing_is_lost_while_the_node_or_the_broker_is_away, |house| {
    let Some(broker) = broker().await else { return };
    let house = at(house, &broker);
    let plan = doubles::fleet::Plan { beat: Duration::from_millis(500), ..plan(&house, 10, Shares::HONEST) };
    let (rows, _) = clusters(&house, &plan.ids).await;
    let line = mqtt::Line { prefix: "tinh/device".into(), ..mqtt::Line::to(broker.address) };
    let fleet = mqtt::start(&plan, &line);
    let node = line_of(&house.app);
    until("all are heard", || async { heard_by_mqtt(&house).await == 10 }).await;

    // Another node may not have the line as well.
    assert!(!line::lease::take(&house.app, new_id()).await.expect("the database"));

    // The node is killed; what devices report meanwhile waits at the broker, and comes once the node is back.
    drop(node);
    let before = fleet.tally.of(Counts::Logs);
    let direct = rumqttc::MqttOptions::new("told-by-hand", broker.address.ip().to_string(), broker.address.port());
    let (client, mut events) = rumqttc::AsyncClient::new(direct, 64);
    for id in &plan.ids {
        let order = serde_json::json!({"id": format!("by-hand-{id}"), "BanTinID": "x", "MucDoUuTien": "tinh", "ThoiLuong": 60});
        let topic = format!("tinh/device/{id}/play");
        client.try_publish(topic, rumqttc::QoS::AtLeastOnce, false, order.to_string()).expect("room");
    }
    let mut by_hand = JoinSet::new();
    by_hand.spawn(async move { while events.poll().await.is_ok() {} });
    until("devices reported to nobody", || async { fleet.tally.of(Counts::Logs) == before + 10 }).await;
    assert_eq!(reports(&house).await, 0);
    let node = line_of(&house.app);
    until("what waited is heard", || async { reports(&house).await == 10 }).await;

    // The broker goes and comes back: an order of that time goes out under the same id.
    by_hand.shutdown().await;
    let (folder, address) = broker.kill().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let orders = tell(&house, &rows, "sau-su-co", Precedence::Provincial).await;
    let _broker = Broker::start_at(&folder, address, "").await.expect("the broker again");
    until("the order went out", || async {
        // Said before the device was back, it is said again, in the house's time: slower than devices come back.
        house.app.clock.advance(TimeDelta::milliseconds(250));
        order(&house, orders[0]).await.state == State::Acknowledged
    })
    .await;
    drop(node);
});

async fn reports(house: &House) -> u64 {
    heard::Entity::find().filter(heard::Column::Kind.eq(Kind::Report)).count(&house.app.db).await.expect("the database")
}
