//! What was missed: seen cluster by cluster, aired again by a person or by rule, and counted with the rule beside the figure
//! (scenario C-4).

use super::{
    Cast, after, airing, airings, at, beat, device, facts, id, judge, notified, plan, plays, press, reports, station, turn,
};
use crate::base::Role;
use crate::loudspeakers::airing::State;
use crate::loudspeakers::heard;
use crate::loudspeakers::play::Verdict;
use crate::story;
use crate::testing::House;

/// Plays the morning of four clusters: the first two report, the third acknowledges only, the fourth is away.
async fn morning(house: &House, planned: &str) {
    let here: Vec<String> = (0..3).map(device).collect();
    at(house, "03-03T05:00:00");
    beat(house, &here, false).await;
    turn(house).await;
    for due in crate::loudspeakers::order::due(&house.app, 100).await.expect("orders") {
        crate::loudspeakers::order::sent(&house.app, due.order.id).await.expect("sent");
        let message = serde_json::json!({"id": due.order.id.to_string(), "time": house.app.clock.now().timestamp_millis()});
        super::says(house, &due.device, heard::Kind::Acknowledgement, &message).await;
    }
    after(house, 10);
    beat(house, &here[..2], true).await;
    beat(house, &here[2..], false).await;
    after(house, 10);
    turn(house).await;
    for device in &here[..2] {
        reports(house, device, id(planned), 20).await;
    }
    beat(house, &here, false).await;
    after(house, 3700);
    turn(house).await;
    judge(house).await;
}

story!(who_missed_it_is_known_and_hears_it_again, |house| {
    let cast = Cast::of(&house).await;
    let id_of_station = cast.station(&house, 4).await;
    let path = cast.approved(&house, "Tin sáng", 20).await;
    let planned = plan(&cast.author, &path, id_of_station, "05:00", &[]).await.expect(303).location().to_owned();
    morning(&house, &planned).await;
    let verdicts: Vec<Verdict> = plays(&house, id(&planned)).await.iter().map(|one| one.verdict).collect();
    assert_eq!(verdicts, [Verdict::Played, Verdict::Played, Verdict::Acknowledged, Verdict::Unreported]);
    assert_eq!(airing(&house, &planned).await.state, State::Settled);
    assert_eq!(facts(&house, id(&planned), "AiringSettled").await, 1);
    assert_eq!(notified(&house, &cast.author, "notice-airing-missed").await, 1);

    let author = house.someone(Role::Officer, Some(&cast.commune)).await;
    let page = author.get(&planned).await.expect(200);
    let page = page.says("2 cụm chưa có bằng chứng đã phát").says("Đã phát, có bằng chứng (2)");
    page.says("Nhận lệnh nhưng không báo phát (1)").says("2/4 (50 %)").says("Cách tính: một cụm được tính");
    author.get(&format!("{planned}?verdict=acknowledged")).await.expect(200).says("Cụm 3").says_not("Cụm 1");
    let proof = author.get(&format!("/desk/loudspeakers/airings/{}/proof.csv", id(&planned))).await.expect(200).text();
    assert_eq!(proof.lines().count(), 5, "{proof}");
    assert!(proof.contains("86000003") && proof.contains("Thiết bị mất kết nối"), "{proof}");
    author.get("/desk/loudspeakers/clusters?standing=lies").await.expect(200).says("Cụm 3").says_not("Cụm 1");

    // Hamlet 3 has no loudspeaker: 2 of 3 are reached, and the figure stands with its rule, for everyone.
    let coverage = author.get("/desk/loudspeakers/coverage?from=2026-03-01&to=2026-03-05").await.expect(200);
    coverage.says("66 % số ấp đã nghe được").says("2/3").says("2/4 (50 %)").says("Cách tính: một cụm được tính");
    let file = author.get("/desk/loudspeakers/coverage?from=2026-03-01&to=2026-03-05&format=csv").await.expect(200).text();
    assert!(file.contains(",1,4,4,2,3,2,1,"), "{file}");
    let open = house.visitor().get("/api/v1/loudspeakers/coverage?from=2026-03-01&to=2026-03-05").await.expect(200);
    let open: serde_json::Value = serde_json::from_slice(&open.bytes).expect("JSON");
    let line = open["items"].as_array().expect("items").iter().find(|one| one["expected"] == 4).expect("the commune");
    assert_eq!((&line["hamlets"], &line["hamlets_reached"]), (&3.into(), &2.into()));

    // Aired again for those two, in a free place, once.
    press(&house, &author, &planned, "again", "").await.expect(303);
    press(&house, &author, &planned, "again", "").await.expect(422).says("Chưa phát lại được");
    let again = airings(&house).await.into_iter().find(|one| one.attempt == 1).expect("a repetition");
    assert_eq!((again.root, again.clusters), (id(&planned), 2));
    author.get(&planned).await.expect(200).says("Các lần phát khác");
});

story!(a_station_airs_again_by_itself_but_not_for_ever, |house| {
    let cast = Cast::of(&house).await;
    let id_of_station = cast.station(&house, 4).await;
    let text = id_of_station.to_string();
    let path = format!("/desk/loudspeakers/stations/{text}");
    let rule = [("reair", "automatic"), ("reair_max", "1")];
    cast.administrator.post(&path, &station(&text, &rule)).await.expect(303);
    let path = cast.approved(&house, "Tin sáng", 20).await;
    let planned = plan(&cast.author, &path, id_of_station, "05:00", &[]).await.expect(303).location().to_owned();
    morning(&house, &planned).await;
    let again = airings(&house).await.into_iter().find(|one| one.attempt == 1).expect("a repetition");
    assert_eq!((again.clusters, again.made_by), (2, None));
    assert_eq!(facts(&house, again.id, "AiringRepeated").await, 1);
    // The third plays it now; the fourth is away still, and that was the last time.
    house.app.clock.advance(again.begins_at - house.app.clock.now());
    beat(&house, &[device(2)], false).await;
    turn(&house).await;
    after(&house, 20);
    beat(&house, &[device(2)], true).await;
    reports(&house, &device(2), again.id, 20).await;
    turn(&house).await;
    after(&house, 3700);
    turn(&house).await;
    judge(&house).await;
    let verdicts: Vec<Verdict> = plays(&house, again.id).await.iter().map(|one| one.verdict).collect();
    assert_eq!(verdicts, [Verdict::Played, Verdict::Unreported]);
    assert_eq!(airings(&house).await.len(), 2);
    let coverage = crate::loudspeakers::covering::of_root(&house.app, id(&planned)).await.expect("coverage");
    assert_eq!((coverage.whole.clusters.played, coverage.whole.clusters.expected), (3, 4));
});
