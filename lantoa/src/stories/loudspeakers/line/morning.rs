//! Scenario C-4, small: the morning bulletin at five, 8 % of the clusters are offline, 2 % acknowledge and do not play, an emergency
//! breaks in at 05:07, the bulletin goes on by itself, and who heard it is known cluster by cluster, with the rule.

use chrono::{DateTime, TimeDelta, Utc};
use doubles::fleet::{Cluster as Double, Manner, Shares, http};
use sea_orm::entity::prelude::*;

use super::fetching::{log_in, now_ms, post, said};
use super::{clusters, plan};
use crate::base::{Grant, Role, Who, new_id};
use crate::loudspeakers::airing::planning::Wanted;
use crate::loudspeakers::airing::{self, Airing};
use crate::loudspeakers::bulletin::{self, Bulletin};
use crate::loudspeakers::play::{self, Play, State, Verdict};
use crate::loudspeakers::{covering, judging, on_air};
use crate::story;
use crate::testing::House;

const BEAT_S: i64 = 25;

/// A device with its line: its token, and what it has still to say.
struct Device {
    double: Double,
    token: String,
}

impl Device {
    /// A heartbeat, and what follows from its answer.
    async fn beat(&mut self, house: &House) {
        let mut saying = self.double.tick(now_ms(house));
        saying.push(self.double.beat(now_ms(house)));
        saying.extend(self.double.repeats());
        for one in saying {
            let answer = post(house, &self.token, &one).await;
            for (subject, order) in http::orders(&said(&answer)) {
                for one in self.double.hear(&subject, &order, now_ms(house)) {
                    post(house, &self.token, &one).await;
                }
            }
        }
    }
}

/// Time passes until then: devices beat, airtimes move.
async fn until(house: &House, devices: &mut [Device], at: DateTime<Utc>) {
    while house.app.clock.now() < at {
        let step = (at - house.app.clock.now()).min(TimeDelta::seconds(BEAT_S));
        house.app.clock.advance(step);
        on_air::turn(&house.app).await.expect("airtimes");
        for device in devices.iter_mut() {
            device.beat(house).await;
        }
    }
}

pub async fn person(house: &House, role: Role, agency: Uuid) -> Who {
    let body =
        crate::people::agency::Entity::find_by_id(agency).one(&house.app.db).await.expect("the database").expect("an agency");
    let person = house.person(role, Some(&body)).await;
    let grants = vec![Grant { role, agency: Some(agency) }];
    Who { person: person.id, session: new_id(), name: person.name, agency: Some(agency), agency_name: body.name, grants }
}

/// One that was approved, with a sound of so many seconds.
pub async fn approved(house: &House, agency: Uuid, title: &str, seconds: i32) -> Bulletin {
    let now = house.app.clock.now();
    let fresh = Bulletin {
        id: new_id(),
        agency,
        article: None,
        revision: None,
        corrects: None,
        title: title.into(),
        source: "[]".into(),
        script: "Bà con chú ý.".into(),
        doubts: "[]".into(),
        board: String::new(),
        picture: None,
        picture_sha256: String::new(),
        sound: Some(new_id()),
        sound_sha256: "0".repeat(64),
        sound_origin: "recorded".into(),
        sound_ms: seconds * 1_000,
        sound_of: String::new(),
        state: bulletin::State::Approved,
        written_by: new_id(),
        writers: "[]".into(),
        approved_by: Some(new_id()),
        approved_at: Some(now),
        approved_digest: String::new(),
        notice: String::new(),
        made_at: now,
        changed_at: now,
        version: 1,
    };
    let ready = Bulletin { approved_digest: fresh.digest(), ..fresh };
    let row = bulletin::ActiveModel::from(ready.clone());
    bulletin::Entity::insert(row).exec_without_returning(&house.app.db).await.expect("a bulletin");
    ready
}

pub async fn plays(house: &House, airing: Uuid) -> Vec<Play> {
    play::Entity::find().filter(play::Column::Airing.eq(airing)).all(&house.app.db).await.expect("the database")
}

/// What is believed of each cluster, and what comes of it: of so many clusters so many played it, in so many hamlets.
pub async fn who_heard_it(
    house: &House,
    morning: Uuid,
    (offline, liars, unset): (&[Uuid], &[Uuid], &[Uuid]),
    (expected, played, hamlets): (u64, u64, u64),
) {
    for one in plays(house, morning).await {
        let believed = match () {
            () if offline.contains(&one.cluster) || unset.contains(&one.cluster) => (State::Missed, Verdict::Unreported),
            () if liars.contains(&one.cluster) => (State::Finished, Verdict::Acknowledged),
            () => (State::Finished, Verdict::Played),
        };
        assert_eq!((one.state, one.verdict), believed, "{}", one.cluster);
    }
    let coverage = covering::of_root(&house.app, morning).await.expect("coverage");
    let clusters = coverage.whole.clusters;
    let counted = (clusters.expected, clusters.played, clusters.unreported);
    assert_eq!(counted, (expected, played, expected - played), "{clusters:?}");
    assert_eq!((coverage.whole.hamlets.expected, coverage.whole.hamlets.played), (hamlets, hamlets));
    assert!((coverage.rule.share_min - 0.8).abs() < 1e-9, "the rule goes with the figure");
    let settled = airing::Entity::find_by_id(morning).one(&house.app.db).await.expect("the database").expect("an airing");
    assert_eq!(settled.state, airing::State::Settled);
}

story!(the_morning_of_the_scenario_is_known_cluster_by_cluster, |house| {
    let plan = plan(&house, 25, Shares::default());
    let (rows, key) = clusters(&house, &plan.ids).await;
    let commune = rows[0].agency;
    let officer = person(&house, Role::Officer, commune).await;
    let approver = person(&house, Role::Approver, commune).await;
    let of = |manner: Manner| -> Vec<Uuid> {
        let all = plan.clusters().into_iter().zip(&rows);
        all.filter(|(double, _)| double.manner == manner).map(|(_, row)| row.id).collect()
    };
    let (offline, liars, unset) = (of(Manner::Offline), of(Manner::Liar), of(Manner::Unset));
    assert_eq!((offline.len(), liars.len(), unset.len()), (2, 1, 1));

    // At 04:58 devices are switched on; the bulletin of ten minutes is planned for five.
    let five: DateTime<Utc> = "2026-03-02T22:00:00Z".parse().expect("a time");
    let news = approved(&house, commune, "Bản tin sáng (demo)", 600).await;
    let siren = approved(&house, commune, "Nước lên (demo)", 60).await;
    let wanted = Wanted { id: new_id(), all: true, date: "03/03/2026".into(), time: "05:00".into(), ..Wanted::default() };
    let morning = Airing::plan(&house.app, &officer, news.id, &wanted).await.expect("planned")[0];
    house.app.clock.advance(five - TimeDelta::minutes(2) - house.app.clock.now());
    let mut devices = Vec::new();
    for double in plan.clusters().into_iter().filter(|one| one.manner != Manner::Offline) {
        devices.push(Device { token: log_in(&house, &double.id, &key).await, double });
    }
    until(&house, &mut devices, five + TimeDelta::seconds(420)).await;
    let on_air = plays(&house, morning).await.into_iter().filter(|one| one.state == State::OnAir).count();
    assert_eq!(on_air, 25 - offline.len() - unset.len(), "who was heard was told");

    // 05:07: one proposes, another releases, and everything that plays is broken off.
    let wanted = Wanted { id: new_id(), all: true, ..Wanted::default() };
    let flood = Airing::propose(&house.app, &officer, siren.id, &wanted).await.expect("proposed");
    assert!(Airing::release(&house.app, &officer, flood, 1).await.is_err(), "who proposed it does not release it");
    Airing::release(&house.app, &approver, flood, 1).await.expect("released");
    until(&house, &mut devices, five + TimeDelta::seconds(425)).await;
    let broken = plays(&house, morning).await.into_iter().filter(|one| one.state == State::Broken).count();
    assert_eq!(broken, on_air);
    let is_loud = |device: &&Device| device.double.playing().is_some_and(|playing| playing.bulletin == flood.to_string());
    assert_eq!(devices.iter().filter(is_loud).count(), 25 - offline.len() - liars.len() - unset.len());

    // It goes on by itself, five seconds before where it was, and ends.
    until(&house, &mut devices, five + TimeDelta::minutes(9)).await;
    let resumed = devices.iter().filter_map(|device| device.double.playing()).filter(|one| one.bulletin == morning.to_string());
    assert!(resumed.clone().count() > 0 && resumed.clone().all(|one| one.from_s == 415), "{:?}", resumed.collect::<Vec<_>>());
    // What never came is given up when its hours are over.
    until(&house, &mut devices, five + TimeDelta::minutes(20)).await;
    house.app.clock.advance(TimeDelta::hours(3));
    on_air::turn(&house.app).await.expect("airtimes");
    house.app.clock.advance(TimeDelta::minutes(3));
    judging::judge(&house.app).await.expect("verdicts");

    who_heard_it(&house, morning, (&offline, &liars, &unset), (25, 21, 2)).await;
});
