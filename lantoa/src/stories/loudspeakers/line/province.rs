//! Scenario C-4 behind a real broker: three communes, the bulletin of the province at five, fetched before; 8 % of the clusters are
//! offline, 2 % acknowledge and do not play; an emergency breaks in at 05:07, has an end of its own, and gives the air back.
//!
//! Devices live in the machine's time, the house in its own: it takes a step, and waits until everybody who can be heard was heard and
//! has what was due.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use doubles::fleet::{Clock, Manner, Plan, Shares, mqtt};
use sea_orm::entity::prelude::*;

use super::broker::{at, broker, line_of, until};
use super::morning::{approved, person, plays, who_heard_it};
use super::{clusters_of, plan};
use crate::base::{Role, new_id};
use crate::loudspeakers::airing::Airing;
use crate::loudspeakers::airing::planning::Wanted;
use crate::loudspeakers::cluster::{self, Cluster};
use crate::loudspeakers::heard::{self, TAKEN};
use crate::loudspeakers::play::State;
use crate::loudspeakers::{device, judging, on_air, order};
use crate::people::agency;
use crate::story;
use crate::testing::House;

const COMMUNES: [&str; 3] = ["Xã Bình Minh (demo)", "Xã Hòa An (demo)", "Xã Tân Lập (demo)"];
const OF_EACH: usize = 20;
const STEP_S: i64 = 30;

/// The house's clock with the machine's milliseconds in it: two heartbeats at one moment of the house are not the same message.
fn fine_clock(house: &House) -> Clock {
    let (clock, begun) = (house.app.clock.clone(), Instant::now());
    Arc::new(move || clock.now().timestamp_millis() + i64::from(begun.elapsed().subsec_millis()))
}

/// Waits until each of these was heard at this moment of the house, and has every order that is due.
async fn settled(house: &House, can: &[Uuid]) {
    let now = house.app.clock.now();
    until("everybody is heard and has its orders", || async {
        let heard = cluster::Entity::find()
            .filter(cluster::Column::Id.is_in(can.iter().copied()))
            .filter(cluster::Column::LastSeen.gte(now));
        let open = order::Entity::find()
            .filter(order::Column::Cluster.is_in(can.iter().copied()))
            .filter(order::Column::State.is_in([order::State::Waiting, order::State::Sent]))
            .filter(order::Column::DueAt.lte(now));
        let heard = heard.count(&house.app.db).await.expect("the database");
        heard == can.len() as u64 && open.count(&house.app.db).await.expect("the database") == 0
    })
    .await;
}

/// Time passes until then.
async fn pass(house: &House, can: &[Uuid], to: DateTime<Utc>) {
    while house.app.clock.now() < to {
        let step = std::cmp::min(to - house.app.clock.now(), TimeDelta::seconds(STEP_S));
        house.app.clock.advance(step);
        on_air::turn(&house.app).await.expect("airtimes");
        settled(house, can).await;
    }
}

/// How many of these say that they play that.
async fn playing(house: &House, airing: Uuid) -> u64 {
    let of = cluster::Entity::find().filter(cluster::Column::Playing.eq(airing.to_string()));
    of.count(&house.app.db).await.expect("the database")
}

async fn reports(house: &House, airing: Uuid) -> u64 {
    let of = heard::Entity::find()
        .filter(heard::Column::Kind.eq(heard::Kind::Report))
        .filter(heard::Column::About.eq(airing.to_string()))
        .filter(heard::Column::Verdict.eq(TAKEN));
    of.count(&house.app.db).await.expect("the database")
}

async fn fetched(house: &House) -> u64 {
    let of = order::Entity::find()
        .filter(order::Column::Kind.eq(order::Kind::Fetch))
        .filter(order::Column::State.eq(order::State::Acknowledged));
    of.count(&house.app.db).await.expect("the database")
}

async fn stand(house: &House, airing: Uuid, state: State) -> usize {
    plays(house, airing).await.iter().filter(|one| one.state == state).count()
}

story!(
    #[expect(clippy::too_many_lines, reason = "one morning, minute by minute")]
    the_morning_of_three_communes_comes_over_the_broker,
    |house| {
        let Some(broker) = broker().await else { return };
        let house = at(house, &broker);
        let all = COMMUNES.len() * OF_EACH;
        let fleet = plan(&house, all, Shares { storming: 0, ..Shares::default() });
        let fleet = Plan { beat: Duration::from_millis(400), clock: fine_clock(&house), ..fleet };
        let (_, credentials) = device::new_key();
        let mut rows: Vec<Cluster> = Vec::new();
        for (commune, ids) in COMMUNES.iter().zip(fleet.ids.chunks(OF_EACH)) {
            rows.extend(clusters_of(&house, commune, ids, &credentials).await);
        }
        let of = |manner: Manner| -> Vec<Uuid> {
            let all = fleet.clusters().into_iter().zip(&rows);
            all.filter(|(double, _)| double.manner == manner).map(|(_, row)| row.id).collect()
        };
        let (offline, liars, unset) = (of(Manner::Offline), of(Manner::Liar), of(Manner::Unset));
        assert_eq!((offline.len(), liars.len(), unset.len()), (5, 2, 1));
        let can: Vec<Uuid> = rows.iter().map(|one| one.id).filter(|id| !offline.contains(id) && !unset.contains(id)).collect();
        let honest = (can.len() - liars.len()) as u64;

        let department = house.agency("Sở Thử nghiệm (demo)", agency::Kind::Department).await.id;
        let officer = person(&house, Role::Officer, department).await;
        let approver = person(&house, Role::Approver, department).await;
        let five: DateTime<Utc> = "2026-03-02T22:00:00Z".parse().expect("a time");
        let news = approved(&house, department, "Bản tin sáng (demo)", 600).await;
        let siren = approved(&house, department, "Nước lên (demo)", 60).await;
        let wanted = Wanted { id: new_id(), all: true, date: "03/03/2026".into(), time: "05:00".into(), ..Wanted::default() };
        let morning = Airing::plan(&house.app, &officer, news.id, &wanted).await.expect("planned")[0];

        // Devices are switched on at night. Half an hour before five everybody who is there has the sound.
        house.app.clock.advance(five - TimeDelta::minutes(60) - house.app.clock.now());
        let node = line_of(&house.app);
        let line = mqtt::Line { prefix: "tinh/device".into(), ..mqtt::Line::to(broker.address) };
        let running = mqtt::start(&fleet, &line);
        settled(&house, &can).await;
        assert_eq!(fetched(&house).await, 0);
        house.app.clock.advance(TimeDelta::minutes(31));
        settled(&house, &can).await;
        assert_eq!(fetched(&house).await, can.len() as u64);
        house.app.clock.advance(five - TimeDelta::minutes(1) - house.app.clock.now());
        settled(&house, &can).await;
        pass(&house, &can, five).await;
        assert_eq!(stand(&house, morning, State::OnAir).await, can.len(), "who was heard was told, at its minute");
        pass(&house, &can, five + TimeDelta::seconds(420)).await;

        // 05:07: one proposes, another releases; everything that plays is broken off in the same moment.
        let wanted = Wanted { id: new_id(), all: true, ..Wanted::default() };
        let flood = Airing::propose(&house.app, &officer, siren.id, &wanted).await.expect("proposed");
        Airing::release(&house.app, &approver, flood, 1).await.expect("released");
        on_air::turn(&house.app).await.expect("airtimes");
        settled(&house, &can).await;
        let stands = (stand(&house, morning, State::Broken).await, stand(&house, flood, State::OnAir).await);
        assert_eq!(stands, (can.len(), can.len()));
        pass(&house, &can, five + TimeDelta::seconds(425)).await;
        until("each that plays says that it plays the emergency", || async { playing(&house, flood).await == honest }).await;

        // It goes on by itself, five seconds before where it was, and ends.
        pass(&house, &can, five + TimeDelta::minutes(9)).await;
        until("each that plays says that it plays the bulletin", || async { playing(&house, morning).await == honest }).await;
        let resumed = plays(&house, morning).await;
        assert!(resumed.iter().filter(|one| one.state == State::OnAir).all(|one| one.from_s == 415), "{resumed:?}");
        pass(&house, &can, five + TimeDelta::minutes(14)).await;
        until("both parts are reported, begin and end", || async { reports(&house, morning).await == 4 * honest }).await;

        // Who never came is given up, with the emergency long before the bulletin.
        house.app.clock.advance(TimeDelta::minutes(30));
        on_air::turn(&house.app).await.expect("airtimes");
        let gone = offline.len() + unset.len();
        assert_eq!((stand(&house, flood, State::Missed).await, stand(&house, morning, State::Missed).await), (gone, 0));
        house.app.clock.advance(TimeDelta::hours(3));
        on_air::turn(&house.app).await.expect("airtimes");
        house.app.clock.advance(TimeDelta::minutes(3));
        drop((node, running));
        judging::judge(&house.app).await.expect("verdicts");
        who_heard_it(&house, morning, (&offline, &liars, &unset), (all as u64, honest, 6)).await;
        let again = Airing::air_again(&house.app, &officer, morning).await.expect("aired again");
        assert!(again > 0, "what was missed is aired again, station by station");
    }
);
